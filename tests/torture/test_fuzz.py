"""The fuzz targets on their seeds, on mutations of them, and on well-formed files with absurd values.

`make fuzz` runs the same targets under atheris, which looks for new code paths; this
needs nothing but Python and runs everywhere.
"""

from __future__ import annotations

import importlib.util
import json
import random
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hostile_calls import TORTURE
from hypothesis import given
from hypothesis import strategies as st

FUZZ = Path(__file__).resolve().parents[2] / "fuzz"
_spec = importlib.util.spec_from_file_location("targets", FUZZ / "targets.py")
assert _spec is not None and _spec.loader is not None
targets = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(targets)

MUTATIONS = 3000 if TORTURE else 60
SEEDS = {
    name: [path.read_bytes() for path in sorted((FUZZ / "seeds" / name).iterdir())]
    for name in targets.TARGETS
}
FOUND = sorted((FUZZ / "found").glob("*/*"))


def mutated(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """A few random changes: bytes changed, cut, doubled, taken from another seed."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(out) + 1)
        span = chance.choice([1, 1, 2, 5, 20, 200])
        match chance.randrange(6):
            case 0:
                del out[at : at + span]
            case 1:
                out[at:at] = bytes(chance.randrange(256) for _ in range(min(span, 5)))
            case 2:
                out[at:at] = out[at : at + span] * chance.choice([1, 2, 50])
            case 3 if out:
                out[at % len(out)] ^= 1 << chance.randrange(8)
            case 4:
                other = chance.choice(others)
                start = chance.randrange(len(other) + 1)
                out[at:at] = other[start : start + span]
            case _:
                out[at : at + 1] = chance.choice([b"\x00", b"\xff", b"\xed\xa0\x80", b"\n", b'"', b"'", b"\\", b"\xef\xbb\xbf", b"-1", b"1e999", b"nan", b"{", b"[[", b"("])  # fmt: skip
    return bytes(out[:8192])


@pytest.mark.parametrize("name", list(targets.TARGETS))
def test_a_target_stands_its_seeds_and_what_chance_makes_of_them(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    target, seeds = targets.TARGETS[name], SEEDS[name]
    for seed in seeds:
        target(seed)
    record_property("cases", len(seeds) + MUTATIONS)
    chance = random.Random(name)
    for number in range(MUTATIONS):
        data = mutated(chance.choice(seeds), chance, seeds)
        try:
            target(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
            pytest.fail(f"{name}, mutation {number}: {type(error).__name__}: {error}\n{data!r}")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_once_found_is_mended(path: Path) -> None:
    targets.TARGETS[path.parent.name](path.read_bytes())


ODD: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from([
        "", "\x00", "\x1b[31m", "{", "}", "{{", "{x", "{said}", "{nothing}", "(", "(?P<a>", "(?R)", "(?P<a>x)(?P<a>y)", "[", "\\", "a{99999}",
        "(a+)+$", "\\p{Nope}", "TY001", "MT", "x" * 5000, "é\u0301", "../../etc/passwd", "/", "~", "safe", "check", "boilerplate",
        "((((((((((a?)*)*)*)*)*)*)*)*)*)*", "(" * 500 + ")" * 500, "(?i:a)", "(?<!a)b", "\\1", "(?P=a)", "a|", "^", "$", "(?m)^", ".*",
    ]),
    st.integers(-(2**70), 2**70), st.floats(), st.booleans(), st.just([]), st.just({}), st.lists(st.sampled_from(["TY", "", "x"]), max_size=3),
    st.dictionaries(st.sampled_from(["a", "text", "bad"]), st.sampled_from(["x", ""]), max_size=2), st.text(max_size=8),
)  # fmt: skip


def absurd(value: Any, chance: st.DataObject, changes: int) -> Any:
    """A well-formed value with some of its parts replaced, renamed, doubled or gone."""
    places: list[tuple[Any, Any]] = []

    def walk(part: Any) -> None:
        for key in part if isinstance(part, dict) else range(len(part)):
            places.append((part, key))
            if isinstance(part[key], dict | list):
                walk(part[key])

    walk(value)
    for _ in range(changes):
        if not places:
            return value
        part, key = chance.draw(st.sampled_from(places))
        what = chance.draw(st.sampled_from(["replace", "replace", "replace", "drop", "rename"]))
        try:
            if what == "replace":
                part[key] = chance.draw(ODD)
            elif what == "drop":
                del part[key]
            elif isinstance(part, dict):
                part[chance.draw(st.text(max_size=5))] = part.pop(key)
        except (KeyError, IndexError):
            continue
    return value


def as_toml(value: Any) -> str:
    """Write a value as inline TOML (JSON's strings are TOML's, but for DEL and surrogates)."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace(
            "\x7f", "\\u007f"
        )
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_toml(key)} = {as_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return repr(value)


def document(value: dict[str, Any]) -> bytes:
    """A TOML file of top-level keys."""
    return "".join(f"{as_toml(key)} = {as_toml(item)}\n" for key, item in value.items()).encode()


@pytest.mark.parametrize("seed", range(3))
@given(data=st.data(), changes=st.integers(1, 4))
def test_a_rule_file_of_absurd_values_is_read_or_refused(
    seed: int, data: st.DataObject, changes: int
) -> None:
    value = tomllib.loads(SEEDS["rule_file"][seed].decode())
    targets.rule_file(document(absurd(value, data, changes)))


@pytest.mark.parametrize("seed", [0, 1])
@given(data=st.data(), changes=st.integers(1, 4))
def test_a_configuration_of_absurd_values_is_read_or_refused(
    seed: int, data: st.DataObject, changes: int
) -> None:
    raw = SEEDS["configuration"][seed]
    value = tomllib.loads(raw.removeprefix(b"p").decode())
    targets.configuration(b"p" * (seed == 1) + document(absurd(value, data, changes)))


@given(data=st.data(), changes=st.integers(1, 4))
def test_decisions_of_absurd_values_are_taken_or_refused(data: st.DataObject, changes: int) -> None:
    rows = [json.loads(row) for row in SEEDS["review_import"][0].splitlines()]
    targets.review_import(b"\n".join(json.dumps(absurd(row, data, changes)).encode() for row in rows))


@given(data=st.data(), changes=st.integers(1, 4), ascii_only=st.booleans())
def test_records_of_absurd_values_are_read_or_refused(
    data: st.DataObject, changes: int, ascii_only: bool
) -> None:
    row = {
        "text": "In teh end",
        "id": 1,
        "a": {"text": "x", "b": [1.50, None]},
        "title": "t",
        "date": "2015-01-01",
        "url": "u",
    }
    written = json.dumps(absurd(row, data, changes), ensure_ascii=ascii_only)
    targets.json_lines(written.encode("utf-8", "surrogatepass"))
