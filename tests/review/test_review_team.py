"""Several reviewers of one store: who is asked, whose word holds, what is adjudicated, and stores of before."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_corpus import Open

from cleantext.batch.reading import read
from cleantext.cleaner import Cleaner
from cleantext.review import agreement, events, exchange, queue, schema, sheet, team
from cleantext.review.assignment import By
from cleantext.review.database import Item
from cleantext.review.decisions import Decisions
from cleantext.review.events import Event
from cleantext.review.marks import Mark
from cleantext.review.queue import Filters
from cleantext.review.scan import scan
from cleantext.review.seats import Bench, seat
from cleantext.review.session import Session
from cleantext.review.store import ConflictError, Store
from cleantext.review.web.together import Team

Sit = Callable[..., Session]


@pytest.fixture
def sit(corpus: Path, cleaner: Cleaner, open_session: Open) -> Iterator[Sit]:
    """Let somebody sit down at the corpus: at their own desk, or to adjudicate."""
    whole = open_session(who="operator")
    opened: list[Store] = []

    def make(who: str, *, adjudicates: bool = False) -> Session:
        store = Bench(whole.store.path) if adjudicates else seat(whole.store.path, who)
        opened.append(store)
        return Session(store, cleaner, who=who, scan=whole.scan)

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(open_session: Open) -> Store:
    return open_session(who="operator").store


def only(session: Session, rule: str = "TST003") -> Item:
    (found,) = session.store.items("f.rule = ?", (rule,))
    return found


def state(session: Session, item: Item) -> str:
    found = session.store.find(item.id)
    assert found is not None
    return found.state


def holds(store: Store, item: Item) -> str | None:
    """What ``check`` and ``fix`` are told."""
    return Decisions.load(store.path).verdict(item.document, item.finding)


def test_what_two_were_asked_holds_once_both_have_said_it(store: Store, sit: Sit) -> None:
    team.add(store, "Anna")
    team.add(store, "Ben")
    anna, ben = sit("Anna"), sit("Ben")
    item = only(anna)
    anna.decide(item, "accept", seen=item.seq)
    assert (state(anna, item), state(ben, item)) == ("accepted", "open")
    assert holds(store, item) is None
    ben.decide(item, "accept", seen=item.seq)
    assert holds(store, item) == "accept"
    found = store.find(item.id)
    assert found is not None
    assert found.state == "accepted"


def test_a_safe_fix_waits_while_one_of_several_says_no(store: Store, sit: Sit) -> None:
    team.add(store, "Anna")
    team.add(store, "Ben")
    anna, ben = sit("Anna"), sit("Ben")
    item = only(anna, "TST004")
    assert not Decisions.load(store.path).refuses(item.document)(item.finding)
    anna.decide(item, "reject")
    assert Decisions.load(store.path).refuses(item.document)(item.finding)
    ben.decide(only(ben, "TST004"), "accept")
    assert Decisions.load(store.path).refuses(item.document)(item.finding), "they differ"
    sit("Carla", adjudicates=True).decide(item, "accept")
    assert not Decisions.load(store.path).refuses(item.document)(item.finding)


def test_nobody_sees_what_others_said_before_he_has_answered(store: Store, sit: Sit) -> None:
    team.add(store, "Anna")
    team.add(store, "Ben")
    anna, ben = sit("Anna"), sit("Ben")
    item = only(anna)
    anna.decide(item, "accept", seen=item.seq, reason="it is so")
    seen = only(ben)
    assert (seen.state, seen.seq, ben.store.voices(seen)) == ("open", 0, [])
    assert ben.decisions(item.document_id).verdict(item.document, item.finding) is None
    assert anna.decisions(item.document_id).verdict(item.document, item.finding) == "accept"
    ben.decide(seen, "reject", seen=seen.seq)
    seen = only(ben)
    assert [(e.who, e.verdict) for e in ben.store.voices(seen)] == [("Anna", "accept"), ("Ben", "reject")]
    assert seen.state == "disputed"


def test_a_rule_s_record_counts_what_is_left_for_whoever_looks(store: Store, sit: Sit) -> None:
    for name in ("Anna", "Ben"):
        team.add(store, name)
    anna, ben, carla = sit("Anna"), sit("Ben"), sit("Carla", adjudicates=True)
    items = anna.store.items("f.rule = 'TST001'")
    assert len(items) > 1
    for n, item in enumerate(items):
        assert [one.record("TST001").left for one in (anna, ben, carla)] == [len(items) - n, len(items), 0]
        anna.decide(item, "accept")
    ben.decide(only_of(ben, items[0]), "reject")
    assert [one.record("TST001").left for one in (anna, ben, carla)] == [0, len(items) - 1, 1]
    carla.decide(only_of(carla, items[0]), "accept")
    assert carla.record("TST001").left == 0
    for session in (anna, ben):
        for record in session.records():
            where = "f.rule = ? and f.state in ('open', 'stale') and f.applicability != 'safe'"
            assert record.left == len(session.store.items(where, (record.rule,)))


def only_of(session: Session, item: Item) -> Item:
    found = session.store.find(item.id)
    assert found is not None
    return found


def test_the_adjudicators_word_holds_and_both_opinions_stay(store: Store, sit: Sit) -> None:
    for name in ("Anna", "Ben"):
        team.add(store, name)
    team.add(store, "Carla", reviews=False, adjudicates=True)
    anna, ben, carla = sit("Anna"), sit("Ben"), sit("Carla", adjudicates=True)
    item = only(anna)
    anna.decide(item, "accept")
    ben.decide(item, "reject")
    assert holds(store, item) is None
    assert [one.id for one in carla.store.items("f.state = 'disputed'")] == [item.id]
    disputed = only(carla)
    carla.decide(disputed, "reject", seen=disputed.seq, reason="a name")
    assert holds(store, item) == "reject"
    anna.decide(only(anna), "accept")  # she insists, and it changes nothing
    assert holds(store, item) == "reject"
    assert Counter((e.who, e.verdict) for e in store.events()) == {
        ("Anna", "accept"): 2,
        ("Ben", "reject"): 1,
        ("Carla", "reject"): 1,
    }
    agreed = agreement.agreement(store.events())
    assert (agreed.findings, agreed.reviewers, len(agreed.disputed)) == (1, 2, 1)
    carla.undo()
    assert holds(store, item) is None
    assert state(carla, item) == "disputed"


def test_a_reviewer_who_thinks_again_ends_the_dispute(store: Store, sit: Sit) -> None:
    team.add(store, "Anna")
    team.add(store, "Ben")
    anna, ben = sit("Anna"), sit("Ben")
    item = only(anna)
    anna.decide(item, "accept")
    ben.decide(item, "unsure")
    assert state(ben, item) == "disputed"
    ben.decide(only(ben), "accept")
    assert holds(store, item) == "accept"
    ben.undo()
    assert holds(store, item) is None
    ben.undo()
    assert state(ben, item) == "open"
    assert state(anna, item) == "accepted"


def test_two_windows_of_one_reviewer_tell_of_each_other_and_two_reviewers_do_not(
    store: Store, sit: Sit
) -> None:
    team.add(store, "Anna")
    team.add(store, "Ben")
    first, second, ben = sit("Anna"), sit("Anna"), sit("Ben")
    item = only(first)
    first.decide(item, "accept", seen=item.seq)
    ben.decide(item, "reject", seen=item.seq)
    with pytest.raises(ConflictError, match="Anna said accept"):
        second.decide(item, "reject", seen=item.seq)


def test_a_group_is_decided_for_oneself_alone(store: Store, sit: Sit) -> None:
    team.add(store, "Anna")
    team.add(store, "Ben")
    anna, ben = sit("Anna"), sit("Ben")
    teh = anna.store.items("f.rule = 'TST001'")
    example = teh[0]
    drawn = anna.sample(example.group).drawn
    anna.decide_group(example, "accept", {one.id for one in drawn}, seen=0)
    members = [one for one in teh if one.group == example.group]
    assert {state(anna, one) for one in members} == {"accepted"}
    assert {state(ben, one) for one in members} == {"open"}
    assert all(event.scope == "occurrence" for event in store.events())
    assert sum(event.was_read for event in store.events()) == len(drawn)
    assert len(anna.undo()) == len(members)
    assert {state(anna, one) for one in members} == {"open"}


def test_what_others_decide_in_an_article_is_in_nobodys_way(store: Store, sit: Sit) -> None:
    for name in ("Anna", "Ben"):
        team.add(store, name)
    anna, ben = sit("Anna"), sit("Ben")
    for one in (anna, ben):
        own = one.store.items("d.name = 'path:b.txt'")
        seen = one.store.latest_of_article("path:b.txt")
        assert seen == 0
        taken = [(item, one.version(item.finding.rule)) for item in own]
        one.store.take_together(taken, who=one.who, seen=seen)
    assert {item.state for item in store.items("d.name = 'path:b.txt'")} == {"accepted"}
    with pytest.raises(ConflictError):
        anna.store.take_together(taken, who="Anna", seen=0)


@pytest.mark.parametrize("each", [0, 1])
def test_what_others_alone_were_asked_stands_in_the_text_once_it_is_settled(
    store: Store, sit: Sit, each: int
) -> None:
    store.set_meta("secret", "what chance hangs on")
    for name in ("Anna", "Ben", "Carla"):
        team.add(store, name)
    team.share_out(store, each=each, by="finding")
    people = [sit(name) for name in ("Anna", "Ben", "Carla")]
    own = {one.who: {i.id for i in one.store.items()} for one in people}
    every = {i.id for i in store.items()}
    safe = {i.id for i in store.items("f.applicability = 'safe'")}

    def seen(session: Session) -> dict[int, Mark]:
        documents = {i.document_id for i in store.items()}
        sheets = [one for number in sorted(documents) if (one := sheet.sheet(session, number))]
        return {mark.item.id: mark for one in sheets for mark in one.marks}

    for one in people:
        assert set(seen(one)) == own[one.who] | safe
        assert {n for n, mark in seen(one).items() if mark.waits} == own[one.who] - safe
    people.sort(key=lambda one: -len(own[one.who] - safe))
    decider = people[0]
    for item in decider.store.items("f.applicability != 'safe'"):
        decider.decide(item, "accept")
    for one in people[1:]:
        marks = seen(one)
        theirs = {n for n, mark in marks.items() if mark.theirs}
        assert theirs == (every - own[one.who]) & (own[decider.who] | safe)
        assert all(marks[n].standing in ("taken", "safe") and not marks[n].waits for n in theirs)
        assert not any(mark.waits for mark in marks.values() if mark.theirs)
        assert bool(theirs - safe) is (each == 1), "what all are asked nobody sees before he has answered"


@pytest.mark.parametrize("by", ["finding", "article"])
@pytest.mark.parametrize("each", [0, 1, 2, 3])
def test_every_finding_is_asked_of_as_many_as_it_should(
    tmp_path: Path, cleaner: Cleaner, each: int, by: By
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number}.txt").write_text(f"It was teh day {number},, they say, of teh year.\n")
    with Store(folder / ".cleantext" / "review.db") as store:
        store.set_meta("secret", "what chance hangs on")
        for name in ("Anna", "Ben", "Carla"):
            team.add(store, name)
        team.share_out(store, each=each, by=by)
        scan(store, cleaner, read([str(folder)]), on_failure=lambda f: pytest.fail(str(f)))
        asked = store.db.execute(
            "select f.document, f.id, group_concat(o.reviewer) from findings f join opinions o "
            "on o.finding = f.id group by f.id"
        ).fetchall()
        assert len(asked) == len(store.items()) == 180
        assert {len(names.split(",")) for _, _, names in asked} == {each or 3}
        of_article: dict[int, set[str]] = {}
        for document, _, names in asked:
            of_article.setdefault(document, set()).add(names)
        if by == "article":
            assert all(len(names) == 1 for names in of_article.values())
        shares = [one.asked for one in team.progress(store).values()]
        assert sum(shares) == 120 * (each or 3), "safe ones ask nobody"
        assert min(shares) > 0.6 * max(shares)
        before = set(store.db.execute("select * from opinions"))
        team.add(store, "Dora")
        moved = before - set(store.db.execute("select * from opinions"))
        assert len(moved) < 0.5 * len(before), "who was there keeps most of what he was asked"
        team.revoke(store, "Dora")
        assert set(store.db.execute("select * from opinions")) == before


def test_what_was_decided_before_there_was_a_team_is_not_asked_again(open_session: Open, sit: Sit) -> None:
    alone = open_session(who="anna")
    item = only(alone)
    alone.decide(item, "reject")
    team.add(alone.store, "Anna")
    team.add(alone.store, "Ben")
    assert sit("Ben").store.find(item.id) is None
    assert holds(alone.store, item) == "reject"


def test_who_leaves_is_asked_nothing_and_what_he_said_stays(store: Store, sit: Sit) -> None:
    for name in ("Anna", "Ben"):
        team.add(store, name)
    anna = sit("Anna")
    item = only(anna)
    anna.decide(item, "accept")
    team.revoke(store, "Ben")
    # He cannot answer any more, and one opinion of two is not enough: somebody has to settle it.
    found = store.find(item.id)
    assert found is not None
    assert found.state == "disputed"
    assert team.find(store, "Ben") is None
    assert [one.name for one in team.reviewers(store, revoked=True)] == ["Anna", "Ben"]
    team.add(store, "Ben")
    ben = sit("Ben")
    ben.decide(only(ben), "accept")
    assert holds(store, item) == "accept"


def test_an_article_that_is_read_again_keeps_who_was_asked_and_what_they_said(
    store: Store, sit: Sit, corpus: Path, cleaner: Cleaner
) -> None:
    for name in ("Anna", "Ben"):
        team.add(store, name)
    anna = sit("Anna")
    anna.decide(only(anna), "accept")
    path = corpus / "a.txt"
    path.write_text(path.read_text() + "\nOne more line.\n")
    scan(store, cleaner, read([str(corpus)]), on_failure=lambda f: pytest.fail(str(f)))
    assert only(sit("Anna")).state == "accepted"
    assert only(sit("Ben")).state == "open"


def test_an_opinion_is_one_wherever_it_is_made(open_session: Open, sit: Sit) -> None:
    team.add(open_session().store, "Anna")
    team.add(open_session().store, "Ben")
    elsewhere = open_session(who="Anna")  # the language server, an import, a script: no desk, but the name
    item = only(elsewhere)
    elsewhere.decide(item, "accept")
    assert state(sit("Anna"), item) == "accepted"
    assert holds(elsewhere.store, item) is None


def test_who_sees_what_was_settled_may_settle_it_anew_and_who_does_not_is_one_voice(
    open_session: Open, sit: Sit
) -> None:
    store = open_session().store
    team.add(store, "Anna")
    team.add(store, "Ben")
    item = only(sit("Anna"))
    sit("Anna").decide(item, "accept")
    sit("Ben").decide(item, "reject")
    sit("Carla", adjudicates=True).decide(item, "reject")
    operator = open_session(who="operator")
    operator.decide(only(operator), "accept")  # a script that looks at nothing
    assert holds(store, item) == "reject"
    seen = only(operator)
    operator.decide(seen, "accept", seen=seen.seq)
    assert holds(store, item) == "accept"


def test_the_queue_counts_what_one_is_asked(store: Store, sit: Sit) -> None:
    team.add(store, "Anna")
    team.add(store, "Ben")
    anna = sit("Anna")
    filters = Filters(scan=anna.scan, kind="any")
    everything = queue.count(anna.store, filters)
    anna.decide(only(anna), "reject")
    assert queue.count(anna.store, filters) == everything - 1
    assert queue.progress(anna.store, filters)["rejected"] == 1
    ben = sit("Ben")
    assert queue.count(ben.store, filters) == everything
    groups, total = queue.groups(ben.store, filters)
    assert sum(group.size for group in groups) == everything
    assert total == len(groups)
    first = queue.following(ben.store, filters)
    assert first is not None
    assert first.state == "open"
    assert queue.preceding(ben.store, filters, 10_000) is not None
    assert sum(n for _, _, n in queue.by_rule(ben.store, filters)) == everything


def test_counting_for_everybodys_pages_takes_a_tenth_of_the_time_at_most(store: Store) -> None:
    now = 100.0

    def count() -> int:
        nonlocal now
        now += 0.5  # as on a large corpus
        return len(store.events())

    people = Team(store, clock=lambda: now)
    counted = 0
    for event in range(1000):
        before = now
        people._paced("", event, count)
        counted += now > before
        now += 0.01
    assert 2 <= counted <= 4
    now += 5
    people._paced("", "the last", count)
    assert people._counts[""].made_of == "the last", "what happened is shown in the end"


@pytest.mark.parametrize("each", ["two", "-1", "٣", "9" * 5000, ""])
def test_a_store_from_elsewhere_that_says_nonsense_about_shares_says_nothing(store: Store, each: str) -> None:
    store.set_meta("team-each", each)
    store.set_meta("team-by", "colour")
    team.add(store, "Anna")
    assert team.progress(store)[1].asked == 5


@pytest.mark.parametrize("name", ["", "  ", "a" * 61, "An\u202ena", "An\x00na"])
def test_a_name_that_nobody_can_read_is_refused(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        team.add(store, name)


def test_a_store_of_before_opens_and_nothing_of_it_is_lost(
    tmp_path: Path, corpus: Path, cleaner: Cleaner
) -> None:
    path = corpus / ".cleantext" / "review.db"
    with Store(path) as store:
        seen = scan(store, cleaner, read([str(corpus)]), on_failure=lambda f: pytest.fail(str(f)))
        session = Session(store, cleaner, who="anna", scan=seen.number)
        session.decide(only(session), "reject", reason="so")
        session.decide(store.items("f.rule = 'TST001'")[0], "edit", replacement="a")
        events_before = store.events()
        items_before = store.items()
    # The same file as version 1 wrote it: no tables of a team, events without its fields.
    old = sqlite3.connect(path)
    for table in ("reviewers", "opinions"):
        old.execute(f"drop table {table}")
    old.execute("pragma user_version = 1")
    held = old.execute("select group_concat(data) from events").fetchone()[0]
    assert not any(field in held for field in ("asked", "adjudicates", "follows"))
    old.commit()
    old.close()
    assert exchange.read_all(path) == events_before, "who only reads does not change it"
    with sqlite3.connect(path) as old:
        assert old.execute("pragma user_version").fetchone()[0] == 1
    with Store(path) as store:
        assert store.events() == events_before
        assert store.items() == items_before
        team.add(store, "Anna")
    with sqlite3.connect(path) as new:
        assert new.execute("pragma user_version").fetchone()[0] == schema.VERSION
        tables = {name for (name,) in new.execute("select name from sqlite_schema where type = 'table'")}
        assert {"reviewers", "opinions"} <= tables


EVENTS = st.lists(
    st.builds(
        lambda number, who, verdict, key: Event(
            uid=f"{number:016x}", when=events.now(), who=who, verdict=verdict, scope="occurrence",
            rule="R", version="v", group="g", document="d", key=key, match="m",
        ),
        st.integers(0, 2**60), st.sampled_from("abc"), st.sampled_from(["accept", "reject", "unsure"]),
        st.sampled_from(["k1", "k2"]),
    ),
    max_size=12, unique_by=lambda event: event.uid,
)  # fmt: skip


@given(EVENTS)
def test_without_people_who_were_asked_apart_the_latest_decision_holds(made: list[Event]) -> None:
    latest = {event.target: event for event in sorted(made, key=lambda event: event.order)}
    assert {event.target: event for event in events.standing(made)} == latest


@given(EVENTS, st.integers(1, 3))
def test_apart_what_holds_was_said_by_all_who_were_asked(made: list[Event], asked: int) -> None:
    made = [msgspec.structs.replace(event, asked=asked) for event in made]
    held = {event.target: event for event in events.standing(made)}
    for target in {event.target for event in made}:
        last = {e.who: e for e in sorted(made, key=lambda e: e.order) if e.target == target}
        verdicts = {event.verdict for event in last.values()}
        assert (target in held) == (len(verdicts) == 1 and len(last) >= asked)
        if target in held:
            assert {held[target].verdict} == verdicts


@given(EVENTS, st.integers(0, 3))
def test_an_adjudication_holds_whatever_else_is_said(made: list[Event], asked: int) -> None:
    made = [msgspec.structs.replace(event, asked=asked) for event in made]
    ruling = Event(
        uid="f" * 16, when="2020-01-01T00:00:00.000000+00:00", who="c", verdict="edit", scope="occurrence",
        rule="R", version="v", group="g", document="d", key="k1", match="m", replacement="x", adjudicates=True,
    )  # fmt: skip
    assert ruling in list(events.standing([*made, ruling]))
