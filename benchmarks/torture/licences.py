"""The licences of everything that an installation with all extras brings: docs/licences.md.

    python -m benchmarks.torture.licences --output docs/licences.md

Read from the metadata of what is installed, so nothing is asked over the network.
"""

from __future__ import annotations

import argparse
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import regex

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "cleantext-rules"
COPYLEFT = {"language-tool-python": "an extra, imported only where it was asked for"}
"""Distributions under the GPL, and why they may be there: never in the core, never imported unasked."""


class Row(NamedTuple):
    """One distribution: its version, the pinned one, its licence, and which extras bring it ("" is the core)."""

    name: str
    version: str
    pinned: str
    licence: str
    brought_by: tuple[str, ...]


def canonical(name: str) -> str:
    """Return a name as indexes compare it."""
    return str(regex.sub(r"[-_.]+", "-", name)).lower()


def licence_of(found: metadata.PackageMetadata) -> str:
    """Return a licence as short as the metadata say it."""
    if expression := found.get("License-Expression"):
        return expression
    classifiers = [
        c.split(" :: ")[-1] for c in found.get_all("Classifier") or () if c.startswith("License ::")
    ]
    named = [c for c in classifiers if c != "OSI Approved"]
    if named:
        return ", ".join(named)
    first = (found.get("License") or "").strip().split("\n")[0]
    return first[:60] or "unknown"


def pins() -> dict[str, str]:
    """Return what constraints.txt pins."""
    rows = (ROOT / "constraints.txt").read_text("utf-8").split("\n")
    return {
        canonical(name): version
        for row in rows
        if "==" in row
        for name, version in [row.split(";")[0].strip().split("==")]
    }


def needed(name: str, extra: str, seen: set[str]) -> None:
    """Collect a distribution and all that it needs here."""
    from packaging.requirements import Requirement

    key = canonical(name)
    if key in seen:
        return
    try:
        wants = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    seen.add(key)
    for text in wants:
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
            needed(wanted.name, "", seen)
            for inner in wanted.extras:
                _needed_extra(wanted.name, inner, seen)


def _needed_extra(name: str, extra: str, seen: set[str]) -> None:
    from packaging.requirements import Requirement

    try:
        wants = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for text in wants:
        wanted = Requirement(text)
        if (
            wanted.marker is not None
            and wanted.marker.evaluate({"extra": extra})
            and not wanted.marker.evaluate({"extra": ""})
        ):
            needed(wanted.name, "", seen)


def rows() -> list[Row]:
    """Return every distribution that the core and its extras bring, by name."""
    extras = ["", *sorted(metadata.metadata(PROJECT).get_all("Provides-Extra") or ())]
    brought: dict[str, list[str]] = {}
    core: set[str] = set()
    needed(PROJECT, "", core)
    for extra in extras:
        seen: set[str] = set()
        needed(PROJECT, extra, seen)
        for name in seen - {PROJECT}:
            if not extra or name not in core:
                brought.setdefault(name, []).append(extra)
    pinned = pins()
    return [
        Row(
            name, metadata.version(name), pinned.get(name, ""), licence_of(metadata.metadata(name)), tuple(by)
        )
        for name, by in sorted(brought.items())
    ]


def faults(found: list[Row]) -> list[str]:
    """Return what is wrong: unpinned, of unknown licence, under the GPL where it must not be, or a page that is old."""
    wrong = []
    for row in found:
        if not row.pinned:
            wrong.append(f"{row.name} is not in constraints.txt")
        if row.licence == "unknown":
            wrong.append(f"{row.name} says nothing of its licence")
        copyleft = regex.search(r"(?<!L)(?:GPL|General Public)", row.licence) and "Lesser" not in row.licence
        chosen = " OR " in row.licence  # one of several, and we take the other
        if copyleft and not chosen and (row.name not in COPYLEFT or "" in row.brought_by):
            wrong.append(f"{row.name} is under {row.licence}")
    page = ROOT / "docs" / "licences.md"
    listed = page.read_text("utf-8") if page.is_file() else ""
    wrong += [f"{row.name} is not in docs/licences.md" for row in found if f"| {row.name} |" not in listed]
    return wrong


def page(found: list[Row]) -> str:
    """Write the page."""
    core = [row for row in found if "" in row.brought_by]
    extra = [row for row in found if "" not in row.brought_by]
    lines = [
        "# Licences",
        "",
        "cleantext is under the Apache License 2.0. These are the distributions that it needs, as their own metadata "
        "name their licences; `python -m benchmarks.torture.licences` writes the page, `make torture` holds it to "
        "what is installed, and `constraints.txt` pins all of them for continuous integration.",
        "",
        "## Always installed",
        "",
        "| distribution | version | licence |",
        "| --- | --- | --- |",
        *(f"| {row.name} | {row.pinned or row.version} | {row.licence} |" for row in core),
        "",
        "## With extras",
        "",
        "| distribution | version | licence | brought by |",
        "| --- | --- | --- | --- |",
        *(
            f"| {row.name} | {row.pinned or row.version} | {row.licence} | {', '.join(row.brought_by)} |"
            for row in extra
        ),
        "",
        "## Word lists of others",
        "",
        "The garble model holds 7,398 common words to their part of speech as the lexicon of Eric Brill's tagger has it "
        "(1993, MIT and University of Pennsylvania, MIT licence), which textblob carries (MIT licence) with additions "
        "from the Twitter part-of-speech data of Gimpel et al. 2011 (CC BY 3.0).",
        "",
        "## Under the GPL",
        "",
        *(f"- {name}: {why}." for name, why in COPYLEFT.items()),
        "",
        "LanguageTool itself, a Java program that runs beside cleantext where `--languagetool` asks for it, is under the LGPL 2.1.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Write or print the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    made = page(rows())
    if asked.output:
        asked.output.write_text(made, "utf-8")
    else:
        print(made)


if __name__ == "__main__":
    main()
