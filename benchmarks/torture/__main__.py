"""Everything that is meant to break cleantext, and the table of what it took: ``make torture``.

    python -m benchmarks.torture [--quick] [--tested] [--only NAME] [--jobs 2] [--output docs/reliability.md]

The whole takes under half an hour on two cores, ``--quick`` under five minutes; ``--tested``
leaves out the tests that ``make test`` runs in the same form; ``--only`` runs one row again, after what
it found was mended, and the page says so. The exit code is 1 where
anything failed. The table goes between the marks in the page.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from typing import NamedTuple

import regex

from benchmarks.torture.found import ITEMS, Item

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- torture: begin -->", "<!-- torture: end -->"
TARGETS = ("rule_file", "configuration", "json_lines", "quotations", "review_import", "whole_check")

RUNS = {target: 400 if target == "whole_check" else 8_000 for target in TARGETS}
"""Inputs of the short form: some five seconds of each target."""


class Outcome(NamedTuple):
    """What one piece of work tried, what failed in it, and what there is to say of it."""

    item: str
    cases: int
    failed: tuple[str, ...]
    said: str = ""
    seconds: float = 0.0


def tests(item: Item, path: str, *, quick: bool) -> Outcome:
    """Run one test file; a hypothesis test counts its examples, any other test itself."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        environment = {
            **os.environ,
            "HYPOTHESIS_PROFILE": "default" if quick else "torture",
            "OMP_NUM_THREADS": "1",
        }
        done = subprocess.run(
            [sys.executable, "-m", "pytest", path, "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
             "--hypothesis-show-statistics", f"--junitxml={results}"],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        cases, failed = counted(results, done.stdout)
    if done.returncode not in (0, 1) or (done.returncode == 1 and not failed):
        failed = (
            *failed,
            f"{path}: pytest ended with {done.returncode}: {(done.stdout + done.stderr)[-400:]}",
        )
    return Outcome(item.name, cases, failed, seconds=time.monotonic() - start)


def counted(results: Path, printed: str) -> tuple[int, tuple[str, ...]]:
    """Return the number of cases of a run, and the names of the tests that failed."""
    examples: dict[str, int] = {}
    name = ""
    for row in printed.splitlines():
        if head := regex.match(r"(\S+\.py::\S.*?):$", row):
            name = head.group(1).split("::")[-1]
        elif found := regex.search(r"- (\d+) passing(?: examples)?, (\d+) failing", row):
            examples[name] = examples.get(name, 0) + int(found.group(1)) + int(found.group(2))
    cases = 0
    failed = []
    if not results.is_file():
        return 0, ()
    for case in ET.parse(results).iter("testcase"):
        test = case.get("name", "")
        if case.find("skipped") is not None:
            continue
        own = [int(p.get("value", "0")) for p in case.iter("property") if p.get("name") == "cases"]
        cases += own[0] if own else examples.get(test, 1)
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(f"{case.get('classname')}::{test}")
    return cases, tuple(failed)


def fuzz(target: str, *, seconds: int, options: Sequence[str] = ()) -> Outcome:
    """Let atheris look for inputs that break one target; ``options`` are libFuzzer's."""
    start = time.monotonic()
    try:
        import atheris  # noqa: F401
    except ImportError:
        return Outcome("Fuzzing", 0, (), f"{target}: atheris is not installed (`make fuzz` installs it)")
    done = subprocess.run(
        [sys.executable, "fuzz/run.py", target, str(seconds), *options],
        cwd=ROOT, capture_output=True, text=True, check=False, errors="replace",
    )  # fmt: skip
    found = regex.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    failed = () if done.returncode == 0 else (f"fuzz {target}: {done.stderr[-600:]}",)
    return Outcome("Fuzzing", int(found.group(1)) if found else 0, failed, seconds=time.monotonic() - start)


def mutation(*, sample: int) -> Outcome:
    """Change the engine in many places and count how often its tests notice."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "mutation.json"
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.torture.mutation", "--sample", str(sample), "--output", str(output)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if not output.is_file():
            return Outcome("Mutation testing", 0, (f"mutation testing: {done.stderr[-400:]}",))
        result = json.loads(output.read_text("utf-8"))
    share = result["share"]
    said = f"{result['killed']} of {result['tried']} mutants killed ({share:.0%}), of {result['mutants']} there are"
    if result["broken"]:
        broken = tuple(f"{module}: its tests fail without any mutant" for module in result["broken"])
        return Outcome("Mutation testing", result["tried"], broken, said, time.monotonic() - start)
    # A sample is a sample: the floor is lower where few mutants were tried.
    floor = 0.85 if result["tried"] >= 200 else 0.75
    failed = () if share >= floor else (f"mutation testing: {said}", *result["survivors"])
    return Outcome("Mutation testing", result["tried"], failed, said, time.monotonic() - start)


def licences() -> Outcome:
    """See that the page of licences is true and that everything is pinned."""
    from benchmarks.torture import licences as page

    rows = page.rows()
    faults = page.faults(rows)
    return Outcome(
        "Supply chain", len(rows), tuple(faults), f"{len(rows)} distributions, all pinned, licences known"
    )


def work(*, quick: bool, tested: bool = False, only: str | None = None) -> list[Callable[[], Outcome]]:
    """Return what there is to do, the longest first; without the tests where they were ``tested`` already."""
    jobs: list[tuple[str, Callable[[], Outcome]]] = [
        ("Mutation testing", lambda: mutation(sample=40 if quick else 330))
    ]
    if not tested:
        jobs += [
            (item.name, partial(tests, item, path, quick=quick)) for item in ITEMS for path in item.tests
        ]
    # The short form draws the same numbers, and as many, each time: a look for new faults is no matter of a pull
    # request.
    jobs += [
        (
            "Fuzzing",
            partial(fuzz, target, seconds=60, options=["-seed=10", f"-runs={RUNS[target]}"] if quick else []),
        )
        for target in TARGETS
    ]
    jobs.append(("Supply chain", licences))
    return [job for name, job in jobs if only in (None, name)]


def again(page: str, made: str, name: str) -> str:
    """Put one row of a table that was made anew in the place of the page's, and say when it was run.

    One that the page lacks is put before the first of those that come after it.
    """
    mark = f"| **{name}**"
    row = next(row for row in made.splitlines() if row.startswith(mark))
    rows = page.splitlines()
    known = any(old.startswith(mark) for old in rows)
    if known:
        rows = [row if old.startswith(mark) else old for old in rows]
    else:
        later = [item.name for item in ITEMS]
        later = later[later.index(name) + 1 :]
        at = next(n for n, old in enumerate(rows) if old.startswith(tuple(f"| **{one}**" for one in later)))
        rows.insert(at, row)
    when = time.strftime("%Y-%m-%d")
    how = "run again" if known else "run for the first time"
    said = f" The row *{name}* was {how} on {when}."
    return "\n".join(rows) + ("" if rows[-1].endswith(said) or said in rows[-1] else said)


def table(outcomes: Sequence[Outcome], *, quick: bool, seconds: float) -> str:
    """Write the table."""
    rows = [
        "| what | cases tried | fail today | what failed before it was mended |",
        "| --- | ---: | ---: | --- |",
    ]
    for item in ITEMS:
        mine = [o for o in outcomes if o.item == item.name]
        cases, failed = sum(o.cases for o in mine), sum(len(o.failed) for o in mine)
        said = "; ".join(o.said for o in mine if o.said)
        what = f"**{item.name}**: {item.what}" + (f" ({said})" if said else "")
        rows.append(f"| {what} | {cases:,} | {failed} | {' '.join(item.found)} |")
    form = (
        "the short form: fewer examples, shapes and patterns, articles of at most 5 MB"
        if quick
        else "the whole"
    )
    rows += [
        "",
        f"Written by `make torture{' QUICK=1' if quick else ''}` ({form}) on {time.strftime('%Y-%m-%d')}: "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, {seconds / 60:.0f} minutes.",
    ]
    return "\n".join(rows)


def main() -> None:
    """Run everything and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="the 5-minute form; the page stays as it is")
    parser.add_argument("--tested", action="store_true", help="leave out the tests: `make test` ran them")
    parser.add_argument("--only", choices=[item.name for item in ITEMS], help="one row of the table")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--output", type=Path, help="the page with the table between its marks")
    asked = parser.parse_args()
    if asked.output and asked.tested:
        parser.error("the page shows every row: give --output without --tested")
    start = time.monotonic()
    with ThreadPoolExecutor(asked.jobs) as pool:
        futures = [pool.submit(job) for job in work(quick=asked.quick, tested=asked.tested, only=asked.only)]
        outcomes = []
        for future in as_completed(futures):
            outcome = future.result()
            outcomes.append(outcome)
            print(
                f"{outcome.item:28} {outcome.cases:8,} cases {outcome.seconds:7.0f} s  {outcome.said}",
                flush=True,
            )
            for failure in outcome.failed:
                print(f"    FAILED {failure}", flush=True)
    made = table(outcomes, quick=asked.quick, seconds=time.monotonic() - start)
    if asked.output:
        page = asked.output.read_text("utf-8")
        before, rest = page.split(BEGIN)
        old, after = rest.split(END)
        made = again(old.strip(), made, asked.only) if asked.only else made
        asked.output.write_text(f"{before}{BEGIN}\n{made}\n{END}{after}", "utf-8")
    else:
        print(made)
    sys.exit(1 if any(o.failed for o in outcomes) else 0)


if __name__ == "__main__":
    main()
