"""How likely an indirect candidate is an attribution: a logistic model over what stands around the cue.

A candidate is described by two small keys: its cue (the word and its two
neighbours) and its place (the sort of speaker, how it was found, where the
content stands). Each key stands for a handful of features; the log-odds are the
sum of their weights. Keys recur all the time, so their sums are kept. The
weights come from ``benchmarks/attribution/train.py``.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from cleantext.document.cues import verbs
from cleantext.document.cueweights import Weights, read_weights

_MOOD = (
    "mood"  # an adjective ("is confident that"): no verb, and still common enough to be learnt word by word
)
_KEPT = 20_000  # sums kept of each key


class Cue(NamedTuple):
    """A cue as the model sees it: its sort, the word, and the shapes of the words after and before it."""

    sort: str  # "verb", "noun", "mood", "according" or "colon"
    word: str
    after: str
    before: str


class Place(NamedTuple):
    """A speaker as the model sees it, and how it stands to its cue."""

    kind: str
    found: str  # the subject's route
    route: str  # the word that decided it
    where: str  # the content stands "after" or "before"
    left: int  # words from the cue to the sentence's end, in four steps
    gap: int  # words from speaker to cue, in three steps
    length: int  # words of the speaker, at most seven
    negated: bool
    opens: bool  # the speaker opens the sentence
    within: str  # what the cue does, "says" or "thinks", where it stands in what somebody else says; else ""
    gate: str = ""  # what speaks against the candidate: "noun", "participle", "passive", "infinitive", "clause", "tells"
    sort: str = ""  # what the speaker is, as `tellers` says
    clause: bool = False  # a clause or quoted words follow the cue
    lead: str = ""  # the word before the speaker, or its looks


NO_PLACE = Place("", "", "", "", 0, 0, 0, False, False, "")


def cue_features(cue: Cue) -> tuple[str, ...]:
    """Return the names of a cue's features."""
    if cue.sort == "verb":
        verb = verbs()[cue.word]
        manner = "says" if verb.says else "thinks"
        return (
            f"cue={verb.lemma}",
            f"cue={verb.lemma}/{verb.form}",
            f"cue={verb.lemma}/{cue.after}",
            f"{manner}/{verb.form}",
            f"{manner}/next={cue.after}",
            f"next={cue.after}",
            f"prev={cue.before}",
            f"prev={cue.before}/{verb.form}",
        )
    if cue.sort == _MOOD:
        return (
            f"cue={cue.sort}",
            f"cue={cue.sort}/{cue.word}",
            f"cue={cue.sort}/{cue.word}/{cue.after}",
            f"{cue.sort}/next={cue.after}",
        )
    return (f"cue={cue.sort}", f"cue={cue.sort}/{cue.before}")


def place_features(place: Place, sort: str) -> tuple[str, ...]:
    """Return the names of a place's features, for one sort of cue."""
    if sort == _MOOD:
        return (
            f"{sort}/kind={place.kind}",
            f"{sort}/sort={place.sort}",
            f"{sort}/lead={place.lead}",
            f"{sort}/within={place.within}",
            f"{sort}/not={place.negated}",
        )
    if sort != "verb":
        return (f"{sort}/kind={place.kind}", f"{sort}/where={place.where}")
    features = [
        f"kind={place.kind}",
        f"kind={place.kind}/{place.found}",
        f"route={place.found}/{place.route}",
        f"where={place.where}",
        f"left={place.left}",
        f"gap={place.gap}",
        f"length={place.length}",
    ]
    if place.negated:
        features.append("not")
    if place.opens:
        features.append("opens")
    if place.within:
        features += [f"within/{place.within}", f"within/{place.within}/{place.kind}"]
    features += [
        f"sort={place.sort}",
        f"lead={place.lead}",
        f"lead={place.lead}/{place.sort}",
        f"lead={place.lead}/{place.found}",
    ]
    if place.gate:
        features += [f"gate={place.gate}", f"gate={place.gate}/{place.sort}"]
    if place.clause:
        features += ["clause", f"clause/{place.sort}"]
    return tuple(features)


class Plausibility:
    """The model with the sums it has worked out so far (bounded); the answers don't depend on them."""

    def __init__(self, weights: Weights) -> None:
        """Take the weights; nothing is summed yet."""
        self.weights = weights
        self._cues: dict[Cue, float] = {}
        self._places: dict[tuple[Place, str], float] = {}

    def cue(self, cue: Cue) -> float:
        """Return the log-odds of a cue alone, bias included."""
        known = self._cues.get(cue)
        if known is None:
            known = self.weights.bias + self._sum(cue_features(cue))
            if len(self._cues) < _KEPT:
                self._cues[cue] = known
        return known

    def place(self, place: Place, sort: str) -> float:
        """Return what a place adds."""
        known = self._places.get((place, sort))
        if known is None:
            known = self._sum(place_features(place, sort))
            if len(self._places) < _KEPT:
                self._places[place, sort] = known
        return known

    def _sum(self, features: tuple[str, ...]) -> float:
        return sum(self.weights.weights.get(feature, 0.0) for feature in features)


@cache
def plausibility() -> Plausibility:
    """Return the shipped model, read once."""
    return Plausibility(read_weights())
