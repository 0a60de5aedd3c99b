"""Broken rule files say file, line and what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleantext import Cleaner, Configuration
from cleantext.rulebook import RuleError, load_file, shipped
from cleantext.rulebook.selection import check_selectors, select

GOOD = r"""
category = "boilerplate"

[[rule]]
id = "SITE001"
name = "site-slogan"
summary = "The site's slogan"
why = "It stands under every article."
pattern = 'All the views that fit'
delete = true
applicability = "review"
[[rule.examples]]
bad = "It rained. All the views that fit"
good = "It rained. "
[[rule.near-misses]]
text = "All the news that fit"
"""


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def broken(tmp_path: Path, old: str, new: str) -> str:
    with pytest.raises(RuleError) as caught:
        load_file(write(tmp_path / "my.toml", GOOD.replace(old, new)))
    return str(caught.value)


def test_a_users_rule_runs_beside_the_shipped_ones(tmp_path: Path) -> None:
    path = write(tmp_path / "my.toml", GOOD)
    report = Cleaner(Configuration(rules=(str(path),))).check("It rained. All the views that fit")
    assert [(f.rule, f.category) for f in report.findings] == [("SITE001", "boilerplate")]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('[[rule.near-misses]]\ntext = "All the news that fit"', "", "has no near-miss"),
        (
            '[[rule.examples]]\nbad = "It rained. All the views that fit"\ngood = "It rained. "',
            "",
            "has no example",
        ),
        ('id = "SITE001"', 'id = "site1"', "has no usable id"),
        ('id = "SITE001"', 'id = "SITE001"\nwhere = {x = "persona"}', 'unknown class "persona" in `where`'),
        ('id = "SITE001"', 'id = "SITE001"\nwhere = {x = "person"}', 'names a group "x" in `where`'),
        ('why = "', 'wy = "', "Did you mean `why`?"),
        ('applicability = "review"', 'applicability = "sure"', "applicability"),
        ('category = "boilerplate"', "", "has no category"),
        ('category = "boilerplate"', 'category = "boilerplat"', "Did you mean boilerplate?"),
        ("delete = true", "", "offers no fix"),
        ("'All the views that fit'", "'{saidd} fit'", "did you mean said"),
        ("why = ", "why ", "is not TOML"),
    ],
)
def test_a_broken_card_names_the_place_and_the_cure(tmp_path: Path, old: str, new: str, message: str) -> None:
    shown = broken(tmp_path, old, new)
    assert message in shown
    assert "my.toml:" in shown


def test_the_line_is_that_of_the_rule(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"my\.toml:18: rule \"SITE002\""):
        load_file(write(tmp_path / "my.toml", GOOD + '\n[[rule]]\nid = "SITE002"\n'))


def test_a_pattern_that_does_not_compile_is_the_rules_fault(tmp_path: Path) -> None:
    path = write(tmp_path / "my.toml", GOOD.replace("'All the views that fit'", "'All (the'"))
    with pytest.raises(RuleError, match="does not compile"):
        Cleaner(Configuration(rules=(str(path),)))  # before any article is read


def test_an_id_is_never_used_twice(tmp_path: Path) -> None:
    path = write(tmp_path / "my.toml", GOOD.replace("SITE001", "TY001"))
    with pytest.raises(RuleError, match="is taken by rules/typography"):
        Cleaner(Configuration(rules=(str(path),)))


def test_a_hostile_pattern_is_stopped_by_the_time_limit(tmp_path: Path) -> None:
    path = write(tmp_path / "my.toml", GOOD.replace("'All the views that fit'", r"'\b(?:a|aa)+\b$'"))
    cleaner = Cleaner(Configuration(rules=(str(path),), select=("SITE001",), rule_time_limit=0.1))
    report = cleaner.check("a" * 60 + "!")
    assert report.findings == ()
    assert report.trouble == ("rule SITE001 ran over its time limit of 0.1 s and was left out",)


def test_the_longer_selector_wins() -> None:
    ids = {card.id for card in select(shipped(), ["typography"], ["TY00"])}
    assert "TY001" not in ids
    assert "TY012" in ids
    ids = {card.id for card in select(shipped(), ["TY001"], ["TY"])}
    assert ids == {"TY001"}


def test_an_unknown_rule_names_its_nearest() -> None:
    with pytest.raises(ValueError, match="Did you mean typography"):
        check_selectors(["typografy"], shipped())
