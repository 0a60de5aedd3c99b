"""`cleantext quotes`: who said what."""

from __future__ import annotations
