"""What holds of every article, however hostile: exact spans, nothing lost, nothing raised, a fix that is stable."""

from __future__ import annotations

import pickle

import hostile
import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cleantext
from cleantext import Cleaner, Configuration
from cleantext.article import Article
from cleantext.checks.translation.rivals import FAMILIES
from cleantext.edits import apply, choose, conflict
from cleantext.finding import Applicability, Finding
from cleantext.review import coding

ALL = Cleaner(min_confidence=0.0)


def inexact(text: str, findings: tuple[Finding, ...]) -> list[Finding]:
    """Findings whose spans or evidence do not say what stands in the text."""
    length = len(text)
    return [
        finding
        for finding in findings
        if not 0 <= finding.start < finding.end <= length
        or finding.text != text[finding.start : finding.end]
        or any(e.end > e.start and e.text != text[e.start : e.end] for e in finding.evidence)
        or any(
            not 0 <= edit.start <= edit.end <= length or (edit.start == edit.end and not edit.replacement)
            for fix in finding.fixes
            for edit in fix.edits
        )
    ]


@given(hostile.articles())
def test_every_span_lies_in_the_text_and_says_what_stands_there(article: Article) -> None:
    report = ALL.check(article)
    assert inexact(article.text, report.findings) == []
    assert report.trouble == ()
    assert [f.start for f in report.findings] == sorted(f.start for f in report.findings)


@given(hostile.articles())
def test_what_a_finding_says_of_itself_holds(article: Article) -> None:
    for finding in ALL.check(article).findings:
        assert 0.0 <= finding.confidence <= 1.0
        assert bool(finding.fixes) == (finding.applicability is not Applicability.DISPLAY)
        assert finding.category != "attribution" or finding.applicability is not Applicability.SAFE
        assert finding.fingerprint
    prints = [f.fingerprint for f in ALL.check(article).findings]
    assert len(set(prints)) == len(prints)


@given(hostile.articles())
def test_a_text_with_nothing_to_apply_comes_out_as_it_went_in(article: Article) -> None:
    report = ALL.check(article)
    fixed = report.fix()
    if not any(f.applicability is Applicability.SAFE for f in report.findings):
        assert fixed.text == article.text
    assert (fixed.text == article.text) == (not fixed.applied)


NO_ARTICLE_WHILE_GARBLED = "".join(
    [
        *(hostile.SAMPLES[n] for n in (2, 0, 2)),
        "Olivia Hartwell, the head of the harbour trust, opened the new pier on Monday. Hartwell said the work had "
        "taken six years.\n\n“We never doubted that it would stand,” Kasparek said. “The storms of last winter proved "
        "it.”\n\n“The builders have earned their holiday,” Hartwell added. Her deputy, Tom Ellery, was there too.",
    ]
)
"""Reads as an article only once the encoding of its words is mended."""
LESS_WHILE_GARBLED = (
    "D\x85as CafÃ© an der Ecke â€œschlieÃŸtâ€\x9d, said the owner.\n\nSubscribe to our newsletter\nAdvertisement\n\n"
    "It costs 3,5 % more , l’ Assemblée decided. The the minister , Mrs. Santos, do n't agree ...\n"
)
"""Its residue stands in the main text only until the encoding of its words is mended."""


@pytest.mark.parametrize("how", ["safe", "review"])
@given(article=hostile.articles())
@example(article=Article(text=NO_ARTICLE_WHILE_GARBLED))
@example(article=Article(text=LESS_WHILE_GARBLED))
def test_a_fixed_text_stays_as_it_is(how: cleantext.cleaner.Apply, article: Article) -> None:
    fixed = ALL.fix(article, apply=how)
    again = ALL.fix(msgspec.structs.replace(article, text=fixed.text), apply=how)
    if not fixed.trouble:
        assert again.text == fixed.text


@pytest.mark.parametrize("how", ["safe", "review"])
@given(article=hostile.articles())
def test_what_was_applied_is_what_was_done_and_can_be_undone(
    how: cleantext.cleaner.Apply, article: Article
) -> None:
    fixed = ALL.fix(article, apply=how)
    assert inexact(article.text, fixed.left) == []
    edits = {edit for finding in fixed.applied for edit in finding.fixes[0].edits}
    applied = apply(article.text, edits)
    assert applied.text == fixed.text
    assert apply(applied.text, applied.inverse).text == article.text


@given(hostile.articles(), st.randoms(use_true_random=False))
def test_any_choice_of_fixes_can_be_undone(article: Article, chance: object) -> None:
    findings = [f for f in ALL.check(article).findings if chance.random() < 0.5]  # type: ignore[attr-defined]
    choice = choose(findings, length=len(article.text))
    applied = apply(article.text, choice.edits)
    assert apply(applied.text, applied.inverse).text == article.text


@given(hostile.articles())
def test_what_nobody_flagged_is_not_touched(article: Article) -> None:
    """Code points outside all edits stand in the fixed text, in order, between the replacements."""
    fixed = ALL.fix(article, apply="review")
    edits = sorted({edit for finding in fixed.applied for edit in finding.fixes[0].edits})
    at = place = 0
    for edit in edits:
        kept = article.text[at : edit.start]
        assert fixed.text[place : place + len(kept)] == kept
        place += len(kept)
        assert fixed.text[place : place + len(edit.replacement)] == edit.replacement
        place += len(edit.replacement)
        at = edit.end
    assert fixed.text[place:] == article.text[at:]


SAFE_ONLY = Cleaner()
TWIN = pickle.loads(pickle.dumps(SAFE_ONLY))


@given(hostile.articles())
def test_a_cleaner_that_was_sent_to_another_process_finds_the_same(article: Article) -> None:
    assert TWIN.check(article).findings == SAFE_ONLY.check(article).findings


@given(hostile.articles())
def test_a_finding_written_as_json_is_the_finding(article: Article) -> None:
    for finding in ALL.check(article).findings:
        assert coding.decode(coding.encode(finding), Finding) == finding


@given(
    hostile.articles(),
    st.sampled_from(["typography", "encoding", "boilerplate", "translation", "attribution"]),
)
@example(
    article=Article(
        text="\n\n„\tThe mayor of Brenn, Jonas Keller, opened the bridge on Monday, Efe he reported. “We waited.”\n"
    ),
    category="typography",
)
def test_a_category_finds_alone_what_it_finds_among_all(article: Article, category: str) -> None:
    among = ALL.check(article).findings
    alone = _alone(category).check(article).findings
    own = {_said(f): f for f in among if f.category == category}
    apart = {_said(f): f for f in alone if f.category == category}
    lost = [apart[key] for key in apart.keys() - own.keys()]
    # One fault, one finding: what is missing among all gave way to a rule of another category that mends the same place,
    others = [f for f in among if f.category != category and f.category in FAMILIES]
    assert [f for f in lost if not _meets(f, others)] == []
    # and what is there among all alone had given way to one of those.
    won = [own[key] for key in own.keys() - apart.keys()]
    assert [f for f in won if not _meets(f, lost)] == []


def _said(finding: Finding) -> tuple[object, ...]:
    f = finding
    return f.rule, f.start, f.end, f.fixes, f.applicability, f.confidence


def _meets(finding: Finding, others: list[Finding]) -> bool:
    """Whether the best fix of a finding conflicts with that of one of others."""
    return any(
        conflict(mine, edit)
        for other in others
        for mine in (finding.fix.edits if finding.fix else ())
        for edit in (other.fix.edits if other.fix else ())
    )


_ALONE: dict[str, Cleaner] = {}


def _alone(category: str) -> Cleaner:
    if category not in _ALONE:
        _ALONE[category] = Cleaner(Configuration(), select=[category], min_confidence=0.0)
    return _ALONE[category]
