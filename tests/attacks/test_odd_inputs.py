"""Inputs that were handled wrongly once: JSON lines, patterns of paths, packed blank lines, edits of nothing."""

from __future__ import annotations

import gzip
import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_seconds

import cleantext
from cleantext.batch import chunks as line_chunking
from cleantext.batch import inputchunks as chunking
from cleantext.batch.inputs import Input
from cleantext.batch.jsontext import line_with_text
from cleantext.batch.reading import Source, read
from cleantext.checks.encoding.check import changes
from cleantext.checks.encoding.repair import find_repairs
from cleantext.configuration import Configuration
from cleantext.pathpatterns import matcher

Run = Callable[..., CompletedProcess[str]]

# JSON lines: what is not the text stays byte for byte


@pytest.mark.parametrize(
    "before",
    [
        '{"a": [' + ", ".join('{"text": "x"}' for _ in range(9)) + '], "n": 1.10, "text": "',
        '{"n": 1.10, "\\u0074ext": "',
        '{"n": 1.10, "te\\u0078\\u0074": "',
        '{"text": "first", "n": 1.10, "text": "',
        '{"text": 5, "n": 1.10, "text" :\t"',
        '{"b": "a \\"text\\": \\"x\\"", "n": 1.10, "text": "',
        '{"n": 1.10, "a": {"text": {"text": "x"}}, "text": "',
        '{"n": 1.10, "big": 100000000000000000000000, "e": 1E5, "text": "',
    ],
)
def test_what_is_not_the_text_stays_byte_for_byte(before: str) -> None:
    line = f'{before}old", "z": 0.50}}\n'.encode()
    assert line_with_text(line, "text", "new") == f'{before}new", "z": 0.50}}\n'.encode()


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(['"text": "x"', "{", "]", "\\"])
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["text", "a", '"', "\\"]), inner, max_size=3)
    ),
    max_leaves=12,
)  # fmt: skip


def written(value: Any, draw: Any) -> str:
    """Write JSON with blanks and escapes that nobody needs."""

    def blank() -> str:
        return str(draw(st.sampled_from(["", " ", "\t", "\r"])))

    def string(text: str) -> str:
        if draw(st.booleans()):
            pairs = json.dumps(text.encode("utf-16-be", "surrogatepass").hex())[1:-1]
            return '"' + "".join(f"\\u{unit}" for unit in re.findall("....", pairs)) + '"'
        return json.dumps(text, ensure_ascii=draw(st.booleans()))

    if isinstance(value, str):
        return string(value)
    if isinstance(value, list):
        return "[" + ",".join(blank() + written(item, draw) + blank() for item in value) + "]"
    if isinstance(value, dict):
        pairs = (
            f"{blank()}{string(k)}{blank()}:{blank()}{written(v, draw)}{blank()}" for k, v in value.items()
        )
        return "{" + ",".join(pairs) + "}"
    return json.dumps(value)


@given(
    record=st.dictionaries(st.sampled_from(["a", '"', "é", "Text", "text "]), VALUES),
    old=st.text(),
    new=st.text(),
    data=st.data(),
)
def test_any_line_gets_its_new_text_and_keeps_all_else(
    record: dict[str, Any], old: str, new: str, data: st.DataObject
) -> None:
    items = [f"{written(key, data.draw)}:{written(value, data.draw)}" for key, value in record.items()]
    place = data.draw(st.integers(0, len(items)))
    before = "{" + "".join(f"{item}," for item in items[:place]) + written("text", data.draw) + " :\t"
    after = " " + "".join(f",{item}" for item in items[place:]) + "}\r\n"
    head, tail = before.encode("utf-8", "surrogatepass"), after.encode("utf-8", "surrogatepass")
    changed = line_with_text(head + written(old, data.draw).encode() + tail, "text", new)
    assert changed.startswith(head)
    assert changed.endswith(tail)
    assert json.loads(changed[len(head) : -len(tail)]) == new


# Patterns of paths


@pytest.mark.parametrize("pattern", ["[z-a]", "raw/[9-0]*"])
def test_a_pattern_that_is_none_is_wrong_use_and_no_finding(
    tmp_path: Path, cleantext: Run, pattern: str
) -> None:
    (tmp_path / "a.txt").write_text("Fine.\n", "utf-8")
    (tmp_path / "cleantext.toml").write_text(f'jobs = 1\nexclude = ["{pattern}"]\n', "utf-8")
    for command in (["check", "."], ["fix", "."]):
        done = cleantext(*command, cwd=tmp_path)
        assert done.returncode == 2
        assert f'cleantext.toml:2: "exclude": "{pattern}" is no pattern of paths' in done.stderr
        assert "Traceback" not in done.stderr
    done = cleantext("check", "--isolated", "--exclude", pattern, ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "setting",
    ['rules = ["a\\u0000b"]', 'index = "a\\u0000b"', '[review]\nstore = "a\\u0000b"', '[attribution]\noffices = ["\\u0000"]'],
)  # fmt: skip
def test_a_path_with_a_nul_in_a_configuration_is_named_with_its_place(
    tmp_path: Path, cleantext: Run, setting: str
) -> None:
    (tmp_path / "a.txt").write_text("Fine.\n", "utf-8")
    (tmp_path / "cleantext.toml").write_text(setting + "\n", "utf-8")
    done = cleantext("check", ".", cwd=tmp_path)
    assert done.returncode == 2
    assert "cleantext.toml:" in done.stderr
    assert "holds a NUL" in done.stderr


@given(st.text(alphabet="[]!^-\\&|~.az*?/(){}+$#\n", max_size=12), st.text(alphabet="az[]-\\/.", max_size=8))
def test_any_pattern_is_understood_or_refused(pattern: str, path: str) -> None:
    try:
        excluded = matcher((pattern,))
    except ValueError as error:
        assert "runs backwards" in str(error)
        return
    assert excluded(path) in (True, False)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("[ab].txt", "x/a.txt", True), ("[!ab].txt", "a.txt", False), ("[!ab].txt", "c.txt", True),
        ("[^ab].txt", "c.txt", True), ("[]x].txt", "].txt", True), ("[a&&b].txt", "&.txt", True),
        ("x[!a]y", "x/y", False), ("[a-].txt", "-.txt", True), ("[0-9]*", "7.txt", True), ("[", "[", True),
        ("[\\d].txt", "7.txt", False),
    ],
)  # fmt: skip
def test_brackets_mean_what_they_mean_to_git(pattern: str, path: str, matches: bool) -> None:
    assert matcher((pattern,))(path) is matches


def test_a_fault_of_ours_does_not_end_as_if_something_was_found(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "a.txt").write_text("Fine.\n", "utf-8")
    (tmp_path / "sitecustomize.py").write_text(
        "import cleantext.batch.run\n"
        "def broken(*_, **__): raise RuntimeError('broken \\x1b[31m')\n"
        "cleantext.batch.run.carry_out = broken\n"
    )
    done = cleantext("check", "--isolated", "a.txt", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert "RuntimeError" in done.stderr
    assert "\x1b" not in done.stderr


# Edits that change nothing


@pytest.mark.parametrize(
    "text", ["Ã©\xa0Â\x9db", "Ã \x85Ð°\x9d", "Ã©\xa0Ð°a", "Ã©b\xa0Ð°ã", "\ufeffÂ \xa0â€™a"]
)
def test_no_edit_of_nothing_is_offered(text: str) -> None:
    for repair in find_repairs(text):
        for start, end, fixed in changes(text, repair):
            assert text[start:end] != fixed
    report = cleantext.check(text)
    for finding in report.findings:
        for fix in finding.fixes:
            assert any(text[e.start : e.end] != e.replacement for e in fix.edits)


def test_a_rule_that_writes_what_stands_there_finds_nothing(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(
        'category = "typography"\n[[rule]]\nid = "ZZ001"\nname = "case"\nsummary = "x"\nwhy = "x"\n'
        "pattern = '(?i)\\bteh|the\\b'\nfix = 'the'\napplicability = \"safe\"\n"
        '[[rule.examples]]\nbad = "In teh end."\ngood = "In the end."\n[[rule.near-misses]]\ntext = "Nothing."\n'
    )
    cleaner = cleantext.Cleaner(Configuration(rules=(str(rules),), select=("ZZ",)))
    assert cleaner.check("In the end.").findings == ()
    assert cleaner.check("In teh end.").fixed() == "In the end."


# Blank lines without end


def test_packed_blank_lines_cost_little(tmp_path: Path) -> None:
    path = tmp_path / "blank.jsonl.gz"
    path.write_bytes(gzip.compress(b"\n" * 60_000_000, 6) + gzip.compress(b'{"text": "Fine."}\n'))
    told: list[object] = []

    def look() -> None:
        told[:] = read([str(path)])

    assert_seconds(look, 4)
    (found,) = told
    assert isinstance(found, Source)
    assert found.line == 60_000_001


LINES = st.lists(
    st.tuples(
        st.sampled_from([b"\n", b" \n", b"\r\n", b"\t\x0b\n", b'{"text": "x"}\n', b"junk\n"]), st.integers(1, 9)
    ).map(lambda drawn: drawn[0] * drawn[1]),
    max_size=30,
)  # fmt: skip


@given(
    lines=LINES,
    end=st.sampled_from([b"", b" ", b'{"text": "y"}']),
    packed=st.booleans(),
    resumed=st.integers(0, 5),
)
def test_chunks_end_where_they_would_line_by_line(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], end: bytes, packed: bool, resumed: int
) -> None:
    data = b"".join(lines) + end
    path = tmp_path_factory.getbasetemp() / f"lines.jsonl{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(data) if packed else data)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(line_chunking, "ARTICLES", 4)
        patched.setattr(line_chunking, "BYTES", 50)
        cut = [chunk for chunk in chunking.chunks(iter([Input(str(path))])) if chunk.kind == "lines"]
        assert b"".join(chunk.data for chunk in cut) == data
        # Line by line: a chunk ends after its fourth article, or with the line that fills it.
        ends, size, articles = [], 0, 0
        for row in re.findall(rb"[^\n]*\n|[^\n]+$", data):
            if articles >= 4 or size >= 50:
                ends.append(size)
                size = articles = 0
            size += len(row)
            articles += bool(row.strip())
        assert [len(chunk.data) for chunk in cut] == ([*ends, size] if data else [0])
        for before, after in itertools.pairwise(cut):
            assert after.first == before.first + before.data.count(b"\n") == before.first + before.count
            assert after.start == before.end
        # A run that goes on after any chunk cuts as the first did.
        place = chunking.Place.after(cut[min(resumed, len(cut) - 1)])
        if place.number == 0:
            rest = list(chunking.chunks(iter([Input(str(path))]), place=place))
            assert [chunk.data for chunk in rest] == [
                chunk.data for chunk in cut[min(resumed, len(cut) - 1) + 1 :]
            ]
    told = [item.line for item in read([str(path)])]
    rows = re.findall(rb"[^\n]*\n|[^\n]+$", data)
    assert told == [number for number, row in enumerate(rows, 1) if row.strip()]
