"""Wiki markup in plain text: links, templates, bold marks, headings, and the reference marks of an encyclopedia."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.damage.telling import Code, is_shown, removal, speaks_of_markup
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.finding import Applicability, Edit, Fix
from cleantext.rulebook import Card

MARKUP, MARK = "TY122", "TY123"

_LINK = re.compile(
    r"\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<words>[^\[\]\n]{0,600}))?\]\](?P<end>[a-z]{0,12})"
)
_FILE = re.compile(
    r"\[\[(?:File|Image|Category|Media|Datei|Bild|Fichier|Archivo):(?:[^\[\]\n]|\[\[[^\[\]\n]{0,300}\]\]){0,2000}\]\]",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(r"(?<!\[)\[(?:https?:)?//[^\s\[\]]{3,2000}(?:[ ](?P<words>[^\[\]\n]{1,300}))?\](?!\()")
_TEMPLATE = re.compile(
    r"\{\{(?P<name>[^{}|\n]{1,60})(?P<rest>(?:\|(?:[^{}]|\{\{[^{}]{0,300}\}\}){0,2000})?)\}\}"
)
_BOLD = re.compile(
    r"(?<!')'''(?P<italic>'')?(?=[^'\s])(?P<words>[^'\n]{1,300}(?:'[^'\n]{1,300}){0,5}?)(?(italic)'')'''(?!')"
)
_ITALIC = re.compile(r"(?<!')''(?=[^'\s])(?P<words>[^'\n]{1,300}(?:'[^'\n]{1,300}){0,5}?)''(?!')")
_HEADING = re.compile(r"(?m)^(?P<marks>={2,6})[ ]*(?P<words>[^=\n]{1,200}?)[ ]*(?P=marks)[ \t]*$")
_DROPPED = re.compile(
    r"(?:cite|citation|cit|refn?|sfnp?|efn|harvnb|reflist|notelist|main|see also|further|use \w+ (?:dates|english)"
    r"|short description|webarchive|dead link|infobox|about|distinguish|hatnote|portal|commons category|authority control"
    r"|clarify|who|when|by whom|update|better source|unreferenced|failed verification|full citation needed|citation needed)\b",
    re.IGNORECASE,
)

# A letter in brackets that a word goes on after, or that opens a quotation, is an editor's: "[t]he", "[a] few".
_NUMBER = re.compile(
    r"(?<=[.,;:!?”\"’')\]])\[(?P<number>\d{1,3}|note \d{1,3})\]"
    r"|(?<=[^\s(\[—–-][.,;:!?”\"’')\]])\[(?P<letter>[a-z])\](?![^\W_])"
    r"|(?<=[a-z])\[(?P<inner>\d{1,3})\]"
)
_NEEDED = re.compile(
    r"\[(?:citation needed|clarification needed|better source needed|dubious ?[–-] ?discuss|failed verification|original research\??"
    r"|page needed|by whom\?|according to whom\?|when\?|who\?|which\?|where\?|update|verification needed|unreliable source\??)\]"
)
_EDIT = re.compile(r"\[(?:edit|edit source|edit \| edit source)\](?=[ \t]*(?:[\r\n]|\Z))")
_LISTED = re.compile(
    r"(?m)^[ \t]*(?:(?:\[\d{1,3}\]|\^|\d{1,3}[.):]|[¹²³⁰-⁹]+)[ \t]*\S|(?:References|Notes|Footnotes|Endnotes|Sources|Bibliography|Works cited)\b:?[ \t]*$)"
)


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each piece of wiki markup, and for each reference mark of a text that lists no references."""
    text = document.text
    found = list(_markup(document)) if MARKUP in cards else []
    found += _marks(document) if MARK in cards else []
    if not found or speaks_of_markup(text, sorted((hit.start, hit.end) for hit in found)):
        return
    at = 0
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if hit.start >= at and not is_shown(document, hit.start, hit.end):
            at = hit.end
            yield hit


def _hit(match: re.Match[str], name: str) -> Hit:
    """Return the hit that keeps one group of a match."""
    start, end = match.span(name)
    edits = tuple(Edit(a, b, "") for a, b in ((match.start(), start), (end, match.end())) if b > a)
    return Hit(MARKUP, *match.span(), (Fix(edits),))


def _markup(document: Document) -> Iterator[Hit]:
    text = document.text
    signs = False
    if "[[" in text:
        for match in _FILE.finditer(text):
            signs = True
            yield Hit(
                MARKUP,
                *match.span(),
                (Fix((removal(text, document.line_at(match.start()), *match.span()),)),),
            )
        for match in _LINK.finditer(text):
            if text[match.start() - 1 : match.start()] == "[" or (
                ":" in match["target"] and _FILE.match(text, match.start())
            ):
                continue
            if not any(letter.isalpha() for letter in match["target"]):
                continue
            signs = True
            kept = "words" if match["words"] else "target"
            start, end = match.span(kept)
            closing = match.start("end") - 2
            edits = (Edit(match.start(), start, ""), Edit(min(end, closing), closing + 2, ""))
            yield Hit(MARKUP, match.start(), match.end(), (Fix(edits),))
    if "{{" in text:
        for match in _TEMPLATE.finditer(text):
            dropped = _DROPPED.match(match["name"].strip()) is not None
            signs = signs or dropped
            if dropped:
                yield Hit(
                    MARKUP,
                    *match.span(),
                    (Fix((removal(text, document.line_at(match.start()), *match.span()),)),),
                )
            else:
                yield Hit(MARKUP, *match.span(), applicability=Applicability.DISPLAY)
    if "[http" in text or "[//" in text:
        for match in _OUTSIDE.finditer(text):
            if match["words"]:
                yield _hit(match, "words")
    if "'''" in text:
        for match in _BOLD.finditer(text):
            signs = True
            yield _hit(match, "words")
    if signs:
        taken = [match.span() for match in _BOLD.finditer(text)]
        for match in _ITALIC.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken[:1000]):
                yield _hit(match, "words")
    headings = list(_HEADING.finditer(text))
    if signs or len(headings) > 1:
        for match in headings:
            yield _hit(match, "words")


def _marks(document: Document) -> list[Hit]:
    """Return the reference marks; those of a text that lists its references stay."""
    text = document.text
    needed = [*_NEEDED.finditer(text), *_EDIT.finditer(text)] if "[" in text else []
    code = Code(document)
    numbers: list[re.Match[str]] = []
    marked = list(_numbered(text))
    if marked and _LISTED.search(text) is None:
        numbers = [match for match in marked if not code.holds(match.start())]
        count = sum(match["inner"] is None for match in numbers)
        if not count and len(numbers) < 3:
            numbers = []
    return [_mark(text, match) for match in (*needed, *numbers)]


def _numbered(text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of `_NUMBER`, each of which begins with a bracket and holds no other."""
    at = text.find("[")
    while at >= 0:
        match = _NUMBER.match(text, at)
        if match is not None:
            yield match
        at = text.find("[", at + 1)


def _mark(text: str, match: re.Match[str]) -> Hit:
    """Return the hit that deletes a mark, with the blank before one of words."""
    start, end = match.span()
    if match.re is not _NUMBER and text[start - 1 : start] in (" ", "\u00a0"):
        start -= 1
    return Hit(MARK, start, end, (Fix((Edit(start, end, ""),)),))
