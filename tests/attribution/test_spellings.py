"""Spellings of one name: the count of edits is that of the plain table, as far as it is looked at."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleantext.checks.attribution.context import _edits, is_near_spelling, spelt_from


def plain(one: str, other: str) -> int:
    """Optimal string alignment: letters lost, added, changed, or two neighbours turned round."""
    table = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, letter in enumerate(one, 1):
        for j, facing in enumerate(other, 1):
            table[i][j] = min(
                table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (letter != facing)
            )
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == facing:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@given(st.text("abc", max_size=9), st.text("abc", max_size=9))
def test_edits_are_those_of_the_plain_table(one: str, other: str) -> None:
    assert min(3, _edits("x" + one, "x" + other)) == min(3, plain("x" + one, "x" + other))


def test_a_name_is_near_what_differs_by_a_letter_or_two() -> None:
    words = ["Herrera", "Müller", "Ebeling", "Élie", "Lee"]
    assert is_near_spelling(spelt_from(words, "h"), "Herera")
    assert is_near_spelling(spelt_from(words, "m"), "Muler")
    assert is_near_spelling(spelt_from(words, "e"), "Elia")
    assert not is_near_spelling(spelt_from(words, "h"), "Herrera")
    assert not is_near_spelling(spelt_from(words, "e"), "Ebelings")
    assert not is_near_spelling(spelt_from(words, "l"), "Lea")
