"""Words of what stands instead of an article: robot checks, error messages, pages that wait for a script or consent."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import regex

from cleantext.rulefiles import rules_dir

LONGEST = 2_400
"""Code points of the longest text that can be a wall: more of it is something else, with a notice in it."""
LONGEST_LINE = 300
"""Code points of the longest line of one."""
_SPEECH = regex.compile(r"[,.?!][\"”»]")
"""How somebody's words end: a line that quotes them tells of a wall."""


_ANY_TEXT = [0]


class Wall(NamedTuple):
    """The kind of wall that most lines belong to, and the share, 0 to 1, of the text that stands in such lines."""

    kind: str
    share: float


@cache
def phrases() -> dict[str, str]:
    """Read the phrases; return the kind of each."""
    found: dict[str, str] = {}
    kind = ""
    for line in (rules_dir() / "boilerplate" / "walls.txt").read_text("utf-8").split("\n"):
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            found[line] = kind
    return found


@cache
def _phrase() -> Any:
    import re2

    found = re2.Set.SearchSet()
    found.Add(r"\A")  # matches in any text: where it does not, RE2 ran out of memory
    found.Add("|".join(map(re2.escape, phrases())))
    found.Compile()
    return found


def _may_be_one(text: str) -> bool:
    """Say whether a phrase stands anywhere in a text: RE2 looks for all of them at once."""
    found: list[int] | None = _phrase().Match(text.lower().replace("’", "'").encode("utf-8", "replace"))
    return found != _ANY_TEXT


def wall_of(lines: Sequence[str]) -> Wall | None:
    """Say how much of a text, given by its stripped, non-blank lines, is a wall; None where nothing is."""
    size = sum(map(len, lines))
    if size > LONGEST or not size:
        return None
    if not _may_be_one("\n".join(lines)):
        return None
    folded = [
        line.lower().replace("’", "'") if len(line) <= LONGEST_LINE and not _SPEECH.search(line) else ""
        for line in lines
    ]
    text = "\n".join(folded)
    here = {phrase: kind for phrase, kind in phrases().items() if phrase in text}
    if not here:
        return None
    kinds: dict[str, int] = {}
    for line in folded:
        for phrase, kind in here.items():
            if phrase in line:
                kinds[kind] = kinds.get(kind, 0) + len(line)
                break
    if not kinds:
        return None
    return Wall(max(kinds, key=kinds.__getitem__), sum(kinds.values()) / size)
