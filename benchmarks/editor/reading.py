"""A kit to judge a model's edits on one's own articles: draw a hundred, read them, count.

    cleantext check --editor --editor-record replies.jsonl articles/      # record a model's replies first
    python -m benchmarks.editor.reading draw articles.jsonl --replies replies.jsonl --count 100 --write read.tsv
    python -m benchmarks.editor.reading count read.tsv

``draw`` writes a random sample (``--seed``) of the edits that the guards let through: class, the passage with all
other edits, the passage with this one, too, and an empty column ``verdict`` for a reader: ``right``, ``fact`` (it is wrong
and changes what is said), ``wrong`` (it is wrong and changes no fact), ``taste`` (both are good English). ``count``
adds the verdicts up by class, with bounds at 95 %. Published readings to set beside: Coyne et al. 2023 and Davis
et al. 2024 on what models do to sentences of learners when nobody holds them, both of whom find that they correct
too much; ERRANT's classes (Bryant et al. 2017), on which ours rest.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

from cleantext import Cleaner
from cleantext.configuration import Configuration, Editor
from cleantext.editor.replay import read_replay
from cleantext.edits import apply
from cleantext.finding import Evidence, Finding
from cleantext.review.intervals import lower_bound, upper_bound

COLUMNS = ("rule", "id", "before", "after", "verdict")
VERDICTS = ("right", "taste", "wrong", "fact")


def draw(articles: Path, replies: Path, unit: str, count: int, seed: int, write: Path) -> None:
    """Write a sample of the proposed edits."""
    editor = Editor(which="all", unit="line" if unit == "line" else "sentence")
    cleaner = Cleaner(Configuration(select=("editor",), editor=editor), answers=read_replay(replies))
    found: list[tuple[str, ...]] = []
    with articles.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            text = record["text"]
            proposed = [f for f in cleaner.check(text, id=record.get("id")).findings if f.fix is not None]
            for finding in proposed:
                place = finding.evidence[0]
                beside = [other for other in proposed if other.evidence[0] == place]
                others = [other for other in beside if other is not finding]
                before, after = (_passage(text, place, findings) for findings in (others, beside))
                found.append((finding.rule, str(record.get("id")), before, after, ""))
    # A sentence may stand in two articles; it is read once.
    found = list({row[2:4]: row for row in found}.values())
    random.Random(seed).shuffle(found)
    with write.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t")
        table.writerow(COLUMNS)
        table.writerows(found[:count])
    print(f"{min(count, len(found))} of {len(found)} edits in {write}")


def _passage(text: str, place: Evidence, findings: list[Finding]) -> str:
    """Return a passage after the edits of some findings in it."""
    edits = sorted(edit for finding in findings if finding.fix for edit in finding.fix.edits)
    after = apply(text, edits).text
    return after[place.start : place.end + len(after) - len(text)]


def count_verdicts(path: Path) -> None:
    """Print the verdicts by class; stops with exit code 2 at a verdict that is none."""
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t"), 2):
            verdict = row["verdict"].strip()
            if not verdict:
                continue
            if verdict not in VERDICTS:
                sys.exit(f'{path}:{number}: "{verdict}" is none of {", ".join(VERDICTS)}')
            verdicts[row["rule"]][verdict] += 1
            verdicts["all"][verdict] += 1
    for rule, counts in sorted(verdicts.items()):
        n = counts.total()
        low, high = lower_bound(counts["right"], n), upper_bound(counts["right"], n)
        shown = ", ".join(f"{v} {counts[v]}" for v in VERDICTS)
        print(f"{rule:6} {n:4}  right {counts['right'] / n:.2f} ({low:.2f} to {high:.2f})  {shown}")


def main() -> None:
    """Draw or count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parts = parser.add_subparsers(dest="what", required=True)
    drawing = parts.add_parser("draw")
    drawing.add_argument("articles", type=Path)
    drawing.add_argument("--replies", type=Path, required=True)
    drawing.add_argument("--unit", choices=("sentence", "line"), default="sentence")
    drawing.add_argument("--count", type=int, default=100)
    drawing.add_argument("--seed", type=int, default=0)
    drawing.add_argument("--write", type=Path, required=True)
    counting = parts.add_parser("count")
    counting.add_argument("table", type=Path)
    arguments = parser.parse_args()
    if arguments.what == "draw":
        draw(
            arguments.articles,
            arguments.replies,
            arguments.unit,
            arguments.count,
            arguments.seed,
            arguments.write,
        )
    else:
        count_verdicts(arguments.table)


if __name__ == "__main__":
    main()
