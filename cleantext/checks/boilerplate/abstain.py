"""Kinds of line that are never removed unasked, however sure the model is: what was taken wrongly on unseen sites."""

from __future__ import annotations

from collections.abc import Callable

import regex

from cleantext.checks.boilerplate.beside import is_comment_header, labels, reaches_somebody
from cleantext.checks.boilerplate.facts import PROSE_WORDS, Facts
from cleantext.checks.boilerplate.known_lines import LISTS
from cleantext.checks.boilerplate.own_lines import is_row, runs_on
from cleantext.checks.boilerplate.page import Page
from cleantext.checks.boilerplate.plain_page import PROSE
from cleantext.checks.boilerplate.shapes import is_code, is_entry

_DECK = 6
"""Words from which on a line between headline and article may be its deck."""
_HEADING = 12
"""Words of the longest heading of a section."""
_SIGNED = 5
"""Words of the longest sign-off."""
_LABEL, _QUESTION = 4, 8
"""Words of the longest label that may be a heading, and of a heading that asks."""
_NEAR = 12
"""Lines on either side in which another heading is looked for."""
LITTLE = ((80, 0.75), (150, 0.35))
"""Words of a text, and share of them in prose, under both of which it is too little to tell: its lines count as the
author's."""
BULK = 60, 5
"""Words of a line, and share of the text (one in so many), from which on it is no residue: an extractor put a whole
article into one row of a table. Of 30 such lines on labelled pages two were residue, both newsletters beside a few words."""
SPARED = 0.45
"""Most that the probability of a line may be that is likely the author's whatever its form: one in quotation marks, and
any of a text that would lose too much."""
WIDGETS = frozenset(LISTS.index(name) for name in ("share", "follow", "consent", "newsletter", "advertising"))
"""Lists of labels that no author writes as a heading, nor as a line of a list."""
_ADVERTISING = LISTS.index("advertising")
_NO_HEADING = regex.compile(r"[\d|@#©»›→/\[\]]")
_FIELD = 3
"""Words of the longest label of a field."""
_FILLED_IN = (":", "__")
_INTRODUCES = ":："
_ARROWS = "«‹»›"
_COMMENTS = LISTS.index("comments")
_REPLIES = frozenset(
    ("reply", "antworten", "antwort", "répondre", "responder", "rispondi", "beantwoorden", "reageer", "svara", "svar", "odpowiedz",
     "ответить", "відповісти", "odpovědět", "válasz", "vastaa", "返信", "回复", "回覆", "답글")
)  # fmt: skip
_POINTING = " >»›→↓"
_READ = 200
"""Code points of a line that are read for a name or a number."""
_REPLIED = 4
"""Lines on either side of a comment in which its button to reply stands."""
_BELOW = 2
"""Lines below the first prose in which a byline may stand."""
_BYLINE = regex.compile(r"\b(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or) ?(?:\p{Lu}[\p{L}'’.-]+ ){1,3}\p{Lu}\p{Ll}")
_OPENERS, _CLOSERS = '"“„«‘‚‹「『', '"”“»’›」』'


def abstains(page: Page, i: int, gone: Callable[[int], bool]) -> bool:
    """Say whether line ``i`` must stay until somebody asks for its removal; ``gone`` says which other lines will go.

    Running prose, code, timetables and lines in quotation marks always; headings of sections, a widget's label where another heading
    stands like it, fields of the author's form, labels of what
    stands below them, a word without residue beside it. Of the lines that no list knows also what introduces a line that stays, pieces of a sentence,
    rows of a table, decks and first lines between headline and article, sign-offs, a comment with its header, who wrote
    the article, where somebody is reached, a further item of a list that stays, and refrains.
    """
    fact = page.fact(i)
    if (fact.words >= PROSE_WORDS and fact.stop) or is_quoted(fact):
        return True
    if fact.listed[1] and (_is_field_of_form(page, i, gone) or _is_lone_word(page, i, gone)):
        return True
    if i + 1 < page.lines and labels(fact, page.fact(i + 1)):
        return True
    if fact.listed[0] in WIDGETS:
        return _is_one_heading_of_many(page, i)
    if not fact.listed[1] and (is_code(fact.text) or is_entry(page, i) or is_comment_header(fact)):
        return True
    first, last = page.core
    before = page.fact(i - 1) if i else None
    after = page.fact(i + 1) if i + 1 < page.lines else None
    amid = first <= i < last and after is not None and _is_prose(after)
    between = before is not None and after is not None and before.stop and after.stop
    is_heading = (amid or between) and not fact.stop and fact.words <= _HEADING
    if is_heading or fact.listed[1]:
        return is_heading
    if (before is not None and is_comment_header(before)) or _is_readers(page, i) or _names_whom(page, i):
        return True
    if after is not None and ((fact.text[-1] in _INTRODUCES and not gone(i + 1)) or runs_on(fact, after)):
        return True
    if before is not None and runs_on(before, fact):
        return True
    if is_row(fact) and any(beside is not None and is_row(beside) for beside in (before, after)):
        return True
    is_deck = i < first and fact.words >= _DECK
    is_signed = (
        i >= last and fact.words <= _SIGNED and before is not None and _is_prose(before) and not gone(i - 1)
    )
    in_list = before is not None and not gone(i - 1) and _alike(before, fact)
    is_refrain = first < i < last and page.stands_again(i)
    return is_deck or is_signed or in_list or is_refrain


def _is_readers(page: Page, i: int) -> bool:
    """Say whether a line without a word that residue is made of stands beside a button to reply: readers wrote it."""
    return page.fact(i).mask == 0 and any(
        page.fact(n).listed[0] == _COMMENTS and page.fact(n).key.strip(_POINTING) in _REPLIES
        for n in range(max(0, i - _REPLIED), min(page.lines, i + _REPLIED + 1))
    )


def _names_whom(page: Page, i: int) -> bool:
    """Say whether a line names who wrote the article above it, or where somebody is reached."""
    text = page.fact(i).text[:_READ]
    return (i < page.core[0] + _BELOW and _BYLINE.search(text) is not None) or reaches_somebody(text)


def _is_field_of_form(page: Page, i: int, gone: Callable[[int], bool]) -> bool:
    """Say whether a label is to be filled in beside another that stays: the author asks for it, and no comment form."""
    return page.fact(i).words <= _FIELD and any(
        n != i and not gone(n) and page.fact(n).words <= _FIELD and page.fact(n).text.endswith(_FILLED_IN)
        for n in range(max(0, i - 2), min(page.lines, i + 3))
    )


def _is_lone_word(page: Page, i: int, gone: Callable[[int], bool]) -> bool:
    """Say whether a label of one word has no residue beside it: a key, an option or a heading as often as a button.

    Above all else it is a button: a text seldom begins with a key.
    """
    fact = page.fact(i)
    return i > 0 and fact.words == 1 and fact.listed[0] != _ADVERTISING and not (gone(i - 1) or gone(i + 1))


def _is_one_heading_of_many(page: Page, i: int) -> bool:
    """Say whether a label stands like another heading near it: "Login" and "Payment", each over an answer.

    The mark of an advertisement, which stands between paragraphs, too, needs two such headings.
    """
    if not _stands_as_heading(page, i):
        return False
    label = page.fact(i)
    needed = 1 + (label.listed[0] == _ADVERTISING)
    found = set()
    for other in range(max(0, i - _NEAR), min(page.lines, i + _NEAR + 1)):
        if _stands_as_heading(page, other):
            found.add(page.fact(other).key)
    return len(found - {label.key}) >= needed


def _stands_as_heading(page: Page, i: int) -> bool:
    """Say whether a short line stands over a sentence, and below one, below a title or at the top."""
    if i + 1 >= page.lines or not page.fact(i + 1).stop:
        return False
    fact = page.fact(i)
    asks = fact.words <= _QUESTION and fact.text.endswith("?")
    if not asks and (fact.stop or fact.words > _LABEL):
        return False
    if not fact.text[0].isupper() or _NO_HEADING.search(fact.text):
        return False
    return i == 0 or page.fact(i - 1).stop or (i == 1 and not page.fact(0).listed[1])


def is_quoted(fact: Facts) -> bool:
    """Say whether a line stands in quotation marks from end to end: somebody's words, and no label.

    Guillemets around a label that names its kind are arrows: "« Previous Post Next Post »".
    """
    text = fact.text
    if len(text) < 2 or text[0] not in _OPENERS or text[-1] not in _CLOSERS:
        return False
    return not (fact.listed[1] and fact.mask and text[0] in _ARROWS)


def is_spared(page: Page, fact: Facts) -> bool:
    """Say whether a line is more likely the author's than form and place tell.

    One in quotation marks; one that no list knows and that is a good part of the text; and any but a widget's label in a
    short text of hardly anything but short lines: opening hours, tables, results, a letter of two sentences.
    """
    if is_quoted(fact):
        return True
    if fact.words >= BULK[0] and not fact.listed[1] and fact.words * BULK[1] >= page.words:
        return True
    if page.words >= LITTLE[-1][0] or fact.listed[0] in WIDGETS:
        return False
    prose = page.shares()[1]
    return any(page.words < words and prose < share for words, share in LITTLE)


def _is_prose(fact: Facts) -> bool:
    return fact.sentence > PROSE


def _alike(one: Facts, other: Facts) -> bool:
    """Say whether two lines look like items of one list."""
    return (
        one.stop == other.stop
        and max(one.words, other.words) <= _HEADING
        and abs(one.words - other.words) <= max(2, one.words // 2)
    )
