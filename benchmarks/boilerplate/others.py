"""What the rules beside the line model take of labelled pages: headlines, families of residue, what stands twice.

They know no folds, and whoever wrote them had read open pages: what they take is no held-out figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.boilerplate.judge import LEAST_SAFE, Array
from cleantext.cleaner import Cleaner
from cleantext.document.spans import Span
from cleantext.rulebook.ledger import LINE_MODEL

if TYPE_CHECKING:
    from benchmarks.boilerplate.fitting import Shown


def cuts(found: Shown) -> dict[int, list[Span]]:
    """Return what goes from .5 on of each view that is judged, by its number, as spans of its lines joined by line feeds."""
    cards = Cleaner(select=["boilerplate"]).cards.values()
    others = [card.id for card in cards if not card.lines and card.id != LINE_MODEL]
    cleaner = Cleaner(select=others, min_confidence=LEAST_SAFE)
    return {
        n: [
            (edit.start, edit.end)
            for finding in cleaner.check("\n".join(view.page.lines), title=view.page.title).findings
            if finding.fix
            for edit in finding.fix.edits
            if not edit.replacement.strip()
        ]
        for n, view in enumerate(found.views)
        if view.judged
    }


def whole_lines(found: Shown, spans: Mapping[int, Sequence[Span]]) -> Array:
    """Say of each line whether it goes whole."""
    taken = np.zeros(len(found.rows.label), dtype=bool)
    starts = np.searchsorted(found.rows.view, np.arange(len(found.views)))
    for n, gone in spans.items():
        lines = found.views[n].page.lines
        left = bytearray(b"\1") * (sum(map(len, lines)) + len(lines))
        for start, end in gone:
            left[start:end] = bytes(end - start)
        at = 0
        for i, line in enumerate(lines):
            taken[starts[n] + i] = not any(left[at : at + len(line)])
            at += len(line) + 1
    return taken
