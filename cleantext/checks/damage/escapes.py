r"""Escapes that were never undone: "\u2019", "\n", "\'", "%C3%A9", "=E2=80=99", "#8217;"."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping

from cleantext.checks import Hit
from cleantext.checks.damage.telling import Code, is_shown, speaks_of_markup
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.finding import replace
from cleantext.rulebook import Card

RULE = "EN102"

_UNICODE = re.compile(
    r"(?<!\\)(?:\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\u\{[0-9a-fA-F]{2,6}\}|%u[0-9a-fA-F]{4})"
)
_UNIT = re.compile(r"[\\%]u\{?([0-9a-fA-F]{2,6})\}?")
_BYTES = re.compile(r"(?<!\\)(?:\\x[0-9a-fA-F]{2})+")
_BREAKS = re.compile(
    r"(?<=[.!?:,;”\"’')\]a-z])(?:[ ]?(?:\\r)?\\n)+(?:\\t)?[ ]?(?=[A-Z“\"‘(\[]|\s|\Z|[-•*0-9])|(?<![^\s])(?:(?:\\r)?\\n)+(?=[A-Z“\"])"
)
_NAMED = re.compile(r"[ ](?:\\r)?\\n[ ][a-z]")
"""A sentence that speaks of the escape: "a \\n at the end"."""
_SLASHED = re.compile(
    r"(?<=[a-z])\\(?=['’](?:s|t|re|ve|ll|d|m)\b)|(?<=[\s(])\\(?=[\"“][A-Za-z])|(?<=[A-Za-z.,!?])\\(?=[\"”](?:[\s.,;:!?)]|\Z))"
)
_SLASH = re.compile(r"(?<=[a-z0-9])\\(?=/[A-Za-z0-9])")
_PART = re.compile(r"\S+")
_CODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ADDRESS = re.compile(r"://|www\.|[/?&=@]|\.(?:com|org|net|pdf|html?|jpe?g|png)\b")
_PRINTABLE = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_HALF = re.compile(
    r"&(?:nbsp|rsquo|lsquo|ldquo|rdquo|mdash|ndash|hellip|quot|apos)(?=[\s.,!?]|[A-Z]|\Z)|(?<![&\w#])&?#(?:x20[0-9a-fA-F]{2}|82\d\d|160|39|34);|(?<=[a-z])#(?:8217|39|x2019);"
)
_PATH = re.compile(r"\b[A-Za-z]:\\|\\\\\w|\\(?:begin|frac|section|text|alpha|nu|mathbf)\b")


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for each escape within prose, decoded."""
    text = document.text
    found = sorted(_found(text))
    if not found or speaks_of_markup(text, [(start, end) for start, end, _ in found]):
        return
    code = Code(document)
    paths = {
        line.start
        for line in document.filled
        if "\\" in text and _PATH.search(text, line.start, line.end) is not None
    }
    at = 0
    for start, end, decoded in found:
        if start < at or is_shown(document, start, end) or code.holds(start):
            continue
        if document.line_at(start).start in paths:
            continue
        at = end
        low, high = (start, end) if "\n" in decoded else _word(text, start, end)
        yield Hit(RULE, low, high, (replace(start, end, decoded),))


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    if "\\" in text or "%u" in text:
        yield from _decoded(_UNICODE, text, _from_units)
        yield from _decoded(_BYTES, text, _from_bytes)
        for match in _BREAKS.finditer(text):
            if _NAMED.match(text, match.start()) is not None:
                continue
            yield *match.span(), "\n\n" if match.group().count("\\n") > 1 else "\n"
        for pattern in (_SLASHED, _SLASH):
            for match in pattern.finditer(text):
                yield *match.span(), ""
    if "%" in text:
        for part in _PART.finditer(text):
            if "%" in part.group() and _ADDRESS.search(part.group()) is None:
                for match in _CODED.finditer(text, *part.span()):
                    decoded = _from_percent(match.group())
                    if decoded and (_letter(text, match.start() - 1) or _letter(text, match.end())):
                        yield *match.span(), decoded
    if "=E2" in text or "=C3" in text or "=C2" in text:
        yield from _decoded(_PRINTABLE, text, lambda coded: _from_utf8(bytes.fromhex(coded.replace("=", ""))))
    if "&" in text or "#" in text:
        yield from _decoded(_HALF, text, _from_half)


def _decoded(
    pattern: re.Pattern[str], text: str, decode: Callable[[str], str | None]
) -> Iterator[tuple[int, int, str]]:
    for match in pattern.finditer(text):
        decoded = decode(match.group())
        if decoded:
            yield *match.span(), decoded


def _letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalpha()


def _sound(decoded: str) -> str | None:
    """Return a decoded text that a writer may have meant: letters and marks, no controls."""
    decoded = decoded.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")
    return decoded if decoded and all(letter.isprintable() or letter == "\n" for letter in decoded) else None


def _from_units(coded: str) -> str | None:
    units = [int(unit, 16) for unit in _UNIT.findall(coded)]
    if any(unit > 0x10FFFF for unit in units):
        return None
    raw = b"".join(
        unit.to_bytes(2, "little") if unit < 0x10000 else chr(unit).encode("utf-16-le") for unit in units
    )
    try:
        return _sound(raw.decode("utf-16-le"))
    except UnicodeDecodeError:
        return None


def _from_bytes(coded: str) -> str | None:
    raw = bytes.fromhex(coded.replace("\\x", ""))
    try:
        return _sound(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    try:
        return _sound(raw.decode("cp1252"))
    except UnicodeDecodeError:
        return None


def _from_utf8(raw: bytes) -> str | None:
    try:
        return _sound(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return None


def _from_percent(coded: str) -> str | None:
    raw = bytes.fromhex(coded.replace("%", ""))
    return _from_utf8(raw) if raw[0] > 0x7F or raw in (b" ", b",", b"'", b", ", b'"') else None


def _from_half(coded: str) -> str | None:
    whole = ("" if coded.startswith("&") else "&") + coded + ("" if coded.endswith(";") else ";")
    return _sound(html.unescape(whole))


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the word around a span, 60 code points of it on either side at most."""
    low, high = start, end
    while low > 0 and start - low < 60 and text[low - 1].isalnum():
        low -= 1
    while high < len(text) and high - end < 60 and text[high].isalnum():
        high += 1
    return low, high
