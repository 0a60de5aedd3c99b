"""The first look at an article's speakers misses nobody whom the search among all names finds."""

import random
import re
from array import array

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.checks.attribution import glance, sites
from cleantext.checks.attribution.sites import (
    _ADVERBS,
    Site,
    cues_after,
    find_sites,
    tied,
    titles_as_names,
    with_titled,
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


def sites_of(text: str) -> tuple[Site, ...]:
    """The sites as the check finds them: a first look, then what the article tells of the names."""
    document = Document(Article(text=text))
    read = glance.who_speaks(text, document.capital_runs)
    return with_titled(tied(read, document.names), titles_as_names(text))


def check_same(text: str) -> None:
    """Every site is among those of the first look, and no other."""
    assert sites_of(text) == find_sites(text, Document(Article(text=text)).names)


@settings(max_examples=600)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("“Xyz” said Smith. ’ said Peter Smith")
@example("X’ said Smith")
@example("Garcia said so. García, Laura García, left. García told us")
@example("non-Smith said. Laura Smith left")
@example("Mr Major said it. Mr King told us. President King said")
@example("\ud800 Smith said \ud800")
def test_no_site_is_missed(text):
    check_same(text)


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
    in_c("cleantext.checks.attribution._cues")
    runs = capital_runs(text)
    fast = list(glance.runs_beside_cues(text, runs))
    assert fast == sorted(fast)
    assert set(glance.runs_beside_cues_slowly(text, runs)) <= set(fast)
    assert set(fast) <= set(zip(runs.starts, runs.ends, strict=True))


def test_the_c_scan_takes_no_runs_of_another_text(in_c):
    scanner = in_c("cleantext.checks.attribution._cues").CueScanner(["said"], ["said"], ["also"])
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
        slow = set(glance.runs_beside_cues_slowly(text, runs))
        read += len(slow)
        more += len(set(glance.runs_beside_cues(text, runs)) - slow)
    assert more < 0.05 * read


@pytest.mark.parametrize("name", ["Smith", "García", "O’Brien", "Jean-Claude", "McKay"])
@pytest.mark.parametrize(
    "place", ["{} said it.", "“It is,” said {}.", "“It is,” said Mr {}.", "It is so, according to {}."]
)
def test_whoever_speaks_is_seen_by_one_word_or_more(name, place):
    assert [site.one_word for site in sites_of(place.format(name))] == [True]
    assert [site.one_word for site in sites_of(place.format(f"Laura {name}"))] == [False]
    assert sites_of(f"{name} came to the harbour. He said so.") == ()


@settings(max_examples=600)
@given(st.lists(st.sampled_from([*PIECES, *TITLED]), max_size=30).map("".join))
@example("Mr Mr King said")
@example("FooMr King said. Mrs. Bank told")
def test_titles_as_names_are_those_of_the_expression(text):
    assert [m.span() for m in sites._titled_words(text)] == [
        m.span() for m in sites._TITLED_TITLE.finditer(text)
    ]


def test_no_cue_is_one_of_the_adverbs_that_are_passed_over():
    passed = re.compile(_ADVERBS)
    assert not [form for form in cues_after() if passed.fullmatch(" " + form)]


@pytest.mark.parametrize("piece", ["Smith ", "said ", "Smith said ", "“", "A", "É", ", ", "Mr Major said "])
def test_long_texts_of_one_piece_are_read_in_linear_time(piece):
    import time

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            sites_of(text)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(80_000) < 8 * max(0.01, seconds(20_000))
