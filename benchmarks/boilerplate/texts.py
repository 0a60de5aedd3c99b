"""Texts that were never web pages, and hold no residue: what the line model must leave as it is.

A folder holds them as ``KIND/LANGUAGE.NUMBER.txt`` (:mod:`benchmarks.boilerplate.gather` makes it). The kind is the
group, so that models, calibration and thresholds that judge the manuals of every language have seen none.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.boilerplate.pages import FOLDS, Labelled

TEXTS = "texts"


def whole_texts(folder: Path) -> list[Labelled]:
    """Read the texts of a folder, every line of which is article; kinds are dealt out to the folds by name."""
    found = []
    for number, kind in enumerate(sorted(path for path in folder.iterdir() if path.is_dir())):
        for path in sorted(kind.glob("*.txt")):
            lines = tuple(line.strip() for line in path.read_text("utf-8").split("\n") if line.strip())
            if lines:
                found.append(
                    Labelled(
                        TEXTS,
                        f"{kind.name}/{path.stem}",
                        "article",
                        path.name.split(".")[0],
                        kind.name,
                        "",
                        None,
                        None,
                        lines,
                        (True,) * len(lines),
                        (False,) * len(lines),
                        f"texts {kind.name}/{path.stem}",
                        number % FOLDS,
                    )
                )
    return found
