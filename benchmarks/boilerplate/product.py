"""Held-out verdicts as the product would show and apply them: what it holds back, and what it knows without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.boilerplate import judge
from benchmarks.boilerplate.judge import Array
from benchmarks.boilerplate.texts import TEXTS
from cleantext import safe
from cleantext.article import Article
from cleantext.checks.boilerplate.abstain import SPARED, abstains, is_spared
from cleantext.checks.boilerplate.check import LEAST_WORDS, STANDING, of_authors, that_stay
from cleantext.checks.boilerplate.known_lines import LISTS, stands_alone
from cleantext.checks.boilerplate.line_model import is_amid_residue, is_thin
from cleantext.checks.boilerplate.page import Page, page_of
from cleantext.document import Document
from cleantext.finding import Applicability, Finding, replace

if TYPE_CHECKING:
    from benchmarks.boilerplate.fitting import Shown

_LISTED, _UNLISTED = "listed", "unlisted"


class AsProduct(NamedTuple):
    """Each line's probability as the product shows it, and what decides about going unasked.

    ``never``: it abstains; ``thin``: of a text of which too little would stay; ``amid``: as
    :func:`cleantext...line_model.is_amid_residue` says.
    """

    shown: Array
    never: Array
    thin: Array
    amid: Array


def as_product(found: Shown, shown: Array, whole: Array) -> AsProduct:
    """Read every text that is judged, and those that were never web pages, as the product does.

    It holds back what is the author's whatever its form, and what a text would lose too much with; what is residue
    wherever it stands it shows at least as :data:`cleantext...check.STANDING`.
    """
    shown = shown.copy()
    never = np.ones(len(shown), dtype=bool)
    thin, amid = np.zeros(len(shown), dtype=bool), np.zeros(len(shown), dtype=bool)
    starts = np.searchsorted(found.rows.view, np.arange(len(found.views) + 1))
    for view, start, end in zip(found.views, starts, starts[1:], strict=False):
        if not view.judged and view.page.data != TEXTS:
            continue
        mine = shown[start:end]
        likely = np.flatnonzero(mine >= judge.LEAST_SAFE).tolist()
        labelled = view.page
        page = page_of(labelled.lines, title=labelled.title, url=labelled.url, source=labelled.host or None)
        if likely:
            _hold_back(page, mine, likely, whole=bool(whole[start]))
        going = np.flatnonzero(mine >= judge.LEAST_SAFE).tolist()
        gone = frozenset(going).__contains__
        thin[start:end] = is_thin(page, going)
        for i in going:
            never[start + i] = abstains(page, i, gone)
            amid[start + i] = is_amid_residue(page, i, gone)
        for i in np.flatnonzero(mine < STANDING).tolist():
            if page.is_known(i) and stands_alone(LISTS[page.fact(i).listed[0]], page.fact(i).text):
                mine[i] = STANDING
    return AsProduct(shown, never, thin, amid)


def _hold_back(page: Page, mine: Array, likely: list[int], *, whole: bool) -> None:
    stays = {*that_stay(page, {i: mine[i] for i in likely}, whole=whole), *of_authors(page, whole=whole)}
    for i in likely:
        fact = page.fact(i)
        too_short = page.words < LEAST_WORDS and not fact.listed[1]
        if i in stays or is_spared(page, fact) or too_short:
            mine[i] = SPARED


def in_measure(found: Shown, unasked: Array, whole: Array) -> Array:
    """Return which lines go unasked once each text has its say: see part (c) of :mod:`cleantext.safe`.

    Whether a text is an article is not asked, for that model has seen these pages.
    """
    left = unasked.copy()
    starts = np.searchsorted(found.rows.view, np.arange(len(found.views) + 1))
    for view, start, end in zip(found.views, starts, starts[1:], strict=False):
        going = np.flatnonzero(unasked[start:end]).tolist()
        if not view.judged or not going:
            continue
        lines = view.page.lines
        text = "\n".join(lines)
        at = np.concatenate([[0], np.cumsum([len(line) + 1 for line in lines])]).tolist()
        findings = [
            Finding(
                _LISTED if found.rows.kind[start + i] < judge.UNLISTED else _UNLISTED,
                "", "boilerplate", at[i], at[i] + len(lines[i]), lines[i], "", Applicability.SAFE, 1.0,
                (replace(at[i], at[i] + len(lines[i]), ""),),
            )
            for i in going
        ]  # fmt: skip
        agreed = safe.in_measure(
            Document(Article(text=text)), findings, {_LISTED}, whole_page=bool(whole[start])
        )
        for i, finding in zip(going, agreed, strict=True):
            left[start + i] = finding.applicability is Applicability.SAFE
    return left
