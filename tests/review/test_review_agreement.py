"""Krippendorff's alpha, by his own example and against another program, and what it is made of here."""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.review.agreement import agreement, alpha, said_by_each
from cleantext.review.events import Event


def units(rows: tuple[str, ...]) -> list[list[str]]:
    return [[row[place] for row in rows if row[place] != "*"] for place in range(len(rows[0]))]


def test_the_published_example() -> None:
    """Three observers, fifteen units, gaps (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability")."""
    rows = ("*****341211 33*3".replace(" ", ""), "1*213343*******", "**21344*21133*4")
    found = alpha(units(rows))
    assert found is not None
    assert round(found, 3) == 0.691


@given(
    st.lists(
        st.lists(st.sampled_from([None, "accept", "reject", "edit"]), min_size=3, max_size=3),
        min_size=2,
        max_size=30,
    )
)
def test_it_is_what_the_package_computes(answers: list[list[str | None]]) -> None:
    krippendorff = pytest.importorskip("krippendorff")
    numbers = {"accept": 0.0, "reject": 1.0, "edit": 2.0}
    found = alpha([[a for a in unit if a is not None] for unit in answers])
    pairable = [unit for unit in answers if sum(a is not None for a in unit) > 1]
    if len({a for unit in pairable for a in unit if a is not None}) < 2:
        assert found is None
        return
    table = [[math.nan if unit[who] is None else numbers[unit[who]] for unit in answers] for who in range(3)]  # type: ignore[index]
    wanted = krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")
    assert found == pytest.approx(wanted)


def test_agreement_throughout_is_one_and_contradiction_is_below_nothing() -> None:
    assert alpha([["accept", "accept"], ["reject", "reject"]]) == 1
    against = alpha([["accept", "reject"]] * 10)
    assert against is not None
    assert against < 0
    assert alpha([]) is None
    assert alpha([["accept"], ["reject"]]) is None
    assert alpha([["accept", "accept"]]) is None


def said(number: int, who: str, verdict: str, key: str = "k", rule: str = "TST001", **more: object) -> Event:
    event = Event(
        uid=f"{number:04}", when=f"2026-01-01T00:00:{number:02}.000000+00:00", who=who, verdict=verdict,  # type: ignore[arg-type]
        scope="occurrence", rule=rule, version="v", group="g", document="d", key=key, match="teh",
    )  # fmt: skip
    return msgspec.structs.replace(event, **more)


def test_each_persons_latest_answer_counts_and_an_undone_one_does_not() -> None:
    told = [
        said(1, "ann", "reject"), said(2, "ann", "accept"), said(3, "bob", "reject"),
        said(4, "ann", "accept", "l"), said(5, "bob", "accept", "l"),
        said(6, "cem", "reject"), said(7, "cem", "undo", undoes="0006"),
        said(8, "dan", "unsure", "l"),
    ]  # fmt: skip
    assert {
        key: {who: e.verdict for who, e in own.items()} for (_, key), own in said_by_each(told).items()
    } == {
        "k": {"ann": "accept", "bob": "reject"},
        "l": {"ann": "accept", "bob": "accept"},
    }
    found = agreement(told)
    assert (found.findings, found.reviewers) == (2, 2)
    assert [(one.key, one.said) for one in found.disputed] == [("k", {"ann": "accept", "bob": "reject"})]
    assert found.alpha == pytest.approx(alpha([["accept", "reject"], ["accept", "accept"]]))


def test_two_who_wrote_different_words_differ() -> None:
    found = agreement(
        [
            said(1, "ann", "edit", replacement="the", replaced="teh"),
            said(2, "bob", "edit", replacement="to", replaced="teh"),
        ]
    )
    assert len(found.disputed) == 1


def test_a_rule_has_an_agreement_of_its_own() -> None:
    told = [
        said(1, "ann", "accept"),
        said(2, "bob", "reject"),
        said(3, "ann", "accept", "l", "TST002"),
        said(4, "bob", "accept", "l", "TST002"),
    ]
    assert agreement(told, "TST001").findings == 1
    assert agreement(told, "TST002").disputed == ()
    assert agreement(told, "TST003").findings == 0
