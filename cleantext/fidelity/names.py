"""Names of both sides in one table: which stand for which, which are spelt in two ways, which have no partner."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from operator import attrgetter
from typing import NamedTuple

from cleantext.fidelity.alignment import Alignment, Sentence
from cleantext.fidelity.concepts import concepts
from cleantext.fidelity.keys import sound
from cleantext.fidelity.scripts import latin
from cleantext.fidelity.seams import NOUNS_IN_CAPITALS

_NAME = re.compile(r"(?<=[^.!?…:\s\"“„«(\[][ \u00a0])[^\W\d_a-z][^\W\d_]{3,}(?:[-’'][^\W\d_]+)*")
_KATAKANA = re.compile(r"[\u30a1-\u30ff]{4,}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_STEM = 5
"""Letters of a name that its case endings leave alone."""
_LONGEST_ENDING = 3
_ALIKE, _NEARLY = 0.75, 0.55
"""Share of letters from which two spellings are of one name, in one language and across two."""
_ENOUGH = 6
"""Names that an original must have before one without a partner says anything."""


class Name(NamedTuple):
    """A name where it stands, code points ``start:end`` of its own side, in sentence number ``sentence``."""

    text: str
    start: int
    end: int
    sentence: int


class Spellings(NamedTuple):
    """A name of the translation, ``rare``, that is spelt ``usual`` elsewhere, while the original spells it in one way."""

    rare: Name
    usual: str
    original: Name


def names(text: str, sentences: Sequence[Sentence], lang: str) -> tuple[Name, ...]:
    """Return the words with a capital inside a sentence that the text nowhere writes small, in order; katakana in Japanese."""
    if lang in NOUNS_IN_CAPITALS:
        return ()
    pattern = _KATAKANA if lang == "ja" else _NAME
    small = frozenset(word for word in _WORD.findall(text) if word.islower())
    found: list[Name] = []
    for number, sentence in enumerate(sentences):
        for name in pattern.finditer(text, sentence.start, sentence.end):
            written = _POSSESSIVE.sub("", name.group())
            if written.lower() not in small and not written.isupper():
                found.append(Name(written, name.start(), name.start() + len(written), number))
    return tuple(found)


def spelt_twice(alignment: Alignment, source: Sequence[Name], target: Sequence[Name]) -> Iterator[Spellings]:
    """Yield the rarer spelling of each name that the original spells in one way and the translation in two."""
    beside = _beside(alignment, source)
    times = Counter(name.text for name in target)
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for spelling in times:
        if key := sound(spelling):
            groups[key].append(spelling)
    stands: defaultdict[str, list[Name]] = defaultdict(list)
    for name in target:
        stands[name.text].append(name)
    for key, written in groups.items():
        for number, one in enumerate(written):
            for other in written[number + 1 :]:
                if not _is_respelt(one, other):
                    continue
                rare, usual = sorted((one, other), key=lambda w: (times[w], w))
                partner = _partner(beside, stands[rare][0], key)
                elsewhere = [_partner(beside, name, key) for name in stands[usual]]
                if partner and any(e and _stem(e.text) == _stem(partner.text) for e in elsewhere):
                    yield Spellings(stands[rare][0], usual, partner)


def without_partner(
    alignment: Alignment, source: Sequence[Name], text: str, original_lang: str
) -> Iterator[Name]:
    """Yield the one name of the original that the translation has nowhere near, where all others have a partner."""
    distinct = {_stem(name.text) for name in source}
    if len(distinct) < _ENOUGH:
        return
    words = [
        [latin(word.lower()) for word in _WORD.findall(text[s.start : s.end]) if not word.islower()]
        for s in alignment.target
    ]
    lonely: list[Name] = []
    for number, bead in enumerate(alignment.beads):
        if not bead.is_pair:
            continue
        low = alignment.beads[max(0, number - 1)].low
        high = alignment.beads[min(len(alignment.beads) - 1, number + 1)].high
        there = [word for near in words[low:high] for word in near]
        for name in _of(source, bead.first, bead.last):
            if not any(concepts(name.text, original_lang)) and not _has_partner(name.text, there):
                lonely.append(name)
                if _stem(name.text) != _stem(lonely[0].text):
                    return
    if lonely:
        yield lonely[0]


def _has_partner(name: str, there: Sequence[str]) -> bool:
    plain, key = latin(name.lower()), sound(name)
    if not plain or not key:
        return True  # in letters that are not read
    if any(key[:3] == sound(word)[:3] for word in there):
        return True
    matcher = SequenceMatcher(None, b=plain)
    for word in there:
        matcher.set_seq1(word)
        if matcher.quick_ratio() >= _NEARLY and matcher.ratio() >= _NEARLY:
            return True
    return False


def _beside(alignment: Alignment, source: Sequence[Name]) -> dict[int, Sequence[Name]]:
    """Return, for each sentence of the translation, the names of the original's sentences beside it."""
    found: dict[int, Sequence[Name]] = {}
    for bead in alignment.beads:
        own = _of(source, bead.first, bead.last)
        for number in range(bead.low, bead.high):
            found[number] = own
    return found


def _of(names: Sequence[Name], first: int, last: int) -> Sequence[Name]:
    """Return those of some names, in order, that stand in the sentences ``first`` to before ``last``."""
    sentence = attrgetter("sentence")
    return names[bisect_left(names, first, key=sentence) : bisect_left(names, last, key=sentence)]


def _partner(beside: dict[int, Sequence[Name]], name: Name, key: str) -> Name | None:
    return next((other for other in beside.get(name.sentence, ()) if sound(other.text)[:3] == key[:3]), None)


def _stem(name: str) -> str:
    return latin(name.lower())[:_STEM]


def _is_respelt(one: str, other: str) -> bool:
    """Whether two words of one language are spellings of a name, and not forms of one: Russia and Russian."""
    short, long = sorted((latin(one.lower()), latin(other.lower())), key=len)
    if long.startswith(short[: max(_STEM - 1, len(short) - 1)]) and len(long) - len(short) <= _LONGEST_ENDING:
        return long[: len(short)] != short and long[-1:] == short[-1:] and len(short) > _STEM
    return short[:1] == long[:1] and SequenceMatcher(None, short, long).ratio() >= _ALIKE
