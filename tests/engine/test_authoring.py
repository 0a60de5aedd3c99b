"""What is given to people who write rules holds by itself."""

from __future__ import annotations

import tomllib
from pathlib import Path

import jsonschema
import pytest

from cleantext import Cleaner, Configuration
from cleantext.rulebook import load, shipped
from cleantext.rulebook.authoring import next_id, scaffold, schema
from cleantext.rulefiles import rules_dir
from cleantext.trial import try_cards


def test_a_scaffold_passes_its_own_tests(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    path.write_text(scaffold("SITE", "site-slogan", "boilerplate", shipped()), "utf-8")
    cards = [card for card in load([path]) if card.id == "SITE001"]
    cleaner = Cleaner(Configuration(rules=(str(path),), select=("SITE001",)), min_confidence=0.0)
    assert try_cards(cards, cleaner) == []


def test_an_id_is_above_every_one_that_is_taken() -> None:
    taken = [int(card.id[2:]) for card in shipped() if card.id.startswith("TY")]
    assert next_id("TY", shipped()) == f"TY{max(taken) + 1:03}"


@pytest.mark.parametrize(
    ("letters", "name", "category"),
    [("site", "a", "boilerplate"), ("SITE", "A b", "boilerplate"), ("SITE", "a", "boiler")],
)
def test_what_cannot_be_is_refused(letters: str, name: str, category: str) -> None:
    with pytest.raises(ValueError, match=r"not|unknown"):
        scaffold(letters, name, category, shipped())


@pytest.mark.parametrize("path", sorted(rules_dir().glob("*/*.toml")), ids=lambda path: path.name)
def test_every_shipped_rule_file_fits_the_schema(path: Path) -> None:
    raw = tomllib.loads(path.read_text("utf-8"))
    if "rule" in raw:
        jsonschema.validate(raw, schema())
