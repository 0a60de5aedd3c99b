"""Which edits of a reply lean on one that was refused, and so do not stand without it.

Where every edit stands the passage becomes the reply, which somebody has written as a whole. Where one is refused,
what is left was never read by anybody: a word put in twice, a verb without its auxiliary, half a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from cleantext.document.words import word_groups
from cleantext.editor.aligning import Hunk
from cleantext.editor.change import Change
from cleantext.editor.cutting import Cut
from cleantext.editor.inflection import AGREEING, stem
from cleantext.editor.reading import Reading, grammar
from cleantext.finding import Edit

NEAR = 40
"""Code points over which a word that comes may stand for one that goes."""
REACH = 80
"""Code points behind a verb in which its prepositions stand."""
_PAIR = 14
"""Tokens over which a word that one edit brings may be the one that another takes away."""
_LOOSE_PAIR = 5
"""The same for articles and prepositions, of which a sentence has many."""
_HELPED = 3
"""Words of grammar between an auxiliary and its verb."""
_STOPS = frozenset(';:.!?"“”„«»')


def leans_on(one: Change, refused: Sequence[Change]) -> Change | None:
    """Return the refused change that another one does not stand without, None where it stands by itself."""
    for leans in _LEANING:
        for other in refused:
            if leans(one, other):
                return other
    return None


def apart(one: Cut, other: Cut) -> int:
    """Count the code points between two cuts."""
    return max(one.edits[0].start - other.edits[-1].end, other.edits[0].start - one.edits[-1].end, 0)


def _touches(one: Change, other: Change) -> bool:
    """Whether no word stands between two cuts."""
    text = one.passage.text
    return any(_touch(text, mine, theirs) for mine in one.cut.edits for theirs in other.cut.edits)


def _touch(text: str, edit: Edit, other: Edit) -> bool:
    between = text[min(edit.end, other.end) : max(edit.start, other.start)]
    return not any(letter.isalnum() for letter in between)


def _hangs_on(one: Change, other: Change) -> bool:
    """Whether a cut only chooses a preposition or a form for a verb before it, which is refused with the ``other`` cut.

    "Show them to support it", "accuse them of supporting it": without the verb neither belongs there.
    """
    if one.lost or one.won or not _changes_a_word(other):
        return False
    words = [token.lower for token in (*one.old(), *one.new()) if token.kind == "word"]
    if not words or not (
        set(words) & word_groups("editor-grammar")["preposition"] or any(w.endswith("ing") for w in words)
    ):
        return False
    start, end = other.cut.edits[-1].end, one.cut.edits[0].start
    return 0 <= end - start <= REACH and not set(one.passage.text[start:end]) & _STOPS


def _changes_a_word(one: Change) -> bool:
    """Whether a cut exchanges a content word for another, or makes an active verb passive ("has", "was")."""
    helping = {t.lower for t in one.old()} ^ {t.lower for t in one.new()}
    return (bool(one.lost) and bool(one.won)) or bool(helping & {"was", "were", "been"})


def _leaves_out_a_verb(one: Change, other: Change) -> bool:
    """Whether a cut only leaves out a verb, near a refused one that would have put something in."""
    groups = word_groups("editor-grammar")
    gone = {token.lower for token in one.old()}
    alone = bool(gone) and not one.added and groups["auxiliary"] | groups["modal"] >= gone
    return alone and bool(other.added) and apart(one.cut, other.cut) <= NEAR


def _shares_a_word(one: Change, other: Change) -> bool:
    """Whether a cut brings a word that a refused one would have taken away, or takes one that it would have brought.

    The word would stand twice ("who was an administrator was"), or nowhere, be it in another form or spelling
    ("cancelled", "to cancel"). Of pronouns any stands for any other: one that goes without the one that would have
    come is missing.
    """
    for mine, (lost, won) in zip(one.cut.hunks, one.exchanged, strict=True):
        for theirs, (gone, come) in zip(other.cut.hunks, other.exchanged, strict=True):
            distance = _between(mine, theirs)
            if distance > _PAIR:
                continue
            shared = (set(lost) & set(come)) | (set(won) & set(gone))
            if shared - _loose() or (shared and distance <= _LOOSE_PAIR):
                return True
            if _roots(lost) & _roots(come) or _roots(won) & _roots(gone):
                return True
            persons = _persons()
            if persons & set(lost) and not persons & set(won) and persons & set(come) - set(gone):
                return True
    return False


def _helps(one: Change, other: Change) -> bool:
    """Whether only words of grammar stand between a hunk of grammar and a refused one.

    "Do not [conduct]", "the start and [the] landing": such words go with what stands beside them.
    """
    words = grammar()
    passage, reply = one.passage.tokens, one.reply.tokens
    for mine in one.cut.hunks:
        touched = (*passage[mine.start : mine.end], *reply[mine.reply_start : mine.reply_end])
        if not any(token.kind == "word" for token in touched):
            continue
        if any(token.kind != "mark" and token.lower not in words for token in touched):
            continue
        for theirs in other.cut.hunks:
            between = passage[min(mine.end, theirs.end) : max(mine.start, theirs.start)]
            if len(between) <= _HELPED and all(t.kind == "word" and t.lower in words for t in between):
                return True
    return False


def _opens_a_pair(one: Change, other: Change) -> bool:
    """Whether a cut brings the first word of a pair ("as … as anyone"), and a refused one behind it changes words."""
    for mine, (_, come) in zip(one.cut.hunks, one.exchanged, strict=True):
        behind = (hunk for hunk in other.cut.hunks if 0 <= hunk.start - mine.end <= _PAIR)
        if _CORRELATIVE & set(come) and any(hunk.end > hunk.start for hunk in behind):
            return True
    return False


_CORRELATIVE = frozenset(["as", "so", "both", "either", "neither", "such", "rather"])


def _closes_a_phrase(one: Change, other: Change) -> bool:
    """Whether a cut ends in a comma that comes, and a refused one near behind it would have gone on from there."""
    for mine in one.cut.hunks:
        old = one.passage.tokens[mine.start : mine.end]
        new = one.reply.tokens[mine.reply_start : mine.reply_end]
        if not new or new[-1].text != "," or any(token.text == "," for token in old):
            continue
        if any(0 <= theirs.start - mine.end <= _HELPED for theirs in other.cut.hunks):
            return True
    return False


def _shares_a_meaning(one: Change, other: Change) -> bool:
    """Whether one of two near cuts has more content than it takes and the other one less.

    "Perform … aid", "assist …": where the one is refused the other says half of it, or says it twice.
    """
    if not any(_clause(one.passage, mine, theirs) for mine in one.cut.hunks for theirs in other.cut.hunks):
        return False
    more = one.won.total() - one.lost.total()
    there = other.won.total() - other.lost.total()
    if there < 0 and one.won:
        return more >= 0
    return more < 0 < there


def _clause(passage: Reading, one: Hunk, other: Hunk) -> bool:
    """Whether two hunks stand near each other with no mark but a comma between them."""
    between = passage.tokens[min(one.end, other.end) : max(one.start, other.start)]
    return len(between) <= _NEAR_BY and not any(token.text in _STOPS for token in between)


_NEAR_BY = 4
"""Tokens over which two words may share one meaning."""


def _agrees(one: Change, other: Change) -> bool:
    """Whether a cut only puts a verb or a pronoun into the other number, and a refused one before it its noun."""
    passage, reply = one.passage, one.reply
    verbs = [
        (passage.words_in(hunk.start, hunk.end), reply.words_in(hunk.reply_start, hunk.reply_end))
        for hunk in one.cut.hunks
    ]
    if not any(_agreeing(old[0], new[0]) for old, new in verbs if len(old) == len(new) == 1):
        return False
    start = one.cut.hunks[0].start
    for hunk in other.cut.hunks:
        if not 0 <= start - hunk.end <= _SUBJECT:
            continue
        old = passage.words_in(hunk.start, hunk.end)
        new = reply.words_in(hunk.reply_start, hunk.reply_end)
        if any(_other_number(a, b) for a in old for b in new) or _ARTICLES & (set(old) ^ set(new)):
            return True
    return False


_ARTICLES = frozenset(["the", "a", "an", "one"])


def _agreeing(one: str, other: str) -> bool:
    """Whether two words are one verb or pronoun in two numbers."""
    pronouns = (one in _ONE and other in _SEVERAL) or (one in _SEVERAL and other in _ONE)
    return pronouns or _other_number(one, other)


_ONE = frozenset(["he", "him", "his", "she", "her", "it", "its"])
_SEVERAL = frozenset(["they", "them", "their"])


_SUBJECT = 20
"""Tokens over which a verb agrees with its noun."""


def _other_number(one: str, other: str) -> bool:
    return _NUMBER.get(one) == other or any(a in (b + "s", b + "es") for a, b in ((one, other), (other, one)))


_NUMBER = {a: b for pair in AGREEING for a, b in (pair, pair[::-1])}


def _between(one: Hunk, other: Hunk) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _roots(words: Iterable[str]) -> set[str]:
    """Return what the forms and spellings of content words share: "cancelled" and "canceled"."""
    roots = (stem(word) for word in words if word not in grammar())
    return {_DOUBLED.sub(r"\1", root) for root in roots if len(root) > _SHORT_ROOT}


_DOUBLED = re.compile(r"(.)\1")
_SHORT_ROOT = 3


@lru_cache(maxsize=1)
def _loose() -> frozenset[str]:
    groups = word_groups("editor-grammar")
    return groups["article"] | groups["preposition"] | {"and", "that", "it"}


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    reflexive = {
        word for word in word_groups("editor-grammar")["pronoun"] if word.endswith(("self", "selves"))
    }
    others = "he him his she her hers they them their us our me my"
    return frozenset(reflexive | set(others.split()))


_LEANING: tuple[Callable[[Change, Change], bool], ...] = (
    _touches,
    _hangs_on,
    _leaves_out_a_verb,
    _shares_a_word,
    _helps,
    _opens_a_pair,
    _closes_a_phrase,
    _shares_a_meaning,
    _agrees,
)
