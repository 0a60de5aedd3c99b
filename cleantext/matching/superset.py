r"""From a `regex` pattern to an RE2 pattern that matches wherever it does, and maybe elsewhere.

The prefilter may fire too often, never too seldom. Lookarounds only narrow, so they
go; backreferences become "anything"; RE2's ``\w``, ``\d`` and ``\s`` know ASCII only and its
Unicode tables are older than those of `regex`, so every class also takes all that is
not ASCII; its ``\b`` knows ASCII only too, so it stays only beside a plain ASCII letter
or digit, where it is the wider of the two.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

_BEYOND = r"\x{80}-\x{10FFFF}"
_ASCII = {"w": "0-9A-Za-z_", "d": "0-9", "s": r"\s\x{0B}\x{1C}-\x{1F}"}
_PROPERTIES = {"L": "A-Za-z", "Lu": "A-Z", "Ll": "a-z", "N": "0-9", "Nd": "0-9"}
_QUANTIFIER = regex.compile(r"(?:[*+?]|\{\d*,?\d*\})[?+]?")
_GROUP = regex.compile(r"\(\?(?:P?<[A-Za-z_]\w*>|:|>|[imsux]*(?:-[imsux]+)?:|\|)|\((?!\?)")
_BACKREFERENCE = regex.compile(r"\(\?P=\w+\)")
_PROPERTY = regex.compile(r"\\([pP])\{(\w+)\}")
_LOOK = regex.compile(r"\(\?(?:=|!|<=|<!)|\(\?#")


class UnsupportedError(ValueError):
    """The pattern holds something that has no RE2 superset here."""


class _Piece(NamedTuple):
    """RE2 text of one atom, and whether its first and last character must be an ASCII letter or digit."""

    text: str
    first: bool
    last: bool


_EMPTY = _Piece("", False, False)


def superset(pattern: str, *, ignore_case: bool = False) -> str:
    """Give an RE2 pattern that matches in every text in which ``pattern`` does.

    Raises UnsupportedError where it cannot be derived (inline flags in the middle,
    set operations in classes, recursion); the card then gives ``superset`` itself.
    """
    reader = _Reader(pattern, ignore_case)
    text = reader.alternatives()
    if reader.at != len(pattern):
        raise UnsupportedError(f"unbalanced parenthesis at {reader.at}")
    return ("(?i)" if ignore_case else "") + text.text


class _Reader:
    def __init__(self, pattern: str, ignore_case: bool) -> None:
        self.pattern, self.ignore_case, self.at = pattern, ignore_case, 0
        self.within = ""  # the wider class that a negated class with \\S, \\W or \\D lies in

    def alternatives(self) -> _Piece:
        branches = [self.sequence()]
        while self.at < len(self.pattern) and self.pattern[self.at] == "|":
            self.at += 1
            branches.append(self.sequence())
        return _Piece(
            "|".join(branch.text for branch in branches),
            all(branch.first for branch in branches),
            all(branch.last for branch in branches),
        )

    def sequence(self) -> _Piece:
        atoms: list[_Piece | None] = []  # None is a word boundary, settled once its neighbours are known
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            if self.pattern.startswith("\\b", self.at):
                self.at += 2
                atoms.append(None)
                continue
            atom = self.atom()
            if atom is not None:
                atoms.append(self.quantified(atom))
        parts = []
        for i, atom in enumerate(atoms):
            if atom is not None:
                parts.append(atom.text)
                continue
            before = next((a for a in reversed(atoms[:i]) if a is not None), _EMPTY)
            after = next((a for a in atoms[i + 1 :] if a is not None), _EMPTY)
            if before.last or after.first:
                parts.append(r"\b")
        solid = [atom for atom in atoms if atom is not None]
        return _Piece("".join(parts), bool(solid) and solid[0].first, bool(solid) and solid[-1].last)

    def quantified(self, atom: _Piece) -> _Piece:
        found = _QUANTIFIER.match(self.pattern, self.at)
        if not found or found.group() == "{}":
            return atom
        self.at = found.end()
        text = found.group()
        possessive = text.endswith("+") and len(text) > 1
        text = text[:-1] if possessive else text
        if text.startswith("{,"):
            text = "{0" + text[1:]
        optional = text[0] in "*?" or text.startswith("{0")
        return _Piece(atom.text + text, atom.first and not optional, atom.last and not optional)

    def atom(self) -> _Piece | None:
        """Read one atom; None for what only narrows."""
        ch = self.pattern[self.at]
        if _LOOK.match(self.pattern, self.at):
            self.skip_group()
            return None
        if ch == "(":
            return self.group()
        if ch == "[":
            return self.character_class()
        if ch == "\\":
            return self.escape()
        self.at += 1
        if ch in "^$":
            # Without MULTILINE both hold at fewer places than nothing at all does.
            return None
        return self.literal(ch)

    def literal(self, ch: str) -> _Piece:
        plain = ch.isascii() and ch.isalnum()
        if self.ignore_case and (ch in "iIıİ"):
            # `regex` also matches Turkish dotted and dotless i; RE2 does not.
            return _Piece("[iIıİ]", False, False)
        if self.ignore_case and plain and ch in "kKsS":
            return _Piece(ch, False, False)  # also the Kelvin sign and the long s
        if ch == ".":
            return _Piece("(?s:.)", False, False)
        return _Piece(ch, plain, plain)

    def group(self) -> _Piece:
        again = _BACKREFERENCE.match(self.pattern, self.at)
        if again:
            self.at = again.end()
            return _Piece("(?s:.*)", False, False)
        opening = _GROUP.match(self.pattern, self.at)
        if not opening:
            raise UnsupportedError(f"group at {self.at}: {self.pattern[self.at : self.at + 6]}")
        head = opening.group()
        if regex.match(r"\(\?[imsux-]+:", head):
            raise UnsupportedError(f"flags at {self.at}")
        self.at = opening.end()
        inner = self.alternatives()
        self.expect(")")
        return _Piece(f"(?:{inner.text})", inner.first, inner.last)

    def skip_group(self) -> None:
        depth = 0
        while self.at < len(self.pattern):
            ch = self.pattern[self.at]
            if ch == "\\":
                self.at += 1
            elif ch == "[":
                self.character_class()
                continue
            elif ch == "(":
                depth += 1
            elif ch == ")":
                depth -= 1
            self.at += 1
            if depth == 0:
                # A quantified lookaround is still zero-width.
                found = _QUANTIFIER.match(self.pattern, self.at)
                self.at = found.end() if found else self.at
                return
        raise UnsupportedError("unbalanced parenthesis")

    def expect(self, ch: str) -> None:
        if not self.pattern.startswith(ch, self.at):
            raise UnsupportedError(f"expected {ch!r} at {self.at}")
        self.at += 1

    def escape(self) -> _Piece:
        ch = self.pattern[self.at + 1 : self.at + 2]
        if ch in "pP":
            return _Piece(f"[{self.property()}]", False, False)
        if ch in "xuU":
            found = regex.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))").match(
                self.pattern, self.at
            )
            if not found:
                raise UnsupportedError(f"code point at {self.at}")
            self.at = found.end()
            return _Piece(rf"\x{{{found.group(1) or found.group(2) or found.group(3)}}}", False, False)
        if ch.isdigit() or ch in "gk":
            found = regex.compile(r"\\(?:[1-9][0-9]?|[gk]<\w+>)").match(self.pattern, self.at)
            if not found:
                raise UnsupportedError(f"escape at {self.at}")
            self.at = found.end()
            return _Piece("(?s:.*)", False, False)
        self.at += 2
        if ch in "AZzGBKm":
            return _EMPTY
        if ch in _ASCII:
            return _Piece(f"[{_ASCII[ch]}{_BEYOND}]", False, False)
        if ch in "WDS":
            return _Piece("\\" + ch, False, False)
        if ch in "nrtfv":
            return _Piece("\\" + ch, False, False)
        if ch and not ch.isalnum():
            return _Piece("\\" + ch if ch.isascii() else ch, False, False)
        raise UnsupportedError(f"escape \\{ch}")

    def property(self, *, negated: bool = False) -> str:
        """Read a Unicode property as the inside of a class."""
        found = _PROPERTY.match(self.pattern, self.at)
        if not found:
            raise UnsupportedError(f"property at {self.at}")
        self.at = found.end()
        name = found.group(2)
        if found.group(1) == "P" or name not in _PROPERTIES:
            if negated:
                raise UnsupportedError(f"{found.group()} in a negated class")
            return r"\x{00}-\x{10FFFF}"
        if self.ignore_case and name in ("Lu", "Ll"):
            name = "L"
        return _PROPERTIES[name] + ("" if negated else _BEYOND)

    def character_class(self) -> _Piece:
        start = self.at
        self.at += 1
        self.within = ""
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        parts: list[str] = []
        plain = not negated
        while True:
            if self.at >= len(self.pattern):
                raise UnsupportedError("unbalanced bracket")
            ch = self.pattern[self.at]
            if ch == "]" and self.at > start + 1 + negated:
                self.at += 1
                break
            if ch == "[" or self.pattern.startswith(("||", "&&", "--", "~~"), self.at):
                raise UnsupportedError(f"set operation at {self.at}")
            if ch == "\\":
                piece = self.class_escape(negated)
                plain = False
            else:
                self.at += 1
                piece = ch
                plain = plain and ch.isascii() and (ch.isalnum() or ch == "-")
            parts.append(piece)
        if self.within:
            return _Piece(f"[{_ASCII[self.within]}{_BEYOND}]", False, False)
        if negated and self.ignore_case:
            # Narrower under Unicode case folding than in RE2; any character is surely wider.
            return _Piece("(?s:.)", False, False)
        if self.ignore_case:
            # First, where a hyphen before them cannot make a range. The class may hold i.
            parts.insert(0, "ıİ")
            plain = False
        return _Piece(f"[{'^' if negated else ''}{''.join(parts)}]", plain, plain)

    def class_escape(self, negated: bool) -> str:
        ch = self.pattern[self.at + 1 : self.at + 2]
        if ch in _ASCII:
            self.at += 2
            # A negated class grows when what it excludes shrinks to ASCII.
            return _ASCII[ch] if negated and ch != "s" else r"\t\n\f\r " if negated else _ASCII[ch] + _BEYOND
        if ch in "pP":
            return self.property(negated=negated)
        if ch in "WDS":
            self.at += 2
            if negated:  # what is no non-blank is a blank, whatever else the class excludes
                self.within = ch.lower()
                return ""
            return "\\" + ch
        if ch == "b":
            self.at += 2
            return r"\x08"
        return self.escape().text
