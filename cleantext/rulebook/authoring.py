"""For people who write rules: a card to start from, and the JSON Schema of a rule file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import regex

from cleantext.rulebook.card import CATEGORIES, SPOKEN, Card, letters_of

_SCAFFOLD = """\
category = "{category}"
languages = ["en"]  # of the articles that the rules below hold for; "*" is any

[[rule]]
id = "{id}"
name = "{name}"
summary = "What is wrong, in one line that a reader of the finding understands"
why = "Where the fault comes from"
{mqm}pattern = '\\b(?P<first>word)\\s+that is wrong\\b'
fix = '{{first}} that is right'
applicability = "review"
fix-safety = "What could go wrong when the fix is applied"

# A text with the fault, and the same text mended. Write several.
[[rule.examples]]
bad = 'A word that is wrong.'
good = 'A word that is right.'

# A text that looks like the fault and is none: real sentences that once fired wrongly are best.
[[rule.near-misses]]
text = 'A word that is strange.'
why = "what differs"
"""

_MQM = 'mqm = "fluency/grammar"  # the type of error, after Multidimensional Quality Metrics\n'

_FIELDS_SET_BY_THE_LOADER = ("origin",)


def next_id(letters: str, cards: Iterable[Card]) -> str:
    """Return the lowest id with these letters above every id that is taken.

    Raises ValueError for letters that no id may have.
    """
    if not regex.fullmatch(r"[A-Z]{2,12}", letters):
        raise ValueError(f'an id begins with two to twelve capitals, as in "SITE001", not {letters!r}')
    numbers = [int(card.id[len(letters) :]) for card in cards if letters_of(card.id) == letters]
    return f"{letters}{max(numbers, default=0) + 1:03}"


def scaffold(letters: str, name: str, category: str, cards: Iterable[Card]) -> str:
    """Return a rule file with one card that passes its own tests, to be changed.

    Raises ValueError for a name or category that cannot be.
    """
    if category not in CATEGORIES.values():
        raise ValueError(f'unknown category "{category}": one of {", ".join(CATEGORIES.values())}')
    if not regex.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", name):
        raise ValueError(f'a name is lower-case words joined by hyphens, as in "site-slogan", not {name!r}')
    mqm = _MQM if category in SPOKEN else ""
    return _SCAFFOLD.format(category=category, id=next_id(letters, cards), name=name, mqm=mqm)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a rule file, for editors that complete and check TOML."""
    (_,), parts = msgspec.json.schema_components([Card], ref_template="#/$defs/{name}")
    card = parts["Card"]
    for field in _FIELDS_SET_BY_THE_LOADER:
        card["properties"].pop(field, None)
    card["required"] = [*card["required"], "examples", "near-misses"]
    card["oneOf"] = [{"required": ["pattern"]}, {"required": ["check"]}]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "cleantext rule file",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "category": {"enum": list(CATEGORIES.values())},
            "languages": {"type": "array", "items": {"type": "string"}},
            "measured": {"type": "array", "items": {"type": "string"}},
            "rule": {"type": "array", "items": {"$ref": "#/$defs/Card"}},
        },
        "$defs": parts,
    }
