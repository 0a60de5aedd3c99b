"""An article as the line model sees it: the C page where it is built, else its slow twin, which says what is right.

Two steps. Every line gets a few cheap facts (words, share of function words, sentence end, cue groups); lines of
running prose in the midst of prose stop there. The others get the full row of features. A property test holds
the two twins to each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.slow_page import SlowPage
from cleantext.checks.boilerplate.trees import HOPELESS, Trees
from cleantext.native import compiled

if TYPE_CHECKING:
    from cleantext.checks.boilerplate import _page

native = compiled("cleantext.checks.boilerplate._page")
_trees = compiled("cleantext.checks.boilerplate._forest")


class Page(Protocol):
    """An article summed up.

    ``facts`` are those of its non-blank lines, in order; ask once, for in C they are made anew each time. ``core`` is
    the first and the last line of its densest prose; ``site`` the site's own word or ``""``; ``words`` how many it has.
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

    def fact(self, i: int) -> Facts:
        """Give the facts of one line."""

    def is_known(self, i: int) -> bool:
        """Say whether a list knows a line."""

    def is_prose(self, i: int) -> bool:
        """Say whether a line is plainly running prose in the midst of prose, and nothing of it is repeated.

        A sentence without a cue, or a long one that is hardly made of cues, counts too where
        sentences stand on both sides. On the development residue that spared the model 1,236
        lines of 18,172 and lost 9 of some 2,000 findings.
        """

    def function_share(self) -> float:
        """Give the share, 0 to 1, of function words."""

    def dump_features(self) -> list[float]:
        """Give the features that tell a page dump from an article, in the order of ``dump_features.NAMES``."""

    def likely_copies(self) -> dict[int, list[int]] | None:
        """Give the lines that may be the headline and may stand again, each with those that may be its copies.

        None where there is no telling.
        """

    def row(self, i: int) -> list[float]:
        """Give the features of line ``i``, in the order of ``FEATURES``."""


def page_of(
    lines: Sequence[str], *, title: str | None = None, url: str | None = None, source: str | None = None
) -> Page:
    """Read an article's stripped, non-blank lines in order."""
    if native is None:
        return SlowPage(lines, title, url, source)
    page: Page = native.Page(lines, title, url, source)
    return page


_forests: dict[int, tuple[Trees, Any]] = {}


def _forest(trees: Trees) -> Any:
    """Give the C form of trees, made once; kept with the trees, so that their id stays theirs."""
    kept = _forests.get(id(trees))
    if kept is None:
        kept = _forests[id(trees)] = trees, _trees.Forest(trees)
    return kept[1]


def verdicts(page: Page, trees: Trees) -> list[tuple[int, float]]:
    """Give number and log odds of each line that is not plainly prose."""
    if isinstance(page, SlowPage):
        return page.verdicts(trees)
    found: list[tuple[int, float]] = cast("_page.Page", page).verdicts(_forest(trees), HOPELESS)
    return found


def strongest(page: Page, trees: Trees, i: int, least: float, most: int) -> list[tuple[int, float]]:
    """Give the features that added most to the log odds of line ``i``, at most so many that added more than ``least``."""
    if isinstance(page, SlowPage):
        return page.strongest(trees, i, least, most)
    return cast("_page.Page", page).strongest(_forest(trees), i, least, most)
