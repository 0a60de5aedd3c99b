"""Learning from a no."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_corpus import RULES

from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration
from cleantext.review.database import Item
from cleantext.review.nearmiss import CannotLearnError, Proposal, add, inserted, propose
from cleantext.review.session import Session


def items(session: Session) -> list[Item]:
    return sorted(session.store.items("d.name = 'path:b.txt'"), key=lambda i: i.finding.start)


def test_an_exception_silences_the_rejected_finding_and_no_accepted_one(session: Session) -> None:
    no, yes = items(session)
    session.decide(no, "reject")
    session.decide(yes, "accept")
    rejected = session.store.find(no.id)
    assert rejected is not None
    proposal = propose(session, rejected)
    assert proposal.silenced == {"rejected": 1}
    assert str(proposal) == "silences 1 finding: 1 rejected"
    assert proposal.text == "People crossed teh river at noon."


def test_what_ones_own_exception_would_harm_is_said(session: Session) -> None:
    no, yes = items(session)
    session.decide(no, "reject")
    session.decide(yes, "accept")
    proposal = propose(session, no, unless="teh")
    assert proposal.silenced == {"rejected": 1, "accepted": 1, "not decided": 1}


def test_a_written_near_miss_silences_the_rule_and_keeps_its_examples(session: Session, rules: Path) -> None:
    no, _ = items(session)
    session.decide(no, "reject")
    add(rules, propose(session, no), "a river of that name")
    taught = Cleaner(Configuration(rules=(str(rules),), select=("TST001",)))
    assert taught.check("People crossed teh river at noon.").findings == ()
    assert len(taught.check("In teh end.").findings) == 1
    assert "a river of that name" in rules.read_text("utf-8")


def test_an_exception_that_silences_the_rules_own_example_is_not_written(
    session: Session, rules: Path
) -> None:
    no, _ = items(session)
    before = rules.read_bytes()
    with pytest.raises(CannotLearnError, match="silent on its own example"):
        add(rules, propose(session, no, unless="teh"))
    assert rules.read_bytes() == before
    assert list(rules.parent.glob(".rules*")) == []


def test_everything_else_in_the_file_stays_as_it_is_written(session: Session) -> None:
    new = inserted(RULES, "TST001", 'It\'s teh "Teh".', r"\bteh ]river\b")
    added = [r"unless = ['\bteh ]river\b']", "[[rule.near-misses]]", 'text = "It\'s teh \\"Teh\\"."']
    left = [row for row in new.split("\n") if row]
    for row in added:
        left.remove(row)
    assert sorted(left) == sorted(row for row in RULES.split("\n") if row)


@pytest.mark.parametrize(
    "given",
    ['unless = [\'a]\', "b\\"]"]', "unless = [\n  'a]', # ]\n  'b',\n]", "unless = []"],
    ids=["one line", "many lines", "empty"],
)
def test_an_exception_joins_those_that_are_there(given: str) -> None:
    import tomllib

    source = f"[[rule]]\nid = 'TST001'\n{given}\n[[rule.examples]]\nbad = 'x'\n"
    before = tomllib.loads(source)["rule"][0]["unless"]
    after = tomllib.loads(inserted(source, "TST001", "text", r"\bnew\b"))["rule"][0]
    assert after["unless"] == [*before, r"\bnew\b"]
    assert after["near-misses"] == [{"text": "text"}]
    assert after["examples"] == [{"bad": "x"}]


def test_a_check_in_code_is_mended_in_code(session: Session) -> None:
    import msgspec

    cards = dict(session.cleaner.cards)
    cards["TST001"] = msgspec.structs.replace(cards["TST001"], pattern=None, check="somewhere")
    session.cleaner.cards = cards
    with pytest.raises(CannotLearnError, match="mend the check"):
        propose(session, items(session)[0])


def test_a_proposal_that_silences_nothing_says_so(session: Session) -> None:
    assert str(Proposal(session.cleaner.cards["TST001"], "t", "u", {})) == "silences no finding"
