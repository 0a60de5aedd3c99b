"""What the line model is told of a line: one table, which the reference, the C page and the explanations are read from.

A column is a number known of every line; a feature is one column of the line itself, of a neighbour, or its mean over
a window of neighbours. Whoever adds a column adds its row here, its value to :mod:`.plain_page` and, for speed, to
``_page.pyx``; whoever adds a neighbour or a window adds one entry here and nothing else.

A line's own looks, its place, its neighbours, the distance to prose, what is repeated, what the article is
about, how its words sound, and what its metadata say. After Kohlschütter et al. (2010) and jusText, who saw that a
block is judged by its neighbours, without their HTML. No column needs a language: lists, cues and function words of
seven of them are evidence on top.
"""

from __future__ import annotations

from typing import NamedTuple

from cleantext.checks.boilerplate.cues import GROUPS
from cleantext.checks.boilerplate.known_lines import LISTS


class Column(NamedTuple):
    """A number known of a line: its name, and what an explanation says of it, for the line and for a neighbour."""

    name: str
    words: str
    near: str = ""


GLANCE = (
    Column("sentence", "unlike running prose", "how much like prose"),
    Column("log_words", "its length", "how long"),
    Column("stop", "no sentence end", "without a sentence end"),
    Column("cue", "words that residue is made of", "how much like residue"),
    Column("listed", "a known label", "a known label"),
    Column("wording", "its wording", "how it is worded"),
)
"""Known of every line at once: only these may be asked of far neighbours and of windows."""

LOOKS = (
    Column("colon", "ends in a colon", "with a colon"),
    Column("capitals", "how many words start with a capital", "with capitals"),
    Column("date", "holds a date or time", "with a date"),
)
"""Known of a line that is judged and of those next to it."""

OWN = (
    Column("one_word", "a single word"),
    Column("question", "a question"),
    Column("other_end", "ends in an arrow, dash or comma"),
    Column("commas", "its commas"),
    Column("sentences", "how many sentences it has"),
    Column("function", "few function words"),
    Column("upper", "share of capital letters"),
    Column("digits", "share of digits"),
    Column("lower_start", "starts with a small letter"),
    Column("bullet", "starts with a bullet"),
    Column("numbered", "starts with a number"),
    Column("pipes", "bars or arrows between its parts"),
    Column("quote", "quotation marks"),
    Column("marks", "share of marks"),
    Column("word_length", "length of its words"),
    Column("finite", "no finite verb"),
    Column("address", "addresses the reader"),
    Column("imperative", "starts with an invitation"),
    Column("code", "holds an address, handle or number"),
    Column("name", "is a bare name"),
    Column("cue_groups", "words of several kinds of residue"),
    Column("letters", "share of letters"),
    *(Column(f"cue_{group}", f"words of the kind “{group}”") for group in GROUPS),
    *(Column(f"list_{name}", f"stands in the list of {name}") for name in LISTS),
    Column("place", "its place in the article"),
    Column("from_start", "near the beginning"),
    Column("from_end", "near the end"),
    Column("words_before", "share of the article before it"),
    Column("to_first", "before the first prose, or just after"),
    Column("to_last", "after the last prose, or just before"),
    Column("in_core", "outside the densest prose"),
    Column("to_core", "distance from the densest prose"),
    Column("run", "stands in a run of short lines"),
    Column("same", "stands more than once"),
    Column("same_opening", "another line opens with the same words"),
    Column("topic", "its words are not the article's"),
    Column("topic_strong", "its words are not the article's topic"),
    Column("topic_words", "how many of the article's words it holds"),
    Column("to_prose_before", "distance from the prose before it"),
    Column("to_prose_after", "distance from the prose after it"),
    Column("prose_before", "lines of prose before it"),
    Column("prose_after", "lines of prose after it"),
    Column("against_prose", "its length against the article's prose"),
    Column("title_covered", "how much of it stands in the title"),
    Column("covers_title", "how much of the title stands in it"),
    Column("to_title_line", "its place beside the headline"),
    Column("site_name", "holds the site's name"),
    Column("in_address", "its words stand in the article's address"),
    Column("lines", "how many lines the article has"),
    Column("words", "how many words the article has"),
    Column("prose_share", "share of prose in the article"),
    Column("prose_lines", "share of prose lines in the article"),
    Column("prose_words", "length of the article's prose lines"),
    Column("listed_share", "known labels in the article"),
    Column("stops_share", "sentence ends in the article"),
    Column("longest_run", "the longest run of short lines"),
)
"""Known of a line that is judged."""

COLUMNS = (*GLANCE, *LOOKS, *OWN)


class Feature(NamedTuple):
    """The mean of a column, by its place in ``COLUMNS``, over the lines ``low`` to ``high`` places on."""

    name: str
    words: str
    column: int
    low: int
    high: int


_NEAR = {
    "sentence": (-3, -2, -1, 1, 2, 3),
    "log_words": (-3, -2, -1, 1, 2, 3),
    "wording": (-2, -1, 1, 2),
    "stop": (-1, 1),
    "cue": (-1, 1),
    "listed": (-1, 1),
    "colon": (-1, 1),
    "capitals": (-1, 1),
    "date": (-1, 1),
}
_WINDOWS = {
    "sentence": (5, 12),
    "cue": (5, 12),
    "listed": (5, 12),
    "wording": (5, 12),
    "stop": (5,),
}
"""Columns, and the widths of the windows before and after the line that their means are taken over."""
_NUMBER = {column.name: number for number, column in enumerate(COLUMNS)}


def _near(name: str, offset: int) -> Feature:
    side = "before" if offset < 0 else "after"
    place = f"the line {side}" if abs(offset) == 1 else f"{abs(offset)} lines {side}"
    number = _NUMBER[name]
    return Feature(f"{name}{offset:+d}", f"{place}: {COLUMNS[number].near}", number, offset, offset)


def _window(name: str, low: int, high: int) -> Feature:
    side, width = ("before", -low) if low < 0 else ("after", high)
    number = _NUMBER[name]
    words = f"the {width} lines {side}: {COLUMNS[number].near}"
    return Feature(f"{name}_{side}{width}", words, number, low, high)


FEATURES: tuple[Feature, ...] = (
    *(Feature(column.name, column.words, number, 0, 0) for number, column in enumerate(COLUMNS)),
    *(_near(name, offset) for name, offsets in _NEAR.items() for offset in offsets),
    *(
        _window(name, low, high)
        for name, widths in _WINDOWS.items()
        for width in widths
        for low, high in ((-width, -1), (1, width))
    ),
)
"""The features, in the order of a row."""

NAMES = tuple(feature.name for feature in FEATURES)
MISSING = -1.0
"""What a feature is where the page has no such line."""
