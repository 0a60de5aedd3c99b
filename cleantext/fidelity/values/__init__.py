"""Numbers and dates of a passage, read into values that compare across languages.

>>> [(v.amounts, v.kind) for v in read_values("Three of 1.2 million left on 5 May.", "en")]
[((3.0,), 'number'), ((1200000.0,), 'number'), ((5.0,), 'day'), ((5.0,), 'month')]
"""

from __future__ import annotations

from cleantext.fidelity.values.agreement import agree, licensed
from cleantext.fidelity.values.grammar import LANGUAGES
from cleantext.fidelity.values.reading import read_values
from cleantext.fidelity.values.value import Kind, Strength, Value

__all__ = ["LANGUAGES", "Kind", "Strength", "Value", "agree", "licensed", "read_values"]
