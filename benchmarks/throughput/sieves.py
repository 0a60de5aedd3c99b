"""``python -m benchmarks.throughput.sieves``: work out again what the prefilters look for, after a pattern or word list changed.

Writes ``rules/sieves.json``, and ``line-literals.json`` and ``prose-literals.json`` in ``rules/boilerplate``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from cleantext.checks.boilerplate import families
from cleantext.checks.boilerplate.known_lines import known_lines
from cleantext.checks.boilerplate.line_sieve import FILE, literals_of
from cleantext.matching.sieves import derive, key_of
from cleantext.rulebook import shipped
from cleantext.rulefiles import rules_dir


def main() -> None:
    """Derive every shipped rule's sieve anew, and the literals of every pattern of a line."""
    sieves = {key_of(card): derive(card) for card in shipped() if card.pattern is not None}
    write(rules_dir() / "sieves.json", sieves)
    literals = {row.pattern: literals_of(row.pattern) for row in known_lines().rows}
    write(rules_dir() / "boilerplate" / FILE, literals)
    prose = {row.pattern: families.literals_of(row.pattern) for row in families.rows()}
    write(rules_dir() / "boilerplate" / families.LITERALS, prose)


def write(path: Path, found: dict[str, Any]) -> None:
    """Write one file, sorted, so that a change shows as one."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(dict(sorted(found.items()))), indent=0) + b"\n")
    print(f"{len(found)} written to {path}, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
