"""What a rule would do unasked, tried against doing it; and what is worth a look next."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from cleantext.batch.reading import Failure, read
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration, Trust
from cleantext.review import agreement, outlook
from cleantext.review.scan import scan
from cleantext.review.session import Session
from cleantext.review.store import Store
from cleantext.review.trust import Record

TRUST = Trust(lower_bound=0.6, min_decisions=4)


def test_automatic_is_what_promoting_does(session: Session, corpus: Path) -> None:
    for record in session.records():
        would = outlook.automatic(session, record.rule, record.record)
        if would.never:
            assert record.card is not None
            assert record.card.category == "attribution" or would.never == outlook.NO_FIX
            continue
        if not record.left or record.card is None or record.card.applicability == "safe":
            continue
        base = session.cleaner.configuration
        promoted = Cleaner(msgspec.structs.replace(base, promote=(*base.promote, record.rule)))
        done = {}
        for source in read([str(corpus)]):
            assert not isinstance(source, Failure)
            safe = [
                f for f in promoted.check(source.article).findings
                if f.rule == record.rule and f.applicability == "safe"
            ]  # fmt: skip
            if safe:
                done[source.path, source.line] = len(safe)
        assert (would.findings, would.articles) == (sum(done.values()), len(done)), record.rule


def test_its_bound_follows_the_decisions(session: Session) -> None:
    before = outlook.automatic(session, "TST001", session.record("TST001").record)
    assert before.findings > 2
    assert before.wrong == before.findings  # nobody knows anything
    [first, *_] = session.store.items("f.rule = 'TST001'")
    session.decide(first, "accept")
    record = session.record("TST001").record
    after = outlook.automatic(session, "TST001", record)
    assert after.findings == before.findings - 1
    assert after.wrong == -(-round((1 - record.lower) * after.findings * 1e6) // 1_000_000)
    assert outlook.automatic(session, "TST001", Record(accepted=1000)).wrong <= 1


def test_a_rule_that_is_gone_or_offers_nothing_is_not_switched(session: Session) -> None:
    assert outlook.automatic(session, "GONE1", Record()).never
    assert outlook.automatic(session, "TST003", Record()).never == outlook.NO_FIX


def test_what_is_missing_ends_in_trust() -> None:
    for record in (Record(), Record(accepted=3), Record(accepted=20, rejected=2)):
        more = outlook.missing(record, TRUST)
        then = msgspec.structs.replace(record, accepted=record.accepted + more)
        assert then.lower >= TRUST.lower_bound
        assert then.total >= TRUST.min_decisions
        if more > 1 and then.total > TRUST.min_decisions:
            assert msgspec.structs.replace(then, accepted=then.accepted - 1).lower < TRUST.lower_bound


def test_next_come_disputes_then_what_frees_most_then_doubts(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(12):
        (corpus / f"{number}.txt").write_text(
            f"The cafÃ© number {number} is open, Reuters he reported on day {number}.\n\nThe talks of day {number} failed, Reuters he reported in the evening.\n"
        )
    store = Store(tmp_path / ".cleantext" / "review.db")
    cleaner = Cleaner(Configuration(select=("MT021",)))
    with store:
        seen = scan(store, cleaner, read([str(corpus)]), on_failure=lambda f: pytest.fail(str(f)))
        ann = Session(store, cleaner, who="ann", scan=seen.number)
        bob = Session(store, cleaner, who="bob", scan=seen.number)
        [disputed, *_] = store.items("f.rule = 'MT021'")
        ann.decide(disputed, "accept")
        bob.decide(disputed, "reject")
        agreed = agreement.agreement(store.events())
        found = outlook.next_best(ann, ann.records(), agreed, Trust(lower_bound=0.3, min_decisions=4), 100)
        assert found[0].item.id == disputed.id
        assert found[0].why == "reviewers differ"
        needed = outlook.missing(ann.record("MT021").record, Trust(lower_bound=0.3, min_decisions=4))
        assert [one.why for one in found[1 : needed + 1]] == [
            f"{needed} decisions would settle 23 findings of MT021"
        ] * needed
        assert {one.why for one in found[needed + 1 :]} == {"among those it is least sure of"}
        assert len({one.item.id for one in found}) == len(found) == 24
        again = outlook.next_best(ann, ann.records(), agreed, Trust(lower_bound=0.3, min_decisions=4), 5)
        assert [one.item.id for one in again] == [one.item.id for one in found[:5]]


def test_the_command_says_it_in_words_and_in_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Share\n\nThe talks failed, Reuters he reported.\n\nIt rained, Reuters he reported.\n"
    )

    def ran(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "cleantext", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    nothing = ran("trust")
    assert nothing.returncode == 2
    assert "no decisions" in nothing.stderr
    rows = [json.loads(row) for row in ran("check", "--format", "jsonl", "a.txt").stdout.splitlines()]
    wanted = [row["fingerprint"] for row in rows if row["rule"] == "MT021"]
    for who, verdict in (("ann", "accept"), ("bob", "reject")):
        assert ran("decisions", "add", verdict, wanted[0], "--who", who, "--in", ".").returncode == 0
    said = ran("trust")
    assert said.returncode == 0, said.stderr
    assert "MT021   agency-stray-pronoun" in said.stdout
    assert "as shipped: readers judged" in said.stdout
    assert "2 reviewers decided 1 finding in common: alpha 0.00" in said.stdout
    assert "bob reject" in said.stdout
    told = json.loads(ran("trust", "--format", "json").stdout)
    [rule] = [one for one in told["rules"] if one["rule"] == "MT021"]
    assert (rule["rejected"], rule["waiting"]) == (1, 1)
    assert rule["automatic"]["findings"] + sum(rule["automatic"]["held"].values()) == 1
    assert told["next"][0]["why"] == "reviewers differ"
    assert told["agreement"]["disputed"][0]["said"] == {"ann": "accept", "bob": "reject"}
