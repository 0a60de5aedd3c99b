"""Do decisions stay on their findings when the article changes around them?

    python -m benchmarks.review.keys --data DIR [--limit N] [--seed N]

DIR holds ``phrasing_human.jsonl.gz``. Every article is checked with all rules at
confidence 0, changed, and checked again; where each finding went is known from the
edits. Printed for each change and each kind of key: the share of findings still
there that have their old key (kept), and the share of decisions that came to sit on
another finding, or on one that was just fixed (misplaced). A kind of key is what
other tools use: the offset, ruff's rule and count, the match and a count.
Exit code 1 where ours keeps less than 97 % or misplaces more than 0.5 %.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import regex

from cleantext.cleaner import Cleaner
from cleantext.edits import apply, choose
from cleantext.finding import Edit, Finding
from cleantext.review.events import Event
from cleantext.review.keys import normalised
from cleantext.review.standing import Standing

KEPT, MISPLACED = 0.97, 0.005


class Changed(NamedTuple):
    """A text after a change: where each finding went, None for one that was fixed or removed."""

    text: str
    places: list[tuple[int, int] | None]


def moved(edits: list[Edit], start: int, end: int) -> tuple[int, int] | None:
    """Return the place of a span after edits; None where one of them touches it."""
    shift = 0
    for edit in edits:
        if edit.end <= start and (edit.end, edit.start) != (start, end):
            shift += len(edit.replacement) - (edit.end - edit.start)
        elif edit.start < end or edit.start == start:
            return None
        else:
            break
    return start + shift, end + shift


def with_edits(text: str, findings: tuple[Finding, ...], edits: list[Edit], gone: set[int]) -> Changed:
    """Apply edits; findings numbered in ``gone`` are dealt with."""
    edits = sorted(edits)
    places = [None if i in gone else moved(edits, f.start, f.end) for i, f in enumerate(findings)]
    return Changed(apply(text, edits).text, places)


def half_fixed(text: str, findings: tuple[Finding, ...], chance: random.Random) -> Changed:
    """Apply half of the fixes."""
    wanted = [f for f in findings if f.fixes and chance.random() < 0.5]
    chosen = choose(wanted, length=len(text))
    taken = {id(f) for f in chosen.chosen}
    return with_edits(text, findings, chosen.edits, {i for i, f in enumerate(findings) if id(f) in taken})


def rewrapped(text: str, findings: tuple[Finding, ...], chance: random.Random) -> Changed:
    """Break lines anew at one blank in twelve."""
    new = regex.sub(r"(?<=\S) (?=\S)", lambda _: "\n" if chance.random() < 0.08 else " ", text)
    return Changed(new, [(f.start, f.end) for f in findings])


def with_byline(text: str, findings: tuple[Finding, ...], chance: random.Random) -> Changed:
    """Put a byline above the article."""
    return with_edits(
        text, findings, [Edit(0, 0, "By Maria Exemplar, our correspondent in Lisbon\n\n")], set()
    )


def without_paragraph(text: str, findings: tuple[Finding, ...], chance: random.Random) -> Changed:
    """Take a paragraph out."""
    spans = [m.span() for m in regex.finditer(r"[^\n]+\n*", text)]
    if len(spans) < 3:
        return Changed(text, [(f.start, f.end) for f in findings])
    start, end = chance.choice(spans)
    return with_edits(text, findings, [Edit(start, end, "")], set())


CHANGES: Mapping[str, Callable[[str, tuple[Finding, ...], random.Random], Changed]] = {
    "half of the fixes applied": half_fixed,
    "lines broken anew": rewrapped,
    "a byline inserted": with_byline,
    "a paragraph removed": without_paragraph,
}


def keys_of(findings: tuple[Finding, ...]) -> dict[str, list[object]]:
    """Return the keys of an article's findings, by kind."""
    seen: Counter[object] = Counter()

    def nth(key: object) -> object:
        seen[key] += 1
        return key, seen[key]

    return {
        "offset": [(f.rule, f.start, f.end) for f in findings],
        "rule, count": [nth(f.rule) for f in findings],
        "rule, match, count": [nth((f.rule, normalised(f.text))) for f in findings],
        "whole fingerprint": [f.fingerprint for f in findings],
    }


def standing(findings: tuple[Finding, ...], chance: random.Random) -> Standing:
    """Return a decision on each finding, yes or no by chance; its uid is the finding's number."""
    return Standing(
        Event(
            uid=str(number),
            when="",
            who="",
            verdict=chance.choice(("accept", "reject")),
            scope="occurrence",
            rule=finding.rule,
            version="",
            group="",
            key=finding.fingerprint,
            match=finding.text,
        )
        for number, finding in enumerate(findings)
    )


def articles(folder: Path, limit: int | None) -> Iterator[str]:
    """Yield the texts."""
    with gzip.open(folder / "phrasing_human.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)["text"]


def main() -> int:
    """Run the experiment and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cleaner = Cleaner(min_confidence=0.0)
    chance = random.Random(options.seed)
    decisions: Counter[str] = Counter()
    there: Counter[str] = Counter()
    kept: Counter[tuple[str, str]] = Counter()
    misplaced: Counter[tuple[str, str]] = Counter()
    rules: Counter[str] = Counter()
    for text in articles(options.data, options.limit):
        findings = cleaner.check(text).findings
        if not findings:
            continue
        rules.update(f.rule for f in findings)
        old = keys_of(findings)
        for name, change in CHANGES.items():
            changed = change(text, findings, chance)
            after = cleaner.check(changed.text).findings
            at = {(f.rule, f.start, f.end): i for i, f in enumerate(after)}
            decisions[name] += len(findings)
            new = keys_of(after)
            homes = [
                None if place is None else at.get((f.rule, *place))
                for f, place in zip(findings, changed.places, strict=True)
            ]
            there[name] += sum(home is not None for home in homes)
            held = standing(findings, chance)
            for finding in after:
                event = held.single("", finding.fingerprint)
                if event is None:
                    continue
                if homes[int(event.uid)] is not None and after[homes[int(event.uid)]] is finding:  # type: ignore[index]
                    kept[name, "ours"] += 1
                else:
                    misplaced[name, "ours"] += 1
            for kind, before in old.items():
                where = {key: i for i, key in enumerate(new[kind])}
                for key, home in zip(before, homes, strict=True):
                    landed = where.get(key)
                    if landed is not None and landed == home:
                        kept[name, kind] += 1
                    elif landed is not None:
                        misplaced[name, kind] += 1
    total = sum(rules.values())
    print(f"{total} findings of {len(rules)} rules; kept % / misplaced %")
    kinds = ["offset", "rule, count", "rule, match, count", "whole fingerprint", "ours"]
    print(f"{'':28}{'still there':>12}" + "".join(f"{kind:>22}" for kind in kinds))
    good = True
    for name in CHANGES:
        row = f"{name:28}{there[name]:>12}"
        for kind in kinds:
            share = kept[name, kind] / max(1, there[name])
            wrong = misplaced[name, kind] / max(1, decisions[name])
            row += f"{100 * share:>14.1f} / {100 * wrong:4.2f} "
            if kind == "ours":
                good = good and share >= KEPT and wrong <= MISPLACED
        print(row)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
