"""Learning the garble model: texts to counts of n-grams, counts to weights, decision values to probabilities.

A training program's library; needs numpy, scipy and scikit-learn (`uv sync --group train`).
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from garble_data import HUMAN, Text, human, other_human, other_prose, translated
from scipy import sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from cleantext.document.garble import SAMPLE, WINDOWS
from cleantext.document.garblemodel import MOST_MARKS
from cleantext.document.pieces import sample
from cleantext.document.wordclasses import WordClasses
from cleantext.document.words import words

ORDER = 4
FOLDS = 5
VOCABULARY = 300
PARTS_OF_SPEECH = Path(__file__).with_name("parts-of-speech.txt")
ENDINGS = 60
LEAST_ARTICLES = 12
"""Source articles that an n-gram must stand in: what only one topic needs is no habit of translation."""
STRENGTH = 3.0
"""Inverse strength of the L2 penalty; between 1 and 30 the areas under the curve move by less than .01."""
SHARES = {
    # What the learner sees of each kind. The references of the translated articles are what it must not
    # confuse with them; the other human texts keep it from learning their topics.
    "newstest": 0.9, "aeb": 0.03, "wcxb": 0.03, "other": 0.04, "prose": 0.3,
    "rbmt": 0.35, "online": 0.4, "smt": 0.25, "smt-moses": 0.05,
}  # fmt: skip
EVERY = {"wcxb": 3, "other": 3, "rbmt": 2}
"""Of kinds that have more sentences than are needed, every so many is taken."""
SENTENCES = 0.1
"""Weight of all sentences, of that of all documents."""
BIG = {
    "rbmt-1",
    "rbmt-3",
    "rbmt-4",
    "promt",
    "commercial-3",
    "online-a",
    "online-b",
    "online-c",
    "online-g",
    "moses",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
DATES = {*DAYS, *MONTHS} - {"May"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BITS = 11


MARKS = (
    # Written by hand: faults that English prose does not have (of 1,964 human articles 0 to 9 hold each).
    *("<foreign>", "<n,>", "a the", "an the", "the an", "the its", "the their", "a his", "a their"),
    *(
        "of of",
        "to to",
        "for to",
        "must to",
        "to can",
        "is is",
        "in in",
        "that that",
        "more better",
        "the one of",
    ),
    *("and other <n>", "in other <n>", "with other <n>", "the two last", "the <n> last"),
    *("since <n> years", "there are <n> years"),
    *('") , has', '") , have', ", has declared", "it has declared", '") , - said'),
)
"""Groups that give a translation away wherever they stand, so each counts in full, however long the text."""


def bucket(name: str, count: int) -> int:
    """Return a fixed pseudo-random number below ``count`` for a name."""
    return int(hashlib.md5(f"garble {name}".encode()).hexdigest(), 16) % count


def group_of(vendor: str) -> str:
    """Return what is left out together: a vendor, or a fifth of the small statistical ones."""
    return vendor if vendor in BIG or vendor == HUMAN else f"smt-{bucket(vendor, 5)}"


@dataclass(frozen=True)
class Corpus:
    """All texts as class numbers.

    ``documents`` has the classes of each text as the runtime samples it, ``sentences``
    those of each segment of 8 classes or more with the number of its text in ``owner``.
    """

    texts: list[Text]
    names: list[str]
    vocabulary: list[str]
    kinds: dict[str, list[str]]
    endings: list[str]
    documents: list[np.ndarray]
    sentences: list[np.ndarray]
    owner: np.ndarray

    def column(self, of: Callable[[Text], object]) -> np.ndarray:
        """Return a property of each text."""
        return np.array([of(text) for text in self.texts])


def choose_vocabulary(texts: Sequence[Text]) -> tuple[list[str], list[str]]:
    """Return the words of most articles, human or translated, and the commonest endings of the others."""
    human_articles: Counter[str] = Counter()
    machine: dict[str, set[str]] = defaultdict(set)
    endings: Counter[str] = Counter()
    people = 0
    for text in texts:
        found = [word.lower().replace("’", "'") for word in _WORD.findall(text.text)]
        if text.vendor == HUMAN:
            people += 1
            human_articles.update(set(found))
            endings.update(word[-2:] for word in found if len(word) > 4)
        else:
            machine[text.document].update(found)
    translations = Counter(word for found in machine.values() for word in found)
    score = {
        word: human_articles[word] / people + translations[word] / len(machine)
        for word in human_articles.keys() | translations.keys()
        if re.fullmatch("[a-z]+(?:'[a-z]+)?", word) and word.capitalize() not in DATES
    }
    vocabulary = sorted(score, key=lambda word: (-score[word], word))[:VOCABULARY]
    return sorted(vocabulary), sorted(ending for ending, _ in endings.most_common(ENDINGS))


def parts_of_speech(vocabulary: Sequence[str]) -> dict[str, list[str]]:
    """Return the words that stand for their part of speech, by class; those of the vocabulary stand for themselves.

    They were chosen by original English alone, so no translated article and no reference had a say.
    """
    kinds: dict[str, list[str]] = {}
    for line in PARTS_OF_SPEECH.read_text(encoding="utf-8").split("\n"):
        if line.startswith("["):
            members = kinds[f"<{line[1:-1]}>"] = []
        elif line and not line.startswith("#"):
            members.extend(word for word in line.split() if word not in vocabulary)
    return {name: members for name, members in kinds.items() if members}


def read_corpus(data: Path, prose: Path | None = None) -> Corpus:
    """Read all texts of the evaluation data's directory, with the other files' human news where they are.

    ``prose`` is a folder of prose that is no news (:func:`garble_data.other_prose`); it has no say in the vocabulary.
    """
    machine = translated(data)
    texts = [*machine, *human(data, machine), *other_human(data)]
    vocabulary, endings = choose_vocabulary(texts)
    texts += other_prose(prose) if prose else []
    kinds = parts_of_speech(vocabulary) | {
        "<foreign>": sorted(words("garble-foreign")),
        "<nation>": sorted(word for word in words("attribution-demonyms") if word.isalpha()),
        "<day>": list(DAYS),
        "<month>": list(MONTHS),
    }
    classes = WordClasses(vocabulary, endings, kinds)
    numbers: dict[str, int] = {}

    def encode(text: str) -> np.ndarray:
        return np.array(
            [numbers.setdefault(name, len(numbers) + 1) for name in classes.of(text)], dtype=np.int64
        )

    documents = [encode(sample(text.text, SAMPLE, WINDOWS)) for text in texts]
    sentences, owner = [], []
    for number, text in enumerate(texts):
        for at, segment in enumerate(text.segments):
            if (at + number) % EVERY.get(text.family, 1) == 0:
                coded = encode(segment)
                if len(coded) >= 8:
                    sentences.append(coded)
                    owner.append(number)
    assert len(numbers) < 2**_BITS
    return Corpus(texts, ["", *numbers], vocabulary, kinds, endings, documents, sentences, np.array(owner))


def ngrams(coded: np.ndarray) -> np.ndarray:
    """Return the keys of all n-grams of a row of classes."""
    found, longer = [coded], coded
    for length in range(2, ORDER + 1):
        if len(coded) < length:
            break
        longer = (longer[: len(coded) - length + 1] << _BITS) + coded[length - 1 :]
        found.append(longer)
    return np.concatenate(found)


def spell(key: int, names: Sequence[str]) -> tuple[str, ...]:
    """Return the class names of an n-gram's key."""
    group = []
    while key:
        group.append(names[key & (2**_BITS - 1)])
        key >>= _BITS
    return tuple(reversed(group))


def frequent(corpus: Corpus, least: int = LEAST_ARTICLES) -> np.ndarray:
    """Return the sorted keys of n-grams in ``least`` source articles or more."""
    articles: dict[str, list[np.ndarray]] = defaultdict(list)
    for text, coded in zip(corpus.texts, corpus.documents, strict=True):
        articles[text.document].append(np.unique(ngrams(coded)))
    keys, counts = np.unique(
        np.concatenate([np.unique(np.concatenate(found)) for found in articles.values()]), return_counts=True
    )
    return keys[counts >= least]


def matrix(rows: Sequence[np.ndarray], keys: np.ndarray) -> sparse.csr_matrix:
    """Count the n-grams of ``keys`` in each row."""
    counts, columns, ends = [], [], [0]
    for coded in rows:
        found, often = np.unique(ngrams(coded), return_counts=True)
        at = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
        known = keys[at] == found
        columns.append(at[known])
        counts.append(often[known])
        ends.append(ends[-1] + int(known.sum()))
    return sparse.csr_matrix(
        (np.concatenate(counts).astype(np.float32), np.concatenate(columns), ends),
        shape=(len(rows), len(keys)),
    )


def row_weights(families: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Share the rows' weight among families by `SHARES`, within a family by the root of each vendor's rows."""
    weights = np.zeros(len(families))
    for family, share in SHARES.items():
        chosen = np.flatnonzero((families == family) | ((families == "hybrid") & (family == "rbmt")))
        if len(chosen):
            _, which, often = np.unique(groups[chosen], return_inverse=True, return_counts=True)
            each = (1 / np.sqrt(often))[which]
            weights[chosen] = share * each / each.sum()
    return weights


class Learner:
    """Counts of all documents and sentences, from which weights are learnt for any choice of texts."""

    def __init__(self, corpus: Corpus) -> None:
        """Count every frequent n-gram once."""
        self.corpus = corpus
        self.keys = frequent(corpus)
        self.families = corpus.column(lambda text: text.family)
        self.groups = corpus.column(lambda text: group_of(text.vendor))
        self.machine = corpus.column(lambda text: text.vendor != HUMAN).astype(bool)
        self.words = corpus.column(lambda text: text.words).astype(int)
        self.folds = corpus.column(lambda text: bucket(text.document, FOLDS)).astype(int)
        self.document_lengths = np.array([len(coded) for coded in corpus.documents])
        self.sentence_lengths = np.array([len(coded) for coded in corpus.sentences])
        self.marks = np.sort([self.key(mark.split()) for mark in MARKS])
        self.document_marks = self.count_marks(corpus.documents)
        self.sentence_marks = self.count_marks(corpus.sentences)
        self.document_counts = matrix(corpus.documents, self.keys)
        self.sentence_counts = matrix(corpus.sentences, self.keys)
        # Means for documents, since that is what the runtime takes; sentences are scaled to like size.
        self.documents = sparse.diags(30 / (self.document_lengths + 20)) @ self.document_counts
        self.sentences = sparse.diags(1 / np.sqrt(self.sentence_lengths)) @ self.sentence_counts

    def key(self, group: Sequence[str]) -> int:
        """Return the key of an n-gram; a class that no text has makes it one that none has."""
        key = 0
        for name in group:
            number = self.corpus.names.index(name) if name in self.corpus.names else 2**_BITS - 1
            key = (key << _BITS) + number
        return key

    def count_marks(self, rows: Sequence[np.ndarray]) -> np.ndarray:
        """Count the marks in each row, as far as they count."""
        counts = np.asarray(matrix(rows, self.marks).sum(axis=1)).ravel()
        return np.minimum(counts, MOST_MARKS)

    def learn(
        self, chosen: np.ndarray, keep: int | None = None, label: np.ndarray | None = None
    ) -> np.ndarray:
        """Return a weight for each of ``keys``, learnt from the chosen texts; at most ``keep`` are not 0."""
        label = self.machine if label is None else label
        owner = self.corpus.owner
        documents = np.flatnonzero(chosen & (self.words >= 60))
        sentences = np.flatnonzero(chosen[owner])
        rows = sparse.vstack([self.documents[documents], self.sentences[sentences]]).tocsr()
        labels = np.concatenate([label[documents], label[owner[sentences]]])
        weights = np.concatenate(
            [
                len(documents) * row_weights(self.families[documents], self.groups[documents]),
                SENTENCES
                * len(sentences)
                * row_weights(self.families[owner[sentences]], self.groups[owner[sentences]]),
            ]
        )
        found = logistic(rows, labels, weights, rounds=60 if keep else 120)
        if keep is not None and keep < len(found):
            # What a weight moves: its size times how often its n-gram turns up.
            often = np.asarray(rows.multiply(rows).sum(axis=0)).ravel()
            best = np.sort(np.argsort(-np.abs(found) * np.sqrt(often))[:keep])
            again = logistic(rows[:, best], labels, weights)
            found = np.zeros(len(found))
            found[best] = again
        return found


def logistic(
    rows: sparse.csr_matrix, labels: np.ndarray, weights: np.ndarray, rounds: int = 120
) -> np.ndarray:
    """Return the weights of an L2 logistic regression."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=STRENGTH, max_iter=rounds).fit(rows, labels, weights).coef_[0]
