"""Misattribution: one finding a speaker, from the strongest reason, with every other one as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleantext.checks import Hit
from cleantext.checks.attribution import reasons
from cleantext.checks.attribution.candidates import Suggestion, suggest
from cleantext.checks.attribution.context import AttributionContext, Day, is_near_spelling, nearest_spelling
from cleantext.checks.attribution.evidence import known_features, orphan_features, own_name, signs
from cleantext.checks.attribution.mentions import SpeakerMention
from cleantext.checks.attribution.offices import Term, offices, surname_key
from cleantext.checks.attribution.repetition import (
    Pair,
    find_echoes,
    may_echo,
    other_mouths,
    repeated_quotations,
)
from cleantext.checks.attribution.shared_offices import (
    Rivalry,
    family_name,
    is_excused,
    may_share_an_office,
    rivalries,
    standing,
    title_rival,
)
from cleantext.checks.attribution.suspects import find_suspects
from cleantext.checks.attribution.weighing import WITHOUT_OFFICE, models
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.names import Person, name_key
from cleantext.finding import Evidence, Fix, replace
from cleantext.rulebook import Card

NEVER_INTRODUCED = "AT001"
PREDECESSOR = "AT002"
DEAD_OR_NOT_YET = "AT003"
ANOTHERS_TITLE = "AT004"
SAME_WORDS = "AT005"
SPEAKS_OF_HIMSELF = "AT006"
NAME_VARIANT = "TY030"
DOES_NOT_FIT = "AT007"
CORPUS = "AT008"

MOST_STRANGERS = 30
MOST_TIMES = 8  # a name that stands more often is no slip
# Priors: no article of the training data has one quotation in two mouths by mistake. Of two that have it
# between people whom both the article introduces, neither was wrong, hence below what is shown unasked.
TWICE, TWICE_KNOWN = 0.55, 0.45
SUGGESTED = 3  # people whom a finding offers at most


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for every speaker who seems to be the wrong one; none is ever more than for review.

    Raises OfficeTableError for a broken table of the user's.
    """
    own_tables = configuration.attribution.offices
    if own_tables:
        offices(own_tables)  # a broken one is said whatever the article holds
    # A hit that is hidden by itself may still join one of the corpus.
    least = configuration.shown_from if document.corpus is None else 0.0
    hits: dict[int, Hit] = {}
    suspects = find_suspects(document, known=least <= WITHOUT_OFFICE)
    if suspects is not None:
        scene = AttributionContext(
            document, offices(own_tables), suspects.uses, models(configuration.attribution.prior)
        )
        few = (
            len(suspects.speakers) <= MOST_STRANGERS
        )  # of more asking costs more than it takes to read all attributions
        for site, stranger in suspects.speakers:
            if (few and not _may_matter(scene, site, least)) or not _speaks(scene, site):
                continue
            found = _stranger(scene, site, cards, least) if stranger else _known(scene, site, cards)
            if found is not None:
                hits[found.start] = found
    if SAME_WORDS in cards:
        for pair in repeated_quotations(document):
            hit = _twice(document, pair)
            if hit is not None and hit.start not in hits:
                hits[hit.start] = hit
    if CORPUS in cards and document.corpus is not None:
        for hit in other_mouths(document, CORPUS):
            known = hits.get(hit.start)
            hits[hit.start] = hit if known is None else _joined(known, hit)
    if hits:
        yield from _of_persons(
            document.text, _one_side(document.text, hits), configuration.attribution.no_persons
        )


def _of_persons(text: str, hits: Iterable[Hit], nobodies: Sequence[str]) -> Iterator[Hit]:
    """Leave out hits on names that the user says no person bears, and suggestions of such names."""
    if not nobodies:
        yield from hits
        return
    known = {name_key(name) for name in nobodies}
    for hit in hits:
        if name_key(text[hit.start : hit.end]) in known:
            continue
        fixes = tuple(fix for fix in hit.fixes if name_key(fix.edits[0].replacement) not in known)
        yield hit if len(fixes) == len(hit.fixes) else hit._replace(fixes=fixes)


def _may_matter(scene: AttributionContext, site: SpeakerMention, least: float) -> bool:
    """Whether a doubt may come to a finding of ``least`` confidence, as far as it can be told without knowing who speaks."""
    return (
        least <= WITHOUT_OFFICE
        or may_share_an_office(scene, site.mention.key)
        or (
            is_near_spelling(scene.last_names(surname_key(site.mention.key)[:1]), site.mention.key)
            and nearest_spelling(scene.people, site.mention.key) is not None
        )
        or may_echo(scene, site)
    )


def _speaks(scene: AttributionContext, site: SpeakerMention) -> bool:
    """Whether the attributions have a name speak by the cue beside it."""
    return (site.mention.start, site.cue.start) in scene.sites_beside


def _one_side(text: str, hits: Mapping[int, Hit]) -> Iterator[Hit]:
    """Leave out whoever a surer hit suggests: of a pair in doubt only one side is flagged."""
    suggested: dict[str, float] = {}
    for hit in hits.values():
        for fix in hit.fixes[:1]:
            name = fix.edits[0].replacement
            suggested[name] = max(suggested.get(name, 0.0), hit.confidence or 0.0)
    for hit in hits.values():
        if suggested.get(text[hit.start : hit.end], 0.0) <= (hit.confidence or 0.0):
            yield hit


def _joined(one: Hit, other: Hit) -> Hit:
    """Make one finding of two on the same speaker: the surer one, with the evidence of both."""
    first, second = (one, other) if (one.confidence or 0) >= (other.confidence or 0) else (other, one)
    more = tuple(piece for piece in second.evidence if piece not in first.evidence)
    return first._replace(evidence=first.evidence + more)


def _stranger(
    scene: AttributionContext, site: SpeakerMention, cards: Mapping[str, Card], least: float
) -> Hit | None:
    """A speaker whom nobody introduces; a bare hit where it cannot be as sure as ``least``."""
    # A text with so many strangers introduces nobody: a list, a play, a forum.
    if len(scene.strangers) > MOST_STRANGERS or scene.uses.count(site.mention.text) > MOST_TIMES:
        return None
    spelt = nearest_spelling(scene.people, site.mention.key)
    if spelt is not None:
        return _variant(scene, site, spelt) if NAME_VARIANT in cards else None
    shared = rivalries(scene, site)
    if is_excused(scene, site, shared):
        return None
    rule = next((rule for rule in _rules(scene, site, shared) if rule in cards), None)
    if rule is None:
        return None
    features = orphan_features(scene, site, shared)
    model = scene.models["orphan"]
    most = model.probability([*features, *model.best("echo=")])
    if most < least:  # whatever the echoes
        return Hit(rule, site.mention.start, site.end, confidence=most)
    echoes = find_echoes(scene, site)
    strengths = {key: echo.strength for key, echo in echoes.items()}
    if strengths:
        features.append(f"echo={max(strengths.values())}")
    confidence = model.probability(features)
    if not shared and max(strengths.values(), default=0) < 3:
        confidence *= WITHOUT_OFFICE
    people = suggest(scene, site, shared, strengths, scene.models["suggestion"])[:SUGGESTED]
    first = people[0].figure if people else None
    who = site.mention.text
    evidence = [reasons.place(scene, site.mention.start, site.end, "introduced nowhere in this article")]
    rivalry = next((r for r in shared if r.figure is first), shared[0] if shared else None)
    if rivalry is not None:
        message, more = reasons.about_office(scene, site, rivalry)
        evidence += more
    elif rule == DEAD_OR_NOT_YET:
        term = max(scene.offices.bearers(site.mention.key), key=lambda t: t.died)
        message = f"Nobody introduces {who} here, and {term.name} died on {reasons.written_day(term.died)}"
        evidence.append(reasons.row(term))
    else:
        message = f"Nobody introduces {who} in this article"
    if first is not None:
        if first.key in echoes:
            said, more = reasons.about_echo(scene, first, echoes[first.key])
            message += f"; {said}"
            evidence += more
        if rivalry is None or rivalry.figure is not first:
            message += f"; the speaker whom it knows is {first.name}"
            evidence.append(reasons.named(scene, first, "named here"))
    return Hit(
        rule,
        site.mention.start,
        site.end,
        _fixes(site, people, shared),
        confidence,
        None,
        tuple(evidence),
        message + ".",
    )


def _rules(scene: AttributionContext, site: SpeakerMention, shared: tuple[Rivalry, ...]) -> list[str]:
    """The rules that a stranger breaks, the most telling first."""
    found = []
    if title_rival(site, shared) is not None:
        found.append(ANOTHERS_TITLE)
    day = scene.day
    terms = scene.offices.bearers(site.mention.key)
    dead = bool(terms) and day is not None and day.given and all(t.died and t.died < day.first for t in terms)
    if dead or (shared and day is not None and day.given and _not_yet(shared[0], terms, day)):
        found.append(DEAD_OR_NOT_YET)
    if shared:
        found.append(PREDECESSOR)
    found.append(NEVER_INTRODUCED)
    return found


def _not_yet(rivalry: Rivalry, terms: tuple[Term, ...], day: Day) -> bool:
    """Whether a person's time was still to come: no other office of the table is held that day."""
    person = rivalry.term.person
    return rivalry.mine == "ahead" and not any(
        term.person == person and standing(term, day, unknown="in") == "in" for term in terms
    )


def _variant(scene: AttributionContext, site: SpeakerMention, person: Person) -> Hit:
    """A name that is spelt in two ways."""
    who = site.mention.text
    at = person.mentions[0]
    evidence = (reasons.place(scene, at.start, at.end, f"spelt {person.surname} here"),)
    message = f"{who} is spelt {person.surname} where {person.name} is introduced."
    # Which of the two is the slip, and whether one of them is a case of another language, nobody can tell from here.
    return Hit(NAME_VARIANT, site.mention.start, site.end, (), None, None, evidence, message)


def _known(scene: AttributionContext, site: SpeakerMention, cards: Mapping[str, Card]) -> Hit | None:
    """A speaker whom the article knows, in a place that does not fit."""
    echoes = find_echoes(scene, site)
    features = known_features(scene, site, echoes)
    himself = own_name(scene.uses, site)
    if site.mention.key not in scene.names.by_surname:
        rule = NEVER_INTRODUCED
    elif himself is not None and himself.how != "far":
        rule = SPEAKS_OF_HIMSELF
    elif max((echo.strength for echo in echoes.values()), default=0) > 1:
        rule = SAME_WORDS
    else:
        rule = DOES_NOT_FIT
    if rule not in cards:
        return None
    confidence = WITHOUT_OFFICE * scene.models["known"].probability(features)
    strengths = {key: echo.strength for key, echo in echoes.items()}
    people = suggest(scene, site, (), strengths, scene.models["suggestion"])[:SUGGESTED]
    who = site.mention.text
    evidence: list[Evidence] = []
    if rule == NEVER_INTRODUCED:
        message = f"{who} is no person in this article, only a part of another name"
        evidence.append(reasons.place(scene, site.mention.start, site.end, "the speaker"))
    elif rule == SPEAKS_OF_HIMSELF and himself is not None:
        message = f"{who} would speak of himself, or herself, by name"
        evidence.append(
            reasons.place(
                scene, himself.mention.start, himself.mention.end, "the same name in the same sentence"
            )
        )
    elif rule == DOES_NOT_FIT:
        message, more = reasons.about_place(scene, site, signs(scene, site))
        evidence += more
    else:
        key = max(echoes, key=lambda k: (echoes[k].strength, echoes[k].shared))
        figure = scene.figure_of.get(key)
        message = f"The words that {who} has here are another's in this article"
        if figure is not None:
            said, more = reasons.about_echo(scene, figure, echoes[key])
            message = f"{said[0].upper()}{said[1:]} as {who} here"
            evidence += more
    return Hit(
        rule,
        site.mention.start,
        site.end,
        _fixes(site, people),
        confidence,
        None,
        tuple(evidence),
        message + ".",
    )


def _twice(document: Document, pair: Pair) -> Hit | None:
    """One quotation that stands twice, with two speakers."""
    text = document.text
    assert pair.wrong.speaker is not None
    speaker = pair.wrong.speaker
    phrase = text[speaker.start : speaker.end].rstrip(" .,")
    start, end = speaker.start + phrase.rfind(" ") + 1, speaker.start + len(phrase)
    who = text[start:end]
    if not who[:1].isupper() or "'" in who or "’" in who or (pair.doubted is None and " " in phrase):
        return None
    evidence = tuple(
        Evidence(q.start, q.end, text[q.start : q.end], f"{name} says so")
        for q, name in ((pair.wrong, who), (pair.right, pair.speaker.name))
    )
    message = (
        f"The same words stand twice in this article: {who} has them here, {pair.speaker.name} elsewhere."
    )
    fix = replace(start, end, pair.speaker.surname)
    confidence = TWICE_KNOWN if pair.doubted is not None else TWICE
    return Hit(SAME_WORDS, start, end, (fix,), confidence, None, evidence, message)


def _fixes(
    site: SpeakerMention, people: tuple[Suggestion, ...], shared: tuple[Rivalry, ...] = ()
) -> tuple[Fix, ...]:
    """Put the suggested surnames in the speaker's place; titles and possessive endings stay as they are."""
    fixes: list[Fix] = []
    for suggestion in people:
        surname = family_name(suggestion.figure, shared)
        fix = replace(site.mention.start, site.end, _in_the_case_of(site.mention.text, surname))
        if fix not in fixes:
            fixes.append(fix)
    return tuple(fixes)


def _in_the_case_of(old: str, new: str) -> str:
    return new.upper() if len(old) > 1 and old.isupper() else new
