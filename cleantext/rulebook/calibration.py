"""Confidence that was measured: counts per rule on labelled data, turned into a probability.

``rules/calibration.toml`` is written by ``benchmarks/translation/calibrate.py``. A rule's
record is kept apart by how the article reads, because the same pattern that is right
in raw machine translation is wrong in good prose.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from cleantext.finding import Applicability
from cleantext.rulebook.card import Band, Card
from cleantext.rulebook.reading import Read

PRIOR_WEIGHT = 4.0
"""Cases that the prior is worth."""
PRIOR: Mapping[Applicability, float] = {
    Applicability.SAFE: 0.97,
    Applicability.REVIEW: 0.6,
    Applicability.DISPLAY: 0.5,
}
SAFE_BOUND = 0.9
"""The lower bound of measured precision under which no finding stays ``safe``."""


class Record(msgspec.Struct, frozen=True):
    """How often a rule's edit helped, changed nothing that counts, or harmed; and fires on clean human text.

    ``right`` and ``wrong`` are the counts that precision rests on: ``wrong`` holds
    harmed cases and those fires on human text that nobody would defend.
    """

    improved: int = 0
    neutral: int = 0
    harmed: int = 0
    human: int = 0

    @property
    def right(self) -> int:
        """Cases that speak for the rule."""
        return self.improved

    @property
    def wrong(self) -> int:
        """Cases that speak against it."""
        return self.harmed + self.human


Records = Mapping[str, Mapping[Band, Record]]


@cache
def load_records(path: Path) -> Records:
    """Read a calibration file; an absent one holds no record.

    Encoding rules have none: a reference translation says nothing of an entity or of
    mojibake, whose record is that of ftfy's own cases.
    """
    if not path.is_file():
        return {}
    raw = tomllib.loads(path.read_text("utf-8"))
    return {
        rule: {band: Record(*counts) for band, counts in bands.items()}
        for rule, bands in raw.get("rules", {}).items()
        if not rule.startswith("EN")
    }


def pooled(bands: Mapping[Band, Record]) -> Record:
    """Add up a rule's records over all bands."""
    return Record(
        improved=sum(r.improved for r in bands.values()),
        neutral=sum(r.neutral for r in bands.values()),
        harmed=sum(r.harmed for r in bands.values()),
        human=sum(r.human for r in bands.values()),
    )


def posterior(prior: float, record: Record, weight: float = PRIOR_WEIGHT) -> float:
    """Mean of the Beta posterior: a probability."""
    return (prior * weight + record.right) / (weight + record.right + record.wrong)


def lower_bound(prior: float, record: Record, weight: float = PRIOR_WEIGHT, z: float = 1.645) -> float:
    """One-sided 95 % lower bound of the Beta posterior, by its normal approximation, not below 0."""
    n = weight + record.right + record.wrong
    mean = posterior(prior, record, weight)
    return max(0.0, mean - z * math.sqrt(mean * (1 - mean) / (n + 1)))


SHIFT: Mapping[Band, float] = {"human": -4.5, "unsure": -0.9, "garbled": 0.0}
"""How much worse rules that lean on garble do, all together, than in garbled text: in log-odds, over the
development data. In articles that read human 26 of their edits helped, 24 harmed and 121 stood on human news."""


UNHEARD = 0.3
"""The most that a rule for garbled articles alone believes elsewhere: under the level at which findings are shown."""


def confidences(card: Card, bands: Mapping[Band, Record], read: Read | None = None) -> Mapping[Band, float]:
    """Return a card's confidence for each way an article can read.

    Where readers judged the rule's family, their verdicts decide, and of the record only how often it fires on human
    news: nearness to a reference says nothing of faults. Elsewhere the prior is pulled towards the rule's pooled
    record. For a card that leans on garble it is then shifted by what such rules are worth in articles that read so,
    and pulled towards the rule's own record in them.
    """
    if read is not None:
        # Blanks and marks are wrong in good prose, too: there the readers decide alone.
        told = card.category == "translation"
        bands = {band: Record(human=record.human) for band, record in bands.items()} if told else {}
        prior = read.share(card.confidence)
    else:
        prior = card.confidence if card.confidence is not None else PRIOR[card.applicability]
    # Fires on human news that nobody read count against a rule that speaks everywhere; for one that leans on garble
    # they say what it is worth there.
    counted = bands if read is None or not card.leans_on_garble else {}
    everywhere = posterior(prior, pooled(counted)) if counted else prior
    if not card.leans_on_garble:
        return {"human": everywhere, "unsure": everywhere, "garbled": everywhere}
    sure = {
        band: posterior(_shifted(everywhere, shift), bands.get(band, Record()))
        for band, shift in SHIFT.items()
    }
    return (
        {b: p if b == "garbled" else min(p, UNHEARD) for b, p in sure.items()} if card.garbled_only else sure
    )


def _shifted(probability: float, shift: float) -> float:
    odds = probability / (1 - min(probability, 0.999)) * math.exp(shift)
    return odds / (1 + odds)
