"""What the line model's verdicts do to pages behind an extractor: words against each page's main text.

The share of the way from the extractor's F1 of words to that of an oracle which drops just the lines that the main
text does not hold is the headroom gained. A page is gutted that loses more than a fifth of the main text's words
which the extractor had kept. With "all rules" stand headlines and the families that know no model, too: those were
written by people who had read open pages, so that tier is held out for the line model alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import regex

from benchmarks.boilerplate.articles import load
from benchmarks.boilerplate.judge import Array
from cleantext.document.spans import Span

if TYPE_CHECKING:
    from benchmarks.boilerplate.fitting import Shown

_WORD = regex.compile(r"\w+")
_MUCH, _FEW = 0.2, 20
REVIEW, ALL = ">= .5", "all rules >= .5"


def report(
    found: Shown, tiers: Mapping[str, Array], cuts: Mapping[int, Sequence[Span]], folder: Path
) -> None:
    """Print a row for each extractor, part and tier; the lines that a tier takes and what families cut are given."""
    pages = {page["id"]: page for page in load(folder / "chain" / "chain.jsonl.gz")}
    starts = np.searchsorted(found.rows.view, np.arange(len(found.views) + 1))
    gold = {name: Counter(_WORD.findall(page["gold"].lower())) for name, page in pages.items()}
    print(
        "\n| behind | pages | tier | F1 of words | headroom | gutted |\n| --- | --- | --- | --- | --- | --- |"
    )
    for extractor in ("trafilatura", "resiliparse", "dump"):
        views = [n for n, view in enumerate(found.views) if view.page.data == f"chain/{extractor}"]
        for part in ("article", "article new", "other"):
            chosen = [
                n
                for n in views
                if (found.views[n].page.source == "article") == part.startswith("article")
                and not (part == "article new" and pages[found.views[n].page.id]["seen"])
            ]
            scores: dict[str, list[float]] = {"": [], "oracle": [], **{tier: [] for tier in (*tiers, ALL)}}
            gutted = dict.fromkeys((*tiers, ALL), 0)
            for n in chosen:
                page, lines = found.views[n].page, slice(starts[n], starts[n + 1])
                main = gold[page.id]
                kept = {
                    "": np.zeros(len(page.lines), bool),
                    "oracle": np.array([keep is False for keep in page.keep]),
                }
                kept |= {tier: taken[lines] for tier, taken in tiers.items()}
                kept[ALL] = kept[REVIEW]
                before = 0
                for tier, taken in kept.items():
                    common, f1 = _overlap(page.lines, taken, cuts.get(n, ()) if tier == ALL else (), main)
                    scores[tier].append(f1)
                    before = before or common
                    if tier in gutted and before >= _FEW and common < (1 - _MUCH) * before:
                        gutted[tier] += 1
            base, best = np.mean(scores[""]), np.mean(scores["oracle"])
            print(f"| {extractor} {part} | {len(chosen)} | before | {base:.4f} | | |")
            for tier in (*tiers, ALL):
                f1 = np.mean(scores[tier])
                room = (f1 - base) / (best - base) if best > base else 0.0
                print(
                    f"| {extractor} {part} | {len(chosen)} | {tier} | {f1:.4f} | {room:.3f} | {gutted[tier]} |",
                    flush=True,
                )


def _overlap(
    lines: Sequence[str], taken: Array, cuts: Sequence[Span], gold: Counter[str]
) -> tuple[int, float]:
    """Return the words that what is left shares with the main text, and their F1; a word cut in two is gone."""
    text = "\n".join(lines)
    left, at = bytearray(b"\1") * len(text), 0
    for line, gone in zip(lines, taken, strict=True):
        if gone:
            left[at : at + len(line)] = bytes(len(line))
        at += len(line) + 1
    for start, end in cuts:
        left[start:end] = bytes(end - start)
    words = Counter(
        found[0].lower() for found in _WORD.finditer(text) if all(left[found.start() : found.end()])
    )
    common, count, wanted = (words & gold).total(), words.total(), gold.total()
    return common, 2 * common / (count + wanted) if common else 0.0
