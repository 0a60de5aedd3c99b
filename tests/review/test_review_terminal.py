"""The same queue at the prompt."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from cleantext.review.session import Session, with_line_ends
from cleantext.review.terminal import ask


def play(session: Session, keys: str, *lines: str) -> str:
    out = io.StringIO()
    typed, written = iter(keys), iter(lines)
    ask(session, colour=False, key=lambda: next(typed, "q"), line=lambda _: next(written), out=out)
    return out.getvalue()


def said(session: Session) -> list[tuple[str, str]]:
    return [(event.verdict, event.match) for event in session.store.events()]


def test_one_key_a_finding(session: Session) -> None:
    out = play(session, "auras")
    assert said(session) == [("accept", "Mr Nobody"), ("unsure", "teh"), ("reject", "teh"), ("accept", "teh")]
    assert "[-teh-]{+the+}" in out
    assert "The end of the queue; 1 skipped." in out


def test_own_words(session: Session) -> None:
    play(session, "e", "Ms Somebody")
    (event,) = session.store.events()
    assert (event.verdict, event.replaced, event.replacement) == ("edit", "Mr Nobody", "Ms Somebody")


@pytest.mark.parametrize(
    ("replaced", "proposed", "typed", "kept"),
    [
        ("\n\nRead more: Ferry", "", "See the timetable.", "\n\nSee the timetable."),
        ("Share\r\n", "", "Shared", "Shared\r\n"),
        ("\n\nShare\n", "\n", "Shared", "\n\nShared\n"),
        ("\n\nShare", "", "\n\nShared", "\n\nShared"),
        ("\nShare", "", " ", " "),
        ("the the", "the", "a", "a"),
    ],
)
def test_words_in_the_place_of_a_line_keep_its_line_ends(
    replaced: str, proposed: str, typed: str, kept: str
) -> None:
    assert with_line_ends(replaced, proposed, typed) == kept


def test_undo_asks_again(session: Session) -> None:
    play(session, "azr")
    assert [v for v, _ in said(session)] == ["accept", "undo", "reject"]


def test_a_group_is_read_before_it_is_decided(session: Session) -> None:
    out = play(session, "sA\n\n\ny")
    assert "Read 3 of them" in out
    states = {i.state for i in session.store.items("f.rule = 'TST001'")}
    assert states == {"accepted"}


def test_a_group_that_was_not_read_to_the_end_is_not_decided(session: Session) -> None:
    play(session, "sA\nq")
    assert said(session) == []


def test_help_and_the_rule_are_a_key_away(session: Session) -> None:
    out = play(session, "?i")
    assert "accept or reject all that are alike" in out
    assert "The speaker was never introduced." in out


def test_an_article_cannot_drive_the_terminal(corpus: Path, open_session) -> None:  # type: ignore[no-untyped-def]
    (corpus / "0.jsonl").write_text('{"id": "x", "text": "\\u001b[2J teh \\u202e end"}\n', "utf-8")
    session = open_session()
    out = play(session, "sssss")
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_without_a_terminal_the_other_ways_are_named(corpus: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from cleantext.cli import main; main()", "review", "--terminal", str(corpus)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no terminal to ask at" in done.stderr
    assert "cleantext decisions add accept" in done.stderr
