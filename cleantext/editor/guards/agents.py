"""Who does it to whom: an active sentence and a passive one with the same people say opposite things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from cleantext.editor.change import Change
from cleantext.editor.events import form
from cleantext.editor.guards.names import is_name
from cleantext.editor.guards.persons import is_person
from cleantext.editor.reading import Reading

_BE = frozenset(
    [
        "am",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "become",
        "becomes",
        "became",
        "got",
        "gets",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
    ]
)
_DONE = frozenset(["ed", "past", "participle"])
"""Forms of a verb in which something may be done by somebody."""
_AGENT = 5
"""Tokens after "by" among which the one who does it stands."""
_CLAUSE = 10
"""Tokens over which a verb stands from its people."""


class _Passive(NamedTuple):
    """A verb that "by" somebody is done: the stems of the verb and of the words of whoever does it."""

    verb: str
    agent: frozenset[str]


def guard(change: Change) -> str | None:
    """Refuse a cut after which whoever did something has it done to them, or the other way round.

    "Was by colleagues accused" may become "was accused by colleagues" and "colleagues accused him", not "accused
    colleagues". A thing that "heads" a person may have been headed: Slavic sentences begin with what is acted upon.
    """
    for before, after in ((change.passage, change.after), (change.after, change.passage)):
        there = set(_passives(after))
        for passive in _passives(before):
            if any(other.verb == passive.verb for other in there):
                continue
            if _object_of(after, passive) and (before is change.passage or _acts(after, passive)):
                doer = min(passive.agent)
                return f"who does it to whom would change: “{doer}”"
    return _doer_comes(change)


def _doer_comes(change: Change) -> str | None:
    """Refuse a pronoun for whoever a passive leaves unsaid ("was found", "he found")."""
    old, new = Counter(t.lower for t in change.old()), Counter(t.lower for t in change.new())
    if sum((old - new)[word] for word in _BE) == 0 or set(old) & _DOERS:
        return None
    come = sorted(set(new) & _DOERS)
    done = [k for k in range(len(change.after.tokens)) if change.after.tokens[k].lower in come]
    for k in done:
        behind = change.after.tokens[k + 1 : k + 3]
        if any(form(t.lower) in _DONE for t in behind):
            return f"“{come[0]}” would come, and nothing says who does it"
    return None


_DOERS = frozenset(["he", "she", "they", "we", "i", "you", "it", "one"])


def _passives(reading: Reading) -> Iterator[_Passive]:
    """Yield the verbs that are done "by" somebody, each in any order ("by the doctor told", "told by the doctor")."""
    tokens = reading.tokens
    for k, token in enumerate(tokens):
        if token.lower != "by":
            continue
        agent = list(_phrase(reading, k))
        if not any(_somebody(reading, j) for j in agent):
            continue
        near = [
            j
            for j in range(max(0, k - _CLAUSE), min(len(tokens), k + _CLAUSE))
            if j not in agent and reading.content[j] and form(tokens[j].lower) in _DONE
        ]
        helped = any(t.lower in _BE for t in tokens[max(0, k - _CLAUSE) : k + _CLAUSE])
        if near and helped:
            verb = min(near, key=lambda j: abs(j - k))
            yield _Passive(reading.stems[verb], frozenset(reading.stems[j] for j in agent))


def _phrase(reading: Reading, k: int) -> Iterator[int]:
    """Yield the content words of a short phrase after a preposition, up to its person or name."""
    for j in range(k + 1, min(len(reading.tokens), k + 1 + _AGENT)):
        token = reading.tokens[j]
        if token.kind != "word" or form(token.lower) in _DONE:
            return
        if reading.content[j]:
            yield j
        elif token.lower not in ("the", "a", "an", "his", "her", "their", "its"):
            return


def _object_of(reading: Reading, passive: _Passive) -> bool:
    """Whether a verb stands actively before whoever did it."""
    verbs = [j for j, stem in enumerate(reading.stems) if stem == passive.verb]
    for verb in verbs:
        before = {t.lower for t in reading.tokens[max(0, verb - 3) : verb]}
        if before & _BE:
            continue
        behind = range(verb + 1, min(len(reading.tokens), verb + 1 + _AGENT))
        for j in behind:
            token = reading.tokens[j]
            if reading.stems[j] in passive.agent:
                return True
            if token.kind != "word" or (not reading.content[j] and token.lower not in _DETERMINERS):
                break
    return False


_DETERMINERS = frozenset(["to", "the", "a", "an", "his", "her", "their", "its", "our", "my", "this", "these"])


def _acts(reading: Reading, passive: _Passive) -> bool:
    """Whether the verb has a person or a name before it in the active sentence."""
    return any(
        _somebody(reading, j)
        for verb, stem in enumerate(reading.stems)
        if stem == passive.verb
        for j in range(max(0, verb - _AGENT), verb)
    )


def _somebody(reading: Reading, k: int) -> bool:
    return is_person(reading.stems[k]) or is_name(reading, k, frozenset())
