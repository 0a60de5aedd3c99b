"""One fault, one finding: rules that meet on a clause do not mend half of it each."""

from __future__ import annotations

import re
from itertools import pairwise, permutations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleantext import Cleaner
from cleantext.checks.translation.rivals import FAMILIES
from cleantext.edits import apply, choose, conflict
from cleantext.rulebook import shipped

CLEANER = Cleaner(select=["translation", "typography"])
CARDS = [card for card in shipped() if card.category == "translation"]
FAULTS = sorted({example_.bad for card in CARDS for example_ in card.examples if "\n" not in example_.bad})
PIECES = [
    '"We are ready"', "«We are ready»", ",", " -", "has declared", "it has said", "said it", "declared", "that", "the mayor",
    "the Mr Lindner", "in the 2007", "since two years", "the Madrid", "3,5 millions", "of euros", "12.500 people", "can not",
    "the 10 of December", "the the", "to to", "he", "it", "in the", "of the", "arrived to the station", "told", "speaks",
    "has that to", "go", "the 30 percent of", "their", "not", "nothing", "other 12", "towns", "for to", "will must", "in",
    "the soccer", "the president", "a 3 %", "the 5 % in", '" a number "', "since that he", "or well they", "by part of",
    "the past Tuesday", "a man of 43 years", "5 thousand 352", "the third part of the voters",
    "this anus", "which", "those which live", "there are nine years", "the year 1994", "of 43 years,", "Hagman",
]  # fmt: skip
DOUBLED = re.compile(r"\b([^\W\d_]+) \1\b", re.IGNORECASE)


AUXILIARY = re.compile(r"\b(?:has|have|had|it|he|that) ")


def doubled(text: str) -> int:
    return len(DOUBLED.findall(text))


def held_doubled(text: str) -> int:
    """Count what stands doubled, or does once an auxiliary or a stray pronoun goes: "declared has declared"."""
    return max(doubled(text), doubled(AUXILIARY.sub("", text)))


def mended(text: str) -> str:
    return CLEANER.fix(text, apply="review", min_confidence=0.5).text


@settings(max_examples=300, deadline=None)
@given(words=st.lists(st.sampled_from(PIECES), min_size=2, max_size=12, unique=True))
@example(words=['"We are ready"', ",", "has declared", "the mayor", "in the 2007"])
@example(words=['"We are ready"', ",", "it has said", "Hagman", "in the 2007"])
@example(words=["3,5 millions", "of euros"])
@example(words=['"We are ready"', "it has said", "told"])
def test_rules_that_touch_give_one_finding_and_no_doubled_word(words: list[str]) -> None:
    text = " ".join(words).replace(" ,", ",") + "."
    findings = [f for f in CLEANER.check(text).findings if f.category in FAMILIES and f.fixes]
    edits = sorted(edit for f in findings for edit in f.fixes[0].edits)
    assert not any(conflict(a, b) for a, b in pairwise(edits))
    assert doubled(mended(text)) <= held_doubled(text)


@settings(max_examples=150, deadline=None)
@given(bad=st.sampled_from(FAULTS), other=st.sampled_from(FAULTS))
def test_two_faults_side_by_side_are_mended_as_each_alone(bad: str, other: str) -> None:
    text = f"{bad} {other}"
    findings = [f for f in CLEANER.check(text).findings if f.fixes]
    edits = sorted(edit for f in findings for edit in f.fixes[0].edits)
    assert not any(conflict(a, b) for a, b in pairwise(edits))
    assert doubled(mended(text)) <= held_doubled(text)


@pytest.mark.parametrize(
    "text", [f"{a} {b}" for a, b in zip(FAULTS[::7], FAULTS[3::7], strict=False)], ids=str.__len__
)
def test_the_order_in_which_a_person_accepts_does_not_matter(text: str) -> None:
    findings = [f for f in CLEANER.check(text).findings if f.fixes][:4]
    results = {
        apply(text, choose(list(order), length=len(text)).edits).text for order in permutations(findings)
    }
    assert len(results) <= 1


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        ('"We are ready", has declared the mayor.', '"We are ready", declared the mayor.'),
        ("The trains run, has indicated the company.", "The trains run, indicated the company."),
        ('"All is well", it has added.', '"All is well", it added.'),
        ("It cost 3,5 millions euros in the 2007, he said.", "It cost 3.5 million euros in 2007, he said."),
        ("Some 21 millions of people live there.", "Some 21 million people live there."),
    ],
)
def test_a_clause_is_mended_whole(bad: str, good: str) -> None:
    assert mended(bad) == good


def test_a_date_loses_every_of_at_once() -> None:
    assert mended("It closed on the 7 of June of 2010 for good.") == "It closed on 7 June 2010 for good."
