from __future__ import annotations

import pytest

from cleantext.checks.translation.reporting import inserted_clauses


def mended(text: str) -> str:
    for one in reversed(list(inserted_clauses(text, 0, len(text)))):
        text = text[: one.start] + one.replacement + text[one.end :]
    return text


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (
            "“The dam will hold – said the engineer -. We checked it.”",
            "“The dam will hold,” said the engineer. “We checked it.”",
        ),
        (
            '"The dam will hold - explained Mr Bosco -, and we checked it."',
            '"The dam will hold," explained Mr Bosco, "and we checked it."',
        ),
        (
            "«The dam will hold —says the engineer—. We checked it.»",
            "«The dam will hold,» says the engineer. «We checked it.»",
        ),
        ("“Will it hold? – said the engineer -. It must.”", "“Will it hold?” said the engineer. “It must.”"),
    ],
)
def test_the_quotation_closes_before_the_clause_and_opens_after_it(text, good):
    assert mended(text) == good


@pytest.mark.parametrize(
    "text",
    [
        "The dam will hold – said the engineer -. We checked it.",
        "“The dam will hold” – said the engineer -. We checked it.",
        "“The dam – a wall of clay -. It will hold.”",
    ],
)
def test_without_an_open_quotation_or_a_reporting_verb_it_is_left_alone(text):
    assert mended(text) == text
