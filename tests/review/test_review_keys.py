"""The keys that a decision hangs on."""

from __future__ import annotations

from pathlib import Path

import msgspec

from cleantext.article import Article
from cleantext.finding import Applicability, Finding, replace
from cleantext.review.keys import document_id, group_key, rule_version
from cleantext.rulebook import Card, NearMiss


def finding(text: str, new: str) -> Finding:
    return Finding(
        "TST001",
        "teh",
        "typography",
        0,
        len(text),
        text,
        "",
        Applicability.REVIEW,
        0.7,
        (replace(0, 3, new),),
    )


def card(**changes: object) -> Card:
    plain = Card(
        id="TST001",
        name="teh",
        summary="s",
        why="w",
        applicability=Applicability.REVIEW,
        pattern="teh",
        fix="the",
    )
    return msgspec.structs.replace(plain, **changes)


def test_case_and_blank_space_do_not_part_a_group() -> None:
    assert group_key(finding("teh  end", "the")) == group_key(finding("Teh\nend", "the"))


def test_another_proposal_is_another_group() -> None:
    assert group_key(finding("teh", "the")) != group_key(finding("teh", "ten"))


def test_a_changed_pattern_is_a_new_version() -> None:
    assert rule_version(card()) != rule_version(card(pattern="tehh"))
    assert rule_version(card()) != rule_version(card(fix="The"))


def test_words_about_a_rule_and_exceptions_leave_its_version() -> None:
    changed = card(why="other", unless=("x",), near_misses=(NearMiss("x"),), confidence=0.1)
    assert rule_version(card()) == rule_version(changed)


def test_an_article_is_named_by_its_id_then_its_place_then_its_text(tmp_path: Path) -> None:
    article = Article(text="t")
    below = str(tmp_path / "sub" / "a.txt")
    assert document_id(below, None, Article(text="t", id="7"), tmp_path) == "id:7"
    assert document_id(below, None, article, tmp_path) == "path:sub/a.txt"
    assert document_id(below, 3, article, tmp_path) == "path:sub/a.txt#3"
    elsewhere = document_id("/nowhere/a.txt", None, article, tmp_path)
    assert elsewhere.startswith("text:")
    assert document_id("-", None, article, tmp_path) == elsewhere
    assert document_id("-", None, Article(text="u"), tmp_path) != elsewhere
