"""``python -m benchmarks.throughput.unchanged``: whether a change meant to change nothing did.

Checks every article of the given files and hashes its findings, field by field, with what went
wrong. ``--write FILE`` keeps one hash an article; ``--against FILE`` compares with such a file and
exits with 1 where an article's differs. Articles are the records of JSON lines, plain or gzipped: the
``text``, or the texts of ``segments`` joined by line breaks. ``--made N`` adds N articles made here and the
hostile texts of the tests, so that it says something without any data.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.throughput import articles
from cleantext import Article, Cleaner
from cleantext.article import as_article

_FIELDS = ("title", "date", "url", "source", "lang", "original", "original_lang")


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file of JSON lines."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as rows:
        for row in rows:
            record = json.loads(row)
            if isinstance(record, dict):
                yield record


def article_of(record: Mapping[str, Any]) -> Article | None:
    """Return the article of a record; None where it has no text."""
    text = record.get("text")
    if text is None and isinstance(record.get("segments"), list):
        text = "\n".join(str(segment.get("text", "")) for segment in record["segments"])
    if not isinstance(text, str):
        return None
    fields = {name: record[name] for name in _FIELDS if isinstance(record.get(name), str)}
    try:
        return as_article({"text": text, **fields})
    except ValueError:
        return Article(text=text)


def odd_forms(text: str) -> Iterator[tuple[str, str]]:
    """Yield an article in the forms that take other ways through the code: each with its name."""
    yield "surrogate", text + "\ud800"
    yield "odd letter", text.replace("s", "\u017f", 1)
    yield "wide", text + "\n\U0001f600"
    yield "one line", " ".join(text.split())
    yield "capitals", text.upper()
    yield "sentences", text.replace(". ", ".\n")


def digest(cleaner: Cleaner, article: Article) -> str:
    """Hash all that a check says of an article: 16 hexadecimal digits."""
    report = cleaner.check(article)
    said = repr((report.findings, report.trouble)).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(said, digest_size=8).hexdigest()


def _named(paths: list[Path], share: int, made: int, odd: int) -> Iterator[tuple[str, Article]]:
    for path in paths:
        for number, record in enumerate(records(path)):
            name = f"{path.parent.name}/{path.name}:{number}"
            if zlib.crc32(name.encode()) % share == 0 and (article := article_of(record)):
                yield name, article
                if odd and zlib.crc32(name.encode()) // share % odd == 0:
                    for form, text in odd_forms(article.text):
                        yield f"{name} {form}", Article(text=text)
    for number in range(made):
        text = articles.article(number, residue=number % 2 == 1, one_line=number % 5 == 4)
        yield f"made:{number}", Article(text=text)
        for form, odd_text in odd_forms(text):
            yield f"made:{number} {form}", Article(text=odd_text)


def main() -> None:
    """Hash, keep or compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--made", type=int, default=60)
    parser.add_argument("--share", type=int, default=1, metavar="N", help="one article of N, by its place")
    parser.add_argument("--odd", type=int, default=0, metavar="N", help="one of N in odd forms, too")
    parser.add_argument("--min-confidence", type=float, default=0.5)
    parser.add_argument("--write", type=Path, help="keep the hashes")
    parser.add_argument("--against", type=Path, help="compare with hashes that were kept")
    given = parser.parse_args()
    cleaner = Cleaner(min_confidence=given.min_confidence)
    hashes = {
        name: digest(cleaner, article)
        for name, article in _named(given.files, given.share, given.made, given.odd)
    }
    print(
        f"{len(hashes)} articles, {hashlib.blake2b(repr(sorted(hashes.items())).encode(), digest_size=8).hexdigest()}"
    )
    if given.write:
        given.write.write_bytes(msgspec.json.encode(hashes))
    if given.against:
        before = msgspec.json.decode(given.against.read_bytes(), type=dict[str, str])
        changed = [name for name in hashes if name in before and before[name] != hashes[name]]
        compared = sum(name in before for name in hashes)
        print(f"{len(changed)} of {compared} differ")
        print("\n".join(changed[:20]))
        sys.exit(1 if changed or not compared else 0)


if __name__ == "__main__":
    main()
