"""Reading a passage into values."""

from __future__ import annotations

from cleantext.fidelity.values.cjk import read_cjk
from cleantext.fidelity.values.digits import ascii_digits
from cleantext.fidelity.values.grammar import grammar
from cleantext.fidelity.values.spaced import read_spaced
from cleantext.fidelity.values.value import Value


def read_values(text: str, lang: str) -> tuple[Value, ...]:
    """Return the numbers and dates of a passage, in order of start; spans are code points of ``text``.

    ``lang`` is an ISO 639-1 code; a language without a grammar has no values.
    """
    rules = grammar(lang)
    if rules is None:
        return ()
    text = ascii_digits(text)
    if lang in ("zh", "ja"):
        return tuple(read_cjk(text, lang))
    return tuple(read_spaced(text, rules))
