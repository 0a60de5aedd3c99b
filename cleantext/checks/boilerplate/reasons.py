"""What spoke for a finding of the line model, in words: what a reviewer reads as evidence."""

from __future__ import annotations

from functools import lru_cache

from cleantext.checks.boilerplate.cues import GROUPS
from cleantext.checks.boilerplate.features import FEATURES
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.checks.boilerplate.page import Page, strongest
from cleantext.checks.boilerplate.trees import Trees
from cleantext.finding import Evidence

_LEAST = 0.05
"""What a feature adds to the log odds, at least, to be spoken of."""
_MOST = 4
"""Features that are spoken of."""

_OWN = {
    "log_words": "its length",
    "one_word": "a single word",
    "stop": "no sentence end",
    "colon": "ends in a colon",
    "question": "a question",
    "other_end": "ends in an arrow, dash or comma",
    "commas": "its commas",
    "sentences": "how many sentences it has",
    "function": "few function words",
    "capitals": "how many words start with a capital",
    "upper": "share of capital letters",
    "digits": "share of digits",
    "lower_start": "starts with a small letter",
    "bullet": "starts with a bullet",
    "numbered": "starts with a number",
    "pipes": "bars or arrows between its parts",
    "quote": "quotation marks",
    "marks": "share of marks",
    "word_length": "length of its words",
    "finite": "no finite verb",
    "address": "addresses the reader",
    "imperative": "starts with an invitation",
    "sentence": "unlike running prose",
    "date": "holds a date or time",
    "code": "holds an address, handle or number",
    "name": "is a bare name",
    "cue": "words that residue is made of",
    "cue_groups": "words of several kinds of residue",
    "letters": "share of letters",
    "place": "its place in the article",
    "from_start": "near the beginning",
    "from_end": "near the end",
    "words_before": "share of the article before it",
    "to_first": "before the first prose, or just after",
    "to_last": "after the last prose, or just before",
    "in_core": "outside the densest prose",
    "to_core": "distance from the densest prose",
    "run": "stands in a run of short lines",
    "same": "stands more than once",
    "same_opening": "another line opens with the same words",
    "topic": "its words are not the article's",
    "topic_strong": "its words are not the article's topic",
    "to_prose_before": "distance from the prose before it",
    "to_prose_after": "distance from the prose after it",
    "lines": "how many lines the article has",
    "prose_share": "share of prose in the article",
    "prose_lines": "share of prose lines in the article",
    "listed_share": "known labels in the article",
    "has_title": "a title is given",
    "title_covered": "how much of it stands in the title",
    "covers_title": "how much of the title stands in it",
    "to_title_line": "its place beside the headline",
    "is_first_title": "is the headline",
    "site_name": "holds the site's name",
    "in_address": "its words stand in the article's address",
    "site_known": "the site is given",
}
_LIKE = {
    "sentence": "how much like prose",
    "log_words": "how long",
    "cue": "how much like residue",
    "stop": "without a sentence end",
    "listed": "a known label",
    "mask_social": "a share widget",
    "mask_more": "a link block",
    "mask_byline": "a byline",
    "mask_nav": "a menu",
    "colon": "with a colon",
    "capitals": "with capitals",
    "date": "with a date",
}
_MEASURES = {"sentences": "prose", "cues": "words of residue", "listed": "known labels"}


def reasons(page: Page, trees: Trees, line: int) -> tuple[Evidence, ...]:
    """Give the features that spoke most for a line's being residue, with what each added to the log odds."""
    spoke = strongest(page, trees, line, _LEAST, _MOST)
    return tuple([_piece(FEATURES[place], f"{share:+.1f}") for place, share in spoke])


@lru_cache(4_096)
def _piece(feature: str, share: str) -> Evidence:
    return Evidence(0, 0, "", f"{in_words(feature)} ({share})")


def in_words(feature: str) -> str:
    """Give a short phrase for a feature's name; raises KeyError for a name that no row has."""
    if feature in _OWN:
        return _OWN[feature]
    if feature.startswith("cue_") and feature[4:] in GROUPS:
        return f"words of the kind “{feature[4:]}”"
    if feature.startswith("list_") and feature[5:] in LISTS:
        return f"stands in the list of {feature[5:]}"
    if feature[-2] in "+-":
        name, offset = feature[:-2], int(feature[-2:])
        side = "before" if offset < 0 else "after"
        place = f"the line {side}" if abs(offset) == 1 else f"{abs(offset)} lines {side}"
        return f"{place}: {_LIKE[name]}"
    measure, side = feature.split("_")
    width = "12" if side.endswith("12") else "5"
    return f"{_MEASURES[measure]} in the {width} lines {side.removesuffix(width)}"
