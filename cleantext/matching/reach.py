r"""Whether a pattern stays in its line, and how far beyond its match it looks.

A pattern whose matches hold no line feed may be run line by line, on the lines that the
prefilter names, with the same matches: all that its lookarounds see must then be there.
Behind the match `regex` sees the whole text; before it, as much as it is given.
"""

from __future__ import annotations

from itertools import takewhile

import regex

from cleantext.matching.syntax import (
    Beside,
    Boundary,
    Choice,
    Class,
    Literal,
    Node,
    Repeat,
    Sequence,
    lookaheads,
    may_take,
    parse,
)

_ANCHOR = 2
"""Code points that an anchor looks at: ``$`` also stands before a line feed that ends the text."""
_FARTHEST = 2_000
_LETTERS_AND_NUMBERS = frozenset(["L", "Lu", "Ll", "N", "Nd"])
_ONE = regex.compile(r"\\[pP]\{\w+\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", regex.DOTALL)
_COUNT = regex.compile(r"\{(\d*)(,?)(\d*)\}")


def reach(pattern: str) -> int | None:
    """Return how many code points after a line's end the pattern may look at, matching in that line.

    None where a match may hold a line feed, or where no bound is known. Raises
    UnsupportedError for a pattern that cannot be read.
    """
    if r"\G" in pattern or may_hold_line_feed(parse(pattern)):
        return None
    width = _farthest(pattern)
    return None if width is None else width + _ANCHOR


def with_what_follows(node: Node) -> Node:
    """Take in what a lookahead at the very end asks for: the text must go on so, and few texts do."""
    match node:
        case Choice(branches):
            return Choice(tuple(map(with_what_follows, branches)))
        case Sequence(nodes):
            at = len(nodes) - 1
            while at > 0 and isinstance(nodes[at], Boundary):
                at -= 1
            last = nodes[at] if nodes else None
            if isinstance(last, Beside) and last.ahead:
                return Sequence((*nodes[:at], *_in_its_line(last.node)))
    return node


def with_what_precedes(node: Node) -> Node:
    """Take in what a lookbehind at the very beginning asks for: in the text that stands before the match."""
    match node:
        case Choice(branches):
            return Choice(tuple(map(with_what_precedes, branches)))
        case Sequence((Beside(asked, ahead=False), *nodes)):
            return Sequence((asked, *nodes))
        case Sequence((first, *nodes)):
            return Sequence((with_what_precedes(first), *nodes))
    return node


def _in_its_line(node: Node) -> tuple[Node, ...]:
    """Return the beginning of a lookahead, of each of its branches, up to what may be a line feed.

    That is what the text must hold after the match, in its line.
    """
    nodes = node.nodes if isinstance(node, Sequence) else (node,)
    kept = tuple(takewhile(lambda part: not may_hold_line_feed(part), nodes))
    match nodes[len(kept) : len(kept) + 1]:
        case (Choice(branches),):
            return (*kept, Choice(tuple(Sequence(_in_its_line(branch)) for branch in branches)))
    return kept


def _farthest(pattern: str) -> int | None:
    widths = [_look(source) for source in lookaheads(pattern)]
    known = [width for width in widths if width is not None]
    return None if len(known) < len(widths) else max(known, default=0)


def _look(source: str) -> int | None:
    """Bound how far beyond the line's end a lookaround reads."""
    if source.startswith(("(?<=", "(?<!")) and source.endswith(")"):
        # It begins before the match: what looks ahead is only what stands in it.
        return _farthest(source[4:-1])
    inner = source[3:-1]
    if source.startswith(("(?=", "(?!")) and source.endswith(")") and not may_hold_line_feed(parse(inner)):
        return _farthest(inner)  # it fails at the line feed at the latest
    return _width(source)


def may_hold_line_feed(node: Node) -> bool:
    """Whether what the node takes may hold a line feed."""
    return may_take(node, _may_be_line_feed)


def _may_be_line_feed(node: Literal | Class) -> bool:
    return node.char == "\n" if isinstance(node, Literal) else _holds_line_feed(node)


def looks_over_line_feed(node: Node) -> bool:
    """Whether a positive lookaround in the node may take a line feed in, so that what it asks for may stand in another line."""
    match node:
        case Beside(inner):
            return may_hold_line_feed(inner) or looks_over_line_feed(inner)
        case Repeat(inner):
            return looks_over_line_feed(inner)
        case Sequence(nodes) | Choice(nodes):
            return any(map(looks_over_line_feed, nodes))
    return False


def _holds_line_feed(node: Class) -> bool:
    if node.negated:
        # The dot is a class that excludes nothing, and takes no line feed.
        return bool(node.parts) and not any(map(_surely_line_feed, node.parts))
    return any(map(_maybe_line_feed, node.parts))


def _maybe_line_feed(part: str) -> bool:
    if len(part) > 1 and part[0] == "\\":
        known = part in (r"\w", r"\d", r"\S") or (part[1] == "p" and part[2:] in _LETTERS_AND_NUMBERS)
        return not known
    return part[0] <= "\n" <= part[-1]


def _surely_line_feed(part: str) -> bool:
    if len(part) > 1 and part[0] == "\\":
        return part in (r"\s", r"\W", r"\D")
    return part[0] <= "\n" <= part[-1]


def _width(source: str) -> int | None:
    """Bound what a lookaround reads: each character of its source stands for one code point at most."""
    bare = _ONE.sub("x", source)
    width = len(bare)
    for least, comma, most in _COUNT.findall(bare):
        if comma and not most:
            return None
        width *= max(1, int(most or least or 1))
    unbounded = "*" in bare or "+" in bare or r"\K" in source
    return None if unbounded or width > _FARTHEST else width
