"""The garble model's numbers, read from ``rules/translation/garble-model.txt``.

The file is text in sections. ``[numbers]`` has a name and a number a line;
``[vocabulary]`` and ``[endings]`` have words; ``[weights]`` has an n-gram of word
classes and its weight a line, as an integer in units of ``scale``; ``[language XX]``
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

ORDER = 4
"""Classes of the longest n-gram."""


def ngrams(classes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give all n-grams of 1 to `ORDER` classes, the short ones first."""
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

    ``weights`` hold n-grams of one to four classes, in units of ``scale``.
    ``numbers`` are the calibration, by name; the methods say what each is for.
    """

    classes: WordClasses
    weights: Weights
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
    def shortest_sentence(self) -> float:
        """Classes that a sentence must have to be judged."""
        return self.numbers["shortest-sentence"]

    def document_evidence(self, weight: float, total: int) -> float:
        """Logarithm of the odds that a text's n-grams speak for, from their weight and the count of classes."""
        if not total:
            return 0.0
        numbers = self.numbers
        reliable = total / (total + numbers["half-length"])
        return reliable * (numbers["document-intercept"] + numbers["document-slope"] * weight / total)

    def sentence_evidence(self, weight: float, total: int, whole: float) -> float:
        """Logarithm of the odds for one sentence; ``whole`` is the evidence of the text around it."""
        numbers = self.numbers
        own = weight / (total + numbers["sentence-half-length"])
        return (
            numbers["sentence-intercept"]
            + numbers["sentence-slope"] * own
            + numbers["sentence-lean"] * max(-8.0, min(8.0, whole))
        )

    def language_odds(self, classes: Sequence[str]) -> dict[str, float]:
        """Give for each language of the training data the logarithm of its odds, up to a constant."""
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
    section = ""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                if line.startswith("[") and line.endswith("]\n"):
                    section = line[1:-2]
                    if section.startswith("language "):
                        weights[section] = {}
                elif line == "\n" or line.startswith("# "):
                    continue
                elif section in weights:
                    *group, weight = line.split()
                    weights[section][tuple(group)] = int(weight)
                elif section == "numbers":
                    name, value = line.split()
                    numbers[name] = float(value)
                else:
                    words[section].extend(line.split())
            except (ValueError, KeyError):
                raise ValueError(f"{path.name}:{number}: no line of section [{section}]: {line!r}") from None
    return GarbleModel(
        classes=WordClasses(words["vocabulary"], words["endings"]),
        weights=weights.pop("weights"),
        languages={name.removeprefix("language "): found for name, found in weights.items()},
        numbers=numbers,
    )
