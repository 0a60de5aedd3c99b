r"""Literals that a text must hold for a pattern to match in it, the rarest that can be found.

After the prefilter of RE2 and the trigram index of Russ Cox's code search: each node
of the pattern gives the set of exact strings it can match, where that is small, and a
set of which at least one must occur. All literals are lower case; whoever searches
for them folds the text too. A ``\b`` in a literal is a word boundary: "ap" between two
of them is far rarer than in "paper". `DIGIT` is any digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from math import fsum, prod
from typing import NamedTuple

import regex

from cleantext.document.pieces import lowered
from cleantext.document.words import words
from cleantext.matching.reach import with_what_follows, with_what_precedes
from cleantext.matching.syntax import Beside, Boundary, Choice, Class, Literal, Node, Repeat, Sequence, parse
from cleantext.native import compiled

MOST_EXACT = 800
_KEPT = (12, 6, 3)
"""Where strings become too many, their last code points are kept, ever fewer of them."""
_MOST_DIGITS = 4
_SHORT_RANGE = 16

# Frequency of letters and the blank in English prose, per thousand; anything else is rarer.
_LETTERS = dict(
    zip(
        " etaoinshrdlcumwfgypbvkjxqz",
        (180, 104, 73, 66, 62, 58, 56, 52, 50, 49, 35, 33, 23, 23, 20, 19, 18, 17, 16, 16, 12, 8, 6, 1, 1, 1, 1),
        strict=True,
    )
)  # fmt: skip
BOUNDARY = "\b"
DIGIT = "\uffff"
"""Stands in a literal for a digit of any script."""
EXOTIC_DIGITS = (
    r"[\x{660}-\x{1FFF}\x{A000}-\x{ABFF}\x{FF10}-\x{FF19}"
    r"\x{10000}-\x{1F0FF}\x{1FBF0}-\x{1FBF9}\x{1FC00}-\x{10FFFF}]"
)
"""RE2 pattern of the blocks in which scripts have digits of their own."""
USUAL = "\t\n\r" + "".join(map(chr, range(0x20, 0x7F))) + "‘’“”–—…"
"""Letters of ordinary typesetting: most news holds no others, so what looks for others is not asked of it."""
_UNUSUAL = re.compile(rf"[^{re.escape(USUAL)}]")
_USUAL_ASCII = "".join(filter(str.isascii, USUAL)).encode()
_FOLD = bytes(range(256)).lower().translate(bytes.maketrans(b"123456789", b"000000000"))
_ASCII = bytes(range(128))
UNFOLDABLE_LETTERS = "İıſΣςµ\u0345ϐϑϕϖϰϱϵ\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88ẛ\u1fbe"
"""Letters that `regex` takes for equal to another one where case does not count, though lower-casing keeps
them apart, or makes two letters of one. No literal holds one; a text that does is given to every rule."""
_UNSURE = re.compile(f"[{BOUNDARY}{DIGIT}]")
_STRAIGHT = str.maketrans(
    dict(
        zip(UNFOLDABLE_LETTERS, "iisσσμιβθφπκρεвдосттъѣꙋṡι", strict=True)
    )  # as `regex` takes them, case aside
)
RESIZED_LETTERS = (
    "\u023a\u023e\u1e9e\u2126\u212a\u212b\u2c62\u2c64\u2c6d\u2c6e\u2c6f\u2c70\u2c7e\u2c7f"
    "\ua78d\ua7aa\ua7ab\ua7ac\ua7ad\ua7ae\ua7b0\ua7b1\ua7b2\ua7c5"
    "\ua7cb\ua7dc"  # of Unicode 16
)
"""Letters, beside `UNFOLDABLE_LETTERS`, whose small ones take more bytes of UTF-8, or fewer."""
UNFOLDABLE = regex.compile(f"[{UNFOLDABLE_LETTERS}]")
_SOME_DIGIT, _DIGIT_FOLLOWS = 0.01, 0.5
_SOME_WORD, _LETTER_MORE = 1e-6, 0.7  # by their letters long words are rarer than they are
_EACH = 2e-9  # every literal makes the automaton larger
_WORD_ENDS = 0.25  # how often a letter of a literal stands at a word's edge, roughly
_LINE_ENDS = 0.005  # how often a word stands at a line's edge
_DIGIT_BEGINS = 0.1  # and how often a digit: among short lines many begin with a date or a number
_ORDINARY = frozenset(".,;:!?-–'’\"“”()")
_COMMON = words("commonest-words")


class _Info(NamedTuple):
    """What a node says: the strings it matches exactly (None: too many), and one set of which one must occur.

    Where it has no exact strings, one of ``begin`` stands at its beginning and one of ``end`` at its end, if not None.
    """

    exact: frozenset[str] | None
    required: frozenset[str] | None
    begin: frozenset[str] | None = None
    end: frozenset[str] | None = None


_EMPTY = _Info(frozenset({""}), None)
_UNKNOWN = _Info(None, None)


def required(pattern: str) -> frozenset[str] | None:
    """Return lower-case literals of which any text that the pattern matches holds one; None where there are none.

    Raises UnsupportedError for a pattern that cannot be read.
    """
    tree = with_what_follows(parse(pattern))
    found = _required(tree)
    longer = with_what_precedes(tree)
    return found if longer == tree else _best(found, _required(longer))


def _required(tree: Node) -> frozenset[str] | None:
    info = _info(tree)
    found = _best(_usable(info.exact), info.required)
    return None if found is None else _shortest(found)


def beginnings(pattern: str) -> frozenset[bytes]:
    """Return folded bytes one of which stands at the beginning of whatever a pattern matches, each without a digit.

    Nothing where a match may begin with anything. Raises UnsupportedError for a pattern that cannot be read.
    """
    info = _info(parse(pattern))
    whole = info.begin if info.exact is None else info.exact
    found = frozenset(as_bytes(_UNSURE.split(literal)[0]) for literal in whole or ("",))
    return frozenset() if b"" in found else found


def _shortest(literals: frozenset[str]) -> frozenset[str]:
    """Leave out what holds another one."""
    kept: list[str] = []
    for literal in sorted(literals, key=lambda literal: (len(literal), literal)):
        if not any(shorter in literal for shorter in kept):
            kept.append(literal)
    return frozenset(kept)


def is_usual_slowly(data: bytes) -> bool:
    """Whether a text in UTF-8 holds no letters but `USUAL` ones."""
    rest = data.translate(None, _USUAL_ASCII)  # of most articles some quotation marks, or nothing
    return not rest or _UNUSUAL.search(rest.decode("utf-8")) is None


def ascii_folded_slowly(data: bytes) -> bytes:
    """Make ASCII letters small, and every ASCII digit 0."""
    return data.translate(_FOLD)


_native = compiled("cleantext.matching._letters")
is_usual: Callable[[bytes], bool] = is_usual_slowly if _native is None else _native.is_usual
_ascii_folded: Callable[[bytes], bytes] = ascii_folded_slowly if _native is None else _native.folded


def folded(text: str, data: bytes, *, usual: bool = False) -> bytes:
    """Fold a text, ``data`` in UTF-8, as literals are: small letters, and 0 for every digit of ASCII.

    A text in which `EXOTIC_DIGITS` finds one may hold digits that this leaves as they are. ``usual``: the text is
    known to be so (:func:`is_usual`).
    """
    if not usual and len(data) != len(text):
        # `str.lower` takes many times as long, and few texts have capitals beyond ASCII.
        beyond = data.translate(None, _ASCII).decode("utf-8")
        if beyond != lowered(beyond):
            data = lowered(text).encode("utf-8")
    return _ascii_folded(data)


def straight(text: str) -> str:
    """Return a text with the letters that each of `UNFOLDABLE_LETTERS` is taken for where case does not count."""
    return text.translate(_STRAIGHT)


def as_bytes(literal: str) -> bytes:
    """Return a literal as it stands in a folded text, a backspace for each boundary."""
    return literal.replace(DIGIT, "0").encode("utf-8").translate(_FOLD)


def as_pattern(literal: str) -> str:
    r"""Return a literal as an RE2 pattern; a boundary stays beside a plain ASCII letter or digit, where RE2's is the wider."""
    literal = as_bytes(literal).decode("utf-8")
    parts = []
    for at, ch in enumerate(literal):
        if ch != BOUNDARY:
            parts.append(ch if ch == " " or (ch.isascii() and ch.isalnum()) else rf"\x{{{ord(ch):X}}}")
        elif any(map(_plain, literal[max(0, at - 1) : at] + literal[at + 1 : at + 2])):
            parts.append(r"\b")
    return "".join(parts)


def _plain(ch: str) -> bool:
    return ch.isascii() and (ch.isalnum() or ch == "_")


def as_class(letters: str) -> str:
    """Return an RE2 class of letters."""
    return "[" + "".join(rf"\x{{{ord(letter):X}}}" for letter in letters) + "]"


@lru_cache(maxsize=1 << 12)
def frequency(literals: frozenset[str]) -> float:
    """Estimate how often one of the literals occurs in a code point of English prose."""
    return fsum(map(_chance, literals))  # a set has no order, and the sum must not depend on it


@lru_cache(maxsize=1 << 14)  # patterns are much alike: of ten questions nine were asked before
def _chance(literal: str) -> float:
    if "\n" in literal:
        parts = literal.split("\n")
        begins = sum(part.startswith(DIGIT) for part in parts[1:])
        edges = _DIGIT_BEGINS**begins * _LINE_ENDS ** (len(parts) - 1 - begins)
        return prod(_chance(part) for part in parts if part) * edges
    chance = 1.0
    before = ""
    for ch in literal:
        if ch == DIGIT:
            chance *= _DIGIT_FOLLOWS if before == DIGIT else _SOME_DIGIT
        else:
            chance *= _WORD_ENDS if ch == BOUNDARY else _LETTERS.get(ch, _rarity(ch)) / 1000
        before = ch
    words = literal.replace(BOUNDARY, "").split()
    if len(words) == 1 and literal.isascii() and words[0].isalpha() and len(words[0]) > 3:
        chance = max(chance, _SOME_WORD * _LETTER_MORE ** (len(words[0]) - 4))
    if any(word in _COMMON for word in words):
        return max(chance, prod(0.01 if word in _COMMON else _chance(word) for word in words))
    return chance


@lru_cache(maxsize=1 << 10)
def _rarity(ch: str) -> float:
    return 0.5 if ch.isascii() or ch.isalnum() or ch in _ORDINARY or ch in "«»„" else 0.1


def _usable(literals: frozenset[str] | None) -> frozenset[str] | None:
    return literals if literals and all(map(_tells, literals)) else None


@lru_cache(maxsize=1 << 14)
def _tells(literal: str) -> bool:
    bare = literal.replace(BOUNDARY, "")
    if any(not ch.isascii() and ch.isspace() for ch in bare):
        return True
    if len(bare.strip()) == 1 and "\n" in bare:
        return True
    if len(bare.strip()) <= 1:
        # A blank beside a mark tells something: it stands on one side of a mark, seldom on the other.
        known = all(ch.isalnum() or ch.isspace() or ch == DIGIT for ch in bare)
        return not known and bare not in _ORDINARY
    return set(bare) != {DIGIT}


def _best(a: frozenset[str] | None, b: frozenset[str] | None) -> frozenset[str] | None:
    if a is None or b is None:
        return a or b
    return min(a, b, key=lambda literals: (frequency(literals) + _EACH * len(literals), sorted(literals)))


def _info(node: Node) -> _Info:
    match node:
        case Literal(char):
            if UNFOLDABLE.match(char) or char == DIGIT:
                return _UNKNOWN
            return _Info(frozenset({_lower(char)}), None)
        case Class(parts, negated):
            if not negated and parts and all(map(_is_digit, parts)):
                return _Info(frozenset(parts if max(map(len, parts)) == 1 else {DIGIT}), None)
            parts = tuple(one for part in parts for one in _spelt_out(part))
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


def _spelt_out(part: str) -> tuple[str, ...]:
    """Return the characters of a short range beyond ASCII, where lower-casing changes none of them."""
    first, last = ord(part[0]), ord(part[-1])
    if len(part) == 3 and part[1] == "-" and 128 <= first <= last < first + _SHORT_RANGE:
        letters = tuple(map(chr, range(first, last + 1)))
        return letters if not any(map(str.isalnum, letters)) else (part,)
    return (part,)


def _is_digit(part: str) -> bool:
    return part in (r"\d", r"\pNd") or (part.isascii() and part[0].isdigit() and part[-1].isdigit())


def _lower(char: str) -> str:
    lower = char.lower()
    return lower if len(lower) == 1 else char


def _choice(infos: list[_Info]) -> _Info:
    exact = _union([info.exact for info in infos])
    begin = _union([info.begin if info.exact is None else info.exact for info in infos])
    end = _union([info.end if info.exact is None else info.exact for info in infos])
    required = _union([_best(_usable(info.exact), info.required) for info in infos], most=None)
    return _Info(exact, required, begin, end)


def _union(sets: list[frozenset[str] | None], most: int | None = MOST_EXACT) -> frozenset[str] | None:
    known = [strings for strings in sets if strings is not None]
    if len(known) < len(sets):
        return None
    union = frozenset().union(*known)
    return None if most is not None and len(union) > most else union


def _repeat(info: _Info, least: int, most: int | None) -> _Info:
    if least == 0 and most == 1 and info.exact is not None:
        return _Info(info.exact | {""}, None)
    if info.exact == frozenset({DIGIT}) and most is not None and most <= _MOST_DIGITS:
        return _Info(frozenset(DIGIT * times for times in range(least, most + 1)), None)
    if least == 0:
        return _UNKNOWN
    if least == most == 1:
        return info
    whole = info.exact is not None
    begin, end = (info.exact, info.exact) if whole else (info.begin, info.end)
    return _Info(None, _best(_usable(info.exact), info.required), begin, end)


def _sequence(infos: list[_Info]) -> _Info:
    """Join neighbours' exact strings while they stay few; keep the rarest set met on the way."""
    found: frozenset[str] | None = None
    run: frozenset[str] = frozenset({""})
    begin: frozenset[str] | None = None
    whole = True
    for info in infos:
        next_strings = info.begin if info.exact is None else info.exact
        if next_strings is not None and info.exact is not None and len(run) * len(info.exact) <= MOST_EXACT:
            run = frozenset(a + b for a in run for b in info.exact)
        else:
            found = _best(found, _usable(run))
            longer = None if next_strings is None else _some_of_both(run, next_strings)
            found = _best(found, _usable(longer))
            begin = (longer or run) if whole else begin
            whole = False
            if info.exact is None:
                run = frozenset({""}) if info.end is None else info.end
            else:
                run = _ends(run, info.exact)
        found = _best(found, info.required)
    if whole:
        return _Info(run, found)
    return _Info(None, _best(found, _usable(run)), begin, run)


def _ends(run: frozenset[str], more: frozenset[str]) -> frozenset[str]:
    """Put strings after the ends of strings, as long ones as stay few; the second ones alone where none do."""
    for kept in _KEPT:
        ends = {a[-kept:] for a in run}
        if len(ends) * len(more) <= MOST_EXACT:
            return frozenset(a + b for a in ends for b in more)
    return more


def _some_of_both(run: frozenset[str], more: frozenset[str]) -> frozenset[str] | None:
    """Put the beginnings of strings after strings, as long ones as stay few."""
    for kept in (None, *_KEPT, 2, 1):
        begins = {b[:kept] for b in more}
        if len(run) * len(begins) <= MOST_EXACT:
            return frozenset(a + b for a in run for b in begins)
    return None
