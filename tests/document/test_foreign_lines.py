"""Lines in another language than the English article that they stand in."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext.cleaner import Cleaner
from cleantext.document.garble import garble
from cleantext.document.language import english_lines, is_foreign, words_of, words_slowly

FRENCH = "Le conseil a voté lundi la fermeture du vieux pont, que les camions empruntent depuis que la route est inondée."
ENGLISH = (
    "The council voted on Monday to close the old bridge, which lorries have used since the road was flooded."
)
MANUAL = [
    "A ferry carries cars and people until the engineers have found out what a new bridge would cost the town.",
    "- Personne dans le port ne croit qu'il sera prêt avant l'été, et le maire ne veut pas non plus le promettre.",
    ENGLISH,
    FRENCH,
    "Choose the boat that you want to look at, and its crew is shown in the list below the map of the harbour.",
    "- Si vous cochez cette option, la liste des bateaux est affichée sous la carte du port et dans la fenêtre.",
    "Each boat has a name and a number, and the list can be sorted by either of them with a click on its head.",
    "- Avec ces deux boutons, vous pouvez enregistrer votre travail ou revenir à la liste que vous aviez avant.",
]


@pytest.mark.parametrize(
    "line",
    [
        FRENCH,
        "- Wenn die Option aktiviert ist",
        "Дорога закрыта",
        "設定はすべて記録されます。",
        "Si marca esta opción, los valores de la lista",
    ],
)
def test_is_foreign(line: str) -> None:
    assert is_foreign(line)


@pytest.mark.parametrize(
    "line",
    [
        ENGLISH,
        "",
        "12",
        "Yes",
        "Save as",
        "Guerra de la Paz, Der Spiegel and Le Monde said that it was over",
        "The minister of the Interior has declared that it is a matter of the half of the agents of the region.",
        "It is the fault of the SNCF, according to Le Figaro.",
    ],
)
def test_is_not_foreign(line: str) -> None:
    assert not is_foreign(line)


def test_only_the_other_lines_are_kept() -> None:
    assert english_lines(f"{ENGLISH}\n{FRENCH}\n{ENGLISH}") == f"{ENGLISH}\n{ENGLISH}"
    assert english_lines(ENGLISH) is ENGLISH


def test_a_manual_half_in_another_language_is_no_machine_translation() -> None:
    assert garble("\n".join(MANUAL)).probability < 0.3


def test_nothing_is_said_of_a_text_that_is_mostly_in_another_language() -> None:
    assert garble("\n".join([FRENCH] * 6 + [ENGLISH] * 2)).probability == pytest.approx(0.1, abs=1e-6)


def test_rules_for_english_are_silent_in_lines_in_another_language() -> None:
    found = [f for f in Cleaner().check("\n".join(MANUAL)).findings if f.confidence >= 0.5]
    assert not found


def test_french_spacing_is_right_in_a_french_line() -> None:
    text = "\n".join(
        [
            *MANUAL,
            "Le maire a promis deux choses\u00a0: un bac dans la semaine, et une réponse des ingénieurs.",
        ]
    )
    assert not [f for f in Cleaner().check(text).findings if f.rule == "TY001" and f.confidence >= 0.5]


@given(st.one_of(st.text(), st.text(st.sampled_from("aBz Z09_-.'\n\t\x1f\x7féÉİſ"))))
@example("\x00a\x1fb_c9d\x7fe")
def test_words_of_ascii_are_those_of_the_expression(text: str) -> None:
    assert words_of(text) == words_slowly(text.lower())
