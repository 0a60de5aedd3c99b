"""Take a reader's verdicts into the store: no word of the text is kept.

    python -m benchmarks.verdicts.take_in sheet.jsonl --reader "reader 2"
    python -m benchmarks.verdicts.take_in sheet.jsonl --verdicts said.jsonl --reader "reader 2"

``--verdicts`` is a file of ``{"n", "verdict", "reason"}`` beside the sheet; without it they stand in the sheet itself.
Words that a reason quotes are left out. Where a rule changed since the draw, its verdict is kept for the rule as it is now
if it finds the same place in the sheet's words and writes the same.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from benchmarks.verdicts.store import SAID, Verdict, load, save, version
from cleantext import Cleaner
from cleantext.configuration import Configuration
from cleantext.edits import apply

QUOTED = re.compile(r'"[^"]*"|“[^”]*”|\([^)]*\)')


def own_words(reason: str) -> str:
    """Return a reason without what it quotes."""
    return " ".join(QUOTED.sub("…", reason).split())[:120]


def rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def version_met(row: dict[str, Any], cleaner: Cleaner) -> str:
    """Return the version of the rule that the verdict stands for: today's where it still does the same here."""
    card = cleaner.cards.get(row["rule"])
    if card is None or row["card"] == version(card):
        return str(row["card"])
    before, _, rest = row["context"].partition("[[")
    found, _, after = rest.partition("]]")
    for finding in cleaner.check(before + found + after).findings:
        if finding.rule == row["rule"] and finding.start == len(before) and finding.fixes:
            edits = finding.fixes[0].edits
            text = before + found + after
            low, high = min(edits[0].start, finding.start), max(edits[-1].end, finding.end)
            if apply(text, edits).text[low : len(apply(text, edits).text) - len(text) + high] == row["fix"]:
                return version(card)
    return str(row["card"])


def main() -> None:
    """Read sheet and verdicts, and add them to the store."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--verdicts", type=Path)
    parser.add_argument("--reader", required=True, help="who read: a name that tells readers apart")
    chosen = parser.parse_args()
    sheet = rows(chosen.sheet)
    said = {row["n"]: row for row in (rows(chosen.verdicts) if chosen.verdicts else sheet)}
    cleaner = Cleaner(Configuration(extend_select=("style",)), min_confidence=0.0)
    taken = []
    for row in sheet:
        answer = said.get(row["n"])
        if answer is None or answer.get("verdict") is None:
            continue
        if answer["verdict"] not in SAID:
            parser.error(f"row {row['n']}: {answer['verdict']!r} is none of {', '.join(SAID)}")
        taken.append(
            Verdict(
                row["rule"],
                version_met(row, cleaner),
                answer["verdict"],
                row["place"],
                row["article"],
                row["text"],
                chosen.reader,
                row["drawn"],
                row["band"],
                own_words(answer.get("reason") or ""),
            )
        )
    known = {(v.place, v.reader, v.card): v for v in load()}
    known.update({(v.place, v.reader, v.card): v for v in taken})
    save(known.values())
    print(f"{len(taken)} of {len(sheet)} verdicts taken in; the store holds {len(known)}")


if __name__ == "__main__":
    main()
