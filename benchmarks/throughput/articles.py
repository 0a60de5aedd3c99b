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


_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_SPEECH = 0.25
"""Share of sentences in which somebody speaks, as in news."""


def _sentence(random_: random.Random, cast: dict[str, str], known: set[str]) -> str:
    """Make a sentence; who is not ``known`` yet is introduced by full name and role."""
    thing, claim, place = random_.choice(_THINGS), random_.choice(_CLAIMS), random_.choice(_PLACES)
    number, day = random_.randrange(2, 900), random_.choice(_DAYS)
    if random_.random() < _SPEECH:
        person = random_.choice(list(cast))
        if person not in known:
            known.add(person)
            return f"{person}, a {cast[person]} from {place}, said on {day} that {thing} {claim}."
        return random_.choice(
            (
                f"“We have seen {number} people asking about {thing},” said {person}, adding that it {claim}.",
                f'"There is no doubt that {thing} {claim}," {person.split()[-1]} told reporters on {day}.',
                f"{person.split()[-1]} said the {number} complaints would be read, one by one, before {day}.",
            )
        )
    return random_.choice(
        (
            f"But {thing} {claim}, a report out in {place} on {day} found, and {number} homes weren't counted at all.",
            f"{thing.capitalize()} {claim}, and few would bet against {place} going the same way within weeks.",
            f"Figures out on {day} show {number} families in {place} are still waiting to hear back.",
            f"Some of the cash came out of a ${number}m fund set up after the floods, and it's running dry.",
            f"Critics say {thing} {claim}, and that hardly anyone in {place} got a say before the vote.",
            f"For now the old rules stay put, and the {number} people whose jobs are on the line keep their contracts.",
            f"A second round of talks is due in {place} on {day}, though neither side sounds hopeful.",
            f"{place} tried much the same thing {number % 20 + 2} years ago, and lost by just {number} votes.",
            "Outside, a small crowd stood in the rain for hours while the council went through the papers.",
            f"Trains to {place} were held up for {number} minutes on {day} morning after a signal failed.",
            f"Prices rose by {number % 9} per cent over the year, more than in {place} but less than feared.",
        )
    )


def article(seed: int, *, size: int = 3000, residue: bool = False, one_line: bool = False) -> str:
    """Make an article of about ``size`` code points; the same seed gives the same text."""
    random_ = random.Random(seed)
    cast = {person: random_.choice(_ROLES) for person in random_.sample(_PEOPLE, 4)}
    known: set[str] = set()
    paragraphs: list[str] = []
    length = 0
    while length < size:
        paragraph = " ".join(_sentence(random_, cast, known) for _ in range(random_.randrange(2, 6)))
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
