"""Residue written as sentences: calls, pleas, promotions, notices, pointers, author boxes, notes on the origin.

A line goes whole where each of its sentences is residue, or does nothing but address the reader beside one that is
("Hungry for more?", "Independent journalism depends on you."). Of a line that has other sentences, too, only those of
the families go, and less surely. What stands in quotation marks is somebody's speech and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from cleantext.checks import Hit
from cleantext.checks.boilerplate.families import Row, bare, likely, matching, rows
from cleantext.checks.damage.signs import signs
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.document.sentences import split_sentences
from cleantext.document.spans import Span
from cleantext.finding import Applicability, Edit, Evidence, Fix
from cleantext.rulebook import Card

LEAD_WORDS, BUTTON_WORDS, ADDRESS_WORDS = 9, 5, 30
PART = 0.85
"""What remains of a family's confidence where only some sentences of a line are its."""
LONGEST_LINE = 2_000
UNSURE = 0.4
"""Confidence of what an article's own author says as often as a site: a question for the readers' opinion, where more is to
be read, a product's trial. Of 73 such sentences on labelled pages 19 were residue."""
BEGGING = frozenset(["BP310", "BP311", "BP312"])
SLOGAN_WORDS = 6
"""Words of a slogan before a call: \"Local news costs money.\""""
AUTHOR, POINTER = "BP317", "BP316"
_ADDRESS = regex.compile(
    r"(?i)\b(?:you|your|yours|we|our|us|my|me|sie|ihr|ihre|uns|unsere?|vous|votre|nous|notre|nos|te|tu|usted|nuestr[oa]s?|"
    r"vi|vostr[oa]|nostr[oa]|você|nosso|nossa|вы|вас|ваш\w*|мы|нас|наш\w*)\b"
)
_CITED = regex.compile(r"\[[\w.:+-][\w .:+-]{0,20}\] \S")
"""How an entry of a list of sources begins, whose copyright and address are part of it."""
_BUTTON = regex.compile(r"(?i)\b(?:here|now|today|hier|ici|aquí|qui|aqui|здесь)\W*$|[»→>]$")
_PERSON = regex.compile(
    r"(?:She|He|They|Her|His|Their|Previously|Before|[\p{Lu}][\p{L}'’-]+ (?:is|has|was|can|holds|lives|also))\b"
)
_SPEECH = regex.compile(r"[,.?!][\"”»]|\b(?:said|says|told|sagte|dit|dijo|disse)\b")


class Found(NamedTuple):
    """A sentence of a line, and the row that it is, None where it is carried along."""

    span: Span
    row: Row | None


def check(document: Document, cards: Mapping[str, Card], _: Configuration) -> Iterator[Hit]:
    """Yield a hit for each line, or run of sentences in one, that families know."""
    filled = document.filled
    lines = document.contents
    weak: list[tuple[int, Sequence[Found], bool]] = []
    strong: set[int] = set()
    hits: list[tuple[int, Sequence[Found], bool]] = []
    for place, numbers in likely(lines, spaced="blanks" in signs(document)):
        able = [n for n in numbers if rows()[n].rule in cards]
        if not able or len(lines[place]) > LONGEST_LINE:
            continue
        found, whole = _of_line(document, filled[place], lines[place], able)
        rows_here = [f.row for f in found if f.row]
        if not rows_here:
            continue
        if all("weak" in row.flags for row in rows_here):
            weak.append((place, found, whole))
        else:
            strong.add(place)
            hits.append((place, found, whole))
    grown = True
    while grown and weak:  # a weak line beside residue is residue, and its neighbour then stands beside some
        grown = False
        for entry in list(weak):
            if entry[0] - 1 in strong or entry[0] + 1 in strong:
                weak.remove(entry)
                strong.add(entry[0])
                hits.append(entry)
                grown = True
    for place, found, whole in sorted(hits, key=lambda hit: hit[0]):
        yield from _hits(document, cards, filled[place], found, whole=whole)


def _of_line(
    document: Document, line: Line, content: str, numbers: Collection[int]
) -> tuple[Sequence[Found], bool]:
    """Return the residue of a line by sentence, in order, and whether that is the whole line."""
    text = document.text
    sentences = split_sentences(text, (line,))
    of_lines = [n for n in numbers if "line" in rows()[n].flags or len(sentences) == 1]
    if _CITED.match(content):
        return (), False
    row = matching(bare(content), of_lines)
    if row and row.rule == POINTER and _SPEECH.search(content):
        row = None
    if row and not _is_speech(document, line.start, content):
        return [Found(span, row) for span in sentences], True
    if len(sentences) == 1:
        return (), False
    of_sentences = [n for n in numbers if "line" not in rows()[n].flags]
    known = [matching(bare(text[a:b]), of_sentences) for a, b in sentences]
    known = [
        None if row and document.in_quotation(a, a) else row
        for row, (a, b) in zip(known, sentences, strict=True)
    ]
    if not any(known):
        return (), False
    of_author = known[0] is not None and known[0].rule == AUTHOR
    begs = all(known[1:]) and known[1] is not None and known[1].rule in BEGGING
    carried = [
        row is None
        and (
            _is_carried(text[a:b])
            or (of_author and _PERSON.match(text, a) is not None)
            or (begs and a == sentences[0][0] and len(text[a:b].split()) <= SLOGAN_WORDS)
        )
        for row, (a, b) in zip(known, sentences, strict=True)
    ]
    if all(row or along for row, along in zip(known, carried, strict=True)) and not _is_speech(
        document, line.start, content
    ):
        return [Found(span, row) for span, row in zip(sentences, known, strict=True)], True
    return [Found(span, row) for span, row in zip(sentences, known, strict=True) if row], False


def _is_carried(sentence: str) -> bool:
    """Say whether a sentence beside residue only addresses the reader, or leads up to it."""
    words = len(sentence.split())
    if _SPEECH.search(sentence):
        return False
    if words <= LEAD_WORDS and sentence.rstrip().endswith("?"):
        return True
    if words <= BUTTON_WORDS and _BUTTON.search(sentence):
        return True
    return words <= ADDRESS_WORDS and _ADDRESS.search(sentence) is not None


def _is_speech(document: Document, start: int, content: str) -> bool:
    return content[0] in '"“„«' or (
        _SPEECH.search(content) is not None and document.in_quotation(start, start + len(content))
    )


def _hits(
    document: Document, cards: Mapping[str, Card], line: Line, found: Sequence[Found], *, whole: bool
) -> Iterator[Hit]:
    text = document.text
    first = next(f.row for f in found if f.row)
    start, end = found[0].span[0], found[-1].span[1]
    if whole:
        gap = document.line_deletion(line.start)
        # An edit a sentence, so that each of them can be told from the others; together they are one fix.
        cuts = [gap.start, *[f.span[0] for f in found[1:]], gap.end]
        edits = tuple(Edit(a, b, "") for a, b in pairwise(cuts))
        sure = _sure(cards[first.rule], found)
        yield Hit(first.rule, start, end, (Fix(edits),), sure, Applicability.REVIEW)
        return
    for run in _runs(document, line, found):
        rule = next(f.row.rule for f in run if f.row)
        low, high = run[0].span[0], run[-1].span[1]
        after = high
        while after < line.end and text[after].isspace():
            after += 1
        before = low
        while before > line.start and text[before - 1].isspace():
            before -= 1
        # The gap before goes where a sentence stays before it, else the one after.
        edit = Edit(before, high, "") if before > line.start else Edit(low, after, "")
        sure = _sure(cards[rule], run)
        yield Hit(
            rule,
            low,
            high,
            (Fix((edit,)),),
            None if sure is None else round(sure * PART, 4),
            Applicability.REVIEW,
            (Evidence(0, 0, "", "stands in a line with other sentences"),),
        )


def _sure(card: Card, found: Sequence[Found]) -> float | None:
    """Return the confidence of residue: its rule's, but little where nothing in it is sure."""
    unsure = all("unsure" in f.row.flags for f in found if f.row)
    return UNSURE if unsure and card.confidence is not None else card.confidence


def _runs(document: Document, line: Line, found: Sequence[Found]) -> list[list[Found]]:
    """Put together sentences with nothing between them."""
    made: list[list[Found]] = []
    for one in found:
        if made and not document.text[made[-1][-1].span[1] : one.span[0]].strip():
            made[-1].append(one)
        else:
            made.append([one])
    return made
