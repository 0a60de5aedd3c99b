"""A speaker whom nobody introduces: who is one, and whether the name is only misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleantext.checks.attribution.introductions import is_introduced
from cleantext.checks.attribution.offices import surname_key
from cleantext.checks.attribution.rivals import MANNERED
from cleantext.checks.attribution.sites import Site
from cleantext.checks.attribution.uses import NameUses
from cleantext.document.names import Person, fold
from cleantext.document.runs import surname_of
from cleantext.document.words import words

PEERS = frozenset(
    [
        "Lord",
        "Lady",
        "Sir",
        "Dame",
        "Baroness",
        "Baron",
        "Judge",
        "Justice",
        "Prince",
        "Princess",
        "King",
        "Queen",
        "Pope",
    ]
)
_GOES_ON = re.compile(r" (?:and|&) [A-Z]|, [A-Z][\w-]+ [A-Z]")
_ABBREVIATED = re.compile(r"\. [A-Z]")
_JOINED = re.compile(r"[A-Z][\w-]+ (?:and|&) \Z")
PLACE_BEFORE = re.compile(r"\b(?:in|of|at|from|near) [A-Z][\w-]+, \Z")


# "Dismal reports from the retail trade": the cue is a noun.
_NOUNS_TOO = frozenset(
    ["reports", "points", "comments", "claims", "notes", "remarks", "answers", "promises", "posts"]
)
_NO_NAMES = frozenset(
    ["Mine", "Yours", "Ours", "Theirs", "Correction", "Editor", "None", "Nobody", "Everybody"]
)


def is_orphan(uses: NameUses, site: Site) -> bool:
    """Whether a one-word speaker is nobody whom the article introduces, nor a part of anybody's name."""
    mention = site.mention
    key = mention.key
    title = uses.document.article.title
    return (
        site.one_word
        and (not site.thing or mention.title.rstrip(".") in MANNERED)
        and key not in uses.names.by_surname
        and key not in uses.in_people
        and key not in uses.full_names
        and not uses.is_called_thing(key)
        and mention.text not in _NO_NAMES
        and mention.title.rpartition(" ")[2].rstrip(".") not in PEERS
        and not (title and mention.text in title)
        and not _is_part(uses.text, site)
        and not (mention.text in words("attribution-titles") and follows_a_given_name(uses, mention.text))
        and not is_introduced(uses, site)
    )


def _is_part(text: str, site: Site) -> bool:
    """Whether a longer name, which the name scan cut, goes on beside the word."""
    after = text[site.end : site.end + 8]
    if after.startswith(("'s", "’s")) or _GOES_ON.match(after) is not None:
        return True
    if not site.mention.title and site.side == "after":
        if "-" in site.mention.text and site.mention.text.rpartition("-")[2][:1].islower():
            return True  # "Three-quarters said"
        if text[site.cue.start : site.cue.end] in _NOUNS_TOO:
            return True
    if site.side == "before" and len(site.mention.text) <= 4 and _ABBREVIATED.match(after) is not None:
        return True
    before = text[max(0, site.start - 40) : site.start]
    if _JOINED.search(before) is not None:
        return True
    return not site.mention.title and PLACE_BEFORE.search(before) is not None


def follows_a_given_name(uses: NameUses, name: str) -> bool:
    """Whether a surname that is a title too, passed over by the name scan, has a given name before it somewhere."""
    return any(
        given not in words("attribution-titles") and given not in ("The", "A")
        for given in uses.words_before(name)
    )


def nearest_spelling(people: Iterable[Person], key: str) -> Person | None:
    """Return the introduced person whose surname is spelt almost like a name: a letter lost, added, changed or turned."""
    if len(key) < 4:
        return None
    folded = surname_key(key)
    best: tuple[int, Person] | None = None
    for person in people:
        edits = _apart(folded, surname_key(surname_of(fold(person.name))))
        if edits is not None and (best is None or edits < best[0]):
            best = (edits, person)
    return best[1] if best else None


def is_near_spelling(words_: Iterable[str], key: str) -> bool:
    """Whether one of these words is spelt almost like a name."""
    folded = surname_key(key)
    first, size = folded[:1], len(folded)
    return size > 3 and any(
        fold(word) != key and _apart(folded, surname_key(word)) is not None
        for word in words_
        # Nearly all other words differ in what `_edits` asks first.
        if not word.isascii() or (word[0].lower() == first and -3 < len(word) - size < 3)
    )


def _apart(one: str, other: str) -> int | None:
    """Return the letters that one spelling is from another, both folded; None where they are two names."""
    # "The Ebelings said": a family, or several of a kind.
    if len(other) < 4 or one == other + "s":
        return None
    edits = _edits(one, other)
    return edits if edits <= (1 if len(one) < 6 else 2) else None


def _edits(one: str, other: str) -> int:
    """Count the letters to lose, add, change or turn round; 3 where the two share too little to be looked at."""
    if abs(len(one) - len(other)) > 2 or one[0] != other[0] or len(one) > 40:
        return 3
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, facing in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != facing))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]
