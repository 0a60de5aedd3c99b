"""``python -m cleantext.prepare FILE``: work out all that the prefilters of the shipped rules look for, for a wheel to carry."""

from __future__ import annotations

import sys
from pathlib import Path

from cleantext.checks.boilerplate import families
from cleantext.checks.boilerplate.known_lines import known_lines
from cleantext.matching import prefilters
from cleantext.rulebook import shipped


def main(path: Path) -> None:
    """Write the file; raises OSError."""
    prefilters.sieves_of([card for card in shipped() if card.pattern is not None])
    known_lines()
    families.literals()
    prefilters.write_to(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
