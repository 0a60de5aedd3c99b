"""What a rule is: the card, loading and validation, lexicon slots, measured confidence."""

from cleantext.rulebook.card import CATEGORIES, Band, Card, Example, NearMiss
from cleantext.rulebook.loading import load, load_file, shipped
from cleantext.rulebook.problems import RuleError

__all__ = [
    "CATEGORIES",
    "Band",
    "Card",
    "Example",
    "NearMiss",
    "RuleError",
    "load",
    "load_file",
    "shipped",
]
