"""The modules that are built in C where there is a compiler; each has a twin in Python that does the same work."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def compiled(name: str) -> Any:
    """Give a module in C by its full name, None where it was not built, or built for another Python."""
    try:
        return import_module(name)
    except ImportError:
        return None
