"""Compare LanguageTool raw, LanguageTool filtered, our rules, and ours with filtered LanguageTool.

    python -m benchmarks.languagetool.compare --data DIR [--share 1.0] [--raw-share 0.05]

Every article is fixed as `fix --apply review` fixes it; a changed sentence is improved, neutral or harmed as
its distance to the reference falls, stays or rises. The articles are dealt into two halves by source article:
which of LanguageTool's rules may speak, and how sure they are, is counted on one half and measured on the
other. Our own rules' confidences were counted on all of it, which flatters ours a little.
Raw is LanguageTool as it comes (US English, spelling included, names and all): every first
replacement is made. It is slow, so it reads a share of the articles, and `ours` is shown on that share too.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

from benchmarks.languagetool.allowing import measured
from benchmarks.languagetool.articles import HUMAN, Text, lot, texts
from benchmarks.languagetool.calibrate import add_arguments, settings
from benchmarks.languagetool.outcomes import Outcome, outcomes
from benchmarks.translation.outcomes import judge
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.checks.languagetool import rules
from cleantext.checks.languagetool.client import LANGUAGE, Match
from cleantext.checks.languagetool.pieces import pieces
from cleantext.checks.languagetool.rules import Measured
from cleantext.checks.languagetool.service import service
from cleantext.configuration import Configuration, LanguageTool
from cleantext.document import Document
from cleantext.offsets import Offsets

OURS = ("translation", "typography", "encoding")


class Row:
    """One line of the table, as it adds up."""

    def __init__(self, name: str) -> None:
        """Start at nothing."""
        self.name = name
        self.verdicts = {1: 0, 0: 0, -1: 0}
        self.flags = self.words = 0

    def add(self, text: Text, after: str, flags: int) -> None:
        """Count an article."""
        if text.family == HUMAN:
            self.flags += flags
            self.words += text.words
            return
        lines = after.split("\n")
        if len(lines) != len(text.segments):
            self.verdicts[-1] += 1
            return
        for before, now, reference in zip(text.segments, lines, text.references, strict=True):
            if before != now:
                self.verdicts[judge(before, now, reference)] += 1

    def __str__(self) -> str:
        improved, neutral, harmed = (self.verdicts[k] for k in (1, 0, -1))
        share = improved / max(1, improved + harmed)
        flags = 1000 * self.flags / max(1, self.words)
        return f"| {self.name} | {improved} | {neutral} | {harmed} | {share:.3f} | {flags:.2f} |"


def half_of(document: str) -> int:
    """Deal a source article into a half, the same on every machine."""
    return hashlib.sha1(f"half {document}".encode()).digest()[0] % 2


@contextmanager
def trusted(table: Measured) -> Iterator[None]:
    """Let the check trust these counts instead of the shipped ones."""
    with mock.patch.object(rules, "measured", lambda: table):
        yield


def fixed(cleaner: Cleaner, row: Row, read: Iterable[Text], least: float) -> None:
    """Fix articles and count."""
    for text in read:
        done = cleaner.fix(text.text, apply="review", min_confidence=least)
        row.add(text, done.text, sum(f.confidence >= least for f in (*done.applied, *done.left)))


def raw(row: Row, read: Iterable[Text], asked: LanguageTool) -> None:
    """Make every first replacement that LanguageTool offers, line by line."""
    for text in read:
        cut = list(pieces(Document(Article(text=text.text))))
        found = service(asked).found([p.text for p in cut], mode="allButTextLevelOnly", spelling=True)
        assert found is not None
        after, end, flags = [], 0, 0
        for piece, matches in zip(cut, found, strict=True):
            after += (text.text[end : piece.start], corrected(piece.text, matches))
            end = piece.start + len(piece.text)
            flags += len(matches)
        row.add(text, "".join(after) + text.text[end:], flags)


def corrected(text: str, matches: Sequence[Match]) -> str:
    """Return the text with the first replacement of every match, the first of two that overlap."""
    places = Offsets(text, "utf-16")
    parts, end = [], 0
    for match in matches:
        low, high = places.code_point(match.start), places.code_point(match.end)
        if low is None or high is None or low < end or not match.replacements:
            continue
        parts += (text[end:low], match.replacements[0])
        end = high
    return "".join(parts) + text[end:]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_arguments(parser)
    parser.add_argument("--raw-share", type=float, default=0.05, help="share that raw LanguageTool reads")
    arguments = parser.parse_args()
    asked = settings(arguments)
    read = list(texts(arguments.data, arguments.share))
    found = list(outcomes(read, asked, mode="allButTextLevelOnly"))
    head = (
        "| | improved | neutral | harmed | improved share | flags per 1,000 words of human news |\n"
        + "| --- " * 6
        + "|"
    )

    ours = Cleaner(select=OURS)
    rows = [
        Row("ours"),
        Row("filtered"),
        Row("filtered, >= 0.9 sure"),
        Row("ours + filtered"),
        Row("ours + filtered, LanguageTool >= 0.9 sure"),
    ]
    fixed(ours, rows[0], read, 0.5)
    for half in (0, 1):
        mine = [text for text in read if half_of(text.document) == half]
        with trusted(_table(found, read, 1 - half, service(asked).version())) as _:
            print(f"half {half}: {len(rules.measured().allowed)} rules allowed by the other half", flush=True)
            config = Configuration(languagetool=asked)
            alone = Cleaner(config, select=["languagetool"])
            together = Cleaner(config, select=[*OURS, "languagetool"])
            fixed(alone, rows[1], mine, 0.5)
            fixed(alone, rows[2], mine, 0.9)
            fixed(together, rows[3], mine, 0.5)
            fixed(_surer(together, 0.9), rows[4], mine, 0.5)
    print(head, *rows, sep="\n")
    few = [text for text in read if lot(text.document) < arguments.raw_share]
    small = [Row("LanguageTool raw"), Row("ours")]
    raw(small[0], few, asked)
    fixed(ours, small[1], few, 0.5)
    print(f"\non a share of {arguments.raw_share:g}:\n{head}", *small, sep="\n")
    _speed(few[:40], asked)


def _table(found: Sequence[Outcome], read: Sequence[Text], half: int, version: str) -> Measured:
    words = {
        "translated": sum(t.words for t in read if t.family != HUMAN and half_of(t.document) == half),
        "human": sum(t.words for t in read if t.family == HUMAN and half_of(t.document) == half),
    }
    kept = [one for one in found if half_of(one.document) == half]
    # Every rule is known to look at one sentence here: only such were asked.
    return measured(kept, words, version=version, language=LANGUAGE, across=())


def _surer(cleaner: Cleaner, least: float) -> Cleaner:
    """Silence LanguageTool's rules wherever they are less sure."""
    for rule, bands in cleaner._confidence.items():
        if rule.startswith(rules.PREFIX):
            cleaner._confidence[rule] = {band: sure if sure >= least else 0.0 for band, sure in bands.items()}
    return cleaner


def _speed(read: Sequence[Text], asked: LanguageTool) -> None:
    """Time each on the same human news, nothing kept."""
    anew = LanguageTool(enabled=True, server=asked.server, timeout=600.0, cache="off")
    size = sum(len(text.text) for text in read)
    service(anew).found(["Warm."], mode="allButTextLevelOnly", spelling=True)
    for name, spelling in (("raw", True), ("without spelling, as filtered", False)):
        start = time.perf_counter()
        for text in read:
            cut = [piece.text for piece in pieces(Document(Article(text=text.text)))]
            service(anew).found(cut, mode="allButTextLevelOnly", spelling=spelling)
        print(f"LanguageTool {name}: {size / 1e6 / (time.perf_counter() - start):.4f} MB/s")
    ours = Cleaner(select=OURS)
    start = time.perf_counter()
    for text in read:
        ours.check(text.text)
    print(f"ours: {size / 1e6 / (time.perf_counter() - start):.4f} MB/s")


if __name__ == "__main__":
    main()
