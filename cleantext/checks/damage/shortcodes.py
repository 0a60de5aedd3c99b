"""BBCode of forums and shortcodes of content systems, left in plain text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import groupby

from cleantext.checks import Hit
from cleantext.checks.damage.telling import is_shown, removal, speaks_of_markup
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.finding import Edit, Fix
from cleantext.rulebook import Card

RULE = "TY124"

_CODE = re.compile(
    r"\[(?P<close>/?)(?P<name>[A-Za-z*][A-Za-z0-9_-]{0,40})(?P<value>=[^\[\]\n]{1,500})?"
    r"(?P<attributes>(?:[ ]+[\w-]{1,40}=(?:\"[^\"\]\n]{0,500}\"|'[^'\]\n]{0,500}'|“[^”\]\n]{0,500}”|”[^”\]\n]{0,500}[”″]|[^\s\"'\]]{1,500})){0,30})[ ]*/?\]"
)
_BBCODE = frozenset(
    [
        "b",
        "i",
        "u",
        "s",
        "url",
        "email",
        "img",
        "quote",
        "code",
        "size",
        "color",
        "colour",
        "font",
        "center",
        "left",
        "right",
        "list",
        "li",
        "table",
        "tr",
        "td",
        "youtube",
        "video",
        "spoiler",
        "strike",
        "sub",
        "sup",
        "hr",
    ]
)
_WITH_CONTENT = frozenset(["img", "embed", "youtube", "video", "audio", "gallery", "vimeo"])


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each line with codes in square brackets, all edits of the line together."""
    text = document.text
    edits = _edits(document)
    if not edits or speaks_of_markup(text, [(edit.start, edit.end) for edit in edits]):
        return
    edits = [edit for edit in edits if not is_shown(document, edit.start, edit.end)]
    for _, group in groupby(edits, key=lambda edit: document.line_at(edit.start).start):
        row = tuple(group)
        yield Hit(RULE, row[0].start, row[-1].end, (Fix(row),))


def _edits(document: Document) -> list[Edit]:
    text = document.text
    codes = list(_CODE.finditer(text))
    closings: dict[str, list[int]] = {}
    for match in codes:
        if match["close"]:
            closings.setdefault(match["name"].lower(), []).append(match.start())
    openings = {match["name"].lower() for match in codes if not match["close"]}
    found: list[Edit] = []
    at = 0
    for match in codes:
        if match.start() < at:
            continue
        name = match["name"].lower()
        ends = closings.get(name, [])
        number = bisect_left(ends, match.end())
        closed = number < len(ends)
        if match["close"]:
            meant = name in openings or name in ("caption", "gallery", "embed") or "_" in name
        elif name in _BBCODE:
            meant = closed or (name == "quote" and match["value"] is not None)
        else:
            meant = bool(match["attributes"]) and (
                "_" in name
                or "-" in name
                or '"' in match["attributes"]
                or "”" in match["attributes"]
                or closed
            )
            meant = meant or (closed and match["value"] is not None)
            meant = (
                meant
                or (closed and name in ("caption", "embed", "gallery", "su_quote"))
                or (name == "gallery" and text[match.start() : match.end()] == "[gallery]")
            )
        if not meant:
            continue
        start, end = match.span()
        if name in _WITH_CONTENT and not match["close"] and closed and ends[number] - end < 2000:
            end = text.index("]", ends[number]) + 1
        edit = removal(text, document.line_at(start), start, end)
        if edit.start < at:
            edit = Edit(start, end, "")
        found.append(edit)
        at = edit.end
    return found
