"""Words that come again: near another person's in the article, in two mouths of one article, in another article's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from operator import attrgetter
from typing import Final, NamedTuple

from cleantext.checks import Hit
from cleantext.checks.attribution.context import AttributionContext
from cleantext.checks.attribution.mentions import SpeakerMention
from cleantext.checks.attribution.offices import surname_key
from cleantext.document import Document, Elsewhere, Line
from cleantext.document.attribution import Quotation
from cleantext.document.names import Kind, Person, find_names
from cleantext.document.spans import Span
from cleantext.document.words import words
from cleantext.finding import Evidence, replace

_LETTERS = 4  # of the shortest word that is compared
_WORD = re.compile(rf"[^\W\d_]{{{_LETTERS},}}")
_COMMON = words("attribution-common-words")
_MOST_SHARED, _MOST_SHARE = (
    5,
    0.6,
)  # words, and the part of the speaker's, that the strongest echo shares at least
_OTHERS = 120  # further speakers that one is compared with


class RepeatedWording(NamedTuple):
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


def find_echoes(scene: AttributionContext, site: SpeakerMention) -> dict[str, RepeatedWording]:
    """Give, by surname's key, the strongest echo of each introduced speaker who speaks in another paragraph."""
    here, mine = _words_at(scene, site)
    if len(mine) < 2:
        return {}
    line = scene.document.line_at(site.mention.start)
    best: dict[str, RepeatedWording] = {}
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
            best[key] = RepeatedWording(key, strength, shared, here, Span(other.start, other.end))
    return best


def may_echo(scene: AttributionContext, site: SpeakerMention) -> bool:
    """Whether another paragraph holds enough of the speaker's words for an echo of strength 3, whoever says them."""
    _, mine = _words_at(scene, site)
    least = max(_MOST_SHARED, _MOST_SHARE * len(mine))
    spare = len(mine) - least  # words that may stand nowhere else
    own = scene.document.line_at(site.mention.start)
    if not _most_of(mine, partial(_stands_elsewhere, scene, own), spare):
        return False
    shortest = (_LETTERS + 1) * least - 1
    return any(
        len(mine & scene.line_words(line, content_words)) >= least
        for line in scene.document.filled
        if line.end - line.start >= shortest
        and line.start != own.start
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


def _stands_elsewhere(scene: AttributionContext, own: Line, word: str) -> bool:
    """Whether a word may stand outside a line, as it is written in small letters."""
    small = scene.small
    if len(small) != len(scene.text):  # places have moved
        return word in small
    return small.find(word, own.end) >= 0 or small.find(word, 0, own.start) >= 0


def _words_at(scene: AttributionContext, site: SpeakerMention) -> tuple[Span, frozenset[str]]:
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


def _quotations_in(scene: AttributionContext, low: int, high: int) -> list[Span]:
    quotations = scene.document.quotations
    at = bisect_right(scene.quotation_starts, low) - 1
    found = []
    for quotation in quotations[max(0, at) :]:
        if quotation.start >= high:
            break
        if quotation.end > low:
            found.append(Span(quotation.start, quotation.end))
    return found


_WORDS = re.compile(r"\w+")
_OPENING: Final = '"“«„‘'
_CLOSING: Final = frozenset('"“”«»\n\r')
_OPENED: Final = 21  # code points after a mark that are compared
_LEAST = 7  # words; shorter quotations are said by many
_KEY = 5
_SAME = 0.75  # share of the shorter one's words
_MOST = 100  # repeated quotations of an article


class Pair(NamedTuple):
    """Two quotations of the same words: ``wrong`` has the speaker in doubt, ``right`` the other one."""

    wrong: Quotation
    right: Quotation
    doubted: Person | None
    speaker: Person


def repeated_quotations(document: Document) -> Iterator[Pair]:
    """Yield the pairs; who said what is worked out only where the same words do stand twice.

    A text that repeats more than a hundred quotations has none: it is a loop or an archive, no article with a slip in it.
    """
    if not _open_alike(document.text):
        return
    seen: dict[tuple[str, ...], tuple[int, frozenset[str]]] = {}
    pairs = []
    for number, marks in enumerate(document.quotations):
        words = _WORDS.findall(document.text[marks.start : min(marks.end, marks.start + 1500)].lower())
        if len(words) < _LEAST:
            continue
        own = frozenset(words)
        first, others = seen.setdefault(tuple(words[:_KEY]), (number, own))
        if first != number and len(own & others) >= _SAME * min(len(own), len(others)):
            pairs.append((first, number))
    if not 0 < len(pairs) <= _MOST:
        return
    # Of many attributions each is looked up, not searched for.
    reach = list(accumulate(map(attrgetter("end"), document.attributions), max))
    for first, second in pairs:
        pair = _two_mouths(document, reach, first, second)
        if pair is not None:
            yield pair


def _open_alike(text: str) -> bool:
    """Say whether what follows two marks begins with the same letters: else an article is not read any further."""
    seen: set[str] = set()
    for mark in filter(text.__contains__, _OPENING):
        at = text.find(mark)
        while at >= 0:
            opening = text[at + 1 : at + 1 + _OPENED]
            if opening[:1].isalnum() and len(opening) == _OPENED:
                if opening in seen and _CLOSING.isdisjoint(opening):
                    return True
                seen.add(opening)
            at = text.find(mark, at + 1)
    return False


def _two_mouths(document: Document, reach: Sequence[int], first: int, second: int) -> Pair | None:
    one, other = _said(document, reach, first), _said(document, reach, second)
    if one is None or other is None or not one.speaker_name or not other.speaker_name:
        return None
    mine, theirs = _person(document, one), _person(document, other)
    names = [surname_key(q.speaker_name.rpartition(" ")[2]) for q in (one, other) if q.speaker_name]
    if names[0] == names[1] or (mine is None and theirs is None):
        return None
    # The one whom the article names less often stands in doubt; of two alike, the later.
    weight = [len(person.mentions) if person is not None else 0 for person in (mine, theirs)]
    if theirs is None or (mine is not None and weight[1] <= weight[0]):
        assert mine is not None
        return Pair(other, one, theirs, mine)
    return Pair(one, other, mine, theirs)


def _said(document: Document, reach: Sequence[int], number: int) -> Quotation | None:
    """Return who said a quotation; ``reach`` is how far the attributions up to each one go."""
    marks = document.quotations[number]
    attributions = document.attributions
    for at in range(bisect_right(reach, marks.start), len(attributions)):
        quotation = attributions[at]
        if quotation.start >= marks.end:
            return None
        if quotation.end > marks.start and quotation.speaker is not None:
            return quotation
    return None


def _person(document: Document, quotation: Quotation) -> Person | None:
    name = quotation.speaker_name or ""
    return next((p for p in document.names.persons(name.rpartition(" ")[2]) if p.name == name), None)


_LEAST_WORDS = 6  # shorter quotations are said by many
_LEAST_OVERLAP = 0.7


def other_mouths(document: Document, rule: str) -> Iterator[Hit]:
    """Yield a hit for every quotation that other articles put into another mouth.

    The article in the minority is flagged, so that of a pair of articles only one is:
    where it is one against one, both speakers stand to question and the one whom
    her or his own article names less often is flagged.
    """
    same = getattr(document.corpus, "same_quotations", None)
    if same is None:
        return
    for quotation in document.attributions:
        if quotation.kind == "indirect" or quotation.speaker is None or not quotation.speaker_name:
            continue
        words = document.text[quotation.start : quotation.end]
        if len(words.split()) < _LEAST_WORDS:
            continue
        found = [
            other
            for other in same(words, article=document.article)
            if other.overlap >= _LEAST_OVERLAP and other.speaker
        ]
        if found:
            hit = _weigh(document, quotation, found, rule)
            if hit is not None:
                yield hit


def _weigh(document: Document, quotation: Quotation, found: list[Elsewhere], rule: str) -> Hit | None:
    speaker = quotation.speaker
    mine = quotation.speaker_name
    assert speaker is not None and mine is not None
    own = surname_key(_surname(mine))
    if not _is_person(mine) or own not in _words_of(document, speaker.start, speaker.end):
        return None
    votes = Counter(surname_key(_surname(other.speaker)) for other in found if _is_person(other.speaker))
    agreeing = votes.pop(own, 0)
    if not votes:
        return None
    rival, against = votes.most_common(1)[0]
    other = next(o for o in found if surname_key(_surname(o.speaker)) == rival)
    sure = _confidence(document, own, rival, agreeing + 1, against)
    if sure is None:
        return None
    start = next(
        (
            m.start
            for m in document.names.mentions
            if speaker.start <= m.start < speaker.end and surname_key(_surname(m.key)) == own
        ),
        speaker.start,
    )
    end = next((m.end for m in document.names.mentions if m.start == start), speaker.end)
    start = max(start, end - len(_surname(document.text[start:end])))
    surname = _surname(other.speaker)
    evidence = [
        Evidence(
            quotation.start, quotation.end, document.text[quotation.start : quotation.end], f"{mine} here"
        )
    ]
    evidence += [
        Evidence(0, 0, "", f"{o.speaker} in {_where(o)}: “{' '.join(o.quotation.split())[:160]}”")
        for o in found[:5]
    ]
    many = f"{against} other articles give" if against > 1 else "Another article gives"
    message = f"{many} these words to {other.speaker}, not to {mine} ({_where(other)})."
    return Hit(rule, start, end, (replace(start, end, surname),), sure, None, tuple(evidence), message)


def _confidence(document: Document, own: str, rival: str, mine: int, against: int) -> float | None:
    """Return how sure it is that this article is the wrong one; None where it is the right one as likely as not.

    Priors, not measured: no corpus with known swaps of this kind exists.
    """
    keys = {surname_key(key): key for key in document.names.by_surname}
    introduced, named = own in keys, rival in keys
    if mine > against:
        return None
    if against > mine:
        return 0.9 if named or not introduced else 0.75
    if not introduced:
        return 0.85 if named else 0.6
    return 0.45 if named else None


def _is_person(name: str) -> bool:
    mentions = find_names(name).mentions
    return bool(mentions) and mentions[-1].kind in (Kind.PERSON, Kind.SURNAME, Kind.UNKNOWN)


def _surname(name: str) -> str:
    return name.rpartition(" ")[2]


def _words_of(document: Document, start: int, end: int) -> frozenset[str]:
    return frozenset(surname_key(word.strip(".,;:’'")) for word in document.text[start:end].split())


def _where(other: Elsewhere) -> str:
    parts = [
        other.title or other.article,
        other.date or "",
        f"{other.path}:{other.line}" if other.line else other.path,
    ]
    return ", ".join(part for part in parts if part)
