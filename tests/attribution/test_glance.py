"""The first look at an article's speakers misses nobody whom the search among all names finds."""

import random
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleantext.article import Article
from cleantext.checks.attribution import glance
from cleantext.checks.attribution.sites import ADVERBS, cue_forms, find_sites
from cleantext.document import Document
from cleantext.document.runs import capital_runs

PIECES = [
    "Chirac", "Mr ", "Ms ", "said", " said", " told ", "“", "”", '"', ".", ", ", "\n", "\r\n", " ", "\u00a0", "President ",
    "Hollande", "François ", "according to ", "According to ", "he", "York", "New ", "the ", "'s", "’", "É", "\ud800", "\x00",
    "Obama", "and ", "-", "King", "Major", "Garcia", "García", "O'Brien", "O’Brien", " who also ", ", now", " has ", "of ",
    "al-", "van ", "J.", "U.S. ", "McKay ", "Jean-Claude ", "Laura ", "Peter ", "Smith", "Smith", " added", "says ", "firm ", "–",
    "A very long Opening of the Great and Good ", "Said", "_", "²", "\u0301", "ǅ", "Ⅷ",
]  # fmt: skip


CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z]")


def who_speaks(text: str) -> frozenset[int]:
    return glance.who_speaks(text, capital_runs(text))


def check_same(text: str) -> bool:
    """Every site is among those of the first look, if any one-word speaker is; whether no more than needed is read."""
    names = Document(Article(text=text)).names
    every = find_sites(text, names)
    starts = who_speaks(text)
    speaks = any(site.one_word for site in every)
    assert bool(starts) or not speaks
    if starts:
        assert find_sites(text, names, starts) == every
    return bool(starts) == speaks


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
def test_the_c_scan_finds_no_less_than_re2(in_c, text):
    in_c("cleantext.checks.attribution._cues")
    fast = list(glance.cue_spans(text))
    for start, end in glance.cue_spans_slowly(text):
        if "a" <= text[end : end + 1] <= "z":
            continue  # only the beginning of another word
        capitals = {m.start() for m in CAPITAL.finditer(text, start, end)}
        if text.startswith(glance._NOBODY, start):
            capitals = set()
        seen = set()
        for low, high in fast:
            if not text.startswith(glance._NOBODY, low):
                seen |= {m.start() for m in CAPITAL.finditer(text, low, high)}
        assert capitals <= seen
        after = text[end : end + 1] in (" ", "\u00a0") and text[end + 1 : end + 2].isupper()
        assert not after or any(high == end for _, high in fast)


def test_little_is_looked_at_twice():
    """The whole of an article is read only where somebody speaks by one word; a doubt may not come often."""
    chance = random.Random(5)
    same = sum(check_same("".join(chance.choices(PIECES, k=chance.randrange(60)))) for _ in range(2_000))
    assert same > 1_990


@pytest.mark.parametrize("name", ["Smith", "García", "O’Brien", "Jean-Claude", "McKay"])
@pytest.mark.parametrize(
    "place", ["{} said it.", "“It is,” said {}.", "“It is,” said Mr {}.", "It is so, according to {}."]
)
def test_whoever_speaks_by_one_word_is_seen_and_a_full_name_is_not(name, place):
    assert who_speaks(place.format(name))
    assert who_speaks(place.format(f"Laura {name}")) == frozenset()
    assert who_speaks(f"{name} came to the harbour. He said so.") == frozenset()


def test_no_cue_is_one_of_the_adverbs_that_are_passed_over():
    passed = re.compile(ADVERBS)
    assert not [form for form in cue_forms() if passed.fullmatch(" " + form)]


@pytest.mark.parametrize("piece", ["Smith ", "said ", "Smith said ", "“", "A", "É", ", ", "Mr Major said "])
def test_long_texts_of_one_piece_are_read_in_linear_time(piece):
    import time

    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            who_speaks(text)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(80_000) < 8 * max(0.01, seconds(20_000))
