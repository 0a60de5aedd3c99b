"""Print the safe ledger: for each rule and kind of line n, right, lower bound, on which text, judged by whom.

    python -m benchmarks.safe                          # the rows as they stand
    python -m benchmarks.safe --write                  # read verdicts anew, keep what was planted
    python -m benchmarks.safe --data DIR --write       # plant anew, too

Other evidence joins by a module here that gives `evidence.Judged` cases, named in ``SOURCES``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.safe import page, planted, read
from benchmarks.safe.evidence import Judged, rows
from cleantext.rulebook.ledger import Row, ledger

PLANTED = frozenset(planted.DAMAGES)


def measured(data: Path | None) -> Mapping[str, Row]:
    """Give the rows: planted ones as they stand in the ledger where no data is given, read ones always anew.

    Where both speak of a rule the planted row stands, unless a reader found more than one wrong.
    """
    known = ledger()
    cases: Iterable[Judged] = planted.judged(data) if data else ()
    by_planting = rows(cases) if data else {name: row for name, row in known.items() if name in PLANTED}
    by_reading = rows(read.judged())
    others = {name: row for name, row in known.items() if name[:2] not in ("EN", "TY", "MT")}
    found = {**others, **by_reading}
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
    parser.add_argument("--data", type=Path, help="directory of phrasing_human.jsonl.gz, to plant in anew")
    parser.add_argument("--write", action="store_true", help="write rules/safe.toml and docs/safe.md")
    chosen = parser.parse_args()
    found = measured(chosen.data) if chosen.data or chosen.write else ledger()
    print(f"{'rule':12} {'kind':22} {'n':>6} {'right':>6} {'articles':>8} {'bound':>6}  text; judge")
    for name, row in found.items():
        mark = "safe" if row.holds else f"waits: {row.lacking}"
        print(
            f"{name:12} {row.kind:22} {row.cases:6} {row.cases - row.wrong:6} {row.articles:8} {row.bound:6.3f}"
            f"  {row.text}; {row.judge}  [{mark}]"
        )
    if chosen.write:
        page.write(found)


if __name__ == "__main__":
    main()
