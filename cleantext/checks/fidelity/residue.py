"""Lines of either side that the boilerplate rules take for residue."""

from __future__ import annotations

from cleantext.checks.boilerplate.line_model import read
from cleantext.document.lines import filled_lines, split_lines

LIKELY = 0.5


def residue(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of lines that are more likely residue than article."""
    filled = filled_lines(text, split_lines(text))
    reading = read(
        [text[line.start : line.end].strip() for line in filled], title=None, url=None, source=None
    )
    if reading is None:
        return ()
    return tuple(
        (filled[number].start, filled[number].end)
        for number, probability in reading.probabilities()
        if reading.page.is_known(number) or probability >= LIKELY
    )
