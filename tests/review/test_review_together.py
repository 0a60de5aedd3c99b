"""Two people on one corpus at once: nothing is lost, conflicts are shown, and their agreement is what it is."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from cleantext.batch.reading import read
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration
from cleantext.review.agreement import agreement, said_by_each
from cleantext.review.scan import scan
from cleantext.review.session import Session
from cleantext.review.store import ConflictError, Store

IN_AN_ARTICLE = 25


def corpus(folder: Path, findings: int) -> Path:
    folder.mkdir()
    for number in range(findings // IN_AN_ARTICLE):
        rows = [
            f"On day {row} of year {number} the talks of group {row * number} failed, Reuters he reported in a note."
            for row in range(IN_AN_ARTICLE)
        ]
        (folder / f"{number:04}.txt").write_text("\n\n".join(rows))
    return folder


def number(key: str) -> int:
    """A fingerprint as a number; one of several equal ones ends in its place among them."""
    return int(key.replace("-", ""), 16)


def answer(who: str, key: str) -> str:
    """Ann takes two of three, Bob differs from her in one of five."""
    value = number(key)
    ann = "accept" if value % 3 else "reject"
    if who == "ann" or value % 5:
        return ann
    return "reject" if ann == "accept" else "accept"


def decide_all(path: Path, who: str, start: object, out: object) -> None:
    """One person in their own process: what they see may have been decided meanwhile, and then they look again."""
    cleaner = Cleaner(Configuration(select=("MT021",)))
    conflicts = 0
    with Store(path) as store:
        session = Session(store, cleaner, who=who, scan=1)
        seen = store.items("f.rule = 'MT021'")
        start.wait(120)  # type: ignore[attr-defined]
        for item in seen:
            while True:
                verdict = answer(who, item.finding.fingerprint)
                try:
                    session.decide(item, verdict, seen=item.seq)  # type: ignore[arg-type]
                    break
                except ConflictError as conflict:
                    assert conflict.latest.who != who
                    conflicts += 1
                    again = store.find(item.id)
                    assert again is not None
                    item = again
    out.put((who, conflicts))  # type: ignore[attr-defined]


@pytest.mark.parametrize("findings", [50, pytest.param(5_000, marks=pytest.mark.slow)])
def test_two_decide_everything_at_once(tmp_path: Path, findings: int) -> None:
    krippendorff = pytest.importorskip("krippendorff")
    folder = corpus(tmp_path / "corpus", findings)
    path = folder / ".cleantext" / "review.db"
    cleaner = Cleaner(Configuration(select=("MT021",)))
    with Store(path) as store:
        scan(store, cleaner, read([str(folder)]), on_failure=lambda failure: pytest.fail(str(failure)))
        assert len(store.items("f.rule = 'MT021'")) == findings
    context = multiprocessing.get_context("spawn")
    start, out = context.Barrier(2), context.Queue()
    people = [context.Process(target=decide_all, args=(path, who, start, out)) for who in ("ann", "bob")]
    for person in people:
        person.start()
    conflicts = dict(out.get(timeout=600) for _ in people)
    for person in people:
        person.join(60)
        assert person.exitcode == 0
    with Store(path) as store:
        every = store.events()
        states = {
            (item.document, item.finding.fingerprint): item.state for item in store.items("f.rule = 'MT021'")
        }
    assert len(every) == 2 * findings, "none is lost, and none is there twice"
    said = said_by_each(every)
    assert len(said) == findings
    for (document, key), own in said.items():
        assert {who: event.verdict for who, event in own.items()} == {
            who: answer(who, key) for who in ("ann", "bob")
        }
        latest = max(own.values(), key=lambda event: event.order)
        assert states[document, key] == {"accept": "accepted", "reject": "rejected"}[latest.verdict]
    # Whoever comes second on a finding is told so, each time.
    assert sum(conflicts.values()) == findings
    found = agreement(every)
    assert (found.findings, found.reviewers) == (findings, 2)
    keys = [key for _, key in sorted(said)]
    assert len(found.disputed) == sum(number(key) % 5 == 0 for key in keys)
    table = [[float(answer(who, key) == "accept") for key in keys] for who in ("ann", "bob")]
    assert found.alpha == pytest.approx(
        krippendorff.alpha(reliability_data=table, level_of_measurement="nominal")
    )
