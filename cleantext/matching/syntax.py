"""The shape of a `regex` pattern, as far as prefilters need it: a small tree.

What only narrows a match (lookarounds, anchors) is left out; what cannot be read is
refused, and the rule then runs on every text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import regex

_QUANTIFIER = regex.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})[?+]?")
_GROUP = regex.compile(r"\(\?(?:P?<[A-Za-z_]\w*>|:|>)|\((?!\?)")
_LOOK = regex.compile(r"\(\?(?:!|<!)|\(\?#")
_BACKREFERENCE = regex.compile(r"\(\?P=\w+\)|\\(?:[1-9][0-9]?|[gk]<\w+>)")
_PROPERTY = regex.compile(r"\\([pP])\{(\w+)\}")
_CODE_POINT = regex.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v"}


class UnsupportedError(ValueError):
    """The pattern holds something that has no RE2 superset here."""


@dataclass(frozen=True, slots=True)
class Literal:
    """One character."""

    char: str


@dataclass(frozen=True, slots=True)
class Boundary:
    r"""A word boundary, ``\b``."""


@dataclass(frozen=True, slots=True)
class Anything:
    """What a backreference stands for: any text."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a positive lookaround asks for: it takes no room, but the text must hold it, ``ahead`` of this place or behind."""

    node: Node
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Class:
    r"""A character class, an escape such as ``\w``, or the dot.

    ``parts`` holds characters, ranges ("a-z") and escapes ("\\w", "\\pL") as written.
    """

    parts: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node, at least ``least`` times and at most ``most`` (None: no bound)."""

    node: Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """Nodes one after the other."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several branches."""

    branches: tuple[Node, ...]


Node: TypeAlias = Literal | Boundary | Anything | Beside | Class | Repeat | Sequence | Choice

DOT = Class((), negated=True)


def parse(pattern: str) -> Node:
    """Read a pattern; raises UnsupportedError for what has no place in the tree.

    That is: inline flags, set operations in classes, recursion, conditionals.
    """
    reader = _Reader(pattern)
    node = reader.choice()
    if reader.at != len(pattern):
        raise UnsupportedError(f"unbalanced parenthesis at {reader.at}")
    return node


def may_take(node: Node, passes: Callable[[Literal | Class], bool]) -> bool:
    """Say whether a character that the node takes may pass a test, asked of each literal and class.

    Boundaries and lookarounds take none; what a backreference stands for may be anything.
    """
    match node:
        case Literal() | Class():
            return passes(node)
        case Repeat(inner):
            return may_take(inner, passes)
        case Sequence(nodes) | Choice(nodes):
            return any(may_take(inner, passes) for inner in nodes)
        case Anything():
            return True
    return False


def lookaheads(pattern: str) -> list[str]:
    """Return the source of every lookaround that looks ahead, and of those behind that hold one.

    Raises UnsupportedError as :func:`parse` does.
    """
    reader = _Reader(pattern)
    reader.choice()
    return [group for group in reader.looks if "(?=" in group or "(?!" in group]


@dataclass(slots=True)
class _Reader:
    pattern: str
    at: int = field(default=0)
    looks: list[str] = field(default_factory=list)

    def choice(self) -> Node:
        branches = [self.sequence()]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            branches.append(self.sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self) -> Node:
        nodes: list[Node] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            node = self.atom()
            if node is not None:
                nodes.append(self.repeated(node))
        return Sequence(tuple(nodes))

    def repeated(self, node: Node) -> Node:
        found = _QUANTIFIER.match(self.pattern, self.at)
        if not found or found.group() == "{}":
            return node
        self.at = found.end()
        sign, least, comma, most = found.groups()
        if sign:
            return Repeat(node, int(sign == "+"), 1 if sign == "?" else None)
        low = int(least or 0)
        return Repeat(node, low, int(most) if most else None if comma else low)

    def atom(self) -> Node | None:
        """Read one atom; None for what only narrows."""
        pattern, at = self.pattern, self.at
        if pattern.startswith(("(?=", "(?<="), at):
            beside = self.beside()
            self.looks.append(pattern[at : self.at])
            return beside
        if _LOOK.match(pattern, at):
            self.skip_group()
            self.looks.append(pattern[at : self.at])
            return None
        again = _BACKREFERENCE.match(pattern, at)
        if again:
            self.at = again.end()
            return Anything()
        ch = pattern[at]
        if ch == "(":
            return self.group()
        if ch == "[":
            return self.character_class()
        if ch == "\\":
            return self.escape()
        self.at += 1
        if ch in "^$":
            return None
        return DOT if ch == "." else Literal(ch)

    def group(self) -> Node:
        opening = _GROUP.match(self.pattern, self.at)
        if not opening:
            raise UnsupportedError(f"group at {self.at}: {self.pattern[self.at : self.at + 6]}")
        self.at = opening.end()
        inner = self.choice()
        if not self.pattern.startswith(")", self.at):
            raise UnsupportedError(f"no closing parenthesis at {self.at}")
        self.at += 1
        return inner

    def beside(self) -> Node:
        ahead = self.pattern.startswith("(?=", self.at)
        self.at += 3 if ahead else 4
        inner = self.choice()
        if not self.pattern.startswith(")", self.at):
            raise UnsupportedError(f"no closing parenthesis at {self.at}")
        self.at += 1
        return Beside(inner, ahead)

    def skip_group(self) -> None:
        depth = 0
        while self.at < len(self.pattern):
            ch = self.pattern[self.at]
            if ch == "\\":
                self.at += 1
            elif ch == "[":
                self.character_class()
                continue
            depth += (ch == "(") - (ch == ")")
            self.at += 1
            if depth == 0:
                found = _QUANTIFIER.match(self.pattern, self.at)  # a repeated lookaround is still zero-width
                self.at = found.end() if found else self.at
                return
        raise UnsupportedError("unbalanced parenthesis")

    def escape(self) -> Node | None:
        ch = self.pattern[self.at + 1 : self.at + 2]
        if ch == "b":
            self.at += 2
            return Boundary()
        if ch and ch in "AZzGBKmM":
            self.at += 2
            return None
        part = self.class_part()
        return Literal(part) if len(part) == 1 else Class((part,))

    def class_part(self) -> str:
        """Read one escape as a part of a class: a character, or an escape that stands for several."""
        ch = self.pattern[self.at + 1 : self.at + 2]
        found = _PROPERTY.match(self.pattern, self.at) or _CODE_POINT.match(self.pattern, self.at)
        if found:
            self.at = found.end()
            if ch in "pP":
                return f"\\{found.group(1)}{found.group(2)}"
            return chr(int(found.group(1) or found.group(2) or found.group(3), 16))
        self.at += 2
        if ch and ch in "wdsWDS":
            return "\\" + ch
        if ch in _CONTROLS:
            return _CONTROLS[ch]
        if ch and not ch.isalnum():
            return ch
        raise UnsupportedError(f"escape \\{ch}")

    def character_class(self) -> Class:
        self.at += 1
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        parts: list[str] = []
        first = True
        while True:
            ch = self.pattern[self.at : self.at + 1]
            if not ch:
                raise UnsupportedError("unbalanced bracket")
            if ch == "]" and not first:
                self.at += 1
                return Class(tuple(parts), negated)
            if ch == "[" or self.pattern.startswith(("||", "&&", "--", "~~"), self.at):
                raise UnsupportedError(f"set operation at {self.at}")
            first = False
            part = self.class_character(ch)
            if len(part) == 1 and self._range_follows():
                self.at += 1
                part += "-" + self.class_character(self.pattern[self.at])
            parts.append(part)

    def class_character(self, ch: str) -> str:
        if ch == "\\":
            if self.pattern.startswith("\\b", self.at):
                self.at += 2
                return "\x08"
            return self.class_part()
        self.at += 1
        return ch

    def _range_follows(self) -> bool:
        after = self.pattern[self.at + 1 : self.at + 2]
        return self.pattern.startswith("-", self.at) and after not in ("]", "")
