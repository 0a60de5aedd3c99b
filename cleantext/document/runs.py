"""Reading one run of capitalised words: titles off the front, names told apart."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from cleantext.document.mentions import Kind, Mention, fold
from cleantext.document.words import given_names, phrases, word_groups, words
from cleantext.native import compiled

_native = compiled("cleantext.document._runs")

_SUFFIXES = frozenset(["Jr", "Sr", "Jr.", "Sr.", "II", "III", "IV"])
_JOINS = frozenset(["of", "for", "&"])
_JOINED = ("of the", "of", "for", "&")
"""What joins two parts of a run, the longer first."""
# First or last words of places that are no place by themselves.
_NO_PLACES_ALONE = frozenset(
    ["New", "City", "North", "South", "West", "East", "Great", "San", "Los", "Las", "Salt", "Des", "of", "d"]
)


@cache
def uppercase_class() -> str:
    r"""Return all upper-case letters, as the inside of a character class (``re`` has no \p{Lu})."""
    ranges: list[str] = []
    begin = None
    for point in range(0x2C00 + 1):
        upper = point < 0x2C00 and chr(point).isupper() and chr(point).isalpha()
        if upper and begin is None:
            begin = point
        elif not upper and begin is not None:
            ranges.append(
                re.escape(chr(begin)) + ("-" + re.escape(chr(point - 1)) if point - 1 > begin else "")
            )
            begin = None
    return "".join(ranges)


def _dotted() -> frozenset[str]:
    """Return the titles whose stop belongs to them."""
    return words("attribution-titles") & (words("attribution-abbreviations") | _SUFFIXES)


@cache
def _scanner() -> Any:
    small = word_groups("name-particles")
    return _native.RunScanner(_dotted(), small["particle"], small["second"], small["hyphened"], _JOINED)


class Runs(NamedTuple):
    """Where runs of capitalised words start and end, in order: numbers, for an article of many megabytes has millions."""

    starts: array[int]
    ends: array[int]


def capital_runs(text: str) -> Runs:
    """Return the runs of capitalised words; found in C where that is built."""
    return capital_runs_slowly(text) if _native is None else Runs(*_scanner().spans(text))


def capital_runs_slowly(text: str) -> Runs:
    """Return what the expression finds, which says what a run is."""
    runs = Runs(array("q"), array("q"))
    for match in capital_run().finditer(text):
        runs.starts.append(match.start())
        runs.ends.append(match.end())
    return runs


def runs_holding(text: str, runs: Runs, parts: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Return start and end of the runs that hold one of these parts of keys; found in C where that is built."""
    if _native is None:
        return runs_holding_slowly(text, runs, parts)
    found: list[tuple[int, int]] = _native.runs_holding(text, runs.starts, runs.ends, list(parts))
    return found


def runs_holding_slowly(text: str, runs: Runs, parts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield those that hold a part, and any with letters that a key has not, or has not as they stand."""
    wanted = list(parts)
    for start, end in zip(runs.starts, runs.ends, strict=True):
        run = text[start:end]
        if not run.isascii() or any(part in run for part in wanted):
            yield start, end


@cache
def capital_run() -> re.Pattern[str]:
    """Return the expression for a run of capitalised words, with the small words that hold names together.

    It starts with one class of letters, which lets ``re`` skip over everything else at full speed.
    """
    upper = uppercase_class()
    dotted = "|".join(rf"(?<={word}\.)" for word in sorted(_dotted()))
    # Initials with their stops; or letters with inner hyphens and apostrophes (Jean-Claude, O’Brien),
    # and the stop of a title. A possessive ending is left out.
    tail = rf"(?:\.(?:[{upper}]\.)*|(?:\w|[-’'](?=[{upper}]|\w\w\w))*(?:\.(?:{dotted}))?)"
    small = {group: "|".join(sorted(words)) for group, words in word_groups("name-particles").items()}
    particle = (
        rf"(?:(?:{small['particle']})[ \u00a0](?:(?:{small['second']})[ \u00a0])?|(?:{small['hyphened']})-)"
    )
    joined = "|".join(_JOINED)
    gap = r"(?:[ \u00a0]|(?<=\.))"
    return re.compile(
        rf"[{upper}](?<!\w.){tail}"
        rf"(?:{gap}{particle}?[{upper}]{tail}|[ \u00a0](?:{joined})[ \u00a0][{upper}]{tail}){{0,14}}",
        re.DOTALL,
    )


class NameLists(NamedTuple):
    """The word lists that tell names apart."""

    openers: frozenset[str]
    titles: frozenset[str]
    titles_dotted: frozenset[str]  # with and without their stops
    lone_titles: frozenset[str]  # titles that name nobody and nothing when alone
    organisations: frozenset[str]
    agencies: frozenset[str]
    places: frozenset[str]
    place_words: frozenset[str]
    demonyms: frozenset[str]
    demonyms_or_openers: frozenset[str]
    times: frozenset[str]
    abbreviations: frozenset[str]
    women: frozenset[str]
    men: frozenset[str]
    given: frozenset[str]
    not_surnames: frozenset[str]


@cache
def name_lists() -> NameLists:
    """Return the word lists, read once."""
    places = words("attribution-places")
    names = phrases("attribution-places")
    return NameLists(
        words("attribution-openers"),
        words("attribution-titles"),
        words("attribution-titles") | {title + "." for title in words("attribution-titles")},
        words("attribution-titles") - words("attribution-organisations"),
        words("attribution-organisations"),
        phrases("attribution-agencies"),
        frozenset(name for name in names if " " in name and len(name) < 40),
        places - _NO_PLACES_ALONE,
        words("attribution-demonyms"),
        words("attribution-demonyms") | words("attribution-openers"),
        words("attribution-times"),
        words("attribution-abbreviations"),
        words("attribution-women"),
        words("attribution-men"),
        given_names() - words("attribution-openers") - words("attribution-titles"),
        words("attribution-organisations")
        | words("attribution-demonyms")
        | words("attribution-times")
        | words("attribution-places")
        | words("attribution-agencies")
        | _SUFFIXES,
    )


@lru_cache(maxsize=8192)  # an article repeats its names, and articles those of their day
def read_run(run: str, before: str) -> tuple[Mention, ...]:
    """Cut a capitalised run into titles and names; offsets count from the run's start."""
    lists = name_lists()
    if run.isalpha():  # one word
        if (run in lists.openers and (before == "." or len(run) < 4)) or run in lists.lone_titles:
            return ()
        return (Mention(0, len(run), _kind(before, [run], run, "", lists), run, "", fold(run)),)
    if "." not in run:
        given, _, surname = run.partition(" ")
        if given in lists.given and surname.isalpha() and surname not in lists.not_surnames:
            return (Mention(0, len(run), Kind.PERSON, run, "", fold(run)),)  # what the long way finds, too
    spaced = run.replace("\u00a0", " ")
    parts = spaced.replace(".", ". ").split() if "." in run else spaced.split(" ")
    offsets = []
    at = 0
    for part in parts:
        at = run.index(part, at)
        offsets.append(at)
        at += len(part)
    begin = 0
    if before == ".":
        # A word that only opens the sentence is no part of the name.
        while begin < len(parts) and parts[begin] in lists.openers:
            begin += 1
    elif parts[0] in lists.openers and len(parts[0]) < 4:
        begin = 1
    mentions: list[Mention] = []
    if begin < len(parts):
        _read_name(run, parts[begin:], offsets[begin:], before, lists, mentions)
    return tuple(mentions)


def _read_name(
    run: str, parts: list[str], offsets: list[int], before: str, lists: NameLists, mentions: list[Mention]
) -> None:
    """Take titles off the front, split at "of" and "for" where no organisation holds them together."""
    for index, part in () if _JOINS.isdisjoint(parts) else enumerate(parts):
        if part in _JOINS and index:
            if part == "&" or parts[index - 1] in lists.organisations:
                continue
            _read_name(run, parts[:index], offsets[:index], before, lists, mentions)
            rest = index + 1
            if rest < len(parts) and parts[rest] == "the":
                rest += 1
            if rest < len(parts) - 2 and parts[rest] == "State":  # Secretary of State John Kerry
                rest += 1
            if rest < len(parts):
                _read_name(
                    run,
                    parts[rest:],
                    offsets[rest:],
                    "the" if parts[rest - 1] == "the" else "",
                    lists,
                    mentions,
                )
            return
    # Everything up to the last title belongs to the title: "Florida Gov. Jeb Bush".
    titled = 0
    for index in () if lists.titles_dotted.isdisjoint(parts) else range(len(parts) - 1):
        if (
            parts[index].rstrip(".") in lists.titles
            and parts[index + 1] not in _SUFFIXES
            and (parts[index + 1].rstrip(".") not in lists.organisations)
        ):
            titled = index + 1
    if (
        not titled
        and len(parts) > 2
        and parts[0] in lists.demonyms_or_openers
        and (parts[1] in lists.men or parts[1] in lists.women)
    ):
        titled = 1
    name = parts[titled:]
    if len(name) == 1 and name[0].rstrip(".") in lists.titles and name[0] not in lists.organisations:
        return
    last = name[-1]
    if last[-1] == "." and len(last) > 2 and last.count(".") == 1 and last not in _SUFFIXES:
        name[-1] = last.rstrip(".")
    low = offsets[titled]
    high = offsets[-1] + len(name[-1])
    spelled = run[low:high]
    title = " ".join(parts[:titled])
    kind = _kind(before if not titled else "", name, spelled, title, lists)
    mentions.append(Mention(low, high, kind, spelled, title, fold(spelled)))


def _kind(before: str, name: list[str], spelled: str, title: str, lists: NameLists) -> Kind:
    """Tell what a name names, by its words and by what stands before it."""
    first, last = name[0], name[-1]
    if len(name) == 1:
        if first in lists.times:
            return Kind.TIME
        if first in lists.agencies:
            return Kind.AGENCY
        if first in lists.demonyms:
            return Kind.PEOPLE
        if title:
            return Kind.SURNAME
        if first in lists.place_words:
            return Kind.PLACE
        if first in lists.organisations or (len(first) > 1 and first.isupper()):
            return Kind.ORGANISATION
        if before == "the":
            return Kind.ORGANISATION
        if before == "in":
            return Kind.PLACE
        return Kind.UNKNOWN
    if spelled in lists.agencies:
        return Kind.AGENCY
    if spelled in lists.places or spelled.rstrip(".") in lists.places:
        return Kind.PLACE
    known_given = first in lists.men or first in lists.women
    if (
        not lists.organisations.isdisjoint(name)
        and not (known_given and last not in lists.organisations)
        and not (
            known_given
            and len(name) == 2
            and (last in ("House", "Church", "Hill", "Park", "Hall", "Cook", "Brook"))
        )
    ):
        return Kind.ORGANISATION
    if not _JOINS.isdisjoint(name):
        return Kind.ORGANISATION
    if first in lists.demonyms or (last in lists.demonyms and not known_given):
        return Kind.PEOPLE
    if last in lists.times or (first in lists.times and not known_given):
        return Kind.TIME
    if not known_given:
        if last in lists.place_words and (first in lists.place_words or len(name) > 2):
            return Kind.PLACE
        if before == "the":
            return Kind.ORGANISATION
        if all(len(word) > 1 and word.isupper() for word in name):
            return Kind.UNKNOWN  # a headline in capitals
        if first in lists.place_words:
            return Kind.PLACE
        if len(name) > 4:
            return Kind.UNKNOWN  # a headline in title case
    return Kind.PERSON


def surname_of(key: str) -> str:
    """Return the last word of a full name, leaving out "Jr." and the like."""
    parts = key.split(" ")
    while len(parts) > 1 and parts[-1] in _SUFFIXES:
        parts.pop()
    return parts[-1]
