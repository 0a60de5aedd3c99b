"""Train the line model, judge it by one fold map over all data, and write its weights.

    python -m benchmarks.boilerplate.train --data DIR [--texts FOLDER] [--dry-run] [--left-out]

DIR is the folder of the open data (see :data:`benchmarks.boilerplate.pages.SETS`). Ensembles of boosted trees are
trained, three for articles (cropped, extracted, in any language), one for whole pages, a linear model of their words
before them, and a small logistic regression that tells a whole page. No figure that is printed comes from a model,
a calibration or a threshold that saw the line's fold. ``--left-out`` also judges five languages
by models that never saw a line of them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec
import numpy as np

from benchmarks.boilerplate import judge, left_out, report, words
from benchmarks.boilerplate.export import exported
from benchmarks.boilerplate.fitting import (
    SETTINGS,
    SOUND,
    fit,
    gate_of,
    gated,
    held_out,
    shown,
    teaching,
    verdicts_of,
)
from benchmarks.boilerplate.rows import wording_weight
from cleantext.checks.boilerplate.features import NAMES
from cleantext.checks.boilerplate.line_model import Model, Reader
from cleantext.rulefiles import rules_dir


def main() -> None:
    """Train, print, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument(
        "--texts", type=Path, help="teach texts without residue that were never web pages (see gather)"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--left-out", action="store_true", help="judge five languages untaught, too")
    parser.add_argument("--verdicts", type=Path, help="keep every line's verdict here, for compare")
    options = parser.parse_args()
    found = shown(options.data, options.texts)
    rows = found.rows
    matrix = words.words_matrix(rows.slots, rows.tokens)
    weight = wording_weight(found.views)
    teaches = np.where(rows.judged, rows.label, -1)
    scores = words.nested_scores(matrix, teaches, weight, found.fold)
    own = scores[np.arange(len(rows.label)), found.fold]
    readers, verdicts = {}, {}
    trained = words.fit(matrix, teaches, weight, np.ones(len(teaches), dtype=bool))
    final = words.with_scores(rows.features, rows.view, trained.scores(matrix))
    for kind in SETTINGS:
        verdicts[kind] = lines = verdicts_of(found, held_out(found, scores, kind), own, kind)
        mine = teaching(found, kind)
        use = lines.of(mine & lines.as_it_stands)
        english, others, below = (
            judge.calibration(use, number if (use.bin == number).any() else 0) for number in range(3)
        )
        models = fit(final, rows, mine, kind)
        readers[kind] = Reader(exported(models, final[mine]), (english, others, below), (1.01,) * 4)
    chosen, agreed = report.report(
        found, verdicts, gated(found), options.data, options.verdicts, write=not options.dry_run
    )
    for kind, safe in chosen.items():
        readers[kind] = msgspec.structs.replace(readers[kind], safe=safe)
    if options.left_out:
        left_out.left_out(
            found,
            matrix,
            teaches,
            scores,
            weight,
            verdicts["article"],
            readers["article"].safe,
            report.FIVE,
        )
    if not options.dry_run:
        gate = gate_of(found, np.ones(len(found.views), dtype=bool))
        model_ = Model(
            NAMES,
            gate,
            readers["article"],
            readers["dump"],
            SOUND,
            report.OUTSIDE,
            (report.AGREED_KNOWN, agreed),
        )
        for name, content in (("line-model.json", model_), ("line-words.json", trained.shipped())):
            path = rules_dir() / "boilerplate" / name
            path.write_bytes(msgspec.json.encode(content))
            print(f"{name}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
