"""How well sentences are aligned: articles aligned by line, with merges, splits and residue put in on one side.

A link counts where a bead joins the two; F1 is over links, by language of the original.
Run: ``python -m benchmarks.fidelity.alignment --data DIR``.
"""

from __future__ import annotations

import random
from collections import defaultdict

from benchmarks.fidelity.data import arguments, pick, rows
from cleantext.fidelity.align import align
from cleantext.fidelity.gaps import judged, settled

RESIDUE = ("Share this article", "Read more: our newsletter", "Photo: archive", "Advertisement")
Unit = tuple[int, int, int]


def units(spans: list[Unit], start: int, end: int) -> set[int]:
    """Return the numbers of the units that share half of themselves, or of the stretch, with it."""
    return {k for a, b, k in spans if 0 < min(b, end) - max(a, start) >= 0.5 * min(b - a, end - start)}


def main() -> None:
    """Print precision, recall and F1."""
    given = arguments(__doc__)
    random.seed(5)
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows(given.data, "articles-with-systems"):
        if pick(row["id"], 2) != given.half:
            continue
        source = [s for p in row["source"] for s in p]
        for translation in [next(iter(row["references"].values())), row["systems"][min(row["systems"])]]:
            target = [s for p in translation for s in p]
            if len(source) != len(target) or len(source) < 4:
                continue
            original, text = "", ""
            here: list[Unit] = []
            there: list[Unit] = []
            for k, (s, t) in enumerate(zip(source, target, strict=True)):
                if random.random() < 0.08:
                    original += f"\n{random.choice(RESIDUE)}\n"
                here.append((len(original), len(original) + len(s), k))
                original += s + (" " if random.random() < 0.8 else "\n")
                if random.random() < 0.07 and t.endswith(".") and k + 1 < len(target):
                    t = t[:-1] + ", and"
                elif random.random() < 0.07 and ", " in t[20:-20]:
                    at = t.index(", ", 20)
                    t = t[:at] + ". " + t[at + 2 : at + 3].upper() + t[at + 3 :]
                there.append((len(text), len(text) + len(t), k))
                text += t + " "
            alignment = align(original, row["lang"], text, "en")
            found = settled(alignment, judged(alignment))
            links: set[tuple[int, int]] = set()
            for bead in found.beads:
                a = set().union(*[units(here, s.start, s.end) for s in found.source[bead.first : bead.last]])
                b = set().union(*[units(there, s.start, s.end) for s in found.target[bead.low : bead.high]])
                if a and b:
                    links |= (
                        {(k, k) for k in a & b}
                        | {(i, j) for i in a - b for j in b}
                        | {(i, j) for i in a for j in b - a}
                    )
            gold = {(k, k) for k in range(len(source))}
            for n, part in enumerate((links & gold, links - gold, gold - links)):
                sums[row["lang"]][n] += len(part)
    sums["all"] = [sum(part) for part in zip(*sums.values(), strict=True)]
    for lang, (right, wrong, lost) in sums.items():
        print(
            f"{lang:4} F1 {2 * right / (2 * right + wrong + lost):.4f}  precision {right / (right + wrong):.4f}  recall {right / (right + lost):.4f}"
        )


if __name__ == "__main__":
    main()
