"""Rules that were taken out: their ids stay taken, and whoever asks for one learns why it went."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from cleantext.rulefiles import rules_dir


@cache
def retired() -> Mapping[str, str]:
    """Return each retired id with the reason, a sentence."""
    reasons: dict[str, str] = tomllib.loads((rules_dir() / "retired.toml").read_text("utf-8"))
    return reasons
