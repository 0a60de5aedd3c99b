"""What flows out of every rule: findings, with fixes made of edits."""

from __future__ import annotations

import enum
from collections.abc import Sequence

import msgspec


class Applicability(enum.StrEnum):
    """How a fix may be used.

    ``safe`` is applied without asking, ``review`` only where a person accepted it
    or asked for it, ``display`` offers no fix.
    """

    SAFE = "safe"
    REVIEW = "review"
    DISPLAY = "display"

    @property
    def words(self) -> str:
        """Say it for somebody who reads no documentation."""
        return _WORDS[self.value]


_WORDS = {"safe": "applied unasked", "review": "asks a person", "display": "nothing proposed"}


# What is frozen and made of what was there before can be in no circle, so the collector need not look: gc=False.


class Edit(msgspec.Struct, frozen=True, order=True, gc=False):
    """Replace code points ``start:end`` of the original text; ``""`` deletes."""

    start: int
    end: int
    replacement: str


class Fix(msgspec.Struct, frozen=True, gc=False):
    """Edits that are applied together or not at all; sorted, never overlapping."""

    edits: tuple[Edit, ...]

    @property
    def start(self) -> int:
        """The first code point that an edit touches."""
        return self.edits[0].start

    @property
    def end(self) -> int:
        """The point after the last code point that an edit touches."""
        return self.edits[-1].end


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """One piece of what speaks for a finding: a span of the article and a note.

    A piece that rests on no place in the text (a table row, a model's feature)
    has the empty span ``0:0``.
    """

    start: int
    end: int
    text: str
    note: str


class Original(msgspec.Struct, frozen=True, gc=False):
    """The place in an article's original that a finding of a translation is about, in its code points."""

    start: int
    end: int
    text: str


class Finding(msgspec.Struct, frozen=True, gc=False):
    """A span that a rule flags.

    ``confidence`` is the probability, 0 to 1, that the finding is right.
    ``fixes`` come best first; a ``display`` finding has none. ``fingerprint``
    says which occurrence this is, whatever else changed in the article
    (see :mod:`cleantext.fingerprint`); it is empty until the cleaner sets it.
    ``original`` is the place in the article's original, of a finding that compares both.
    ``held`` says why a fix that its rule would apply unasked waits for review here
    (see :mod:`cleantext.safe`); empty where it does not.
    """

    rule: str
    name: str
    category: str
    start: int
    end: int
    text: str
    message: str
    applicability: Applicability
    confidence: float
    fixes: tuple[Fix, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    fingerprint: str = ""
    original: Original | None = None
    held: str = ""

    @property
    def fix(self) -> Fix | None:
        """The best fix, if there is one."""
        return self.fixes[0] if self.fixes else None


def replace(start: int, end: int, replacement: str) -> Fix:
    """Return the fix that is this one edit."""
    return Fix((Edit(start, end, replacement),))


SEVERITY = {
    "detached": "critical",
    "number": "major",
    "date": "major",
    "missing": "major",
    "added": "major",
    "untranslated": "major",
    "name": "minor",
    "quotation": "minor",
}
"""How bad a finding against the original is, by the first word of its name, in the terms of MQM."""
_WEIGHT = {"critical": 25.0, "major": 5.0, "minor": 1.0}


def severities(findings: Sequence[Finding], words: int) -> dict[str, float]:
    """Return the findings against the original per 1,000 words by severity, each counted by its confidence.

    ``score`` joins them as MQM does: 25 for a critical one, 5 for a major, 1 for a minor;
    ``confidence`` is the mean confidence of what was counted, 1 where there is nothing.
    """
    counts = dict.fromkeys(_WEIGHT, 0.0)
    sure: list[float] = []
    for finding in findings:
        if finding.category == "fidelity":
            counts[SEVERITY.get(finding.name.partition("-")[0], "minor")] += finding.confidence
            sure.append(finding.confidence)
    rates = {severity: round(1000 * n / max(1, words), 3) for severity, n in counts.items()}
    rates["score"] = round(sum(_WEIGHT[severity] * rate for severity, rate in rates.items()), 3)
    rates["confidence"] = round(sum(sure) / len(sure), 3) if sure else 1.0
    return rates
