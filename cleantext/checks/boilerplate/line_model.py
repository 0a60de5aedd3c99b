"""The line model: how sure it is, line by line, that a line is residue, and what spoke for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from cleantext.checks.boilerplate.features import NAMES
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.checks.boilerplate.page import Page, page_of, verdicts
from cleantext.checks.boilerplate.page_dump import dump_odds
from cleantext.checks.boilerplate.plain_page import PROSE
from cleantext.checks.boilerplate.trees import HOPELESS, Trees
from cleantext.document import Document
from cleantext.document.language import detect
from cleantext.logistic import probability
from cleantext.rulefiles import rules_dir

READABLE = 0.12
"""Share of function words from which on a text counts as one of the languages that the lists know."""

AGREEING = 14
"""Lines outside the densest prose that the reader of articles must take for residue, too, in a whole page: without it
a ranking of 240 items was taken for one, and lost them all."""
THIN = 0.75
"""Share of words in prose under which a text is thin once its likely residue is gone: a listing, a forum, a product as
often as an article. There ``safe`` takes only what a list knows. Held against the whole text it kept a fifth of the
sure residue of articles in other languages waiting, where extractors leave more residue than article."""

NOTHING_LEFT = 60
"""Words of a whole page that must stay: one of which nothing is left was never an article with residue around it."""
BARE, BARE_WORDS, TOO_MUCH = 0.5, 100, 0.35
"""A text with less than that share of its words in prose, and fewer words of prose, is no article, but a list or a
shop's page, or the remains of one; where more than the third of it would go its own lines are taken for residue."""

AMID, AMID_WORDS = 0.85, 12
"""In other languages than English, from which probability on a line amid residue may go unasked, and how many words are
too many for it. By the odds of English a fifth of such lines went, though they are the surest."""

Knots = tuple[tuple[float, float], ...]


class Gate(msgspec.Struct, frozen=True):
    """Logistic regression that tells page dumps; ``threshold`` is a probability."""

    weights: tuple[float, ...]
    bias: float
    threshold: float


class Reader(msgspec.Struct, frozen=True):
    """A model for one kind of text.

    ``knots``: log odds and measured probability, in order (isotonic on held-out folds), first for
    English, then for all other languages, there for lines below the main block apart. ``safe``: probability from which
    on a finding may be ``safe``, by :func:`kind_of` line.
    """

    trees: Trees
    knots: tuple[Knots, Knots, Knots]
    safe: tuple[float, float, float, float]

    def calibrated(self, log_odds: float, *, english: bool, below: bool = False) -> float:
        """Return the measured probability for log odds, linear between the knots; ``below`` the main block or not."""
        knots = self.knots[0 if english else 1 + below]
        at = bisect_left(knots, (log_odds, -1.0))
        if at == 0:
            return knots[0][1]
        if at == len(knots):
            return knots[-1][1]
        (low, p), (high, q) = knots[at - 1], knots[at]
        return p + (q - p) * (log_odds - low) / (high - low)


class Model(msgspec.Struct, frozen=True):
    """What ``line-model.json`` holds.

    ``features`` must be those that the code computes; ``sound`` is the score of its wording under which running
    prose in the midst of prose is not judged. Outside the main block of a whole page a line is ``safe`` that a list
    knows, or whose probability is ``outside`` at least, where the reader of articles gives it ``agreed``, too: first of
    a line that a list knows, then of others.
    """

    features: tuple[str, ...]
    page_dump: Gate
    residue: Reader
    dump: Reader
    sound: float
    outside: float
    agreed: tuple[float, float]


@cache
def model() -> Model:
    """Read the shipped weights; a feature that is newer than they are counts for nothing yet.

    Raises ValueError where they need a feature that is no longer there.
    """
    path = rules_dir() / "boilerplate" / "line-model.json"
    return for_features(msgspec.json.decode(path.read_bytes(), type=Model), NAMES)


def for_features(found: Model, names: Sequence[str]) -> Model:
    """Return a model over rows of these features; raises ValueError where it asks for one that is not among them."""
    if found.features == names:
        return found
    if gone := set(found.features) - set(names):
        raise ValueError(
            f"the line model was trained on features that are gone ({', '.join(sorted(gone))}): "
            "run python -m benchmarks.boilerplate.train"
        )
    places = [names.index(name) for name in found.features]
    residue, dump = (
        msgspec.structs.replace(reader, trees=reader.trees.renumbered(places))
        for reader in (found.residue, found.dump)
    )
    return msgspec.structs.replace(found, features=tuple(names), residue=residue, dump=dump)


class Reading(NamedTuple):
    """An article as the model reads it.

    ``odds``: number and log odds of each line that is not plainly prose; ``english``: nothing speaks against
    English; ``whole``: a page dump; ``article``: there, what the reader of articles
    says of each line; ``dump``: whether labels and legal lines alone tell of one (:func:`is_dump`).
    """

    page: Page
    reader: Reader
    odds: Sequence[tuple[int, float]]
    english: bool
    whole: bool
    article: dict[int, float]
    dump: bool

    def probabilities(self) -> list[tuple[int, float]]:
        """Return number and measured probability of each line that is not plainly prose."""
        return measured(self.page, self.reader, self.odds, english=self.english)

    def may_be_safe(
        self,
        i: int,
        probability: float,
        listed: tuple[int, int],
        log_odds: float | None,
        thin: Callable[[], bool],
        gone: Callable[[int], bool],
    ) -> bool:
        """Say whether a line is sure enough to go unasked.

        The thresholds were chosen among English lines, so another language's line that no list knows needs the odds of
        one as sure (``log_odds`` is None where the line's site speaks for it, too), unless it stands amid residue.
        ``thin`` says whether the text is, ``gone`` which lines will likely go.

        Inside the main block of a whole page only what the reader of articles would take, too; outside it what a list
        knows, or what is very sure, where the reader of articles does not think otherwise.
        """
        least = self.reader.safe[kind_of(listed)]
        if not self.english and log_odds is not None and not listed[1]:
            if not self.whole and is_amid_residue(self.page, i, gone):
                least = AMID
            else:
                probability = min(probability, self.reader.calibrated(log_odds, english=True))
        if probability < least:
            return False
        if not self.whole:
            return listed[1] > 0 or not thin()
        first, last = self.page.core
        if first <= i <= last:
            return self.article.get(i, 0.0) >= model().residue.safe[kind_of(listed)]
        is_listed = listed[1] > 0
        agreed = self.article.get(i, 0.0) >= model().agreed[not is_listed]
        return agreed and (is_listed or probability >= model().outside)


def measured(
    page: Page, reader: Reader, odds: Iterable[tuple[int, float]], *, english: bool
) -> list[tuple[int, float]]:
    """Return lines with their measured probabilities for lines with their log odds."""
    last = page.core[1]
    hopeless = tuple(reader.calibrated(HOPELESS, english=english, below=below) for below in (False, True))
    return [
        (i, hopeless[i > last])  # most lines are
        if value == HOPELESS
        else (i, reader.calibrated(value, english=english, below=i > last))
        for i, value in odds
    ]


def is_amid_residue(page: Page, i: int, gone: Callable[[int], bool]) -> bool:
    """Say whether a short line stands below the main block, after a line that will likely go.

    What sites put there is residue in any language; what was taken wrongly were headlines, bylines and dates above
    the main block, and a last sentence right after it.
    """
    return i > page.core[1] and page.fact(i).words < AMID_WORDS and gone(i - 1)


def takes_too_much(page: Page, likely: Iterable[int], *, whole: bool) -> bool:
    """Say whether a text would lose so much with its ``likely`` lines that they must be its own.

    Where a text is no article, its lines themselves look like residue: products, results, dates.
    """
    if whole:
        return page.words - _words_of(page, likely) < NOTHING_LEFT
    function, prose = page.shares()
    if function < READABLE or prose >= BARE or prose * page.words >= BARE_WORDS:
        return False
    return _words_of(page, likely) > TOO_MUCH * page.words


def _words_of(page: Page, lines: Iterable[int]) -> int:
    return sum(page.fact(i).words for i in lines)


def is_thin(page: Page, likely: Iterable[int]) -> bool:
    """Say whether a text has little prose when its ``likely`` lines are gone."""
    left, prose = float(page.words), page.shares()[1] * page.words
    for fact in map(page.fact, likely):
        left -= fact.words
        if fact.sentence > PROSE:
            prose -= fact.words
    return prose < THIN * left


def is_dump(page: Page) -> bool:
    """Say whether a text looks like a whole page by its labels and legal lines."""
    gate = model().page_dump
    return probability(dump_odds(page, gate.weights, gate.bias)) > gate.threshold


def is_whole_page(document: Document) -> bool:
    """Say whether an article is a whole page; what its check found is noted there."""
    known: bool | None = document.notes.get(is_whole_page)
    if known is not None:
        return known
    article = document.article
    return is_dump(page_of(document.contents, title=article.title, url=article.url, source=article.source))


def read(
    lines: Sequence[str],
    *,
    title: str | None = None,
    url: str | None = None,
    source: str | None = None,
    english: bool | None = None,
) -> Reading | None:
    """Read an article's stripped, non-blank lines in order; return None where there are none.

    Whether they are English is worked out where None.
    """
    if not lines:
        return None
    if english is None:
        english = detect("\n".join(lines)).english
    return read_page(page_of(lines, title=title, url=url, source=source), english=english)


def read_page(page: Page, *, english: bool) -> Reading:
    """Read an article that was summed up and has a line."""
    found = model()
    odds = verdicts(page, found.residue.trees, found.sound)
    dump = is_dump(page)
    if not dump:
        return Reading(page, found.residue, odds, english, whole=False, article={}, dump=dump)
    article = dict(measured(page, found.residue, odds, english=english))
    first, last = page.core
    if sum(p >= 0.5 and not first <= i <= last for i, p in article.items()) < AGREEING:
        return Reading(page, found.residue, odds, english, whole=False, article={}, dump=dump)
    return Reading(
        page, found.dump, verdicts(page, found.dump.trees, found.sound), english, True, article, dump
    )


STRONG = frozenset(
    LISTS.index(name) for name in ("share", "follow", "comments", "consent", "newsletter", "advertising")
)


_CREDITS = LISTS.index("credits")


def kind_of(listed: tuple[int, int]) -> int:
    """Say which ``safe`` threshold holds for a line.

    0: a widget's label, word for word; 1: another known label, or a pattern of one; 2: a credit, a date or a widget
    known by pattern, which pages keep with the article more often; 3: on no list.
    """
    place, how = listed
    if not how:
        return 3
    if how == 1:
        return 2 if place == _CREDITS or place in STRONG else 1
    return 0 if place in STRONG else 1
