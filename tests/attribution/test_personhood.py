"""Which names of an article are a person's, by form, context and lists together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext.article import Article
from cleantext.checks.attribution.context import AttributionContext
from cleantext.checks.attribution.evidence import NO_PERSON, signs
from cleantext.checks.attribution.mention_index import MentionIndex
from cleantext.checks.attribution.offices import offices
from cleantext.checks.attribution.personhood import person_score, person_step
from cleantext.document import Document


def score(text: str, name: str) -> float:
    document = Document(Article(text=text))
    uses = MentionIndex(document, document.names)
    return person_score(uses, uses.by_key.get(name.rpartition(" ")[2], ()), name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Laura Kasparek, 34, who runs the mill, came early. Kasparek said she had slept badly.",
            "Laura Kasparek",
        ),
        ("Mr Kasparek opened the door. “Come in,” Mr Kasparek said, and he put the kettle on.", "Kasparek"),
        ("The lawyer Peter Brown lost. Brown said he would appeal.", "Peter Brown"),
    ],
)
def test_a_person_is_likely_one(text, name):
    assert score(text, name) > 0.7


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Prices rose. Traders said the traders' fears were gone. Other traders left.", "Traders"),
        ("Help for the Third World is late. In the Third World nobody waits for it.", "Third World"),
        ("Million Dollar Baby won four prizes. The film beat its rivals.", "Million Dollar Baby"),
        (
            "Glasses are worn in Wallonia. The parliament in Wallonia met, and Wallonia said it would pay.",
            "Wallonia",
        ),
        ("Closing Thoughts\nWe hope that these thoughts were useful.", "Closing Thoughts"),
    ],
)
def test_other_names_and_common_words_are_hardly_one(text, name):
    assert score(text, name) < 0.3


def test_a_speaker_whose_namesake_in_the_article_is_no_person_is_doubted():
    text = (
        "Million Dollar Baby won four prizes on the second day. Ada Pendrick spoke for an hour.\n\n"
        "“Nobody here is to be set against another,” Mr Baby added."
    )
    assert signs_of(text, "Baby") == ["fragment"]
    assert signs_of(text.replace("Million Dollar", "Adam"), "Baby") == []


def signs_of(text: str, name: str) -> list[str]:
    scene = AttributionContext(Document(Article(text=text)), offices())
    (site,) = [site for site in scene.sites if site.mention.text == name]
    assert name in scene.names.by_surname
    return signs(scene, site)


def test_steps_rise_with_the_score():
    steps = list(dict.fromkeys(person_step(n / 100) for n in range(101)))
    assert steps == ["person=no", "person=hardly", "person=open", "person=likely", "person=yes"]
    assert person_step(NO_PERSON) == "person=hardly"


PIECES = ["Kasparek ", "Laura Kasparek ", "Mr Kasparek ", "the ", "said ", ", 34, ", ". ", "\n", "Kasparek’s ", "kasparek ", "he ", "\ud800", "A. ", "ﷺ "]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30).map("".join))
def test_any_name_of_any_text_has_a_probability(text):
    document = Document(Article(text=text))
    uses = MentionIndex(document, document.names)
    for mention in document.names.mentions:
        mentions = uses.by_key[mention.key.rpartition(" ")[2]]
        assert 0 < person_score(uses, mentions, mention.text) < 1


def test_a_name_that_stands_everywhere_takes_no_longer():
    def cost(size: int) -> float:
        document = Document(Article(text="Laura Kasparek came, and Kasparek said so. " * (size // 40)))
        uses = MentionIndex(document, document.names)
        return cpu_seconds(lambda: person_score(uses, uses.by_key["Kasparek"], "Laura Kasparek"))

    assert_growth(cost, 20_000, 80_000, times=8, floor=0.01)
