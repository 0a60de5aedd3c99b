"""Runs of capitals found in C are those that the expression finds."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleantext.document import runs

PIECES = [
    "A", "Z", "É", "Ⅷ", "ǅ", "Ɐ", "b", "é", "ß", "7", "_", "²", "\u0301", " ", "\u00a0", "\u2009", "\n", ".", "-", "'", "’", "\ud800",
    "de", "del", "della", "al", "al-", "el-", "la", "los", "van", "der", "y", "of", "of the", "for", "&", "the",
    "Mr", "Mr.", "Gov.", "Jr.", "xMr.", "J.", "U.S.", "O’Brien", "Jean-Claude", "Smith", "Smith's", "de la ", " van der ", " of the ",
]  # fmt: skip


@settings(max_examples=1_500)
@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30).map("".join))
@example("A de la B al-C J.de D. Mr. E F of the G of\u00a0H & I")
@example("A-B-ccc-dd'eee’f Mr.G xMr.H")
@example(" ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
@example("A of")
@example("A de la")
@example("A al-")
def test_both_find_the_same(in_c, text):
    in_c("cleantext.document._runs")
    assert runs.capital_runs(text) == runs.capital_runs_slowly(text)
