"""Count for each rule what its fixes do on the development data, and write ``rules/calibration.toml``.

    python -m benchmarks.translation.calibrate --data DIR            # counts, cross-validated figures
    python -m benchmarks.translation.calibrate --data DIR --write    # and the file

The figures are cross-validated: documents are dealt into folds, all translations of one article into one,
and each fold is judged with confidences from the records of the others.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.translation.outcomes import Count, Outcome, outcomes
from cleantext import Cleaner
from cleantext.configuration import Configuration
from cleantext.rulebook import Band, Card, shipped
from cleantext.rulebook.calibration import Record, confidences
from cleantext.rulefiles import rules_dir

CATEGORIES = ("encoding", "typography", "translation", "style")
BANDS: tuple[Band, ...] = ("human", "unsure", "garbled")
FOLDS = 5
SHOWN = 0.5

HEAD = """# Written by `python -m benchmarks.translation.calibrate --data DIR --write`; do not edit.
# rule = { band = [improved, neutral, harmed, fires on human news] }
# `words` is how many words were read: translations that have references, and human news.
"""


def fold_of(document: str) -> int:
    """Deal a source article into a fold, the same on every machine."""
    return int(hashlib.sha1(document.encode()).hexdigest(), 16) % FOLDS


def count(found: Iterable[Outcome]) -> dict[str, dict[Band, Record]]:
    """Add outcomes up by rule and band."""
    tally: dict[tuple[str, Band], Counter[str]] = defaultdict(Counter)
    for one in found:
        kind = (
            "human"
            if one.family == "human"
            else {1: "improved", -1: "harmed"}.get(one.verdict or 0, "neutral")
        )
        tally[one.rule, one.band][kind] += 1
    records: dict[str, dict[Band, Record]] = defaultdict(dict)
    for (rule, band), kinds in sorted(tally.items()):
        records[rule][band] = Record(**kinds)
    return dict(records)


def render(records: Mapping[str, Mapping[Band, Record]], words: Mapping[str, int]) -> str:
    """Write records as TOML."""
    rows = [HEAD, "[words]", *(f"{name} = {number}" for name, number in words.items()), "", "[rules]"]
    for rule in sorted(records):
        bands = ", ".join(
            f"{band} = [{r.improved}, {r.neutral}, {r.harmed}, {r.human}]"
            for band in BANDS
            if (r := records[rule].get(band))
        )
        rows.append(f"{rule} = {{ {bands} }}")
    return "\n".join(rows) + "\n"


def cross_validated(
    cards: Mapping[str, Card], found: list[Outcome], counts: list[Count]
) -> tuple[dict[str, list[float]], float]:
    """Give, by family, [flags per 1,000 words, improved, neutral, harmed, improved share], and the calibration error."""
    by: dict[str, Counter[str]] = defaultdict(Counter)
    bins: dict[int, list[float]] = defaultdict(lambda: [0, 0.0, 0])
    for fold in range(FOLDS):
        records = count(one for one in found if fold_of(one.document) != fold)
        sure = {rule: confidences(card, records.get(rule, {})) for rule, card in cards.items()}
        for one in found:
            if fold_of(one.document) != fold:
                continue
            confidence = sure[one.rule][one.band]
            if confidence < SHOWN:
                continue
            for key in (one.family, *(["safe"] if one.safe and one.family != "human" else [])):
                by[key]["flags"] += 1
                by[key][str(one.verdict)] += 1
            if one.verdict:
                place = bins[min(9, int(confidence * 10))]
                place[0] += 1
                place[1] += confidence
                place[2] += one.verdict > 0
    words = Counter[str]()
    for text in counts:
        words[text.family] += text.words
        words["safe"] += text.words if text.family != "human" else 0
    rows = {}
    for key in [*sorted(words)]:
        c = by[key]
        share = c["1"] / max(1, c["1"] + c["-1"])
        rows[key] = [1000 * c["flags"] / words[key], c["1"], c["0"], c["-1"], share]
    total = sum(place[0] for place in bins.values())
    error = sum(abs(place[1] - place[2]) for place in bins.values()) / max(1, total)
    for place in sorted(bins):
        n, sum_of, right = bins[place]
        print(
            f"    confidence {place / 10:.1f}: {n:5.0f} cases, mean {sum_of / n:.3f}, improved {right / n:.3f}"
        )
    return rows, error


def main() -> None:
    """Run the counting program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="directory of phrasing_*.jsonl.gz")
    parser.add_argument("--write", action="store_true", help="write rules/calibration.toml")
    arguments = parser.parse_args()
    cards = {card.id: card for card in shipped() if card.category in CATEGORIES}
    cleaner = Cleaner(Configuration(), select=CATEGORIES, min_confidence=0.0)
    found: list[Outcome] = []
    counts: list[Count] = []
    for one in outcomes(arguments.data, cleaner):
        if isinstance(one, Count):
            counts.append(one)
        else:
            found.append(one)
    rows, error = cross_validated(cards, found, counts)
    print(f"{'family':22s} {'flags/1k':>8s} {'improved':>8s} {'neutral':>8s} {'harmed':>8s} {'share':>6s}")
    for family, (flags, improved, neutral, harmed, share) in rows.items():
        print(f"{family:22s} {flags:8.2f} {improved:8.0f} {neutral:8.0f} {harmed:8.0f} {share:6.3f}")
    print(f"expected calibration error {error:.4f}")
    if arguments.write:
        words = {
            "translated": sum(c.words for c in counts if c.family != "human"),
            "human": sum(c.words for c in counts if c.family == "human"),
        }
        (rules_dir() / "calibration.toml").write_text(render(count(found), words), "utf-8")


if __name__ == "__main__":
    main()
