"""The same words in two mouths of one article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from cleantext.checks.attribution.scene import Scene
from cleantext.checks.attribution.sites import Site
from cleantext.document.spans import Span
from cleantext.document.words import words

_LETTERS = 4  # of the shortest word that is compared
_WORD = re.compile(rf"[^\W\d_]{{{_LETTERS},}}")
_COMMON = words("attribution-common-words")
_MOST_SHARED, _MOST_SHARE = (
    5,
    0.6,
)  # words, and the part of the speaker's, that the strongest echo shares at least
_OTHERS = 120  # further speakers that one is compared with


class Echo(NamedTuple):
    """Words at one speaker's place that another speaker of the article uses too.

    ``strength`` is 1 to 3; ``here`` and ``there`` are the two stretches of text.
    """

    key: str
    strength: int
    shared: int
    here: Span
    there: Span


def content_words(text: str) -> frozenset[str]:
    """Return the words that carry meaning, cut to six letters so that inflections fall together."""
    return frozenset(word[:6] for word in map(str.lower, _WORD.findall(text)) if word not in _COMMON)


def find_echoes(scene: Scene, site: Site) -> dict[str, Echo]:
    """Give, by surname's key, the strongest echo of each introduced speaker who speaks in another paragraph."""
    here, mine = _words_at(scene, site)
    if len(mine) < 2:
        return {}
    line = scene.document.line_at(site.mention.start)
    best: dict[str, Echo] = {}
    starts, keys = scene.spoken
    at = bisect_right(starts, site.mention.start)
    low, high = max(0, at - _OTHERS // 2), at + _OTHERS // 2
    for start, key in zip(starts[low:high], keys[low:high], strict=True):
        if line.start <= start < line.end or key == site.mention.key:
            continue
        other = scene.document.line_at(start)
        theirs = scene.line_words(other, content_words)
        shared = len(mine & theirs)
        share = shared / len(mine)
        if shared < 2 or share < 0.5:
            continue
        strength = (
            3 if shared >= _MOST_SHARED and share >= _MOST_SHARE else 2 if shared >= 3 and share >= 0.7 else 1
        )
        if shared == len(mine) and here.end - here.start < 200:
            strength = max(strength, 2)
        known = best.get(key)
        if known is None or (known.strength, known.shared) < (strength, shared):
            best[key] = Echo(key, strength, shared, here, Span(other.start, other.end))
    return best


def may_echo(scene: Scene, site: Site) -> bool:
    """Whether another paragraph holds enough of the speaker's words for an echo of strength 3, whoever says them."""
    _, mine = _words_at(scene, site)
    least = max(_MOST_SHARED, _MOST_SHARE * len(mine))
    spare = len(mine) - least  # words that may stand nowhere else
    if not _most_of(mine, partial(_stands_twice, scene.small), spare):
        return False
    own = scene.document.line_at(site.mention.start).start
    shortest = (_LETTERS + 1) * least - 1
    return any(
        len(mine & scene.line_words(line, content_words)) >= least
        for line in scene.document.filled
        if line.end - line.start >= shortest
        and line.start != own
        and _most_of(mine, scene.small_line(line).__contains__, spare)
    )


def _most_of(words: frozenset[str], stands: Callable[[str], bool], spare: float) -> bool:
    """Whether no more than ``spare`` of the words are missing; asks no further once there are."""
    if spare < 0:
        return False
    for word in words:
        if not stands(word):
            spare -= 1
            if spare < 0:
                return False
    return True


def _stands_twice(text: str, word: str) -> bool:
    at = text.find(word)
    return at >= 0 and text.find(word, at + len(word)) >= 0


def _words_at(scene: Scene, site: Site) -> tuple[Span, frozenset[str]]:
    """The quoted words of the speaker's sentence; the whole sentence where nothing is quoted in it."""
    low, high = scene.uses.sentence(site.mention.start)
    quoted = [
        quotation for quotation in _quotations_in(scene, low, high) if quotation.end - quotation.start > 4
    ]
    said: frozenset[str] = frozenset()
    for quotation in quoted:
        said |= content_words(scene.text[quotation.start : min(quotation.end, quotation.start + 1200)])
    if len(said) >= 2:
        return Span(quoted[0].start, quoted[-1].end), said
    sentence = scene.text[low : min(high, low + 1200)]
    return Span(low, high), content_words(sentence) - content_words(site.mention.text)


def _quotations_in(scene: Scene, low: int, high: int) -> list[Span]:
    quotations = scene.document.quotations
    at = bisect_right(scene.quotation_starts, low) - 1
    found = []
    for quotation in quotations[max(0, at) :]:
        if quotation.start >= high:
            break
        if quotation.end > low:
            found.append(Span(quotation.start, quotation.end))
    return found
