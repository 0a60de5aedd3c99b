"""Each language judged by a model that never saw a line of it, calibrated by the other languages alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from benchmarks.boilerplate import fitting, judge, product, words
from benchmarks.boilerplate.judge import Array, Verdicts
from cleantext.checks.boilerplate.line_model import AMID


def left_out(
    found: fitting.Shown,
    matrix: sparse.csr_matrix,
    teaches: Array,
    scores: Array,
    weight: Array,
    article: Verdicts,
    safe: Sequence[float],
    languages: Sequence[str],
) -> None:
    """Print a row for each language and view, and all of them together.

    ``article`` are the verdicts of the reader of articles by folds, ``safe`` its thresholds;
    ``weight`` is that of the lines that teach the wording.
    """
    rows = found.rows
    own = scores[np.arange(len(rows.label)), found.fold]
    probability, sure = np.zeros(len(own)), np.zeros(len(own))
    for language in languages:
        other = found.language != language
        sounds = words.fit(matrix, teaches, weight, other).scores(matrix)
        features = words.with_scores(rows.features, rows.view, np.where(other, own, sounds))
        models = fitting.fit(features, rows, other & ~found.is_dump, "article")
        here = ~other
        odds = np.where(rows.prose & (sounds < fitting.SOUND), -9.0, 0.0)
        odds[here] = np.where(odds[here] < 0, odds[here], fitting.odds_of(models, features[here]))
        taught = article.of(other & ~found.is_dump)
        for kind in np.unique(article.bin[here]):
            mine = here & (article.bin == kind)
            probability[mine] = judge.calibrated(odds[mine], judge.calibration(taught, int(kind)))
            english = judge.calibrated(odds[mine], judge.calibration(taught, 0))
            sure[mine] = judge.sure(article.kind[mine], probability[mine], english)
    probability, never, thin, amid = product.as_product(found, probability, np.zeros(len(own), dtype=bool))
    lines = article._replace(never=never)
    kind = np.array([view.page.kind for view in found.views])[rows.view]
    mine = rows.judged & (found.data == "languages/boilerplate") & np.isin(found.language, languages)
    unlisted = lines.kind == judge.UNLISTED
    taken = {
        ">= .5": probability >= 0.5,
        "safe": np.where(unlisted & amid, probability >= AMID, sure >= np.array(safe)[lines.kind])
        & ~never
        & ~(unlisted & thin),
    }
    print(
        "\n| left out | tier | precision | recall | F1 | % words lost | bound |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    for name in (*languages, "all"):
        for view in ("cropped", "extracted", "both"):
            mask = (
                mine
                & ((found.language == name) | (name == "all"))
                & ((kind == view) | ((view == "both") & (kind != "segments")))
            )
            if mask.any():
                for tier, gone in taken.items():
                    part = lines.of(mask)
                    f = judge.figures(part, gone[mask])
                    use = gone[mask] & (part.label >= 0)
                    bound = judge.site_bound(part.label[use], part.site[use])
                    print(
                        f"| {name} {view} | {tier} | {f.precision:.3f} | {f.recall:.3f} | {f.f1:.3f} | {f.lost:.2f} | {bound:.3f} |",
                        flush=True,
                    )
