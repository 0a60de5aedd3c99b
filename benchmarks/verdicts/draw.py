"""Draw findings for a reader who writes no rule: a sheet without the rules' confidence.

    python -m benchmarks.verdicts.draw --data DIR --seed 7 --count 200 > sheet.jsonl
    python -m benchmarks.verdicts.draw --data DIR --seed 7 --count 100 --safe > sheet.jsonl
    python -m benchmarks.verdicts.draw --data DIR --seed 7 --each MT110,MT188 --count 45 > sheet.jsonl
    python -m benchmarks.verdicts.draw --data DIR --seed 7 --part all --each MT900 --count 80 > sheet.jsonl

A row shows the finding between [[ and ]] with some words around it and what the fix writes. The reader adds
``verdict`` (fault-right, fault-wrong, preference, harm) and ``reason``, and
``python -m benchmarks.verdicts.take_in sheet.jsonl`` keeps what he said, without the words. The seed decides the draw:
fix it before you look, and report every draw.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.translation.garble_data import read
from benchmarks.verdicts.store import digest, place_of, version
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.configuration import Configuration
from cleantext.document import Document
from cleantext.finding import Applicability, Finding

FAMILIES = ("translation", "typography", "encoding")
AROUND = 140


def articles(data: Path, part: str) -> Iterator[tuple[str, str, str]]:
    """Yield id, kind and text of each article; ``part`` is ``mt``, ``human`` or ``all``."""
    if part in ("mt", "all"):
        for record in read(data / "phrasing_mt.jsonl.gz"):
            text = "\n".join(segment["text"] for segment in record["segments"])
            yield record["id"], f"{record['family']} translation", text
    if part in ("human", "all"):
        for record in read(data / "phrasing_human.jsonl.gz"):
            yield record["id"], f"human ({record['source']})", record["text"]


def row(identity: str, kind: str, band: str, text: str, finding: Finding, cleaner: Cleaner) -> dict[str, Any]:
    """Return what a reader sees of a finding, and the hashes by which the verdict is kept."""
    before, after = text[max(0, finding.start - AROUND) : finding.start], text[finding.end :][:AROUND]
    fix = finding.fixes[0].edits if finding.fixes else ()
    shown = ""
    if fix:
        low, high = min(e.start for e in fix), max(e.end for e in fix)
        low, high = min(low, finding.start), max(high, finding.end)
        shown, at = "", low
        for edit in fix:
            shown += text[at : edit.start] + edit.replacement
            at = edit.end
        shown += text[at:high]
    return {
        "rule": finding.rule,
        "name": finding.name,
        "context": f"{before}[[{finding.text}]]{after}",
        "fix": shown if fix else None,
        "verdict": None,
        "reason": "",
        "card": version(cleaner.cards[finding.rule]),
        "place": place_of(identity, text, finding),
        "article": digest(identity),
        "text": kind,
        "band": band,
    }


def found(
    data: Path, part: str, cleaner: Cleaner, *, safe: bool, marks: frozenset[str] = frozenset()
) -> Iterator[dict[str, Any]]:
    """Yield every finding that offers a fix, and those of ``marks``, rules that offer none, as a row."""
    for identity, kind, text in articles(data, part):
        article = Article(text=text, id=identity)
        findings = cleaner.check(article).findings
        band = Document(article).band if findings else "unsure"
        for finding in findings:
            offered = finding.fixes or finding.rule in marks
            if offered and (not safe or finding.applicability is Applicability.SAFE):
                yield row(identity, kind, band, text, finding, cleaner)


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="directory of phrasing_*.jsonl.gz")
    parser.add_argument("--part", choices=("mt", "human", "all"), default="mt")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=200, help="findings; with --each for every rule named")
    parser.add_argument("--each", default="", help="so many of each of these rules, by comma")
    parser.add_argument("--safe", action="store_true", help="only what `fix` applies unasked")
    parser.add_argument("--least", type=float, default=0.5, help="confidence from which a finding counts")
    chosen = parser.parse_args()
    each = tuple(rule for rule in chosen.each.split(",") if rule)
    cleaner = Cleaner(Configuration(), select=each or FAMILIES, min_confidence=chosen.least)
    rows = list(found(chosen.data, chosen.part, cleaner, safe=chosen.safe, marks=frozenset(each)))
    dice = random.Random(chosen.seed)
    dice.shuffle(rows)
    if each:
        taken: dict[str, int] = {}
        kept = []
        for shown in rows:
            taken[shown["rule"]] = taken.get(shown["rule"], 0) + 1
            if taken[shown["rule"]] <= chosen.count:
                kept.append(shown)
    else:
        kept = rows[: chosen.count]
    whole = "each rule named" if each else "the safe ones" if chosen.safe else str(len(rows))
    drawn = f"{chosen.data.name}, {chosen.part}, seed {chosen.seed}, {len(kept)} of {whole}"
    for number, shown in enumerate(kept):
        sys.stdout.write(json.dumps({"n": number, **shown, "drawn": drawn}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
