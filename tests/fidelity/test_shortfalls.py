"""Sentences of which a part was left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.fidelity.align import align
from cleantext.fidelity.shortfalls import shortfalls

RUSSIAN = (
    "Гавань Торвика получила в понедельник новый причал, и его открыли триста гостей.\n"
    "Строительство причала стоило сорок миллионов евро и длилось два года.\n"
    "Рыбаки из Аалбю были довольны, и дети получили на берегу мороженое.\n"
    "Мэр Семён Бурдаков обещал построить рядом с причалом рынок, на котором по субботам будут продавать рыбу и хлеб, "
    "а город обещал дать на это ещё 850 тысяч, хотя рыбаки просили вдвое больше.\n"
    "Вечером над водой играл оркестр, и люди танцевали до самой ночи.\n"
    "На следующий день первые лодки уже вышли из гавани в море."
)
LONG = (
    "The mayor, Semyon Burdakov, promised to build a market beside the pier, where fish and bread will be sold on Saturdays, "
    "and the city promised another 850 thousand for it, though the fishermen had asked for twice as much."
)
SHORT = "The mayor, Semyon Burdakov, promised to build a market beside the pier."
ENGLISH = (
    "The port of Torvik got a new pier on Monday, and three hundred guests opened it.\n"
    "Building the pier cost forty million euros and took two years.\n"
    "The fishermen from Aalby were pleased, and the children got ice cream on the shore.\n"
    f"{LONG}\n"
    "In the evening an orchestra played over the water, and people danced far into the night.\n"
    "On the next day the first boats already left the harbour for the sea."
)
CLEANER = Cleaner(select=["FD010", "FD011", "FD013"])


def test_a_clause_left_out_with_its_figure_is_found() -> None:
    (finding,) = CLEANER.check(ENGLISH.replace(LONG, SHORT), original=RUSSIAN, original_lang="ru").findings
    assert finding.name == "missing-part" and finding.text == SHORT
    assert finding.original is not None and finding.original.text.startswith("Мэр")


def test_a_whole_translation_lacks_no_part() -> None:
    assert CLEANER.check(ENGLISH, original=RUSSIAN, original_lang="ru").findings == ()


def test_what_is_only_said_shorter_is_no_loss() -> None:
    shorter = SHORT[:-1] + " with fish and bread, for 850 thousand."
    text = ENGLISH.replace(LONG, shorter)
    assert CLEANER.check(text, original=RUSSIAN, original_lang="ru").findings == ()


@settings(max_examples=60, deadline=None)
@given(text=st.text(alphabet="Ab cd 15.\nЖж", max_size=400))
def test_a_text_beside_itself_lacks_no_part(text: str) -> None:
    assert list(shortfalls(align(text, "ru", text, "ru"))) == []
