"""Measure rules half by half: made on one half of some translations, reported on the other, then exchanged.

    python -m benchmarks.translation.halves --data DIR                      # both halves, by family and language
    python -m benchmarks.translation.halves --data DIR --half 0 --rules     # and each rule, on the one that was read
    python -m benchmarks.translation.halves --data DIR --half 0 --show MT110    # its places, with the original

A piece belongs to the half that a hash of its id says. Every piece is fixed as ``fix --apply review --min-confidence 0.5``
fixes it, encoding and the garble mark left out; a changed segment is improved, neutral or harmed as its distance to the
reference falls, stays or rises, and a flag is a finding of confidence 0.5 or more. ``--show`` prints texts: only for data
that rules may be written by.
"""

from __future__ import annotations

import argparse
import hashlib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.translation.garble_data import read
from benchmarks.translation.outcomes import judge
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.configuration import Configuration
from cleantext.edits import apply
from cleantext.finding import Finding

CATEGORIES = ("translation", "typography")
GARBLE_MARK = "MT900"
SHOWN = 0.5


def half_of(identity: str) -> int:
    """Say which half a piece belongs to, the same on every machine."""
    return hashlib.sha1(identity.encode()).digest()[0] & 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A translated piece: its segments, what they should have been, and what they were made from."""

    id: str
    family: str
    language: str
    segments: tuple[dict[str, Any], ...]

    @property
    def text(self) -> str:
        """The piece, a segment a line."""
        return "\n".join(segment["text"] for segment in self.segments)

    @property
    def starts(self) -> list[int]:
        """Where each segment begins, in code points."""
        starts = [0]
        for segment in self.segments[:-1]:
            starts.append(starts[-1] + len(segment["text"]) + 1)
        return starts


def pieces(data: Path, half: int | None) -> Iterator[Piece]:
    """Read the pieces of one half, or of both."""
    for record in read(data / "phrasing_mt.jsonl.gz"):
        if half is None or half_of(record["id"]) == half:
            yield Piece(record["id"], record["family"], record["lp"], tuple(record["segments"]))


def alone(piece: Piece, finding: Finding) -> tuple[int, str, int | None]:
    """Return the segment of a finding, the segment after its fix alone, and the verdict (None: nothing to judge)."""
    starts = piece.starts
    at = bisect_right(starts, finding.start) - 1
    segment = piece.segments[at]
    text: str = segment["text"]
    if finding.fix is None or segment["reference"] is None:
        return at, text, None
    if any(not starts[at] <= e.start <= e.end <= starts[at] + len(text) for e in finding.fix.edits):
        return at, text, -1
    after = apply(piece.text, finding.fix.edits).text
    after = after[starts[at] : starts[at] + len(text) + len(after) - len(piece.text)]
    return at, after, judge(text, after, segment["reference"])


def verdicts(piece: Piece, after: str) -> list[int]:
    """Judge every segment that changed; where lines were joined or dropped, as one harm."""
    lines = after.split("\n")
    if len(lines) != len(piece.segments):
        return [-1]
    return [
        judge(segment["text"], line, segment["reference"])
        for segment, line in zip(piece.segments, lines, strict=True)
        if segment["text"] != line and segment["reference"] is not None
    ]


def show(piece: Piece, finding: Finding) -> None:
    """Print a finding in its segment, with the reference and the original."""
    at, after, verdict = alone(piece, finding)
    segment = piece.segments[at]
    print(f"{finding.rule} {finding.confidence:.2f} {verdict} {piece.id}")
    for name, text in (("was", segment["text"]), ("now", after), ("ref", segment["reference"])):
        print(f"  {name} {text}")
    print(f"  src {segment.get('original')}\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="directory of phrasing_mt.jsonl.gz")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--rules", action="store_true", help="a line for each rule")
    parser.add_argument(
        "--show", default="", help="print the places of these rules, by comma; ALL for every one"
    )
    parser.add_argument("--harmed", action="store_true", help="with --show: only those that moved away")
    chosen = parser.parse_args()
    shown = {rule for rule in chosen.show.split(",") if rule}
    cleaner = Cleaner(Configuration(), select=CATEGORIES, ignore=(GARBLE_MARK,))
    rows: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    rules: dict[str, Counter[str]] = defaultdict(Counter)
    for piece in pieces(chosen.data, chosen.half):
        report = cleaner.check(Article(text=piece.text, id=piece.id))
        findings = [f for f in report.findings if f.confidence >= SHOWN]
        judged = Counter(map(str, verdicts(piece, report.fixed(apply="review", min_confidence=SHOWN))))
        for name in (piece.family, piece.language, "all"):
            row = rows[name, half_of(piece.id)]
            row["words"] += len(piece.text.split())
            row["flags"] += len(findings)
            row.update(judged)
        for finding in findings:
            _, _, verdict = alone(piece, finding)
            rules[finding.rule].update(("flags", str(verdict)))
            if shown & {finding.rule, "ALL"} and (verdict == -1 or not chosen.harmed):
                show(piece, finding)
    if shown:
        return
    print(
        f"{'':22s} {'half':>4s} {'flags/1k':>8s} {'improved':>8s} {'neutral':>8s} {'harmed':>8s} {'share':>6s}"
    )
    for (name, half), row in sorted(rows.items()):
        share = row["1"] / max(1, row["1"] + row["-1"])
        flags = 1000 * row["flags"] / row["words"]
        print(f"{name:22s} {half:4d} {flags:8.2f} {row['1']:8d} {row['0']:8d} {row['-1']:8d} {share:6.3f}")
    if chosen.rules:
        for rule, row in sorted(rules.items(), key=lambda item: -item[1]["flags"]):
            print(f"{rule:22s}      {row['flags']:8d} {row['1']:8d} {row['0']:8d} {row['-1']:8d}")


if __name__ == "__main__":
    main()
