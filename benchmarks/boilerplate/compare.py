"""The line model and its peers on the same lines, of sites that the model had not seen.

    python -m benchmarks.boilerplate.train --data DIR --dry-run --verdicts FILE
    python -m benchmarks.boilerplate.compare --data DIR --verdicts FILE [--peers] [--cache DIR]

FILE holds what the models of other folds say of every labelled line. ``--peers`` puts each peer, at the version that
is named, into an environment of its own below the cache folder, gives it the same lines, each as a paragraph, and
takes what it leaves out for removed; its CPU seconds and peak memory are printed, too.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.boilerplate import peers
from benchmarks.boilerplate.judge import Array
from benchmarks.boilerplate.pages import Labelled, labelled_pages

SETS = (
    "boilerplate",
    "read/boilerplate",
    "cropped/boilerplate",
    "extracted/boilerplate",
    "languages/boilerplate",
)


def row(name: str, pages: Sequence[Labelled], gone: Iterable[Array], cost: str = "") -> None:
    """Print precision, recall, F1 of lines, and the share of article words lost."""
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
    print(
        f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | {100 * lost / max(1, words):.2f} |{cost}",
        flush=True,
    )


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--verdicts", type=Path, required=True, help="what train --verdicts wrote")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--cache", type=Path, default=Path("~/.cache/cleantext-peers"))
    options = parser.parse_args()
    kept = np.load(options.verdicts)
    starts = np.concatenate([[0], np.cumsum(kept["lines"])])
    labelled = labelled_pages(options.data)
    for name in SETS:
        numbers = [n for n, page in enumerate(labelled) if page.data == name]
        pages = [labelled[n] for n in numbers]
        if not pages:
            continue
        head = "| system | precision | recall | F1 | % words lost |"
        print(
            f"\n### {name}\n\n{head}{' CPU s, MB |' if options.peers else ''}\n| --- | --- | --- | --- | --- |"
        )
        for tier, taken in (("safe", kept["safe"]), ("from 0.5", kept["probability"] >= 0.5)):
            row(f"line model, {tier}", pages, [taken[starts[n] : starts[n + 1]] for n in numbers])
        if options.peers:
            given = [(page.language, list(page.lines)) for page in pages]
            for peer in peers.PEERS:
                stays, seconds, memory = peers.run(peer, given, options.cache.expanduser())
                row(
                    peer,
                    pages,
                    [~np.array(lines, bool) for lines in stays],
                    f" {seconds:.1f}, {memory:.0f} |",
                )


if __name__ == "__main__":
    main()
