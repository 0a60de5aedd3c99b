"""The page of benchmarks and the table of the README, from figures that programs wrote.

    python -m benchmarks.figures collect --shared DIR [--only NAME] [--limit N] [--throughput FILE]
    python -m benchmarks.figures table

``collect`` runs the scorers in DIR/score, which know cleantext by its command line only, over
DIR/data and keeps what they say in ``benchmarks/figures.json``. ``--throughput`` takes in what
``python -m benchmarks.throughput --write FILE`` wrote. ``table`` writes the table into the
README; ``docs/generate.py`` writes the page. Peers stand in ``benchmarks/peers.toml``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FIGURES = HERE / "figures.json"
SCORERS = ("seeds", "encoding", "boilerplate", "phrasing", "attribution", "misattribution")
MARKS = ("<!-- measured -->", "<!-- /measured -->")


def collect(shared: Path, only: str | None, limit: int, throughput: Path | None) -> None:
    """Run the scorers and keep their figures with the sample they were read on."""
    kept: dict[str, Any] = json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() else {}
    for name in SCORERS:
        if only not in (None, name):
            continue
        command = [sys.executable, str(shared / "score" / f"{name}.py"), "--json"]
        command += [
            "--cmd",
            f"{sys.executable} -m cleantext",
            "--data",
            str(shared / "data"),
            "--limit",
            str(limit),
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode:
            sys.exit(f"{name}: {done.stderr.strip()}")
        kept[name] = {"limit": limit, **shortened(json.loads(done.stdout.splitlines()[-1]))}
        print(f"{name} measured", flush=True)
    if throughput is not None:
        kept["throughput"] = json.loads(throughput.read_text("utf-8"))
    FIGURES.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")


def shortened(figures: dict[str, Any]) -> dict[str, Any]:
    """Leave out what changes with the machine, and the record of single rules, which stands elsewhere."""
    out = ("rules", "seconds", "cpu_seconds", "mb_per_cpu_second", "docs_per_cpu_second", "errors")
    return {key: value for key, value in figures.items() if key not in out}


def load() -> tuple[dict[str, Any], dict[str, Any]]:
    """Give our figures and the peers'."""
    return json.loads(FIGURES.read_text("utf-8")), tomllib.loads((HERE / "peers.toml").read_text("utf-8"))


def sample(figures: dict[str, Any]) -> str:
    """Say how many articles a scorer looked at."""
    limit = figures["limit"]
    return f"at most {limit} articles of each file" if limit else "all articles of the development part"


def readme_table() -> str:
    """Give the README's rows: task, peers, ours, command."""
    ours, peers = load()
    bp, mt = ours["boilerplate"]["boilerplate"]["all"]["review"], ours["phrasing"]["review"]
    quotes, wrong = ours["attribution"]["direct+mixed"], ours["misattribution"]
    ftfy, held = ours["encoding"]["safe"]["pass, all"], wrong[">=0.6"]
    ratio = ours["throughput"]["articles with residue"]["ratios"]["whole check / ftfy.fix_text"]
    cross = ours.get("boilerplate-cross-validated")

    def best(task: str, *rows: int) -> str:
        return "; ".join(f"{peers[task]['rows'][i][0]}: {peers[task]['rows'][i][1]}" for i in rows)

    residue = f"{bp['f1']:.2f} · {bp['words_lost_pct']:.2f} % in-sample"
    if cross:
        residue = f"{cross['f1']:.2f} · {cross['words_lost_pct']:.2f} % cross-validated; {residue}"
    rows = [
        (
            "Residue lines of extracted articles: line F1 · article words lost",
            best("residue", 0, 2, 4),
            residue,
            "boilerplate",
        ),
        (
            "Old machine translation: right share of edits that are not neutral · flags per 1,000 words of human news",
            best("phrasing", 0, 1),
            f"{mt['family']['rbmt/independent']['improved_share']:.2f} · {mt['human']['newstest']['flags_per_1k_words']:.2f}",
            "phrasing",
        ),
        (
            "Who said what: F1 of words and speaker, in quotation marks",
            best("quotes", 0, 1),
            f"{quotes['f1']:.2f}",
            "attribution",
        ),
        (
            "A predecessor in the speaker's place: found · with the right name · false flags per 1,000 speakers",
            "no tool found",
            f"{held['kinds']['office_absent']['recall']:.2f} · {held['kinds']['office_absent']['right']:.2f} · {held['false_per_1000']:.1f}",
            "misattribution",
        ),
        (
            "ftfy's own cases of broken encoding",
            "ftfy 6.3: all, which we build on",
            f"{ftfy['ok']} of {ftfy['n']}, each as an edit with its span",
            "encoding",
        ),
        (
            "Speed, all rules, against ftfy.fix_text",
            best("speed", 0, 1),
            f"{ratio:.2f}",
            "throughput",
        ),
    ]
    head = ["| task | what people use | cleantext | measured by |", "| --- | --- | --- | --- |"]
    return "\n".join(head + [f"| {a} | {b} | {c} | {d} |" for a, b, c, d in rows])


def write_table() -> None:
    """Put the table between the README's marks."""
    path = ROOT / "README.md"
    text = path.read_text("utf-8")
    start, end = text.index(MARKS[0]) + len(MARKS[0]), text.index(MARKS[1])
    path.write_text(f"{text[:start]}\n{readme_table()}\n{text[end:]}", "utf-8")


def page() -> str:
    """Give the page of benchmarks."""
    from benchmarks.figures_page import compose

    return compose(*load())


def main() -> None:
    """Collect figures or write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("collect", "table"))
    parser.add_argument("--shared", type=Path, help="folder that holds data/ and score/")
    parser.add_argument("--only", choices=SCORERS, help="run one scorer")
    parser.add_argument("--limit", type=int, default=0, help="articles of each file; 0: all")
    parser.add_argument("--throughput", type=Path, help="what benchmarks.throughput --write kept")
    given = parser.parse_args()
    if given.what == "table":
        write_table()
    elif given.shared is None:
        parser.error("collect needs --shared DIR, the folder that holds data/ and score/")
    else:
        collect(given.shared, given.only, given.limit, given.throughput)


if __name__ == "__main__":
    main()
