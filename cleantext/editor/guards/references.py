"""Of whom and of what a passage speaks: roles, articles, demonstratives and number point where they pointed."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from cleantext.document.words import word_groups
from cleantext.editor.aligning import Hunk
from cleantext.editor.change import Change
from cleantext.editor.events import form
from cleantext.editor.guards import pronouns
from cleantext.editor.guards.persons import is_person, is_plural, one_role, role
from cleantext.editor.reading import Reading

_NEAR, _FAR = frozenset(["this", "these"]), frozenset(["that", "those"])
_KNOWN = frozenset(
    ["the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"]
)
_UNKNOWN = frozenset(["a", "an", "another", "some", "any"])
_PREDICATE = frozenset(["is", "was", "are", "were", "be", "been", "as", "become", "became", "becomes"])
_ONE = frozenset(["a", "an", "one", "this", "that", "each", "every", "another", "either", "neither"])
_MANY = frozenset(["these", "those", "many", "several", "few", "both", "all", "most", "some"])
_QUANTIFIERS = {
    **dict.fromkeys(["each", "every", "all"], "all"),
    **dict.fromkeys(["some", "several"], "some"),
    **{word: word for word in ("both", "either", "neither", "another", "one")},
}
_NUMBERS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen", "hundred", "thousand"]
)
_THEY = frozenset(["he", "she", "they"])
_PARTS = _NUMBERS | {"some", "one", "several", "many", "most", "few"}
_ADJECTIVES = 3
"""Words that may stand between an article and its noun."""


def guard(change: Change) -> str | None:
    """Refuse a cut after which a pronoun, a role, an article, a demonstrative or a number points to somebody else."""
    if _parts(change.passage) < _parts(change.after):
        return "what is said of all would be said of a part"
    return pronouns.guard(change) or _persons(change) or _determiners(change)


class _Person(NamedTuple):
    stem: str
    plural: bool


def _persons(change: Change) -> str | None:
    """Refuse a role that becomes another one, or one of several, or a pronoun."""
    old = Counter(_roles(change.passage, change.removed))
    new = Counter(_roles(change.reply, change.added))
    lost, won = old - new, new - old
    for one in lost:
        same = [other for other in won if other.stem == one.stem]
        if same and same[0].plural != one.plural and not _forced(change, one):
            return f"“{one.stem}” would be {'one' if one.plural else 'more than one'}"
        others = [other for other in won if other.stem != one.stem]
        if not same and others and not any(one_role(one.stem, other.stem) for other in others):
            return f"“{one.stem}” would become “{others[0].stem}”"
        anybody = any(is_person(word) for word in change.won)
        if not same and not anybody and any(p.named in _THEY for p in pronouns.moving(change)[1]):
            return f"“{one.stem}” would become a pronoun"
        if not same and not anybody and not change.won and one.stem not in map(role, change.after.stems):
            return f"“{one.stem}” would be left out"
        # What takes a role's place and stands in the passage already is somebody of whom it speaks elsewhere.
        there = [word for word in change.won if word in change.passage.stems and word != one.stem]
        if not same and not others and there:
            return f"“{one.stem}” would become “{there[0]}”"
    return None


def _roles(reading: Reading, places: tuple[int, ...]) -> list[_Person]:
    return [
        _Person(role(reading.stems[k]), is_plural(reading.tokens[k].lower))
        for k in places
        if reading.tokens[k].text.islower()
        and is_person(reading.stems[k])
        and not reading.tokens[k].lower.endswith(("ed", "ing"))  # "is headed by"
        and reading.stems[k] != "head"  # "at the head", "their heads"
    ]


def _forced(change: Change, one: _Person) -> bool:
    """Whether what stays beside a role wants it in the other number.

    "Five man", "these minister"; a singular without any article; a verb in the other number behind it.
    """
    gone = set(change.removed)
    tokens = change.passage.tokens
    for k in gone:
        if role(change.passage.stems[k]) != one.stem:
            continue
        near = [j for j in range(max(0, k - _ADJECTIVES), k) if tokens[j].kind != "mark"]
        before = [tokens[j].lower for j in near if j not in gone]
        # A verb that only moves stays, too.
        moved = {token.lower for token in change.new()}
        near_by = range(k + 1, min(len(tokens), k + 1 + _VERB))
        after = [tokens[j].lower for j in near_by if j not in gone or tokens[j].lower in moved]
        if one.plural:
            return bool(_ONE & set(before) or _SINGULAR & set(after))
        if _MANY & set(before) or _PLURAL & set(after) or any(w in _NUMBERS or w.isdigit() for w in before):
            return True
        if not any(tokens[j].lower in _ONE | _KNOWN or "'" in tokens[j].lower for j in near):
            return True
    return False


_VERB = 10
"""Tokens behind a noun among which its verb is looked for."""
_SINGULAR, _PLURAL = frozenset(["is", "was", "has", "says"]), frozenset(["are", "were", "have", "say"])


def _determiners(change: Change) -> str | None:
    """Refuse "this" for "that", one quantifier for another, and somebody known who becomes anybody."""
    for hunk in change.cut.hunks:
        old, new = (
            _lower(change.passage, hunk.start, hunk.end),
            _lower(change.reply, hunk.reply_start, hunk.reply_end),
        )
        gone, come = old - new, new - old
        for one, other in ((_NEAR, _FAR), (_FAR, _NEAR)):
            if one & gone and other & come and len(gone) == len(come) == 1:
                return f"“{next(iter(one & gone))}” would become “{next(iter(other & come))}”"
        kinds = (
            {_QUANTIFIERS[w] for w in gone if w in _QUANTIFIERS},
            {_QUANTIFIERS[w] for w in come if w in _QUANTIFIERS},
        )
        if kinds[0] - kinds[1] and kinds[1] - kinds[0]:
            return f"“{min(kinds[0])}” would become “{min(kinds[1])}”"
        if said := _counted(change, hunk):
            return said
        if "one" in come and gone & {"those", "these"}:
            return "several would become one"
        if said := _demonstrated(change, hunk, gone, come):
            return said
        for one, other in ((_KNOWN, _UNKNOWN), (_UNKNOWN, _KNOWN)):
            if one & gone and other & come and _before_person(change, hunk):
                return (
                    f"“{min(one & gone)}” would become “{min(other & come)}”, as if somebody else were meant"
                )
    return None


def _counted(change: Change, hunk: Hunk) -> str | None:
    """Refuse "containers" for "a container": what was said to be one is several, and nothing has to be put right."""
    tokens = change.passage.tokens
    for k in range(hunk.start, hunk.end):
        word = tokens[k].lower
        near = {token.lower for token in tokens[max(0, k - _ADJECTIVES) : k]}
        if is_plural(word) or not change.passage.content[k] or not near & _A:
            continue
        for j in range(hunk.reply_start, hunk.reply_end):
            other = change.reply.tokens[j].lower
            if is_plural(other) and change.reply.stems[j] == change.passage.stems[k] and form(word) == "base":
                return f"“{word}” would be more than one"
    return None


_A = frozenset(["a", "an", "one"])


def _demonstrated(change: Change, hunk: Hunk, gone: frozenset[str], come: frozenset[str]) -> str | None:
    """Refuse "these bridges" for "this bridge": both said the same, so nothing has to be put right."""
    pairs = ((_SINGLE, _SEVERAL, False), (_SEVERAL, _SINGLE, True))
    for one, other, plural in pairs:
        if not (one & gone and other & come):
            continue
        stays = change.passage.tokens[hunk.start : hunk.end + 1]
        new = change.reply.tokens[hunk.reply_start : hunk.reply_end + 1]
        nouns = [t.lower for t in stays if t.kind == "word" and t.lower not in one | {"the"}]
        others = [t.lower for t in new if t.kind == "word" and t.lower not in other | {"the"}]
        if nouns and others and is_plural(nouns[-1]) == plural and is_plural(others[-1]) != plural:
            return f"“{min(one & gone)}” would become “{min(other & come)}”"
    return None


_SINGLE, _SEVERAL = (
    frozenset(["this", "that", "each", "every"]),
    frozenset(["these", "those", "some", "several"]),
)


def _parts(reading: Reading) -> int:
    """Count what is said of a part: "two of the unions", "some of them"."""
    words_ = reading.words
    return sum(
        other == "of"
        and third in ("the", "them", "these", "those", "his", "her", "its", "their")
        and one in _PARTS
        for one, other, third in zip(words_, words_[1:], words_[2:], strict=False)
    )


def _lower(reading: Reading, start: int, end: int) -> frozenset[str]:
    return frozenset(token.lower for token in reading.tokens[start:end] if token.kind != "mark")


def _before_person(change: Change, hunk: Hunk) -> bool:
    """Whether a role follows that is no predicate ("was a journalist")."""
    if hunk.start and change.passage.tokens[hunk.start - 1].lower in _PREDICATE:
        return False
    tokens = change.reply.tokens
    for k in range(hunk.reply_start, min(len(tokens), hunk.reply_end + _ADJECTIVES)):
        if tokens[k].kind != "word":
            return False
        if is_person(change.reply.stems[k]):
            return True
        if tokens[k].lower in word_groups("editor-grammar")["preposition"]:
            return False
    return False
