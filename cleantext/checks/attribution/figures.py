"""The people of an article who may be the right speaker somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from cleantext.checks.attribution.offices import Offices, Term, is_given
from cleantext.checks.attribution.sites import Site
from cleantext.checks.attribution.uses import ends_a_full_name
from cleantext.document.names import Kind, Mention, Names


class Figure(NamedTuple):
    """Somebody whom an article names: introduced by full name, or by surname again and again.

    ``mentions`` and ``speaks`` are code points where the name stands, and where it
    stands beside a cue. ``terms`` are what the office table has of that person.
    """

    key: str
    surname: str
    name: str
    gender: str
    introduced: bool
    mentions: tuple[int, ...]
    speaks: tuple[int, ...]
    terms: tuple[Term, ...]


def find_figures(names: Names, sites: tuple[Site, ...], offices: Offices) -> tuple[Figure, ...]:
    """Find everybody: whom the article introduces, and who is named by surname again and again."""
    spoken: dict[str, list[int]] = {}
    for site in sites:
        spoken.setdefault(site.mention.key.rpartition(" ")[2], []).append(site.mention.start)
    found = []
    for key, persons in names.by_surname.items():
        for person in persons:
            speaks = spoken.get(key, [])
            if len(persons) > 1:
                own = {span.start for span in person.mentions}
                speaks = [at for at in speaks if at in own]
            found.append(
                Figure(
                    key,
                    person.surname,
                    person.name,
                    person.gender,
                    True,
                    tuple(span.start for span in person.mentions),
                    tuple(speaks),
                    offices.borne(person.surname, person.given),
                )
            )
    found += _by_surname_only(names, spoken, offices)
    return tuple(found)


def _by_surname_only(names: Names, spoken: Mapping[str, list[int]], offices: Offices) -> Iterator[Figure]:
    """People named by surname again and again, or in full where the name scan read a longer name."""
    full_names = {mention.key.rpartition(" ")[2] for mention in names.mentions if ends_a_full_name(mention)}
    by_key: dict[str, list[Mention]] = {}
    full: dict[str, str] = {}
    for mention in names.mentions:
        key = mention.key.rpartition(" ")[2]
        if key in names.by_surname:
            continue
        if " " not in mention.text:
            if mention.kind in (Kind.SURNAME, Kind.UNKNOWN):
                by_key.setdefault(key, []).append(mention)
        elif key in full_names and mention.kind is not Kind.PERSON:
            full.setdefault(key, " ".join(mention.text.split(" ")[-2:]))
            by_key.setdefault(key, []).append(mention)
    for key, mentions in by_key.items():
        titles = " ".join(mention.title for mention in mentions).lower()
        name = full.get(key, "")
        if len(mentions) < 2 and not titles and not name:
            continue
        terms = tuple(
            term
            for term in offices.bearers(key)
            if (is_given(term, name.partition(" ")[0]) if name else len(mentions) > 1)
            or any(title.rpartition(" ")[2] in titles for title in term.titles)
        )
        speaks = spoken.get(key, [])
        if terms or speaks:
            surname = mentions[0].text.rpartition(" ")[2]
            yield Figure(
                key,
                surname,
                name or surname,
                "",
                bool(name),
                tuple(mention.end - len(surname) for mention in mentions),
                tuple(speaks),
                terms,
            )
