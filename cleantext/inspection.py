"""One article on its way through the rooms, and several that go through them side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from typing import TypeVar

from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.report import Report
from cleantext.rulebook import Band, Card

TOGETHER = 16
"""Articles that go through the rooms side by side. What a room reads, tables and code, is read once for all of them;
each by itself finds it driven out of the processor's cache by the other rooms. More gain nothing."""
MOST = 200_000
"""Code points of articles that go side by side: what each room works out of them is kept until all are done."""

T = TypeVar("T")


class Inspection:
    """What the rooms found in an article so far, and which rules are worth asking about it.

    ``holding`` are the choices of languages that hold for the article, ``least`` is the lowest confidence that is shown,
    ``naive`` asks every rule. ``silent`` are the checks that have nothing to say. ``found`` grows; ``kept`` is what becomes of it, and ``report`` what is said of it in the end.
    """

    __slots__ = (
        "_band",
        "_confidences",
        "document",
        "found",
        "holding",
        "kept",
        "least",
        "naive",
        "report",
        "silent",
        "trouble",
    )

    def __init__(
        self,
        document: Document,
        confidences: Mapping[str, Mapping[Band, float]],
        least: float,
        *,
        naive: bool = False,
    ) -> None:
        """Begin with nothing found; ``confidences`` are those of the rules, by how an article reads."""
        self.document = document
        self.holding: Set[tuple[str, ...]] = frozenset()
        self.least = least
        self.naive = naive
        self.silent: Set[str] = frozenset()
        self.found: list[Finding] = []
        self.kept: tuple[Finding, ...] = ()
        self.trouble: list[str] = []
        self.report: Report | None = None
        self._confidences = confidences
        self._band: Band | None = None

    def band(self) -> Band:
        """Return how the document reads; asked for only by rules that lean on it."""
        if self._band is None:
            self._band = self.document.band
        return self._band

    def confidence(self, card: Card) -> float:
        """Return how sure a rule is in an article that reads like this one."""
        bands = self._confidences[card.id]
        return bands[self.band()] if card.leans_on_garble else bands["garbled"]

    def worth_it(self, card: Card) -> bool:
        """Say whether a rule holds for the language, and may find what would be shown."""
        if card.languages and card.languages not in self.holding:
            return False
        # A rule that leans on garble is not run where no finding of it would be shown.
        return self.naive or not card.leans_on_garble or self.confidence(card) >= self.least


def go_together(
    rooms: Iterable[Callable[[Inspection], object]], inspections: Sequence[Inspection]
) -> dict[int, Exception]:
    """Send articles through the rooms, all of them through one before the next; return what went wrong, by number.

    An article of which a room made an error goes no further, and the others do not hear of it.
    """
    errors: dict[int, Exception] = {}
    for room in rooms:
        for number, inspection in enumerate(inspections):
            if number in errors:
                continue
            try:
                room(inspection)
            except Exception as error:  # noqa: BLE001 - it is raised when the article's turn comes
                errors[number] = error
    return errors


def windows(items: Iterable[T], together: int, length: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield items in order, at most ``together`` and no more than `MOST` code points at once; a longer one alone.

    An error of ``items`` is raised after what came before it was yielded.
    """
    window: list[T] = []
    points = 0
    try:
        for item in items:
            more = length(item)
            if window and (len(window) == together or points + more > MOST):
                yield window
                window, points = [], 0
            window.append(item)
            points += more
    except Exception:
        if window:
            yield window
        raise
    if window:
        yield window
