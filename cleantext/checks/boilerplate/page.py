"""An article as the line model sees it: the C page where it is built, else its plain reference, which says what is right.

Two steps. Every line gets a few cheap facts (words, sentence end, wording, cue groups); lines of running prose in the
midst of prose that are worded like it stop there. The others get the full row of features. A property test holds
the two to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.plain_page import PlainPage
from cleantext.checks.boilerplate.trees import HOPELESS, Trees
from cleantext.native import compiled

native = compiled("cleantext.checks.boilerplate._page")


class Page(Protocol):
    """An article summed up.

    ``facts`` are those of its non-blank lines, in order. ``core`` is the first and the last line of its densest prose;
    ``lines`` how many it has; ``site`` the site's own word or ``""``; ``words`` how many it has.
    """

    @property
    def facts(self) -> Sequence[Facts]:
        """Facts of each line."""

    @property
    def core(self) -> tuple[int, int]:
        """First and last line of the densest prose."""

    @property
    def site(self) -> str:
        """The site's own word."""

    @property
    def words(self) -> int:
        """Number of words."""

    @property
    def lines(self) -> int:
        """Number of lines."""

    def fact(self, i: int) -> Facts:
        """Return the facts of one line."""

    def is_known(self, i: int) -> bool:
        """Say whether a list knows a line."""

    def stands_again(self, i: int) -> bool:
        """Say whether another line has the same normal form."""

    def is_prose(self, i: int) -> bool:
        """Say whether a line reads like running prose in the midst of prose, whatever its words, and nothing is repeated.

        Such a line is judged only where its wording is that of residue: see ``Model.sound``.
        """

    def shares(self) -> tuple[float, float]:
        """Return the share of function words of the seven languages whose lists are here, and that of words in prose."""

    def dump_features(self) -> list[float]:
        """Return the features that tell a page dump from an article, in the order of ``dump_features.NAMES``."""

    def likely_copies(self) -> dict[int, list[int]] | None:
        """Return the lines that may be the headline and may stand again, each with those that may be its copies.

        None where there is no telling.
        """

    def row(self, i: int) -> list[float]:
        """Return the features of line ``i``, in the order of ``FEATURES``."""


def page_of(
    lines: Sequence[str], *, title: str | None = None, url: str | None = None, source: str | None = None
) -> Page:
    """Read an article's stripped, non-blank lines in order."""
    if native is None:
        return PlainPage(lines, title, url, source)
    page: Page = native.Page(lines, title, url, source)
    return page


class _NativePage(Protocol):
    """What the page in C does with trees in C."""

    def verdicts(self, forest: Any, hopeless: float, sound: float) -> list[tuple[int, float]]: ...
    def strongest(self, forest: Any, i: int, least: float, most: int) -> list[tuple[int, float]]: ...


_forests: dict[int, tuple[Trees, Any]] = {}


def _forest(trees: Trees) -> Any:
    """Return the C form of trees, made once; kept with the trees, so that their id stays theirs."""
    kept = _forests.get(id(trees))
    if kept is None:
        kept = _forests[id(trees)] = trees, native.Forest(trees)
    return kept[1]


def verdicts(page: Page, trees: Trees, sound: float) -> list[tuple[int, float]]:
    """Return number and log odds of each line but prose whose wording scores below ``sound``."""
    if isinstance(page, PlainPage):
        return page.verdicts(trees, sound)
    return cast(_NativePage, page).verdicts(_forest(trees), HOPELESS, sound)


def strongest(page: Page, trees: Trees, i: int, least: float, most: int) -> list[tuple[int, float]]:
    """Return the features that added most to the log odds of line ``i``, at most so many that added more than ``least``."""
    if isinstance(page, PlainPage):
        return page.strongest(trees, i, least, most)
    return cast(_NativePage, page).strongest(_forest(trees), i, least, most)
