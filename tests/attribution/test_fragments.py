"""A speaker whose name is a part of some thing's name, or a people's or a place's, and nobody's surname."""

from __future__ import annotations

import pytest

from cleantext.article import Article
from cleantext.checks.attribution.context import AttributionContext
from cleantext.checks.attribution.evidence import is_fragment
from cleantext.checks.attribution.offices import offices
from cleantext.document import Document


def fragments(text: str) -> list[str]:
    """Return the speakers of a text that are fragments."""
    scene = AttributionContext(Document(Article(text=text)), offices())
    return [site.mention.text for site in scene.sites if is_fragment(scene.uses, site)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The Berlin Film Festival opens in May.\n\nMr Festival said more guests would come.", "Festival"),
        ("The Berlin Film Festival opens in May.\n\n“More guests will come,” said Mr Festival.", "Festival"),
        ("Leaders of the Muslim community met.\n\nMr Muslim said the house would be bought.", "Muslim"),
        ("The plane left New York.\n\nYork said the journey was long.", "York"),
    ],
)
def test_a_part_of_a_thing_s_name_is_no_speaker(text: str, who: str) -> None:
    assert fragments(text) == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Charlotte Church sang.\n\nMs Church said the hall was full.",
        "The Church Group grew.\n\nMr Church said so in May. Later Mr Church left, and Mr Church came back.",
        "The plane left New York.\n\nOfficials said the journey was long.",
    ],
)
def test_a_surname_is_no_fragment(text: str) -> None:
    assert fragments(text) == []
