"""What each guard of the model editor stops, and what it stops wrongly, on recorded replies.

    python -m benchmarks.editor.guards --data DIR [--half 0|1] [--stated FILE]

DIR/editor/replies.jsonl.gz (or ``--stated FILE``, JSON lines alike) holds a row a sentence: ``id``, ``before``,
``text``, ``after``, ``reference``, ``minimal`` (a careful correction), ``free`` (a rewrite), ``faulty`` (one
planted fault, its kind in ``fault``). The halves are drawn by a hash of the id; both have
been read while the guards were mended, so a figure for text that nobody saw needs rows of one's own.

stops      planted faults of which no word gets through, and which guard spoke first
wrongly    cuts of minimal corrections that a guard refused: most of them are right
by class   what each class of edit alone does to a sentence, by its distance to the reference
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from benchmarks.translation.outcomes import TOKEN, judge
from cleantext import Cleaner
from cleantext.article import Article
from cleantext.configuration import Configuration, Editor
from cleantext.editor.replay import Recorded, Replay
from cleantext.edits import apply
from cleantext.finding import Edit, Finding
from cleantext.report import Report


def half_of(row_id: str) -> int:
    """Return the half that a sentence belongs to."""
    return int(hashlib.sha256(row_id.encode()).hexdigest(), 16) % 2


def rows(path: Path, half: int | None) -> list[dict[str, Any]]:
    """Read the rows of one half, of both where None."""
    data = path.read_bytes()
    lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").split("\n")
    every = [json.loads(line) for line in lines if line.strip()]
    return [row for row in every if half is None or half_of(row["id"]) == half]


def checked(row: dict[str, Any], reply: str) -> Report:
    """Check the sentence between its neighbours, with one reply recorded for it."""
    replies = Replay({row["text"].strip(): Recorded(row["text"], reply)})
    config = Configuration(select=("editor",), editor=Editor(which="all", unit="line"), min_confidence=0.0)
    text = f"{row['before']}\n{row['text']}\n{row['after']}\n"
    return Cleaner(config, answers=replies).check(Article(text=text, id=row["id"], lang="en"))


def edits_of(findings: tuple[Finding, ...], start: int) -> list[Edit]:
    """Return all edits by the sentence's own code points."""
    return sorted(
        Edit(e.start - start, e.end - start, e.replacement) for f in findings if f.fix for e in f.fix.edits
    )


def words(text: str) -> Counter[str]:
    """Count the words and figures of a text."""
    return Counter(TOKEN.findall(text))


def gets_through(row: dict[str, Any], after: str) -> bool:
    """Whether words that the fault added stand in the result, or words that it took away are missing."""
    sound, fault, before, now = words(row["minimal"]), words(row["faulty"]), words(row["text"]), words(after)
    added, lost = fault - sound - before, (sound & before) - fault
    if not added and not lost:
        return " ".join(after.split()) == " ".join(row["faulty"].split()) != " ".join(row["text"].split())
    return any(now[w] > max(before[w], sound[w]) for w in added) or any(
        now[w] < min(lost[w], before[w]) for w in lost
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="the folder that holds editor/replies.jsonl.gz")
    parser.add_argument("--stated", type=Path, help="a file of rows in its place")
    parser.add_argument("--half", type=int, choices=(0, 1), help="one half only")
    arguments = parser.parse_args()
    path = arguments.stated or arguments.data / "editor" / "replies.jsonl.gz"
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    wrongly: Counter[str] = Counter()
    classes: dict[str, Counter[int]] = defaultdict(Counter)
    whole = changed = proposed = 0
    for row in rows(path, arguments.half):
        start = len(row["before"]) + 1
        report = checked(row, row["minimal"])
        after = apply(row["text"], edits_of(report.findings, start)).text
        if row["text"].split() != row["minimal"].split():
            changed += 1
            whole += after.split() == row["minimal"].split()
            proposed += any(f.fix for f in report.findings)
        for finding in report.findings:
            if finding.fix:
                alone = apply(row["text"], edits_of((finding,), start)).text
                classes[finding.rule][judge(row["text"], alone, row["reference"])] += 1
            else:
                wrongly[finding.rule] += 1
        if not row.get("faulty"):
            continue
        report = checked(row, row["faulty"])
        after = apply(row["text"], edits_of(report.findings, start)).text
        kinds[row["fault"]]["n"] += 1
        kinds[row["fault"]]["stopped"] += not gets_through(row, after)
        for rule in {f.rule for f in report.findings if not f.fix}:
            kinds[row["fault"]][rule] += 1
    guards = sorted({g for k in kinds.values() for g in k if g.startswith("ED")} | set(wrongly))
    print(f"minimal corrections: {changed}, some edit proposed of {proposed}, whole {whole}")
    print(f"\n{'planted fault':30} {'n':>4} {'stopped':>8}  guards that refused something")
    for kind, counts in sorted(kinds.items()):
        spoke = ", ".join(f"{g} {counts[g]}" for g in guards if counts[g])
        print(f"{kind:30} {counts['n']:4} {counts['stopped']:8}  {spoke}")
    print(f"\n{'guard':6} {'of faulty replies':>18} {'of minimal ones':>16}")
    for guard in guards:
        print(f"{guard:6} {sum(k[guard] for k in kinds.values()):18} {wrongly[guard]:16}")
    print(f"\n{'class':6} {'nearer':>7} {'as near':>8} {'farther':>8}")
    for rule, verdicts in sorted(classes.items()):
        print(f"{rule:6} {verdicts[1]:7} {verdicts[0]:8} {verdicts[-1]:8}")


if __name__ == "__main__":
    main()
