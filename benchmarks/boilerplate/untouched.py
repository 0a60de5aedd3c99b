"""What articles without residue lose: words at confidence 0.5 and in ``safe``, by source, and every line of them.

    python -m benchmarks.boilerplate.untouched --data DIR [--show]

DIR holds ``phrasing_human.jsonl.gz``, ``misattribution.jsonl.gz`` and ``attribution.jsonl.gz``. They were cleaned by
others and are not clean of everything: read the lines (``--show``) before you believe a figure. The line model has
seen the newstest, BBC and WMT texts, and the pages that the wcxb texts were taken from.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.boilerplate.articles import load, source_of
from cleantext.article import Article
from cleantext.cleaner import Cleaner
from cleantext.finding import Applicability, Finding

FILES = ("phrasing_human", "misattribution", "attribution")


def articles(folder: Path) -> Iterator[tuple[str, Article]]:
    """Yield each different article with its source; those with a swapped name are left out."""
    seen: set[str] = set()
    for name in FILES:
        for record in load(folder / f"{name}.jsonl.gz"):
            text = record["text"]
            if text not in seen and not record.get("swaps"):
                seen.add(text)
                yield f"{name}/{source_of(record)}", Article(text=text, title=record.get("title"))


def words_lost(text: str, finding: Finding) -> int:
    """Count the words that a finding's fix takes away."""
    edits = finding.fix.edits if finding.fix else ()
    return sum(len(text[edit.start : edit.end].split()) for edit in edits if not edit.replacement.strip())


def main() -> None:
    """Check, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print every line that goes")
    options = parser.parse_args()
    cleaner = Cleaner(select=["boilerplate"], min_confidence=0.5)
    count: Counter[str] = Counter()
    words: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    safe: Counter[str] = Counter()
    for source, article in articles(options.data):
        count[source] += 1
        words[source] += len(article.text.split())
        for finding in cleaner.check(article).findings:
            gone = words_lost(article.text, finding)
            lost[source] += gone
            safe[source] += gone * (finding.applicability is Applicability.SAFE)
            if options.show and gone:
                print(
                    f"{source}\t{finding.rule}\t{finding.confidence:.2f}\t{finding.applicability.value}",
                    end="",
                )
                print(f"\t{' '.join(finding.text.split())}")
    print("| source | articles | words | % lost at 0.5 | % in `safe` |\n| --- | ---: | ---: | ---: | ---: |")
    for source in (*words, "all"):
        if source == "all":
            for column in (count, words, lost, safe):
                column[source] = column.total()
        of = words[source]
        print(
            f"| {source} | {count[source]} | {of} | {100 * lost[source] / of:.3f} | {100 * safe[source] / of:.3f} |"
        )


if __name__ == "__main__":
    main()
