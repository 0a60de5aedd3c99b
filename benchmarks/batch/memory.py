"""Peak memory of a run over N articles, tiled from real or made ones with variation.

    python benchmarks/batch/memory.py [--data FILE.jsonl[.gz]] [--small 10000] [--large 100000] [--jobs 1]

Prints a table and one line of JSON; exit code 1 where the large run takes more than
1.3 times the memory of the small one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests" / "batch"))
import made


def originals(data: Path | None, count: int = 500) -> list[dict[str, Any]]:
    """Return the articles to tile."""
    if data is None:
        return list(made.articles(count))
    with gzip.open(data) if data.suffix == ".gz" else data.open("rb") as file:
        rows = [json.loads(line) for _, line in zip(range(count), file, strict=False)]
    return [{**row, "text": row["text"]} for row in rows if isinstance(row.get("text"), str)]


def tiled(rows: list[dict[str, Any]], count: int) -> Iterator[dict[str, Any]]:
    """Yield that many articles: no two alike, since paragraphs are shuffled and numbers changed."""
    for number in range(count):
        row = rows[number % len(rows)]
        chance = random.Random(number)
        paragraphs = re.split(r"\n+", row["text"])
        if number >= len(rows):
            middle = paragraphs[1:-1]
            chance.shuffle(middle)
            paragraphs = [*paragraphs[:1], *middle, *paragraphs[-1:]]
        text = _renumbered("\n\n".join(paragraphs), chance)
        yield {"id": f"{number}", "source": row.get("source") or row.get("host") or "", "text": text}


def _renumbered(text: str, chance: random.Random) -> str:
    return re.sub(r"[0-9]+", lambda m: str(int(m.group()[:6]) + chance.randrange(9)), text)


def peak_of(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Run the command line; return the peak resident memory of all its processes together in MB, and seconds."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-c", "from cleantext.cli import main; main()", *arguments],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_proportional(pid) for pid in _family(process.pid)))
        time.sleep(0.05)
    if process.returncode not in (0, 1):
        raise SystemExit(f"the run failed with exit code {process.returncode}")
    return peak / 1024, time.monotonic() - began


def _family(pid: int) -> list[int]:
    found = [pid]
    for parent in found:
        try:
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
        except OSError:
            continue
        found += [int(child) for child in children.split()]
    return found


def _proportional(pid: int) -> int:
    """Memory in kB, what processes share counted once."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found.group(1)) if found else 0


def measure(
    small: int,
    large: int,
    *,
    data: Path | None = None,
    command: str = "fix",
    jobs: int = 1,
    more: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Measure both sizes."""
    rows = originals(data)
    out: dict[str, Any] = {"command": command, "jobs": jobs}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size, count in (("small", small), ("large", large)):
            with (folder / f"{size}.jsonl").open("w", encoding="utf-8") as file:
                for row in tiled(rows, count):
                    file.write(json.dumps(row) + "\n")
            arguments = [
                command,
                f"{size}.jsonl",
                "--isolated",
                "--jobs",
                str(jobs),
                "--record",
                f"{size}.run",
                *more,
            ]
            if command == "fix":
                arguments += ["--format", "jsonl", "--output", f"{size}.out.jsonl"]
            peak, seconds = peak_of(arguments, folder)
            out[size] = {"articles": count, "peak_mb": round(peak, 1), "seconds": round(seconds, 1)}
    out["ratio"] = round(out["large"]["peak_mb"] / out["small"]["peak_mb"], 3)
    return out


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--command", choices=("check", "fix"), default="fix")
    parser.add_argument("--select", default="")
    chosen = parser.parse_args()
    more = ("--select", chosen.select) if chosen.select else ()
    done = measure(
        chosen.small, chosen.large, data=chosen.data, command=chosen.command, jobs=chosen.jobs, more=more
    )
    for size in ("small", "large"):
        row = done[size]
        print(f"{row['articles']:>9,} articles  {row['peak_mb']:8.1f} MB  {row['seconds']:8.1f} s")
    print(json.dumps({**done, "load": os.getloadavg()[0]}))
    raise SystemExit(0 if done["ratio"] <= 1.3 else 1)


if __name__ == "__main__":
    main()
