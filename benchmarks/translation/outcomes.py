"""What each finding does, judged alone: nearer to the reference, as near as before, or farther."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.translation.garble_data import document_of, read
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.document import Document
from cleantext.finding import Finding
from cleantext.rulebook import Band

NEWS = ("newstest", "aeb")
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+(?:['’]\w+)*")
STRAIGHT = str.maketrans("“”„‟‘’‚‛", "\"\"\"\"''''")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One finding: by which rule, in what kind of article, and what its fix did.

    ``verdict`` is 1 nearer to the reference, 0 as near, -1 farther; None on human
    text and where a finding offers no fix. ``document`` names the source article:
    its translations by several systems share it.
    """

    rule: str
    band: Band
    family: str
    document: str
    verdict: int | None
    safe: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Space-separated words of an article, by family and source article."""

    family: str
    document: str
    words: int


def distance(left: Sequence[Any], right: Sequence[Any]) -> int:
    """Levenshtein distance, by Myers' bit vectors in Hyyrö's form: one big integer is a column."""
    if not left or not right:
        return len(left) or len(right)
    places: dict[Any, int] = {}
    for place, item in enumerate(left):
        places[item] = places.get(item, 0) | 1 << place
    every = (1 << len(left)) - 1
    last = 1 << (len(left) - 1)
    plus, minus, score = every, 0, len(left)
    for item in right:
        equal = places.get(item, 0)
        vertical = equal | minus
        diagonal = (((equal & plus) + plus) ^ plus) | equal
        up = minus | ~(diagonal | plus)
        down = plus & diagonal
        if up & last:
            score += 1
        if down & last:
            score -= 1
        up = up << 1 | 1
        plus = (down << 1 | ~(vertical | up)) & every
        minus = up & vertical & every
    return score


def judge(before: str, after: str, reference: str) -> int:
    """Say whether an edit brings a segment nearer to its reference: 1, 0 or -1.

    Words and numbers decide, letter case left out; where they stay as near as they
    were, characters do, with quotation marks held equal.
    """
    wanted, old, new = (TOKEN.findall(text.lower()) for text in (reference, before, after))
    if old and not new:
        return -1
    was, now = distance(old, wanted), distance(new, wanted)
    if was == now:
        straight, x, y = (text.translate(STRAIGHT) for text in (reference, before, after))
        was, now = distance(x, straight), distance(y, straight)
    return (was > now) - (was < now)


def outcomes(data: Path, cleaner: Cleaner) -> Iterator[Outcome | Count]:
    """Yield what every finding of a cleaner does in the development articles, and each article's words.

    Without a reference nothing is judged. Human articles are news only; the blogs of
    the human part count for nothing.
    """
    for record in read(data / "phrasing_mt.jsonl.gz"):
        document = document_of(record["id"]) if record["ref"] == "independent" else record["id"]
        family = record["family"] if record["ref"] != "post-edit" else f"{record['family']}, post-edited"
        segments = record["segments"]
        text = "\n".join(segment["text"] for segment in segments)
        starts = [0]
        for segment in segments:
            starts.append(starts[-1] + len(segment["text"]) + 1)
        yield Count(family, document, len(text.split()))
        article = Article(text=text, id=record["id"])
        findings = cleaner.check(article).findings
        band = Document(article).band if findings else "unsure"
        for finding in findings:
            at = bisect_right(starts, finding.start) - 1
            if segments[at]["reference"] is None:
                continue
            verdict = _verdict(finding, segments[at], starts[at])
            yield Outcome(finding.rule, band, family, document, verdict, finding.applicability == "safe")
    for record in read(data / "phrasing_human.jsonl.gz"):
        if record["source"] not in NEWS:
            continue
        document = document_of(record["id"]) if record["source"] == "newstest" else record["id"]
        yield Count("human", document, len(record["text"].split()))
        article = Article(text=record["text"], id=record["id"])
        findings = cleaner.check(article).findings
        band = Document(article).band if findings else "unsure"
        for finding in findings:
            yield Outcome(finding.rule, band, "human", document, None, finding.applicability == "safe")


def _verdict(finding: Finding, segment: dict[str, Any], start: int) -> int | None:
    if finding.fix is None:
        return None
    text: str = segment["text"]
    after = text
    for edit in reversed(finding.fix.edits):
        low, high = edit.start - start, edit.end - start
        if low < 0 or high > len(text) or "\n" in edit.replacement:
            return -1
        after = after[:low] + edit.replacement + after[high:]
    return judge(text, after, segment["reference"])
