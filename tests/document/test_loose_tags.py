"""Tags of any wording beside words in marks, and why words in marks have no speaker."""

from __future__ import annotations

import pytest

from cleantext.document.speakers import attribute


def only_direct(text: str) -> tuple[str, str | None, str | None]:
    """Return the one direct quotation of a text: its words, its speaker, and why it has none."""
    (found,) = [quotation for quotation in attribute(text) if quotation.kind == "direct"]
    speaker = None if found.speaker is None else text[found.speaker.start : found.speaker.end]
    return text[found.start : found.end].strip("\"“”'"), speaker, found.untold


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“We lost two days and nine boats,” growled Weiss.", "Weiss"),
        ('"We lost two days and nine boats", so Anna Weiss, member of the council.', "Anna Weiss"),
        (
            '"We lost two days and nine boats" - Anna Weiss, who leads the "Harbour for All" group, holds fast.',
            "Anna Weiss",
        ),
        ('"We lost two days and nine boats", has regretted the mayor of Lund.', "the mayor"),
        ('"We lost two days and nine boats", purports the document.', "the document"),
        ('"We lost two days and nine boats", he brought it to the point.', "he"),
        (
            'Anna Weiss opened the wall on Monday.\n"We lost two days and nine boats", said during a visit.',
            "Anna Weiss",
        ),
        ('"We lost two days and nine boats, said Anna Weiss."', "Anna Weiss"),
        ('"We lost two days and nine boats, she said.\nThe sea was calm.', "she"),
        ("As Channel 4 reports, “the wall broke in the night and nobody was there”.", "Channel 4"),
        ("Per the harbour guide:\n“The wall broke in the night and nobody was there.”", "the harbour guide"),
        ("“The harbour was full of boats.”\n– An****", "An****"),
        ("The night was described by dock hand Ada: “The wall broke and nobody came.”", "dock hand Ada"),
        (
            'For the architect Ada Weiss, "there is nothing worse than a wall that breaks."',
            "the architect Ada Weiss",
        ),
        ('Anna Weiss valued that, "They mended all of the wall in nine days."', "Anna Weiss"),
    ],
)
def test_a_tag_is_known_by_its_shape(text: str, who: str):
    assert only_direct(text)[1] == who


@pytest.mark.parametrize(
    "text",
    [
        '"We lost two days and nine boats", told the Berg Daily reporter Ada Weiss.',  # the hearer comes first
        '"We lost two days and nine boats," the paper\'s praise was typical of Lund.',
        '"We lost two days and nine boats," and then Weiss left the hall.',
    ],
)
def test_what_is_no_tag_names_nobody(text: str):
    assert only_direct(text)[1] is None


def test_words_end_where_a_tag_inside_the_marks_begins():
    assert (
        only_direct('"We lost two days and nine boats, said Anna Weiss."')[0]
        == "We lost two days and nine boats"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('The sea was calm. "We lost two days and nine boats."', "nobody-named"),
        ('Anna Weiss came on Monday. The sea was calm. "We lost two days and nine boats."', "not-told"),
        ('"The wall will hold until spring"\n\nThe sea was calm in the north of the bay.', "heading"),
        ('The sea was calm. "We lost two days and nine boats.\nThe town slept.', "unpaired-marks"),
        ("“We lost,” said Anna Weiss.", None),
    ],
)
def test_it_says_why_nobody_speaks(text: str, why: str | None):
    assert only_direct(text)[2] == why


@pytest.mark.parametrize(
    "text",
    [
        'The ferry left ". She said nothing of it to the crew."',
        'The wall broke. "said the mayor of the town.\nThe sea was calm.',
        "- “no harmful dyes in any of these boats”\n- “tested by hand”",
        "“I want to build my own boat”: Lund, Berg and Weiss sell kits.",
        "It has been called “the wall that sings.” The sea was calm.",
        "Never ever say, “It will not happen here.” The sea was calm.",
        "window.alert (\n'Do you want to leave the harbour now?'\n)",
        'The wall broke ".',
    ],
)
def test_labels_narration_and_code_are_no_speech(text: str):
    assert [quotation for quotation in attribute(text) if quotation.kind == "direct"] == []
