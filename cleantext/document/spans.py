"""A stretch of a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Code points ``start:end`` of the original text, half-open."""

    start: int
    end: int
