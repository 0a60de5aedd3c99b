"""Pronouns: whoever they stood for they stand for, unless the passage forces another one."""

from __future__ import annotations

import itertools
from collections import Counter
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from cleantext.document.words import word_groups, words
from cleantext.editor.change import Change
from cleantext.editor.events import form
from cleantext.editor.guards.persons import Gender, gender, is_person, is_plural
from cleantext.editor.reading import Reading

Class: TypeAlias = Literal["I", "we", "you", "he", "she", "it", "they", "one"]

_SPEAKING = frozenset(["I", "we", "you"])
_OPENING = 40
"""Code points of the sentence before in which its first word stands."""


class Pronoun(NamedTuple):
    """A pronoun that a cut takes or brings: its class, its token, and the hunk it stands in."""

    named: Class
    at: int
    hunk: int


def guard(change: Change) -> str | None:
    """Refuse a cut after which a pronoun stands for somebody else, or for nobody of whom the passage speaks.

    Translated English has the genders of another grammar ("the village and her church"), so a pronoun may become
    another one where the passage, or else its neighbours, have somebody for the new one and nobody for the old.
    """
    gone, come = moving(change)
    for new in come:
        # What stands in the same hunk has become it, else what goes near by.
        old = min(gone, key=lambda one: (one.hunk != new.hunk, abs(one.hunk - new.hunk)), default=None)
        if old is not None and old.hunk != new.hunk and _far(change, old, new):
            old = None
        if not _holds(change, old, new.named):
            word = change.reply.tokens[new.at].text
            if old is None:
                return f"“{word}” would come, and nothing says who that is"
            return (
                f"“{change.passage.tokens[old.at].text}” would become “{word}”, and nothing says that it is"
            )
        if old is not None:
            gone.remove(old)
    return None


def moving(change: Change) -> tuple[list[Pronoun], list[Pronoun]]:
    """Return the pronouns that a cut takes, and those that it brings, what only moves left out."""
    gone = [
        Pronoun(named, k, h)
        for h, hunk in enumerate(change.cut.hunks)
        for k, named in _named(change.passage, hunk.start, hunk.end)
    ]
    come: list[Pronoun] = []
    for h, hunk in enumerate(change.cut.hunks):
        for k, named in _named(change.reply, hunk.reply_start, hunk.reply_end):
            same = next((one for one in gone if one.named == named), None)
            if same is None:
                come.append(Pronoun(named, k, h))
            else:
                gone.remove(same)
    return gone, come


def _far(change: Change, old: Pronoun, new: Pronoun) -> bool:
    hunks = change.cut.hunks
    return abs(hunks[old.hunk].start - hunks[new.hunk].start) > _NEAR_BY


_NEAR_BY = 5
"""Tokens over which a pronoun that goes may have become one that comes."""


def _holds(change: Change, gone: Pronoun | None, new: Class) -> bool:
    """Whether the passage forces a pronoun of a class in the place of one that goes, or in an empty one (None)."""
    old, at = (gone.named, gone.at) if gone else (None, None)
    if new == "one":
        return True
    if (old, new) == ("you", "they") and at is not None and not _said(change, at):
        return (
            _seen(change)["they"] > 0
        )  # nobody is addressed in news; other languages have one word for both
    if new in _SPEAKING or old in _SPEAKING:
        # "We will remind", "let us recall"; "close the eyes", "close my eyes".
        return _classes(change.passage)[new] > (old == new)
    seen = _seen(change)
    if (
        old is not None
        and at is not None
        and (new == "it" or _reflexive(change, at))
        and new == _nearest(change, at)
    ):
        return True
    if new == "it":
        return old is None or old == "one" or seen[old] == 0
    rival = {"he": "she", "she": "he"}.get(new, "")
    if old is None:
        return not _for_a_noun(change) and bool(
            (seen[new] or (seen["somebody"] and new != "she")) and not seen[rival]
        )
    if old == "it" and at is not None and (new == "they" or _impersonal(change.passage, at)):
        return new in _classes(change.passage)
    if old in ("it", "one"):
        return bool(seen[new] or (new == "he" and seen["somebody"] and not seen["she"]))
    return bool(seen[new]) and not seen[old]


def _reflexive(change: Change, at: int) -> bool:
    return change.passage.tokens[at].lower.endswith(("self", "selves"))


def _impersonal(reading: Reading, at: int) -> bool:
    """Whether an "it" stands for nobody: "it is said", "it was decided", "it seems that"."""
    after = [token.lower for token in reading.tokens[at + 1 : at + 4]]
    if after[:1] and after[0] in ("seems", "seemed", "appears", "appeared", "rains", "snows"):
        return True
    if len(after) < 2 or not (
        after[0] in ("is", "was") or (after[0] in ("has", "will") and after[1] in ("been", "be"))
    ):
        return False
    return any(form(word) in ("ed", "participle") for word in after[1:])


def _for_a_noun(change: Change) -> bool:
    """Whether a pronoun comes where a noun goes ("at the bank itself", "they")."""
    return bool(change.lost) and not change.won


def _said(change: Change, k: int) -> bool:
    """Whether a token stands between quotation marks."""
    start = change.passage.tokens[k].start
    return any(low <= start < high for low, high in change.context.quoted)


def _nearest(change: Change, at: int) -> str:
    """Return the class of the last pronoun that stays before a token, or of a body nearer than that; "" for none.

    "It said that he had decided": who decides is who says it. "… said the court on his page": the court's.
    """
    removed = set(change.removed)
    tokens = change.passage.tokens
    for k in range(at - 1, -1, -1):
        if k in removed or tokens[k].kind != "word":
            continue
        named = _class(tokens[k].lower)
        if named in ("he", "she", "it", "they"):
            # "According to it": a translation's "it" may be anybody there, and is no subject.
            return "" if k and tokens[k - 1].lower in word_groups("editor-grammar")["preposition"] else named
        if tokens[k].text.capitalize() in words("attribution-organisations"):
            return "it"
        if gender(tokens[k].text) or is_person(change.passage.stems[k]):
            return ""
    # Nobody so far: who the sentence before speaks of, where that is a pronoun, too.
    opening = Reading(change.context.neighbours[:_OPENING]).words
    return (_class(opening[0]) or "") if opening else ""


def _seen(change: Change) -> Counter[str]:
    """Count who a pronoun could stand for, by class: in the passage, or in its neighbours where it names none such."""
    own = _antecedents(change.passage, set(change.removed), change.context.neighbours)
    around = _antecedents(Reading(change.context.neighbours), set(), "")
    if not own["he"] and not own["she"]:
        own["he"], own["she"] = around["he"], around["she"]
    if not own["they"]:
        own["they"] = around["they"]
    return own


def _antecedents(reading: Reading, removed: set[int], around: str) -> Counter[str]:
    found: Counter[str] = Counter()
    full = _full_names(around)
    for k, token in enumerate(reading.tokens):
        if token.kind != "word":
            continue
        named = _class(token.lower)
        if named in ("he", "she", "they") and k not in removed:
            found[named] += 1
        before = reading.tokens[k - 1].lower if k else ""
        # Whose daughter it is, the daughter does not say; and Sydney is a town.
        if _class(before) not in (None, "it") or before in ("in", "at", "near"):
            continue
        told = gender(token.text) or (full.get(token.text, "") if token.text[0].isupper() else "")
        plural = is_plural(token.lower) and token.text.islower()
        if told and not plural:
            found["she" if told == "f" else "he"] += 1
        if plural:
            found["they"] += reading.content[k]
        elif is_person(reading.stems[k]) or told:
            found["somebody"] += 1
    return found


@lru_cache(maxsize=64)
def _full_names(text: str) -> dict[str, Gender]:
    """Return the genders of the surnames of a text, by the given names before them."""
    found: dict[str, Gender] = {}
    for one, other in itertools.pairwise(Reading(text).tokens):
        if one.text[:1].isupper() and other.text[:1].isupper() and (told := gender(one.text)):
            found[other.text] = told
    return found


def _classes(reading: Reading) -> Counter[Class]:
    return Counter(named for _, named in _named(reading, 0, len(reading.tokens)))


def _named(reading: Reading, start: int, end: int) -> list[tuple[int, Class]]:
    """Return the pronouns among some tokens, each with its class."""
    return [
        (k, named)
        for k in range(start, end)
        if (named := _class(reading.tokens[k].lower)) is not None
        and not (named == "one" and _counts(reading, k))
    ]


def _counts(reading: Reading, k: int) -> bool:
    """Whether "one" is a number there ("one of the", "one year")."""
    after = reading.tokens[k + 1] if k + 1 < len(reading.tokens) else None
    return after is not None and (after.lower == "of" or (after.kind == "word" and reading.content[k + 1]))


def _class(word: str) -> Class | None:
    return _pronoun_classes().get(word.partition("'")[0])


@lru_cache(maxsize=1)
def _pronoun_classes() -> dict[str, Class]:
    listed: dict[Class, str] = {
        "I": "i me my mine myself",
        "we": "we us our ours ourselves",
        "you": "you your yours yourself yourselves",
        "he": "he him his himself",
        "she": "she her hers herself",
        "it": "it its itself",
        "they": "they them their theirs themselves",
        "one": "one oneself",
    }
    return {word: name for name, members in listed.items() for word in members.split()}
