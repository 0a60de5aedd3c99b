"""Articles to time: real ones from a data folder, or made here from a small grammar of news prose."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

_PEOPLE = [
    "Anna Berger",
    "Paulo Mendes",
    "Ruth Okafor",
    "Ivan Sidorov",
    "Claire Dubois",
    "Marek Nowak",
    "Lena Holm",
    "Omar Haddad",
    "Grace Kim",
    "Tomas Varga",
    "Nina Rossi",
    "Peter Lindqvist",
]
_ROLES = [
    "finance minister",
    "mayor",
    "spokeswoman",
    "historian",
    "union leader",
    "engineer",
    "head of the agency",
    "farmer",
]
_PLACES = ["Lisbon", "Oslo", "Nairobi", "Krakow", "Quito", "Tallinn", "Leeds", "Hamburg", "Manila", "Toronto"]
_THINGS = [
    "the new bridge",
    "a tax on imported grain",
    "the railway strike",
    "the vaccination campaign",
    "the port extension",
    "a plan for cheaper rents",
    "the drought",
    "the school reform",
    "the fishing quota",
    "last week's storm",
]
_CLAIMS = [
    "would cost more than expected",
    "had been delayed by a year",
    "was supported by most residents",
    "could not be explained by the figures",
    "needed a second vote",
    "had surprised everybody in the town hall",
]
_RESIDUE = [
    "Share",
    "Tweet",
    "Advertisement",
    "Read more",
    "Sign up for our newsletter",
    "Follow us on Twitter",
    "Comments",
    "Most read",
    "Related articles",
    "Cookie policy",
]
_GARBLE = (
    "In this year it are other 20 cities, as Reuters he reported.",
    "Since six months the works of the the bridge are stopped, has declared the mayor.",
    "The 7,5 % of the persons is up to pay.",
)
_MOJIBAKE = "The mayorâ€™s office didnâ€™t answer."


def _sentence(random_: random.Random) -> str:
    person, role = random_.choice(_PEOPLE), random_.choice(_ROLES)
    thing, claim, place = random_.choice(_THINGS), random_.choice(_CLAIMS), random_.choice(_PLACES)
    number = random_.randrange(2, 900)
    return random_.choice(
        (
            f"In {place}, {person}, a {role}, said that {thing} {claim}.",
            f"“We have seen {number} people asking about {thing},” said {person}, adding that it {claim}.",
            f"According to a report published in {place}, {thing} {claim}, while {number} households were not counted.",
            f"{thing.capitalize()} {claim}, and the {role} did not rule out that {place} would follow within {number} days.",
            f'"There is no doubt that {thing} {claim}," {person.split()[-1]} told reporters on Tuesday.',
        )
    )


def article(seed: int, *, size: int = 3000, residue: bool = False, one_line: bool = False) -> str:
    """Make an article of about ``size`` code points; the same seed gives the same text."""
    random_ = random.Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < size:
        paragraph = " ".join(_sentence(random_) for _ in range(random_.randrange(2, 6)))
        if residue and random_.random() < 0.1:
            paragraph += " " + random_.choice((*_GARBLE, _MOJIBAKE))
        paragraphs.append(paragraph)
        length += len(paragraph) + 2
    if residue:
        paragraphs[:0] = random_.sample(_RESIDUE, 2)
        paragraphs += random_.sample(_RESIDUE, 2)
    return (" " if one_line else "\n\n").join(paragraphs)


def made(count: int, *, residue: bool = False) -> list[str]:
    """Make ``count`` articles of 1 to 6 KB."""
    return [article(seed, size=1000 + seed * 137 % 5000, residue=residue) for seed in range(count)]


def real(data: Path, *, residue: bool = False) -> list[str]:
    """Read real articles: clean news, or articles with residue, of a data folder (see ``--data``)."""
    name = "boilerplate.jsonl.gz" if residue else "phrasing_human.jsonl.gz"
    with gzip.open(data / name, "rt", encoding="utf-8") as rows:
        records = [json.loads(row) for row in rows]
    return [r["text"] for r in records if residue or r["source"] in ("newstest", "aeb")]
