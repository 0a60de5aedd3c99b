"""Does a text read like machine translation, and from which language?

A linear model over n-grams of word classes (:mod:`cleantext.document.wordclasses`): its
decision value is the mean weight per class, so that a document's value is made of
its sentences' and needs no counting. A short text says little, so the value is
shrunk towards the prior. A few groups give a translation away wherever they stand
(a torn article, a foreign acronym): these marks count in full. The weights are learnt by ``benchmarks/translation/train_garble.py``, which also
fits the calibration on systems and articles that the weights have not seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from cleantext import logistic
from cleantext.document.garblemodel import MARK, ORDER, GarbleModel, ngrams, shipped_model
from cleantext.document.garblesource import guess_language
from cleantext.document.language import english_lines, is_foreign
from cleantext.document.pieces import sample
from cleantext.document.spans import Span
from cleantext.native import compiled

_native = compiled("cleantext.document._ngrams")

SAMPLE = 4_000
"""Code points of a long text that are read, in windows spread over it."""
WINDOWS = 4
SCREEN = 1_500
"""Code points that are read first: a text that is plainly no translation by these is read no further."""
PLAIN = 0.01
"""Probability under which the first look settles it. In development articles it settled 95 % of original
news and no translation that the whole sample puts above .2."""
EXPLAINED = 400
"""Sentences of a text whose telling groups are looked for."""
LEAST_ENGLISH = 0.18
"""Share of English function words below which a text is a table or another language, and nothing is said of it.

Of 4,000 articles, human and translated, of 30 words or more, a single one had less; German and Italian news has .1.
"""


class Garble(NamedTuple):
    """How surely a text is machine translation of the old kind, and from which language.

    ``probability`` is calibrated, 0 to 1, with a prior for text in the wild;
    ``language`` is an ISO 639 code or None where nothing tells,
    ``language_probability`` is that guess's, given that the text is a
    translation (0 without a guess). ``evidence`` is the logarithm of the odds
    that the text alone speaks for, which sentences lean on; ``length`` counts
    the word classes it was read from.
    """

    probability: float
    language: str | None = None
    language_probability: float = 0.0
    evidence: float = 0.0
    length: int = 0


class GarbledSentence(NamedTuple):
    """A sentence, the probability that it is machine translation, and its telling word groups.

    ``groups`` are spans of the original text, the most telling first; there are none after the first `EXPLAINED`
    sentences of a text.
    """

    start: int
    end: int
    probability: float
    groups: tuple[Span, ...]


def garble(text: str, model: GarbleModel | None = None) -> Garble:
    """Judge a text as a whole; time grows with its length up to `SAMPLE` code points."""
    model = model or shipped_model()
    if len(text) > 2 * SCREEN:
        screened = _judge(sample(text, SCREEN, 3), model)
        if screened.probability < PLAIN and screened.length:
            return screened
    sampled = sample(text, SAMPLE, WINDOWS)
    judged = _judge(sampled, model)
    if judged.probability >= PLAIN and (english := english_lines(sampled)) != sampled:
        # What stands in another language reads like no English, and nobody translated it.
        if 2 * len(english) < len(sampled):
            return Garble(logistic.probability(model.prior))
        return _judge(english, model)
    return judged


def _judge(text: str, model: GarbleModel) -> Garble:
    weight, marks, total, english, looked = read(text, model)
    if english < LEAST_ENGLISH * looked:
        return Garble(logistic.probability(model.prior), length=total)
    evidence = model.document_evidence(model.scale * weight, marks, total)
    probability = logistic.probability(model.prior + evidence)
    if probability < model.guess_from:
        # A named tuple's own constructor takes as long as reading a line.
        found: Garble = tuple.__new__(Garble, (probability, None, 0.0, evidence, total))
        return found
    language, sure = guess_language(text, model.classes.of(text), model)
    return Garble(probability, language, sure, evidence, total)


class Sums(NamedTuple):
    """What a text is judged by.

    ``weight``: of all n-grams, in units of the model's scale; ``marks`` among them; ``classes``: how many;
    ``english``: function words among the ``looked`` classes that were looked at, every eighth of a longer text.
    """

    weight: int
    marks: int
    classes: int
    english: int
    looked: int


def read(text: str, model: GarbleModel) -> Sums:
    """Add a text's n-grams up, in C where that is built."""
    if _native is None:
        return read_slowly(text, model)
    kept = _readers.get(id(model))
    if kept is None:  # kept with the model, so that its id stays its own
        kept = _readers[id(model)] = model, _native.NgramReader(model.classes, model.weights)
    found: Sums = tuple.__new__(Sums, kept[1].read(text))
    return found


_readers: dict[int, tuple[GarbleModel, Any]] = {}


def read_slowly(text: str, model: GarbleModel) -> Sums:
    """Return what :func:`read` does."""
    classes = model.classes.of(text)
    looked_at = classes[::8] if len(classes) > 400 else classes
    english = sum(map(model.classes.vocabulary.__contains__, looked_at))
    return Sums(*weigh(classes, model), len(classes), english, len(looked_at))


def weigh(classes: Sequence[str], model: GarbleModel) -> tuple[int, int]:
    """Add the weights of all n-grams of 1 to 4 classes, and count the marks among them."""
    total = sum(filter(None, map(model.weights.get, ngrams(classes))))
    marks = (total + MARK // 2) // MARK
    return total - marks * MARK, marks


def garbled_sentences(
    text: str,
    sentences: Iterable[tuple[int, int]],
    whole: Garble,
    model: GarbleModel | None = None,
    *,
    least: float = 0.5,
) -> tuple[GarbledSentence, ...]:
    """Return the sentences that read like machine translation with probability ``least`` or more.

    A sentence leans on the text that it stands in (``whole``, from :func:`garble`), so in a text that reads
    well nothing is looked at: good prose costs nothing.
    """
    model = model or shipped_model()
    if not sentences_matter(whole, model):
        return ()
    found: list[GarbledSentence] = []
    for start, end in sentences:
        weight, marks, classes, *_ = read(text[start:end], model)
        if classes < model.shortest_sentence:
            continue
        value = model.sentence_evidence(model.scale * weight, marks, classes, whole.evidence)
        probability = logistic.probability(value)
        if probability >= least and not is_foreign(text[start:end]):
            # It takes longer than the verdict, and nobody reads more of them.
            groups = telling_groups(text, start, end, model) if len(found) < EXPLAINED else ()
            found.append(GarbledSentence(start, end, probability, groups))
    return tuple(found)


def sentences_matter(whole: Garble, model: GarbleModel | None = None) -> bool:
    """Say whether any sentence of a text can be garbled, as the text as a whole was judged.

    In a text of a few sentences each would vouch for the other, so none is judged.
    """
    model = model or shipped_model()
    return whole.length >= model.shortest_text and whole.evidence >= model.sentences_from


def telling_groups(text: str, start: int, end: int, model: GarbleModel, *, most: int = 3) -> tuple[Span, ...]:
    """Return the spans of the word groups that spoke most for translation, strongest first, never overlapping.

    A group's strength is the sum of the weights of the n-grams in it. Spans cover whole space-separated words.
    """
    words = _words(text, start, end)
    classes: list[str] = []
    owner: list[int] = []
    for number, (first, last) in enumerate(words):
        names = model.classes[text[first:last]]
        classes.extend(names)
        owner.extend(repeat(number, len(names)))
    scored: list[tuple[int, int, int]] = []
    for at in range(len(classes)):
        for length in range(2, min(ORDER, len(classes) - at) + 1):
            inside = sum(map(model.weights.get, ngrams(classes[at : at + length]), repeat(0)))
            if inside > 0:
                scored.append((inside, owner[at], owner[at + length - 1]))
    scored.sort(key=lambda item: (-item[0], item[1]))
    chosen: list[tuple[int, int]] = []
    for _, first, last in scored:
        if len(chosen) == most:
            break
        if all(last < begin or first > stop for begin, stop in chosen):
            chosen.append((first, last))
    return tuple(Span(words[first][0], words[last][1]) for first, last in chosen)


def _words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = []
    at = start
    for word in text[start:end].split():
        at = text.index(word, at)
        words.append((at, at + len(word)))
        at += len(word)
    return words
