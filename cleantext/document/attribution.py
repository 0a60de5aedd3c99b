"""An attribution: what was said, where, and by whom."""

from __future__ import annotations

from typing import Literal

import msgspec

from cleantext.document.spans import Span

Kind = Literal["direct", "mixed", "indirect"]


class Quotation(msgspec.Struct, frozen=True):
    """One attribution.

    ``kind`` is ``direct`` (all in quotation marks), ``mixed`` (partly) or
    ``indirect`` (none). ``speaker`` is what stands in the text near the cue,
    ``speaker_name`` the fullest form of it that the article gives; both are
    None where unknown, as is ``cue``.
    """

    kind: Kind
    start: int
    end: int
    speaker: Span | None
    speaker_name: str | None
    cue: Span | None
