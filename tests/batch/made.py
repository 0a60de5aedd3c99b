"""Articles made for the tests: the same for the same seed, with faults that rules find, sites that repeat lines."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

FIRST = ["Marta", "Jonas", "Ilse", "Pavel", "Greta", "Tomas", "Nadia", "Henrik", "Luisa", "Viktor"]
LAST = ["Berg", "Novak", "Lindqvist", "Moreau", "Keller", "Santos", "Ferrari", "Okafor", "Petrov", "Hansen"]
PLACES = ["the harbour", "the old mill", "the northern valley", "the railway station", "the council house"]
THINGS = [
    "a new bridge",
    "the school roof",
    "the flood wall",
    "two reading rooms",
    "a tram line",
    "the water works",
]
ENDS = [
    "before winter",
    "without further delay",
    "for a third of the price",
    "as the plan had said",
    "next spring",
]
SITES = ["valley-courier.example", "harbour-post.example", "north-daily.example"]
RESIDUE = {
    "valley-courier.example": [
        "Share this article",
        "Valley Courier, all rights reserved",
        "Read more about the valley",
    ],
    "harbour-post.example": ["Sign up for our newsletter", "Click here for more news from the harbour"],
    "north-daily.example": ["more news", "Follow North Daily on Facebook"],
}


def sentence(chance: random.Random) -> str:
    """One sentence of running prose."""
    return (
        f"The builders at {chance.choice(PLACES)} said on {chance.choice(['Monday', 'Friday', 'Sunday'])} that "
        f"{chance.choice(THINGS)} would be finished {chance.choice(ENDS)}, "
        f"after {chance.randrange(2, 90)} weeks of work and {chance.randrange(2, 900)} letters from the town."
    )


def article(number: int, *, seed: int = 0) -> dict[str, Any]:
    """One article; about half have a fault."""
    chance = random.Random(f"{seed}:{number}")
    site = SITES[number % len(SITES)]
    speaker = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    paragraphs = [" ".join(sentence(chance) for _ in range(chance.randrange(2, 5))) for _ in range(3)]
    paragraphs.insert(
        1,
        f'"We will finish {chance.choice(THINGS)} {chance.choice(ENDS)}, whatever it costs the town," said {speaker}.',
    )
    if number % 4 == 1:
        paragraphs[0] += " The mayor has resigned, Reuters he reported."
    if number % 6 == 2:
        paragraphs[2] += " The cafÃ© at the corner stays open."
    if number % 5 == 3:
        paragraphs[2] += " It  was not  their fault ."
    residue = RESIDUE[site] if number % 2 else []
    return {
        "id": f"a{number}",
        "source": site,
        "date": f"2015-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "text": "\n\n".join([*paragraphs, *residue]) + "\n",
    }


def articles(count: int, *, seed: int = 0) -> Iterator[dict[str, Any]]:
    """That many articles."""
    return (article(number, seed=seed) for number in range(count))


def lines(count: int, *, seed: int = 0) -> bytes:
    """The same as JSON lines."""
    return b"".join(json.dumps(a, ensure_ascii=False).encode() + b"\n" for a in articles(count, seed=seed))
