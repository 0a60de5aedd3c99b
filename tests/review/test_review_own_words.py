"""What a person wrote in place of a fix stays as it was written, whatever else is accepted or safe."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from review_corpus import Open

from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration
from cleantext.finding import Finding, Fix, replace
from cleantext.review import sheet
from cleantext.review.marks import applied

RULES = r"""
category = "typography"

[[rule]]
id = "OWN001"
name = "whole"
summary = "A sentence that reads badly"
why = "Engines translate word by word."
pattern = 'It was [^.]*\.'
applicability = "display"
confidence = 0.6
[[rule.examples]]
bad = 'It was so.'
[[rule.near-misses]]
text = 'So it was.'

[[rule]]
id = "OWN002"
name = "since"
summary = "Since before a span"
why = "Seit."
pattern = '\bsince(?= two)'
fix = 'for'
applicability = "review"
confidence = 0.9
[[rule.examples]]
bad = 'Shut since two years.'
good = 'Shut for two years.'
[[rule.near-misses]]
text = 'Shut since May.'

[[rule]]
id = "OWN003"
name = "double-comma"
summary = "Two commas"
why = "Keys stick."
pattern = ',,'
fix = ','
applicability = "safe"
confidence = 0.99
[[rule.examples]]
bad = 'One,, two.'
good = 'One, two.'
[[rule.near-misses]]
text = 'One, two.'
"""
TEXT = "The inn is old. It was closed,, they say, since two years.\n\nShut since two weeks.\n"
WORDS = "It had been shut,, as they say, since two years ago."


@pytest.fixture
def cleaner(tmp_path: Path) -> Cleaner:
    rules = tmp_path / "own.toml"
    rules.write_text(RULES, "utf-8")
    return Cleaner(Configuration(rules=(str(rules),), select=("OWN",)))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    return folder


def own(finding: Finding) -> Finding | None:
    if finding.rule != "OWN001":
        return finding
    return msgspec.structs.replace(finding, fixes=(replace(finding.start, finding.end, WORDS),))


def test_own_words_go_before_what_was_accepted_and_what_is_safe(cleaner: Cleaner) -> None:
    fixed = cleaner.fix(TEXT, accept=own)
    assert fixed.text == f"The inn is old. {WORDS}\n\nShut for two weeks.\n"
    assert [f.rule for f in fixed.applied] == ["OWN001", "OWN002"]
    assert {loser.finding.rule for loser in fixed.losers} == {"OWN002", "OWN003"}


def test_without_own_words_all_else_is_done(cleaner: Cleaner) -> None:
    fixed = cleaner.fix(TEXT, accept=lambda f: f if f.fixes else None)
    assert fixed.text == "The inn is old. It was closed, they say, for two years.\n\nShut for two weeks.\n"


def test_the_page_shows_what_fix_writes(open_session: Open) -> None:
    session = open_session()
    by_rule = {i.finding.rule: i for i in session.store.items()}
    whole = by_rule["OWN001"]
    session.decide(whole, "edit", replacement=WORDS)
    for item in session.store.items("f.rule = 'OWN002'"):
        session.decide(item, "accept")
    one = sheet.sheet(session, whole.document_id)
    assert one is not None
    made = applied(one.marks)
    assert {one.marks[n - 1].item.finding.rule for n in made} == {"OWN001", "OWN002"}
    assert len(made) == 2
    fixed = session.fixed(whole.document_id)
    assert fixed is not None
    assert fixed.text == f"The inn is old. {WORDS}\n\nShut for two weeks.\n"


def test_whoever_writes_a_sentence_anew_begins_with_what_was_accepted_in_it(open_session: Open) -> None:
    session = open_session()
    [whole] = session.store.items("f.rule = 'OWN001'")
    one = sheet.sheet(session, whole.document_id)
    assert one is not None
    mark = one.mark_of(whole.id)
    assert mark is not None
    assert sheet.as_made(one, mark) == "It was closed, they say, since two years."
    for item in session.store.items("f.rule = 'OWN002'"):
        session.decide(item, "accept")
    one = sheet.sheet(session, whole.document_id)
    assert one is not None
    assert sheet.as_made(one, mark) == "It was closed, they say, for two years."
    other = next(m for m in one.marks if m.item.finding.rule == "OWN002")
    assert sheet.as_made(one, other) is None


def test_own_words_of_several_edits_are_one(cleaner: Cleaner) -> None:
    """A fix of a person's may leave words between its edits as they are; those are no less his."""
    start = TEXT.index("It was")

    def of_two(finding: Finding) -> Finding | None:
        if finding.rule != "OWN001":
            return finding
        first, last = (
            replace(start, start + 2, "This").edits[0],
            replace(finding.end - 1, finding.end, "!").edits[0],
        )
        return msgspec.structs.replace(finding, fixes=(Fix((first, last)),))

    text = cleaner.fix(TEXT, accept=of_two).text
    assert text.startswith("The inn is old. This was closed")
