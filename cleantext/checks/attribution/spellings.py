"""Names that are spelt almost alike: a letter lost, added, changed or turned."""

from __future__ import annotations

from collections.abc import Iterable

from cleantext.checks.attribution.offices import surname_key
from cleantext.document.names import Person, fold
from cleantext.document.runs import surname_of


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


def is_near_spelling(spellings: Iterable[tuple[str, str]], key: str) -> bool:
    """Whether one of the words of an article is spelt almost like a name; they are given as `spelt_from` does."""
    folded = surname_key(key)
    return len(folded) > 3 and any(
        name != key and _apart(folded, spelt) is not None for name, spelt in spellings
    )


def spelt_from(words_: Iterable[str], letter: str) -> list[tuple[str, str]]:
    """Return the words that begin with a letter, without accents, each with the key that surnames are compared by.

    The first letter never differs between two spellings of a name.
    """
    found = []
    for word in words_:
        first = word[0]
        if first.lower() == letter or not first.isascii():
            spelt = surname_key(word)
            if len(spelt) > 3 and spelt[0] == letter:
                found.append((fold(word), spelt))
    return found


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
    # What both begin and end with takes no edit.
    first = 1
    while first < len(one) and first < len(other) and one[first] == other[first]:
        first += 1
    last = 0
    while last < min(len(one), len(other)) - first and one[-1 - last] == other[-1 - last]:
        last += 1
    one, other = one[first : len(one) - last], other[first : len(other) - last]
    # Each letter that the other does not have is lost, added or changed.
    if len(one) > 2 and len(set(one) - set(other)) > 2:
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
