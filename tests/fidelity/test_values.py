"""Numbers and dates read into values, and which values say the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleantext.fidelity.values import LANGUAGES, Strength, agree, licensed, read_values


def amounts(text: str, lang: str = "en") -> list[float]:
    return [v.amounts[0] for v in read_values(text, lang) if v.strength is not Strength.HINT]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two hundred and six thousand people", [206_000]),
        ("one hundred and twenty-five", [125]),
        ("two and a half million", [2_500_000]),
        ("1.2 million, $5 billion and 6.4 lakh", [1_200_000, 5e9, 640_000]),
        ("in the 1960s", [1960]),
        ("on May 24th, 2020", [5, 24, 2020]),
        ("12,345.67", [12_345.67]),
        ("from 150-200", [150, 200]),
        ("the final ended 2:1", [2, 1]),
        ("5 000 and 12,34,567", [5000, 1_234_567]),
        ("at 1747 hours, and again at 0123 hours", [17, 47, 1, 23]),
        ("after 1500 hours of work", [1500]),
        ("He bought it at Seven-Eleven for twenty-five euros", [25]),
        ("The chain Seven―Eleven opened", []),
        ("At 1747 hours", [17, 47]),
        ("He was 50/50 on it, and she fifty-fifty", []),
        ("He may go; both may go, a second time.", []),
        ("Write to a1@b2.org or call +49 30 1234567, see https://x.org/2020", []),
    ],
)
def test_english_numbers(text: str, expected: list[float]) -> None:
    assert amounts(text) == expected


def test_a_month_with_a_capital_is_a_name_where_months_are_written_small() -> None:
    assert amounts("В марте приехала Марта", "ru") == [3]
    assert amounts("In March", "en") == []  # march, too, is a word
    assert amounts("Im März kam sie", "de") == [3]


def test_spans_are_those_of_the_passage() -> None:
    text = "Some ３０ cars and forty-two buses"
    assert [text[v.start : v.end] for v in read_values(text, "en")][:2] == ["３０", "forty-two"]


@pytest.mark.parametrize(
    ("source", "lang", "target", "same"),
    [
        ("14.6万人", "zh", "146,000 deaths", True),
        ("14.6万人", "zh", "126,000 deaths", False),
        ("1.92万公顷", "zh", "192,000 hectares", False),
        ("令和2年", "ja", "in 2020", True),
        ("百分之二十", "zh", "20 percent", True),
        ("в шести десятках", "ru", "sixty", True),
        ("1億3千万円", "ja", "130 million yen", True),
    ],
)
def test_values_agree_across_languages(source: str, lang: str, target: str, same: bool) -> None:
    wanted = [v for v in read_values(source, lang) if v.strength is not Strength.HINT or "百分" in source]
    there = read_values(target, "en")
    assert all(licensed(v, there) for v in wanted[-1:]) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("10 miles", "16 km", True),
        ("10 miles", "10 km", True),  # the figure stands, whatever became of the unit
        ("100 km/h", "62 mph", True),
        ("30 °C", "86 °F", True),
        ("64,847 people", "65,000 people", True),
        ("64,847 people", "34,974 people", False),
        ("1979", "1980", False),
    ],
)
def test_units_and_rounding(one: str, other: str, same: bool) -> None:
    assert agree(read_values(one, "en")[0], read_values(other, "en")[0]) is same


def test_a_language_without_a_grammar_is_silent() -> None:
    assert read_values("5 7 9", "tlh") == ()


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(alphabet="0123456789.,:'- abcMXVI一二十百万年月日$%°’٣½²hundredtwo", max_size=60),
    lang=st.sampled_from(sorted(LANGUAGES)),
)
def test_any_text_reads_into_spans_in_order(text: str, lang: str) -> None:
    values = read_values(text, lang)
    assert all(0 <= v.start < v.end <= len(text) for v in values)
    assert [v.start for v in values] == sorted(v.start for v in values)
    assert all(v.amounts for v in values)


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "de",
            "zweihundertfünfzig und einundzwanzig, 3,5 Millionen, 20.30 Uhr",
            [250, 21, 3_500_000, 20, 30],
        ),
        ("fr", "quatre-vingt-dix-sept, soixante et onze, 20 000 et deux mille", [97, 71, 20_000, 2000]),
        ("es", "treinta y cinco mil millones, 3.000 millones", [35e9, 3e9]),
        ("it", "duecentocinquanta, tremila, 1,4 milioni", [250, 3000, 1_400_000]),
        ("pt", "vinte e cinco, 3,5 milhões", [25, 3_500_000]),
        ("nl", "vijfentwintig, drieëntwintig, tweehonderd", [25, 23, 200]),
        ("pl", "dwieście pięćdziesiąt tysięcy, 3,8 mln", [250_000, 3_800_000]),
        ("cs", "pětadvacet, dvě stě padesát", [25, 250]),
        (
            "ru",
            "двести пятьдесят тысяч, 3,5 млн, полтора миллиона, 24 июня 2022 года",
            [250_000, 3.5e6, 1.5e6, 24, 6, 2022],
        ),
        ("uk", "6,4 тисячі, п'ять", [6400, 5]),
        ("hi", "दो लाख पचास हज़ार, १२३", [250_000, 123]),
    ],
)
def test_numbers_of_other_languages(lang: str, text: str, expected: list[float]) -> None:
    assert amounts(text, lang) == expected
