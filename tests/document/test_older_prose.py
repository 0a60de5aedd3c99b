"""Older prose keeps what today's usage counts as a fault, and no rule of today's usage corrects it."""

from __future__ import annotations

import pytest

from cleantext import Cleaner
from cleantext.document.garble import garble
from cleantext.document.older import LEAST, reads_older

OLDER = """\
The revenue of the year ending on the last day of September shall be found to exceed the estimate whereof I spoke.
It was hitherto thought that $4.5 millions were wanted for the works upon the northern harbors, and nine millions in all.
The sum can not be less, as the Secretary himself avows, notwithstanding the aforesaid reduction of the duties.
The harbors depend of necessity upon the depth of their channels, and whatsoever is laid out therein returns to the owners.
"I should be glad of it," said he, and took his hat.
I commend these matters unto your care, being persuaded that prudence herein consists in delay, and that it can not harm.
"""
NEWS = """\
The council put $4.5 millions into the two harbours last year, and can not say when the work will be done.
Officials in the city told reporters on Monday that the money had come from the state and not from the ships.
The mayor said that nobody had asked her whether the channel was deep enough for the new ferries from the north.
A second report is expected in March, and the builders hope that it will let them begin before the summer.
The work was to have started in 2016, but the first company that was hired went out of business within weeks.
Residents say that the noise of the pumps keeps them awake and that they were never told about the plan.
"""
CONCERNED = {"MT116", "MT188", "MT307"}


def rules_shown(text: str) -> set[str]:
    return {finding.rule for finding in Cleaner(min_confidence=0.5).check(text).findings}


def test_words_of_older_usage_tell_older_prose() -> None:
    assert len(OLDER.split()) >= LEAST
    assert reads_older(OLDER)
    assert not reads_older(NEWS)


def test_years_tell_it_with_a_single_such_word() -> None:
    early, late = (
        NEWS.replace("2016", "1846") + "So it fell upon the council.",
        NEWS + "It fell upon the council.",
    )
    assert reads_older(early)
    assert not reads_older(late)


def test_a_short_text_tells_nothing() -> None:
    assert not reads_older("Thou shalt not pass, saith he, whereupon they went hence unto the gate.")


def test_a_curly_apostrophe_is_one() -> None:
    plain = NEWS + "'tis said o'er and o'er, thou knowest; 'twas ever so, and ne'er to be mended. " * 2
    assert reads_older(plain) is reads_older(plain.replace("'", "’")) is True


def test_what_older_prose_rightly_wrote_is_not_shown_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not rules_shown(OLDER) & CONCERNED
    monkeypatch.setattr("cleantext.document.reads_older", lambda text: False)
    assert rules_shown(OLDER) >= CONCERNED


@pytest.mark.parametrize("rule", ["MT116", "MT188"])
def test_todays_news_is_corrected_as_before(rule: str) -> None:
    assert rule in rules_shown(NEWS)


def test_an_address_of_another_century_reads_like_no_machine_translation() -> None:
    assert garble(OLDER).probability < 0.5


def test_nothing_of_it_goes_unasked() -> None:
    assert Cleaner().fix(OLDER).text == OLDER
