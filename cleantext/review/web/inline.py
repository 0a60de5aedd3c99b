"""The text of an article with its marks, as HTML: escaped, everything that hides or turns text shown, each mark with a link of its own."""

from __future__ import annotations

from collections.abc import Container, Sequence

import regex
from markupsafe import Markup, escape

from cleantext.review.marks import Mark, Token
from cleantext.review.web.shown import bare, label, plain_line_ends

# What `shown` makes labels of, line ends and blanks besides.
_ODD = regex.compile(r"\n|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u00a0\u202f\u2007]")
_LONG = 300  # code points of a flag that is drawn at its edge, not over its words
_VERBS = {"replace": "replace", "delete": "delete", "insert": "insert", "show": "look at"}
STANDINGS = {
    "open": "to decide",
    "safe": "applied unasked",
    "kept": "kept, for what was decided here",
    "taken": "accepted",
    "refused": "rejected",
    "unsure": "unsure",
    "disputed": "people differ",
}


def name(mark: Mark, total: int) -> str:
    """Return what a mark is called for somebody who does not see it, but for how it stands."""
    finding = mark.item.finding
    words = " ".join(finding.text.split())
    quoted = f" “{words if len(words) < 70 else words[:60] + '…'}”" if words else ""
    new = " ".join(" … ".join(edit.replacement for edit in mark.edits).split())
    instead = f" by “{new if len(new) < 70 else new[:60] + '…'}”" if mark.kind == "replace" else ""
    if mark.kind == "insert":
        quoted = f" “{new}”"
    return f"{mark.number} of {total}: {_VERBS[mark.kind]}{quoted}{instead}, {finding.rule} {finding.name}"


def run(
    tokens: Sequence[Token], *, total: int, applied: Container[int], shown: Container[int], current: int
) -> Markup:
    """Write one run of a flow."""
    out: list[str] = []
    deleting = 0
    closing: list[str] = []
    for token in tokens:
        mark = token.mark
        match token.kind:
            case "text":
                out.append(_text(token.text, changed=deleting > 0))
            case "ins":
                out.append(
                    f'<ins{bare(token.text)}><span class="said">[inserted: </span>{_text(token.text, changed=True)}'
                    '<span class="said">]</span></ins>'
                )
            case "open":
                assert mark is not None
                out.append(_opened(mark, token.first, total, applied, shown, current))
            case "close":
                out.append("</span>")
            case "del":
                assert mark is not None
                deleting += 1
                plain = "".join(edit.replacement for edit in mark.edits) or mark.item.finding.text
                out.append(f'<del{bare(plain)}><span class="said">[deleted: </span>')
                closing.append('<span class="said">]</span></del>')
            case "flag":
                assert mark is not None
                finding = mark.item.finding
                long = ' class="long"' if finding.end - finding.start > _LONG else ""
                out.append(f"<mark{long}>")
                closing.append("</mark>")
            case "end":
                closed = closing.pop()
                deleting -= closed.endswith("</del>")
                out.append(closed)
    return Markup("".join(out))


def _opened(
    mark: Mark, first: bool, total: int, applied: Container[int], shown: Container[int], current: int
) -> str:
    classes = ["m", mark.standing]
    if mark.theirs:
        classes.append("theirs")
    if mark.number in applied:
        classes.append("made")
    if mark.edits and mark.number not in shown:
        classes.append("aside")
    if mark.number == current:
        classes.append("current")
    opened = f'<span class="{" ".join(classes)}" data-m="{mark.number}" data-kind="{mark.kind}">'
    if not first:
        return opened
    told = escape(f"{name(mark, total)}, ")
    said = STANDINGS[mark.standing]
    return (
        f'{opened}<a class="pin" id="m{mark.number}" href="?at={mark.item.id}#m{mark.number}"'
        f' aria-label="{told}{said}" data-name="{told}"></a>'
    )


def _text(text: str, *, changed: bool) -> str:
    """Escape a text; of one that is changed, line ends and lone blanks are drawn as well."""
    parts: list[str] = []
    at = 0
    text = plain_line_ends(text)
    blank = changed and not text.strip(" ") and len(text) <= 8
    for found in _ODD.finditer(text):
        char = found.group()
        parts.append(str(escape(text[at : found.start()])))
        at = found.end()
        if char != "\n":
            parts.append(str(label(char)))
        else:
            parts.append('<span class="eol" aria-hidden="true">⏎</span>\n' if changed else "\n")
    if blank and not parts:
        return '<span class="sp"> </span>' * len(text)
    parts.append(str(escape(text[at:])))
    return "".join(parts)
