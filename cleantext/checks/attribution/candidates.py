"""Whom the evidence points to: the people of an article, ranked for one speaker's place."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from cleantext.checks.attribution.context import AttributionContext, PersonCandidate
from cleantext.checks.attribution.mention_index import gender_of
from cleantext.checks.attribution.mentions import SpeakerMention
from cleantext.checks.attribution.personhood import person_step
from cleantext.checks.attribution.shared_offices import HONORIFICS, Rivalry, is_famous, is_single
from cleantext.checks.attribution.weighing import Model

_LEAST = 0.1  # person score of whom a finding may name: of names below it one in a hundred is a person's


class Suggestion(NamedTuple):
    """A person, the sum of weights that speaks for him or her, and the features behind it."""

    figure: PersonCandidate
    score: float
    features: tuple[str, ...]


def suggest(
    scene: AttributionContext,
    site: SpeakerMention,
    shared: tuple[Rivalry, ...],
    echoes: dict[str, int],
    model: Model,
) -> tuple[Suggestion, ...]:
    """Rank the people of the article, best first; the speaker's own name is left out.

    ``echoes`` are surnames' keys -> how strongly their own words repeat those at the site.
    """
    ranked = [
        Suggestion(figure, model.log_odds(features), tuple(features))
        for figure, features in candidates(scene, site, shared, echoes)
    ]
    ranked.sort(key=lambda s: (-s.score, s.figure.mentions[0]))
    return tuple(ranked)


def candidates(
    scene: AttributionContext, site: SpeakerMention, shared: tuple[Rivalry, ...], echoes: dict[str, int]
) -> list[tuple[PersonCandidate, list[str]]]:
    """Return everybody who might belong there, with what can be said of each."""
    own = site.mention.key
    scores = scene.person_scores
    pool = [figure for figure in scene.leading if figure.key != own and scores[figure.name] >= _LEAST]
    at = site.mention.start
    before, after = scene.speaker_before(at), scene.speaker_after(at)
    low, high = scene.uses.sentence(at)
    line = scene.document.line_at(at)
    last = max(((s, f.key) for f in pool for s in _around(f, at)[0]), default=(0, ""))[1]
    following = min(((s, f.key) for f in pool for s in _around(f, at)[1]), default=(0, ""))[1]
    busiest = max((len(f.mentions) for f in pool), default=0)
    title = site.last_title
    gender = gender_of(site.mention.title)
    found = []
    for figure in pool:
        features = [f"mentions={_bucket(len(figure.mentions))}", f"speaks={min(len(figure.speaks), 3)}"]
        features.append("introduced" if figure.introduced else "surname-only")
        features.append(person_step(scores[figure.name]))
        if len(figure.mentions) == busiest:
            features.append("busiest")
        if figure.key == before:
            features.append("spoke-last")
        if figure.key == after:
            features.append("speaks-next")
        if figure.key == last:
            features.append("named-last")
        if figure.key == following:
            features.append("named-next")
        if any(low <= start < high for start in figure.mentions):
            features.append("same-sentence")
        elif any(line.start <= start < line.end for start in figure.mentions):
            features.append("same-paragraph")
        if figure.mentions[0] > at:
            features.append("introduced-later")
        if title in HONORIFICS and figure.introduced:
            features.append("mannered")
        if figure.gender and gender and figure.gender != gender:
            features.append("other-gender")
        features += _office_features(figure, shared)
        if figure.key in echoes:
            features.append(f"echo={min(3, echoes[figure.key])}")
        found.append((figure, features))
    return found


def _around(figure: PersonCandidate, at: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    number = bisect_left(figure.mentions, at)
    return figure.mentions[number - 1 : number] if number else (), figure.mentions[number : number + 1]


def _bucket(count: int) -> str:
    return str(count) if count < 3 else "3-5" if count < 6 else "6+"


def _office_features(figure: PersonCandidate, shared: tuple[Rivalry, ...]) -> list[str]:
    own = [r for r in shared if r.figure is figure]
    if not own:
        return ["no-rival/called" if shared[0].attested >= 0 else "no-rival"] if shared else []
    found = ["office"]
    if shared[0].figure is figure:
        found.append("first-rival")
    if len({r.figure.key for r in shared}) == 1:
        found.append("only-rival")
    if len({r.term.office for r in own}) > 1:
        found.append("offices")
    if any(r.attested >= 0 for r in own):
        found.append("office-called")
    if any(is_single(r) for r in own):
        found.append("office-single")
    nearest, apart = min(r.apart for r in shared), min(r.apart for r in own)
    found.append("apart=0" if apart == 0 else "apart=1-8" if apart <= 8 else "apart=9+")
    if apart == nearest:
        found.append("nearest-term")
    if any(r.theirs == "in" and r.apart == nearest for r in own):
        found.append("nearest-holder")
    if any(is_famous(r.term) for r in own):
        found.append("office-famous")
    if any(r.theirs == "in" and r.mine != "in" for r in own):
        found.append("office-in")
    if all(r.theirs in ("over", "ahead") for r in own):
        found.append("office-out")
    return found
