"""When something is said: the words of time that stand between who says it and the verb."""

from __future__ import annotations

from cleantext.document.words import word_group, words

_NAMED = words("attribution-times")  # months, days of the week, feasts
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_NOUNS = word_group("time-nouns")
_PLURALS = frozenset(["days", "decades", "hours", "months", "weeks", "years"])
_POINTING = frozenset(["last", "this", "next", "that", "one", "earlier", "late", "early", "later", "every"])
_LEADING = frozenset(["on", "in", "since", "during", "until", "by", "for", "over"])
_BEFORE_NAMED = _POINTING | frozenset(["mid"])
_SPANS = frozenset(["recent", "past", "last", "previous", "the", "few", "several", "two", "three", "many"])
_SINGLE = frozenset(["since", "once", "previously", "recently", "yesterday", "today", "tonight"])
_AT = frozenset(["time", "times", "point", "first", "stage"])
_ENDS = _NOUNS | _PLURALS | _SINGLE | _AT | frozenset(["past", "until"])
ISSUED = frozenset(["conducted", "issued", "posted", "published", "released", "taken"])
"""What somebody did with a poll or a report: "released last week", "published by the bank"."""
TIMES = _ENDS | _NAMED
"""The last words of what :func:`before_time` reads, but for years."""
_YEAR = 4  # figures
_WALK = 5


def before_time(words_: list[str], lower: list[str], at: int, low: int) -> int:
    """Return the token before the words of time that end at ``at``; ``at`` where none do, or nothing stands before them.

    "Low last week", "the bank in June", "who in the past", "the mayor earlier in the day", "the council has since".
    """
    if words_[at] not in TIMES and not words_[at].isdigit():
        return at
    first = _first(words_, lower, at, low)
    if first > at or first - 1 < low or not (lower[first - 1][:1].isalnum() or lower[first - 1] == ")"):
        return at
    before = first - 1
    # "a poll released last week showed"
    return before - 1 if lower[before] in ISSUED and before - 1 > low else before


def _first(words_: list[str], lower: list[str], at: int, low: int) -> int:
    """Return the first of the words of time that end at ``at``; a token behind it where there are none."""
    word, first = lower[at], at
    if word in _SINGLE:
        return first - (lower[at - 1] in ("until", "only", "ever"))
    if word == "until":
        return at if lower[at + 1] in ("recently", "now", "then", "lately") else at + 1
    if word in _AT:
        return at - 2 if lower[at - 2] == "at" else at - 1 if lower[at - 1] == "at" else at + 1
    if words_[at].isdigit():
        if len(word) != _YEAR:
            return at + 1
        first -= words_[at - 1] in _NAMED
        return first - 1 if lower[first - 1] in _LEADING else at + 1
    if words_[at] in _NAMED:
        while first > low and lower[first - 1] in _BEFORE_NAMED:
            first -= 1
        if lower[first - 1] in _LEADING:
            return first - 1
        # "Low Monday said", but "Theresa May said", "the Sun said"
        return first if first < at or (word in _DAYS and lower[at - 1] != "the") else at + 1
    if word in _PLURALS or word == "past":
        while first > low and at - first < _WALK and lower[first - 1] in _SPANS:
            first -= 1
        return first - 1 if first < at and lower[first - 1] in _LEADING else at + 1
    if words_[at - 1] in _NAMED:  # "on Monday night"
        first -= 1
        return first - (lower[first - 1] in _LEADING)
    if lower[at - 1] == "the" and lower[at - 2] == "in":
        return at - 3 if lower[at - 3] in ("earlier", "later", "early", "late") else at + 1
    while first > low and lower[first - 1] in _POINTING:
        first -= 1
    return first if first < at else at + 1
