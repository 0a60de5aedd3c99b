"""Whom an article calls "M.", as French does.

"M. Duval" is Mr Duval in a translation from French, and the initial of Maria Duval anywhere else. So the article has to
show which it is: by another French title, by two people with that one letter, or by a given name with another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleantext.document.mentions import Person

_TITLED = re.compile(r"(?<!\w)M\.[ \u00a0]([^\W\d_a-z][^\W\d_A-Z]{2,})")
_FRENCH = re.compile(r"\b(?:Mme|Mlle|Mmes|[Mm]onsieur|[Mm]adame)\b|\bMM\.")


def french_titled(text: str, people: Iterable[Person]) -> frozenset[str]:
    """Return the surnames before which "M." stands for "Monsieur"; none whose bearer's given name begins with M."""
    titled = set(_TITLED.findall(text))
    if not titled:
        return frozenset()
    given = {person.surname: person.given for person in people if person.given.strip("M. ")}
    titled -= {surname for surname in titled if given.get(surname, "").startswith("M")}
    if len(titled) > 1 or _FRENCH.search(text):
        return frozenset(titled)
    return frozenset(titled & given.keys())
