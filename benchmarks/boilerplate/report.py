"""What the line model's verdicts are worth, read as the product reads them, and its ``safe`` thresholds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.boilerplate import chain, judge
from benchmarks.boilerplate.judge import Array, Verdicts
from cleantext.checks.boilerplate.abstain import abstains
from cleantext.checks.boilerplate.line_model import AGREEING
from cleantext.checks.boilerplate.page import page_of
from cleantext.rulebook.ledger import LINE_KINDS, line_row

if TYPE_CHECKING:
    from benchmarks.boilerplate.fitting import Shown

FIVE = ("de", "ru", "pl", "zh", "el")
POOLED = ("boilerplate", "read/boilerplate", "cropped/boilerplate", "extracted/boilerplate")
"""Sets over which the ``safe`` tier of articles is judged."""
DUMPS = ("pagedump", "read/pagedump", "cropped/pagedump")
PRECISION = {"article": 0.986, "dump": 0.99}
LOST = {"article": 0.015, "dump": 1.0}
"""What the ``safe`` thresholds must hold on the other folds: the bound by site, and per cent of article words lost; of
a whole page most is residue."""
OUTSIDE = 0.97
LEDGER = Path(__file__).with_name("safe-lines.json")
"""Rows of kinds of line for the ledger of safe edits."""


def report(
    found: Shown,
    verdicts: Mapping[str, Verdicts],
    whole: Array,
    folder: Path,
    keep: Path | None = None,
    *,
    write: bool = False,
) -> dict[str, tuple[float, ...]]:
    """Print every figure; return the ``safe`` thresholds of each reader, chosen on all folds.

    ``keep`` is where the verdicts go that peers are held against; ``write`` keeps the ledger's rows of kinds of line.
    """
    p = {kind: judge.nested_probabilities(lines) for kind, lines in verdicts.items()}
    residue = (p["article"] >= 0.5) & ~found.rows.inside
    agreeing = np.bincount(found.rows.view, residue, minlength=len(whole)) >= AGREEING
    whole = (whole & agreeing)[found.rows.view] & found.rows.judged
    shown = np.where(whole, p["dump"], p["article"])
    never = abstentions(found, shown)
    verdicts = {kind: lines._replace(never=never) for kind, lines in verdicts.items()}
    article, dump = verdicts["article"], verdicts["dump"]
    pooled = np.isin(found.data, POOLED) & found.rows.judged
    dumps = np.isin(found.data, DUMPS) & found.rows.judged
    safe = np.zeros(len(shown), dtype=bool)
    chosen: dict[str, tuple[float, ...]] = {}
    by_article = by_dump = np.zeros(len(shown), dtype=bool)
    for kind, use in (("article", pooled), ("dump", dumps)):
        taken = np.zeros(len(shown), dtype=bool)
        for k in np.unique(found.fold):
            limits = np.array(
                limits_of(kind, verdicts[kind].of(use & (found.fold != k)), p[kind][use & (found.fold != k)])
            )
            here = found.fold == k
            taken[here] = (p[kind][here] >= limits[article.kind[here]]) & ~never[here]
        if kind == "article":
            by_article = taken
        else:
            by_dump = taken
        chosen[kind] = limits_of(kind, verdicts[kind].of(use), p[kind][use])
        print(f"safe thresholds, {kind}: {chosen[kind]}")
    inside = found.rows.inside
    known = article.kind < 3
    safe = np.where(
        whole,
        by_dump & np.where(inside, by_article, known | (p["dump"] >= OUTSIDE)),
        by_article & (known | ~found.rows.thin),
    )
    print("\n| lines of | pages | tier | precision | recall | F1 | % words lost | ECE | ECE shown |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, mask in parts(found):
        lines = (dump if name.startswith("pagedump") else article).of(mask)
        tiers = {">= .5": shown[mask] >= 0.5, "safe": safe[mask]}
        for tier, taken in tiers.items():
            f = judge.figures(lines, taken)
            errors = [judge.calibration_error(lines, shown[mask], least) for least in (0.0, 0.05)]
            print(
                f"| {name} | {len(np.unique(lines.page))} | {tier} | {f.precision:.3f} | {f.recall:.3f} | {f.f1:.3f} "
                f"| {f.lost:.3f} | {errors[0]:.3f} | {errors[1]:.3f} |",
                flush=True,
            )
    ledger: dict[str, dict[str, object]] = {}
    for name, mask in (("articles", pooled), ("whole pages", dumps)):
        lines, taken = article.of(mask), safe[mask]
        use = taken & (lines.label >= 0)
        bound = judge.site_bound(lines.label[use], lines.site[use])
        harmed, pages = judge.harmed(lines, taken)
        f = judge.figures(lines, taken)
        print(
            f"\nsafe over {name}: {f.taken} lines, precision {f.precision:.4f} (bound by site {bound:.4f}), recall "
            f"{f.recall:.3f}, {f.lost:.4f} % of article words, pages that lose an article line {harmed} of {pages}"
        )
        ledger |= kinds(name, lines, taken)
    print(
        f"\narticles taken for whole pages: {gated_share(found, whole, dump=False)}; pages told: {gated_share(found, whole, dump=True)}"
    )
    chain.report(found, {"safe": safe, ">= .5": shown >= 0.5}, folder)
    if write:
        LEDGER.write_text(json.dumps(ledger, indent=1) + "\n", "utf-8")
    if keep:
        judged = found.rows.judged
        counts = [len(view.page.lines) for view in found.views if view.judged]
        np.savez(keep, lines=counts, probability=shown[judged], safe=safe[judged])
    return chosen


def limits_of(kind: str, lines: Verdicts, probability: Array) -> tuple[float, ...]:
    """Return the thresholds of a reader."""
    return judge.safe_thresholds(lines, probability, PRECISION[kind], LOST[kind])


def kinds(name: str, lines: Verdicts, taken: Array) -> dict[str, dict[str, object]]:
    """Print and return a row for each kind of line: what the ledger of safe edits reads."""
    found = {}
    for kind, what in enumerate(LINE_KINDS):
        use = taken & (lines.kind == kind) & (lines.label >= 0)
        right = lines.label[use]
        bound = judge.site_bound(right, lines.site[use])
        print(f"  {what}: {len(right)} lines, {int(right.sum())} right, bound {bound:.4f}")
        found[line_row(what, whole_page=name != "articles")] = {
            "kind": f"lines of {name}",
            "cases": len(right),
            "wrong": int(len(right) - right.sum()),
            "articles": len(np.unique(lines.page[use])),
            "bound": round(bound, 4),
            "text": "labelled pages of sites that models, calibration and thresholds had not seen",
            "judge": "gold of the pages, doubtful lines read one by one",
        }
    return found


def abstentions(found: Shown, shown: Array) -> Array:
    """Say which lines the product never takes unasked, at the given probabilities."""
    never = np.ones(len(shown), dtype=bool)
    starts = np.searchsorted(found.rows.view, np.arange(len(found.views) + 1))
    for number, view in enumerate(found.views):
        likely = shown[starts[number] : starts[number + 1]] >= judge.LEAST_SAFE
        if not view.judged or not likely.any():
            continue
        labelled = view.page
        page = page_of(labelled.lines, title=labelled.title, url=labelled.url, source=labelled.host or None)
        for i in np.flatnonzero(likely):
            never[starts[number] + i] = abstains(page, int(i), likely.__getitem__)
    return never


def parts(found: Shown) -> Iterator[tuple[str, Array]]:
    """Return names and masks of the parts that figures are asked of."""
    judged, kind = found.rows.judged, np.array([view.page.kind for view in found.views])[found.rows.view]
    source = np.array([view.page.source for view in found.views])[found.rows.view]
    for name in (*POOLED, *DUMPS[:2], "chain/trafilatura", "chain/resiliparse", "chain/dump"):
        yield name, judged & (found.data == name)
    yield "news (aeb)", judged & (source == "aeb") & np.isin(found.data, POOLED)
    yield "news (aeb), older file", judged & (source == "aeb") & (found.data == "boilerplate")
    other = found.data == "languages/boilerplate"
    for view in ("cropped", "extracted", "segments"):
        for language in (*FIVE, "fr", "es"):
            mask = judged & other & (found.language == language) & (kind == view)
            if mask.any() and (view == "segments") == (language in ("fr", "es")):
                yield f"{language} {view}", mask
        if view != "segments":
            yield f"five {view}", judged & other & np.isin(found.language, FIVE) & (kind == view)


def gated_share(found: Shown, whole: Array, *, dump: bool) -> str:
    """Return how many views of a kind the gate takes for whole pages."""
    mask = found.rows.judged & (found.is_dump == dump) & ~np.char.startswith(found.data.astype(str), "chain")
    return f"{len(np.unique(found.rows.view[mask & whole]))} of {len(np.unique(found.rows.view[mask]))}"
