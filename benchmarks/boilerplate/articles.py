"""The labelled articles that the line model is trained and judged on, as rows of features."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def load(path: Path) -> list[dict[str, Any]]:
    """Read articles: ``{id, url, host, title, source, lines: [{text, keep}]}``."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def source_of(article: Mapping[str, Any]) -> str:
    """Name the data set that an article comes from; the files name the field differently, one has none."""
    return str(article.get("source") or article.get("src") or "polnear")
