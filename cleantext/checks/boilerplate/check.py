"""Residue by line: known lines, what the line model says, repeated headlines, lines that repeat over a site."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from cleantext import logistic
from cleantext.checks import Hit
from cleantext.checks.boilerplate.abstain import SPARED, WIDGETS, abstains, is_spared
from cleantext.checks.boilerplate.beside import belonging
from cleantext.checks.boilerplate.facts import Facts
from cleantext.checks.boilerplate.forms import authored
from cleantext.checks.boilerplate.headlines import (
    FIRST,
    RUNNING,
    Headline,
    find_headline,
    headline_taken_up,
    lone_headline,
)
from cleantext.checks.boilerplate.known_lines import LISTS, stands_alone
from cleantext.checks.boilerplate.line_model import (
    Reading,
    is_thin,
    is_whole_page,
    kind_of,
    read_page,
    takes_too_much,
)
from cleantext.checks.boilerplate.own_lines import lines_of, lines_that_stay, own_lines
from cleantext.checks.boilerplate.page import Page, page_of
from cleantext.checks.boilerplate.reasons import reasons
from cleantext.checks.boilerplate.tables import entries_that_stay
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.document.repeats import normal_line
from cleantext.finding import Applicability, Edit, Evidence, Fix
from cleantext.rulebook import Card
from cleantext.rulebook.ledger import LINE_MODEL, safe_lines

REPEATED_HEADLINE, SITE_NAME = "BP100", "BP101"
LEAST_WORDS = 40
"""Words of the shortest text in which a line that no list knows can be told from prose."""
_SITE_ARTICLES = ((5, 3.5), (3, 2.5), (2, 1.5))
"""Distinct articles of the site that hold a line, and what that adds to its log odds: half of what lines of
two and of three pages measured alone (precision .64 and .86), for the model has seen part of it."""
LEAST = 0.1
"""Least probability of a finding: of the lines below hardly one in a hundred is residue."""
EXPLAINED = 400
"""Lines of an article whose evidence is worked out: it takes ten times as long as the verdict, and a page that
is nothing but such lines needs no more."""
STANDING = 0.9
"""Least probability of a line that is residue wherever it stands. In the midst of prose the model, which knows few
such lines there, misses them; of 90 in labelled articles 88 were residue (26 of 28 sites had residue only), of 103
in page dumps all."""
_REPEATED, _AMID, _DEEP = 0.85, 0.4, 3
"""Confidence of a headline's copy that is not quite the same, and of any that stands so many lines below the first prose:
there it heads the recap, the recipe or the plan that the article is about (of twelve on labelled pages two were residue)."""
_SECTIONS = 5
"""Copies from which on a line heads the sections of a text or signs its sayings, and is no headline."""
ARTICLE, HARDLY_PROSE = 0.8, 0.2
"""Least probability that a text is an article, and least share of its words in prose, for a line that no list knows to be
shown. On pages of strangers two fifths of such lines stood in texts below them, entries of lists and of forms nearly all;
on labelled pages hardly one."""
_PLACES = 4
"""Decimal places of a confidence."""
_NO_EVIDENCE: tuple[Evidence, ...] = ()


class _Page(NamedTuple):
    """What every line of an article is judged by.

    ``by_list`` are rules by the list that they stand for, ``gone`` the lines that will likely go, ``thin`` says whether
    too little of the text would stay, and ``least`` is the probability of the unlikeliest finding that is shown.
    """

    document: Document
    cards: Mapping[str, Card]
    by_list: Mapping[str, str]
    reading: Reading
    gone: Collection[int]
    thin: Callable[[], bool]
    least: float


class _Likely(NamedTuple):
    """A line that may be residue: ``probability`` is calibrated, ``log_odds`` are as the trees said.

    ``articles`` of its site hold it, too; ``standing``: it is residue wherever it stands.
    """

    number: int
    fact: Facts
    line: Line
    probability: float
    log_odds: float
    articles: int
    standing: bool


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield the residue of an article, one hit a line; of lines that would not be shown none is made."""
    least = max(LEAST, configuration.shown_from - 0.1**_PLACES)
    filled = document.filled
    if not filled:
        return
    article, lines = document.article, document.contents
    page = page_of(lines, title=article.title, url=article.url, source=article.source)
    if page.words < LEAST_WORDS and document.corpus is None and _is_unknown(page, article.title):
        return
    reading = read_page(page, english=document.is_in(("en",)))
    document.notes[is_whole_page] = reading.dump
    calibrated = reading.probabilities()
    likely_lines = {i: found for i, found in calibrated if found >= 0.5}
    stays = that_stay(page, likely_lines, whole=reading.whole)
    gone = likely_lines.keys() - stays
    if stays:
        calibrated = [(i, min(found, SPARED) if i in stays else found) for i, found in calibrated]
    headline = None
    likely = None if article.title else page.likely_copies()
    if likely is None or likely:
        facts = page.facts
        prose = [fact.sentence > RUNNING for fact in facts]
        headline = find_headline(
            lines,
            [fact.words for fact in facts],
            prose,
            title=article.title,
            site=page.site,
            residue=gone,
            likely=likely,
        )
        below = prose.index(True) if True in prose else len(prose)
    done = set()
    if headline:
        done = {headline.line, *[copy.line for copy in headline.copies]}
        gone = gone - {headline.line}
        yield from _headline_hits(document, cards, headline, lines, filled, below)
    elif not article.title:
        top = [page.fact(i) for i in range(min(FIRST, len(lines)))]
        alone = {lone_headline(lines, top), headline_taken_up(top, gone, page.facts)}
        done = {i for i in alone if i is not None}
        gone = gone - done
    on_site = _site_lines(document)
    told = 0
    of_author: frozenset[int] | None = None
    is_doubtful: bool | None = None
    around: _Page | None = None
    for (i, found), entry in zip(calibrated, reading.odds, strict=True):
        if i in done:
            continue
        if found < least and not on_site and not page.is_known(i):
            continue
        fact = page.fact(i)
        place, how = fact.listed
        probability = min(found, SPARED) if is_spared(page, fact) else found
        if probability > SPARED and not fact.listed[1]:
            if is_doubtful is None:
                is_doubtful = is_doubtful_article(document, page, whole=reading.whole)
            if is_doubtful:
                probability = SPARED
        if probability > SPARED:
            if of_author is None:
                of_author = of_authors(page, whole=reading.whole)
            if i in of_author or (not reading.whole and _is_verse_or_code(document, filled[i], fact)):
                probability = SPARED
        standing = how > 0 and probability < STANDING and stands_alone(LISTS[place], fact.text)
        if standing:
            probability = STANDING
        if probability < least and not on_site:
            continue
        if around is None:
            by_list = {_list_of(card): card.id for card in cards.values() if card.lines}
            thin = cache(lambda: is_thin(page, gone))
            around = _Page(document, cards, by_list, reading, gone, thin, least)
        articles = on_site.get(normal_line(fact.text), 0) if on_site else 0
        likely_line = _Likely(i, fact, filled[i], probability, entry[1], articles, standing)
        hit = _line_hit(around, likely_line, explain=told < EXPLAINED)
        if hit:
            told += 1
            yield hit


def _is_unknown(page: Page, title: str | None) -> bool:
    """Say whether no list knows a line and no line may be a headline's copy: all that a text of few words is asked for."""
    return not title and page.likely_copies() == {} and not any(map(page.is_known, range(page.lines)))


def that_stay(page: Page, likely: Mapping[int, float], *, whole: bool) -> Collection[int]:
    """Return which likely lines count as the text's own for what goes beside them.

    All but a widget's label where the text would lose too much; entries of a list most of which stays, terms that are
    explained there, the rest of a wrapped paragraph, and what belongs to a line beside it.
    """
    if not likely:
        return ()
    if takes_too_much(page, likely, whole=whole):
        return {i for i in likely if page.fact(i).listed[0] not in WIDGETS}
    entries = () if whole else entries_that_stay(page, likely)
    lines = lines_of(page.facts)
    return frozenset([*entries, *lines_that_stay(lines, likely), *belonging(lines, likely)])


def of_authors(page: Page, *, whole: bool) -> frozenset[int]:
    """Return which lines are the author's whatever their form."""
    return frozenset(own_lines(lines_of(page.facts))) if whole else authored(page)


def is_doubtful_article(document: Document, page: Page, *, whole: bool) -> bool:
    """Say whether a text may be a list, a form or a shop's page: what is left over there only labels tell."""
    return document.page_kind.article < ARTICLE or (not whole and page.shares()[1] < HARDLY_PROSE)


def _is_verse_or_code(document: Document, line: Line, fact: Facts) -> bool:
    """Say whether a line stands in verse, or in code where no list of labels knows it: "Copy" is a button there."""
    place = document.places.of(line.start, line.end)
    return place == "verse" or (place == "code" and not fact.listed[1])


def _list_of(card: Card) -> str:
    return (card.lines or "").removesuffix(".txt")


def _site_lines(document: Document) -> Mapping[str, int]:
    if document.corpus is None or not document.site:
        return {}
    return document.corpus.site_lines(document.site)


def _line_hit(page: _Page, likely: _Likely, *, explain: bool) -> Hit | None:
    """Make a hit of one line, under the rule that explains it best."""
    document, reading, fact = page.document, page.reading, likely.fact
    probability, bonus = likely.probability, 0.0
    if likely.articles:
        bonus = max([bonus for count, bonus in _SITE_ARTICLES if likely.articles >= count], default=0.0)
    if bonus:
        raised = math.log(probability / (1 - probability)) + bonus
        probability = min(0.995, logistic.probability(raised))
    if probability < page.least:
        return None
    place, how = fact.listed
    # A line that a list knows is that list's: who ignores its rule keeps the line.
    rule = page.by_list.get(LISTS[place]) if how else LINE_MODEL
    if (
        rule is None
        or rule not in page.cards
        or (rule == LINE_MODEL and not bonus and reading.page.words < LEAST_WORDS)
    ):
        return None
    start = likely.line.start + document.text[likely.line.start : likely.line.end].index(fact.text[0])
    evidence = _NO_EVIDENCE
    if probability >= 0.5 and explain:
        evidence = reasons(reading.page, reading.reader.trees, likely.number)
    if likely.standing:
        evidence = (Evidence(0, 0, "", "residue wherever it stands"), *evidence)
    if bonus:
        evidence = (
            Evidence(0, 0, "", f"stands in {likely.articles} articles of this site ({bonus:+.1f})"),
            *evidence,
        )
    log_odds = None if bonus else likely.log_odds
    sure = reading.may_be_safe(
        likely.number, probability, fact.listed, log_odds, page.thin, page.gone.__contains__
    )
    return Hit(
        rule,
        start,
        start + len(fact.text),
        (Fix((document.line_deletion(likely.line.start),)),),
        round(probability, _PLACES),
        _applicability(page, likely) if sure else Applicability.REVIEW,
        evidence,
    )


def _applicability(page: _Page, likely: _Likely) -> Applicability:
    """Return how a sure line may go: ``safe`` where the ledger holds, and never for what is held back."""
    reading = page.reading
    measured = safe_lines()[reading.whole][kind_of(likely.fact.listed)]
    if measured and not abstains(reading.page, likely.number, page.gone.__contains__):
        return Applicability.SAFE
    return Applicability.REVIEW


def _headline_hits(
    document: Document,
    cards: Mapping[str, Card],
    headline: Headline,
    lines: Sequence[str],
    filled: Sequence[Line],
    below: int,
) -> Iterator[Hit]:
    """Trim the headline that stays; take its copies away, those from line ``below`` on, amid the prose, not unasked."""
    first = filled[headline.line]
    at = first.start + document.text[first.start : first.end].index(lines[headline.line][0])
    kept = Evidence(at, at + len(lines[headline.line]), lines[headline.line], "the headline that stays")
    if headline.trim and SITE_NAME in cards:
        start, end = at + headline.trim[0], at + headline.trim[1]
        yield Hit(SITE_NAME, start, end, (Fix((Edit(start, end, ""),)),), evidence=(kept,))
    if REPEATED_HEADLINE not in cards:
        return
    heads_many = len(headline.copies) >= _SECTIONS
    for copy in headline.copies:
        line = filled[copy.line]
        start = line.start + document.text[line.start : line.end].index(lines[copy.line][0])
        yield Hit(
            REPEATED_HEADLINE,
            start,
            start + len(lines[copy.line]),
            (Fix((document.line_deletion(line.start),)),),
            _AMID if heads_many or copy.line >= below + _DEEP else None if copy.exact else _REPEATED,
            # What stays may still have its site's name, and taking that away is for review.
            None
            if copy.exact and not headline.trim and copy.line < below and not heads_many
            else Applicability.REVIEW,
            (kept,),
        )
