"""Markdown in what is plain text: links, pictures, emphasis, headings, reference marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from cleantext.checks import Hit
from cleantext.checks.damage.telling import is_shown, removal, speaks_of_markup
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.finding import Edit, Fix
from cleantext.rulebook import Card

RULE = "TY121"

_ADDRESS = r"(?:<[^<>\n]{1,2000}>|(?:https?:|mailto:|tel:|www\.|/|\#|\./|\.\./|[\w-]{1,60}\.[a-z]{2,6}\b)(?:[^()\s\\]|\\.|\([^()\s]{0,500}\)){0,2000})"
_LINK = re.compile(
    rf"(?P<picture>!?)\[(?P<words>(?:[^\[\]\n\\]|\\.|\[[^\[\]\n]{{0,300}}\]){{0,1000}})\]\([ ]?{_ADDRESS}(?:[ \n]+(?:\"[^\"\n]{{0,500}}\"|'[^'\n]{{0,500}}'))?[ ]?\)"
)
_REFERENCE = re.compile(r"\[(?P<words>[^\[\]\n]{1,300})\][ ]?\[(?P<label>[^\[\]\n]{0,60})\]")
_DEFINITION = re.compile(
    r"(?m)^ {0,3}\[(?P<label>[^\[\]\n^]{1,60})\]:[ ]+<?(?:https?://|/|www\.)\S+(?:[ ]+\"[^\"\n]*\")?[ \t]*$"
)
_STRONG = re.compile(
    r"(?<![\w*\\])(?P<marks>\*\*\*|\*\*)(?=[^\s*])(?P<words>[^*\n]{1,600}?)(?<=[^\s*\\])(?P=marks)(?![\w*])"
    r"|(?<![\w\\])(?P<lines>__)(?=[^\s_])(?P<words2>[^_\n]{1,600}?)(?<=[^\s_\\])__(?!\w)"
)
_EMPHASIS = re.compile(
    r"(?<![\w*\\/])(?P<mark>\*)(?=[\w“\"‘'(])(?P<words>[^*\n]{1,300}?)(?<=[\w.,!?…”\"’')])\*(?![\w*])"
    r"|(?<![\w\\/])(?P<line>_)(?=[^\W_]|[“\"‘'(])(?P<words2>[^_\n]{1,300}?)(?<=[\w.,!?…”\"’')])(?<!_)_(?!\w)"
)
_HEADING = re.compile(r"(?m)^[ ]{0,3}(?P<marks>#{1,6})[ \t]+(?=\S)")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*\Z")
_NOTE = re.compile(r"(?<=[\w.,;:!?”\"’')])\[\^[\w-]{1,30}\](?![:\w])")
_STRUCK = re.compile(r"(?<![\w~])~~(?=\S)(?P<words>[^~\n]{1,300}?)(?<=\S)~~(?![\w~])")
_HAS_LETTER = re.compile(r"[^\W\d_]")


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each line with Markdown, all edits of the line together."""
    text = document.text
    sure = sorted(_sure(document), key=lambda edit: edit.start)
    if not sure or speaks_of_markup(text, [(edit.start, edit.end) for edit in sure]):
        return
    edits = _apart([*sure, *_with_them(text)])
    edits = [edit for edit in edits if not is_shown(document, edit.start, edit.end)]
    for _, group in groupby(edits, key=lambda edit: document.line_at(edit.start).start):
        row = tuple(group)
        yield Hit(RULE, row[0].start, max(row[-1].end, row[0].start + 1), (Fix(row),))


def _sure(document: Document) -> Iterator[Edit]:
    """Yield the edits of what nothing but Markdown writes; marks and address go, the words stay."""
    text = document.text
    if "](" in text:
        for match in _LINK.finditer(text):
            words = match["words"].strip()
            if match["picture"] or "![" in words or not words:
                yield removal(text, document.line_at(match.start()), *match.span())
            else:
                start, end = match.span("words")
                yield Edit(match.start(), start, "")
                yield Edit(end, match.end(), "")
    yield from _references(document)
    for match in _strong(document):
        name = "words" if match["words"] else "words2"
        if _HAS_LETTER.search(match[name]) and not _is_name(match[name]):
            start, end = match.span(name)
            yield Edit(match.start(), start, "")
            yield Edit(end, match.end(), "")
    if "[^" in text:
        for match in _NOTE.finditer(text):
            yield Edit(*match.span(), "")
    if "~~" in text:
        for match in _STRUCK.finditer(text):
            yield Edit(match.start(), match.start("words"), "")
            yield Edit(match.end("words"), match.end(), "")
    headings = _HEADING.finditer(text) if "##" in text else ()
    for match in headings:
        if len(match["marks"]) == 1:
            continue
        yield Edit(match.start(), match.end(), "")
        line = document.line_at(match.end())
        tail = _HEADING_END.search(text, match.end(), line.end)
        if tail is not None:
            yield Edit(*tail.span(), "")


def _strong(document: Document) -> Iterator[re.Match[str]]:
    """Yield the matches of `_STRONG`, which stays in its line, of the lines that hold its marks."""
    text, start = document.text, 0
    if "**" not in text and "__" not in text:
        return
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text.find("**", start, end) >= 0 or text.find("__", start, end) >= 0:
            yield from _STRONG.finditer(text, start, end)
        start = end + 1


def _is_name(words: str) -> bool:
    """Whether underlines are part of a name in a program ("__init__", "__main__")."""
    return (
        words.isidentifier()
        and words.islower()
        and words in ("init", "main", "name", "file", "doc", "all", "dict", "call")
    )


def _references(document: Document) -> Iterator[Edit]:
    """Yield links by label, where the text defines the label."""
    text = document.text
    if "]: " not in text:
        return
    defined = {match["label"].lower(): match for match in _DEFINITION.finditer(text)}
    if not defined:
        return
    used: set[str] = set()
    for match in _REFERENCE.finditer(text):
        label = (match["label"] or match["words"]).lower()
        if label in defined:
            used.add(label)
            yield Edit(match.start(), match.start("words"), "")
            yield Edit(match.end("words"), match.end(), "")
    for label in used:
        match = defined[label]
        yield removal(text, document.line_at(match.start()), *match.span())


def _with_them(text: str) -> Iterator[Edit]:
    """Yield the edits of what other writers use, too, where Markdown stands elsewhere in the text."""
    for match in _EMPHASIS.finditer(text):
        name = "words" if match["words"] else "words2"
        if _HAS_LETTER.search(match[name]):
            yield Edit(match.start(), match.start(name), "")
            yield Edit(match.end(name), match.end(), "")


def _apart(edits: list[Edit]) -> list[Edit]:
    found: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not found or edit.start >= found[-1].end:
            found.append(edit)
    return found
