"""Words torn at the end of a line, and paragraphs that are wrapped like a printed page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cleantext.checks import Hit
from cleantext.checks.damage.signs import signs
from cleantext.checks.damage.vocabulary import Vocabulary
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.document.words import word_groups
from cleantext.finding import Edit, Fix
from cleantext.rulebook import Card

TORN, WRAPPED = "TY101", "TY102"

_TORN = re.compile(
    r"(?<![\w’'-])(?P<head>[^\W\d_]{2,})"
    r"(?P<gap>-[ \t\u00a0]*(?:\r\n|\r|\n)[ \t]*|\u00ad+[ \t]*(?:\r\n|\r|\n)[ \t]*|-[ \u00a0])"
    r"(?P<tail>[^\W\d_A-Z]{2,})(?![\w’'-])"
)
# "pre- and post-war": the second half comes later.
_SUSPENDING = frozenset(
    ["and", "or", "to", "und", "oder", "et", "ou", "y", "o", "e", "as", "but", "nor", "versus", "vs"]
)

_BLANKS = frozenset(" \t\r\n\u00a0")
_LONGEST = 40  # letters of half a word
_BEFORE_WORDS = word_groups("damage-words")["before-words"]
_PREFIXES = word_groups("damage-words")["prefixes"]

_NARROW, _WIDE = 40, 120  # code points of a line that somebody wrapped
_TAB = 8  # columns
_LOOKED_BACK = 8  # lines at a text's end that tell most articles from wrapped ones
_LEAST_BREAKS = 3  # in the whole text
_FIT = 0.95  # share of breaks at which the next word had no room left
_RUNNING = 0.6  # share of breaks that stand inside a sentence
_INDENT = re.compile(r"(?:\t| {1,8})?")
_LISTED = re.compile(r"[ \t]|[-*•–—|>#+=]|\d+[.)]|(?:https?:|www\.)\S+\Z")
_CODE = re.compile(r"[|{}<>=\\\t]| {3}")
_ENDS = frozenset('.!?:;…"”’)')
_CLOSING = frozenset("”»)")  # marks that a line may begin with and that no blank goes before
_FIRST_WORD = re.compile(r"\S+")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each torn word that can be told from a compound, and for each wrapped paragraph."""
    if TORN in cards and "torn" in signs(document):
        yield from _torn_words(document)
    if WRAPPED in cards:
        yield from _wrapped(document)


def _torn_words(document: Document) -> Iterator[Hit]:
    text = document.text
    vocabulary: Vocabulary | None = None
    for match in _candidates(text):
        head, gap, tail = match.group("head", "gap", "tail")
        if tail in _SUSPENDING:
            continue
        vocabulary = vocabulary or Vocabulary(document)
        if gap[0] == "\u00ad" or _is_one_word(vocabulary, text, head, tail):
            start, end = match.span("gap")
            if head in _PREFIXES and vocabulary.lists(tail) and not vocabulary.common(head + tail):
                start += 1  # "non- native" keeps its hyphen
            yield Hit(TORN, match.start(), match.end(), (Fix((Edit(start, end, ""),)),))


def _candidates(text: str) -> Iterator[re.Match[str]]:
    """Find the hyphens that a blank or a line end follows, and what stands on both sides of each."""
    for mark in "-\u00ad":
        at = text.find(mark)
        while at >= 0:
            if text[at + 1 : at + 2] in _BLANKS:
                start = at
                low = max(0, at - _LONGEST)
                while start > low and text[start - 1].isalpha():
                    start -= 1
                match = _TORN.match(text, start)
                if match is not None:
                    yield match
            at = text.find(mark, at + 1)


def _is_one_word(vocabulary: Vocabulary, text: str, head: str, tail: str) -> bool:
    """Whether two halves make a word of the article or of the lists, and no compound that the article writes."""
    joined = head + tail
    if f"{head}-{tail}" in text or head.isupper():
        return False
    # "long-term", "co-author": two words, or a prefix and a word, are a compound unless everybody writes them as one.
    two_words = head in _BEFORE_WORDS or (len(head) > 2 and vocabulary.lists(head))
    if head not in _PREFIXES and len(tail) > 2 and two_words and vocabulary.lists(tail):
        return vocabulary.common(joined) or vocabulary.uses(joined) > 0
    return vocabulary.lists(joined) or vocabulary.uses(joined) > 0


def _wrapped(document: Document) -> Iterator[Hit]:
    """Unwrap paragraphs where all line breaks of the text are those of a printer."""
    if not _may_be_wrapped(document):
        return
    blocks = []
    for block in _blocks(document):
        if len(block) > 1:
            if any(end - start > _WIDE for start, end, _ in block):
                return
            blocks.append(block)
    breaks = [pair for block in blocks for pair in pairwise(block)]
    if len(breaks) < _LEAST_BREAKS:
        return
    text = document.text
    width = max(_width(text, line) for block in blocks for line in block)
    if not _NARROW <= width <= _WIDE:
        return
    fitting = running = 0
    for line, following in breaks:
        fitting += _is_full(text, width, line, following)
        running += text[following.start].islower() or text[line.end - 1] not in _ENDS
    if fitting < _FIT * len(breaks) or running < _RUNNING * len(breaks):
        return
    vocabulary = Vocabulary(document)
    for block in blocks:
        # A title, a name and a date below each other are shorter than any column.
        full = sum(_is_full(text, width, *pair) for pair in pairwise(block))
        if 2 * full < len(block) - 1:
            continue
        edits = [edit for pair in pairwise(block) if (edit := _joined(vocabulary, text, *pair)) is not None]
        if edits and not all(document.places.of(line.start, line.end) == "code" for line in block):
            yield Hit(WRAPPED, block[0].start, block[-1].end, (Fix(tuple(edits)),))


def _is_full(text: str, width: int, line: Line, following: Line) -> bool:
    """Say whether a line had no room for the next word."""
    word = _FIRST_WORD.match(text, following.start, following.end)
    return word is not None and len(word.group()) + 1 > width - _width(text, line)


def _width(text: str, line: Line) -> int:
    """Return how wide a line was printed, in columns."""
    return line.end - line.start + (_TAB - 1 if text[line.start] == "\t" else 0)


def _may_be_wrapped(document: Document) -> bool:
    """Say whether enough lines, none too wide, follow each other without a blank one between; not where a block ends in two too wide."""
    lines = document.filled
    if _ends_in_a_wide_block(document):  # most articles end so
        return False
    breaks, widest = _narrow_breaks(lines)
    if breaks < _LEAST_BREAKS or widest + _TAB <= _NARROW:  # of narrow ones nothing is made, either
        return False
    joined = [after == start for (_, _, after), (start, _, _) in pairwise(lines)]
    wide = [end - start > _WIDE for start, end, _ in lines]
    # The last lines of a block: what is too wide before them may yet be left out with a line of code.
    ends = zip(joined, [*joined[1:], False], wide[:-1], wide[1:], strict=True)
    return not any(together and not on and one and two for together, on, one, two in ends)


def _narrow_breaks(lines: Sequence[Line]) -> tuple[int, int]:
    """Count the line breaks between two filled lines that are not too wide, and return how wide the widest of such lines is."""
    breaks = widest = 0
    after = -1
    for start, end, following in lines:
        if end - start <= _WIDE:
            breaks += start == after
            widest = max(widest, end - start)
            after = following
        else:
            after = -1
    return breaks, widest


def _ends_in_a_wide_block(document: Document) -> bool:
    """Say whether the last lines of a text are of one block, which one of them makes too wide."""
    text, lines = document.text, document.filled
    coded = "code" in signs(document)
    wide = False
    for number in range(1, min(len(lines), _LOOKED_BACK) + 1):
        start, end, following = lines[-number]
        if number > 1 and following != lines[1 - number].start:  # a blank line parts them
            return False
        if end - start > _WIDE:
            wide = True
        elif _is_no_prose(text, start, end, coded=coded):
            return False
        if wide and number > 1:
            return True
    return False


def _is_no_prose(text: str, start: int, end: int, *, coded: bool) -> bool:
    """Say whether a narrow line is a list's, an address or code."""
    if _LISTED.match(text, start, end) is not None:
        return True
    return coded and _CODE.search(text, start, end) is not None


def _joined(vocabulary: Vocabulary, text: str, line: Line, following: Line) -> Edit | None:
    """Return the edit that joins two lines; None at a hyphen, which is for another rule or belongs to a compound."""
    last = text[line.end - 1]
    if last == "\u00ad":
        return None
    if last == "-" and text[line.end - 2] not in " -":  # two, or one after a blank, are a dash
        head = text[line.start : line.end - 1].rpartition(" ")[2]
        tail = _FIRST_WORD.match(text, following.start, following.end)
        if tail is None or _TORN.search(text, line.end - 1 - len(head), following.end) is None:
            return Edit(line.end, following.start, "")
        word = tail.group().rstrip('.,;:!?”"')
        return None if _is_one_word(vocabulary, text, head, word) else Edit(line.end, following.start, "")
    apart = not text[line.end - 1].isspace() and text[following.start] not in _CLOSING
    return Edit(line.end, following.start, " " if apart else "")


def _blocks(document: Document) -> Iterator[list[Line]]:
    """Yield the runs of lines of prose that no blank line parts; lists, code, tables and verse with indents are none.

    The first line of a paragraph may be indented. What stands below another such line has no beginning.
    """
    text = document.text
    block: list[Line] = []
    broken = False
    coded = "code" in signs(document)
    for line in document.lines:
        start, end, _ = line
        if end - start > _WIDE:  # no printer's; whatever stands in it
            block.append(line)
            continue
        if end == start or text[start:end].isspace():
            if block and not broken:
                yield block
            block, broken = [], False
        elif not broken:
            indent = None if block else _INDENT.match(text, start, end)
            broken = _is_no_prose(text, start if indent is None else indent.end(), end, coded=coded)
            block.append(line)
    if block and not broken:
        yield block
