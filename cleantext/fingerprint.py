"""Which occurrence a finding is, whatever else changed in the article.

The fingerprint is made of hashes side by side: rule and matched text, the three words
before, the three words after, and a count among equals. So one that was kept can
still be recognised when only one of its sides changed (see
:mod:`cleantext.review.standing`): measured on real articles, ``benchmarks/review/keys.py``,
that keeps 98 % of decisions on the right finding after half of the fixes were
applied and misplaces 0.1 %, where offsets keep 33 %.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import msgspec
import regex

from cleantext.finding import Finding

WORDS_EITHER_SIDE = 3
_WINDOW = 160  # code points that surely hold three words; longer words are cut, which is as stable
_NEAR = 40  # code points that nearly always do
_WORD = regex.compile(r"\w+")
_AT_ONCE = 65_536
"""Code points whose words are hashed together."""
_BLANK = re.compile(r"\s")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)


def context_words(text: str, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return up to three case-folded words before ``start`` and after ``end``."""
    before = _words(text[max(0, start - _NEAR) : start])
    if len(before) <= WORDS_EITHER_SIDE:  # the first of them may be cut
        before = _words(text[max(0, start - _WINDOW) : start])
    after = _words(text[end : end + _NEAR])
    if len(after) <= WORDS_EITHER_SIDE:
        after = _words(text[end : end + _WINDOW])
    return tuple(before[-WORDS_EITHER_SIDE:]), tuple(after[:WORDS_EITHER_SIDE])


def _words(text: str) -> list[str]:
    if text.isascii():  # there both mean the same, and `re` is twice as fast
        return _ASCII_WORD.findall(text.lower())
    found: list[str] = _WORD.findall(text.casefold())
    return found


def occurrence_key(rule: str, match: str, before: Sequence[str], after: Sequence[str]) -> str:
    """Hash the parts of an occurrence: 8 hexadecimal digits of rule and match, 4 of either side."""
    return _hash_of_words(f"{rule}\x1f", match) + _hash(" ".join(before), 2) + _hash(" ".join(after), 2)


def _hash_of_words(head: str, text: str) -> str:
    """Hash a head and the case-folded words of a text; one of megabytes is not cut into words all at once."""
    if len(text) <= _AT_ONCE:
        return _hash(head + " ".join(text.casefold().split()), 4)
    hashed = blake2b(head.encode("utf-8", "surrogatepass"), digest_size=4)
    parted, at = "", 0
    while at < len(text):
        blank = _BLANK.search(text, at + _AT_ONCE)
        end = blank.start() if blank else len(text)
        if words := text[at:end].casefold().split():
            hashed.update((parted + " ".join(words)).encode("utf-8", "surrogatepass"))
            parted = " "
        at = end
    return hashed.hexdigest()


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


_KNOWN = 4096
"""Keys kept of surroundings met before: in a text that repeats itself they are the same over and over."""


def with_fingerprints(text: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings, which must be in order of start, with their fingerprints set: the key, then ``-nth`` from 1 on."""
    seen: defaultdict[str, int] = defaultdict(int)
    known: dict[tuple[str, str, str, str], str] = {}
    done = []
    for finding in findings:
        start, end = finding.start, finding.end
        near = finding.rule, finding.text, text[max(0, start - _WINDOW) : start], text[end : end + _WINDOW]
        key = known.get(near)
        if key is None:
            if len(known) == _KNOWN:
                known.clear()
            key = known[near] = occurrence_key(finding.rule, finding.text, *context_words(text, start, end))
        nth = seen[key]
        seen[key] += 1
        done.append(msgspec.structs.replace(finding, fingerprint=f"{key}-{nth}" if nth else key))
    return tuple(done)
