"""Which pattern rules can fire in a text (prefilter), and where they do (verifier)."""

from cleantext.matching.engine import PatternEngine

__all__ = ["PatternEngine"]
