"""Whatever a model replies: what is proposed lies in the passage, can be undone, and changes nothing that is guarded."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import partial

from hypothesis import example, given
from hypothesis import strategies as st

from cleantext.document.lines import split_lines
from cleantext.document.quotations import find_quotations
from cleantext.editor.aligning import align
from cleantext.editor.change import Change, Context, edited
from cleantext.editor.cutting import cut, joined
from cleantext.editor.guards.numbers import unit_words, values
from cleantext.editor.guards.places import _exchanged
from cleantext.editor.judging import judge
from cleantext.editor.leaning import leans_on
from cleantext.editor.reading import Reading
from cleantext.edits import apply
from cleantext.fidelity.values import read_values

WORDS = [
    "the",
    "a",
    "of",
    "in",
    "to",
    "by",
    "for",
    "with",
    "and",
    "or",
    "but",
    "if",
    "not",
    "no",
    "never",
    "may",
    "might",
    "alleged",
    "about",
    "some",
    "all",
    "most",
    "only",
    "former",
    "mayor",
    "bridge",
    "river",
    "harbour",
    "council",
    "said",
    "says",
    "claimed",
    "opened",
    "opens",
    "opening",
    "will",
    "would",
    "was",
    "were",
    "is",
    "are",
    "has",
    "had",
    "been",
    "he",
    "she",
    "it",
    "his",
    "her",
    "which",
    "that",
    "who",
    "two",
    "three",
    "third",
    "half",
    "5",
    "17",
    "2011",
    "1,5",
    "1.500",
    "$",
    "€",
    "%",
    "km",
    "million",
    "percent",
    "dollars",
    "March",
    "Friday",
    "today",
    "Anna",
    "Kowalsky",
    "Oslo",
    "NATO",
    "French",
    "increase",
    "decrease",
    "more",
    "less",
    "before",
    "after",
    "quickly",
    "house",
    "houses",
    "built",
]
MARKS = [",", ".", "!", "?", ";", ":", "-", "–", "(", ")", '"', "“", "”", "'", "’", "*", "`", "\n", "…"]

pieces = st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKS), st.text(max_size=6))


@st.composite
def texts(draw: st.DrawFn) -> str:
    parts = draw(st.lists(pieces, min_size=1, max_size=25))
    spaces = draw(
        st.lists(st.sampled_from([" ", " ", " ", "", "  "]), min_size=len(parts), max_size=len(parts))
    )
    return "".join(part + space for part, space in zip(parts, spaces, strict=True))


@st.composite
def corrections(draw: st.DrawFn) -> tuple[str, str]:
    """A passage and a reply that differs from it in a few words, as a model's does."""
    words = draw(st.lists(st.sampled_from([*WORDS, ",", "."]), min_size=4, max_size=25))
    reply = list(words)
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(reply)))
        what = draw(st.sampled_from(["put in", "leave out", "exchange", "move"]))
        if what == "put in":
            reply.insert(at, draw(st.sampled_from(WORDS)))
        elif reply and at < len(reply):
            gone = reply.pop(at)
            if what == "exchange":
                reply.insert(at, draw(st.sampled_from(WORDS)))
            elif what == "move":
                reply.insert(draw(st.integers(0, len(reply))), gone)
    return " ".join(words), " ".join(reply)


def context(text: str) -> Context:
    return Context(
        quoted=tuple((q.start + q.opened, q.end - q.closed) for q in find_quotations(text, split_lines(text)))
    )


NEGATIONS = re.compile(r"\b(?:not|no|never)\b", re.IGNORECASE)
DOUBLED = re.compile(r"\b(?:not|no|never)\b(?:\s+\S+){0,5}\s+(?:not|no|never)\b", re.IGNORECASE)
HEDGES = re.compile(r"\b(?:may|might|alleged|claimed)\b", re.IGNORECASE)
REACH = re.compile(r"\b(?:all|most|only|former)\b", re.IGNORECASE)
NAMES = re.compile(r"(?<=[a-z0-9,] )(?:Anna|Kowalsky|Oslo|NATO)\b")
DOUBLE = re.compile('["“”]')


def amounts(text: str) -> tuple[object, ...]:
    """The numbers of a text in order, and its unit words: what stays where a number comes to a unit that stood apart."""
    read = [(value.kind, value.amounts) for value in read_values(text, "en") if value.amounts]
    return [one for one in read if one[1] != (1.0,)], unit_words(Reading(text))


def counts(text: str) -> list[object]:
    return [
        len(HEDGES.findall(text)),
        Counter(word.lower() for word in REACH.findall(text)),
        len(DOUBLE.findall(text)),
    ]


def check(text: str, reply: str) -> None:
    verdict = judge(text, reply, context(text))
    edits = sorted(edit for one in verdict.cuts for edit in one.edits)
    assert all(0 <= edit.start <= edit.end <= len(text) for edit in edits)
    assert all(a.end <= b.start for a, b in itertools.pairwise(edits))
    made = apply(text, edits)
    assert made.text == edited(text, tuple(edits))
    assert apply(made.text, made.inverse).text == text
    assert counts(made.text) == counts(text)
    denied, denies = len(NEGATIONS.findall(text)), len(NEGATIONS.findall(made.text))
    assert denied == denies or (denies < denied and DOUBLED.search(text))
    assert values(Reading(made.text)) == values(Reading(text)) or amounts(made.text) == amounts(text)
    lost = Counter(NAMES.findall(text)) - Counter(re.findall(r"\w+", made.text))
    assert not lost
    for refusal in verdict.refused:
        assert 0 <= refusal.start <= refusal.end <= len(text)
        assert refusal.reason


@given(texts(), texts())
@example("the the all 0 ", "the the 0all ")
@example("the the the the not 0 ", "not no 0 ")
def test_any_reply_to_any_passage_changes_nothing_that_is_guarded(text: str, reply: str) -> None:
    check(text, reply)


@given(corrections())
@example(("The may 5 of March", "The may of 5 March"))
@example(("the the two half", "half the the two"))
@example(("the the two the", "no the the two the"))
@example(("the the the $ the 5", "the the the $ 5"))
@example(("5 km 17 dollars", "17 km 5 dollars"))
def test_a_reply_like_the_passage_changes_nothing_that_is_guarded(pair: tuple[str, str]) -> None:
    check(*pair)


@given(st.one_of(corrections(), st.tuples(texts(), texts())))
def test_all_cuts_together_give_the_reply(pair: tuple[str, str]) -> None:
    text, reply = pair[0].strip(), pair[1].strip()
    passage, answer = Reading(text), Reading(reply)
    whole = joined(list(cut(passage, answer)))
    if passage.tokens and answer.tokens:
        assert edited(text, whole.edits).split() == reply.split()


@given(corrections())
def test_hunks_lie_in_order_and_what_is_between_them_is_the_same(pair: tuple[str, str]) -> None:
    passage, reply = Reading(pair[0]), Reading(pair[1])
    i = j = 0
    for hunk in align(passage, reply):
        assert hunk.start - i == hunk.reply_start - j >= 0
        between = [t.text for t in passage.tokens[i : hunk.start]]
        assert between == [t.text for t in reply.tokens[j : hunk.reply_start]]
        i, j = hunk.end, hunk.reply_end
    assert [t.text for t in passage.tokens[i:]] == [t.text for t in reply.tokens[j:]]


@given(st.text(max_size=200))
def test_a_reply_that_is_the_passage_proposes_and_refuses_nothing(text: str) -> None:
    verdict = judge(text, text, context(text))
    assert verdict.cuts == ()
    assert verdict.refused == ()


@given(corrections())
@example(("he the of Anna was seen by", "he was the of Oslo seen"))
def test_nothing_stands_that_leans_on_what_was_refused(pair: tuple[str, str]) -> None:
    known = context(pair[0])
    change = partial(Change, Reading(pair[0]), Reading(pair[1].strip()), context=known)
    verdict = judge(*pair, known)
    refused = tuple(refusal.cut for refusal in verdict.refused if refusal.cut)
    gone = tuple(change(one) for one in refused)
    assert all(leans_on(change(one), gone) is None for one in verdict.cuts)
    assert not {edit for one in verdict.cuts for edit in one.edits} & {
        e for one in refused for e in one.edits
    }


HE, SHE = re.compile(r"\b(?:he|his)\b"), re.compile(r"\b(?:she|her)\b")
A_MAN_MAY_BE = re.compile(r"\b(?:he|his|mayor)\b")
A_WOMAN_MAY_BE = re.compile(r"\b(?:she|her|Anna)\b")


@given(corrections())
@example(("it opened the bridge", "he opened the bridge"))
@example(("the bridge of it was built", "the bridge of her was built"))
def test_nobody_comes_of_whom_the_passage_does_not_speak(pair: tuple[str, str]) -> None:
    text, reply = pair
    made = edited(text, tuple(sorted(e for one in judge(text, reply, context(text)).cuts for e in one.edits)))
    assert A_MAN_MAY_BE.search(text) or not HE.search(made)
    assert A_WOMAN_MAY_BE.search(text) or not SHE.search(made)


def plainly_exchanged(places: list[int]) -> tuple[int, int] | None:
    for i, one in enumerate(places):
        for j in range(i + 3, len(places)):
            between = places[i + 1 : j]
            if places[j] < between[0] and between[-1] < one and between == sorted(between):
                return i, j
    return None


@given(st.integers(0, 9).flatmap(lambda count: st.permutations(range(count))))
@example([3, 1, 2, 0])
@example([0, 5, 2, 3, 4, 1, 6])
def test_two_words_are_found_in_each_others_place_as_a_plain_search_finds_them(places: list[int]) -> None:
    assert _exchanged(places) == plainly_exchanged(places)
