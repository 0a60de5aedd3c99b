"""Article text made fit for a page: escaped, isolated, with nothing in it that hides or turns text."""

from __future__ import annotations

import unicodedata

import regex
from markupsafe import Markup, escape

from cleantext.review.marking import Piece

# Control and format characters, separators that are not plain, lone surrogates, private use.
_HIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\u00a0\u202f\u2007]")
_NAMES = {"\u00a0": "NBSP", "\u202f": "NNBSP", "\t": "TAB", "\r": "CR", "\u00ad": "SHY", "\u200b": "ZWSP"}
_LABELS = {
    "keep": None,
    "near": None,
    "del": ("del", "deleted"),
    "ins": ("ins", "inserted"),
    "flag": ("mark", "flagged"),
}


def shown(text: str, *, exact: bool = False) -> Markup:
    """Escape a text; control, format and odd space characters become labels.

    ``exact`` also shows line ends, and blank space where there is nothing else:
    for text that is deleted or inserted.
    """
    parts: list[Markup] = []
    at = 0
    last = len(text.rstrip("\r\n"))
    for match in _HIDDEN.finditer(text):
        char = match.group()
        if char == "\n" and not exact:
            continue
        parts.append(escape(_blank(text[at : match.start()], exact)))
        at = match.end()
        if char == "\n":
            # Line ends at the end are shown and not made, so that no empty line hangs behind the change.
            parts.append(Markup('<span class="ctl">⏎</span>') + ("" if match.start() >= last else "\n"))
        elif char != "\r" or text[at : at + 1] != "\n":
            parts.append(label(char))
    parts.append(escape(_blank(text[at:], exact)))
    return Markup("").join(parts)


def _blank(text: str, exact: bool) -> str:
    return "␣" * len(text) if exact and text and not text.strip(" ") else text


def label(char: str) -> Markup:
    """Return what stands for a character that is not to be seen, or that turns what is."""
    code = f"U+{ord(char):04X}"
    name = unicodedata.name(char, "control character").lower()
    return Markup('<span class="ctl" title="{} {}">{}</span>').format(code, name, _NAMES.get(char, code))


def pieces(found: list[Piece]) -> Markup:
    """Write pieces as HTML; each is isolated, so that no direction leaks out of it."""
    out: list[Markup] = []
    for piece in found:
        exact = piece.kind in ("del", "ins")
        text = shown(piece.text, exact=exact)
        named = _LABELS[piece.kind]
        if named is None:
            out.append(Markup('<bdi class="{}">{}</bdi>').format(piece.kind, text))
        else:
            tag, said = named
            out.append(
                Markup(
                    '<{0}{3}><span class="said">[{1}: </span><bdi>{2}</bdi><span class="said">]</span></{0}>'
                ).format(Markup(tag), said, text, bare(piece.text))
            )
    return Markup("").join(out)


def bare(text: str) -> Markup:
    """A line through a dash or a blank would hide it; such a change is told by its colour and its label."""
    return Markup("") if any(char.isalnum() for char in text) else Markup(' class="bare"')


def plain_line_ends(text: str) -> str:
    """Return a text whose lines end as a page's do, so that no return is shown before a line end."""
    return text.replace("\r\n", "\n")
