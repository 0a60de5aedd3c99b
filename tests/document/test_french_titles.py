"""Where "M." is Monsieur, and where it is somebody's first letter."""

from __future__ import annotations

import pytest

from cleantext import Article
from cleantext.document import Document


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("They spoke with M. Duval about the boats.", False),
        ("The captain, Maria Duval, came late. M. Duval rows at stroke.", False),
        ("They spoke with M. Duval and Mme Hare about the boats.", True),
        ("They spoke with M. Duval. M. Hare was not asked.", True),
        ("The captain, Pierre Duval, came late. M. Duval rows at stroke.", True),
    ],
)
def test_an_article_shows_whether_m_is_a_title(text, titled):
    assert Document(Article(text=text)).knows("french-titled", "Duval") is titled


def test_titles_are_looked_for_only_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleantext.document.french_titled", lambda *_: pytest.fail("nobody asked"))
    assert Document(Article(text="They spoke with Pierre Duval and M. Hare.")).knows("person", "Duval")
