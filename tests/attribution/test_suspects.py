"""Whether a speaker is in doubt rests on the names that hold the speaker's own word: the others are not asked for it."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext.article import Article
from cleantext.checks.attribution import suspects as suspects_module
from cleantext.checks.attribution.evidence import may_be_wrong
from cleantext.checks.attribution.introductions import is_orphan, stands_aside
from cleantext.checks.attribution.mention_index import MentionIndex
from cleantext.checks.attribution.mentions import find_sites, speaking, titles_as_names, with_titled
from cleantext.checks.attribution.suspects import _MOST_KEYS, find_suspects
from cleantext.document import Document, runs

PIECES = [
    "Garcia said. ", "García said. ", "Smith said he ", "Smith, who also said she ", "Mr Smith said. ", "Mrs Smith told ", "“So,” said Smith. ",
    "according to York, ", "York said. ", "New York ", "Laura Smith ", "Peter Smith ", "Peter García Jr. ", "Laura Garcia, ", "J. Smith and ",
    "the firm Smith ", "Smith Bank ", "The Smith ", "Smith of Ohio ", "Mr. Smith ", "Ms Garcia ", "President Smith ", "SMITH ", "smith ",
    "O’Brien said. ", "O'Brien said. ", "Peter O’Brien ", "Laura\u00a0O'Brien ", "Mr Major said. ", "John Major ", "Gov.Smith said. ", "Bank said. ",
    "Mr Bank said. ", "Smith, York and Garcia ", "in Smith, ", "“", "” ", ". ", "\n", "he ", "she ", "Smithͺ said. ", "Schmidt said. ", "Al Smith-Garcia ",
    "\ud800 ", "\x00", "Smith's ", "ﷺ", "Aﷺ said. ", "½", "and Smith and Smith said ", "Smith ", "Garcia ", "Dr. ", "AND ",
    "As President I said ", "Elizabeth I said ", "Vice President He told ", "President Who said ",
]  # fmt: skip


def check_same(text: str) -> None:
    """What is found with the few names is found with all of them, and the other way round."""
    document = Document(Article(text=text, title=text[:20]))
    uses = MentionIndex(document, document.names)
    every = with_titled(speaking(text, document.names.mentions), titles_as_names(text))
    doubted = [
        (site, is_orphan(uses, site))
        for site in every
        if site.one_word
        and (is_orphan(uses, site) or may_be_wrong(uses, site))
        and not stands_aside(uses, site)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suspects_module, "_MOST_RUNS", 0)
        at_once = find_suspects(Document(document.article))
    assert (list(at_once.speakers) if at_once is not None else []) == doubted
    suspects = find_suspects(document)
    assert (list(suspects.speakers) if suspects is not None else []) == doubted
    if suspects is not None:
        for site, _ in doubted:
            key, name = site.mention.key, site.mention.text
            assert suspects.uses.count(name) == uses.count(name)
            assert suspects.uses.kinds(key) == uses.kinds(key)
            assert suspects.uses.alone.get(key) == uses.alone.get(key)
            assert suspects.uses.titled.get(key) == uses.titled.get(key)
            assert suspects.uses.genders.get(key) == uses.genders.get(key)
            assert (key in suspects.uses.in_things) == (key in uses.in_things)
            assert suspects.uses.names.by_surname.get(key) == uses.names.by_surname.get(key)
            assert suspects.uses.near(site) == uses.near(site)
            assert suspects.uses.by_key.get(key) == uses.by_key.get(key)


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("Mr Smith said so. Laura Smith left. The Smith Bank")
@example("Garcia said so. García, Laura García, left.")
def test_few_names_tell_as_much_as_all(text):
    check_same(text)


def test_few_names_tell_as_much_as_all_in_many_texts():
    chance = random.Random(7)
    for _ in range(3_000):
        check_same("".join(chance.choices(PIECES, k=chance.randrange(25))))


@pytest.mark.parametrize(
    "text",
    ["As President I said so.", "Elizabeth I said so.", "Now Vice President She told them.", "I said."],
)
def test_a_pronoun_after_other_capitals_is_no_speaker(text):
    assert find_sites(Document(Article(text=text))) == ()
    assert find_suspects(Document(Article(text=text))) is None


@pytest.mark.parametrize("count", [1, _MOST_KEYS, _MOST_KEYS + 1, 60, 1200])
def test_any_number_of_speakers_is_read(count):
    names = [f"Kas{chr(97 + n % 26)}{chr(97 + n // 26)}rek" for n in range(count)]
    text = "".join(f"Laura {name} came. {name} said so. " for name in names[1:]) + f"{names[0]} told them."
    suspects = find_suspects(Document(Article(text=text)))
    assert suspects is not None
    assert [site.mention.text for site, _ in suspects.speakers] == names[:1]
    check_same(text)


@settings(max_examples=600)
@given(
    st.lists(st.sampled_from(PIECES) | st.characters(), max_size=30).map("".join),
    st.lists(st.sampled_from(["Smith", "Garcia", "O'Brien", "García", "York", "S", "h"]), max_size=4),
)
def test_runs_that_hold_a_part_are_found_alike_in_c(in_c, text, parts):
    in_c("cleantext.document._runs")
    found = runs.capital_runs(text)
    assert list(runs.runs_holding(text, found, parts)) == list(runs.runs_holding_slowly(text, found, parts))


@pytest.mark.parametrize(
    "piece", ["Smith said. ", "Laura Smith said. ", "Smith said Smith ", "the Smith Bank said. "]
)
def test_long_texts_of_one_piece_are_judged_in_linear_time(piece):
    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        return cpu_seconds(lambda: find_suspects(Document(Article(text=text))))

    assert_growth(cost, 20_000, 80_000, times=8, floor=0.01)
