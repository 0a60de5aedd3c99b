"""Count the verdicts on text that no author of rules had seen, and say how well confidence fits them.

    python -m benchmarks.verdicts.count            # shares by verdict, calibration with the article left out
    python -m benchmarks.verdicts.count --write    # and rules/verdicts.toml
    python -m benchmarks.verdicts.count --drawn "calibration, mt, seed 26"    # only of that draw

Calibration is held out: each verdict is met with the confidence that all others give, those of its article left out.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from benchmarks.verdicts.store import SAID, Verdict, load, standing
from cleantext.rulebook import Card, shipped
from cleantext.rulebook.calibration import confidences, load_records
from cleantext.rulebook.reading import Read
from cleantext.rulefiles import rules_dir

FAMILIES = ("translation", "typography")
"""Encoding has its record by planting, and what it believes with it."""
UNSEEN = ("sealed", "calibration")
CHOSEN = " of each rule"
"""Stands in a draw of chosen rules: it speaks for them, and not for their family."""
FOLDS = 10
BINS = (0.5, 0.8, 0.9, 0.95)

# Of the first sheet's rules those that were kept are judged by what was kept of them, which flatters. The fresh sheet
# of faults (80 findings, 73 right) does not; a family begins where it stands.
FRESH = {"translation": (73, 7), "typography": (73, 7)}


def unseen(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the verdicts on text that no author saw."""
    return [v for v in verdicts if v.drawn.startswith(UNSEEN)]


def counted(
    verdicts: Sequence[Verdict], cards: Mapping[str, Card]
) -> tuple[dict[str, float], dict[str, list[int]]]:
    """Return each family's share of right verdicts, and each rule's right and wrong ones.

    Second and later rounds speak for a family together with the fresh sheet; the first round, which the rules were
    narrowed by, speaks for single rules only.
    """
    families = {}
    for family in FAMILIES:
        later = [
            v
            for v in verdicts
            if cards[v.rule].category == family and not v.drawn.startswith("sealed") and CHOSEN not in v.drawn
        ]
        right, wrong = FRESH[family]
        right += sum(v.right for v in later)
        wrong += sum(not v.right for v in later)
        families[family] = round(right / (right + wrong), 4)
    rules: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for v in verdicts:
        if cards[v.rule].category in FAMILIES:
            rules[v.rule][not v.right] += 1
    return families, dict(sorted(rules.items()))


def render(families: Mapping[str, float], rules: Mapping[str, Sequence[int]]) -> str:
    """Write the counts as TOML."""
    rows = [
        "# Written by `python -m benchmarks.verdicts.count --write`; do not edit.",
        "# rule = [right, wrong]",
        "[families]",
    ]
    rows += [f"{name} = {share}" for name, share in families.items()]
    rows += ["", "[rules]", *(f"{rule} = [{right}, {wrong}]" for rule, (right, wrong) in rules.items())]
    return "\n".join(rows) + "\n"


def held_out(verdicts: Sequence[Verdict], cards: Mapping[str, Card]) -> list[tuple[float, bool]]:
    """Return confidence and rightness of each verdict, its article's verdicts left out of the confidence."""
    records = load_records(rules_dir() / "calibration.toml")
    pairs = []
    for fold in range(FOLDS):
        others = [v for v in verdicts if int(v.article, 16) % FOLDS != fold]
        families, rules = counted(others, cards)
        for v in verdicts:
            card = cards[v.rule]
            if int(v.article, 16) % FOLDS != fold or card.category not in FAMILIES:
                continue
            right, wrong = rules.get(v.rule, (0, 0))
            sure = confidences(card, records.get(v.rule, {}), Read(families[card.category], right, wrong))[
                v.band
            ]
            pairs.append((sure, v.right))
    return pairs


def report(verdicts: Sequence[Verdict], cards: Mapping[str, Card]) -> None:
    """Print shares by kind of text, and calibration by bin."""
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for v in verdicts:
        by["human" if v.band == "human" or v.text.startswith("human") else "translation"][v.verdict] += 1
    for kind, said in sorted(by.items()):
        n = sum(said.values())
        print(f"{kind:12} {n:5} " + "  ".join(f"{name} {said[name] / n:.3f}" for name in SAID))
    pairs = held_out(verdicts, cards)
    error = 0.0
    for low, high in zip((0.0, *BINS), (*BINS, 1.01), strict=True):
        here = [(sure, right) for sure, right in pairs if low <= sure < high]
        if here:
            mean, share = sum(s for s, _ in here) / len(here), sum(r for _, r in here) / len(here)
            error += abs(mean - share) * len(here) / len(pairs)
            print(
                f"confidence {low:.2f} to {min(high, 1):.2f}: {len(here):4} read, mean {mean:.3f}, right {share:.3f}"
            )
    print(f"expected calibration error, held out: {error:.3f}")


def main() -> None:
    """Report, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write rules/verdicts.toml")
    parser.add_argument("--drawn", default="", help="only verdicts whose draw begins so")
    chosen = parser.parse_args()
    cards = {card.id: card for card in shipped()}
    verdicts = [
        v
        for v in unseen(standing(load(), cards.values()))
        if cards[v.rule].category in FAMILIES and v.drawn.startswith(chosen.drawn)
    ]
    report(verdicts, cards)
    if chosen.write:
        (rules_dir() / "verdicts.toml").write_text(render(*counted(verdicts, cards)), "utf-8")


if __name__ == "__main__":
    main()
