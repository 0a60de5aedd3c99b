"""Evidence on residue: rows of kinds of line from the line model's training, and labelled pages for what has no model.

The rows of lines are those of ``benchmarks/boilerplate/safe-lines.json``, which nested cross-validation by site writes.
A repeated headline and a site's own line are judged by the labels of the page that they stand in.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.boilerplate.report import LEDGER
from benchmarks.boilerplate.standing import indexed
from benchmarks.safe.evidence import Judged
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.configuration import Configuration
from cleantext.corpus import CorpusIndex
from cleantext.finding import Applicability
from cleantext.rulebook.ledger import Row

KINDS = {"BP100": "repeated headlines", "BP400": "a site's own lines"}
"""Rules of residue that are judged apart from the line model."""
HEADLINES = ("read/boilerplate", "cropped/boilerplate", "extracted/boilerplate", "languages/boilerplate")
"""Pages that were labelled after the rule on headlines was written."""
SITES = ("cropped/boilerplate", "extracted/boilerplate", "languages/boilerplate")
"""Pages of which several are of one site, each set indexed by itself."""
TEXT, JUDGE = "labelled pages", "gold of the pages"


def rows_of_lines() -> Mapping[str, Row]:
    """Return the rows of kinds of line as the training wrote them."""
    return msgspec.json.decode(LEDGER.read_bytes(), type=dict[str, Row])


def judged(data: Path) -> Iterator[Judged]:
    """Yield each edit that these rules would make unasked on labelled pages, where its line counts."""
    for name in HEADLINES:
        yield from _judged("BP100", _pages(data, name))
    for name in SITES:
        by_view: dict[str, list[dict[str, Any]]] = {}
        for page in _pages(data, name):
            by_view.setdefault(page.get("view", ""), []).append(page)
        for pages in by_view.values():
            with tempfile.TemporaryDirectory() as folder:
                yield from _judged("BP400", pages, indexed([_article(page) for page in pages], Path(folder)))


def _pages(data: Path, name: str) -> list[dict[str, Any]]:
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


def _article(page: dict[str, Any]) -> Article:
    given = {key: page.get(key) for key in ("title", "url", "lang")}
    return Article(text=page["text"], id=page["id"], source=page["host"], **given)


def _judged(
    rule: str, pages: Sequence[dict[str, Any]], corpus: CorpusIndex | None = None
) -> Iterator[Judged]:
    # What the rule wishes, whatever the ledger says of it so far.
    cleaner = Cleaner(Configuration(select=(rule,), promote=(rule,)), corpus=corpus)
    for page in pages:
        starts = list(accumulate((len(line["text"]) + 1 for line in page["lines"]), initial=0))
        for finding in cleaner.check(_article(page)).findings:
            stays = page["lines"][bisect_right(starts, finding.start) - 1]["keep"]
            if finding.applicability is Applicability.SAFE and stays is not None:
                yield Judged(rule, KINDS[rule], page["id"], not stays, TEXT, JUDGE, page["host"])
