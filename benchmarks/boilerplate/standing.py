"""Standing paragraphs put into articles of one source: are all found with the index, and does anything else go?

    python -m benchmarks.boilerplate.standing --data DIR [--articles 60] [--seed 1]

DIR holds ``misattribution.jsonl.gz``, of which the untouched BBC articles are taken. Five paragraphs that no rule knows
go into a third of them each, at any place. Then the same articles as they were, all of them: what a site's voice is
said to be there is a story's background.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import tempfile
from pathlib import Path

from cleantext import Cleaner
from cleantext.article import Article
from cleantext.batch.indexing import build
from cleantext.batch.reading import Fields
from cleantext.corpus import CorpusIndex

STANDING = (
    "Get the week's best reading from our desk: leave your address below and the letter comes every Friday at noon.",
    "Valley Courier is run by nine people and paid for by those who read it. A few euros a month keep the lamp on.",
    "To show you this part we would have to load material from another service, which may set cookies of its own.",
    "Marta Berg has walked the valley for this paper since 1998. She keeps bees, and answers letters on Mondays.",
    "Become a reader for 4 euros a month.",
)


def indexed(articles: list[Article], folder: Path) -> CorpusIndex:
    """Write articles down and index them."""
    file, index = folder / "a.jsonl", folder / "c.index"
    index.unlink(missing_ok=True)
    file.write_text(
        "".join(json.dumps({"id": a.id, "source": a.source, "text": a.text}) + "\n" for a in articles),
        "utf-8",
    )
    build([str(file)], index, fields=Fields(), on_failure=print, progress=False, quotations=False)
    return CorpusIndex(index)


def main() -> None:
    """Print what was found, and what else."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    chance = random.Random(args.seed)
    with gzip.open(args.data / "misattribution.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["src"] == "bbc" and not row["swaps"]]
    clean = [
        (row["id"], [line for line in row["text"].splitlines() if line.strip()])
        for row in chance.sample(rows, args.articles)
    ]
    mixed = [list(lines) for _, lines in clean]
    put = 0
    for said in STANDING:
        for place in chance.sample(range(len(mixed)), len(mixed) // 3):
            mixed[place].insert(chance.randrange(1, len(mixed[place]) + 1), said)
            put += 1
    with tempfile.TemporaryDirectory() as folder:
        articles = [
            Article(text="\n\n".join(lines), id=key, source="one.example")
            for (key, _), lines in zip(clean, mixed, strict=True)
        ]
        cleaner = Cleaner(select=["BP400"], corpus=indexed(articles, Path(folder)))
        found = safe = whole = 0
        for article, (_, lines) in zip(articles, clean, strict=True):
            for finding in cleaner.check(article).findings:
                found += finding.text in STANDING
                safe += finding.applicability == "safe"
            whole += cleaner.fix(article, apply="review", min_confidence=0.5).text == "\n\n".join(lines)
        print(
            f"{put} put in, {found} found at .5 or more, {safe} safe; {whole} of {len(clean)} articles as they were"
        )
        every = [Article(text=row["text"], id=row["id"], source="one.example") for row in rows]
        cleaner = Cleaner(select=["BP400"], corpus=indexed(every, Path(folder)))
        reports = [cleaner.check(article).findings for article in every]
        count, unasked = sum(map(len, reports)), sum(f.applicability == "safe" for r in reports for f in r)
        print(
            f"untouched: {len(every)} articles, {count} findings at .5 or more in {sum(map(bool, reports))}, {unasked} safe"
        )


if __name__ == "__main__":
    main()
