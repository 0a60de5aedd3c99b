"""The command line as a list of words, and whether there is time for all cases."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

RULES = """
category = "typography"

[[rule]]
id = "ZZ001"
name = "doubled-town"
summary = "The town stands twice"
why = "made for tests"
pattern = 'the town the town'
fix = 'the town'
applicability = "safe"
confidence = 0.99
[[rule.examples]]
bad = 'They left the town the town.'
good = 'They left the town.'
[[rule.near-misses]]
text = 'the town, the town hall'

[[rule]]
id = "ZZ002"
name = "teh"
summary = "The article is mistyped"
why = "made for tests"
pattern = '\\bteh\\b'
fix = 'the'
applicability = "review"
confidence = 0.7
[[rule.examples]]
bad = 'In teh end.'
good = 'In the end.'
[[rule.near-misses]]
text = 'In the end.'
"""

BAD = "They left the town the town on Monday, and teh mayor with it."
GOOD = "They left the town on Monday, and teh mayor with it."

TORTURE = os.environ.get("HYPOTHESIS_PROFILE") == "torture"
"""All cases (`make torture`); otherwise every test has a few."""


def some(cases: Sequence[T], *, few: int) -> Sequence[T]:
    """All cases, or a few of them spread over all."""
    step = max(1, len(cases) // few)
    return cases if TORTURE else cases[::step][:few]


def command(*arguments: object) -> list[str]:
    """A call of the command line by this very Python."""
    return [sys.executable, "-c", "from cleantext.cli import main; main()", *map(str, arguments)]
