"""Peers from PyPI on the same pairs, each in an environment of its own: changed numbers, and sentences aligned.

Numbers: pairs of DEMETR with a changed number (found), and all its pairs as they were (sound ones flagged). Alignment:
articles that are aligned by sentence, of which every twelfth sentence of the translation is merged into the next one;
all sides are given the same sentences, so that only the aligning is measured. OpusFilter scores rather than flags: a
pair counts as flagged where the similarity of its numerals is under 1.
Run: ``python -m benchmarks.fidelity.peers --data DIR --cache FOLDER``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.fidelity.data import pick, rows
from cleantext import Cleaner
from cleantext.fidelity.alignment import Sentence, align_sentences, density, read_sentences
from cleantext.fidelity.gaps import judged, settled

Pair = tuple[str, str, str]
Links = set[tuple[int, int]]

_FRAME = """
import json, sys
given = json.load(open(sys.argv[1], encoding="utf-8"))
{body}
json.dump([answer(item) for item in given], open(sys.argv[2], "w", encoding="utf-8"))
"""
NUMBERS: Mapping[str, tuple[str, str]] = {
    "translate-toolkit 3.20.4, pofilter numbers": (
        "translate-toolkit==3.20.4",
        """
from translate.filters.checks import StandardChecker
from translate.filters.checks.exceptions import FilterFailure
CHECKER = StandardChecker()
def answer(item):
    try:
        return not CHECKER.numbers(item[0], item[1])
    except FilterFailure:
        return True
""",
    ),
    "OpusFilter 3.3.1, NonZeroNumeralsFilter": (
        "opusfilter==3.3.1",
        """
from opusfilter.filters import NonZeroNumeralsFilter
FILTER = NonZeroNumeralsFilter(threshold=1.0)
def answer(item):
    return next(FILTER.score([(item[0], item[1])]))[0] < 1.0
""",
    ),
}
ALIGNERS: Mapping[str, tuple[str, str]] = {
    "NLTK 3.10.4, Gale and Church": (
        "nltk==3.10.4",
        """
from nltk.translate.gale_church import align_blocks
def answer(item):
    return align_blocks([len(s) for s in item[0]], [len(s) for s in item[1]])
""",
    ),
}


def ask(package: str, program: str, given: Sequence[Any], cache: Path) -> list[Any]:
    """Install a peer where it is not yet, and return its answer to each item."""
    folder = cache / package.partition("==")[0]
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", package], check=True)
    source, question, answer = folder / "peer.py", folder / "given.json", folder / "answer.json"
    source.write_text(_FRAME.format(body=program), encoding="utf-8")
    question.write_text(json.dumps(given), encoding="utf-8")
    subprocess.run([str(python), str(source), str(question), str(answer)], check=True)
    found: list[Any] = json.loads(answer.read_text("utf-8"))
    return found


def flags(pairs: Sequence[Pair]) -> list[bool]:
    """Say of each pair whether a finding on a number or date is shown."""
    cleaner = Cleaner(select=["fidelity"])
    shown = []
    for source, target, lang in pairs:
        findings = cleaner.check(target, original=source, original_lang=lang).findings
        shown.append(any(f.name.startswith(("number", "date")) and f.confidence >= 0.5 for f in findings))
    return shown


def whole_sentence(text: str, lang: str) -> Sentence:
    """Read a sentence as one, whatever the product would part it into."""
    pieces = read_sentences(text, lang)
    keys = frozenset(key for piece in pieces for key in piece.keys)
    return Sentence(0, len(text), (), keys, tuple(key for piece in pieces for key in piece.telling), False)


def links(source: Sequence[str], target: Sequence[str], lang: str) -> Links:
    """Align sentences that are given, and return the pairs that stand in one bead."""
    here = tuple(whole_sentence(sentence, lang) for sentence in source)
    there = tuple(whole_sentence(sentence, "en") for sentence in target)
    alignment = align_sentences(here, there, density(lang, "en"))
    beads = settled(alignment, judged(alignment)).beads
    return {(i, j) for b in beads for i in range(b.first, b.last) for j in range(b.low, b.high)}


def main() -> None:
    """Print the figures of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the gold files")
    parser.add_argument("--cache", type=Path, required=True, help="folder for the peers' environments")
    given = parser.parse_args()
    demetr = list(rows(given.data, "demetr-perturbed"))
    changed = [r for r in demetr if r["errors"][0]["category"].endswith("numbers_replaced")]
    bad = [(r["source"], r["target"], r["lang"]) for r in changed]
    good = list({(r["source"], r["unperturbed"], r["lang"]): None for r in demetr})
    asked = {"cleantext": (flags(bad), flags(good))}
    for name, (package, program) in NUMBERS.items():
        answers = ask(package, program, [*bad, *good], given.cache)
        asked[name] = answers[: len(bad)], answers[len(bad) :]
    for name, (found, false) in asked.items():
        print(f"{name}: changed numbers found {sum(found) / len(bad):.3f} of {len(bad)}", end="; ")
        print(f"sound pairs flagged {sum(false) / len(good):.4f} of {len(good)}")
    articles: list[tuple[list[str], list[str], str, Links]] = []
    for row in rows(given.data, "articles-with-systems"):
        source = [s for p in row["source"] for s in p]
        whole = [s for p in next(iter(row["references"].values())) for s in p]
        if len(source) != len(whole) or len(source) < 4:
            continue
        target: list[str] = []
        gold: Links = set()
        merging = False
        for number, sentence in enumerate(whole):
            if merging:
                target[-1] += " " + sentence
            else:
                target.append(sentence)
            merging = pick(f"{row['id']}{number}", 12) == 0
            gold.add((number, len(target) - 1))
        articles.append((source, target, row["lang"], gold))
    aligned = {"cleantext": [links(source, target, lang) for source, target, lang, _ in articles]}
    for name, (package, program) in ALIGNERS.items():
        answers = ask(package, program, [(source, target) for source, target, _, _ in articles], given.cache)
        aligned[name] = [{(i, j) for i, j in answer} for answer in answers]
    for name, told in aligned.items():
        right = sum(len(one & gold) for one, (*_, gold) in zip(told, articles, strict=True))
        said, true = sum(map(len, told)), sum(len(gold) for *_, gold in articles)
        print(f"{name}: alignment F1 {2 * right / (said + true):.4f} on {len(articles)} articles")


if __name__ == "__main__":
    main()
