"""Learn the garble model and write ``rules/translation/garble-model.txt``.

    python benchmarks/translation/train_garble.py --data DIR [--keep 8000]

The weights are learnt from all texts; the calibration comes from texts that neither their
vendor's output nor their source article taught (see ``garble_calibrate.py``).
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from garble_calibrate import calibrate, judge_unseen
from garble_fit import MARKS, Learner, read_corpus, spell
from garble_language import calibrate_languages, learn_languages

TARGET = Path(__file__).resolve().parents[2] / "rules" / "translation" / "garble-model.txt"
PRIOR = math.log(0.1 / 0.9)
"""One article in ten: of scraped news most is written by people, and a wrong accusation costs more."""
LARGEST = 999

HEADER = """\
# Does a text read like machine translation? Weights of n-grams of word classes, see cleantext/document/garble.py.
# Written by benchmarks/translation/train_garble.py; do not edit by hand.
# Words by part of speech: from Brill's lexicon, see benchmarks/translation/parts-of-speech.txt (MIT licence; CC BY 3.0).
"""


def main() -> None:
    """Learn, calibrate, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="directory of phrasing_*.jsonl.gz")
    parser.add_argument("--prose", type=Path, help="folder of *.jsonl, prose of packages that is no news")
    parser.add_argument("--keep", type=int, default=8000, help="n-grams to keep")
    parser.add_argument("--unseen", type=Path, help="file that keeps decision values, for garble_report.py")
    parser.add_argument("--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    corpus = read_corpus(arguments.data, arguments.prose)
    learner = Learner(corpus)
    print(f"{len(corpus.texts)} texts, {len(corpus.names)} classes, {len(learner.keys)} n-grams", flush=True)
    weights = learner.learn(np.ones(len(corpus.texts), bool), arguments.keep)
    numbers = calibrate(learner, judge_unseen(learner, arguments.keep, arguments.unseen))
    languages = learn_languages(learner)
    scale = float(np.abs(weights).max() / LARGEST)
    numbers |= {
        "prior": PRIOR,
        "scale": scale,
        "guess-from": 0.3,
        "sentences-from": -PRIOR - 1.0,
        "shortest-sentence": 8,
        "shortest-text": 100,
        "language-scale": float(max(np.abs(w).max() for w in languages.values()) / LARGEST),
    } | calibrate_languages(learner)
    sections = [
        ("numbers", [f"{name} {value:.6g}" for name, value in sorted(numbers.items())]),
        ("vocabulary", _wrapped(corpus.vocabulary)),
        ("endings", _wrapped(corpus.endings)),
        *((f"class {name}", _wrapped(members)) for name, members in corpus.kinds.items()),
        ("marks", list(MARKS)),
        ("weights", _lines(learner, weights, scale)),
        *(
            (f"language {name}", _lines(learner, values, numbers["language-scale"]))
            for name, values in languages.items()
        ),
    ]
    content = HEADER + "".join(f"\n[{name}]\n" + "\n".join(lines) + "\n" for name, lines in sections)
    arguments.output.write_text(content, encoding="utf-8")
    print(f"{arguments.output.name}: {len(content.encode())} bytes")


def _lines(learner: Learner, weights: np.ndarray, scale: float) -> list[str]:
    lines = []
    for at in np.flatnonzero(weights):
        value = round(float(weights[at]) / scale)
        if value:
            lines.append(f"{' '.join(spell(int(learner.keys[at]), learner.corpus.names))} {value}")
    return sorted(lines)


def _wrapped(words: Iterable[str]) -> list[str]:
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 100:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


if __name__ == "__main__":
    main()
