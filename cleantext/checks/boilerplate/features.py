"""What the line model is told of a line in its article: the features by name, and the patterns that some of them ask.

A line's own looks, its place, its neighbours, the distance to prose, what is repeated, what the article is
about, and what its metadata say. After Kohlschütter et al. (2010) and jusText, who saw that a block is judged by
its neighbours, without their HTML. :mod:`.page` works them out.
"""

from __future__ import annotations

import regex

from cleantext.checks.boilerplate.cues import GROUPS
from cleantext.checks.boilerplate.known_lines import LISTS

_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# In C, `_page.pyx` says of lines of Latin letters what DATE, NAME, SENTENCES and CODE say: whoever changes one of them
# changes it there, too, and a property test (tests/boilerplate/test_page_twins.py) tells where they part.
DATE = regex.compile(
    rf"\b{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\b\d{{1,2}} {_MONTHS}\.?,? \d{{4}}"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b\d{1,2}:\d\d ?(?:[ap]\.?m\.?|gmt|utc|est|et|pst|bst|ist)?\b"
    r"|\b\d+ ?(?:min|minute|hour|hr|day|week|month|year)s? ago\b",
    regex.IGNORECASE,
)
CODE = regex.compile(r"https?://|www\.|\.com\b|@\w|#\w|\d[\d ()-]{8,}\d")
SENTENCES = regex.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?\p{Lu}")
BULLET = regex.compile(r"\W*[•·*\-–—▪►>»→✓]")
NUMBERED = regex.compile(r"\d+[.)]? ")
PIPES = regex.compile(r"[|•·›»→/]| - ")
QUOTE = regex.compile(r"[\"“”«»„]")
NAME = regex.compile(r"(?:\p{Lu}[\p{L}'’.-]*\s*){2,4}")

OTHER_ENDS = ",;–—-|»>→›"
"""Marks that a line breaks off with."""
PROSE = 0.45
"""Sentence-likeness from which on a line counts as prose."""
ADDRESS = frozenset(["you", "your", "us", "our", "we", "my", "me"])
FINITE = frozenset(
    ["he", "she", "they", "we", "his", "her", "their", "was", "were", "had", "said", "says", "is", "are", "has",
     "will", "would", "can", "could", "did"]
)  # fmt: skip

_OWN = (
    "log_words", "one_word", "stop", "colon", "question", "other_end", "commas", "sentences", "function",
    "capitals", "upper", "digits", "lower_start", "bullet", "numbered", "pipes", "quote", "marks", "word_length",
    "finite", "address", "imperative", "sentence", "date", "code", "name", "cue", "cue_groups", "letters",
)  # fmt: skip
_LISTED = tuple(f"list_{name}" for name in LISTS)
_PLACE = (
    "place", "from_start", "from_end", "words_before", "to_first", "to_last", "in_core", "to_core", "run", "same",
    "same_opening", "topic", "topic_strong", "to_prose_before", "to_prose_after",
)  # fmt: skip
OFFSETS = (-3, -2, -1, 1, 2, 3)
_NEAR = tuple(
    f"{name}{offset:+d}" for offset in OFFSETS for name in ("sentence", "log_words", "cue", "stop", "listed")
)
_NEXT = tuple(
    f"{name}{offset:+d}"
    for offset in (-1, 1)
    for name in ("mask_social", "mask_more", "mask_byline", "mask_nav", "colon", "capitals", "date")
)
_WINDOWS = tuple(
    f"{name}_{side}{width}"
    for width in (5, 12)
    for side in ("before", "after")
    for name in ("sentences", "cues", "listed")
)
_ARTICLE = ("lines", "prose_share", "prose_lines", "listed_share")
_META = (
    "has_title", "title_covered", "covers_title", "to_title_line", "is_first_title", "site_name", "in_address",
    "site_known",
)  # fmt: skip

FEATURES: tuple[str, ...] = (
    _OWN
    + tuple(f"cue_{group}" for group in GROUPS)
    + _LISTED
    + _PLACE
    + _NEAR
    + _NEXT
    + _WINDOWS
    + _ARTICLE
    + _META
)
"""Names of the features, in the order of a row."""
