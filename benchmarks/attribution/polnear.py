"""Score attributions by the measures of PolNeAR and PARC: source, cue and content, exactly and by overlap.

    python -m benchmarks.attribution.polnear --data DIR [--json]

DIR holds ``attribution.jsonl.gz``: articles with ``quotes`` of ``source``, ``cue`` and ``content`` spans. A gold
attribution and a predicted one belong together where their contents share most tokens, each at most once. Then, of each
role: exact, all tokens are the same; overlap, the mean share of tokens, of the gold for recall and of the predicted for
precision (Pareti 2015, as Citron and Quotebank report it). Marks are no tokens. Attributions without a source, which
PolNeAR has where none is named, count for cue and content alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from cleantext.document.attribution import Quotation
from cleantext.document.speakers import attribute

ROLES = ("source", "cue", "content")
_TOKEN = re.compile(r"\w+")


def tokens(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return where the words of these spans start."""
    return frozenset(match.start() for start, end in spans for match in _TOKEN.finditer(text, start, end))


def predicted(text: str, quotation: Quotation) -> dict[str, frozenset[int]]:
    """Return the tokens of each role of a predicted attribution."""
    speaker, cue = quotation.speaker, quotation.cue
    return {
        "source": tokens(text, [speaker] if speaker is not None else []),
        "cue": tokens(text, [cue] if cue is not None else []),
        "content": tokens(text, [(quotation.start, quotation.end)]),
    }


def pairs(gold: list[dict], found: list[dict]) -> list[tuple[dict, dict]]:
    """Match gold and predicted attributions by the tokens that their contents share, most first, each once."""
    shared = sorted(
        (
            (len(one["content"] & other["content"]), -len(one["content"] | other["content"]), i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(found)
            if one["content"] & other["content"]
        ),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    matched = []
    for _, _, i, j in shared:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            matched.append((gold[i], found[j]))
    return matched


def score(articles: list[dict]) -> dict[str, dict[str, float]]:
    """Return precision, recall and F1 of each role, exact and by overlap."""
    counts: Counter = Counter()
    for article in articles:
        text = article["text"]
        gold = [{role: tokens(text, quote[role]) for role in ROLES} for quote in article["quotes"]]
        found = [predicted(text, quotation) for quotation in attribute(text) if quotation.speaker is not None]
        for role in ROLES:
            counts[role, "gold"] += sum(bool(one[role]) for one in gold)
            counts[role, "found"] += sum(bool(one[role]) for one in found)
        for one, other in pairs(gold, found):
            for role in ROLES:
                if one[role] and other[role]:
                    both = len(one[role] & other[role])
                    counts[role, "exact"] += one[role] == other[role]
                    counts[role, "recall"] += both / len(one[role])
                    counts[role, "precision"] += both / len(other[role])
    figures = {}
    for role in ROLES:
        n_gold, n_found = max(1, counts[role, "gold"]), max(1, counts[role, "found"])
        for name, right_gold, right_found in (
            ("exact", counts[role, "exact"], counts[role, "exact"]),
            ("overlap", counts[role, "recall"], counts[role, "precision"]),
        ):
            r, p = right_gold / n_gold, right_found / n_found
            figures[f"{role} {name}"] = {
                "precision": round(p, 3),
                "recall": round(r, 3),
                "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
            }
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with gzip.open(options.data / "attribution.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    figures = score(articles)
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{'':18}precision  recall     F1   ({len(articles)} articles)")
    for name, row in figures.items():
        print(f"{name:18}{row['precision']:9.3f}{row['recall']:8.3f}{row['f1']:7.3f}")


if __name__ == "__main__":
    main()
