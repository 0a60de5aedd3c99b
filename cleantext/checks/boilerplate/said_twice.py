"""What stands twice: passages that an extractor took twice, pull quotes, and sentences that loop.

A passage is a paragraph of prose, or several in a row with the headings between them, whose words stand in the article
before. One copy goes: the later, or the shorter where the two are not quite the same. Verse, tables and refrains stay:
what is no sentence of prose is never looked at, and what comes a third time elsewhere is a refrain. A pull quote is the
editor's, so it is shown and nothing is offered; so is a loop, whose right text nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from cleantext.checks import Hit
from cleantext.checks.boilerplate import twice
from cleantext.checks.boilerplate.loops import loops
from cleantext.checks.boilerplate.twice import ENDS, MARKS, PULL, PULL_WORDS, SHORTEST_LOOP
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.document.pageform import reads_as_prose, size_of
from cleantext.document.repeats import words_of
from cleantext.finding import Applicability, Edit, Evidence, Fix
from cleantext.native import compiled
from cleantext.rulebook import Card

_native = compiled("cleantext.checks.boilerplate._twice")
may_hold_copies: Callable[[Sequence[str]], bool] = (
    twice.may_hold_copies if _native is None else _native.share_an_end
)
may_loop: Callable[[Sequence[str]], list[int]] = twice.may_loop if _native is None else _native.may_loop
may_be_pulled: Callable[[str, Sequence[str], Sequence[Line]], list[int]] = (
    twice.may_be_pulled if _native is None else _native.may_be_pulled
)

PASSAGE, PULL_QUOTE, LOOP = "BP500", "BP501", "BP502"
WORDS = 8
"""Words of the shortest paragraph that can be a copy by itself; Chinese and its like have one or two."""
SAME, NEARLY = 0.95, 0.85
"""Share of two paragraphs' words that both have, from which they are the same, and nearly so."""
ADJACENT, RUN, NEAR = 0.95, 0.92, 0.65
"""Confidence of a paragraph right below its original, of several in a row, and of a copy that differs in a few words."""
APART, MUCH = 0.4, 0.2
"""Confidence of a copy between which and its original something else stands, and which is less than that share of the
text: an extractor takes a body twice, authors repeat what holds of their next item, too. Of 27 such passages on
labelled pages gold keeps 23, and is silent on one."""
SHORTEST, LONE_SHORTEST = 60, 120
"""Code points (as `size_of` counts them) of the shortest passage of several paragraphs or right below its original, and
of the shortest that stands apart."""
PROSE_SHARE = 0.7
LONE = 2
"""Copies that stand apart, paragraph by paragraph, from which on more of them are a pattern."""
PULLED = 3
"""Pull quotes of an article; what has more is a summary, or a list of contents."""
_SEARCHED = 200_000_000
"""Code points that are searched for pull quotes: each takes a look through the text, and where very many lines of a very
long text begin like others it is a text that repeats itself."""
_KEPT = 256
"""Lines whose words are kept while copies are compared: a text that is all copies has too many."""
_LABEL = 40
"""Code points before a colon that name what a paragraph is about: "By mail: ...", "In person: ..."."""
_CLOSING = "\"'”’»)"


class Copy(NamedTuple):
    """Lines ``first:end`` say again what lines from ``of`` on say; ``exactly`` or nearly."""

    first: int
    end: int
    of: int
    exactly: bool


def check(document: Document, cards: Mapping[str, Card], _: Configuration) -> Iterator[Hit]:
    """Yield a hit for each passage, pull quote and loop."""
    filled, text = document.filled, document.text
    lines = document.contents
    if len(lines) < 2 and len(text) < SHORTEST_LOOP:
        return
    copies = find_copies(lines) if may_hold_copies(lines) else []
    if PASSAGE in cards and copies:
        size = sum(map(size_of, lines))
        for copy in copies:
            yield _passage(document, lines, copy, size)
    gone = {place for copy in copies for place in range(copy.first, copy.end)}
    if PULL_QUOTE in cards:
        pulled = []
        for place in may_be_pulled(text, lines, filled)[: _SEARCHED // max(1, len(text))]:
            at = None if place in gone else _pulled(text, lines[place], filled[place].start)
            if at is not None:
                pulled.append((place, at))
        for place, at in pulled if len(pulled) <= PULLED else ():
            start = filled[place].start + text[filled[place].start : filled[place].end].index(lines[place][0])
            evidence = (Evidence(at[0], at[1], text[at[0] : at[1]], "the words in their place"),)
            yield Hit(PULL_QUOTE, start, start + len(lines[place]), evidence=evidence)
    if LOOP in cards:
        for place in may_loop(lines):
            line = lines[place]
            start = filled[place].start + text[filled[place].start : filled[place].end].index(line[0])
            for found in loops(line):
                low, high = start + found.start, start + found.end
                if len(set(words_of(found.phrase))) > 1 and not document.in_quotation(low, high):
                    yield Hit(LOOP, low, high)


def find_copies(lines: Sequence[str]) -> list[Copy]:
    """Return the passages of stripped lines that stand a second time, in order, none overlapping another."""
    seen: dict[str, list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for place, line in enumerate(lines):
        if len(line) < ENDS:
            continue
        for key in ("<" + line[:ENDS], ">" + line[-ENDS:]):
            before = seen.get(key)
            if before is None:
                seen[key] = [place]
                continue
            if reads_as_prose(line) and (not pairs or pairs[-1] != (before[0], place)):
                pairs.append((before[0], place))
            before.append(place)
    if not pairs:
        return []

    @lru_cache(maxsize=_KEPT)
    def of(place: int) -> list[str]:
        return words_of(lines[place])

    found: list[Copy] = []
    for first, again in pairs:
        if found and again < found[-1].end:
            continue
        likeness = _likeness(lines, of(first), of(again))
        if likeness < NEARLY or (likeness < 1 and _label(lines[first]) != _label(lines[again])):
            continue
        start, of_start, end = again, first, again + 1
        while (
            end < len(lines) and of_start + end - start < start and _same(of(of_start + end - start), of(end))
        ):
            end += 1
        while (
            start > 0
            and of_start > 0
            and not (found and start <= found[-1].end)
            and _same(of(start - 1), of(of_start - 1))
        ):
            start, of_start = start - 1, of_start - 1
        if of_start + (end - start) > start:  # a copy that would be its own original
            end = start + (start - of_start)
        found.append(Copy(start, end, of_start, likeness >= SAME))
    found = [copy for copy in found if _is_passage(lines, copy)]
    places = _places(lines, {lines[copy.first] for copy in found if copy.end - copy.first == 1})
    found = [copy for copy in found if not _is_refrain(lines, copy, places)]
    # Where sentence after sentence comes again by itself, the text is made after a pattern: a catalogue, a list of offers.
    lone = [copy for copy in found if not (_is_run(lines, copy) or copy.first == copy.of + 1)]
    return found if len(lone) <= LONE else [copy for copy in found if copy not in lone]


def _label(line: str) -> str:
    label, colon, _ = line[:_LABEL].partition(":")
    return label if colon else ""


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return bool(one) and one == other


def _likeness(lines: Sequence[str], one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of words in order that two paragraphs have alike at both ends; 0 where figures differ."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) < WORDS:
        return 0.0
    if [w for w in one if w[0].isdigit()] != [w for w in other if w[0].isdigit()]:
        return 0.0
    front = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    back = sum(
        1
        for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(other), strict=False))
    )
    return min(1.0, (front + back) / max(len(one), len(other)))


def _is_run(lines: Sequence[str], copy: Copy) -> bool:
    return sum(map(reads_as_prose, lines[copy.first : copy.end])) > 1


def _is_passage(lines: Sequence[str], copy: Copy) -> bool:
    """Say whether a copy is prose, and long enough to stand twice by mistake only."""
    here = lines[copy.first : copy.end]
    prose = [line for line in here if reads_as_prose(line) and not line.rstrip(_CLOSING).endswith("?")]
    size = sum(map(size_of, prose))
    least = SHORTEST if len(prose) > 1 or copy.first == copy.of + 1 else LONE_SHORTEST
    return size >= least and size >= PROSE_SHARE * sum(map(size_of, here))


class Places(NamedTuple):
    """How often a line stands in a text, and where first and last."""

    times: int
    first: int
    last: int


def _places(lines: Sequence[str], wanted: Container[str]) -> dict[str, Places]:
    found: dict[str, Places] = {}
    for place, line in enumerate(lines):
        if line in wanted:
            before = found.get(line)
            found[line] = Places(before.times + 1, before.first, place) if before else Places(1, place, place)
    return found


def _is_refrain(lines: Sequence[str], copy: Copy, places: Mapping[str, Places]) -> bool:
    """Say whether a single paragraph comes a third time, and not right below its copy."""
    if copy.end - copy.first > 1:
        return False
    here = places[lines[copy.first]]
    return here.times > 2 and here.last - here.first != here.times - 1


def _passage(document: Document, lines: Sequence[str], copy: Copy, size: int) -> Hit:
    """Take the copy away; of two that differ, the shorter. ``size`` is that of all lines."""
    filled, text = document.filled, document.text
    first, end, kept = copy.first, copy.end, copy.of
    if not copy.exactly and end - first == 1 and len(lines[copy.of]) < len(lines[first]):
        first, end, kept = copy.of, copy.of + 1, first
    edits: list[Edit] = [document.line_deletion(filled[place].start) for place in range(first, end)]
    start = filled[first].start + text[filled[first].start : filled[first].end].index(lines[first][0])
    last = filled[end - 1]
    stop = last.start + len(text[last.start : last.end].rstrip())
    original = filled[kept]
    note = Evidence(original.start, original.end, text[original.start : original.end], "the copy that stays")
    return Hit(
        PASSAGE,
        start,
        stop,
        (Fix(tuple(edits)),),
        _confidence(lines, copy, abs(first - kept), size),
        Applicability.REVIEW,
        (note,),
    )


def _confidence(lines: Sequence[str], copy: Copy, distance: int, size: int) -> float:
    """Return how sure it is that a passage stands twice by mistake, its copies so many lines apart."""
    count = copy.end - copy.first
    share = sum(map(size_of, lines[copy.first : copy.end])) / size
    if distance > count and share < MUCH:
        return APART
    sure = RUN if count > 1 else ADJACENT
    return sure if copy.exactly else min(sure, NEAR)


def _pulled(text: str, line: str, start: int) -> tuple[int, int] | None:
    """Return where the words of a line stand inside a longer one; None where they stand nowhere else."""
    if not PULL[0] <= len(line) <= PULL[1] or line[-1] in "?:":
        return None
    core = line.strip(MARKS)
    words = core.split(" ")
    if len(words) < PULL_WORDS or sum(map(str.islower, words)) < len(words) / 2 or text.count(core) < 2:
        return None
    at = text.find(core)
    while at >= 0:
        if not start <= at < start + len(line) + 1:
            low, high = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            whole = text[low : high if high >= 0 else None].strip()
            if reads_as_prose(whole) and len(whole) > len(core) + ENDS:
                return at, at + len(core)
        at = text.find(core, at + 1)
    return None
