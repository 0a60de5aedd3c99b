"""Decisions as events: the latest stands, an undo uncovers what was before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleantext.review import exchange
from cleantext.review.events import Event, Verdict, now, standing


def event(
    uid: str, verdict: Verdict = "accept", *, when: str = "", undoes: str = "", key: str = "k"
) -> Event:
    return Event(
        uid=uid,
        when=when or f"2026-01-01T00:00:00.{uid:>06}+00:00",
        who="anna",
        verdict=verdict,
        scope="occurrence",
        rule="TST001",
        version="v",
        group="g",
        document="path:a.txt",
        key=key,
        undoes=undoes,
    )


def test_the_latest_decision_stands() -> None:
    (held,) = standing([event("1", "accept"), event("2", "reject")])
    assert held.verdict == "reject"


def test_an_undo_uncovers_the_decision_before() -> None:
    (held,) = standing([event("1", "accept"), event("2", "reject"), event("3", "undo", undoes="2")])
    assert held.verdict == "accept"


def test_what_is_undone_altogether_stands_no_more() -> None:
    assert list(standing([event("1"), event("2", "undo", undoes="1")])) == []


@given(
    st.permutations([event("1"), event("2", "reject"), event("3", "undo", undoes="2"), event("4", key="l")])
)
def test_the_order_in_which_events_arrive_does_not_matter(events: list[Event]) -> None:
    assert {(e.key, e.uid) for e in standing(events)} == {("k", "1"), ("l", "4")}


@given(st.permutations([event(str(n), key=f"k{n % 3}") for n in range(7)]))
def test_a_copy_is_the_same_bytes_whatever_order_the_events_came_in(events: list[Event]) -> None:
    assert exchange.lines(events) == exchange.lines(sorted(events, key=lambda e: e.uid))


def test_time_never_stands_still() -> None:
    future = "2999-01-01T00:00:00.000000+00:00"
    assert now(future) == "2999-01-01T00:00:00.000001+00:00"
    assert now() > "2026"
