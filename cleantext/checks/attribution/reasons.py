"""Reasons in plain words, each with the place it rests on."""

from __future__ import annotations

from bisect import bisect_left

from cleantext.checks.attribution.context import AttributionContext, PersonCandidate
from cleantext.checks.attribution.mentions import SpeakerMention
from cleantext.checks.attribution.offices import Term
from cleantext.checks.attribution.repetition import RepeatedWording
from cleantext.checks.attribution.shared_offices import Rivalry
from cleantext.finding import Evidence

_MONTHS = ["January", "February", "March", "April", "May", "June"]
_MONTHS += ["July", "August", "September", "October", "November", "December"]
_QUOTED = 160  # characters of a quotation that a note shows


def written_day(day: str) -> str:
    """Return an ISO day, month or year as people write it: "16 May 2007"."""
    parts = day.split("-")
    month = [_MONTHS[int(parts[1]) - 1]] if len(parts) > 1 and 1 <= int(parts[1]) <= 12 else []
    number = [str(int(parts[2]))] if len(parts) > 2 else []
    return " ".join([*number, *month, parts[0]])


def tenure(term: Term, *, over: bool) -> str:
    """Say who held what until or since when: "Jacques Chirac was President of France until 16 May 2007".

    Of a term without an end no more is said than is known: that it ran on the day on which it was last heard of.
    """
    office = f"acting {term.title}" if term.acting else term.title
    start = written_day(term.start)
    if term.seen:
        known = f"at least until {written_day(term.seen)}" if term.seen > term.start else "on"
        return f"{term.name} was {office} from {start} {known}"
    if not term.end:
        return f"{term.name} has been {office} since {start}"
    if over:
        return f"{term.name} was {office} until {written_day(term.end)}"
    return f"{term.name} was {office} from {start} to {written_day(term.end)}"


def row(term: Term) -> Evidence:
    """Return a row of the office table as a piece of evidence; it stands nowhere in the text."""
    died = f"; died {written_day(term.died)}" if term.died else ""
    return Evidence(0, 0, "", f"Office table: {tenure(term, over=False)}{died}.")


def place(scene: AttributionContext, start: int, end: int, note: str) -> Evidence:
    """Return a stretch of the article as a piece of evidence."""
    return Evidence(start, end, scene.text[start:end], note)


def named(scene: AttributionContext, figure: PersonCandidate, note: str, at: int = -1) -> Evidence:
    """Point to where the article names somebody: where it first does, or the mention at a code point."""
    start = at if at >= 0 else figure.mentions[0]
    number = bisect_left(scene.mention_starts, start)
    mentions = scene.names.mentions
    known = number < len(mentions) and mentions[number].start == start
    end = mentions[number].end if known else start + len(figure.surname)
    return place(scene, start, end, note)


def quoted(scene: AttributionContext, start: int, end: int) -> str:
    """Return a stretch of the article in a note, shortened, on one line."""
    words = " ".join(scene.text[start : min(end, start + 4 * _QUOTED)].split())
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"


def about_office(
    scene: AttributionContext, site: SpeakerMention, rivalry: Rivalry
) -> tuple[str, list[Evidence]]:
    """Say that the office is another's in this article."""
    term, rival, figure = rivalry.term, rivalry.rival, rivalry.figure
    who = site.mention.text
    if rivalry.mine == "ahead":
        first = f"{term.name} became {term.title} only on {written_day(term.start)}"
    elif rivalry.mine == "over" or term.end:
        first = tenure(term, over=True)
    else:
        first = tenure(term, over=False)
    second = (
        f"the article's {rival.title} is {figure.name}"
        if rivalry.attested >= 0
        else f"the article names {figure.name}, who held the same office"
    )
    evidence = [row(term), row(rival)]
    if rivalry.attested >= 0:
        evidence.append(named(scene, figure, f"{rival.title} here", rivalry.attested))
    else:
        evidence.append(named(scene, figure, "named here"))
    return f"Nobody introduces {who} here: {first}, and {second}", evidence


def about_echo(
    scene: AttributionContext, figure: PersonCandidate, echo: RepeatedWording
) -> tuple[str, list[Evidence]]:
    """Say that somebody else uses the same words."""
    return (
        f"{figure.surname} says much the same elsewhere in it",
        [
            place(
                scene, echo.here.start, echo.here.end, f"“{quoted(scene, echo.here.start, echo.here.end)}”"
            ),
            place(
                scene,
                echo.there.start,
                echo.there.end,
                f"{figure.name} in the same words: “{quoted(scene, echo.there.start, echo.there.end)}”",
            ),
        ],
    )


def about_place(
    scene: AttributionContext, site: SpeakerMention, signs: list[str]
) -> tuple[str, list[Evidence]]:
    """Say why a person whom the article knows does not fit where he or she speaks."""
    who = site.mention.text
    key = site.mention.key
    persons = scene.names.by_surname.get(key, ())
    evidence = []
    if persons:
        span = persons[0].mentions[0]
        evidence.append(place(scene, span.start, span.end, "named here"))
    if "title-gender" in signs or "two-titles" in signs:
        evidence.append(place(scene, site.start, site.end, "the title of somebody else"))
        return f"The title before {who} is not the one that {who} has in this article", evidence
    if "pronoun-alone" in signs or "pronoun" in signs:
        evidence.append(
            place(scene, site.cue.end, min(len(scene.text), site.cue.end + 8), "the pronoun that follows")
        )
        return f"The pronoun after {who} is not {who}'s, and nobody else near it may be meant", evidence
    return f"{who} speaks before the article introduces {persons[0].name if persons else who}", evidence
