"""The line model and its peers on the same lines, of sites that the model had not seen.

    python -m benchmarks.boilerplate.compare --data DIR [--verdicts FILE] [--cache DIR] [--write]

FILE holds what the models of other folds say of every labelled line; where it is not there, it is made
(``benchmarks.boilerplate.train --dry-run``, an hour). Each peer, at the version that is named, is put into an
environment of its own below the cache folder, is given the same lines, each as a paragraph, and what it leaves out
counts as removed; CPU seconds and peak memory are measured by itself. ``--write`` makes ``docs/peers.md`` of it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.boilerplate import peers
from benchmarks.boilerplate.judge import Array
from benchmarks.boilerplate.pages import Labelled, labelled_pages

SETS = {
    "boilerplate": "Extracted articles, mostly blogs; labels not read",
    "read/boilerplate": "Extracted articles of other sites",
    "cropped/boilerplate": "News and magazines, the page cut near the article",
    "extracted/boilerplate": "News and magazines, as trafilatura leaves them",
    "languages/boilerplate": "Pages in 33 languages",
}
SAFE, FROM_HALF = "cleantext, line model, safe", "cleantext, line model, from 0.5"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "peers.md"

_HEAD = """# Residue beside other tools

Lines of labelled pages, each line a paragraph, given to each tool as it stands; residue is what should go. *F1* is of
lines; *words lost* is the share of the article's own words that go, in per cent: read it first, for who removes
everything finds all residue. The line model is judged on sites that it had not seen (five folds by site; calibration
and thresholds from other folds, too); its rules and families for residue as prose play no part. jusText has a stop
list for each language, trafilatura and resiliparse know markup that lines have not, and do better on the pages
themselves. dolma's tags are those of lines without a sentence's end and of lines under three words; C4's rules take
those, too, and datatrove's form of them lines about cookies and terms. NeMo Curator's modifier takes paragraphs about
policies at the top or at the bottom. CPU seconds and peak memory are of one process over the whole set, on the
machine that wrote this page; those of cleantext are of its whole check of residue.

Written by `python -m benchmarks.boilerplate.compare --data DIR --write`.
"""


class Row(NamedTuple):
    """What a system does to the lines of a set: by line, and in per cent of article words; its cost where it was measured."""

    system: str
    precision: float
    recall: float
    f1: float
    lost: float
    seconds: float | None = None
    megabytes: float | None = None

    def __str__(self) -> str:
        cost = "| |" if self.seconds is None else f"| {self.seconds:.1f} | {self.megabytes:.0f} |"
        return f"| {self.system} | {self.precision:.3f} | {self.recall:.3f} | {self.f1:.3f} | {self.lost:.2f} {cost}"


COLUMNS = (
    "| system | precision | recall | F1 | words lost, % | CPU s | MB |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
)


def judged(system: str, pages: Sequence[Labelled], gone: Iterable[Array]) -> Row:
    """Return precision, recall, F1 of lines, and the share of article words lost."""
    right = wrong = residue = lost = words = 0
    for page, taken in zip(pages, gone, strict=True):
        for line, keep, out in zip(page.lines, page.keep, taken, strict=True):
            if keep is not None:
                count = len(line.split())
                right += out and not keep
                wrong += out and keep
                residue += not keep
                words += count * keep
                lost += count * (out and keep)
    precision, recall = right / max(1, right + wrong), right / max(1, residue)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return Row(system, precision, recall, f1, 100 * lost / max(1, words))


def rows(
    pages: Sequence[Labelled], probability: Sequence[Array], safe: Sequence[Array], cache: Path
) -> Iterator[Row]:
    """Yield what the line model does in both tiers, and each peer."""
    given = [(page.language, list(page.lines)) for page in pages]
    _, seconds, memory = peers.cost(given, cache)
    yield judged(SAFE, pages, safe)._replace(seconds=seconds, megabytes=memory)
    taken = [likely >= 0.5 for likely in probability]
    yield judged(FROM_HALF, pages, taken)._replace(seconds=seconds, megabytes=memory)
    for peer in peers.PEERS:
        stays, seconds, memory = peers.run(peer, given, cache)
        gone = [~np.array(lines, bool) for lines in stays]
        yield judged(f"{peer} ({peers.version(peer)})", pages, gone)._replace(
            seconds=seconds, megabytes=memory
        )


def main() -> None:
    """Print a table for each set, and write the page where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--verdicts", type=Path, help="what train --verdicts wrote, or will")
    parser.add_argument("--texts", type=Path, help="texts without residue to train on, see gather")
    parser.add_argument("--cache", type=Path, default=Path("~/.cache/cleantext-peers"))
    parser.add_argument("--write", action="store_true", help="write docs/peers.md")
    options = parser.parse_args()
    cache = options.cache.expanduser()
    cache.mkdir(parents=True, exist_ok=True)
    verdicts = options.verdicts or cache / "verdicts.npz"
    if not verdicts.exists():
        train = [sys.executable, "-m", "benchmarks.boilerplate.train", "--dry-run"]
        train += ["--texts", str(options.texts)] if options.texts else []
        subprocess.run([*train, "--data", str(options.data), "--verdicts", str(verdicts)], check=True)
    kept = np.load(verdicts)
    starts = np.concatenate([[0], np.cumsum(kept["lines"])])
    labelled = labelled_pages(options.data)
    parts = [_HEAD]
    for name, what in SETS.items():
        numbers = [n for n, page in enumerate(labelled) if page.data == name]
        pages = [labelled[n] for n in numbers]
        if not pages:
            continue
        lines = sum(len(page.lines) for page in pages)
        parts.append(f"\n## {what}\n\n{len(pages)} pages, {lines} lines.\n\n{COLUMNS}\n")
        print(parts[-1], end="")
        of_pages = [slice(starts[n], starts[n + 1]) for n in numbers]
        for row in rows(
            pages,
            [kept["probability"][part] for part in of_pages],
            [kept["safe"][part] for part in of_pages],
            cache,
        ):
            print(row, flush=True)
            parts.append(f"{row}\n")
    if options.write:
        PAGE.write_text("".join(parts), "utf-8")


if __name__ == "__main__":
    main()
