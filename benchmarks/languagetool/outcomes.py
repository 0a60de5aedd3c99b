"""What LanguageTool's findings do, each judged alone, names of the article left as they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from benchmarks.languagetool.articles import HUMAN, Text
from benchmarks.translation.outcomes import judge
from cleantext.article import Article
from cleantext.checks import Hit
from cleantext.checks.languagetool.check import hits
from cleantext.checks.languagetool.client import Mode
from cleantext.checks.languagetool.pieces import pieces
from cleantext.checks.languagetool.rules import PREFIX
from cleantext.configuration import LanguageTool
from cleantext.document import Document
from cleantext.rulebook.card import Band


class Outcome(NamedTuple):
    """One finding; ``verdict`` is 1 nearer to the reference, 0 as near, -1 farther, None where nobody can say."""

    rule: str
    band: Band
    family: str
    document: str
    verdict: int | None


def outcomes(texts: Iterable[Text], settings: LanguageTool, *, mode: Mode) -> Iterator[Outcome]:
    """Yield an outcome for every finding that offers a replacement."""
    for text in texts:
        document = Document(Article(text=text.text))
        found = hits(document, list(pieces(document)), lambda _: True, settings, mode=mode, spelling=False)
        offered = [hit for hit in found if hit.fixes]
        band = document.band if offered else "unsure"
        for hit in offered:
            verdict = None if text.family == HUMAN else verdict_of(text, hit)
            yield Outcome(hit.rule.removeprefix(PREFIX), band, text.family, text.document, verdict)


def verdict_of(text: Text, hit: Hit) -> int:
    """Judge the best fix of a finding in its segment; one that leaves its segment harms."""
    starts = [0]
    for segment in text.segments:
        starts.append(starts[-1] + len(segment) + 1)
    at = bisect_right(starts, hit.start) - 1
    segment = text.segments[at]
    after = segment
    for edit in reversed(hit.fixes[0].edits):
        low, high = edit.start - starts[at], edit.end - starts[at]
        if low < 0 or high > len(segment) or "\n" in edit.replacement:
            return -1
        after = after[:low] + edit.replacement + after[high:]
    return judge(segment, after, text.references[at])
