"""Sentences, quotations, brackets and headings that lost the blank or the line break between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import re2

from cleantext.checks import Hit
from cleantext.checks.damage.signs import OPENERS, signs
from cleantext.checks.damage.vocabulary import Vocabulary, chunk_end, chunk_start
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.document.words import given_names, word_groups, words
from cleantext.finding import Edit, Fix
from cleantext.matching.sets import encoded
from cleantext.rulebook import Card

SENTENCES, WORDS, HEADING = "TY009", "TY104", "TY105"

# What any of them needs; RE2 reads the text faster than `re` does.
_GATE = re2.compile(
    r"[a-z0-9)\]%][.?!][A-Z]|[.,?!][\"”][A-Za-z]|[a-z][.,!?:]“[A-Z]|\)[a-z][a-z]|[a-z][,;:][a-z]|[a-z][a-z][A-Z]"
)
_REACH = 90  # code points before a bracket's end in which it opens
_LONGEST = 120  # code points between two blanks that are looked at

_SENTENCE = re.compile(
    r"(?<![\w@/.:#&=?-])(?:[^\W\d_]+-)*+(?P<left>[^\W\d_][^\W\d_’']+|(?:\d{1,3}[.,])?\d{1,4}(?:bn|mn?|km|kg|[ap]m)?|\d{1,3}%|[)\]])(?P<mark>[.?!])(?P<right>[A-Z][a-z’']*)(?=[ \u00a0,]|\Z|[\r\n])"
)
_OPENING = re.compile(r"(?<=[a-z][.!?,:])(?P<mark>“)(?=[A-Z])")
_CLOSING = re.compile(r"(?<=[.!?,])(?P<mark>”)(?=[A-Za-z]{2}|[AI] )")
_STRAIGHT = re.compile(r"(?<=[a-z][.!?,])(?P<mark>\")(?=[A-Z][a-z’' ])")
_BRACKET = re.compile(r"(?<= )\([^()\s]+ [^()\n]{1,80}\)(?P<right>[a-z]{2,})(?=[ ,.;:])")
_COMMA = re.compile(
    r"(?<![\w@/.:#&=?-])(?P<left>[a-z]{2,})(?P<mark>[,;:])(?P<right>[a-z]{2,})(?=[ ,.;:!?]|\Z|[\r\n])"
)
_STOPS, _QUOTES, _JOINTS = frozenset(".?!"), frozenset('“”"'), frozenset(",;:")
"""A mark of which each match of `_SENTENCE` holds one, of the quotations' patterns, and of `_COMMA`."""
_SMALL = re.compile(r"(?<![\w@/.:#&=?’'-])[a-z]{6,}(?=[ ,.;:!?])")
_CAMEL = re.compile(r"(?<![\w@/.:#&=?’'-])(?P<left>[A-Za-z]?[a-z]{2,})(?P<right>[A-Z][a-z]*)(?=[ ,’])")

# After a stop these are no sentences but addresses, files and firms.
_ENDINGS = frozenset(
    [
        "ai",
        "app",
        "au",
        "biz",
        "ca",
        "ch",
        "cn",
        "co",
        "com",
        "cz",
        "de",
        "dev",
        "doc",
        "edu",
        "es",
        "eu",
        "exe",
        "fm",
        "fr",
        "gov",
        "html",
        "in",
        "info",
        "int",
        "io",
        "it",
        "jp",
        "js",
        "json",
        "jpg",
        "me",
        "mil",
        "mp",
        "net",
        "nl",
        "no",
        "org",
        "pdf",
        "php",
        "pl",
        "png",
        "pt",
        "py",
        "ru",
        "se",
        "tv",
        "txt",
        "uk",
        "us",
        "xml",
        "zip",
    ]
)
_ABBREVIATIONS = word_groups("damage-words")["abbreviations"]
_TITLES = word_groups("damage-words")["titles"]
# What opens a sentence whatever follows, and is no second half of a name.
_SURE_OPENERS = word_groups("damage-words")["openers"]
_NAME_NEXT = re.compile(r" [A-Z][a-z]")
_CODE = re.compile(r"[{}=<>\\_`|]")
_SMALL_PREFIXES = frozenset(["mac", "van", "von", "de", "di", "da", "du", "la", "le", "mc", "i", "e"])
_NAMES_TOO = word_groups("damage-words")["names-too"]
_FUNCTION = word_groups("damage-words")["function-words"]
_LEAD = 3  # words before the place that make it running text


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each place that both sides show to be glued."""
    text = document.text
    if "glued" not in signs(document):
        return
    vocabulary = Vocabulary(document)
    marks: list[Hit] = []
    for start, end in _places(text):
        marked = {*text[start:end]}  # what each of them looks for holds a mark: most have but one to look for
        if SENTENCES in cards:
            if not marked.isdisjoint(_STOPS):
                yield from _sentences(document, vocabulary, start, end)
            if not marked.isdisjoint(_QUOTES):
                yield from _quotations(document, start, end)
        if WORDS in cards:
            marks += _marks(document, vocabulary, start, end, joined=not marked.isdisjoint(_JOINTS))
        if HEADING in cards:
            yield from _headings(document, vocabulary, start, end)
    yield from marks
    if marks:  # what lost its blanks at marks has lost others
        yield from _two_in_one(document, vocabulary)


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between two blanks around each match of the gate, with the blank after it."""
    # RE2's wrapper would convert each place from the text's beginning on; what lies between two takes less.
    data = encoded(text)
    done = at = read = 0
    for match in _GATE.finditer(data):
        low, high = match.span()
        at += low - read if text.isascii() else len(data[read:low].decode("utf-8"))
        read = low
        if at < done:
            continue
        start = _chunk_start(text, at)
        end = _chunk_end(text, at + len(data[low:high].decode("utf-8")))
        done = end
        yield start, min(len(text), end + 1)


def _whole(pattern: re.Pattern[str], text: str, low: int, high: int) -> Iterator[re.Match[str]]:
    """Yield the matches between two places, but none that ends there only because nothing is read beyond."""
    for match in pattern.finditer(text, low, high):
        if match.end() < high or high == len(text):
            yield match


def _blank(rule: str, start: int, end: int, at: int, put: str = " ") -> Hit:
    return Hit(rule, start, end, (Fix((Edit(at, at, put),)),))


def _sentences(document: Document, vocabulary: Vocabulary, low: int, high: int) -> Iterator[Hit]:
    text = document.text
    for match in _whole(_SENTENCE, text, low, high):
        left, right = match.group("left", "right")
        if left in _ABBREVIATIONS or _in_code(document, match.start()):
            continue
        begins = _begins_sentence(text, right, match.end())
        if right.lower() in _ENDINGS and not _is_no_address(vocabulary, match, begins=begins):
            continue
        if len(right) == 1 and right not in ("A", "I"):
            continue
        if not (
            begins or vocabulary.lists(right) or vocabulary.uses(right) > 1 or _names(vocabulary, left, right)
        ):
            continue
        running = _goes_on_small(text, match.end())
        if left[0].isdigit():
            # "12.Go Asia" is a firm.
            if _starts_line(document, match.start()) or not (
                vocabulary.common(right) and (begins or running or _opens(right))
            ):
                continue
        elif left.isalpha():
            # "Cursor.Directory" and "Kostroma.Today" are names; a day ends a sentence, and "The" begins one.
            if left[0].isupper() and not (
                _words_before(document, match.start()) >= _LEAD
                and (begins or (running and (_opens(right) or left in words("attribution-times"))))
            ):
                continue
            if left[0].islower() and not (begins or vocabulary.lists(left) or running):
                continue
        at = match.end("mark")
        yield _blank(SENTENCES, match.start(), match.end(), at)


def _is_no_address(vocabulary: Vocabulary, match: re.Match[str], *, begins: bool) -> bool:
    """Say whether what ends like an address is none: "come.In", and "Russia.It" where Russia stands elsewhere, too."""
    left, right = match.group("left", "right")
    if not vocabulary.common(right):
        return False
    if not left[0].isupper():
        return match.start() == match.start("left") or begins
    return begins and (left in words("attribution-times") or vocabulary.uses(left) > 1)


def _begins_sentence(text: str, right: str, end: int) -> bool:
    """Say whether what stands after a stop is sure to begin a sentence: "The", or a title with its name."""
    if right in _TITLES:
        return _NAME_NEXT.match(text, end) is not None
    return right in _SURE_OPENERS and text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum()


def _names(vocabulary: Vocabulary, left: str, right: str) -> bool:
    """Whether a usual word ends a sentence, and a title or a given name begins one: "expectancies.Chris"."""
    return (left.islower() and vocabulary.lists(left)) and (right in _TITLES or right in given_names())


def _opens(word: str) -> bool:
    """Whether a word opens sentences, and is no second half of a paper's or a site's name ("Kostroma.Today")."""
    return word in words("attribution-openers") and word not in _NAMES_TOO


def _quotations(document: Document, low: int, high: int) -> Iterator[Hit]:
    text = document.text
    for pattern, before in ((_OPENING, True), (_CLOSING, False), (_STRAIGHT, None)):
        for match in pattern.finditer(text, low, high):
            at = match.start("mark")
            opens = before
            if opens is None:
                line = document.line_at(at)
                opens = text.count('"', line.start, at) % 2 == 0
            start, end = _chunk_start(text, at), _chunk_end(text, match.end())
            yield _blank(SENTENCES, start, end, at if opens else match.end())


def _marks(document: Document, vocabulary: Vocabulary, low: int, high: int, *, joined: bool) -> Iterator[Hit]:
    text = document.text
    reached = max(0, low - _REACH)
    brackets = _BRACKET.finditer(text, reached, high) if text.find(")", reached, high) >= 0 else ()
    for match in brackets:
        right = match.group("right")
        if (
            vocabulary.lists(right)
            and right not in ("es", "ed", "ing", "ly", "able")
            and not _in_code(document, match.start())
        ):
            yield _blank(WORDS, match.start(), match.end(), match.start("right"))
    for match in _whole(_COMMA, text, low, high) if joined else ():
        left, right = match.group("left", "right")
        if not (vocabulary.lists(left) and vocabulary.lists(right)) or _in_code(document, match.start()):
            continue
        if match["mark"] == ":" and _FUNCTION.isdisjoint((left, right)):
            continue  # "root:staff" is an owner and a group
        if _words_before(document, match.start()) + 1 >= 2 and _goes_on_small(text, match.end() - len(right)):
            yield _blank(WORDS, match.start(), match.end(), match.start("right"))


def _two_in_one(document: Document, vocabulary: Vocabulary) -> Iterator[Hit]:
    """Words that are none, but two that everybody uses, one of them a function word: "standand". Only of a text that is glued elsewhere."""
    for match in _SMALL.finditer(document.text):
        word = match.group()
        if vocabulary.lists(word):
            continue
        cuts = [
            at
            for at in range(2, len(word) - 1)
            if (word[:at] in _FUNCTION and vocabulary.common(word[at:]))
            or (word[at:] in _FUNCTION and vocabulary.common(word[:at]))
        ]
        if len(cuts) == 1 and vocabulary.uses(word) <= 1:
            yield _blank(WORDS, match.start(), match.end(), match.start() + cuts[0])


def _headings(document: Document, vocabulary: Vocabulary, low: int, high: int) -> Iterator[Hit]:
    """A small letter right before a capital: "nowFrom then on"; names of firms are written so, too."""
    text = document.text
    for match in _CAMEL.finditer(text, low, high):
        left, right = match.group("left", "right")
        if left.lower() in _SMALL_PREFIXES or _in_code(document, match.start()):
            continue
        opener = right in _OPENERS
        if left[0].isupper():
            if not (opener and _goes_on_small(text, match.end())):
                continue
            if not (left in words("attribution-times") or vocabulary.uses(left) > 0):
                continue
        elif not (vocabulary.lists(left) and len(left) > 2 and vocabulary.lists(right)):
            continue
        if (
            left[0].islower()
            and not opener
            and (_ABOUT_CODE.search(text) is not None or _has_identifiers(text))
        ):
            continue
        if not (opener or _goes_on_small(text, match.end()) or left[0].islower()):
            continue
        if vocabulary.uses(left + right) > 1 or _is_among_identifiers(
            text, match.start(), match.end("left"), match.end()
        ):
            continue
        yield _blank(HEADING, match.start(), match.end(), match.start("right"), "\n")


def _is_among_identifiers(text: str, start: int, cut: int, end: int) -> bool:
    """Whether another word close by begins as one does, or stands beside it, with a capital inside it.

    "theLayer theText" are names of a program's.
    """
    low, high = max(0, start - _BESIDE), end + _BESIDE
    return any(
        match["left"] == text[start:cut] or match.end() + 1 == start or match.start() == end + 1
        for match in _IDENTIFIER.finditer(text, low, high)
        if match.start() != start
    )


def _has_identifiers(text: str) -> bool:
    """Whether a text names so many things with a capital inside that they are a program's."""
    return len({match.group() for match in _IDENTIFIER.finditer(text)}) >= _SEVERAL


_SEVERAL = 4
_BESIDE = 30  # code points on either side in which another such name is looked for
_IDENTIFIER = re.compile(r"\b(?P<left>[a-z]{2,})(?:[A-Z][a-z]+)+\b")
# In a text about programs "approvedList" is a name.
_ABOUT_CODE = re.compile(
    r"\b(?:variables?|functions? name|methods?|parameters?|booleans?|API|SDK|JavaScript|TypeScript|Java|Python|snippets?|source code)\b"
)
_OPENERS = frozenset(OPENERS)


def _starts_line(document: Document, at: int) -> bool:
    return document.line_at(at).start == at


def _goes_on_small(text: str, end: int) -> bool:
    """Whether a small word follows the one that ends here or begins here."""
    match = _NEXT.match(text, end)
    return match is not None


_NEXT = re.compile(r"[A-Za-z’']*,? [a-z]|[a-z]+[.!?]?(?:\Z|[\r\n ])")


def _words_before(document: Document, at: int) -> int:
    """Count the words between the start of the line, or its last stop, and a place."""
    line = document.line_at(at)
    low = max(line.start, at - 200)
    return len(document.text[low:at].split())


def _in_code(document: Document, at: int) -> bool:
    line = document.line_at(at)
    return _CODE.search(document.text, max(line.start, at - 80), min(line.end, at + 80)) is not None


def _chunk_end(text: str, at: int) -> int:
    return chunk_end(text, at, min(len(text), at + _LONGEST))


def _chunk_start(text: str, at: int) -> int:
    return chunk_start(text, at, max(0, at - _LONGEST))
