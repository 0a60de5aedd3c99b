"""Trust by numbers: promoted by decisions, demoted by them, never for a misattribution."""

from __future__ import annotations

import msgspec
import pytest

from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration, Review, Trust
from cleantext.finding import Applicability
from cleantext.review.events import Event, Verdict
from cleantext.review.keys import rule_version
from cleantext.review.trust import judgements, with_trust

TRUST = Trust(lower_bound=0.98, min_decisions=149)


def decided(cleaner: Cleaner, rule: str, *verdicts: Verdict, version: str | None = None) -> list[Event]:
    return [
        Event(
            uid=f"{rule}{n}",
            when=f"2026-01-01T00:00:00.{n:06}+00:00",
            who="anna",
            verdict=verdict,
            scope="occurrence",
            rule=rule,
            version=version or rule_version(cleaner.cards[rule]),
            group="g",
            document="d",
            key=str(n),
        )
        for n, verdict in enumerate(verdicts)
    ]


def trusting(cleaner: Cleaner, events: list[Event]) -> Configuration:
    wished = msgspec.structs.replace(cleaner.configuration, review=Review(trust=TRUST))
    return with_trust(wished, events, cleaner.cards)


def test_149_accepted_of_149_make_a_rule_safe(cleaner: Cleaner) -> None:
    changed = trusting(cleaner, decided(cleaner, "TST001", *["accept"] * 149))
    assert changed.promote == ("TST001",)
    (finding,) = Cleaner(changed).check("In teh end.").findings
    assert finding.applicability is Applicability.SAFE


@pytest.mark.parametrize(
    "verdicts",
    [
        ["accept"] * 148,
        ["accept"] * 148 + ["reject"],
        ["accept"] * 148 + ["edit"],
        ["accept"] * 148 + ["unsure"],
    ],
    ids=["too few", "one rejected", "one edited", "one unsure"],
)
def test_less_does_not(cleaner: Cleaner, verdicts: list[Verdict]) -> None:
    assert trusting(cleaner, decided(cleaner, "TST001", *verdicts)).promote == ()


def test_a_rule_that_goes_wrong_lately_loses_its_rank(cleaner: Cleaner) -> None:
    events = decided(cleaner, "TST001", *["accept"] * 2000, *["reject"] * 8)
    assert trusting(cleaner, events).promote == ()
    assert "would do" in judgements(events, cleaner.cards, TRUST)["TST001"][1].why


def test_a_safe_rule_that_people_reject_is_demoted(cleaner: Cleaner) -> None:
    changed = trusting(cleaner, decided(cleaner, "TST004", *["accept"] * 20, *["reject"] * 4))
    assert changed.demote == ("TST004",)
    (finding,) = Cleaner(changed).check("One,, two.").findings
    assert finding.applicability is Applicability.REVIEW


def test_decisions_about_a_rule_as_it_was_do_not_count(cleaner: Cleaner) -> None:
    assert trusting(cleaner, decided(cleaner, "TST001", *["accept"] * 200, version="old")).promote == ()


def test_what_follows_a_group_does_not_count(cleaner: Cleaner) -> None:
    events = [
        msgspec.structs.replace(e, scope="group", group=e.key)
        for e in decided(cleaner, "TST001", *["accept"] * 200)
    ]
    assert trusting(cleaner, events).promote == ()


def test_a_misattribution_is_never_promoted(cleaner: Cleaner) -> None:
    card = msgspec.structs.replace(cleaner.cards["TST001"], category="attribution")
    events = decided(cleaner, "TST001", *["accept"] * 500)
    _, judged = judgements(events, {"TST001": card}, TRUST)["TST001"]
    assert judged.change is None
    assert "never safe" in judged.why


def test_without_trust_in_the_configuration_nothing_changes(cleaner: Cleaner) -> None:
    events = decided(cleaner, "TST001", *["accept"] * 500)
    assert with_trust(cleaner.configuration, events, cleaner.cards) is cleaner.configuration
