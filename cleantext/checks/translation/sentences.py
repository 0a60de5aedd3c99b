"""Sentences that read like machine translation, with the word groups that speak for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.garble import garbled_sentences, sentences_matter
from cleantext.finding import Evidence
from cleantext.rulebook import Card

SHOWN = 0.97
"""Probability from which a sentence is shown: see the table of ``benchmarks/translation/garble_report.py``."""
_NOTE = "frequent in machine translation, rare in prose"


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each sentence that surely reads like translation, in a text that may well be one."""
    if not sentences_matter(document.garble):
        return
    text = document.text
    for sentence in garbled_sentences(text, document.sentences, document.garble, least=SHOWN):
        evidence = tuple(Evidence(start, end, text[start:end], _NOTE) for start, end in sentence.groups)
        for rule in cards:
            yield Hit(rule, sentence.start, sentence.end, confidence=sentence.probability, evidence=evidence)
