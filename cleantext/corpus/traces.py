"""What one article leaves in a corpus index: its lines and sentences, its quotations, keys that its near-duplicates share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import chain

import msgspec

from cleantext.article import Article
from cleantext.document import Document
from cleantext.document.repeats import article_key, normal_line, words_of
from cleantext.document.voice import units

VERSION = 2
"""Goes up whenever the same article would leave other traces."""

SHINGLE = 5
BINS, BANDS = 64, 8
_ROWS = BINS // BANDS
PROSE = 10
"""Words of a line from which it counts as running prose: only such lines are compared between articles."""

SHORTEST_QUOTATION = 6
_SAMPLE = 4
_SIGN = (1 << 63) - 1
_C = 0x9E3779B97F4A7C15


class Quoted(msgspec.Struct, frozen=True, array_like=True):
    """A quotation of six or more words with the fullest name of its speaker."""

    speaker: str
    text: str


class Traces(msgspec.Struct, frozen=True, array_like=True):
    """What an article leaves: ``lines`` in normal form and the keys of units, ``bands`` (63-bit keys), quotations with a known speaker."""

    key: str
    path: str
    line: int | None
    site: str
    date: str | None
    source: str | None
    title: str | None
    lines: tuple[str, ...]
    bands: tuple[int, ...]
    quotations: tuple[Quoted, ...]


def traces_of(article: Article, path: str, line: int | None, *, quotations: bool = True) -> Traces:
    """Work out the traces of an article; the same article always leaves the same.

    Without ``quotations``, which take most of the time, only what tells a site's own voice.
    """
    article = _storable(article)
    document = Document(article)
    text = article.text
    short: dict[str, None] = {}
    prose: list[list[str]] = []
    for row in document.filled:
        content = text[row.start : row.end]
        normal = normal_line(content)
        if normal:
            short[normal] = None
        for unit in units(text, row):
            short.update(dict.fromkeys(key for key in (unit.plain, unit.open) if key))
        words = words_of(content)
        if len(words) >= PROSE:
            prose.append(words)
    words = list(chain.from_iterable(prose)) if prose else words_of(text)
    return Traces(
        article_key(article),
        path,
        line,
        document.site,
        article.date,
        article.source,
        article.title,
        tuple(short),
        bands(words),
        tuple(_quoted(document)) if quotations else (),
    )


def _storable(article: Article) -> Article:
    """Replace lone surrogates, which neither SQLite nor JSON holds."""
    values = {name: getattr(article, name) for name in article.__struct_fields__}
    try:
        "".join(value for value in values.values() if value).encode("utf-8")
    except UnicodeEncodeError:
        plain = {
            name: value and value.encode("utf-8", "replace").decode("utf-8") for name, value in values.items()
        }
        return Article(**plain)
    return article


def _quoted(document: Document) -> Iterable[Quoted]:
    seen: set[Quoted] = set()
    text = document.text
    for found in document.attributions:
        if not found.speaker_name:
            continue
        if found.kind == "direct":
            spans = [(found.start, found.end)]
        else:  # the words between marks, which a copy of the article would keep
            spans = [(q.start, q.end) for q in document.quotations if found.start <= q.start < found.end]
        for start, end in spans:
            quoted = Quoted(found.speaker_name, text[start:end])
            if quoted not in seen and len(words_of(quoted.text)) >= SHORTEST_QUOTATION:
                seen.add(quoted)
                yield quoted


def hashed(text: str) -> int:
    """Hash a text to 63 bits, the same on every machine."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") & _SIGN


def shingles(words: Sequence[str]) -> set[int]:
    """Return the hashes of every five words in a row; of all words where there are fewer."""
    if not words:
        return set()
    last = max(1, len(words) - SHINGLE + 1)
    return {hashed(" ".join(words[i : i + SHINGLE])) for i in range(last)}


def bands(words: Sequence[str]) -> tuple[int, ...]:
    """Return the keys of which near-duplicates share one or more.

    One-permutation MinHash (Li, Owen, Zhang 2012; empty bins filled by rotation,
    Shrivastava and Li 2014) of five-word shingles in 64 bins, banded by 8. Texts
    that share 90 % of their shingles share a key with probability 0.99, at 50 % it
    is 0.03, at 30 % 0.0005.
    """
    found = shingles(words)
    if not found:
        return ()
    least: list[int | None] = [None] * BINS
    for value in found:
        at, rest = value % BINS, value // BINS
        known = least[at]
        if known is None or rest < known:
            least[at] = rest
    filled: list[int] = []
    for at in range(BINS):
        step = 0
        while (value_at := least[(at + step) % BINS]) is None:
            step += 1
        filled.append(value_at + step * _C)
    return tuple(
        hashed(f"{band}:" + ",".join(map(str, filled[band * _ROWS : (band + 1) * _ROWS])))
        for band in range(BANDS)
    )


def sampled(found: set[int]) -> set[int]:
    """Return the shingles of a quotation that are kept: one in four, whatever else it holds, and the least."""
    return {value for value in found if value % _SAMPLE == 0} | {min(found)} if found else set()


def clusters(links: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Join articles that share a key; return the least number of its cluster for each linked one.

    What the clusters are does not depend on the order of links.
    """
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while (above := parent.setdefault(number, number)) != number:
            parent[number] = parent[above]
            number = above
        return number

    for a, b in links:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return {number: root(number) for number in list(parent)}
