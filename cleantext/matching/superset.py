r"""From a `regex` pattern to an RE2 pattern that matches wherever it does, and maybe elsewhere.

The prefilter may fire too often, never too seldom. Lookarounds only narrow, so they
are gone, but for one at the very end, which is taken in; backreferences are "anything"; RE2's ``\w``, ``\d`` and ``\s`` know ASCII only and its
Unicode tables are older than those of `regex`, so every class also takes all that is
not ASCII; its ``\b`` knows ASCII only too, so it stays only beside a plain ASCII letter
or digit, where it is the wider of the two.
"""

from __future__ import annotations

from typing import NamedTuple

from cleantext.matching.reach import with_what_follows
from cleantext.matching.syntax import (
    Anything,
    Beside,
    Boundary,
    Choice,
    Class,
    Literal,
    Node,
    Repeat,
    Sequence,
    UnsupportedError,
    parse,
)

__all__ = ["UnsupportedError", "superset"]

_BEYOND = r"\x{80}-\x{10FFFF}"
_ASCII = {"w": "0-9A-Za-z_", "d": "0-9", "s": r"\t\n\x{0B}\f\r\x{1C}-\x{1F} "}
_PROPERTIES = {"L": "A-Za-z", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "Nd": "0-9"}
_ANY = "(?s:.)"
_MOST_REPEATS = 200  # RE2 unrolls counted repeats; beyond this they become unbounded, which is wider


def superset(pattern: str, *, ignore_case: bool = False) -> str:
    """Return an RE2 pattern that matches in every text in which ``pattern`` does.

    Raises UnsupportedError where it cannot be derived; the card then gives
    ``superset`` itself.
    """
    return ("(?i)" if ignore_case else "") + _emit(with_what_follows(parse(pattern)), ignore_case).text


class _Piece(NamedTuple):
    """RE2 text, and whether its first and last character must be an ASCII letter or digit."""

    text: str
    first: bool = False
    last: bool = False


def _emit(node: Node, ignore_case: bool) -> _Piece:
    match node:
        case Literal(char):
            return _literal(char, ignore_case)
        case Class():
            return _class(node, ignore_case)
        case Anything():
            return _Piece(f"{_ANY}*")
        case Repeat(inner, least, most):
            piece = _emit(inner, ignore_case)
            # A sequence may begin with one bracket and end with another's.
            one = len(piece.text) == 1 or piece.text.startswith("[")
            whole = isinstance(inner, Class | Choice) or (isinstance(inner, Literal) and one)
            text = piece.text if whole else f"(?:{piece.text})"
            return _Piece(text + _count(least, most), piece.first and least > 0, piece.last and least > 0)
        case Choice(branches):
            pieces = [_emit(branch, ignore_case) for branch in branches]
            text = "(?:" + "|".join(piece.text for piece in pieces) + ")"
            return _Piece(text, all(p.first for p in pieces), all(p.last for p in pieces))
        case Sequence(nodes):
            return _sequence(nodes, ignore_case)
        case Boundary() | Beside():
            return _Piece("")


def _sequence(nodes: tuple[Node, ...], ignore_case: bool) -> _Piece:
    pieces = [
        None if isinstance(node, Boundary) else _emit(node, ignore_case)
        for node in nodes
        if not isinstance(node, Beside)
    ]
    parts = []
    for i, piece in enumerate(pieces):
        if piece is not None:
            parts.append(piece.text)
            continue
        before = next((p for p in reversed(pieces[:i]) if p is not None), _Piece(""))
        after = next((p for p in pieces[i + 1 :] if p is not None), _Piece(""))
        if before.last or after.first:
            parts.append(r"\b")
    solid = [piece for piece in pieces if piece is not None]
    return _Piece("".join(parts), bool(solid) and solid[0].first, bool(solid) and solid[-1].last)


def _count(least: int, most: int | None) -> str:
    if (least, most) == (0, 1):
        return "?"
    if most is None or most > _MOST_REPEATS:
        return "*" if least == 0 else "+" if least == 1 else f"{{{min(least, _MOST_REPEATS)},}}"
    return f"{{{least}}}" if least == most else f"{{{least},{most}}}"


def _literal(char: str, ignore_case: bool) -> _Piece:
    plain = char.isascii() and char.isalnum()
    if ignore_case and char in "iIıİ":
        return _Piece("[iIıİ]")  # `regex` folds Turkish dotted and dotless i; RE2 does not
    if ignore_case and char in "kKsS":
        return _Piece(char)  # also the Kelvin sign and the long s, which are no ASCII letters
    return _Piece(_quoted(char), plain, plain)


def _quoted(char: str) -> str:
    if char.isalnum() and char.isascii():
        return char
    return rf"\x{{{ord(char):X}}}"


def _class(node: Class, ignore_case: bool) -> _Piece:
    if node.negated:
        return _Piece(_negated(node, ignore_case))
    parts = ["ıİ"] if ignore_case else []
    plain = not ignore_case
    for part in node.parts:
        plain = plain and len(part) in (1, 3) and part.isascii() and part[0].isalnum() and part[-1].isalnum()
        parts.append(_part(part, ignore_case))
    return _Piece(f"[{''.join(parts)}]", plain, plain)


def _part(part: str, ignore_case: bool) -> str:
    if part.startswith("\\") and len(part) > 1:
        kind, name = part[1], part[2:]
        if kind in _ASCII:
            return _ASCII[kind] + _BEYOND
        if kind in "WDS":
            return "\\" + kind
        if kind == "P" or name not in _PROPERTIES:
            return r"\x{0}-\x{10FFFF}"
        if ignore_case and name in ("Lu", "Ll"):
            name = "L"
        return _PROPERTIES[name] + _BEYOND
    if len(part) == 3 and part[1] == "-":
        return f"{_quoted(part[0])}-{_quoted(part[2])}"
    return _quoted(part)


def _negated(node: Class, ignore_case: bool) -> str:
    r"""A negated class grows when what it excludes shrinks to ASCII; one without ``\S`` is made of blanks."""
    for kind in "WDS":
        if "\\" + kind in node.parts:
            return f"[{_ASCII[kind.lower()]}{_BEYOND}]"
    if ignore_case or not node.parts:
        return _ANY
    excluded = []
    for part in node.parts:
        if part.startswith("\\") and len(part) > 1:
            kind, name = part[1], part[2:]
            if kind in _ASCII:
                excluded.append(_ASCII[kind])
            elif kind == "p" and name in _PROPERTIES:
                excluded.append(_PROPERTIES[name])
            elif kind == "P":
                raise UnsupportedError(f"{part} in a negated class")
        else:
            excluded.append(_part(part, ignore_case))
    return f"[^{''.join(excluded)}]" if excluded else _ANY
