r"""Literals that a text must hold for a pattern to match in it, the rarest that can be found.

After the prefilter of RE2 and the trigram index of Russ Cox's code search: each node
of the pattern gives the set of exact strings it can match, where that is small, and a
set of which at least one must occur. All literals are lower case; whoever searches
for them folds the text too. A ``\b`` in a literal is a word boundary: "ap" between two
of them is far rarer than in "paper".
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from cleantext.matching.reach import with_what_follows
from cleantext.matching.syntax import Beside, Boundary, Choice, Class, Literal, Node, Repeat, Sequence, parse

MOST_EXACT = 400
SHORTEST = 2  # letters or digits; fewer occur everywhere

# Frequency of letters and the blank in English prose, per thousand; anything else is rarer.
_LETTERS = dict(
    zip(
        " etaoinshrdlcumwfgypbvkjxqz",
        (
            180,
            104,
            73,
            66,
            62,
            58,
            56,
            52,
            50,
            49,
            35,
            33,
            23,
            23,
            20,
            19,
            18,
            17,
            16,
            16,
            12,
            8,
            6,
            1,
            1,
            1,
            1,
        ),
        strict=True,
    )
)
BOUNDARY = "\b"
UNFOLDABLE_LETTERS = "İıſΣςµ\u0345ϐϑϕϖϰϱϵ\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88ẛ\u1fbe"
"""Letters that `regex` takes for equal to another one where case does not count, though lower-casing keeps
them apart, or makes two letters of one. No literal holds one; a text that does is given to every rule."""
UNFOLDABLE = regex.compile(f"[{UNFOLDABLE_LETTERS}]")
_WORD_ENDS = 0.25  # how often a letter of a literal stands at a word's edge, roughly
_ORDINARY = frozenset(".,;:!?-–'’\"“”()")
_COMMON = frozenset(
    [
        "the",
        "of",
        "to",
        "and",
        "a",
        "in",
        "that",
        "it",
        "is",
        "was",
        "for",
        "on",
        "with",
        "as",
        "he",
        "be",
        "at",
        "by",
        "his",
        "from",
        "had",
        "are",
        "this",
        "not",
        "but",
        "have",
        "an",
        "they",
        "which",
        "one",
        "were",
        "all",
        "her",
        "she",
        "there",
        "would",
        "their",
        "will",
        "when",
        "who",
        "him",
        "been",
        "has",
        "more",
        "if",
        "no",
        "out",
        "do",
        "so",
        "can",
        "what",
        "up",
        "said",
        "about",
        "into",
        "than",
        "its",
        "time",
        "only",
        "some",
        "could",
        "other",
        "then",
        "two",
        "may",
        "first",
        "any",
        "these",
        "new",
        "now",
        "such",
        "like",
        "our",
        "over",
        "man",
        "me",
        "even",
        "most",
        "made",
        "after",
        "also",
        "did",
        "many",
        "before",
        "must",
        "through",
        "back",
        "years",
        "where",
        "much",
        "your",
        "way",
    ]
)


class _Info(NamedTuple):
    """What a node says: the strings it matches exactly (None: too many), and one set of which one must occur."""

    exact: frozenset[str] | None
    required: frozenset[str] | None


_EMPTY = _Info(frozenset({""}), None)
_UNKNOWN = _Info(None, None)


def required(pattern: str) -> frozenset[str] | None:
    """Give lower-case literals of which any text that the pattern matches holds one; None where there are none.

    Raises UnsupportedError for a pattern that cannot be read.
    """
    info = _info(with_what_follows(parse(pattern)))
    return _best(_usable(info.exact), info.required)


def as_pattern(literal: str) -> str:
    r"""Give a literal as an RE2 pattern; a boundary stays beside a plain ASCII letter or digit, where RE2's is the wider."""
    parts = []
    for at, ch in enumerate(literal):
        if ch != BOUNDARY:
            parts.append(ch if ch == " " or (ch.isascii() and ch.isalnum()) else rf"\x{{{ord(ch):X}}}")
        elif any(
            c.isascii() and c.isalnum() for c in literal[max(0, at - 1) : at] + literal[at + 1 : at + 2]
        ):
            parts.append(r"\b")
    return "".join(parts)


def as_class(letters: str) -> str:
    """Give an RE2 class of letters."""
    return "[" + "".join(rf"\x{{{ord(letter):X}}}" for letter in letters) + "]"


def frequency(literals: frozenset[str]) -> float:
    """Estimate how often one of the literals occurs in a code point of English prose."""
    total = 0.0
    for literal in literals:
        chance = 1.0
        for ch in literal:
            chance *= _WORD_ENDS if ch == BOUNDARY else _LETTERS.get(ch, 0.5) / 1000
        words = literal.replace(BOUNDARY, "").split()
        if words and all(word in _COMMON for word in words):
            chance = max(chance, 0.01 ** len(words))
        total += chance
    return total


def _usable(literals: frozenset[str] | None) -> frozenset[str] | None:
    return literals if literals and all(map(_tells, literals)) else None


def _tells(literal: str) -> bool:
    bare = literal.replace(BOUNDARY, "").strip()
    if len(bare) == 1:
        return not bare.isalnum() and bare not in _ORDINARY
    return len(bare) >= SHORTEST


def _best(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    if a is None or b is None:
        return a or b
    return min(a, b, key=lambda literals: (frequency(literals), sorted(literals)))


def _info(node: Node) -> _Info:
    match node:
        case Literal(char):
            if UNFOLDABLE.match(char):
                return _UNKNOWN
            return _Info(frozenset({_lower(char)}), None)
        case Class(parts, negated):
            several = any(len(part) > 1 or UNFOLDABLE.match(part) for part in parts)
            if negated or several or len(parts) > MOST_EXACT:
                return _UNKNOWN
            return _Info(frozenset(map(_lower, parts)), None)
        case Choice(branches):
            return _choice([_info(branch) for branch in branches])
        case Repeat(inner, least, most):
            return _repeat(_info(inner), least, most)
        case Sequence(nodes):
            return _sequence([_info(inner) for inner in nodes])
        case Beside(inner):
            # The strings themselves do not join: a lookaround overlaps what stands beside it.
            info = _info(inner)
            return _Info(_EMPTY.exact, _best(_usable(info.exact), info.required))
        case Boundary():
            return _Info(frozenset({BOUNDARY}), None)
    return _UNKNOWN


def _lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _choice(infos: list[_Info]) -> _Info:
    exact: frozenset[str] | None = None
    if all(info.exact is not None for info in infos):
        exact = frozenset().union(*(info.exact or () for info in infos))
        if len(exact) > MOST_EXACT:
            exact = None
    sets = [_best(_usable(info.exact), info.required) for info in infos]
    if any(literals is None for literals in sets):
        return _Info(exact, None)
    return _Info(exact, frozenset().union(*(literals or () for literals in sets)))


def _repeat(info: _Info, least: int, most: int | None) -> _Info:
    if least == 0:
        if most == 1 and info.exact is not None:
            return _Info(info.exact | {""}, None)
        return _UNKNOWN
    if least == most == 1:
        return info
    return _Info(None, _best(_usable(info.exact), info.required))


def _sequence(infos: list[_Info]) -> _Info:
    """Join neighbours' exact strings while they stay few; keep the rarest set met on the way."""
    found: frozenset[str] | None = None
    run: frozenset[str] = frozenset({""})
    whole = True
    for info in infos:
        joined = None
        if info.exact is not None and len(run) * len(info.exact) <= MOST_EXACT:
            joined = frozenset(a + b for a in run for b in info.exact)
        if joined is not None:
            run = joined
        else:
            found = _best(found, _usable(run))
            whole = False
            run = info.exact if info.exact is not None else frozenset({""})
        found = _best(found, info.required)
    if whole:
        return _Info(run, found)
    return _Info(None, _best(found, _usable(run)))
