"""The check `fidelity`: everything that is said of a translation beside its original."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleantext.checks import CheckUnavailableError, Hit
from cleantext.checks.fidelity.detachment import detached_hits, detached_sentences, is_copy
from cleantext.checks.fidelity.leftovers import leftover_hits
from cleantext.checks.fidelity.names import name_hits
from cleantext.checks.fidelity.numbers import number_hits
from cleantext.checks.fidelity.sentences import MANY_MISSING, gap_hits, part_hits
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.fidelity.pair import LONGEST, pair_of
from cleantext.rulebook import Card


def check(document: Document, cards: Mapping[str, Card], _: Configuration) -> Iterator[Hit]:
    """Yield the differences between an article and its original; none where it has no original.

    What is said of the article as a whole (another text, a mere copy) is said alone.

    Raises CheckUnavailableError for an original that nothing can be compared with.
    """
    original = document.article.original
    if original is None or not document.text.strip():
        return
    if not original.strip():
        raise CheckUnavailableError("the original is empty; the translation was not compared with it")
    if max(len(original), len(document.text)) > LONGEST:
        raise CheckUnavailableError(
            f"the translation or its original is longer than {LONGEST:,} code points; they were not compared"
        )
    if is_copy(document.text, original):
        if "FD021" in cards:
            yield Hit("FD021", 0, len(document.text.rstrip()), confidence=0.98)
        return
    pair = pair_of(document)
    if pair is None:
        return
    whole = list(detached_hits(pair, cards))
    yield from whole
    if whole:
        return
    lost = list(gap_hits(pair, cards))
    if not any(hit.rule == MANY_MISSING for hit in lost):  # a summary says little as the original says it
        yield from detached_sentences(pair, cards)
        yield from part_hits(pair, cards)
    yield from number_hits(pair, cards)
    yield from lost
    yield from leftover_hits(pair, cards)
    yield from name_hits(pair, cards)
