"""Encoding repair: ftfy's verdict with spans, reached without asking ftfy about every line."""

from __future__ import annotations

import re

import ftfy
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cleantext
from cleantext import Cleaner
from cleantext.checks.encoding import beyond
from cleantext.checks.encoding.check import changes
from cleantext.checks.encoding.repair import _CONTROL, _SUSPECT, find_repairs, find_repairs_slowly
from cleantext.edits import apply

CLEANER = Cleaner(select=["encoding"])

BITS = st.sampled_from(
    [
        "â€™",
        "Ã©",
        "Ã ",
        "&amp;",
        "&lt;",
        "&nbsp;",
        "<",
        ">",
        "é",
        "’",
        "“",
        "”",
        "–",
        "…",
        "™",
        "É",
        " ",
        "\n",
        "\r\n",
        "\x00",
        "\x07",
        "\x85",
        "\x9d",
        "\ufeff",
        "\u2028",
        "\ud800",
        "\udfff",
        "a",
        "word",
        "ß",
        "語",
        "🍎",
        "‰",
        "\u00ad",
    ]
)
BROKEN = st.one_of(st.lists(BITS, max_size=25).map("".join), st.text(max_size=60))


@given(BROKEN)
@example("&amp;\n<b>\n&amp;")
@example("“curly” only – and … dots’")
def test_the_gate_lets_through_all_that_ftfy_would_change(text: str) -> None:
    assert list(find_repairs(text)) == list(find_repairs_slowly(text))


def test_one_letter_beyond_ascii_is_never_mojibake_unless_it_is_suspect() -> None:
    from ftfy.badness import MOJIBAKE_CATEGORIES, is_bad

    letters = {
        ch for ch in re.sub(r"\\u[0-9a-f]{4}", "", "".join(MOJIBAKE_CATEGORIES.values())) if ch > "\x7f"
    }
    letters |= {chr(code) for code in range(0xA0, 0x250)}
    assert len(letters) > 500
    for letter in letters:
        around = [
            f"{left}{letter}{chr(right)}" for left in ("a", "Z", " ", ".", "0", "") for right in range(9, 127)
        ]
        lone = "|".join(part for part in around if not _CONTROL.search(part))
        assert _SUSPECT.search(lone) or not is_bad(lone), letter


@pytest.mark.parametrize(
    ("text", "tiers"),
    [
        ("They bring back the letter Â for words such as român.", ["review"]),
        ("The letter Ã is used in Portuguese.", ["review"]),
        ("The letter Â is used, and so is Ã in Portuguese.", ["review", "review"]),
        ("The letter Â is used in cafÃ©s.", ["safe", "safe"]),
        ("It costs Â£5 at most.", ["safe"]),
        ("DOS AÃ‘OS", ["safe"]),
    ],
)
def test_a_letter_that_may_be_meant_is_for_review_where_nothing_else_is_broken(
    text: str, tiers: list[str]
) -> None:
    assert [finding.applicability.value for finding in CLEANER.check(text).findings] == tiers


@given(BROKEN)
def test_small_edits_add_up_to_the_repaired_segment(text: str) -> None:
    for repair in find_repairs(text):
        at, parts = repair.start, []
        for start, end, fixed in changes(text, repair):
            assert at <= start <= end <= repair.end
            parts += [text[at:start], fixed]
            at = end
        assert "".join(parts) + text[at : repair.end] == repair.fixed


# Words that stay or are broken, each with a number of its own, and what may stand between them.
WORDS = st.sampled_from(
    ["w{}w", "Ã©w{}w", "w{}wÃ ", "w{}wâ€™s", "&amp;w{}w&#32;", "\x9bw{}w", "“w{}w”", "\x00w{}w\x00"]
)
GAPS = st.lists(
    st.sampled_from(
        [" ", "  ", " \x00 ", "\x00", " \x9b ", "&#32;", "&nbsp;", "\xa0", "\x85", " Ã  ", "\r\n", "\ufeff"]
    ),
    min_size=1,
    max_size=3,
).map("".join)


@given(st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=12), st.data())
def test_any_of_the_edits_leaves_every_word_in_its_place(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    text = "".join(word.format(number) + gap for number, (word, gap) in enumerate(parts))
    edits = [edit for f in CLEANER.check(text).findings if f.fix for edit in f.fix.edits]
    for edit in edits:
        assert _numbers(text[edit.start : edit.end]) == _numbers(edit.replacement)
    some = [edit for edit in edits if data.draw(st.booleans())]
    assert _numbers(apply(text, some).text) == [str(number) for number in range(len(parts))]


def _numbers(text: str) -> list[str]:
    return re.findall(r"w(\d+)w", text)


@pytest.mark.parametrize(
    ("text", "edits"),
    [
        ("\x9b \x00 Did he eat? \x00", [("\x9b", "›"), ("\x00", ""), ("\x00", "")]),
        ("one&#32;two three four", [("&#32;", " ")]),
        ("Ã© Ã© Ã©", [("Ã©", "é")] * 3),
        ("VoilÃ  le café Ã  la carte", [("Ã", "à"), ("Ã", "à")]),
    ],
)
def test_each_edit_is_one_word(text: str, edits: list[tuple[str, str]]) -> None:
    found = [edit for f in CLEANER.check(text).findings if f.fix for edit in f.fix.edits]
    assert [(text[edit.start : edit.end], edit.replacement) for edit in found] == edits


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "mac_roman"])
def test_misread_utf8_comes_back(wrong: str) -> None:
    text = "The mayor’s café – “closed” since May – reopens."
    try:
        misread = text.encode().decode(wrong)
    except UnicodeDecodeError:
        misread = text.encode().decode("latin-1")
    assert CLEANER.check(misread).fixed() == text


def test_one_bad_line_leaves_the_others_alone() -> None:
    report = CLEANER.check("It’s fine – really.\nThe cafÃ© too.\nNESTLÉ® stays.")
    assert [(f.rule, f.text) for f in report.findings] == [("EN001", "Ã©")]


def test_entities_are_left_alone_after_the_first_tag() -> None:
    text = "Marks &amp; Spencer\n<p>A &amp; B</p>\nC &amp; D"
    assert CLEANER.check(text).fixed() == "Marks & Spencer\n<p>A &amp; B</p>\nC &amp; D"
    assert ftfy.fix_text(text) == CLEANER.check(text).fixed()


def test_taste_is_not_touched() -> None:
    text = "“Curly”, ﬁne, ＦＵＬＬ, e\u0301, and a line\u2028separator\r\nstay.\r"
    assert CLEANER.check(text).findings == ()


def test_lone_surrogates_are_found_and_joined() -> None:
    assert CLEANER.check("An apple \ud83c\udf4e here.").fixed() == "An apple 🍎 here."


@pytest.mark.parametrize(
    "text",
    [
        "A page writes `&lt;` where it means the sign.",
        "The entity for it is &amp; in every browser.",
        "    <p>\n    Fish &amp; chips\n",
    ],
)
def test_an_entity_that_is_spoken_of_stays(text):
    assert cleantext.fix(text) == text


def test_a_closing_mark_that_lost_its_last_byte_is_no_dagger():
    assert cleantext.fix("â€œWe will see,â€ she said, and left.") == "“We will see,” she said, and left."


def test_half_a_repair_of_a_word_waits_for_a_person():
    broken = "The cafÃ©â€Xs were shut, and so was the other cafÃ© there."
    findings = [f for f in cleantext.check(broken).findings if f.rule == "EN001"]
    assert [f.applicability.value for f in findings if f.start < 20] in ([], ["review"])
    assert "Ã©â€Xs" in cleantext.fix(broken)


def test_an_inverted_question_mark_inside_a_word_stands_for_a_lost_sign():
    findings = cleantext.check("Mr Blair&#191;s plan, and caf&#233; tables.").findings
    assert [(f.text, f.applicability.value) for f in findings] == [("&#191;", "review"), ("&#233;", "safe")]


@given(st.text(st.sampled_from("ÃÂâÅÔô√‚\"',.aB @€\u00a0"), max_size=8))
def test_signs_beyond_ftfy_are_found_letter_by_letter(text: str) -> None:
    assert beyond.is_suspect(text) == (beyond._SUSPECT.search(text) is not None)
