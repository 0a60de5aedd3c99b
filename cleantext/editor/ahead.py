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
from cleantext.editor.prompt import estimated

WINDOW = 128
"""Passages that are put to the server before the first of them must be answered."""


class Estimate(NamedTuple):
    """What a run will ask for: passages, tokens in and out, and their price in the currency of the configuration."""

    passages: int
    tokens_in: int
    tokens_out: int
    price: float | None


def estimate(articles: Iterable[Sequence[Request]], asking: Asking) -> Estimate:
    """Count what the cache does not hold, within the limits of a run; nobody is asked."""
    s = asking.settings
    passages = tokens_in = tokens_out = 0
    for request in _new(articles, asking):
        told, heard = estimated(request)
        if s.limit is not None and passages >= s.limit:
            break
        if s.token_limit is not None and tokens_in + tokens_out + told + heard > s.token_limit:
            break
        passages, tokens_in, tokens_out = passages + 1, tokens_in + told, tokens_out + heard
    price = None
    if s.price_in is not None or s.price_out is not None:
        price = (tokens_in * (s.price_in or 0.0) + tokens_out * (s.price_out or 0.0)) / 1e6
    return Estimate(passages, tokens_in, tokens_out, price)


def ask(
    articles: Iterable[Sequence[Request]], asking: Asking, on_progress: Callable[[int], None]
) -> tuple[str, ...]:
    """Ask about everything that the cache does not hold; give what went wrong, a line each.

    Where replies are recorded, those of the cache are, too.
    ``on_progress`` is told how many passages were asked about so far.
    """
    trouble: list[str] = []
    new = _new(articles, asking) if asking.settings.record is None else _each(articles, asking)
    done = 0
    while window := list(islice(new, WINDOW)):
        answered = asking.answers(window)
        done += len(window)
        on_progress(done)
        if answered.trouble and answered.trouble not in trouble:
            trouble.append(answered.trouble)
        if asking.ended and asking.settings.record is None:
            break
    return tuple(trouble)


def _each(articles: Iterable[Sequence[Request]], asking: Asking) -> Iterator[Request]:
    """Yield every request once, whoever answers it."""
    seen: set[bytes] = set()
    for requests in articles:
        for request in requests:
            key = asking.key_of(request)
            if key not in seen:
                seen.add(key)
                yield request


def _new(articles: Iterable[Sequence[Request]], asking: Asking) -> Iterator[Request]:
    """Yield the requests that the cache does not hold, each once."""
    seen: set[bytes] = set()
    for requests in articles:
        for key, request in asking.unasked(requests):
            if key not in seen:
                seen.add(key)
                yield request
