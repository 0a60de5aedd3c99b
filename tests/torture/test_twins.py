"""Every fast path gives what its slow, obvious twin gives, on hostile articles too."""

from __future__ import annotations

import random
from itertools import pairwise

import hostile
import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from cleantext import Cleaner, fingerprint
from cleantext.article import Article
from cleantext.checks.encoding.repair import find_repairs, find_repairs_slowly
from cleantext.document import Document
from cleantext.document.lines import split_lines
from cleantext.edits import Loser, apply, choose, conflict
from cleantext.finding import Edit, Finding
from cleantext.fingerprint import context_words
from cleantext.matching import PatternEngine
from cleantext.matching.literals import UNFOLDABLE, as_bytes, folded, required
from cleantext.matching.pattern import PatternRule
from cleantext.matching.superset import UnsupportedError
from cleantext.rulebook import shipped

ALL = Cleaner(min_confidence=0.0)
# Digits beyond ASCII, which folding leaves as they are, and lone surrogates: to both the prefilter gives every rule.
EVERY_RULE = regex.compile(r"[\p{Nd}--[0-9]]|\p{Cs}", regex.VERSION1)


@given(hostile.articles())
def test_the_prefilter_loses_nothing(article: Article) -> None:
    fast, _ = ALL._findings(Document(article), 0.0)
    slow, _ = ALL._findings(Document(article), 0.0, naive=True)
    assert fast == slow


@given(hostile.texts())
def test_the_gates_of_encoding_lose_no_repair(text: str) -> None:
    assert list(find_repairs(text)) == list(find_repairs_slowly(text))


@given(hostile.texts(), st.integers(1, 40))
def test_a_long_match_is_hashed_piece_by_piece_as_it_is_at_once(text: str, size: int) -> None:
    whole = fingerprint.occurrence_key("XX001", text, (), ())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "_AT_ONCE", size)
        assert fingerprint.occurrence_key("XX001", text, (), ()) == whole


WORDS = st.lists(st.text(st.sampled_from("aß.İ"), min_size=1, max_size=60), max_size=12).map(" ".join)


@given(WORDS | hostile.texts(), st.floats(0, 1), st.integers(0, 40))
@example("b" * 30 + " " + "a" * 38 + " a b 50 c d " + "e" * 31 + " f", 0.72, 2)
@example("xxb c d" + " " * 35, 1.0, 0)
def test_the_words_beside_a_finding_are_those_of_the_whole_window(
    text: str, place: float, length: int
) -> None:
    start = int(place * len(text))
    end = min(start + length, len(text))
    before = regex.findall(r"\w+", text[max(0, start - 160) : start].casefold())[-3:]
    after = regex.findall(r"\w+", text[end : end + 160].casefold())[:3]
    assert context_words(text, start, end) == (tuple(before), tuple(after))


@given(hostile.texts())
def test_lines_are_what_the_obvious_splitting_gives(text: str) -> None:
    parts = regex.split(r"(\r\n|\r|\n)", text)
    rows, at = [], 0
    for row, end in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if row or end:
            rows.append((at, at + len(row), at + len(row) + len(end)))
        at += len(row) + len(end)
    assert [tuple(line) for line in split_lines(text)] == rows


@given(hostile.texts())
def test_a_place_is_the_line_and_column_that_counting_gives(text: str) -> None:
    document = Document(Article(text=text))
    for offset in range(0, len(text) + 1, max(1, len(text) // 40)):
        before = regex.split(r"\r\n|\r|\n", text[:offset])
        if 0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n":
            continue  # between the two halves of one line end
        assert document.place(offset) == (len(before), len(before[-1]) + 1)


@given(hostile.texts(), st.data())
def test_line_deletions_of_any_lines_go_together_and_leave_no_gap(text: str, data: st.DataObject) -> None:
    document = Document(Article(text=text))
    lines = document.filled
    chosen = data.draw(st.sets(st.sampled_from(lines))) if lines else set()
    deletions = sorted(document.line_deletion(line.start) for line in chosen)
    assert not any(conflict(a, b) for a, b in pairwise(deletions))
    left = Document(Article(text=apply(text, deletions).text))
    assert [left.text[line.start : line.end] for line in left.filled] == [
        text[line.start : line.end] for line in lines if line not in chosen
    ]


def _by_brute_force(findings: list[Finding]) -> tuple[list[Finding], list[Loser]]:
    from cleantext.edits import priority

    chosen: list[Finding] = []
    losers: list[Loser] = []
    for finding in sorted((f for f in findings if f.fixes), key=priority):
        winner = next(
            (
                other
                for edit in finding.fixes[0].edits
                for other in chosen
                if any(conflict(edit, taken) for taken in other.fixes[0].edits)
            ),
            None,
        )
        if winner is None:
            chosen.append(finding)
        else:
            losers.append(Loser(finding, winner))
    return sorted(chosen, key=lambda f: (f.start, f.end, f.rule)), losers


@given(hostile.articles())
def test_choosing_by_neighbours_chooses_what_comparing_all_chooses(article: Article) -> None:
    findings = list(ALL.check(article).findings)
    choice = choose(findings, length=len(article.text))
    chosen, losers = _by_brute_force(findings)
    assert list(choice.chosen) == chosen
    assert [loser.finding for loser in choice.losers] == [loser.finding for loser in losers]


@given(st.lists(hostile.articles(), max_size=4))
def test_many_articles_give_what_each_gives_alone(articles: list[Article]) -> None:
    together = list(ALL.check_many(articles))
    assert [r.findings for r in together] == [ALL.check(a).findings for a in articles]


@given(hostile.texts(4), st.sampled_from([card for card in shipped() if card.pattern]))
def test_the_literals_of_a_pattern_stand_in_every_text_that_it_matches(text: str, card: object) -> None:
    try:
        literals = required(card.pattern)  # type: ignore[attr-defined]
    except UnsupportedError:
        literals = None
    if literals is None:
        return
    rule = PatternRule(card)  # type: ignore[arg-type]
    texts = [text, *(e.bad for e in card.examples)]  # type: ignore[attr-defined]
    for each in texts:
        if rule.compiled.search(each) and not (UNFOLDABLE.search(each) or EVERY_RULE.search(each)):
            data = folded(each, each.encode("utf-8"))
            assert any(as_bytes(word).replace(b"\b", b"") in data for word in literals)


def _shuffled(seed: int) -> Cleaner:
    """The same rules, loaded in another order."""
    cleaner = Cleaner(min_confidence=0.0)
    cards = list(cleaner.cards.items())
    random.Random(seed).shuffle(cards)
    cleaner.cards = dict(cards)
    cleaner.engine = PatternEngine(cleaner.cards.values(), trusted=frozenset(card.id for card in shipped()))
    names = list(cleaner.checks)
    random.Random(seed).shuffle(names)
    cleaner.checks = {
        name: {rule: card for rule, card in cards if rule in cleaner.checks[name]} for name in names
    }
    return cleaner


SHUFFLED: list[Cleaner] = [_shuffled(1), _shuffled(2)]


@given(hostile.articles(), st.sampled_from([0, 1]))
def test_the_order_in_which_rules_are_loaded_does_not_matter(article: Article, which: int) -> None:
    def told(cleaner: Cleaner) -> list[Finding]:
        return sorted(
            cleaner.check(article).findings,
            key=lambda f: (f.start, f.end, f.rule, repr(f.fixes), f.fingerprint),
        )

    assert told(SHUFFLED[which]) == told(ALL)
    assert SHUFFLED[which].fix(article, apply="review").text == ALL.fix(article, apply="review").text


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), st.text(max_size=3)), max_size=8),
)
def test_applying_edits_gives_what_splicing_from_the_end_gives(
    text: str, wanted: list[tuple[int, int, str]]
) -> None:
    edits: list[Edit] = []
    for start, length, new in wanted:
        edit = Edit(min(start, len(text)), min(start + length, len(text)), new)
        if not any(conflict(edit, other) for other in edits):
            edits.append(edit)
    spliced = text
    for edit in sorted(edits, reverse=True):
        spliced = spliced[: edit.start] + edit.replacement + spliced[edit.end :]
    applied = apply(text, edits)
    assert applied.text == spliced
    assert apply(applied.text, applied.inverse).text == text
