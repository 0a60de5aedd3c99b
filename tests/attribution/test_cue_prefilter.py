"""The first look at an article misses no speaker of its attributions who is named beside the cue."""

import random
import re
from array import array

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from timing import assert_growth, cpu_seconds

from cleantext.article import Article
from cleantext.checks.attribution import mentions, suspects
from cleantext.checks.attribution.mentions import (
    _ADVERBS,
    cues,
    find_sites,
    speaking,
    titles_as_names,
)
from cleantext.document import Document
from cleantext.document.runs import capital_runs

PIECES = [
    "Chirac", "Mr ", "Ms ", "said", " said", " told ", "“", "”", '"', ".", ", ", "\n", "\r\n", " ", "\u00a0", "President ",
    "Hollande", "François ", "according to ", "According to ", "he", "York", "New ", "the ", "'s", "’", "É", "\ud800", "\x00",
    "Obama", "and ", "-", "King", "Major", "Garcia", "García", "O'Brien", "O’Brien", " who also ", ", now", " has ", "of ",
    "al-", "van ", "J.", "U.S. ", "McKay ", "Jean-Claude ", "Laura ", "Peter ", "Smith", "Smith", " added", "says ", "firm ", "–",
    "A very long Opening of the Great and Good ", "Said", "_", "²", "\u0301", "ǅ", "Ⅷ",
]  # fmt: skip


def seen_in(text: str, document: Document) -> set[tuple[int, int]]:
    """Where names stand beside what may be a cue, by a first look: the starts of name and cue."""
    names = suspects.names_beside_cues(text, document.capital_runs)
    found = [*speaking(text, names), *titles_as_names(text)]
    return {(site.mention.start, site.cue.start) for site in found}


def check_missed(text: str) -> None:
    """Whoever speaks with the cue beside the name is among those of the first look."""
    document = Document(Article(text=text))
    speakers = {(s.mention.start, s.cue.start) for s in find_sites(document) if s.side != "apart"}
    assert speakers <= seen_in(text, document)
    every = [*speaking(text, document.names.mentions), *titles_as_names(text)]
    assert seen_in(text, document) == {(site.mention.start, site.cue.start) for site in every}


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("“Xyz” said Smith. ’ said Peter Smith")
@example("X’ said Smith")
@example("Garcia said so. García, Laura García, left. García told us")
@example("non-Smith said. Laura Smith left")
@example("Mr Major said it. Mr King told us. President King said")
@example("\ud800 Smith said \ud800")
def test_no_speaker_is_missed(text):
    check_missed(text)


SPEECHES = [
    "{name} said {content}.", "{content}, {name} said.", "“{content}?” asked {name}.", "“{content},” answered Mr {name}.",
    "{name}: {content}.", "{name}’s claim that {content} is new.", "{name} believes {content}.", "{name} told her {content}.",
    "According to {name}, {content}.", "{content}, according to {name}.", "{name}, who was there, said {content}.",
    "{name} went home and said {content}.", "“{content},” {name} whispered.", "{name} also later warned that {content}.",
]  # fmt: skip


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(SPEECHES),
            st.sampled_from(["Chirac", "Laura Smith", "García", "King", "O’Brien", "she"]),
            st.sampled_from(["the pier was closed for the winter", "“nobody” had asked them", "it is so"]),
        ),
        max_size=6,
    ),
    st.sampled_from([" ", "\n\n"]),
)
def test_no_speaker_of_prose_is_missed(said, joint):
    check_missed(joint.join(form.format(name=name, content=content) for form, name, content in said))


@pytest.mark.parametrize("form", SPEECHES)
def test_who_speaks_by_a_surname_is_seen(form):
    # One word before a colon is a label, where nobody is called so in full.
    text = "Jacques Chirac came by train.\n\n" + form.format(
        name="Chirac", content="the pier was closed for the winter"
    )
    document = Document(Article(text=text))
    sites = [site for site in find_sites(document) if site.mention.text == "Chirac"]
    assert len(sites) == 1
    apart = "who was there" in form or "went home" in form
    assert (sites[0].side == "apart") == apart
    assert ((sites[0].mention.start, sites[0].cue.start) in seen_in(text, document)) != apart


TITLED = ["Mr", "Mrs", "Ms.", "M", "Bank", "Major ", "K"]
WORDS = [
    "Chirac",
    "he",
    "said",
    "told",
    "also",
    "who",
    "has",
    "angrily",
    "in turn",
    "turn",
    "ly",
    "É",
    "saids",
    "said-",
    "’s",
    "J.",
]
JOINTS = [" ", " ", " ", ", ", "\u00a0", ". ", '" ', "” ", "\n", "-", "  ", "\ud800 "]


@settings(max_examples=600)
@given(st.lists(st.sampled_from(WORDS) | st.sampled_from(JOINTS), max_size=30).map("".join))
@example("Chirac, who has also said")
@example("Chirac later, in turn, angrily said")
@example("Chirac later in turn angrily said")
@example("“,” said Chirac. According to Chirac, ccording to Chirac")
@example("A" + "l" * 70 + " said")
@example("Chirac " + "l" * 53 + "y said")
def test_the_c_scan_finds_no_less_than_the_search_for_sites(in_c, text):
    in_c("cleantext.document._runs")
    runs = capital_runs(text)
    fast = list(suspects.runs_beside_cues(text, runs))
    assert fast == sorted(fast)
    assert set(suspects.runs_beside_cues_slowly(text, runs)) <= set(fast)
    assert set(fast) <= set(zip(runs.starts, runs.ends, strict=True))


def test_the_c_scan_takes_no_runs_of_another_text(in_c):
    scanner = in_c("cleantext.document._runs").CueScanner(["said"], ["also"])
    for starts, ends in (([0], [9]), ([-1], [2]), ([2], [2]), ([0, 1], [2])):
        with pytest.raises(ValueError, match="run"):
            scanner.beside("Smith", array("q", starts), array("q", ends))
    with pytest.raises(ValueError, match="run"):
        scanner.beside("Smith", array("i", [0]), array("i", [5]))


def test_little_is_read_twice():
    """Of the runs that are read, few begin or end no site's name."""
    chance = random.Random(5)
    more = read = 0
    for _ in range(2_000):
        text = "".join(chance.choices(PIECES, k=chance.randrange(60)))
        runs = capital_runs(text)
        slow = set(suspects.runs_beside_cues_slowly(text, runs))
        read += len(slow)
        more += len(set(suspects.runs_beside_cues(text, runs)) - slow)
    assert more < 0.05 * read


@pytest.mark.parametrize("name", ["Smith", "García", "O’Brien", "Jean-Claude", "McKay"])
@pytest.mark.parametrize(
    "place",
    ["{} said it was.", "“It is,” said {}.", "“It is,” said Mr {}.", "It is so now, according to {}."],
)
def test_whoever_speaks_is_seen_by_one_word_or_more(name, place):
    def words_of(text: str) -> list[bool]:
        return [site.one_word for site in find_sites(Document(Article(text=text)))]

    assert words_of(place.format(name)) == [True]
    assert words_of(place.format(f"Laura {name}")) == [False]
    assert words_of(f"{name} came to the harbour. He said so.") == []


@settings(max_examples=600)
@given(st.lists(st.sampled_from([*PIECES, *TITLED]), max_size=30).map("".join))
@example("Mr Mr King said")
@example("FooMr King said. Mrs. Bank told")
def test_titles_as_names_are_those_of_the_expression(text):
    assert [m.span() for m in mentions._titled_words(text)] == [
        m.span() for m in mentions._TITLED_TITLE.finditer(text)
    ]


def test_no_cue_is_one_of_the_adverbs_that_are_passed_over():
    passed = re.compile(_ADVERBS)
    assert not [form for form in cues() if passed.fullmatch(" " + form)]


@pytest.mark.parametrize("piece", ["Smith ", "said ", "Smith said ", "“", "A", "É", ", ", "Mr Major said "])
def test_long_texts_of_one_piece_are_read_in_linear_time(piece):
    def read(text: str) -> None:
        document = Document(Article(text=text))
        seen_in(text, document)
        find_sites(document)

    def cost(size: int) -> float:
        text = piece * (size // len(piece))
        return cpu_seconds(lambda: read(text))

    assert_growth(cost, 20_000, 80_000, times=8, floor=0.01)
