"""Of whom and of what a passage speaks: roles, articles, demonstratives and number point where they pointed."""

from __future__ import annotations

import itertools
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
_UNKNOWN = frozenset(["a", "an", "one", "another", "some", "any"])
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
    if (fewer := _parts(change.passage) - _parts(change.after)) > 0 and not _counts_as_one(change, fewer):
        return "what is said of a part would be said of all"
    if _kinds(change.passage) < _kinds(change.after):
        return "it would be said of another one of its kind"
    if _others(change.passage) < _others(change.after):
        return "another one would be meant"
    if _severals(change.passage) < _severals(change.after):
        return "one would be several"
    return pronouns.guard(change) or _persons(change) or _belonging(change) or _determiners(change)


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
    if any(later - earlier <= _ADJECTIVES for earlier, later in itertools.pairwise(places)):
        return True
    if one.stem in {role(change.reply.stems[k]) for k in change.added}:
        return True  # with a capital
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
        if "another" in gone and "other" in come and "one" not in change.passage.words:
            return "“another” would become “the other”"
        if said := _pointed(change, hunk, gone, come):
            return said
        kinds = (
            {_QUANTIFIERS[w] for w in gone if w in _QUANTIFIERS},
            {_QUANTIFIERS[w] for w in come if w in _QUANTIFIERS},
        )
        if kinds[0] - kinds[1] and kinds[1] - kinds[0]:
            return f"“{min(kinds[0])}” would become “{min(kinds[1])}”"
        if said := _bare(change, hunk, come) or _those_who(change, hunk, gone, come):
            return said
        if not old and new == {"the"} and _numbered_persons(change.reply, hunk.reply_end):
            return "“the” would come, as if it were known who they are"
        if said := _counted(change, hunk):
            return said
        if "one" in come and gone & {"those", "these"}:
            return "several would become one"
        if "one" in gone and come & {"those", "these"}:
            return "one would become several"
        if said := _demonstrated(change, hunk, gone, come):
            return said
        if not _numbering(change.passage, hunk):
            gone -= {"one"}
        for one, other in ((_KNOWN, _UNKNOWN), (_UNKNOWN, _KNOWN)):
            if one & gone and other & come and _before_person(change, hunk):
                return (
                    f"“{min(one & gone)}” would become “{min(other & come)}”, as if somebody else were meant"
                )
    return None


def _numbering(reading: Reading, hunk: Hunk) -> bool:
    """Whether a "one" of a hunk counts what follows ("one minister"), and stands for nobody ("one says")."""
    ones = (k for k in range(hunk.start, hunk.end) if reading.tokens[k].lower == "one")
    return any(k + 1 < len(reading.tokens) and reading.content[k + 1] for k in ones)


def _bare(change: Change, hunk: Hunk, come: frozenset[str]) -> str | None:
    """Refuse "a scientist believes" for "scientist believe": without an article only the verb tells the number."""
    if not come & {"a", "an"}:
        return None
    for k in range(hunk.start, min(len(change.passage.tokens) - 1, hunk.end + 1)):
        word, verb = change.passage.tokens[k].lower, change.passage.tokens[k + 1].lower
        before = change.passage.tokens[k - 1].lower if k else ""
        if not is_person(change.passage.stems[k]) or is_plural(word) or before in _KNOWN | _UNKNOWN:
            continue
        new = [t.lower for t in change.reply.tokens[hunk.reply_start : hunk.reply_end + 1]]
        several = verb in _PLURAL or (form(verb) == "base" and any(form(w) == "s" for w in new[1:]))
        if several and change.passage.content[k + 1] | (verb in _PLURAL):
            return f"“{word}” may be more than one"
    return None


def _those_who(change: Change, hunk: Hunk, gone: frozenset[str], come: frozenset[str]) -> str | None:
    """Refuse "the workers, who" for "those workers that": some of them would be all of them."""
    if "those" not in gone or "the" not in come:
        return None
    behind = {token.lower for token in change.passage.tokens[hunk.end : hunk.end + _ADJECTIVES + 1]}
    return "some of them would be all of them" if behind & {"who", "which", "that"} else None


def _numbered_persons(reading: Reading, at: int) -> bool:
    """Whether a number of persons stands at a place ("three passengers")."""
    near = range(at, min(len(reading.tokens), at + 1 + _ADJECTIVES))
    first = reading.tokens[at].lower if near else ""
    return (first in _NUMBERS or first.isdigit()) and any(is_person(reading.stems[k]) for k in near)


def _pointed(change: Change, hunk: Hunk, gone: frozenset[str], come: frozenset[str]) -> str | None:
    """Refuse "a portrait" for "that portrait", where a noun follows."""
    if not come & _UNKNOWN:
        return None
    for k in range(hunk.start, hunk.end):
        word = change.passage.tokens[k].lower
        noun = k + 1 < len(change.passage.tokens) and change.passage.content[k + 1]
        if word in gone & (_NEAR | _FAR) and noun:
            return f"“{word}” would become “{min(come & _UNKNOWN)}”, as if another one were meant"
    return None


def _counts_as_one(change: Change, fewer: int) -> bool:
    """Whether an article or a number says as much as the "one of" that goes ("one of the offer", "an offer")."""
    come = [t.lower for t in change.new() if t.kind != "mark"]
    return sum(word in _A or word in _PARTS or word == "half" for word in come) >= fewer


def _kinds(reading: Reading) -> int:
    """Count what is only of the kind of something ("the same kind of weapon")."""
    return sum(one in _KINDS and other == "of" for one, other in itertools.pairwise(reading.words))


_A = frozenset(["a", "an"])
_KINDS = frozenset(["kind", "sort", "type", "kinds", "sorts", "types"])


def _others(reading: Reading) -> int:
    """Count what is said of another one; "each other" and "on the other hand" say nothing of it."""
    words_ = reading.words
    return sum(
        word in ("other", "others", "another") and before not in ("each", "one") and after != "hand"
        for before, word, after in zip(("", *words_), words_, (*words_[1:], ""), strict=False)
    )


def _counted(change: Change, hunk: Hunk) -> str | None:
    """Refuse "containers" for "a container": what was said to be one is several, and nothing has to be put right."""
    tokens = change.passage.tokens
    for k in range(hunk.start, hunk.end):
        word = tokens[k].lower
        if not change.passage.content[k]:
            continue
        near = {token.lower for token in tokens[max(0, k - _ADJECTIVES) : k]}
        if is_plural(word):
            if _PLURAL & {token.lower for token in tokens[k + 1 : k + 2]} and _singular(change, hunk, k):
                return f"“{word}” would be one"
            continue
        if not near & _OWNED:
            continue
        for j in range(hunk.reply_start, hunk.reply_end):
            other = change.reply.tokens[j].lower
            if is_plural(other) and change.reply.stems[j] == change.passage.stems[k] and form(word) == "base":
                return f"“{word}” would be more than one"
    return None


_OWNED = frozenset(["a", "an", "one", "his", "her", "my"])


def _singular(change: Change, hunk: Hunk, k: int) -> bool:
    """Whether a plural becomes the singular of its word."""
    places = range(hunk.reply_start, hunk.reply_end)
    mine = [j for j in places if change.reply.stems[j] == change.passage.stems[k]]
    return bool(mine) and not any(is_plural(change.reply.tokens[j].lower) for j in mine)


def _severals(reading: Reading) -> int:
    """Count persons in the plural after "a": what an edit leaves where its other half was refused."""
    found = 0
    for k, token in enumerate(reading.tokens):
        if token.lower not in ("a", "an"):
            continue
        for j in range(k + 1, min(len(reading.tokens), k + 1 + _ADJECTIVES)):
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


def _demonstrated(change: Change, hunk: Hunk, gone: frozenset[str], come: frozenset[str]) -> str | None:
    """Refuse "these bridges" for "this bridge": both said the same, so nothing has to be put right."""
    pairs = ((_SINGLE, _SEVERAL, False), (_SEVERAL, _SINGLE, True))
    for one, other, plural in pairs:
        if not (one & gone and other & come):
            continue
        places = range(hunk.start, min(len(change.passage.tokens), hunk.end + 1))
        there = range(hunk.reply_start, min(len(change.reply.tokens), hunk.reply_end + 1))
        for k in places:
            for j in there:
                if not change.passage.content[k] or change.passage.stems[k] != change.reply.stems[j]:
                    continue
                was, now = is_plural(change.passage.tokens[k].lower), is_plural(change.reply.tokens[j].lower)
                if was == plural and now != plural:
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
        and (before, one) != ("the", "one")
        and third in ("the", "them", "these", "those", "his", "her", "its", "their")
        and one in _PARTS
        for before, one, other, third in zip(("", *words_), words_, words_[1:], words_[2:], strict=False)
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
