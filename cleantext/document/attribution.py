"""An attribution: what was said, where, and by whom."""

from __future__ import annotations

from typing import Literal

import msgspec

from cleantext.document.spans import Span

Kind = Literal["direct", "mixed", "indirect"]
Untold = Literal["nobody-named", "not-told", "unclear-tag", "heading", "unpaired-marks"]


class Quotation(msgspec.Struct, frozen=True):
    """One attribution.

    ``kind`` is ``direct`` (all in quotation marks), ``mixed`` (partly) or
    ``indirect`` (none). ``speaker`` is what stands in the text near the cue,
    ``speaker_name`` the fullest form of it that the article gives; both are
    None where unknown, as is ``cue``. ``untold`` says why there is no speaker:
    ``nobody-named`` (near the words), ``not-told`` (somebody is named, and
    nothing tells who speaks), ``unclear-tag`` (words beside them in their
    sentence look like a tag, and whom it means cannot be read), ``heading``
    (a headline or pull quote, which has no tag) or ``unpaired-marks`` (only one of the two
    stands in their paragraph: where they begin or end is a guess).
    """

    kind: Kind
    start: int
    end: int
    speaker: Span | None
    speaker_name: str | None
    cue: Span | None
    untold: Untold | None = None
