"""Words become classes that say nothing about an article's topic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.document import wordclasses
from cleantext.document.wordclasses import WordClasses

CLASSES = WordClasses(
    {"the", "said", "don't", "of"}, {"ed", "on"}, {"<nation>": ["Syrian"], "<foreign>": ["EIIL", "jusqu"]}
)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("The minister of", "the x of"),
        ("declared Paris election", "xed X xon"),
        ("don’t don't", "don't don't"),
        ("Efe's nation's", "X's x's"),
        ("l'", "l'"),
        ("ISIL US", "AA AA"),
        ("EIIL jusqu' jusqu’ syrian Syrian", "<foreign> <foreign> <foreign> x <nation>"),
        ("états État", "xé Xé"),
        ("anti-war Jean-Marc", "h h"),
        ("7,8 1,200 1999 2015. 35", "<n,> <n> <y> <y> . <n>"),
        ('“The said”, " said', '"( the said ") , " said'),
        ("« the »", '" the "'),
        ("– — -", "- - -"),
        ("#x", "? x"),
    ],
)
def test_classes_of_a_text(text: str, classes: str) -> None:
    assert CLASSES.of(text) == classes.split()


@given(st.text())
def test_remembered_classes_are_the_same(text: str) -> None:
    assert (
        CLASSES.of(text)
        == CLASSES.of(text)
        == [name for word in text.split() for name in CLASSES.classes_of(word)]
    )


def test_only_so_many_words_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordclasses, "_REMEMBERED", 10)
    classes = WordClasses(set(), set())
    classes.of(" ".join(map(str, range(1000))))
    assert len(classes) <= 10


def test_a_very_long_word_is_not_remembered() -> None:
    classes = WordClasses(set(), set())
    classes.of("x" * 1000)
    assert not classes
