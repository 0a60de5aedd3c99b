"""Print the safe ledger: for each rule and kind of line n, right, lower bound, on which text, judged by whom.

python -m benchmarks.safe                          # the rows as they stand
python -m benchmarks.safe --write                  # read verdicts and the rows of lines anew, keep the others
python -m benchmarks.safe --data DIR --write       # plant anew and judge pages anew, too
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from benchmarks.safe import lines, page, planted, read
from benchmarks.safe.evidence import rows
from cleantext.rulebook.ledger import Row, ledger

PLANTED = frozenset(planted.DAMAGES)


def measured(data: Path | None) -> Mapping[str, Row]:
    """Return the rows: of what was planted and of pages as they stand in the ledger where no data is given.

    Where planting and reading both speak of a rule the planted row stands, unless a reader found more than one wrong.
    """
    known = ledger()
    if data:
        by_planting, by_pages = rows(planted.judged(data)), rows(lines.judged(data))
    else:
        by_planting = {name: row for name, row in known.items() if name in PLANTED}
        by_pages = {name: row for name, row in known.items() if name in lines.KINDS}
    by_reading = rows(read.judged())
    found = {**by_reading, **by_pages, **lines.rows_of_lines()}
    for name, row in by_planting.items():
        if name in by_reading and by_reading[name].wrong > 1:
            continue
        found[name] = row
    return dict(sorted(found.items()))


def main() -> None:
    """Print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data",
        type=Path,
        help="directory of the labelled pages and of phrasing_human.jsonl.gz, to plant in anew",
    )
    parser.add_argument("--write", action="store_true", help="write rules/safe.toml and docs/safe.md")
    chosen = parser.parse_args()
    found = measured(chosen.data) if chosen.data or chosen.write else ledger()
    print(
        f"{'rule or kind of line':42} {'kind':22} {'n':>6} {'right':>6} {'articles':>8} {'bound':>6}  text; judge"
    )
    for name, row in found.items():
        mark = "safe" if row.holds else f"waits: {row.lacking}"
        print(
            f"{name:42} {row.kind:22} {row.cases:6} {row.cases - row.wrong:6} {row.articles:8} {row.bound:6.3f}"
            f"  {row.text}; {row.judge}  [{mark}]"
        )
    if chosen.write:
        page.write(found)


if __name__ == "__main__":
    main()
