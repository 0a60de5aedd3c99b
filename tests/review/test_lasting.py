"""What people do not want changed, known by its words alone."""

from __future__ import annotations

import pytest

from cleantext.finding import Applicability, Finding, replace
from cleantext.review.coding import well_formed
from cleantext.review.events import Event, Verdict
from cleantext.review.lasting import MANY, Lasting

HERE = "aaaabbbb"


def said(
    verdict: Verdict,
    match: str,
    replacement: str | None = None,
    *,
    rule: str = "BP001",
    others: tuple[str, ...] = (),
) -> Event:
    return Event(
        "u", "", "anna", verdict, "occurrence", rule, "", "", "d", "", match,
        replacement=replacement, others=others,
    )  # fmt: skip


def finding(text: str, rule: str = "BP001") -> Finding:
    return Finding(
        rule,
        "x",
        "boilerplate",
        0,
        len(text),
        text,
        "",
        Applicability.SAFE,
        0.9,
        (replace(0, len(text), ""),),
    )


@pytest.mark.parametrize(
    ("event", "text", "rule", "holds"),
    [
        (said("reject", "Sign up"), "Sign up", "BP001", True),
        (said("unsure", "Sign up"), "sign\n up", "BP900", True),
        (said("reject", "Sign up"), "Sign up", "TY001", False),
        (said("reject", "Sign up"), "Sign up now", "BP001", False),
        (said("reject", "Sign up", others=(HERE,)), "Sign up", "BP001", False),
        (said("reject", "Sign up", others=("ccccdddd",)), "Sign up", "BP001", True),
        (said("reject", well_formed("a\ud800")), "a\ud800", "BP001", True),
        (said("edit", "Share", "Read more, or sign up."), "Sign up", "BP001", True),
        (said("edit", "Share", "Read more, or sign up."), "Sign", "TY001", True),
        (said("edit", "Share", "Read more, or sign up."), "ad more", "BP001", False),
        (said("edit", "Share", "Read more, or sign up."), ",", "TY001", False),
        (said("edit", "Share", ""), "Share", "BP001", False),
    ],
)
def test_words_are_left_alone(event: Event, text: str, rule: str, holds: bool) -> None:
    lasting = Lasting([event])
    assert lasting.holds("d", finding(text, rule), HERE) is holds
    assert not lasting.holds("another", finding(text, rule), HERE)


def test_of_very_many_refusals_alike_none_is_told_apart() -> None:
    refusals = [said("reject", "Share", others=(HERE,))] * MANY
    assert not Lasting(refusals).holds("d", finding("Share"), HERE)
    assert Lasting([*refusals, *refusals]).holds("d", finding("Share"), HERE)
