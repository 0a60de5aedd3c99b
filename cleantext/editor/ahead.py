"""A whole corpus put to the server before it is checked: an estimate first, then many articles' passages at once.

Workers then find every reply in the cache and ask nobody, so the limits of a run hold however many of
them there are, and a run that was stopped goes on with what it had not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from cleantext.editor.answers import Request
from cleantext.editor.asking import Asking
from cleantext.editor.budget import Budget
from cleantext.editor.prompt import estimated

WINDOW = 128
"""Passages that are put to the server before the first of them must be answered."""


class Estimate(NamedTuple):
    """What a run will ask for: passages, tokens in and out, and their price in the currency of the configuration.

    ``barred`` is the limit that ends it, as the configuration says it, "" where none does. ``lost`` counts what an
    earlier run asked about and was killed before it heard, which is not asked about again.
    """

    passages: int
    tokens_in: int
    tokens_out: int
    price: float | None
    barred: str = ""
    lost: int = 0


class Done(NamedTuple):
    """What a run asked for: passages, tokens in and out, their price; and what went wrong, a line each."""

    passages: int
    tokens_in: int
    tokens_out: int
    price: float | None
    trouble: tuple[str, ...]


def estimate(articles: Iterable[Sequence[Request]], asking: Asking) -> Estimate:
    """Count what the cache does not hold, within the limits of a run; nobody is asked."""
    budget, barred = Budget(asking.settings), ""
    new = _New(articles, asking)
    for request in new:
        told, heard = estimated(request)
        if barred := budget.barred(told, heard):
            break
        budget.spend(told, heard)
    return Estimate(budget.passages, budget.tokens_in, budget.tokens_out, budget.spent, barred, len(new.lost))


def ask(articles: Iterable[Sequence[Request]], asking: Asking, on_progress: Callable[[int], None]) -> Done:
    """Ask about everything that the cache does not hold, within the limits of a run.

    Where replies are recorded, those of the cache are, too.
    ``on_progress`` is told how many passages were asked about so far.
    """
    trouble: list[str] = []
    new = iter(_New(articles, asking)) if asking.settings.record is None else _each(articles, asking)
    done = 0
    while window := list(islice(new, WINDOW)):
        answered = asking.answers(window)
        done += len(window)
        on_progress(done)
        if answered.trouble and answered.trouble not in trouble:
            trouble.append(answered.trouble)
        if asking.ended and asking.settings.record is None:
            break
    budget = asking.budget
    return Done(budget.passages, budget.tokens_in, budget.tokens_out, budget.spent, tuple(trouble))


def _each(articles: Iterable[Sequence[Request]], asking: Asking) -> Iterator[Request]:
    """Yield every request once, whoever answers it."""
    seen: set[bytes] = set()
    for requests in articles:
        for request in requests:
            key = asking.key_of(request)
            if key not in seen:
                seen.add(key)
                yield request


class _New:
    """The requests that the cache does not hold, each once; ``lost`` are the keys of those passed over as lost."""

    def __init__(self, articles: Iterable[Sequence[Request]], asking: Asking) -> None:
        self._articles = articles
        self._asking = asking
        self.lost: set[bytes] = set()

    def __iter__(self) -> Iterator[Request]:
        seen: set[bytes] = set()
        for requests in self._articles:
            unasked = self._asking.unasked(requests)
            self.lost |= unasked.lost
            for key, request in unasked.requests:
                if key not in seen:
                    seen.add(key)
                    yield request
