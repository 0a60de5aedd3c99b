"""Damage, mend, compare: how many places read again as they did, and how many changes were right."""

from __future__ import annotations

import hashlib
import random
import time
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from benchmarks.damage.damages import Damage, Damaged, Place
from cleantext import Cleaner
from cleantext.finding import Edit, Finding

RULES = (
    "EN101", "EN102", "EN103", "TY009", "TY101", "TY102", "TY104", "TY105", "TY106", "TY107", "TY108", "TY109", "TY110", "TY111",
    "TY112", "TY113", "TY120", "TY121", "TY122", "TY123", "TY124", "TY125",
)  # fmt: skip
"""The rules on what scraping breaks."""
SURE = 0.5
READ = Path(__file__).with_name("read-as-damage.txt")
"""Places in articles as they are that somebody read and called damage, by a hash, for their texts are not ours."""


class Result(NamedTuple):
    """Counts of one family: places broken, restored, touched and wrong, and changes elsewhere."""

    broken: int = 0
    restored: int = 0
    wrong: int = 0
    elsewhere: int = 0

    @property
    def share(self) -> float:
        """Share of the places that read again as they did."""
        return self.restored / self.broken if self.broken else 1.0

    @property
    def precision(self) -> float:
        """Share of right ones among the places that were changed."""
        changed = self.restored + self.wrong + self.elsewhere
        return self.restored / changed if changed else 1.0

    def plus(self, other: Result) -> Result:
        """Add the counts of another article."""
        return Result(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def cleaner() -> Cleaner:
    """Return a cleaner of the rules on damage, and of the older ones that mend the same."""
    return Cleaner(select=["encoding", "typography"], min_confidence=SURE)


def mended(engine: Cleaner, text: str) -> tuple[Finding, ...]:
    """Return what is applied to a text, safe or after review."""
    return tuple(engine.fix(text, apply="review", min_confidence=SURE).applied)


def measure(
    engine: Cleaner, texts: Sequence[str], damage: Damage, seeds: Sequence[int] = (1,)
) -> tuple[Result, list[str]]:
    """Damage every text once for each seed, and return the counts and the places to read."""
    total, read = Result(), []
    for seed in seeds:
        for number, text in enumerate(texts):
            damaged = damage(text, random.Random(f"{seed}/{number}"))
            if damaged.places:
                result, places = compared(damaged, mended(engine, damaged.text))
                total = total.plus(result)
                read += places
    return total, read


def compared(damaged: Damaged, applied: Sequence[Finding]) -> tuple[Result, list[str]]:
    """Compare what was applied with what was broken; blanks at the ends of lines and of places do not count."""
    text, places = damaged
    edits = sorted(
        {edit for finding in applied for edit in finding.fixes[0].edits}, key=lambda e: (e.start, e.end)
    )
    starts = [place.start for place in places]
    groups: list[list[Edit]] = [[] for _ in places]
    elsewhere: list[Edit] = []
    for edit in edits:
        at = bisect_left(starts, edit.start + 1) - 1
        if at < 0 or places[at].end < edit.end:  # it begins before a place, or goes beyond one
            at = bisect_left(starts, edit.end + 1) - 1
        if at >= 0 and places[at].end >= edit.start:
            groups[at].append(edit)
        else:
            elsewhere.append(edit)
    restored = wrong = 0
    read: list[str] = []
    for place, group in zip(places, groups, strict=True):
        if place.trap and (not group or _reads_as_before(text, place, group)):
            continue
        if _reads_as_before(text, place, group):
            restored += 1
        elif group:
            wrong += 1
            read.append(
                f"wrong      {_shown(text, place.start, place.end)} | was {place.before[:80]!r} | {_told(group)}"
            )
        else:
            read.append(f"left       {_shown(text, place.start, place.end)}")
    read += [f"elsewhere  {_shown(text, edit.start, edit.end)} | {_told([edit])}" for edit in elsewhere]
    return Result(sum(not place.trap for place in places), restored, wrong, len(elsewhere)), read


def _reads_as_before(text: str, place: Place, edits: Sequence[Edit]) -> bool:
    low = min([place.start, *[edit.start for edit in edits]])
    high = max([place.end, *[edit.end for edit in edits]])
    pieces, at = [], low
    for edit in edits:
        pieces += [text[at : edit.start], edit.replacement]
        at = edit.end
    now = "".join([*pieces, text[at:high]])
    before = text[low : place.start] + place.before + text[place.end : high]
    return now.split() == before.split()


def _shown(text: str, start: int, end: int) -> str:
    return repr(text[max(0, start - 30) : start] + "[[" + text[start:end][:120] + "]]" + text[end : end + 30])


def _told(edits: Sequence[Edit]) -> str:
    return ", ".join(f"{edit.start}:{edit.end} {edit.replacement[:40]!r}" for edit in edits[:4])


def untouched(engine: Cleaner, texts: Sequence[str]) -> Iterator[str]:
    """Yield what is changed in texts that nobody damaged, to read."""
    for text in texts:
        for finding in mended(engine, text):
            if finding.rule in RULES:
                yield f"{finding.rule} {_shown(text, finding.start, finding.end)} | {_told(finding.fixes[0].edits)}"


def is_damage(place: str) -> bool:
    """Say whether a reader called a place of :func:`untouched` damage: somebody's text as it is may be torn, too."""
    return hashlib.sha256(place.encode()).hexdigest()[:16] in _read_as_damage()


@cache
def _read_as_damage() -> frozenset[str]:
    lines = READ.read_text("utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))


def slowdown(texts: Sequence[str], rounds: int = 5) -> float:
    """Return the share of time that these rules take of a whole check: best of the rounds for each text, one after the other."""
    with_them, without = Cleaner(), Cleaner(ignore=list(RULES))
    spent = {id(with_them): 0.0, id(without): 0.0}
    for text in texts:
        best = dict.fromkeys(spent, float("inf"))
        for number in range(rounds):
            for engine in (with_them, without) if number % 2 else (without, with_them):
                start = time.process_time()
                engine.check(text)
                best[id(engine)] = min(best[id(engine)], time.process_time() - start)
        for key, least in best.items():
            spent[key] += least
    return spent[id(with_them)] / spent[id(without)] - 1
