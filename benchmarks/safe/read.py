"""Evidence by reading: verdicts on findings of a rule as it stands, in text that its author had not seen."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.safe.evidence import Judged
from benchmarks.verdicts.store import load, standing
from cleantext.finding import Applicability
from cleantext.rulebook import shipped

KINDS = {
    "MT030": "quotation marks",
    "MT031": "quotation marks",
    "MT012": "quotation marks",
    "MT110": "figures",
    "MT112": "figures",
    "MT114": "figures",
    "MT116": "figures",
    "MT188": "spelling",
    "TY001": "blanks",
    "TY002": "blanks",
    "TY003": "invisible characters",
    "EN001": "mojibake",
    "EN002": "entities",
    "EN003": "control characters",
}
"""The kind of each rule that wishes to be safe: what is mended in one way is right or wrong in one way."""
UNSEEN = ("sealed", "calibration")
"""How the parts of the data begin that no author of rules reads."""


def judged() -> Iterator[Judged]:
    """Yield each verdict that counts."""
    cards = {card.id: card for card in shipped() if card.applicability is Applicability.SAFE}
    for verdict in standing(load(), cards.values()):
        if verdict.drawn.startswith(UNSEEN) and verdict.rule in KINDS:
            where = f"{verdict.text}, unseen"
            yield Judged(
                verdict.rule, KINDS[verdict.rule], verdict.article, verdict.right, where, verdict.reader
            )
