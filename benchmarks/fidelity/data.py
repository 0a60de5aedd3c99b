"""Articles with their translations, cut and merged in known ways."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def pick(key: str, n: int) -> int:
    """Return a number below ``n`` that depends on the key alone."""
    return int(hashlib.md5(key.encode()).hexdigest(), 16) % n


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Read ``NAME.jsonl.gz`` of a folder."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def arguments(doc: str | None) -> argparse.Namespace:
    """Read ``--data``, ``--half`` and ``--every``."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--data", type=Path, required=True, help="folder with the gold files")
    parser.add_argument(
        "--half", type=int, choices=(0, 1), default=0, help="which half, by a hash of the id, to learn on"
    )
    parser.add_argument("--every", type=int, default=1, help="one document in so many, by a hash of its id")
    return parser.parse_args()
