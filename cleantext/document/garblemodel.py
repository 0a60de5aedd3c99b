"""The garble model's numbers, read from ``rules/translation/garble-model.txt``.

The file is text in sections. ``[numbers]`` has a name and a number a line;
``[vocabulary]`` and ``[endings]`` have words, ``[class NAME]`` the words of one class; ``[weights]`` has an n-gram of word
classes and its weight a line, as an integer in units of ``scale``; ``[marks]`` has the
groups that give a translation away wherever they stand; ``[language XX]``
has n-grams that tell one source language from the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, repeat
from pathlib import Path
from typing import TypeAlias

from cleantext.document.wordclasses import WordClasses
from cleantext.rulefiles import rules_dir

Weights: TypeAlias = dict[tuple[str, ...], int]

MARK = 10**15
"""Added to the weight of a group that gives a translation away by itself, so that one sum tells both."""
MOST_MARKS = 3
"""Marks that count; the fourth says nothing new."""
ORDER = 4
"""Classes of the longest n-gram."""


def ngrams(classes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Return all n-grams of 1 to `ORDER` classes, the short ones first."""
    second, third = classes[1:], classes[2:]
    return chain(
        zip(classes, strict=True),
        zip(classes, second, strict=False),
        zip(classes, second, third, strict=False),
        zip(classes, second, third, classes[3:], strict=False),
    )


@dataclass(frozen=True, slots=True)
class GarbleModel:
    """Classes, weights and calibration.

    ``weights`` hold n-grams of one to four classes, in units of ``scale``; those of ``marks``
    are `MARK` higher.
    ``numbers`` are the calibration, by name; the methods say what each is for.
    """

    classes: WordClasses
    weights: Weights
    marks: frozenset[tuple[str, ...]]
    languages: Mapping[str, Weights]
    numbers: Mapping[str, float]

    @property
    def scale(self) -> float:
        """What a weight of 1 is worth."""
        return self.numbers["scale"]

    @property
    def prior(self) -> float:
        """Logarithm of the odds that a text in the wild is machine translation of this kind."""
        return self.numbers["prior"]

    @property
    def guess_from(self) -> float:
        """Probability from which a source language is guessed."""
        return self.numbers["guess-from"]

    @property
    def sentences_from(self) -> float:
        """Evidence of the text from which its sentences are looked at."""
        return self.numbers["sentences-from"]

    @property
    def shortest_text(self) -> float:
        """Classes that a text must have for its sentences to be judged."""
        return self.numbers["shortest-text"]

    @property
    def shortest_sentence(self) -> float:
        """Classes that a sentence must have to be judged."""
        return self.numbers["shortest-sentence"]

    def document_evidence(self, weight: float, marks: int, total: int) -> float:
        """Logarithm of the odds that a text speaks for, from its n-grams' weight, its marks and its classes."""
        if not total:
            return 0.0
        numbers = self.numbers
        reliable = total / (total + numbers["half-length"])
        mean = numbers["document-intercept"] + numbers["document-slope"] * weight / total
        return reliable * mean + numbers["document-mark"] * min(marks, MOST_MARKS)

    def sentence_evidence(self, weight: float, marks: int, total: int, whole: float) -> float:
        """Logarithm of the odds that a sentence is translated; ``whole`` is the evidence of its text."""
        numbers = self.numbers
        own = (
            numbers["sentence-intercept"]
            + numbers["sentence-slope"] * weight / (total + numbers["sentence-half-length"])
            + numbers["sentence-mark"] * min(marks, MOST_MARKS)
        )
        # The text around a sentence gives it odds to start from, but even in a text that is surely
        # translated a sentence must itself read so.
        return own + min(numbers["sentence-most-lean"], self.prior + whole)

    def language_odds(self, classes: Sequence[str]) -> dict[str, float]:
        """Return for each language of the training data the logarithm of its odds, up to a constant."""
        slope = self.numbers["language-slope"] * self.numbers["language-scale"] / (len(classes) + 40)
        groups = list(ngrams(classes))
        return {
            language: slope * sum(map(weights.get, groups, repeat(0)))
            for language, weights in self.languages.items()
        }


@cache
def shipped_model() -> GarbleModel:
    """Read the shipped model, once."""
    return read_model(rules_dir() / "translation" / "garble-model.txt")


def read_model(path: Path) -> GarbleModel:
    """Read a model file; raises ValueError that names the line where it is broken."""
    numbers: dict[str, float] = {}
    words: dict[str, list[str]] = {"vocabulary": [], "endings": []}
    weights: dict[str, Weights] = {"weights": {}}
    kinds: dict[str, list[str]] = {}
    marks: set[tuple[str, ...]] = set()
    section = ""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                if line.startswith("[") and line.endswith("]\n"):
                    section = line[1:-2]
                    if section.startswith("language "):
                        weights[section] = {}
                    elif section.startswith("class "):
                        words[section] = kinds[section.removeprefix("class ")] = []
                elif line == "\n" or line.startswith("# "):
                    continue
                elif section in weights:
                    *group, weight = line.split()
                    weights[section][tuple(group)] = int(weight)
                elif section == "marks":
                    marks.add(tuple(line.split()))
                elif section == "numbers":
                    name, value = line.split()
                    numbers[name] = float(value)
                else:
                    words[section].extend(line.split())
            except (ValueError, KeyError):
                raise ValueError(f"{path.name}:{number}: no line of section [{section}]: {line!r}") from None
    learnt = weights.pop("weights")
    return GarbleModel(
        classes=WordClasses(words["vocabulary"], words["endings"], kinds),
        weights=learnt | {group: learnt.get(group, 0) + MARK for group in marks},
        marks=frozenset(marks),
        languages={name.removeprefix("language "): found for name, found in weights.items()},
        numbers=numbers,
    )
