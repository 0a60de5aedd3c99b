"""What the line model's verdicts are worth, read as the product reads them, and its ``safe`` thresholds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from benchmarks.boilerplate import chain, judge, others
from benchmarks.boilerplate.judge import Array, Verdicts
from benchmarks.boilerplate.product import as_product, in_measure
from benchmarks.boilerplate.texts import TEXTS
from cleantext.checks.boilerplate.line_model import AGREEING, AMID
from cleantext.rulebook.ledger import LINE_KINDS, Row, line_row

if TYPE_CHECKING:
    from benchmarks.boilerplate.fitting import Shown

FIVE = ("de", "ru", "pl", "zh", "el")
POOLED = ("boilerplate", "read/boilerplate", "cropped/boilerplate", "extracted/boilerplate")
"""Sets over which the ``safe`` tier of articles is judged."""
DUMPS = ("pagedump", "read/pagedump", "cropped/pagedump")
PRECISION = {"article": 0.982, "dump": 0.99}
LOST = {"article": 0.015, "dump": 1.0}
"""What the ``safe`` thresholds must hold on the other folds: the bound by site, and per cent of article words lost; of
a whole page most is residue."""
ALONE = {"article": (LINE_KINDS.index("credit or widget by pattern"),), "dump": ()}
"""Kinds of line that must hold by themselves and do not count for the others."""
OUTSIDE = 0.97
AGREED_KNOWN = 0.3
AGREED = (0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3)
HARMED = 0.05
"""Of a whole page's lines outside the main block the reader of articles must agree with those that go unasked: with
that probability of a known label, which may be a heading, and of others with the least at which no more of the pages
of other folds lose a line of their article, or no more than with the most."""
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
) -> tuple[dict[str, tuple[float, ...]], float]:
    """Print every figure; return the ``safe`` thresholds of each reader and the agreement, chosen on all folds.

    ``keep`` is where the verdicts go that peers are held against; ``write`` keeps the ledger's rows of kinds of line.
    """
    p = {kind: judge.nested_probabilities(lines) for kind, lines in verdicts.items()}
    sure = {kind: judge.among_english(lines, p[kind]) for kind, lines in verdicts.items()}
    residue = (p["article"] >= 0.5) & ~found.rows.inside
    agreeing = np.bincount(found.rows.view, residue, minlength=len(whole)) >= AGREEING
    whole = (whole & agreeing)[found.rows.view] & (found.rows.judged | (found.data == TEXTS))
    shown, never, thin, amid = as_product(found, np.where(whole, p["dump"], p["article"]), whole)
    others_amid = amid & (verdicts["article"].bin > 0) & (verdicts["article"].kind == judge.UNLISTED)
    verdicts = {kind: lines._replace(never=never) for kind, lines in verdicts.items()}
    article, dump = verdicts["article"], verdicts["dump"]
    pooled = np.isin(found.data, POOLED) & found.rows.judged
    dumps = np.isin(found.data, DUMPS) & found.rows.judged
    chosen: dict[str, tuple[float, ...]] = {}
    by_article = by_dump = np.zeros(len(shown), dtype=bool)
    for kind, use in (("article", pooled), ("dump", dumps)):
        taken = np.zeros(len(shown), dtype=bool)
        for k in np.unique(found.fold):
            limits = np.array(
                limits_of(kind, verdicts[kind].of(use & (found.fold != k)), p[kind][use & (found.fold != k)])
            )
            here = found.fold == k
            taken[here] = (sure[kind][here] >= limits[article.kind[here]]) & ~never[here]
        if kind == "article":
            by_article = np.where(others_amid, (p[kind] >= AMID) & ~never, taken)
        else:
            by_dump = taken
        chosen[kind] = limits_of(kind, verdicts[kind].of(use), p[kind][use])
        print(f"safe thresholds, {kind}: {chosen[kind]}")
    inside = found.rows.inside
    known = article.kind < judge.UNLISTED
    outside = by_dump & (known | (p["dump"] >= OUTSIDE))

    def of_pages(agreed: float) -> Array:
        taken: Array = np.where(
            inside, by_dump & by_article, outside & (p["article"] >= np.where(known, AGREED_KNOWN, agreed))
        )
        return taken

    def agreement(use: Array) -> float:
        """Return the least that holds on the lines of a mask."""
        hurt = [judge.harmed(dump.of(use), of_pages(agreed)[use]) for agreed in AGREED]
        most = max(HARMED * hurt[-1][1], hurt[-1][0])
        return next(agreed for agreed, (count, _) in zip(AGREED, hurt, strict=True) if count <= most)

    safe = by_article & (known | ~thin)
    for k in np.unique(found.fold):
        here = whole & (found.fold == k)
        safe[here] = of_pages(agreement(dumps & (found.fold != k)))[here]
    agreed = agreement(dumps)
    print(f"the reader of articles must give {agreed} to what goes unasked outside the main block")
    spans = others.cuts(found)
    by_others = others.whole_lines(found, spans)
    print("\n| lines of | pages | tier | precision | recall | F1 | % words lost | ECE | ECE shown |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, mask in parts(found):
        lines = (dump if name.startswith("pagedump") else article).of(mask)
        tiers = {
            chain.REVIEW: shown[mask] >= 0.5,
            chain.ALL: (shown[mask] >= 0.5) | by_others[mask],
            "safe": safe[mask],
        }
        for tier, taken in tiers.items():
            f = judge.figures(lines, taken)
            errors = [judge.calibration_error(lines, shown[mask], least) for least in (0.0, 0.05)]
            print(
                f"| {name} | {len(np.unique(lines.page))} | {tier} | {f.precision:.3f} | {f.recall:.3f} | {f.f1:.3f} "
                f"| {f.lost:.3f} | {errors[0]:.3f} | {errors[1]:.3f} |",
                flush=True,
            )
    ledger: dict[str, dict[str, object]] = {}
    unasked = safe.copy()
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
        found_kinds = kinds(name, lines, taken)
        ledger |= found_kinds
        holds = np.array([msgspec.convert(row, Row).holds for row in found_kinds.values()])
        unasked &= holds[found.rows.kind] | (whole != (name == "whole pages"))
        goes = taken & holds[lines.kind]
        use = goes & (lines.label >= 0)
        f, bound = judge.figures(lines, goes), judge.site_bound(lines.label[use], lines.site[use])
        print(
            f"  of kinds whose row holds: {f.taken} lines, precision {f.precision:.4f} (bound {bound:.4f}), recall "
            f"{f.recall:.3f}, {f.lost:.4f} % of article words"
        )
    print(
        f"\narticles taken for whole pages: {gated_share(found, whole, dump=False)}; pages told: {gated_share(found, whole, dump=True)}"
    )
    unasked = in_measure(found, unasked, whole)
    for name, mask in (("articles", pooled), ("whole pages", dumps)):
        use, lines = unasked & mask & (found.rows.label >= 0), article.of(mask)
        f, bound = (
            judge.figures(lines, unasked[mask]),
            judge.site_bound(article.label[use], article.site[use]),
        )
        print(
            f"unasked in {name}, what its text would lose too much with left out: {f.taken} lines, precision "
            f"{f.precision:.4f} (bound {bound:.4f}), recall {f.recall:.3f}, {f.lost:.4f} % of article words"
        )
    report_texts(found, shown, safe)
    chain.report(found, {"safe": unasked, chain.REVIEW: shown >= 0.5}, spans, folder)
    if write:
        LEDGER.write_text(json.dumps(ledger, indent=1) + "\n", "utf-8")
    if keep:
        judged = found.rows.judged
        counts = [len(view.page.lines) for view in found.views if view.judged]
        np.savez(keep, lines=counts, probability=shown[judged], safe=unasked[judged])
    return chosen, agreed


def report_texts(found: Shown, shown: Array, safe: Array) -> None:
    """Print what texts that never were web pages lose, by kind, each judged by models that saw none of its kind."""
    texts, kind = found.data == TEXTS, np.array([view.page.source for view in found.views])[found.rows.view]
    if not texts.any():
        return
    for name in (*np.unique(kind[texts]), "all"):
        mine = texts & ((kind == name) | (name == "all"))
        taken = [1000 * float(chosen[mine].mean()) for chosen in (shown >= 0.5, safe)]
        print(
            f"{name}: of 1,000 lines {taken[0]:.2f} shown as residue, {taken[1]:.2f} unasked ({mine.sum()} lines)"
        )


def limits_of(kind: str, lines: Verdicts, probability: Array) -> tuple[float, ...]:
    """Return the thresholds of a reader."""
    return judge.safe_thresholds(lines, probability, PRECISION[kind], LOST[kind], ALONE[kind])


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
