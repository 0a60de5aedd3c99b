"""The shipped numbers of the model of cues, see `plausibility`."""

from __future__ import annotations

import msgspec

from cleantext.rulefiles import rules_dir


class Weights(msgspec.Struct, frozen=True):
    """The shipped numbers: log-odds, and the thresholds from which a candidate stays."""

    bias: float
    keep_indirect: float
    keep_mixed: float  # where quotation marks stand in the content
    thought: float  # how much more a verb that says nothing by itself (to think, to want) must have
    least_cue: float  # below it, a cue is dropped before its speaker is looked for
    weights: dict[str, float]


def read_weights() -> Weights:
    """Read the shipped ones."""
    content = (rules_dir() / "attribution" / "plausibility.json").read_bytes()
    return msgspec.json.decode(content, type=Weights)
