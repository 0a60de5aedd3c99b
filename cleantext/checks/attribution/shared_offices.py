"""Offices that a speaker and somebody else of the article have in common."""

from __future__ import annotations

from typing import NamedTuple

from cleantext.checks.attribution.context import AttributionContext, Day, PersonCandidate
from cleantext.checks.attribution.mention_index import gender_of
from cleantext.checks.attribution.mentions import SpeakerMention
from cleantext.checks.attribution.offices import Term, long_remembered, several_holders, surname_key
from cleantext.document.names import given_gender

# Whoever ran in a primary is no holder of anything: only a nominee is spoken of as one.
_CANDIDATES = "-candidate"
_RECENT = 4  # years for which a former holder of a long-remembered office is named without a word
# What makes another office of one: a vice president is no president.
_LESSER = frozenset(
    [
        "vice",
        "deputy",
        "assistant",
        "associate",
        "under",
        "former",
        "ex",
        "then",
        "acting",
        "interim",
        "shadow",
        "elect",
        "lieutenant",
    ]
)
HONORIFICS = frozenset(["Mr", "Mrs", "Ms", "Miss"])


class Rivalry(NamedTuple):
    """An office that the silent stranger and somebody of the article have in common.

    ``attested`` is where the article calls the rival by the office, or -1.
    ``mine`` and ``theirs`` say how the terms stand to the article's day: "in",
    "over", "ahead" or "unknown".
    """

    figure: PersonCandidate
    term: Term  # the stranger's
    rival: Term
    attested: int
    mine: str
    theirs: str

    @property
    def apart(self) -> int:
        """Years between the two terms; 0 where one follows the other or they overlap."""
        first, second = sorted((self.term, self.rival), key=lambda term: term.start)
        return max(0, int(second.start[:4]) - int((first.end or second.start)[:4]))


def rivalries(scene: AttributionContext, site: SpeakerMention) -> tuple[Rivalry, ...]:
    """Return the offices that a name shares with people of the article, the surest first."""
    key = site.mention.key
    own = surname_key(key)
    found = []
    day = scene.day
    gender = gender_of(site.mention.title)
    for term in scene.offices.bearers(key):
        if term.office.endswith(_CANDIDATES) or _contradict(gender, given_gender(term.given)):
            continue
        for figure, rival in scene.holders.get(term.office, ()):
            if rival.person == term.person or surname_key(figure.key) == own:
                continue
            attested = scene.attested(figure, rival)
            # Of a later day than the table's the article itself may tell.
            theirs = standing(rival, day, unknown="in" if attested >= 0 else "unknown")
            found.append(Rivalry(figure, term, rival, attested, standing(term, day, unknown="in"), theirs))
    found.sort(key=_strength, reverse=True)
    return tuple(found)


def family_name(figure: PersonCandidate, shared: tuple[Rivalry, ...]) -> str:
    """Return by which name somebody is called; what the table says where that stands first: "Ban" of Ban Ki-moon."""
    first, _, rest = figure.name.partition(" ")
    if any(r.figure is figure and (r.rival.family, r.rival.given) == (first, rest) for r in shared):
        return first
    return figure.surname


def may_share_an_office(scene: AttributionContext, key: str) -> bool:
    """Whether a word of the article may be the name of somebody who shares an office with a name; never False where one is."""
    own = {surname_key(key)}
    return any(scene.office_words.get(office, own) - own for office in scene.offices.held_by(key))


def _contradict(one: str, other: str) -> bool:
    """Whether two genders are known and differ: "Mr Smith" is no Jacqui Smith."""
    return bool(one and other and one != other)


def standing(term: Term, day: Day | None, *, unknown: str = "unknown") -> str:
    """Say how a term stands to the article's day.

    ``unknown`` is the answer where the term had no end when it was last heard of, before that day: "in" gives a speaker
    the benefit of the doubt.
    """
    if day is None:
        return "unknown"
    if term.holds(day.first, day.last):
        return "in"
    if term.open_before(day.first):
        return unknown
    return "over" if term.over(day.first) else "ahead"


def _strength(rivalry: Rivalry) -> tuple[int, int, int, int]:
    return (
        rivalry.figure.introduced,
        rivalry.theirs == "in",
        rivalry.attested >= 0,
        -(rivalry.mine == "in"),
    )


def is_excused(scene: AttributionContext, site: SpeakerMention, shared: tuple[Rivalry, ...]) -> bool:
    """Whether somebody needs no introduction: the title is enough ("Secretary Wolf"), or the office of the day is."""
    title = site.last_title
    if title and title not in HONORIFICS:
        return title_rival(site, shared) is None
    day = scene.day
    if day is None:
        return False
    terms = [term for term in scene.offices.bearers(site.mention.key) if is_famous(term)]
    if any(_recent(term, day) for term in terms):
        return True
    if not any(_held_throughout(term, day) for term in terms):
        return False
    often = scene.uses.alone.get(site.mention.key, 0) > 1
    return day.given or often or not any(r.attested >= 0 for r in shared)


def _held_throughout(term: Term, day: Day) -> bool:
    """Whether a term covers all the days that an article may be of, or may: where its date is told by offices these are many."""
    return standing(term, day, unknown="in") == "in" and (
        day.given or (term.start <= day.first and not term.over(day.last))
    )


def _recent(term: Term, day: Day) -> bool:
    """Whether a term ended only a few years before."""
    return (
        term.office in long_remembered()
        and term.over(day.first)
        and int(term.end[:4]) >= int(day.first[:4]) - _RECENT
    )


def title_rival(site: SpeakerMention, shared: tuple[Rivalry, ...]) -> Rivalry | None:
    """Return who has the better right to the title before a name: "President Chirac" where Hollande is in office."""
    title = site.mention.title.lower().rstrip(".")
    last = title.rpartition(" ")[2]
    if not title or last.capitalize() in HONORIFICS or not _LESSER.isdisjoint(title.split()[:-1]):
        return None
    for rivalry in shared:
        if (
            rivalry.theirs != "over"
            and rivalry.mine in ("over", "ahead")
            and rivalry.figure.introduced
            and any(name == last or name.endswith(" " + last) for name in rivalry.term.titles)
        ):
            return rivalry
    return None


def is_single(rivalry: Rivalry) -> bool:
    """Whether one person at a time holds the office that two have in common."""
    return not rivalry.term.several and rivalry.term.office not in several_holders()


def is_famous(term: Term) -> bool:
    """Whether an office is one whose holders newspapers name without a word of introduction."""
    return (
        "head of state" in term.titles
        or "prime minister" in term.titles
        or term.office.endswith(("-nominee", "-candidate"))
    )
