"""Names in two spellings, names without a partner, quotations that became none or another's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.fidelity.align import align
from cleantext.fidelity.names import names, spelt_twice
from cleantext.fidelity.quotations import changes, quotations

CLEANER = Cleaner(select=["FD040", "FD041", "FD050", "FD051"], min_confidence=0.2)
RUSSIAN = (
    "Вчера Семён Бурдаков и Марта Кольцова спорили о причале. "
    "«Мы построим его до конца этого года», — обещал порту Бурдаков. Рыбаки слушали молча."
)
ENGLISH = (
    "Yesterday Semyon Burdakov and Marta Koltsova argued about the pier. "
    "“We will build it by the end of this year,” the mayor Burdakov promised. The fishermen listened in silence."
)


def found(text: str, original: str = RUSSIAN, lang: str = "ru") -> list[tuple[str, str]]:
    report = CLEANER.check(text, original=original, original_lang=lang)
    return [(f.name, f.text) for f in report.findings]


def test_a_true_translation_has_none() -> None:
    assert found(ENGLISH) == []


def test_a_quotation_in_another_mouth_is_shown_at_the_name() -> None:
    assert found(ENGLISH.replace("mayor Burdakov", "mayor Koltsova")) == [("quotation-moved", "Koltsova")]


def test_a_quotation_without_its_marks_is_shown() -> None:
    text = ENGLISH.replace("“", "").replace("”", "")
    assert [name for name, _ in found(text)] == ["quotation-lost"]


def test_a_name_in_a_second_spelling_is_shown_where_it_is_rarer() -> None:
    text = ENGLISH.replace("mayor Burdakov", "mayor Burdekov") + " Then old Burdakov left."
    assert found(text, RUSSIAN + " Затем ушёл и Бурдаков.") == [("name-spelt-twice", "Burdekov")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Torvikia", "Torvikian"), ("Kolt", "Koltsov"), ("Burdakov", "Burdakovs")],
)
def test_forms_of_a_name_are_no_spellings_of_it(one: str, other: str) -> None:
    text = f"Here came {one} on Monday. There was {other} on Tuesday."
    original = "Тогда приехал Бурдаков в понедельник. Там был Бурдаков во вторник."
    assert [name for name, _ in found(text, original) if name == "name-spelt-twice"] == []


def test_a_month_in_capitals_is_a_woman() -> None:
    cleaner = Cleaner(select=["FD004", "FD002"], min_confidence=0.1)
    assert cleaner.check(ENGLISH, original=RUSSIAN, original_lang="ru").findings == ()


TEXT = st.text(alphabet="Ab aB.«»“”\"'「」かキ\nЖж", max_size=200)


@settings(max_examples=80, deadline=None)
@given(text=TEXT)
def test_names_and_quotations_stand_where_they_say(text: str) -> None:
    alignment = align(text, "ru", text, "ru")
    for name in names(text, alignment.source, "ru"):
        assert text[name.start : name.end] == name.text
        sentence = alignment.source[name.sentence]
        assert sentence.start <= name.start < name.end <= sentence.end
    ends = [0]
    for quotation in quotations(text):
        assert ends[-1] <= quotation.start < quotation.end <= len(text)
        ends.append(quotation.end)


@settings(max_examples=80, deadline=None)
@given(text=TEXT)
def test_a_text_beside_itself_has_changed_nothing(text: str) -> None:
    alignment = align(text, "ru", text, "ru")
    found = names(text, alignment.source, "ru")
    assert list(changes(alignment, text, text, found, found)) == []
    assert all(one.original.text != one.usual for one in spelt_twice(alignment, found, found))
