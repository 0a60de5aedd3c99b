"""For whom a pronoun could stand: whom a passage, or else what stands beside it, speaks of."""

from __future__ import annotations

import itertools
from collections import Counter
from functools import lru_cache

from cleantext.document.words import word_groups, words
from cleantext.editor.change import Change
from cleantext.editor.guards.persons import Gender, gender, is_person, is_plural
from cleantext.editor.guards.pronounclasses import class_of, named_in
from cleantext.editor.reading import Reading

_OPENING = 40
"""Code points of the sentence before in which its first word stands."""


def nearest(change: Change, at: int, hunk: int) -> str:
    """Return the class of the last pronoun that stays before a token, or of a body nearer than that; "" for none.

    "It said that he had decided": who decides is who says it. "… said the court on his page": the court's.
    """
    removed = _taken(change, hunk)
    tokens = change.passage.tokens
    for k in range(at - 1, -1, -1):
        if k in removed or tokens[k].kind != "word":
            continue
        named = class_of(tokens[k].lower)
        if named in ("he", "she", "it", "they"):
            # "According to it": a translation's "it" may be anybody there, and is no subject.
            return "" if k and tokens[k - 1].lower in word_groups("editor-grammar")["preposition"] else named
        if tokens[k].text.capitalize() in words("attribution-organisations"):
            return "it"
        if gender(tokens[k].text) or is_person(change.passage.stems[k]):
            return ""
    # Nobody so far: who the sentence before speaks of, where that is a pronoun, too.
    opening = Reading(change.context.neighbours[:_OPENING]).words
    return (class_of(opening[0]) or "") if opening else ""


def seen_in(change: Change, at: int) -> Counter[str]:
    """Count who a pronoun of one hunk could stand for, by class: in the passage, or in its neighbours where it names none."""
    own = _antecedents(change.passage, _taken(change, at), change.context.neighbours)
    around = _antecedents(Reading(change.context.neighbours), set(), "")
    if not own["he"] and not own["she"]:
        own["he"], own["she"] = around["he"], around["she"]
    if not own["they"]:
        own["they"] = around["they"]
    return own


def _taken(change: Change, at: int) -> set[int]:
    """Return the tokens of a hunk, and of those that take the same pronouns.

    What any other hunk takes stays somebody to stand for, since each has to hold alone.
    """
    hunks = change.cut.hunks
    named = [{one for _, one in named_in(change.passage, hunk.start, hunk.end)} for hunk in hunks]
    return {
        k
        for hunk, mine in zip(hunks, named, strict=True)
        if hunk is hunks[at] or mine & named[at]
        for k in range(hunk.start, hunk.end)
    }


def _antecedents(reading: Reading, removed: set[int], around: str) -> Counter[str]:
    found: Counter[str] = Counter()
    full = _full_names(around)
    for k, token in enumerate(reading.tokens):
        if token.kind != "word":
            continue
        named = class_of(token.lower)
        if named in ("he", "she", "they") and k not in removed:
            found[named] += 1
        before = reading.tokens[k - 1].lower if k else ""
        # Whose daughter it is, the daughter does not say; and Sydney is a town.
        if class_of(before) not in (None, "it") or before in ("in", "at", "near"):
            continue
        told = gender(token.text) or (full.get(token.text, "") if token.text[0].isupper() else "")
        plural = is_plural(token.lower) and token.text.islower()
        if told and not plural:
            found["she" if told == "f" else "he"] += 1
        if plural:
            found["they"] += reading.content[k]
        elif is_person(reading.stems[k]) or told:
            found["somebody"] += 1
            found["unknown"] += not told
    return found


@lru_cache(maxsize=64)
def _full_names(text: str) -> dict[str, Gender]:
    """Return the genders of the surnames of a text, by the given names before them."""
    found: dict[str, Gender] = {}
    for one, other in itertools.pairwise(Reading(text).tokens):
        if one.text[:1].isupper() and other.text[:1].isupper() and (told := gender(one.text)):
            found[other.text] = told
    return found
