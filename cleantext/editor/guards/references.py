"""Of whom and of what a passage speaks: roles, articles, demonstratives and number point where they pointed."""

from __future__ import annotations

import itertools

from cleantext.document.words import word_groups
from cleantext.editor.aligning import Hunk
from cleantext.editor.change import Change
from cleantext.editor.events import form
from cleantext.editor.guards import pronouns, roles
from cleantext.editor.guards.persons import is_person, is_plural
from cleantext.editor.guards.roles import ADJECTIVES, KNOWN, NUMBERS, PLURAL
from cleantext.editor.reading import Reading

_NEAR, _FAR = frozenset(["this", "these"]), frozenset(["that", "those"])
_UNKNOWN = frozenset(["a", "an", "one", "another", "some", "any"])
_PREDICATE = frozenset(["is", "was", "are", "were", "be", "been", "as", "become", "became", "becomes"])
_QUANTIFIERS = {
    **dict.fromkeys(["each", "every", "all"], "all"),
    **dict.fromkeys(["some", "several"], "some"),
    **{word: word for word in ("both", "either", "neither", "another", "one")},
}
_PARTS = NUMBERS | {"some", "one", "several", "many", "most", "few"}


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
    return pronouns.guard(change) or roles.guard(change) or _determiners(change)


def _determiners(change: Change) -> str | None:
    """Refuse "this" for "that", one quantifier for another, and somebody known who becomes anybody."""
    for hunk in change.cut.hunks:
        old = frozenset(change.passage.words_in(hunk.start, hunk.end))
        new = frozenset(change.reply.words_in(hunk.reply_start, hunk.reply_end))
        gone, come = old - new, new - old
        for one, other in ((_NEAR, _FAR), (_FAR, _NEAR)):
            if one & gone and other & come and len(gone) == len(come) == 1:
                return f"“{next(iter(one & gone))}” would become “{next(iter(other & come))}”"
        if "another" in gone and "other" in come and "one" not in change.passage.words:
            return "“another” would become “the other”"
        if (_NEAR | _FAR) & gone and "such" in come:
            return "it would be said of all of its kind"
        if "the" in gone and come & {"a", "an"} and _ordinal(change.passage, hunk.end):
            return "“the” would become “a”, as if there were more of them"
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
        for one, other in ((KNOWN, _UNKNOWN), (_UNKNOWN, KNOWN)):
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
        if not is_person(change.passage.stems[k]) or is_plural(word) or before in KNOWN | _UNKNOWN:
            continue
        new = [t.lower for t in change.reply.tokens[hunk.reply_start : hunk.reply_end + 1]]
        several = verb in PLURAL or (form(verb) == "base" and any(form(w) == "s" for w in new[1:]))
        if several and change.passage.content[k + 1] | (verb in PLURAL):
            return f"“{word}” may be more than one"
    return None


def _those_who(change: Change, hunk: Hunk, gone: frozenset[str], come: frozenset[str]) -> str | None:
    """Refuse "the workers, who" for "those workers that": some of them would be all of them."""
    if "those" not in gone or "the" not in come:
        return None
    behind = {token.lower for token in change.passage.tokens[hunk.end : hunk.end + ADJECTIVES + 1]}
    return "some of them would be all of them" if behind & {"who", "which", "that"} else None


def _numbered_persons(reading: Reading, at: int) -> bool:
    """Whether a number of persons stands at a place ("three passengers")."""
    near = range(at, min(len(reading.tokens), at + 1 + ADJECTIVES))
    first = reading.tokens[at].lower if near else ""
    return (first in NUMBERS or first.isdigit()) and any(is_person(reading.stems[k]) for k in near)


def _ordinal(reading: Reading, at: int) -> bool:
    """Whether a word at a place says which of several it is."""
    return at < len(reading.tokens) and reading.tokens[at].lower in _ORDINALS


_ORDINALS = frozenset(["first", "second", "third", "fourth", "fifth", "sixth", "last", "next"])


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
    """Whether a number says as much as the "two of" that goes ("two of the boats", "two boats"); "an" says less."""
    come = [t.lower for t in change.new() if t.kind != "mark"]
    return sum(word in _PARTS or word == "half" for word in come) >= fewer


def _kinds(reading: Reading) -> int:
    """Count what is only of the kind of something ("the same kind of weapon")."""
    return sum(one in _KINDS and other == "of" for one, other in itertools.pairwise(reading.words))


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
        near = {token.lower for token in tokens[max(0, k - ADJECTIVES) : k]}
        if is_plural(word):
            if PLURAL & {token.lower for token in tokens[k + 1 : k + 2]} and _singular(change, hunk, k):
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


def _demonstrated(change: Change, hunk: Hunk, gone: frozenset[str], come: frozenset[str]) -> str | None:
    """Refuse "these bridges" for "this bridge": both said the same, so nothing has to be put right."""
    pairs = ((_SINGLE, _SEVERAL, False), (_SEVERAL, _SINGLE, True))
    for one, other, plural in pairs:
        if not (one & gone and other & come):
            continue
        nouns = [
            change.passage.tokens[k].lower for k in range(hunk.start, hunk.end) if change.passage.content[k]
        ]
        others = [t.lower for t, k in zip(change.new(), change.added, strict=True) if change.reply.content[k]]
        if not plural and nouns and not any(map(is_plural, nouns)) and any(map(is_plural, others)):
            return f"“{min(one & gone)}” would become “{min(other & come)}”"
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


def _before_person(change: Change, hunk: Hunk) -> bool:
    """Whether a role follows that is no predicate ("was a journalist")."""
    if hunk.start and change.passage.tokens[hunk.start - 1].lower in _PREDICATE:
        return False
    tokens = change.reply.tokens
    for k in range(hunk.reply_start, min(len(tokens), hunk.reply_end + ADJECTIVES)):
        if tokens[k].kind != "word":
            return False
        if is_person(change.reply.stems[k]):
            return True
        if tokens[k].lower in word_groups("editor-grammar")["preposition"]:
            return False
    return False
