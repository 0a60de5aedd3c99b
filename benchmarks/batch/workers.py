"""How much faster two workers are than one, in articles a second.

    python benchmarks/batch/workers.py [--data FILE.jsonl[.gz]] [--articles 4000] [--rounds 3]

One and two workers take turns, and the best round of each counts: on a machine that
does other work too, only the ratio says anything, and the load is printed beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from memory import originals, tiled


def seconds(folder: Path, jobs: int) -> float:
    """Return the seconds of one run."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", "from cleantext.cli import main; main()", "check", "in.jsonl", "--isolated",
         "--statistics", "--quiet", "--jobs", str(jobs)],
        cwd=folder, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode not in (0, 1):  # errors are quick: their articles a second say nothing
        raise SystemExit(f"the run failed with exit code {done.returncode}")
    return time.monotonic() - began


def main() -> None:
    """Print what was measured; exit code 1 below 1.7."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--articles", type=int, default=4_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    best = {1: float("inf"), 2: float("inf")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "in.jsonl").open("w", encoding="utf-8") as file:
            for row in tiled(originals(chosen.data), chosen.articles):
                file.write(json.dumps(row) + "\n")
        for _ in range(chosen.rounds):
            for jobs in best:
                best[jobs] = min(best[jobs], seconds(folder, jobs))
    ratio = best[1] / best[2]
    for jobs, taken in best.items():
        print(f"{jobs} worker{'s' * (jobs > 1)}: {chosen.articles / taken:8.0f} articles/s")
    load, cores = os.getloadavg()[0], os.cpu_count()
    print(f"ratio {ratio:.2f} (load {load:.1f} on {cores} cores)")
    print(json.dumps({"ratio": round(ratio, 3), "seconds": best, "load": load, "cores": cores}))
    raise SystemExit(0 if ratio >= 1.7 else 1)


if __name__ == "__main__":
    main()
