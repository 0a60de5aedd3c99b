"""How time grows: with the size of one article, with its lines, with rules that do not fire."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.throughput.articles import article, made
from cleantext import Cleaner, Configuration

_CARD = """
[[rule]]
id = "LOAD{number}"
name = "load-{number}"
summary = "A rule that does not fire"
why = "It measures what rules cost that have nothing to say."
pattern = '\\b{word} (?:of|in) the {other}\\b'
delete = true
applicability = "review"
[[rule.examples]]
bad = "x"
good = "y"
[[rule.near-misses]]
text = "z"
"""


def _seconds(cleaner: Cleaner, texts: list[str]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for text in texts:
            cleaner.check(text)
        best = min(best, time.process_time() - start)
    return best


def rule_file(count: int, folder: Path) -> Path:
    """Write a rule file with ``count`` rules of words that no article holds."""
    random_ = random.Random(count)
    letters = "bcdfghjklmnpqrstvwxz"
    parts = ['category = "boilerplate"\n']
    for number in range(count):
        word, other = ("".join(random_.choices(letters, k=9)) for _ in range(2))
        parts.append(_CARD.format(number=number, word=word, other=other))
    path = folder / f"load-{count}.toml"
    path.write_text("".join(parts), "utf-8")
    return path


def measure(cleaner: Cleaner, *, largest: int = 10_000_000) -> dict[str, Any]:
    """Return microseconds a KB for articles of each shape and size, and for each number of rules."""
    table: dict[str, Any] = {"size": {}, "rules": {}}
    for size in (1_000, 10_000, 100_000, 1_000_000, largest):
        for shape, one_line in (("lines", False), ("one line", True)):
            texts = [article(seed, size=size, one_line=one_line) for seed in range(max(1, 300_000 // size))]
            total = sum(map(len, texts))
            table["size"][f"{size} {shape}"] = 1e6 * _seconds(cleaner, texts) / (total / 1000)
    # Lines of some 45 letters, 220,000 of them: sentences, and sentences cut off, of which most are findings.
    for shape, stop in (("short sentences", "."), ("sentences cut off", "")):
        lines = [" ".join(article(seed, size=50).split()[:8]) + stop for seed in range(20_000)]
        short = "\n".join(lines) + "\n"
        repeated = short * max(1, largest // len(short))
        table["size"][f"{largest} {shape}"] = 1e6 * _seconds(cleaner, [repeated]) / (len(repeated) / 1000)
    texts = made(60)
    total = sum(map(len, texts))
    with tempfile.TemporaryDirectory() as name:
        for count in (10, 300, 3_000, 10_000):
            path = rule_file(count, Path(name))
            configuration = Configuration(rules=(str(path),), select=("LOAD",))
            table["rules"][str(count)] = 1e6 * _seconds(Cleaner(configuration), texts) / (total / 1000)
    table["import seconds"] = _import_cost()
    table["peak memory MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return table


def _import_cost() -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import cleantext; cleantext.check('A short text.')"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def lines(table: dict[str, Any]) -> list[str]:
    """Return the table as text."""
    rows = ["", "growth: microseconds a KB"]
    rows += [f"  {name:24} {value:10.1f}" for name, value in table["size"].items()]
    rows += ["rules that do not fire: microseconds a KB"]
    rows += [f"  {name:24} {value:10.1f}" for name, value in table["rules"].items()]
    rows += [f"first check in a new process: {table['import seconds']:.2f} CPU s"]
    return rows
