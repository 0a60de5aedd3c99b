"""Ligatures, lost or left as one character, and blanks that no writer set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cleantext.checks import Hit
from cleantext.checks.damage.signs import CONTROL, signs
from cleantext.checks.damage.vocabulary import Vocabulary, chunk_end, chunk_start
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.finding import Applicability, Edit, Fix, replace
from cleantext.rulebook import Card

LIGATURE, LOST, RUNS, NO_BREAK = "TY110", "TY111", "TY112", "TY113"

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_LIGATURE_WORD = re.compile(rf"[\w{''.join(_LIGATURES)}]*[{''.join(_LIGATURES)}][\w{''.join(_LIGATURES)}]*")
_ABOUT = re.compile(
    r"[Ll]igature|U\+FB0[0-6]|[Uu]nicode"
)  # a text about them means the characters themselves
_LETTERS = ("fi", "fl", "ff", "ffi", "ffl")

_CONTROL = re.compile(rf"[^\W\d_]*{CONTROL}[^\W\d_]*")
_CONTROLS = re.compile(CONTROL)
_HOLDS_F = re.compile(r"\b[A-Za-z]*f[a-z]+\b")
_WITH_F = re.compile(r"[A-Za-z]*f[a-z]+")
_GAP = re.compile(r"\b(?P<left>[a-z]{2,}|[A-Z][a-z]+) (?P<right>[a-z]{2,})\b")

_RUN = re.compile(r"(?<=\S)(?:[ \u00a0]{2,}|[ ]*\t[ \t]*)(?=\S)")
_AFTER_STOP = frozenset(".!?:”\"’')]*_")
_STOPS = frozenset(".!?…”")  # one of them ends a sentence, and no row
_TYPED = 3  # blanks after a stop, at most
_SIGNED = 6  # blanks between the end of a text and who wrote it, at least
_COLUMN = 3  # blanks between columns, at least
_LABEL = re.compile(
    r"[ \t]*(?:[\w.,'’-]+(?: [\w.'’-]+){0,2}:|[(\[]?\w{1,3}[)\].:]|[B-HJ-Z]|\d{1,4}(?:['’]?s)?|[^\w\s\"“‘'’(]+)"
)
"""What stands at the beginning of a line and has its text beside it: "Q:", "The king:", "(8)", "[3]", "D", "1962", ";;;"."""
_WORD_ALONE = re.compile(r"[ \t]*\S+")
"""What does where the gap is wide: the word of a glossary, the option of a command."""
_COMMAND = re.compile(r"[$#%>] \S")
"""A prompt, which begins a line of commands."""
_WORDLIKE = re.compile(r"[^\w/@#*.]*(?:(?:[^\W\d_]\.)+|\d[\d.,:]*|[^\W_]+(?:[-’'/&–][^\W_]+)*)?[^\w/@#]*")
"""What stands in running text: letters or figures between marks; no path, address, name of a file or an option."""
_CODE = frozenset("{}=|│┃║<\\")
_TAIL = 12  # code points of what stands by itself at a line's end: a number, an initial
_FORM = frozenset("([_")  # "(  )" is a box to tick
_NEAR = 3  # lines in which columns show again
_TABLE = 3  # gaps in each of two neighbouring lines make a table
_BETWEEN_WORDS = re.compile(r"(?<=[A-Za-z,;])\u00a0(?=[A-Za-z“])")
"""A no-break blank between two words: where one of them binds nothing, nobody meant the others of its line."""
_UNMEANT = re.compile(r"(?<=[A-Za-z0-9—–,;.:!?”\"’)])\u00a0+(?=[A-Za-z“\"(])")
"""What goes then: several side by side, too, and such as follow a stop."""
_BINDING = 6  # code points before a blank in which what it binds is looked for
_BINDS = re.compile(
    r"(?:\b(?:Mrs?|Ms|Dr|Prof|St|No|Nos|pp?|Fig|Vol|Ch|Sec|c|ca|e\.g|i\.e)\.?|\b[A-HJ-Z]\.?|\bI\.|(?<![\w-])\d[\d.,\u00a0]*)\Z"
)

Gaps = Sequence[re.Match[str]]
"""The runs of blanks of a line."""


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each word with a ligature, and for each line with blanks that no writer set."""
    text = document.text
    if (
        LIGATURE in cards
        and not text.isascii()
        and any(map(text.__contains__, _LIGATURES))
        and not _ABOUT.search(text)
    ):
        yield from _ligatures(text)
    if LOST in cards and not signs(document).isdisjoint(("control", "ligature")):
        yield from _lost(document)
    if RUNS in cards and "blanks" in signs(document):
        yield from _runs(document)
    if NO_BREAK in cards and "\u00a0" in text:
        yield from _no_break(document)


def _ligatures(text: str) -> Iterator[Hit]:
    for word in _LIGATURE_WORD.finditer(text):
        edits = [
            Edit(match.start(), match.end(), _LIGATURES[match.group()])
            for match in _LIGATURE.finditer(text, word.start(), word.end())
        ]
        yield Hit(LIGATURE, word.start(), word.end(), (Fix(tuple(edits)),))


def _lost(document: Document) -> Iterator[Hit]:
    """Words that are none until "fi", "fl" or "ff" is put back, where the text has other signs of a lost ligature."""
    text = document.text
    control = "control" in signs(document) and _CONTROLS.search(text) is not None
    vocabulary = Vocabulary(document)
    found: list[Hit] = []
    if control:
        for match in _CONTROL.finditer(text):
            word = match.group()
            if len(word) > 2:
                fix = _mended(vocabulary, word, _CONTROLS)
                if fix is None and not (word[0].isalpha() and word[-1].isalpha()):
                    continue
                fixes = () if fix is None else (replace(match.start(), match.end(), fix),)
                found.append(
                    Hit(
                        LOST,
                        match.start(),
                        match.end(),
                        fixes,
                        applicability=None if fix else Applicability.DISPLAY,
                    )
                )
    # Nearly always the sign was a whole word ("Afghan"); then no other is worth a closer look.
    if not control and not any(_completed(vocabulary, word) for word in _words_with_f(text)):
        return
    for match in _HOLDS_F.finditer(text):
        word = match.group()
        known = _completed(vocabulary, word)
        if len(known) == 1 and vocabulary.uses(word) <= 2:
            found.append(
                Hit(LOST, match.start(), match.end(), (replace(match.start(), match.end(), known[0]),))
            )
    if len(found) > 1 or control:
        yield from found
        if control:
            yield from _gaps(text, vocabulary)


def _completed(vocabulary: Vocabulary, word: str) -> list[str]:
    """Return the words of the lists that a word which is none may have been before it lost a letter after an "f"."""
    if vocabulary.lists(word):
        return []
    options = {
        word[: at + 1] + put + word[at + 1 :] for at in range(len(word)) if word[at] in "fF" for put in "il"
    }
    return [option for option in options if vocabulary.lists(option)]


def _words_with_f(text: str) -> frozenset[str]:
    """Return the different words of ASCII letters that hold an "f" before another letter, and maybe parts of others."""
    chunks = {chunk for chunk in text.split() if "f" in chunk}
    return frozenset(_WITH_F.findall(" ".join(chunks)))


def _mended(vocabulary: Vocabulary, word: str, hole: re.Pattern[str]) -> str | None:
    known = {option for put in _LETTERS if vocabulary.lists(option := hole.sub(put, word))}
    return known.pop() if len(known) == 1 else None


def _gaps(text: str, vocabulary: Vocabulary) -> Iterator[Hit]:
    """A blank in the place of a ligature: "of cial", "signi cantly"."""
    at = 0
    while (match := _GAP.search(text, at)) is not None:
        at = match.end("left")
        left, right = match.group("left", "right")
        if vocabulary.lists(left) and vocabulary.lists(right):
            continue
        known = {left + put + right for put in _LETTERS if vocabulary.lists(left + put + right)}
        if len(known) == 1:
            yield Hit(LOST, match.start(), match.end(), (replace(match.start(), match.end(), known.pop()),))
            at = match.end()


def _runs(document: Document) -> Iterator[Hit]:
    """Runs of blanks and tabs inside a line of prose; blanks after a stop are a typist's, columns a table's or a page's."""
    text = document.text
    lines = document.filled
    gaps = [
        list(_RUN.finditer(text, line.start, line.end)) if _may_hold_runs(text, line) else []
        for line in lines
    ]
    for number, line in enumerate(lines):
        here = gaps[number]
        if not here or _is_code(text, line) or _is_table(gaps, number) or _is_row(text, line, here):
            continue
        columns = any(_is_wide(gap) for row in _beside(gaps, number, _NEAR) for gap in row)
        edits = [
            Edit(gap.start(), gap.end(), " ")
            for gap in here
            if not (columns and _is_wide(gap)) and not _is_set(text, line, gap)
        ]
        if edits and document.places.of(line.start, line.end) != "code":
            yield _hit(RUNS, text, edits)


def _beside(gaps: Sequence[Gaps], number: int, reach: int) -> Sequence[Gaps]:
    """Return the gaps of so many lines before a line and after it."""
    return [*gaps[max(0, number - reach) : number], *gaps[number + 1 : number + 1 + reach]]


def _is_table(gaps: Sequence[Gaps], number: int) -> bool:
    """Whether a line and one next to it have the gaps of a table."""
    return len(gaps[number]) >= _TABLE and any(len(row) >= _TABLE for row in _beside(gaps, number, 1))


def _is_row(text: str, line: Line, gaps: Gaps) -> bool:
    """Whether a line is a row of a list or a table.

    What stands beside a gap is no word then; or the line is no sentence, and a label stands wide apart or tabs part
    several cells.
    """
    if any(_is_technical(text, line, gap) for gap in gaps):
        return True
    return text[line.end - 1] not in _STOPS and (
        sum("\t" in gap.group() for gap in gaps) > 1
        or any(_is_wide(gap) and _has_label(text, line, gap) for gap in gaps)
    )


def _is_wide(gap: re.Match[str]) -> bool:
    """Whether a gap is one that sets columns apart, where a line beside it has another."""
    return "\t" in gap.group() or len(gap.group()) >= _COLUMN


def _is_set(text: str, line: Line, gap: re.Match[str]) -> bool:
    """Whether somebody set a gap: after a stop, in a form, after a label or a number at a line's beginning, before its end."""
    start, end = gap.span()
    before = text[start - 1]
    if before in _FORM or (line.end - end < _TAIL and not text[end].islower()):
        return True
    if before in _AFTER_STOP and not _TYPED < end - start < _SIGNED and "\t" not in gap.group():
        return True
    return _has_label(text, line, gap)


def _is_technical(text: str, line: Line, gap: re.Match[str]) -> bool:
    """Whether what stands beside a gap is no word but a path, an address, a name of a file or an option."""
    start, end = gap.span()
    return (
        _WORDLIKE.fullmatch(text, chunk_start(text, start, line.start), start) is None
        or _WORDLIKE.fullmatch(text, end, chunk_end(text, end, line.end)) is None
    )


def _has_label(text: str, line: Line, gap: re.Match[str]) -> bool:
    """Whether what stands before a gap is the label of a row, or, where the gap is wide, its only word."""
    return _LABEL.fullmatch(text, line.start, gap.start()) is not None or (
        _is_wide(gap) and _WORD_ALONE.fullmatch(text, line.start, gap.start()) is not None
    )


def _may_hold_runs(text: str, line: Line) -> bool:
    """Say whether blanks stand side by side in a line, or one of the others stands in it."""
    start, end, _ = line
    return (
        text.find("\t", start, end) >= 0
        or text.find("\u00a0", start, end) >= 0
        or text.find("  ", start, end) >= 0
    )


def _no_break(document: Document) -> Iterator[Hit]:
    """No-break blanks between ordinary words; those that bind a title, an initial or a figure stay."""
    text = document.text
    for line in document.filled:
        if text.find("\u00a0", line.start, line.end) < 0:
            continue
        if all(_binds(text, line, match) for match in _BETWEEN_WORDS.finditer(text, line.start, line.end)):
            continue
        edits = [
            Edit(match.start(), match.end(), " ")
            for match in _UNMEANT.finditer(text, line.start, line.end)
            if not _binds(text, line, match)
        ]
        if edits:
            yield _hit(NO_BREAK, text, edits)


def _binds(text: str, line: Line, blank: re.Match[str]) -> bool:
    """Whether a blank keeps a title, an initial or a figure together with what follows."""
    return _BINDS.search(text, max(line.start, blank.start() - _BINDING), blank.start()) is not None


def _hit(rule: str, text: str, edits: Sequence[Edit]) -> Hit:
    """Return a hit on the words around some edits."""
    start, end = chunk_start(text, edits[0].start), chunk_end(text, edits[-1].end, len(text))
    return Hit(rule, start, end, (Fix(tuple(edits)),))


def _is_code(text: str, line: Line) -> bool:
    """Whether a line looks like one of a program, a drawn table or a prompt."""
    written = text[line.start : line.end]
    return (
        text[line.start] in " \t|"
        or not _CODE.isdisjoint(written)
        or (written[0] == "(" and written.count("(") > 2)
        or _COMMAND.match(written) is not None
    )
