"""Articles with one speaker put wrong, made from articles that are right: the training data of misattribution.

Three kinds, as in ``misattribution.jsonl.gz``: ``office``, another holder of an
office that the speaker holds by the table, not named in the article;
``unrelated``, somebody who has nothing to do with it; ``same``, another person of
the article. Nothing here is shipped.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleantext.article import Article
from cleantext.checks.attribution.context import AttributionContext
from cleantext.checks.attribution.offices import Offices, Term, several_holders, surname_key
from cleantext.document import Document
from cleantext.document.names import Kind

THINGS = (Kind.PLACE, Kind.ORGANISATION, Kind.PEOPLE)


class Case(NamedTuple):
    """An article, where its wrong name stands (-1 in an untouched one), and the name that was there."""

    group: str
    source: str
    text: str
    date: str | None
    start: int = -1
    end: int = -1
    kind: str = ""
    right: str = ""
    wrong: str = ""
    office: str = ""
    own: bool = True  # made here, not part of the benchmark
    attributions: int = 0


def load(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def group_of(text: str) -> str:
    """Return a key that an article and its copy with one name swapped share: the least hash of its long lines."""
    lines = [line for line in re.split(r"[\r\n]+|(?<=[.!?]) ", text) if len(line) > 50] or [text]
    return min(hashlib.md5(line.encode("utf-8", "surrogatepass")).hexdigest() for line in lines)


def articles(data: Path) -> Iterator[Case]:
    """Yield the benchmark's cases, then the untouched articles of the other files."""
    seen = set()
    for record in load(data / "misattribution.jsonl.gz"):
        group = group_of(record["text"])
        swaps = record["swaps"]
        seen.add(group)
        base = Case(
            group,
            record["src"],
            record["text"],
            record["date"],
            own=False,
            attributions=record.get("n_attr", 0),
        )
        if not swaps:
            yield base
        for swap in swaps:
            yield base._replace(
                start=swap["start"],
                end=swap["end"],
                kind=swap["kind"],
                right=swap["right"],
                wrong=swap["wrong"],
                office=swap["office"] or "",
            )
    for name in ("attribution", "phrasing_human"):
        for record in load(data / f"{name}.jsonl.gz"):
            group = group_of(record["text"])
            if group not in seen:
                seen.add(group)
                source = "polnear" if name == "attribution" else record["source"]
                yield Case(group, source, record["text"], record.get("date"), attributions=-1)


def neighbours(terms: tuple[Term, ...], office: str, offices: Offices) -> set[str]:
    """Return the surnames of those whose terms in an office touch one of these terms."""
    return {
        other.family
        for term in terms
        for other in offices.terms(office)
        if term.office == office
        and other.person != term.person
        and (other.end[:4] == term.start[:4] or other.start[:4] == term.end[:4] != "")
    }


FIRED = 15496 * 2.43 * 0.85
"""Speakers whom the articles of ``pressure_flagged`` stand for: those on which an earlier form fired, of 15,496
articles with 2.43 speakers each, seven eighths of which are in this half of the data."""


def clean_news(data: Path) -> Iterator[Case]:
    """Return the articles in which any flag is false: ``pressure`` at its natural rate, then ``pressure_flagged``."""
    for part in ("pressure", "pressure_flagged"):
        path = data / part / "misattribution.jsonl.gz"
        records = load(path) if path.exists() else []
        share = (
            FIRED / max(1, sum(record["n_attr"] for record in records)) if part == "pressure_flagged" else 1
        )
        for record in records:
            attributions = record["n_attr"] * share
            yield Case(
                group_of(record["text"]), f"{part}/{record['src']}", record["text"], record["date"],
                own=False, attributions=attributions,
            )  # fmt: skip


def swaps(case: Case, offices: Offices, strangers: list[str], rng: random.Random) -> Iterator[Case]:
    """Make wrong copies of an untouched article: up to two of each kind."""
    document = Document(Article(text=case.text, date=case.date))
    scene = AttributionContext(document, offices)
    sites = [site for site in scene.sites if site.side != "apart"]
    figures = {figure.key: figure for figure in scene.figures if figure.introduced}
    speaking = [
        site
        for site in sites
        if site.one_word and site.mention.key in figures and len(figures[site.mention.key].mentions) > 1
    ]
    if not speaking:
        return
    for kind in ("office", "unrelated", "same"):
        chosen = rng.sample(speaking, min(len(speaking), 6))
        made = 0
        for site in chosen:
            figure = figures[site.mention.key]
            options: list[tuple[str, str]] = []
            if kind == "office":
                for term in figure.terms:
                    day = scene.day
                    if (
                        day is not None
                        and day.given
                        and not (
                            term.start <= day.last
                            and (not term.end or term.end >= str(int(day.first[:4]) - 1))
                        )
                    ):
                        continue
                    near = [
                        other
                        for other in offices.terms(term.office)
                        if other.person != term.person
                        and abs(int(other.start[:4]) - int(term.start[:4])) <= 16
                        and not (day is not None and day.given and other.holds(day.first, day.last))
                    ]
                    options += [(other.family, term.office) for other in near]
            elif kind == "unrelated":
                options = [(name, "") for name in rng.sample(strangers, 5)]
            else:
                options = [(other.surname, "") for other in figures.values() if other.key != figure.key]
                if rng.random() < 0.2:  # a part of another name in the article, no person's
                    things = [m.text for m in document.names.mentions if m.kind in THINGS]
                    options = [(name.rpartition(" ")[2], "") for name in things] or options
            options = [
                (name, office)
                for name, office in options
                if re.fullmatch(r"[^\W\d_][\w’'-]+", name)
                and surname_key(name) != surname_key(figure.key)
                and (kind == "same" or not re.search(rf"\b{re.escape(name)}\b", case.text))
            ]
            if not options:
                continue
            # Holders of several offices would outvote the others.
            by_office = sorted({office for _, office in options})
            # Of an office with several seats a swap is seldom one of predecessor and successor.
            single = [office for office in by_office if office not in several_holders()]
            if single and rng.random() < 0.8:
                by_office = single
            office = rng.choice(by_office)
            names = sorted({name for name, its in options if its == office})
            # Who comes to mind in a holder's place is mostly whoever came before or after.
            beside = sorted(set(names).intersection(neighbours(figure.terms, office, offices)))
            wrong = rng.choice(beside if beside and rng.random() < 0.7 else names)
            start, end = site.mention.start, site.mention.end
            yield case._replace(
                text=case.text[:start] + wrong + case.text[end:],
                start=start,
                end=start + len(wrong),
                kind=kind,
                right=site.mention.text,
                wrong=wrong,
                office=office,
                own=True,
            )
            made += 1
            if made == (3 if kind == "office" else 1):
                break
