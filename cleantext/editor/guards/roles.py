"""Roles: whoever the passage calls a minister or a witness stays one, as many of them, and of the same thing."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import NamedTuple

from cleantext.editor.change import Change
from cleantext.editor.guards import pronouns
from cleantext.editor.guards.persons import is_person, is_plural, one_role, role
from cleantext.editor.reading import Reading

KNOWN = frozenset(
    ["the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your"]
)
"""Words before a noun that say that it is known which one."""
NUMBERS = frozenset(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozen", "hundred", "thousand"]
)
PLURAL = frozenset(["are", "were", "have", "say"])
"""Verbs that only a noun in the plural takes."""
ADJECTIVES = 3
"""Words that may stand between an article and its noun."""
_SINGULAR = frozenset(["is", "was", "has", "says"])
_ONE = frozenset(["a", "an", "one", "this", "that", "each", "every", "another", "either", "neither"])
_MANY = frozenset(["these", "those", "many", "several", "few", "both", "all", "most", "some"])
_THEY = frozenset(["he", "she", "they"])


def guard(change: Change) -> str | None:
    """Refuse a cut after which a role is another one, one of several, a pronoun or gone, or is of something else."""
    if _severals(change.passage) < _severals(change.after):
        return "one would be several"
    return _become(change) or _belonging(change)


class _Person(NamedTuple):
    stem: str
    plural: bool


def _become(change: Change) -> str | None:
    """Refuse a role that becomes another one, or one of several, or a pronoun."""
    old = Counter(_roles(change.passage, change.removed))
    new = Counter(_roles(change.reply, change.added))
    lost, won = old - new, new - old
    for one in lost:
        if any(
            role(change.reply.stems[k]) == one.stem
            for k in change.added
            if change.reply.tokens[k].text[0].isupper()
        ):
            continue  # "the chairman", "Chairman Holm"
        same = [other for other in won if other.stem == one.stem]
        if same and same[0].plural != one.plural and not (_forced(change, one) or _in_general(change)):
            return f"“{one.stem}” would be {'one' if one.plural else 'more than one'}"
        others = [other for other in won if other.stem != one.stem]
        if not same and others and not any(one_role(one.stem, other.stem) for other in others):
            return f"“{one.stem}” would become “{others[0].stem}”"
        anybody = [word for word in change.won if is_person(word)]
        if (
            not same
            and not others
            and anybody
            and not any(one_role(one.stem, role(word)) for word in anybody)
        ):
            return f"“{one.stem}” would become “{anybody[0]}”"
        if not same and not anybody and any(p.named in _THEY for p in pronouns.moving(change)[1]):
            return f"“{one.stem}” would become a pronoun"
        if not same and not anybody and not _stands(change, one):
            return f"“{one.stem}” would be left out"
        # What takes a role's place and stands in the passage already is somebody of whom it speaks elsewhere.
        there = [word for word in change.won if word in change.passage.stems and word != one.stem]
        if not same and not others and there:
            return f"“{one.stem}” would become “{there[0]}”"
    return None


def _in_general(change: Change) -> bool:
    """Whether a singular speaks of all of a kind, as other languages have it ("allergies with the child", "in children")."""
    for hunk in change.cut.hunks:
        old = [t.lower for t in change.passage.tokens[hunk.start : hunk.end]]
        new = [t.lower for t in change.reply.tokens[hunk.reply_start : hunk.reply_end]]
        if len(old) == 3 and len(new) == 2 and old[0] in _WITH and old[1] == "the" and new[0] in _AMONG:
            return is_plural(new[1])
    return False


_WITH, _AMONG = frozenset(["with", "at", "by", "in", "near"]), frozenset(["in", "among"])


def _belonging(change: Change) -> str | None:
    """Refuse a role that loses what it is of ("the minister for health", "the minister"): it may be any of them."""
    stays = {*change.after.stems}
    for hunk in change.cut.hunks:
        old = change.passage.tokens[hunk.start : hunk.end]
        if not (hunk.start and old and old[0].lower in ("of", "for") and hunk.reply_start == hunk.reply_end):
            continue
        gone = [k for k in range(hunk.start, hunk.end) if change.passage.content[k]]
        if is_person(change.passage.stems[hunk.start - 1]) and any(
            change.passage.stems[k] not in stays for k in gone
        ):
            return f"“{change.passage.tokens[hunk.start - 1].text}” would be any of them"
    return None


def _stands(change: Change, one: _Person) -> bool:
    """Whether a role that goes stood twice in one place, or as much as the words of its hunk come in their place."""
    places = [k for k, stem in enumerate(change.passage.stems) if role(stem) == one.stem]
    if any(later - earlier <= ADJECTIVES for earlier, later in itertools.pairwise(places)):
        return True
    for hunk in change.cut.hunks:
        if any(hunk.start <= k < hunk.end for k in places):
            old, new = change.passage.content[hunk.start : hunk.end], change.reply.content
            return sum(new[hunk.reply_start : hunk.reply_end]) >= sum(old)
    return False


def _roles(reading: Reading, places: tuple[int, ...]) -> list[_Person]:
    return [
        _Person(role(reading.stems[k]), is_plural(reading.tokens[k].lower))
        for k in places
        if (reading.tokens[k].text.islower() or reading.opening[k])
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
        near = [j for j in range(max(0, k - ADJECTIVES), k) if tokens[j].kind != "mark"]
        before = [tokens[j].lower for j in near if j not in gone]
        # A verb that only moves stays, too.
        moved = {token.lower for token in change.new()}
        near_by = range(k + 1, min(len(tokens), k + 1 + _VERB))
        after = [tokens[j].lower for j in near_by if j not in gone or tokens[j].lower in moved]
        if one.plural:
            return bool(_ONE & set(before) or _SINGULAR & set(after))
        if _MANY & set(before) or PLURAL & set(after) or any(w in NUMBERS or w.isdigit() for w in before):
            return True
        if not any(tokens[j].lower in _ONE | KNOWN or "'" in tokens[j].lower for j in near):
            return True
    return False


_VERB = 10
"""Tokens behind a noun among which its verb is looked for."""


def _severals(reading: Reading) -> int:
    """Count persons in the plural after "a": what an edit leaves where its other half was refused."""
    found = 0
    for k, token in enumerate(reading.tokens):
        if token.lower not in ("a", "an"):
            continue
        for j in range(k + 1, min(len(reading.tokens), k + 1 + ADJECTIVES)):
            noun = reading.tokens[j]
            if noun.kind != "word" or not reading.content[j]:
                break
            if noun.text.islower() and is_person(reading.stems[j]):
                after = reading.tokens[j + 1] if j + 1 < len(reading.tokens) else None
                found += is_plural(noun.lower) and not (
                    after and after.kind == "word" and reading.content[j + 1]
                )
                break
    return found
