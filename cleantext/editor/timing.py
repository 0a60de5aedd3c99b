"""On which side of a date or a span of time something lies, as the word before it says: by, since, after, in, ago."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from cleantext.document.words import word_groups
from cleantext.editor.reading import RECENT, Reading
from cleantext.fidelity.values import read_values
from cleantext.fidelity.values.units import unit_of

Side: TypeAlias = Literal["by", "since", "after", "in", "for", "ago", ""]

_SIDES: dict[str, Side] = {
    "by": "by",
    "until": "by",
    "till": "by",
    "before": "by",
    "since": "since",
    "from": "since",
    "starting": "since",
    "after": "after",
    "following": "after",
    "in": "in",
    "on": "in",
    "at": "in",
    "during": "in",
    "within": "in",
    "for": "for",
    "ago": "ago",
}
_BETWEEN = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "this",
        "that",
        "next",
        "last",
        "coming",
        "past",
        "end",
        "beginning",
        "start",
        "middle",
        "early",
        "late",
        "about",
        "around",
        "some",
        "morning",
        "evening",
        "afternoon",
        "night",
        "month",
        "year",
        "week",
        "summer",
        "winter",
        "spring",
        "autumn",
        "year's",
    ]
)
_SPANS = frozenset(["year", "month", "week", "day", "hour", "minute", "second"])
_DECADES = frozenset(
    ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
)
_WHICH = {
    **dict.fromkeys(["last", "past", "previous"], "last"),
    **dict.fromkeys(["this", "current"], "this"),
    **dict.fromkeys(["next", "coming", "following", "upcoming"], "next"),
}
_ENDS = {"end": "end", "beginning": "beginning", "start": "beginning", "middle": "middle", "mid": "middle"}
_TO_THE_HOUR = re.compile(
    r"\b(?:quarter|twenty|twenty-five) to (?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d\d?)\b"
)
_BEHIND = {**dict.fromkeys(["last", "past", "passed"], "last"), **dict.fromkeys(["next", "coming"], "next")}
_FAR = 5


class Timed(NamedTuple):
    """A date or a span of time: what it is called, whether it is a span ("two years"), and the side it is on."""

    name: str
    kind: str
    span: bool
    side: Side


_SAME_SPAN: frozenset[tuple[Side, Side]] = frozenset(
    [
        ("by", "ago"),
        ("since", "for"),
        ("in", "for"),
        ("for", "in"),
        ("ago", "by"),
        ("since", "ago"),
        ("after", "in"),
    ]
)
"""Sides of a span that translation takes for each other: "before two years", "two years ago"."""


def sides(before: Reading, after: Reading) -> str:
    """Say which date or span lies on another side in the second text ("by Friday", "after Friday"); empty for none.

    A word that was missing may come; of dates that stand twice nothing is said.
    """
    old, new = timed(before), timed(after)
    for one in old:
        others = [t for t in new if t.name == one.name]
        if len(others) != 1 or sum(t.name == one.name for t in old) != 1:
            continue
        was, now = one.side, others[0].side
        same = (was, now) in _SAME_SPAN if one.span else {was, now} == {"for", "in"}
        if was and now and was != now and not same:
            return (
                f"“{was} {one.name}”, “{now} {one.name}”"
                if now != "ago"
                else f"“{was} {one.name}”, “{one.name} ago”"
            )
    return ""


@lru_cache(maxsize=1)
def day_words() -> dict[str, str]:
    """Return the words for days, seasons and times of day, each with what it names ("tues", "Tuesday")."""
    return {word: name for name, members in word_groups("editor-dates").items() for word in members}


@lru_cache(maxsize=RECENT)
def which(reading: Reading) -> Counter[str]:
    """Count the times that are told from today: "last year", "this Monday", "next summer"."""
    found: Counter[str] = Counter()
    lower = [token.lower.removesuffix("'s") for token in reading.tokens]
    for one, other in itertools.pairwise(lower):
        # "Next Tuesday", and as other languages say it "Tuesday next", "the year passed".
        for word, time in ((one, other), (other, one)):
            name = day_words().get(time) or (unit if (unit := unit_of(time)) in _SPANS else "")
            known = _WHICH if word == one else _BEHIND
            if name and word in known:
                found[f"{known[word]} {name}"] += 1
    found["to the hour"] += len(_TO_THE_HOUR.findall(reading.text.lower()))
    return +found


@lru_cache(maxsize=RECENT)
def timed(reading: Reading) -> tuple[Timed, ...]:
    """Return the dates and spans of a text in order, each with its side, "" where no word tells."""
    at = {token.start: k for k, token in enumerate(reading.tokens)}
    found: list[tuple[int, int, str, str]] = []
    for value in read_values(reading.text, "en"):
        k = at.get(value.start)
        if k is None or not value.amounts:
            continue
        last = k
        while last + 1 < len(reading.tokens) and reading.tokens[last + 1].start < value.end:
            last += 1
        following = reading.tokens[last + 1].lower if last + 1 < len(reading.tokens) else ""
        unit = value.unit if value.unit in _SPANS else unit_of(following)
        if unit in _SPANS:
            end = last + 1 if unit_of(following) in _SPANS else last
            found.append((k, end, f"{value.amounts[0]:g} {unit}", "span"))
        elif value.kind in ("year", "month", "day", "time", "decade"):
            found.append((k, last, f"{value.kind} {value.amounts[0]:g}", value.kind))
    found += _parts(reading)
    found += [(k, k, t.lower, "decade") for k, t in enumerate(reading.tokens) if t.lower in _DECADES]
    days = day_words()
    found += [(k, k, days[t.lower], "day word") for k, t in enumerate(reading.tokens) if t.lower in days]
    return tuple(
        Timed(name, kind, kind == "span", _side(reading, k, end)) for k, end, name, kind in sorted(found)
    )


def _parts(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    """Yield "end of the year" and its like."""
    words = [token.lower for token in reading.tokens]
    for k, word in enumerate(words):
        if word not in _ENDS:
            continue
        after = [w for w in words[k + 1 : k + 4] if w not in ("of", "the", "this", "next")]
        unit = unit_of(after[0]) if after else None
        if unit in _SPANS:
            yield k, k + 1, f"{_ENDS[word]} {unit}", "part"


def _side(reading: Reading, first: int, last: int) -> Side:
    tokens = reading.tokens
    if last + 1 < len(tokens) and tokens[last + 1].lower in ("ago", "earlier"):
        return "ago"
    for k in range(first - 1, max(-1, first - 1 - _FAR), -1):
        word = tokens[k].lower
        if word in _SIDES:
            # "until in the autumn": the outer word says more.
            return _SIDES.get(tokens[k - 1].lower, _SIDES[word]) if k else _SIDES[word]
        if word not in _BETWEEN and tokens[k].kind != "figure" and not tokens[k].text[0].isupper():
            break
    return ""
