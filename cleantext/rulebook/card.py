"""A rule is a card: what it finds, why, how it is fixed, and the examples that prove it."""

from __future__ import annotations

from typing import Literal

import msgspec

from cleantext.configuration import Style
from cleantext.finding import Applicability

CATEGORIES: dict[str, str] = {
    "EN": "encoding",
    "TY": "typography",
    "BP": "boilerplate",
    "MT": "translation",
    "FD": "fidelity",
    "ST": "style",
    "ED": "editor",
    "AT": "attribution",
    "LT": "languagetool",
}
"""Category by the letters that an id starts with, where the card names no other; a user's own ids name theirs in the
file's head."""


def letters_of(rule: str) -> str:
    """Return the letters that the ids of a rule's family begin with: "MT" of "MT021"."""
    return rule.rstrip("0123456789")


OPT_IN = frozenset(["style"])
"""Categories whose rules run only where the user names the category or the rule: taste, no fault."""

SPOKEN = frozenset(["encoding", "style", "translation", "typography"])
"""Categories whose rules judge language, so that each finding has a type of error."""

MQM = frozenset(
    [
        "accuracy/addition", "accuracy/mistranslation", "accuracy/omission", "accuracy/untranslated",
        "fluency/character-encoding", "fluency/duplication", "fluency/grammar", "fluency/inconsistency",
        "fluency/punctuation", "fluency/spelling", "fluency/unidiomatic", "fluency/unintelligible",
        "fluency/word-order", "locale/currency-format", "locale/date-format", "locale/number-format",
        "locale/time-format", "style/unidiomatic",
    ]
)  # fmt: skip
"""Types of error after Lommel, Uszkoreit and Burchardt (2014), as far as rules find them."""

Band = Literal["human", "unsure", "garbled"]
"""How the article reads: like a person's English, unclear, or like raw machine translation."""


class Quoted(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Words that another article of the corpus gives to a speaker, for rules that ask the corpus index."""

    speaker: str
    quotation: str
    title: str = "another article"


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A text with the fault and the same text mended.

    ``good`` may be left out for a rule that offers no fix. ``span`` is the
    flagged text where it is not plain from the fix. The rest is metadata that the
    article needs for the rule to speak; ``reply`` is what a model answers to the
    text, for rules of the model editor.
    """

    bad: str
    good: str | None = None
    span: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    original: str | None = None
    original_lang: str | None = None
    elsewhere: tuple[Quoted, ...] = ()
    standing: tuple[str, ...] = ()
    style: Style = Style()
    reply: str | None = None


class NearMiss(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A text that looks like the fault and is none; ``why`` says what differs."""

    text: str
    why: str = ""
    title: str | None = None
    date: str | None = None
    source: str | None = None
    url: str | None = None
    original: str | None = None
    original_lang: str | None = None
    elsewhere: tuple[Quoted, ...] = ()
    standing: tuple[str, ...] = ()
    style: Style = Style()
    reply: str | None = None


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """One rule, as its TOML table says it.

    Exactly one of ``pattern`` (a regular expression) and ``check`` (the name of a
    check in code) is given.

    pattern        ``regex`` syntax; ``{slot}`` inserts a lexicon slot or what a table of the card translates,
                   ``{{`` writes a brace before a letter
    ignore_case    match letters in either case
    scope          ``text``: anywhere; ``line``: the whole line, blank space around it left out
    position       of a line: among the first or last lines of the article only (``top``, ``bottom``, ``edge``)
    unless         patterns (same syntax); a match that overlaps one of their matches is no match
    where          group name -> class of the article it must belong to (``person``, ``french-titled``)
    superset       an RE2 pattern that matches wherever ``pattern`` does, where it cannot be derived
    not_linear     why RE2 cannot take the pattern, so that it runs alone under the time limit
    fix            the replacement: ``{group}``, ``{0}``, ``{group:lower|upper|capital|title}``,
                   ``{group:TABLE}`` looks the lower-cased group up in ``tables``; further fixes in ``fixes``
    keep_case      give the replacement the capital that the match began with
    delete         the fix deletes the match (of ``scope = "line"``: the line and its line end)
    leans_on_garble  confidence is kept apart by how the article reads
    modern         it holds for today's usage: older prose rightly wrote what it finds, and is doubted there
    languages      of the articles that the rule holds for (ISO 639-1; ``*`` is any); every one where none is named
    garbled_only     it speaks unasked only where the article reads garbled
    measured       languages of the articles that its precision was measured on, where they are fewer: ``safe`` there only
    mqm            the type of error in Multidimensional Quality Metrics, as translation is judged by (one of `MQM`)
    confidence     what to believe before anything was measured (a probability)
    """

    id: str
    name: str
    summary: str
    why: str
    applicability: Applicability
    examples: tuple[Example, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    message: str = ""
    category: str = ""
    status: Literal["stable", "preview", "deprecated"] = "stable"
    languages: tuple[str, ...] = ()
    measured: tuple[str, ...] = ()
    source_languages: tuple[str, ...] = ()
    pattern: str | None = None
    check: str | None = None
    ignore_case: bool = False
    scope: Literal["text", "line"] = "text"
    position: Literal["any", "top", "bottom", "edge"] = "any"
    unless: tuple[str, ...] = ()
    where: dict[str, str] = {}
    superset: str | None = None
    not_linear: str | None = None
    fix: str | None = None
    fixes: tuple[str, ...] = ()
    keep_case: bool = False
    delete: bool = False
    tables: dict[str, dict[str, str]] = {}
    fix_safety: str = ""
    leans_on_garble: bool = False
    garbled_only: bool = False
    modern: bool = False
    mqm: str = ""
    confidence: float | None = None
    lines: str | None = None
    origin: str = ""

    @property
    def text(self) -> str:
        """The message that a finding shows: ``message``, or ``summary`` where none is given."""
        return self.message or self.summary
