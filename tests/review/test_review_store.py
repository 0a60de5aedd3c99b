"""The store: nothing confirmed is lost, nobody is overwritten unseen."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from review_corpus import Open

from cleantext.review import exchange
from cleantext.review.database import Item
from cleantext.review.session import Session, TooFewReadError
from cleantext.review.store import ConflictError, Store


def item(session: Session, rule: str, nth: int = 0) -> Item:
    return session.store.items("f.rule = ?", (rule,))[nth]


def state(session: Session, chosen: Item) -> str:
    current = session.store.find(chosen.id)
    assert current is not None
    return current.state


def test_a_decision_changes_the_state_and_undo_brings_it_back(session: Session) -> None:
    chosen = item(session, "TST001")
    session.decide(chosen, "accept")
    session.decide(chosen, "unsure")
    assert state(session, chosen) == "unsure"
    session.undo()
    assert state(session, chosen) == "accepted"
    session.undo()
    assert state(session, chosen) == "open"
    assert session.undo() == []
    assert [e.verdict for e in session.store.events()] == ["accept", "unsure", "undo", "undo"]


def test_the_second_of_two_windows_is_told_and_nothing_is_overwritten(open_session: Open) -> None:
    anna, ben = open_session(who="anna"), open_session(who="ben")
    chosen = item(anna, "TST001")
    anna.decide(chosen, "accept", seen=chosen.seq)
    with pytest.raises(ConflictError) as caught:
        ben.decide(chosen, "reject", seen=chosen.seq)
    assert (caught.value.latest.who, caught.value.latest.verdict) == ("anna", "accept")
    assert state(ben, chosen) == "accepted"


def test_a_group_waits_until_its_sample_was_read(session: Session) -> None:
    chosen = item(session, "TST001")
    drawn = session.sample(chosen.group).drawn
    assert len(drawn) == 3
    with pytest.raises(TooFewReadError, match="1 of the sample"):
        session.decide_group(chosen, "accept", {one.id for one in drawn[:-1]}, seen=None)
    session.decide_group(chosen, "accept", {one.id for one in drawn}, seen=None)
    assert {i.state for i in session.store.items("f.grp = ?", (chosen.group,))} == {"accepted"}
    assert len(session.undo()) == 4, "the three that were read, and the group"
    assert {i.state for i in session.store.items("f.grp = ?", (chosen.group,))} == {"open"}


def test_the_sample_is_the_same_after_a_restart(open_session: Open) -> None:
    first, second = open_session(), open_session()
    group = item(first, "TST001").group
    assert [i.id for i in first.sample(group).drawn] == [i.id for i in second.sample(group).drawn]


def test_somebody_elses_decision_on_a_group_is_not_overwritten(open_session: Open) -> None:
    anna, ben = open_session(who="anna"), open_session(who="ben")
    chosen = item(anna, "TST001")
    read = {one.id for one in ben.sample(chosen.group).drawn}
    seen = ben.store.latest_of_group(chosen.group)
    anna.decide(item(anna, "TST001", 2), "reject")
    with pytest.raises(ConflictError):
        ben.decide_group(chosen, "accept", read, seen=seen)


def test_copies_merge_and_the_later_decision_stands(session: Session, tmp_path: Path) -> None:
    chosen = item(session, "TST001")
    mine = session.decide(chosen, "accept")
    theirs = msgspec.structs.replace(
        mine, uid="f" * 16, when="2999-01-01T00:00:00.000000+00:00", who="ben", verdict="reject"
    )
    assert exchange.disagreements([mine], [theirs]) == [(mine, theirs)]
    assert len(session.store.add([mine, theirs])) == 1
    assert state(session, chosen) == "rejected"
    path = tmp_path / "copy.jsonl"
    exchange.write(path, session.store.events())
    assert sorted(exchange.read(path), key=lambda e: e.uid) == sorted(
        session.store.events(), key=lambda e: e.uid
    )
    later = session.decide(chosen, "accept")
    assert later.when > theirs.when, "a decision made here goes behind all that is known"


def test_decisions_survive_a_new_scan_of_a_changed_article(
    session: Session, open_session: Open, corpus: Path
) -> None:
    chosen = max(session.store.items("d.name = 'path:b.txt'"), key=lambda i: i.finding.start)
    session.decide(chosen, "reject")
    path = corpus / "b.txt"
    path.write_text("By our reporter\n\n" + path.read_text("utf-8"), "utf-8")
    again = open_session()
    states = {i.finding.fingerprint: i.state for i in again.store.items("d.name = 'path:b.txt'")}
    assert states[chosen.finding.fingerprint] == "rejected"
    assert sorted(states.values()) == ["open", "rejected"]


def test_an_unchanged_corpus_is_not_checked_again(session: Session, open_session: Open) -> None:
    assert session.store.meta("scan") == "1"
    again = open_session()
    assert again.store.meta("scan") == "2"
    assert [i.id for i in again.store.items()] == [i.id for i in session.store.items()]


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    db = sqlite3.connect(path)
    db.execute("pragma user_version = 99")
    db.close()
    with pytest.raises(ValueError, match="newer cleantext"):
        Store(path)


def test_lone_surrogates_are_kept(corpus: Path, open_session: Open) -> None:
    line = '{"id": "s", "text": "Here \\ud800 is teh end."}\n'
    (corpus / "s.jsonl").write_text(line, "utf-8")
    session = open_session()
    (chosen,) = session.store.items("d.name = 'id:s'")
    assert "\ud800" in session.article(chosen).text
    session.decide(chosen, "accept")
    assert state(session, chosen) == "accepted"


DECIDER = """
import sys
from pathlib import Path
from cleantext.review.store import Store
store = Store(Path(sys.argv[1]))
items = store.items()
versions = store.versions()
sys.stdout.write("ready\\n"); sys.stdout.flush()
n = 0
while True:
    for item in items:
        event = store.decide(item, ("accept", "reject")[n % 2], who="anna", version=versions[item.finding.rule])
        n += 1
        sys.stdout.write(event.uid + "\\n"); sys.stdout.flush()
"""


def kill_while_deciding(path: Path, times: int) -> None:
    confirmed: set[str] = set()
    for number in range(times):
        process = subprocess.Popen([sys.executable, "-c", DECIDER, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep((number * 7919 % 23) / 1000)
        os.kill(process.pid, signal.SIGKILL)
        said = process.stdout.read().split(b"\n")
        process.wait()
        process.stdout.close()
        # A line that was cut by the kill was not said; every whole one was.
        confirmed |= {uid.decode() for uid in said[:-1]}
        with Store(path) as store:
            assert store.db.execute("pragma integrity_check").fetchone() == ("ok",)
            assert confirmed <= {event.uid for event in store.events()}
    assert confirmed
    with Store(path) as store:
        states = {i.id: (i.state, i.seq) for i in store.items()}
        with store.transaction():
            store.resolve()
        assert {i.id: (i.state, i.seq) for i in store.items()} == states, "states are those of the events"


def test_a_kill_in_the_middle_of_a_decision_loses_nothing_confirmed(session: Session) -> None:
    kill_while_deciding(session.store.path, 6)


@pytest.mark.slow
def test_two_hundred_kills_lose_nothing_confirmed(session: Session) -> None:
    kill_while_deciding(session.store.path, 200)
