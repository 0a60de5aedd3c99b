"""Where the shipped rules lie: ``rules/`` of a checkout, ``cleantext/_rules`` of an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def rules_dir() -> Path:
    """Return the folder of the shipped rules.

    Raises FileNotFoundError where neither folder exists: a broken installation.
    """
    here = Path(__file__).resolve().parent
    for folder in (installed_rules(), here.parent / "rules"):
        if folder is not None and folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"no rules beside {here}: the installation is incomplete. Reinstall cleantext-rules."
    )


def installed_rules() -> Path | None:
    """Return the folder that a wheel brings, with what was worked out when it was built; None in a checkout."""
    folder = Path(__file__).resolve().parent / "_rules"
    return folder if folder.is_dir() else None
