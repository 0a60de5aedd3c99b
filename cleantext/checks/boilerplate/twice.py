"""Where something may stand twice: quick looks at all lines, the plain references of ``_twice.pyx``, which takes its numbers from here.

What is in C finds no less than these functions, and may find more.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleantext.document import Line

ENDS = 28
"""Code points at a paragraph's beginning, or at its end, of which copies share one or the other."""
PULL, PULL_WORDS = (24, 180), 6
"""Code points of a pull quote, least and most, and its least words."""
BEGINNING = 16
"""Code points of a beginning that are looked for elsewhere."""
PROBE, PROBED = 14, 0.6
SHORTEST_LOOP = 6 * PROBE
"""Code points of the shortest line that is looked through for loops."""
MARKS = "\"'“”„«»‘’ \t\u00a0.,;:!?…–—-*_"


def may_hold_copies(lines: Sequence[str]) -> bool:
    """Say whether two lines have a beginning or an end in common: sets tell faster than looking at line after line."""
    long = [line for line in lines if len(line) >= ENDS]
    return len({line[:ENDS] for line in long}) < len(long) or len({line[-ENDS:] for line in long}) < len(long)


def may_loop(lines: Sequence[str]) -> list[int]:
    """Return the places of the lines in which what stands past the middle stands three times or more."""
    probes = [(line, int(PROBED * len(line))) for line in lines]
    return [
        place
        for place, (line, at) in enumerate(probes)
        if len(line) >= SHORTEST_LOOP and line.count(line[at : at + PROBE]) > 2
    ]


def may_be_pulled(text: str, lines: Sequence[str], filled: Sequence[Line]) -> list[int]:
    """Return the places of the lines that may be pull quotes: of their length, and begun like another place of the text."""
    found = []
    for place in range(2, len(lines) - 1):
        line = lines[place]
        if not PULL[0] <= len(line) <= PULL[1] or line[-1] in "?:":
            continue
        core = line.lstrip(MARKS)
        beginning = text[text.index(line[0], filled[place].start) + len(line) - len(core) :][:BEGINNING]
        if core.count(" ") >= PULL_WORDS - 1 and (
            len(beginning) < BEGINNING or text.find(beginning, text.find(beginning) + 1) >= 0
        ):
            found.append(place)
    return found
