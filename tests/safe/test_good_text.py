"""No safe edit touches good text: verse, dialogue, results, code, letters, quotations in other languages …"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from safe_planting import GOOD, framed, planted

from cleantext import Cleaner

CLEANER = Cleaner()
FORMS = {
    name: text
    for name, text in GOOD.items()
    if name.startswith(("verse", "haiku", "letter", "digest")) or "headings" in name
}
"""Verse, letters, digests and guides: their short lines look like labels, bylines and headlines that stand twice."""
PHRASING = Cleaner(select=["encoding", "typography", "translation"])


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in GOOD.items()])
def test_good_text_alone_stays(text: str) -> None:
    assert CLEANER.fix(text).text == text


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in GOOD.items()])
def test_good_text_within_an_article_stays(text: str) -> None:
    article = framed(text)
    assert PHRASING.fix(article).text == article


@pytest.mark.parametrize("around", [str, framed], ids=["alone", "framed"])
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in FORMS.items()])
def test_lines_of_verse_letters_and_digests_are_not_shown_as_residue(
    text: str, around: Callable[[str], str]
) -> None:
    article = around(text)
    start = article.index(text)
    shown = [
        finding
        for finding in Cleaner(select=["boilerplate"], min_confidence=0.5).check(article).findings
        if finding.fixes and start <= finding.start < start + len(text)
    ]
    assert shown == []


@settings(max_examples=60, deadline=None)
@given(case=planted())
def test_good_text_stays_where_residue_and_damage_stand_around_it(case: tuple[str, str]) -> None:
    piece, article = case
    assert piece in PHRASING.fix(article).text


def test_there_is_good_text_of_many_kinds() -> None:
    assert len(GOOD) >= 100
