"""Measure what comes back of clean articles that were damaged at known places.

    python -m benchmarks.damage                        # the few articles of this benchmark
    python -m benchmarks.damage --data DIR             # people's news of phrasing_human.jsonl.gz
    python -m benchmarks.damage --show "torn words"    # the places of one family that did not come back

With ``--json`` the last line is one object of all figures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.damage.damages import FAMILIES
from benchmarks.damage.measure import cleaner, is_damage, measure, slowdown, untouched
from benchmarks.damage.texts import articles

OWN_SEEDS = 20
"""How often each of the few own articles is damaged anew."""


def main() -> None:
    """Damage, mend, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="directory of phrasing_human.jsonl.gz")
    parser.add_argument("--most", type=int, default=270, help="articles at most")
    parser.add_argument(
        "--show", choices=[*FAMILIES, "untouched"], help="print the places of one family to read"
    )
    parser.add_argument(
        "--speed", action="store_true", help="time the whole check with these rules and without"
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    chosen = parser.parse_args()
    engine = cleaner()
    raw = articles(chosen.data, chosen.most)
    words = sum(len(text.split()) for text in raw)
    changed = list(untouched(engine, raw))
    wrong = [place for place in changed if not is_damage(place)]
    print(
        f"{len(raw)} articles, {words} words, as they are: {len(changed)} places changed, of which a reader calls"
        f" {len(changed) - len(wrong)} damage; {100_000 * len(wrong) / words:.2f} others in 100,000 words"
    )
    if chosen.show == "untouched":
        print("\n".join(changed))
    # What is wrong in them already is mended first, so that it is not counted again with every damage.
    texts = [str(engine.fix(text, apply="review", min_confidence=0.5).text) for text in raw]
    figures: dict[str, Any] = {
        "words": words,
        "untouched_per_100k": round(100_000 * len(wrong) / words, 3),
        "damaged_by_a_reader": len(changed) - len(wrong),
        "families": {},
    }
    print(
        f"{'family':22} {'places':>7} {'restored':>9} {'floor':>6} {'precision':>10} {'floor':>6} {'wrong':>6} {'elsewhere':>9}"
    )
    for name, family in FAMILIES.items():
        if chosen.show and chosen.show != name:
            continue
        result, read = measure(engine, texts, family.damage, range(1 if chosen.data else OWN_SEEDS))
        figures["families"][name] = {
            "places": result.broken,
            "restored": round(result.share, 4),
            "precision": round(result.precision, 4),
            "floor_restored": family.restored,
            "floor_precision": family.precision,
        }
        print(
            f"{name:22} {result.broken:7} {result.share:9.4f} {family.restored:6} {result.precision:10.4f} {family.precision:6}"
            f" {result.wrong:6} {result.elsewhere:9}"
        )
        if chosen.show:
            print("\n".join(read))
    if chosen.speed:
        figures["slowdown"] = round(slowdown(raw), 4)
        print(f"the whole check takes {100 * figures['slowdown']:.1f} % longer with these rules")
    if chosen.json:
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
