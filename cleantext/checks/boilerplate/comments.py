"""Readers' comments below an article: the heading that counts them, and every line under it.

An extractor that keeps the page's last block keeps what readers wrote there. No line of it need look like residue: it
is prose about the article's own topic, so only the heading and the marks between the comments ("Jan says", "Reply",
dates) tell where the article ended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import regex

from cleantext.checks import Gate, Hit
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.pageform import reads_as_prose
from cleantext.finding import Applicability, Evidence, Fix
from cleantext.rulebook import Card

COMMENTS = "BP326"
LONGEST = 170
"""Code points of the longest line that is looked at as a heading or as a mark."""
LONGEST_DATE = 90
PROSE_LINES, PROSE_WORDS = 2, 80
"""Lines and words of prose that stand above a heading: before them it counts the comments beside a byline."""
NEAR, BARE_NEAR = 15, 6
"""Lines below a heading among which the first mark stands, where it counts the comments, and where it only names them."""
BARE_MARKS = 3
"""Marks under a heading without a number: in a thread such a word may head what the page is about."""
A_MARK = 400
"""Words of prose that a mark may speak for, and that may follow the last one: where there are more, the article went on."""
DATES, A_DATE = 2, 150
"""The same where all marks are dates, of which articles have some, too: least marks, and words after the last."""

_NUMBER = r"(?:\d{1,3}(?:[.,]?\d{3})?|one|two|three|four|five|six|seven|eight|nine|ten)"
_NOUN = r"(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|komentarz[ey]|комментари[ийяев]+)"
_STEMS = ("omment", "coment", "koment", "коммент", "reacties", "thought", "replies", "respons")
"""A heading holds one of them."""
_COUNTED = regex.compile(
    rf"(?i)\W{{0,3}}(?:{_NUMBER}\s+(?:readers?['’]?\s+)?(?:{_NOUN}(?:\s+(?:on|to|zu|sur|en|em|su)\s.{{1,120}})?"
    rf"|(?:thoughts?|replies|responses?)\s+(?:on|to)\s.{{1,120}}|responses?)"
    rf"|{_NOUN}\s*[:(\[]?\s*\d{{1,4}}\s*[)\]]?)\W{{0,3}}"
)
_BARE = regex.compile(
    rf"(?i)\W{{0,3}}(?:(?:readers?['’]?|user|latest|recent|all|view|show|top)\s+)?{_NOUN}\W{{0,3}}"
)
_MONTH = r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez|ene|abr|ago|dic|fév|avr|juin|juil|aoû|déc)\p{L}*\.?"
_DIGIT = regex.compile(r"\d")
SAYING = (
    "says", "said", "writes", "wrote", "replied", "schreibt", "sagt", "meint", "dice", "dijo", "escribió", "a dit", "a écrit",
    "disse", "escreveu", "scrive", "ha scritto", "zegt", "schreef", "skriver", "skrev", "säger", "siger", "pisze", "napisał",
    "píše", "пишет", "написал",
)  # fmt: skip
"""What stands behind the name over a comment."""
_SPEAKER = (
    r"(?:(?:\d{1,4}\s?[.)]|[•*-])\s*)?[\p{L}\d][^!?:;“”\"]{1,40}\s"
    rf"(?:{'|'.join(SAYING)})\(?[aа]?\)?\s?(?:[:.…]{{1,3}}|,?\s?(?:on|at|am|le|el|il|em|op|den)?\b\D{{0,12}}\d.{{0,40}})?"
)
_NAMED = regex.compile(rf"(?i){_SPEAKER}")
_SAID = regex.compile(
    r"(?i)\W{0,3}(?:"
    # Who speaks.
    rf"{_SPEAKER}"
    # What a reader may do with it.
    r"|(?:reply|replydelete|delete|permalink|antworten|répondre|responder|rispondi|ответить|odpowiedz|beantwoorden|"
    r"log\s+in\s+to\s+(?:reply|leave.{0,30})|(?:leave|post|add|write)\s+a\s+(?:reply|comment|response).{0,30}|cancel\s+reply|"
    r"report\s+(?:abuse|comment)|your\s+email\s+address\s+will\s+not\s+be\s+published.{0,80}|"
    r"comments?\s+(?:are|is)\s+(?:now\s+|currently\s+)?closed.{0,20})"
    r")\W{0,4}(?:\d{1,4})?\W{0,3}"
)
_DATED = regex.compile(
    rf"(?i)\W{{0,3}}(?:.{{2,40}}?[|•·,–—-]?\s)?(?:on\s+)?(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}\.?\s+{_MONTH},?\s+\d{{4}}|"
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d+\s+(?:second|minute|hour|day|week|month|year)s?\s+ago)"
    r"(?:\s*(?:at|um|à|,|-|–|@|\|)?\s*\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?)?(?:\W{0,4}(?:reply|edited|permalink))?\W{0,4}"
)


def gate() -> Gate:
    """Return what a text must hold: a heading's stem."""
    return Gate(literals=_STEMS)


def check(document: Document, cards: Mapping[str, Card], _: Configuration) -> Iterator[Hit]:
    """Yield a hit for each line of a section of comments."""
    if COMMENTS not in cards:
        return
    lines = document.contents
    first = find_section(lines)
    if first is None:
        return
    filled, text = document.filled, document.text
    heading = filled[first]
    at = text.index(lines[first][0], heading.start)
    told = (Evidence(at, at + len(lines[first]), lines[first], "the heading of the comments"),)
    for place in range(first, len(lines)):
        line = filled[place]
        start = text.index(lines[place][0], line.start)
        yield Hit(
            COMMENTS,
            start,
            start + len(lines[place]),
            (Fix((document.line_deletion(line.start),)),),
            cards[COMMENTS].confidence,
            Applicability.REVIEW,
            told if place > first else (),
        )


def names_speaker(line: str) -> bool:
    """Say whether a line says who wrote the comment below it: "Jan says", "3. Jan wrote on May 4th, 2021 at 02:57:"."""
    if len(line) > LONGEST or not any(map(line.lower().__contains__, SAYING)):
        return False
    return _NAMED.fullmatch(line) is not None


def begins_comments(line: str) -> bool:
    """Say whether a line counts readers' comments, stands over one, or is a button beside one."""
    return len(line) <= LONGEST and (_COUNTED.fullmatch(line) or _SAID.fullmatch(line)) is not None


def find_section(lines: Sequence[str]) -> int | None:
    """Return the place of the heading below which everything is comments, None where there is none.

    ``lines`` are stripped and not blank. Where the count stands under several posts the text is a list of them.
    """
    short = [place for place, line in enumerate(lines) if len(line) <= LONGEST]
    headings = [place for place in _with_stem(lines, short) if _is_heading(lines[place])]
    if not headings:
        return None
    prose = _Prose(lines)
    headings = [place for place in headings if prose.is_enough(0, place)]
    counted = [place for place in headings if _COUNTED.fullmatch(lines[place])]
    marks = {
        place: said is not None
        for place in short
        if headings
        and place > headings[0]
        and ((said := _SAID.fullmatch(lines[place])) or _is_dated(lines[place]))
    }
    first = next((place for place in headings if _begins(place, place in counted, marks)), None)
    if first is None:
        return None
    below = [said for place, said in marks.items() if place > first]
    after = prose.words(max(marks) + 1, len(lines))
    if prose.words(first, len(lines)) > A_MARK * len(below) or after > (A_MARK if any(below) else A_DATE):
        return None
    again = any(place > first and prose.is_enough(first, place) for place in counted)
    return None if again and not _same_count(lines, counted) else first


def _with_stem(lines: Sequence[str], places: Sequence[int]) -> list[int]:
    """Return the places whose lines hold a heading's stem: one pass over all of them is faster than one over each."""
    together = "\n".join([lines[place] for place in places]).lower()
    found: set[int] = set()
    for stem in _STEMS:
        at, row, counted = together.find(stem), 0, 0
        while at >= 0:
            row += together.count("\n", counted, at)
            found.add(row)
            at, counted = together.find(stem, at + 1), at
    return [places[row] for row in sorted(found)]


def _begins(first: int, has_number: bool, marks: Mapping[int, bool]) -> bool:
    """Say whether the marks of a thread follow a heading; ``marks``: place, and whether it is no mere date."""
    below = [
        place for place in range(first + 1, first + 1 + (NEAR if has_number else BARE_NEAR)) if place in marks
    ]
    if not has_number:
        return bool(below) and sum(place > first for place in marks) >= BARE_MARKS
    return any(marks[place] for place in below) or (
        bool(below) and sum(place > first for place in marks) >= DATES
    )


class _Prose:
    """How much prose stands between any two lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        words = [len(line.split()) if reads_as_prose(line) else 0 for line in lines]
        self._words = [0, *accumulate(words)]
        self._lines = [0, *accumulate(map(bool, words))]

    def words(self, first: int, end: int) -> int:
        return self._words[end] - self._words[first]

    def is_enough(self, first: int, end: int) -> bool:
        """Say whether it is enough for an article."""
        return self._lines[end] - self._lines[first] >= PROSE_LINES and self.words(first, end) >= PROSE_WORDS


def _is_dated(line: str) -> bool:
    return (
        len(line) <= LONGEST_DATE and _DIGIT.search(line) is not None and _DATED.fullmatch(line) is not None
    )


def _is_heading(line: str) -> bool:
    return _COUNTED.fullmatch(line) is not None or _BARE.fullmatch(line) is not None


def _same_count(lines: Sequence[str], counted: Sequence[int]) -> bool:
    """Say whether the counts are one count that is said again, above and below the comments."""
    return len({tuple(regex.findall(r"\d+", lines[place])) for place in counted}) == 1
