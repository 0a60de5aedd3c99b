"""Reading rule files: TOML tables into cards, with errors that say file, line and what to write."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import regex

from cleantext.document import NAME_CLASSES
from cleantext.files import read_plain, real
from cleantext.finding import Applicability
from cleantext.rulebook import lexicon
from cleantext.rulebook.card import CATEGORIES, MQM, Card, letters_of
from cleantext.rulebook.problems import RuleError, in_plain_words
from cleantext.rulefiles import rules_dir

_LANGUAGE = regex.compile(r"[a-z]{2}|\*")
_OF_FILE = ("languages", "measured")
"""What the head of a file says of all its rules; a rule's own word goes before."""
_ID = regex.compile(r"[A-Z]{2,12}[0-9]{1,4}")
_TABLE = regex.compile(r"^[ \t]*\[\[\s*rule\s*\]\]", regex.MULTILINE)

_NEAR_MISS_ADVICE = """Add one: a text that looks like the fault and is none, so that the rule can be seen to stay silent.
    [[rule.near-misses]]
    text = "…\""""
_EXAMPLE_ADVICE = """Add one: a text with the fault, and the same text mended.
    [[rule.examples]]
    bad = "…"
    good = "…\""""


@cache
def shipped() -> tuple[Card, ...]:
    """Return the cards of every rule file that comes with the package, by id."""
    folder = rules_dir()
    files = sorted(p for p in folder.glob("*/*.toml") if _holds_rules(p))
    return _join(load_file(path, shown=f"rules/{path.relative_to(folder).as_posix()}") for path in files)


def _holds_rules(path: Path) -> bool:
    return b"[[rule]]" in read_plain(path)


def load(paths: Iterable[Path]) -> tuple[Card, ...]:
    """Read users' rule files and give their cards together with the shipped ones, by id.

    A shipped file that is named is not read twice. Raises RuleError for a broken file and for an id that is taken.
    """
    return _join([shipped(), *(load_file(path) for path in paths if not is_shipped(path))])


def is_shipped(path: Path) -> bool:
    """Say whether a rule file is one that comes with the package."""
    return real(path).is_relative_to(real(rules_dir()))


def _join(groups: Iterable[Iterable[Card]]) -> tuple[Card, ...]:
    cards: dict[str, Card] = {}
    for group in groups:
        for card in group:
            if card.id in cards:
                path, line = card.origin.rsplit(":", 1)
                raise RuleError(
                    path,
                    int(line),
                    f'rule id "{card.id}" is taken by {cards[card.id].origin}.',
                    "Give one of them another id; an id is never reused.",
                )
            cards[card.id] = card
    return tuple(cards[key] for key in sorted(cards))


def load_file(path: Path, *, shown: str | None = None) -> tuple[Card, ...]:
    """Read one rule file.

    ``shown`` is the name that messages use. Raises RuleError, with the line, for
    anything a card must not be: unknown keys, no example, no near-miss, a pattern
    that does not compile, a slot that does not exist.
    """
    name = shown or str(path)
    try:
        data = read_plain(path)
        source = data.decode("utf-8")
    except OSError as error:
        raise RuleError(name, 0, f"cannot be read: {error.strerror or error}.") from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RuleError(name, line, "is not UTF-8.", "Save the file as UTF-8.") from None
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        place = regex.search(r"at line (\d+)", str(error))
        raise RuleError(name, int(place.group(1)) if place else 1, f"is not TOML: {error}.") from None
    except RecursionError:
        raise RuleError(name, 1, "is nested too deeply.") from None
    unknown = set(raw) - {"rule", "category", *_OF_FILE}
    if unknown:
        key = min(unknown)
        raise RuleError(
            name,
            _line_of(source, key),
            f'unknown key "{key}".',
            "A rule file holds `category`, `languages` and [[rule]] tables.",
        )
    tables = raw.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise RuleError(
            name, _line_of(source, "rule"), "`rule` must be a list of tables.", "Write [[rule]] above each."
        )
    lines = [source.count("\n", 0, found.start()) + 1 for found in _TABLE.finditer(source)]
    lines += [1] * (len(tables) - len(lines))
    category = raw.get("category")
    if category is not None and not isinstance(category, str):
        raise RuleError(name, _line_of(source, "category"), "`category` must be a word in quotation marks.")
    of_file = {key: raw[key] for key in _OF_FILE if key in raw}
    for key, codes in of_file.items():
        if not (isinstance(codes, list) and all(isinstance(code, str) for code in codes)):
            raise RuleError(name, _line_of(source, key), f'`{key}` must be a list of codes: {key} = ["en"].')
    return tuple(
        _card({**of_file, **table}, name, line, source, category)
        for table, line in zip(tables, lines, strict=False)
    )


def _card(table: Mapping[str, Any], path: str, line: int, source: str, category: str | None) -> Card:
    label = f'rule "{table.get("id", "?")}"'
    try:
        card = msgspec.convert({**table, "origin": f"{path}:{line}"}, Card)
    except msgspec.ValidationError as error:
        raise RuleError(path, line, f"{label}: {_plain(str(error))}", _advice(str(error))) from None

    def fail(problem: str, advice: str = "") -> RuleError:
        return RuleError(path, line, f"{label} {problem}", advice)

    if not _ID.fullmatch(card.id):
        raise fail("has no usable id.", 'Write two or more capitals and a number: id = "SITE007".')
    letters = letters_of(card.id)
    of_id = card.category or CATEGORIES.get(letters) or category
    if of_id is None:
        raise fail(
            "has no category.",
            f'Write one above the first rule: category = "boilerplate" (one of {", ".join(CATEGORIES.values())}).',
        )
    if of_id not in CATEGORIES.values():
        near = difflib.get_close_matches(of_id, CATEGORIES.values(), n=1)
        raise fail(f'has the unknown category "{of_id}".', f"Did you mean {near[0]}?" if near else "")
    for code in (*card.languages, *card.measured):
        if not _LANGUAGE.fullmatch(code):
            raise fail(
                f'names the unknown language "{code}".',
                'Write two letters (ISO 639-1), or "*" for any language: languages = ["en"].',
            )
    if card.mqm and card.mqm not in MQM:
        near = difflib.get_close_matches(card.mqm, MQM, n=1)
        raise fail(f'has the unknown type "{card.mqm}" in `mqm`.', f"Did you mean {near[0]}?" if near else "")
    if not card.examples:
        raise fail("has no example.", _EXAMPLE_ADVICE)
    if not card.near_misses:
        raise fail("has no near-miss.", _NEAR_MISS_ADVICE)
    if (card.pattern is None) == (card.check is None):
        raise fail("must have either a `pattern` or a `check`.")
    if card.applicability is Applicability.DISPLAY and (card.fix is not None or card.fixes or card.delete):
        raise fail("is `display` and offers a fix.", "Take the fix away or make it `review`.")
    if card.pattern is not None:
        if card.applicability is not Applicability.DISPLAY and card.fix is None and not card.delete:
            raise fail("offers no fix.", 'Add `fix = "…"` or `delete = true`, or make it `display`.')
        card = _with_patterns(card, fail)
    for group, kind in card.where.items():
        if kind not in NAME_CLASSES:
            raise fail(
                f'has the unknown class "{kind}" in `where`.',
                f"Write one of: {', '.join(sorted(NAME_CLASSES))}.",
            )
        if f"(?P<{group}>" not in (card.pattern or ""):
            raise fail(f'names a group "{group}" in `where` that its pattern does not have.')
    return msgspec.structs.replace(card, category=of_id)


def _with_patterns(card: Card, fail: Any) -> Card:
    """Fill slots; whether the patterns compile is found out when they are first needed, or by `rules test`."""
    try:
        return msgspec.structs.replace(
            card,
            pattern=lexicon.fill(card.pattern or "", card.tables),
            superset=lexicon.fill(card.superset, card.tables) if card.superset else None,
            unless=tuple(lexicon.fill(pattern, card.tables) for pattern in card.unless),
        )
    except KeyError as error:
        raise fail(
            f"uses a slot that does not exist: {error.args[0]}.", "`{{` writes a plain brace."
        ) from None


def _plain(error: str) -> str:
    text: str = regex.sub(r" - at `\$\.?(.*?)`$", r" (at `\1`)", in_plain_words(error))
    text = text.replace("Object missing required field", "lacks").replace(
        "Object contains unknown field", "has the unknown key"
    )
    return text if text.endswith(".") else text + "."


def _advice(error: str) -> str:
    unknown = regex.search(r"unknown field `([^`]*)`", error)
    if not unknown:
        return ""
    known = [field.replace("_", "-") for field in Card.__struct_fields__]
    near = difflib.get_close_matches(unknown.group(1), [*known, "bad", "good", "text", "why", "span"], n=1)
    return f"Did you mean `{near[0]}`?" if near else ""


def _line_of(source: str, key: str) -> int:
    found = regex.search(rf"^[ \t]*\[*[ \t]*{regex.escape(key)}\b", source, regex.MULTILINE)
    return source.count("\n", 0, found.start()) + 1 if found else 1
