"""Places: two persons, numbers or dates do not take each other's."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from cleantext.editor.change import Change
from cleantext.editor.guards.names import is_name
from cleantext.editor.guards.persons import is_person, role
from cleantext.editor.inflection import stem
from cleantext.editor.reading import Reading, plain
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
            if one.mention != other.mention and here.mention != there.mention:
                return f"“{one.name}” and “{other.name}” would change places"
    return None


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
