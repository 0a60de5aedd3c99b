"""HTML left in plain text: tags, comments, scripts, and the ends of tags that were cut."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from cleantext.checks import Hit
from cleantext.checks.damage.telling import is_shown, removal, speaks_of_markup
from cleantext.configuration import Configuration
from cleantext.document import Document, Line
from cleantext.finding import Edit, Fix
from cleantext.rulebook import Card

RULE = "TY120"

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,20})"
    r"(?P<attributes>(?:\s+[\w:@.-]{1,60}(?:\s*=\s*(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>]{1,2000}))?){0,40})\s*/?>"
)
_ESCAPED = re.compile(
    r"&(?:amp;)*lt;(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]{0,20})(?P<attributes>(?:\s(?:[^<>&\n]|&quot;|&amp;|&#\d+;){0,500})?)/?&(?:amp;)*gt;"
)
_DECLARATION = re.compile(r"<!(?:DOCTYPE|doctype)\b[^<>]{0,300}>|<\?xml\b[^<>]{0,300}\?>|<!\[CDATA\[|\]\]>")
_CUT = re.compile(
    r"(?:(?<=\s)|(?<![^\r\n]))(?:(?:href|src|alt|class|style|target|rel|width|height|data-[\w-]{1,30})=\"[^\"<>\n]{0,500}\"\s?){1,20}/?>"
)
_CUT_OFF = re.compile(
    r"<(?:a|img|div|span|p|iframe|link|input)\s+[a-z-]{2,20}=\"[^\"<>\n]{0,500}(?:\"[^<>\n]{0,300})?(?=\r|\n|\Z)"
)

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "dl",
        "table",
        "blockquote",
        "section",
        "article",
        "aside",
        "header",
        "footer",
        "nav",
        "main",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "center",
        "hr",
        "body",
        "html",
        "head",
    ]
)
_LINES = frozenset(["br", "li", "tr", "dt", "dd", "option"])
_CELLS = frozenset(["td", "th"])
# Nobody writes these in angle brackets but to make a page; "<source>" and "<title>" stand in manuals for what to fill in.
_SURE = frozenset(
    [
        "p",
        "br",
        "div",
        "span",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "blockquote",
        "iframe",
        "figcaption",
        "em",
        "strong",
        "sup",
        "sub",
        "hr",
        "img",
        "nbsp",
        "font",
        "center",
    ]
)
_KNOWN = _SURE | frozenset(
    [
        "a",
        "abbr",
        "article",
        "aside",
        "audio",
        "b",
        "big",
        "body",
        "button",
        "caption",
        "cite",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "form",
        "head",
        "header",
        "html",
        "i",
        "input",
        "ins",
        "label",
        "legend",
        "link",
        "main",
        "map",
        "mark",
        "meta",
        "nav",
        "noscript",
        "object",
        "option",
        "param",
        "picture",
        "q",
        "s",
        "script",
        "section",
        "select",
        "small",
        "source",
        "strike",
        "style",
        "summary",
        "svg",
        "path",
        "table",
        "textarea",
        "tfoot",
        "time",
        "title",
        "tt",
        "u",
        "var",
        "video",
        "wbr",
    ]
)
_WITH_CONTENT = frozenset(["script", "style", "iframe", "svg", "noscript", "ref", "template", "textarea"])
_SIGNS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOW_SIGNS = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_RAISED = re.compile(r"[0-9+-]{1,6}")
_LONGEST = 100_000  # code points of a script


class _Piece(NamedTuple):
    """A tag, or an element that goes with its content."""

    start: int
    end: int
    name: str
    replacement: str | None = None  # what stands for it; None where its kind decides


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each line with remains of HTML, all edits of the line together."""
    text = document.text
    pieces = _pieces(text)
    if not pieces or speaks_of_markup(text, [(piece.start, piece.end) for piece in pieces]):
        return
    shown = [piece for piece in pieces if not is_shown(document, piece.start, piece.end)]
    for _, group in groupby(shown, key=lambda piece: document.line_at(piece.start).start):
        row = list(group)
        edits = list(_edits(text, document.line_at(row[0].start), row))
        if edits:
            yield Hit(RULE, row[0].start, row[-1].end, (Fix(tuple(edits)),))


def _pieces(text: str) -> list[_Piece]:
    """Return all remains of HTML, in order, none in another."""
    found: list[_Piece] = []
    closed = [match for match in _TAG.finditer(text) if match["close"]]
    closings = {match["name"].lower() for match in closed}
    by_name: dict[str, list[tuple[int, int]]] = {}
    for match in closed:
        by_name.setdefault(match["name"].lower(), []).append(match.span())
    last_comment = text.rfind("-->") + 3
    at = 0
    while (start := text.find("<", at)) >= 0:
        at = start + 1
        if text.startswith("<!--", start):
            end = text.find("-->", start, min(last_comment, start + _LONGEST))
            if end > 0:
                found.append(_Piece(start, end + 3, "!--", ""))
                at = end + 3
            continue
        declaration = _DECLARATION.match(text, start)
        if declaration is not None:
            found.append(_Piece(*declaration.span(), "!", ""))
            at = declaration.end()
            continue
        tag = _TAG.match(text, start)
        if tag is None:
            cut = _CUT_OFF.match(text, start)
            if cut is not None:
                found.append(_Piece(*cut.span(), "a", ""))
                at = cut.end()
            continue
        piece = _element(text, tag, closings, by_name)
        if piece is not None:
            found.append(piece)
            at = piece.end
    escaped = list(_ESCAPED.finditer(text)) if "lt;" in text else []
    ends = {match["name"].lower() for match in escaped if match["close"]}
    for match in escaped:
        name = match["name"].lower()
        if name in _SURE or (name in _KNOWN and (match["close"] or match["attributes"] or name in ends)):
            found.append(_Piece(*match.span(), name))
    if '="' in text:
        found += [_Piece(*match.span(), "span", "") for match in _CUT.finditer(text)]
    found += [_Piece(*match.span(), "!", "") for match in re.finditer(r"\]\]>", text)]
    found.sort()
    apart: list[_Piece] = []
    for piece in found:
        if not apart or piece.start >= apart[-1].end:
            apart.append(piece)
    return apart


def _element(
    text: str, match: re.Match[str], closings: set[str], by_name: Mapping[str, list[tuple[int, int]]]
) -> _Piece | None:
    name = match["name"].lower()
    start, end = match.span()
    if name in _WITH_CONTENT and not match["close"]:
        spans = by_name.get(name, [])
        number = bisect_right(spans, (end, -1))
        if number < len(spans) and spans[number][0] - end < _LONGEST and text[end - 2 : end] != "/>":
            return _Piece(start, spans[number][1], name, "")
    if name in ("sup", "sub") and not match["close"]:
        spans = by_name.get(name, [])
        number = bisect_right(spans, (end, -1))
        if number < len(spans):
            inner = text[end : spans[number][0]]
            if _RAISED.fullmatch(inner):
                signs = _SIGNS if name == "sup" else _LOW_SIGNS
                return _Piece(start, spans[number][1], name, inner.translate(signs))
    if name in _SURE:
        return _Piece(start, end, name)
    if name not in _KNOWN and name not in _WITH_CONTENT:
        return None
    if match["close"] or "=" in match["attributes"] or name in closings:
        return _Piece(start, end, name)
    return None


def _edits(text: str, line: Line, row: Sequence[_Piece]) -> Iterator[Edit]:
    """Yield the edits of one line: tags side by side become one blank, one line end, or nothing."""
    at = 0
    for run in _side_by_side(text, row):
        edit = _edit(text, line, run)
        # Of the blanks between two edits the first takes what both would.
        yield edit if edit.start >= at else Edit(at, edit.end, edit.replacement)
        at = edit.end


def _side_by_side(text: str, row: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for piece in row:
        between = text[run[-1].end : piece.start] if run else ""
        if between.strip(" \t\u00a0") or (between and not (_breaks(run[-1]) or _breaks(piece))):
            yield run
            run = []
        run.append(piece)
    if run:
        yield run


def _breaks(piece: _Piece) -> bool:
    """Whether a tag parts blocks, lines or cells."""
    return piece.name in _BLOCKS or piece.name in _LINES or piece.name in _CELLS


def _edit(text: str, line: Line, run: list[_Piece]) -> Edit:
    start, end = run[0].start, run[-1].end
    names = [piece.name for piece in run]
    if not text[line.start : start].strip() or (end <= line.end and not text[end : line.end].strip()):
        if any(piece.replacement for piece in run):
            return Edit(start, end, "".join(piece.replacement or "" for piece in run))
        return removal(text, line, *_with_blanks(text, line, start, end))
    breaks = names.count("br") + sum(name in _LINES and name != "br" for name in set(names))
    if any(name in _BLOCKS for name in names) or names.count("br") > 1:
        return Edit(*_with_blanks(text, line, start, end), "\n\n")
    if breaks:
        return Edit(*_with_blanks(text, line, start, end), "\n")
    if any(name in _CELLS for name in names):
        return Edit(*_with_blanks(text, line, start, end), " ")
    put = "".join(piece.replacement or "" for piece in run)
    beside = text[start - 1].isspace() and text[end : end + 1].isspace()
    if beside and not put:
        return Edit(start, end + 1, "")
    return Edit(start, end, put)


def _with_blanks(text: str, line: Line, start: int, end: int) -> tuple[int, int]:
    while start > line.start and text[start - 1] in " \t\u00a0":
        start -= 1
    while end < line.end and text[end] in " \t\u00a0":
        end += 1
    return start, end
