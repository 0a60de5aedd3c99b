"""Half of a correction is none: an edit that leans on a refused one falls with it, and only such an edit does."""

from __future__ import annotations

import pytest

from cleantext.editor.judging import judge
from tests.editor.test_editor_planted import made


@pytest.mark.parametrize(
    ("text", "reply", "stays"),
    [
        pytest.param(
            "The council said that the towns not Vedrin the old bridge of the valley.",
            "The council said that the towns do not repair the old bridge of the valley.",
            "The council said that the towns not Vedrin the old bridge of the valley.",
            id="an auxiliary without its verb",
        ),
        pytest.param(
            "From then ran Otto Lind, a very good smith was, the mill of Brandt and the shop.",
            "From then on Otto Lind, who was a very good smith, ran the mill and the shop.",
            "From then ran Otto Lind, a very good smith was, the mill of Brandt and the shop.",
            id="a verb that would stand twice",
        ),
        pytest.param(
            "The law limits the right of clubs to perform those members legal aid position, since the spring.",
            "The law limits the right of clubs to assist those members, since the spring.",
            "The law limits the right of clubs to perform those members legal aid position, since the spring.",
            id="a verb whose object stays",
        ),
        pytest.param(
            "The mayor is tired and angry as does not import who in the council.",
            "The mayor is as tired and angry as anyone in the council.",
            "The mayor is tired and angry as does not import who in the council.",
            id="the first word of a pair",
        ),
        pytest.param(
            "This bridge, as the engineers of the town warned in the spring, is in a bad state.",
            "These bridges, as the engineers of the town warned in the spring, are in a bad state.",
            "This bridge, as the engineers of the town warned in the spring, is in a bad state.",
            id="a verb in the number of a noun that stays",
        ),
        pytest.param(
            "The cameras saw a hooded that ran from the mill while a boat waited with his bags on the river.",
            "The cameras saw the hooded men who ran from the mill while a boat waited with their bags on the river.",
            "The cameras saw a hooded that ran from the mill while a boat waited with his bags on the river.",
            id="a pronoun in the number of a person that is refused",
        ),
        pytest.param(
            "The chemist Karin Lund put in himself same the first dose in the mill.",
            "The chemist Karin Lund put the first dose into herself in the mill.",
            "The chemist Karin Lund put in himself same the first dose in the mill.",
            id="a reflexive that would be missing",
        ),
        pytest.param(
            "It should according to a neighbor the dog of Vedrin often beaten have.",
            "According to a neighbour, the dog of Holm was often beaten.",
            "It should according to a neighbor the dog of Vedrin often beaten have.",
            id="a comma after which nothing goes on",
        ),
        pytest.param(
            "On the lake they have been labelled beyond 12 boats and the guests with their dogs lament of the price.",
            "On the lake, more than 12 boats were labeled, and the guests with their dogs complain of the price.",
            "On the lake they have been labelled beyond 12 boats and the guests with their dogs complain of the price.",
            id="a word that would come back in another spelling",
        ),
        pytest.param(
            "The driver has the woman not seen, because him the deep sun dazzled.",
            "The driver had not seen the woman, because the deep sun dazzled her.",
            "The driver had not seen the woman, because him the deep sun dazzled.",
            id="a pronoun that would be missing",
        ),
    ],
)
def test_an_edit_falls_with_the_one_that_it_leans_on(text: str, reply: str, stays: str) -> None:
    assert made(text, reply) == stays
    assert any(
        "it leans on an edit that was refused" in refusal.reason for refusal in judge(text, reply).refused
    )


def test_of_two_that_break_a_guard_together_neither_stands() -> None:
    text = "The patient has told to the doctor that the leg does not hurt."
    assert made(text, "The patient was told by the doctor that the leg does not hurt.") == text


@pytest.mark.parametrize(
    ("text", "reply", "after"),
    [
        pytest.param(
            "The guests that came from Oslo has seen the mill of Lund and payed the miller.",
            "The guests that came from Oslo have seen the mill of Holm and paid the miller.",
            "The guests that came from Oslo have seen the mill of Lund and paid the miller.",
            id="an agreement that the passage wants by itself",
        ),
        pytest.param(
            "“The flood seems to touch at its end”, said an expert of the river business on Monday.",
            "“The flood seems to be nearing its end”, said an expert on river business on Monday.",
            "“The flood seems to touch at its end”, said an expert on river business on Monday.",
            id="a preposition behind the end of a quotation",
        ),
    ],
)
def test_an_edit_that_stands_by_itself_stands_beside_a_refused_one(text: str, reply: str, after: str) -> None:
    assert made(text, reply) == after


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        pytest.param(
            "He owns the third world-wide fleet and any boats on the river.",
            "He owns the third fleet worldwide and some boats on the river.",
            id="a compound that moves and is written together",
        ),
        pytest.param(
            "The left bank feeds the right one and on the contrary, two mills stand between them.",
            "The left bank feeds the right one and vice versa, and two mills stand between them.",
            id="two words in the place of others",
        ),
        pytest.param("There is nothing evil to like the winter.", "There is nothing wrong with liking winter.", id="a short passage"),
        pytest.param(
            "From then took 'Karl' Holm the mill over, 'says the miller.",
            "From then on 'Karl' Holm took over the mill,' says the miller.",
            id="a closing mark that only moves",
        ),
        pytest.param(
            "If it is right, the industry of the strong TI leaves it to the towns.",
            "If right, the strong IT industry leaves it to the towns.",
            id="an acronym that is no pronoun",
        ),
    ],
)  # fmt: skip
def test_what_belongs_together_is_proposed_whole(text: str, reply: str) -> None:
    assert made(text, reply) == reply
