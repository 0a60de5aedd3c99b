"""The page of benchmarks and the table of the README, from figures that programs wrote.

    python -m benchmarks.figures collect --shared DIR [--only NAME] [--limit N] [--throughput FILE] [--peers FILE] [--compare FILE]
    python -m benchmarks.figures collect --printed keys=FILE [--printed queue=FILE] …
    python -m benchmarks.figures table

``collect`` runs the scorers in DIR/score, which know cleantext by its command line only, over
DIR/data and keeps what they say in ``benchmarks/figures.json``. ``--throughput`` takes in what
``python -m benchmarks.throughput --write FILE`` wrote, ``--peers`` what ``benchmarks.throughput.peers --write`` did, ``--compare`` what
``python -m benchmarks.boilerplate.compare`` printed, ``--printed`` what one of
``benchmarks.review.keys``, ``benchmarks.review.speed`` (queue), ``benchmarks/batch/memory.py`` and
``benchmarks/batch/workers.py`` printed. ``table`` writes the table into the
README; ``docs/generate.py`` writes the page. Peers stand in ``benchmarks/peers.toml``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FIGURES = HERE / "figures.json"
SCORERS = ("seeds", "encoding", "boilerplate", "phrasing", "attribution", "misattribution")
SPEED_OF = ("textacy, eight steps", "clean-text", "datatrove C4 filter")
MARKS = ("<!-- measured -->", "<!-- /measured -->")


def kept_figures() -> dict[str, Any]:
    """Return what was kept before."""
    return json.loads(FIGURES.read_text("utf-8")) if FIGURES.is_file() else {}


def keep(kept: dict[str, Any]) -> None:
    """Write the figures down."""
    FIGURES.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")


def collect(shared: Path, only: str | None, limit: int) -> None:
    """Run the scorers and keep their figures with the sample they were read on."""
    kept = kept_figures()
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
    keep(kept)


def compared(printed: str) -> dict[str, Any]:
    """Read the rows on extracted articles that ``benchmarks.boilerplate.compare`` printed."""
    part = printed.partition("## Extracted articles, mostly blogs")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in row.strip("|\n ").split("|")] for row in part.split("\n") if row[:1] == "|"
    ]
    rows = [row[:5] for row in rows if len(row) == 7 and row[1][:1].isdigit()]
    ours = next(row for row in rows if row[0].endswith("from 0.5"))
    return {"rows": rows, "f1": float(ours[3]), "words_lost_pct": float(ours[4])}


def keys(printed: str) -> dict[str, Any]:
    """Read what ``benchmarks.review.keys`` printed: for each change and kind of key the per cent kept and slipped."""
    rows = printed.strip("\n").split("\n")
    number = int(rows[0].split()[0])
    kinds = re.split(r"\s{2,}", rows[1].strip())[1:]
    changes = {}
    for row in rows[2:]:
        found = [(float(a), float(b)) for a, b in re.findall(r"([\d.]+) / ([\d.]+)", row)]
        changes[re.split(r"\s{2,}", row)[0]] = dict(zip(kinds, found, strict=True))
    return {"findings": number, "changes": changes}


def queue(printed: str) -> dict[str, Any]:
    """Read what ``benchmarks.review.speed`` printed: milliseconds by what is waited for."""
    return {name: float(ms) for name, ms in re.findall(r"^(\w+) +([\d.]+) ms$", printed, re.MULTILINE)}


def last_line(printed: str) -> dict[str, Any]:
    """Read the JSON that a program printed last."""
    figures: dict[str, Any] = json.loads(printed.strip().split("\n")[-1])
    return figures


PRINTED = {"keys": keys, "queue": queue, "memory": last_line, "workers": last_line}


def shortened(figures: dict[str, Any]) -> dict[str, Any]:
    """Leave out what changes with the machine, and the record of single rules, which stands elsewhere."""
    out = ("rules", "seconds", "cpu_seconds", "mb_per_cpu_second", "docs_per_cpu_second", "errors")
    return {key: value for key, value in figures.items() if key not in out}


def load() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return our figures and the peers'."""
    return json.loads(FIGURES.read_text("utf-8")), tomllib.loads((HERE / "peers.toml").read_text("utf-8"))


def sample(figures: dict[str, Any]) -> str:
    """Say how many articles a scorer looked at."""
    limit = figures["limit"]
    return f"at most {limit} articles of each file" if limit else "all articles of the development part"


def readme_table() -> str:
    """Return the README's rows: task, peers, ours, command."""
    ours, peers = load()
    bp, mt = ours["boilerplate"]["boilerplate"]["all"]["review"], ours["phrasing"]["review"]
    quotes, wrong = ours["attribution"]["direct+mixed"], ours["misattribution"]
    ftfy, held = ours["encoding"]["safe"]["pass, all"], wrong[">=0.6"]
    timed = ours["peers"]["tools"]
    kinds = [kind for kind in ours["throughput"].values() if "ratios" in kind]
    slowest = min(kind["ratios"]["whole check / ftfy.fix_text"] for kind in kinds)
    cross = ours.get("boilerplate-cross-validated")

    def best(task: str, *rows: int) -> str:
        return "; ".join(f"{peers[task]['rows'][i][0]}: {peers[task]['rows'][i][1]}" for i in rows)

    residue = f"{bp['f1']:.2f} · {bp['words_lost_pct']:.2f} % in-sample"
    others = best("residue", 0, 2, 4)
    if cross:
        residue = f"**{cross['f1']:.2f} · {cross['words_lost_pct']:.2f} %** cross-validated by site"
        same = [row for row in cross["rows"] if "on lines" in row[0] or "C4" in row[0]]
        same = [row for row in same if ", for precision" not in row[0]]
        others = "; ".join(f"{row[0]}: {float(row[3]):.2f} · {float(row[4]):.1f} %" for row in same) or others
    rows = [
        (
            "Residue lines of extracted articles: line F1 · article words lost",
            others,
            residue,
            "`benchmarks.boilerplate.compare`",
        ),
        (
            "Old machine translation: right share of edits that are not neutral · flags per 1,000 words of human news",
            best("phrasing", 0, 1),
            f"{mt['family']['rbmt/independent']['improved_share']:.2f} · {mt['human']['newstest']['flags_per_1k_words']:.2f}",
            "`benchmarks.figures collect --only phrasing`",
        ),
        (
            "Who said what: F1 of words and speaker, in quotation marks",
            best("quotes", 0, 1),
            f"{quotes['f1']:.2f}",
            "`benchmarks.figures collect --only attribution`",
        ),
        (
            "A predecessor in the speaker's place: found · with the right name · false flags per 1,000 speakers",
            "no tool found",
            f"{held['kinds']['office_absent']['recall']:.2f} · {held['kinds']['office_absent']['right']:.2f} · {held['false_per_1000']:.1f}",
            "`benchmarks.figures collect --only misattribution`",
        ),
        (
            "ftfy's own cases of broken encoding",
            "ftfy 6.3: all, which we build on",
            f"{ftfy['ok']} of {ftfy['n']}, each as an edit with its span",
            "`benchmarks.figures collect --only encoding`",
        ),
        (
            "Speed, all rules, against ftfy.fix_text",
            "; ".join(f"{name}: {timed[name]['ratio']:.2f}" for name in SPEED_OF),
            f"{slowest:.2f}",
            "`benchmarks.throughput`; others: `benchmarks.throughput.peers`",
        ),
    ]
    head = [
        "| task | what people use | cleantext | measure again: `python -m …` |",
        "| --- | --- | --- | --- |",
    ]
    return "\n".join(head + [f"| {a} | {b} | {c} | {d} |" for a, b, c, d in rows])


def write_table() -> None:
    """Put the table between the README's marks."""
    path = ROOT / "README.md"
    text = path.read_text("utf-8")
    start, end = text.index(MARKS[0]) + len(MARKS[0]), text.index(MARKS[1])
    path.write_text(f"{text[:start]}\n{readme_table()}\n{text[end:]}", "utf-8")


def page() -> str:
    """Return the page of benchmarks."""
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
    parser.add_argument("--peers", type=Path, help="what benchmarks.throughput.peers --write kept")
    parser.add_argument("--compare", type=Path, help="what benchmarks.boilerplate.compare printed")
    parser.add_argument(
        "--printed",
        action="append",
        default=[],
        metavar="NAME=FILE",
        help=f"what another program printed: {', '.join(PRINTED)}",
    )
    parser.add_argument(
        "--size", type=int, help="of --printed: the --limit or --findings that the program was given"
    )
    given = parser.parse_args()
    if given.what == "table":
        write_table()
        return
    if not (given.shared or given.throughput or given.peers or given.compare or given.printed):
        parser.error("collect needs --shared DIR, the folder that holds data/ and score/")
    if given.shared:
        collect(given.shared, given.only, given.limit)
    kept = kept_figures()
    if given.throughput:
        kept["throughput"] = json.loads(given.throughput.read_text("utf-8"))
    if given.peers:
        kept["peers"] = json.loads(given.peers.read_text("utf-8"))
    if given.compare:
        kept["boilerplate-cross-validated"] = compared(given.compare.read_text("utf-8"))
    for name, _, file in (one.partition("=") for one in given.printed):
        if name not in PRINTED:
            parser.error(f"--printed takes NAME=FILE, NAME one of {', '.join(PRINTED)}, not {name!r}")
        kept[name] = PRINTED[name](Path(file).read_text("utf-8"))
        if name in ("keys", "queue"):
            if not given.size:
                parser.error(f"--printed {name}=… needs --size: the --limit or --findings of that run")
            kept[name]["limit" if name == "keys" else "findings"] = given.size
    keep(kept)


if __name__ == "__main__":
    main()
