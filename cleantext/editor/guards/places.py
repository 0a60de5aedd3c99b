"""Places: two persons, numbers or dates do not take each other's."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleantext.editor.change import Change
from cleantext.editor.events import form
from cleantext.editor.guards.names import is_name
from cleantext.editor.guards.persons import is_person, role
from cleantext.editor.inflection import stem
from cleantext.editor.reading import Reading, Token, plain
from cleantext.editor.timing import timed


class _Anchor(NamedTuple):
    kind: str
    name: str
    mention: int


def guard(change: Change) -> str | None:
    """Refuse a cut after which two persons, or two dates of one kind, stand in the other order.

    Translated sentences have their verbs and adverbs in the wrong place, but who and when seldom: among 460
    careful corrections no two names changed places, and where they do, somebody else has acted or spoken.
    """
    known = (
        _names(change.passage) | _names(change.after) | {_name(name.lower()) for name in change.context.names}
    )
    old, new = _anchors(change.passage, known), _anchors(change.after, known)
    before, after = Counter(a.name for a in old), Counter(a.name for a in new)
    place = {a.name: k for k, a in enumerate(new) if after[a.name] == 1}
    stay = [a for a in old if before[a.name] == 1 and a.name in place]
    for k, one in enumerate(stay):
        for other in stay[k + 1 :]:
            here, there = new[place[one.name]], new[place[other.name]]
            if place[one.name] < place[other.name] or one.kind != other.kind:
                continue
            if _possessive(change, one, other):
                continue
            if one.mention != other.mention and here.mention != there.mention:
                return f"“{one.name}” and “{other.name}” would change places"
    swapped = _swapped(change.passage, change.after)
    return f"“{swapped[0]}” and “{swapped[1]}” would change places" if swapped else None


def _possessive(change: Change, one: _Anchor, other: _Anchor) -> bool:
    """Whether two only change places as a possessive wants it: "the brother of the mayor", "the mayor's brother"."""
    old = [t for t in change.passage.tokens if t.kind == "word"]
    new = [t for t in change.after.tokens if t.kind == "word"]
    owned = any(
        role(stem(a.lower)) == one.name and b.lower == "of" and role(stem(c.lower)) == other.name
        for a, b, c in _joined(old)
    )
    return owned and any(
        a.lower.endswith(("'s", "s'"))
        and role(stem(a.lower)) == other.name
        and role(stem(b.lower)) == one.name
        for a, b in itertools.pairwise(new)
    )


def _joined(words: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    """Yield every three words in a row, articles left out."""
    bare = [word for word in words if word.lower not in ("the", "a", "an")]
    return zip(bare, bare[1:], bare[2:], strict=False)


def _swapped(before: Reading, after: Reading) -> tuple[str, str] | None:
    """Return two content words that stand in each other's place, around words that stay where they are.

    Whatever moves by itself passes words on one side of it only; two words that both pass all that stands between
    them, while that keeps its order, have been exchanged.
    """
    old = _once(before)
    new = {word: k for k, word in enumerate(_once(after))}
    stay = [word for word in old if word in new]
    found = _exchanged([new[word] for word in stay])
    return (stay[found[0]], stay[found[1]]) if found else None


def _exchanged(places: Sequence[int]) -> tuple[int, int] | None:
    """Return the first two of an order that have both passed all between them, which ascends; each place stands once.

    A run between two ends where it no longer ascends or passes the first, so nearly every start ends at once.
    """
    for i, one in enumerate(places):
        for j in range(i + 1 + _BETWEEN, len(places)):
            if not places[j - 2] < places[j - 1] < one:
                break
            if places[j] < places[i + 1]:
                return i, j
    return None


def _once(reading: Reading) -> list[str]:
    """Return the stems of the content words that stand once, in order; of verbs none that its form tells."""
    counts = Counter(s for s, c in zip(reading.stems, reading.content, strict=True) if c)
    return [
        stem_
        for stem_, content, token in zip(reading.stems, reading.content, reading.tokens, strict=True)
        if content and counts[stem_] == 1 and form(token.lower) in ("base", "s")
    ]


_BETWEEN = 2
"""Content words that stand between two exchanged ones at least: nearer words pass each other as grammar wants."""


def _anchors(reading: Reading, known: frozenset[str]) -> list[_Anchor]:
    """Return the names and roles of a text, and its dates, each in order; words of one name share a mention."""
    found: list[_Anchor] = []
    mention, last = 0, -2
    for k, token in enumerate(reading.tokens):
        if token.kind != "word":
            continue
        if token.text[0].isupper() and (is_name(reading, k, frozenset()) or _name(token.lower) in known):
            mention += k != last + 1
            last = k
            found.append(_Anchor("name", _name(token.lower), mention))
        elif is_person(reading.stems[k]):
            mention += 1
            found.append(_Anchor("role", role(reading.stems[k]), mention))
    for k, date in enumerate(timed(reading)):
        found.append(_Anchor(date.kind, date.name, mention + k + 1))
    return found


def _names(reading: Reading) -> frozenset[str]:
    return frozenset(_name(t.lower) for k, t in enumerate(reading.tokens) if is_name(reading, k, frozenset()))


def _name(word: str) -> str:
    return stem(plain(word))
