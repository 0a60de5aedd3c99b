"""What `check` and `fix` make of decisions."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_corpus import ARTICLES, RULES, Open

from cleantext.article import Article
from cleantext.batch.reading import read
from cleantext.cleaner import Cleaner
from cleantext.configuration import Configuration
from cleantext.review import exchange
from cleantext.review.database import Item
from cleantext.review.decisions import Decisions
from cleantext.review.events import Event
from cleantext.review.scan import scan
from cleantext.review.session import Answer, Session
from cleantext.review.sheet import sheet
from cleantext.review.standing import context_of, match_of
from cleantext.review.store import Store

A, B = "path:a.txt", "path:b.txt"


def item(session: Session, text: str, document: str = A, nth: int = 0) -> Item:
    found = [i for i in session.store.items("d.name = ?", (document,)) if i.finding.text == text]
    return sorted(found, key=lambda i: i.finding.start)[nth]


def decisions(session: Session, cleaner: Cleaner | None = None) -> Decisions:
    return Decisions.load(session.store.path, (cleaner or session.cleaner).cards)


def fixed(session: Session, name: str, document: str) -> str:
    held = decisions(session)
    return session.cleaner.fix(
        Article(text=ARTICLES[name]), accept=held.accepts(document), refuse=held.refuses(document)
    ).text


def test_without_a_store_nothing_is_read_and_sqlite_is_not_imported() -> None:
    code = (
        "import sys; from cleantext.review.decisions import Decisions; d = Decisions.load(None); "
        "assert not d and d.verdict('x', None) is None; sys.exit('sqlite3' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_rejected_finding_is_hidden_and_never_applied(session: Session) -> None:
    chosen = item(session, "teh", B)
    session.decide(chosen, "reject")
    held = decisions(session)
    assert held.hides(B, chosen.finding)
    assert not held.hides(A, item(session, "teh", A).finding)
    article = Article(text=ARTICLES["b.txt"])
    everything = session.cleaner.fix(article, apply="review", refuse=held.refuses(B)).text
    assert everything == "People crossed teh river at noon.\n\nIt was the first time in years.\n"


def test_an_accepted_finding_is_applied_and_no_other(session: Session) -> None:
    session.decide(item(session, "teh", B, 1), "accept")
    assert (
        fixed(session, "b.txt", B) == "People crossed teh river at noon.\n\nIt was the first time in years.\n"
    )


def test_what_is_said_of_one_is_said_of_no_other_like_it_whatever_is_fixed(
    corpus: Path, open_session: Open
) -> None:
    """The same words behind each: what is known of them is not enough to take one for another."""
    text = "".join(
        f"On day {n} the {n}th mayor {n} opened teh bridge over the river.\n\n" for n in range(1, 5)
    )
    (corpus / "d.txt").write_text(text)
    session = open_session()
    first, second = (item(session, "teh", "path:d.txt", nth) for nth in (0, 1))
    session.decide(first, "accept")
    session.decide(second, "reject")
    for _ in range(3):  # what was fixed is gone, and what was said of it has no finding any more
        held = decisions(session)
        text = session.cleaner.fix(
            Article(text=text), accept=held.accepts("path:d.txt"), refuse=held.refuses("path:d.txt")
        ).text
        assert [line.split("opened ")[1][:3] for line in text.split("\n\n")[:4]] == [
            "the",
            "teh",
            "teh",
            "teh",
        ]
    session.undo()
    states = [i.state for i in session.store.items("d.name = 'path:d.txt' and f.rule = 'TST001'")]
    assert sorted(states) == ["accepted", "open", "open", "open"]


def test_a_persons_own_words_are_applied(session: Session) -> None:
    session.decide(item(session, "teh", B), "edit", replacement="a")
    assert fixed(session, "b.txt", B).startswith("People crossed a river")


def test_a_finding_without_a_fix_takes_a_persons_words(session: Session) -> None:
    session.decide(item(session, "Mr Nobody"), "edit", replacement="Ms Somebody")
    assert "\n\nMs Somebody cut" in fixed(session, "a.txt", A)


def test_a_safe_fix_that_was_rejected_stays_away(session: Session) -> None:
    assert ",," not in fixed(session, "a.txt", A)
    session.decide(item(session, ",,"), "reject")
    assert ",," in fixed(session, "a.txt", A)


def test_an_edit_that_changes_nothing_is_a_rejection_and_the_proposal_itself_an_accept(
    session: Session,
) -> None:
    assert session.decide(item(session, "teh", B), "edit", replacement="teh").verdict == "reject"
    assert session.decide(item(session, "teh", B), "edit", replacement="the").verdict == "accept"


def test_a_group_is_followed_except_where_one_was_decided_apart(session: Session) -> None:
    apart = item(session, "teh", B)
    session.decide(apart, "reject")
    read = {one.id for one in session.sample(apart.group).drawn}
    session.decide_group(item(session, "teh", A), "accept", read, seen=None)
    held = decisions(session)
    assert held.verdict(B, apart.finding) == "reject"
    assert held.verdict(A, item(session, "teh", A).finding) == "accept"
    never_seen = msgspec.structs.replace(apart.finding, fingerprint="f" * 16)
    assert held.verdict("path:new.txt", never_seen) == "accept"


def changed_rules(rules: Path) -> Cleaner:
    rules.write_text(RULES.replace(r"'\bteh\b'", r"'\bteh\b|\btehh\b'"), "utf-8")
    return Cleaner(Configuration(rules=(str(rules),), select=("TST",)))


def test_a_changed_rule_asks_for_its_decisions_again(
    session: Session, rules: Path, open_session: Open
) -> None:
    yes, no = item(session, "teh", B), item(session, "teh", B, 1)
    session.decide(yes, "accept")
    session.decide(no, "reject")
    changed = changed_rules(rules)
    held = decisions(session, changed)
    assert held.verdict(B, yes.finding) == "stale"
    assert held.accepts(B)(yes.finding) is None
    assert not held.hides(B, no.finding)
    assert held.refuses(B)(no.finding), "an old no still holds a fix back"
    again = open_session(cleaner=changed)
    assert {i.state for i in again.store.items("d.name = ?", (B,))} == {"stale"}
    assert again.keep_decisions("TST001") == 2
    assert decisions(again, changed).verdict(B, yes.finding) == "accept"


def test_an_accepted_proposal_that_became_another_is_asked_again(session: Session) -> None:
    chosen = item(session, "teh", B)
    session.decide(chosen, "accept")
    (edit,) = chosen.finding.fixes[0].edits
    other = msgspec.structs.replace(edit, replacement="ten")
    fix = msgspec.structs.replace(chosen.finding.fixes[0], edits=(other,))
    assert decisions(session).verdict(B, msgspec.structs.replace(chosen.finding, fixes=(fix,))) == "stale"


def test_the_committed_copy_alone_is_enough(session: Session) -> None:
    from cleantext.review import exchange, places

    session.decide(item(session, "teh", B), "reject")
    store = session.store.path
    exchange.write(places.copy_of(store), session.store.events())
    session.store.close()
    for file in store.parent.glob("review.db*"):
        file.unlink()
    assert places.find([str(places.root_of(store) / "b.txt")]) == store
    assert len(Decisions.load(store)) == 1


def test_decisions_travel_to_workers(session: Session) -> None:
    chosen = item(session, "teh", B)
    session.decide(chosen, "reject")
    assert pickle.loads(pickle.dumps(decisions(session))).hides(B, chosen.finding)


def test_a_file_that_is_no_store_is_named(tmp_path: Path) -> None:
    path = tmp_path / "review.db"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(ValueError, match=r"review\.db: no usable review store"):
        Decisions.load(path)


def test_a_conflict_that_git_left_is_explained(tmp_path: Path) -> None:
    (tmp_path / "decisions.jsonl").write_text("<<<<<<< HEAD\n")
    with pytest.raises(ValueError, match=r"decisions\.jsonl:1: git left a conflict"):
        Decisions.load(tmp_path / "review.db")


def test_what_a_per_file_table_ignores_is_not_put_to_anybody(tmp_path: Path) -> None:
    from cleantext.batch.reading import read
    from cleantext.configuration import PerFile
    from cleantext.review.scan import scan
    from cleantext.review.store import Store

    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("The cafÃ© stays open.\n", "utf-8")
    cleaner = Cleaner(Configuration(select=("encoding",), per_file=(PerFile(("EN",), paths=("a.txt",)),)))
    with Store(tmp_path / ".cleantext" / "review.db") as store:
        scan(store, cleaner, read([str(tmp_path)]), on_failure=lambda _: None)
        rows = store.db.execute(
            "select documents.path from findings join documents on documents.id = findings.document"
        ).fetchall()
    assert [Path(path).name for (path,) in rows] == ["b.txt"]


def test_a_vast_file_of_decisions_is_refused_before_it_fills_the_memory(tmp_path, monkeypatch):
    path = tmp_path / ".cleantext" / "decisions.jsonl"
    path.parent.mkdir()
    path.write_bytes(b"\n" * 65)
    monkeypatch.setattr(exchange, "LARGEST", 64)
    with pytest.raises(ValueError, match="no decisions that people made"):
        exchange.read(path)
    path.write_bytes(b"\n" * 64)
    assert exchange.read(path) == []


BUTTONS = "Share\n\nPrint\n\nSign up\n\nMost read\n\nMenu\n\n"
"""Lines that go unasked; each is all that stands beside its neighbours."""


def decided_in(
    folder: Path, text: str, words: str, replacement: str | None = None
) -> tuple[Cleaner, Decisions]:
    """Reject the first finding of these words in an article, or write others in its place."""
    (folder / "e.txt").write_text(text, "utf-8")
    cleaner = Cleaner()
    with Store(folder / ".cleantext" / "review.db") as store:
        seen = scan(store, cleaner, read([str(folder / "e.txt")]), on_failure=lambda f: pytest.fail(str(f)))
        session = Session(store, cleaner, who="anna", scan=seen.number)
        verdict: Answer = "reject" if replacement is None else "edit"
        session.decide(item(session, words, "path:e.txt"), verdict, replacement=replacement)
    return cleaner, Decisions.load(folder / ".cleantext" / "review.db", cleaner.cards)


def fixed_by(cleaner: Cleaner, held: Decisions, text: str, name: str = "path:e.txt") -> str:
    return cleaner.fix(Article(text=text), accept=held.accepts(name), refuse=held.refuses(name)).text


def test_what_was_rejected_stays_when_all_around_it_went(tmp_path: Path) -> None:
    prose = "The ferry company said on Monday that it would sell two of its ships before the winter.\n\n" * 3
    text = prose + BUTTONS
    cleaner, held = decided_in(tmp_path, text, "Sign up")
    once = fixed_by(cleaner, held, text)
    assert [line for line in once.split("\n") if line in BUTTONS.split("\n") and line] == ["Sign up"]
    assert fixed_by(cleaner, held, once) == once
    assert "Sign up" not in fixed_by(cleaner, held, once, "path:another.txt")
    (tmp_path / "e.txt").write_text(once, "utf-8")
    with Store(tmp_path / ".cleantext" / "review.db") as store:
        seen = scan(store, cleaner, read([str(tmp_path / "e.txt")]), on_failure=lambda f: pytest.fail(str(f)))
        session = Session(store, cleaner, who="anna", scan=seen.number)
        left = item(session, "Sign up", "path:e.txt")
        shown = sheet(session, left.document_id)
        assert shown is not None
        assert [
            (mark.item.id, mark.standing) for mark in shown.marks if mark.item.finding.text == "Sign up"
        ] == [(left.id, "kept")]
        session.decide(left, "accept")
        assert "Sign up" not in fixed_by(cleaner, session.decisions(left.document_id), once)
    assert "Print" not in fixed_by(cleaner, held, once + "\nPrint\n")


def test_what_a_person_wrote_is_not_changed_by_the_next_fix(tmp_path: Path) -> None:
    prose = "The ferry company said on Monday that it would sell two of its ships before the winter.\n\n" * 3
    text = prose + BUTTONS
    cleaner, held = decided_in(tmp_path, text, "Sign up", "Read more")
    once = fixed_by(cleaner, held, text)
    assert once == prose + "Read more\n\n"
    assert fixed_by(cleaner, held, once) == once
    assert "Read more" not in fixed_by(cleaner, held, once, "path:another.txt")


def test_what_stood_elsewhere_and_was_not_meant_goes(tmp_path: Path) -> None:
    prose = "The ferry company said on Monday that it would sell two of its ships before the winter.\n\n"
    text = f"Sign up\n\n{prose * 3}{BUTTONS}"
    cleaner, held = decided_in(tmp_path, text, "Sign up")
    once = fixed_by(cleaner, held, text)
    assert once.startswith("Sign up\n")
    assert once.count("Sign up") == 1
    assert fixed_by(cleaner, held, once) == once


SAFE = Cleaner()


@given(
    lines=st.lists(st.sampled_from([*BUTTONS.split("\n\n"), *ARTICLES["b.txt"].split("\n\n")]), max_size=20),
    chance=st.randoms(use_true_random=False),
)
def test_a_second_fix_leaves_what_was_rejected(lines: list[str], chance: random.Random) -> None:
    text = "\n".join(lines)
    found = SAFE.check(text).findings
    if not found:
        return
    chosen = chance.choice(found)
    like = [f for f in found if match_of(f.fingerprint) == match_of(chosen.fingerprint) and f != chosen]
    event = Event(
        "u" * 16, "", "anna", "reject", "occurrence", chosen.rule, "", "", "d", chosen.fingerprint, chosen.text,
        others=tuple({context_of(f.fingerprint) for f in like}),
    )  # fmt: skip
    held = Decisions([event])
    once = fixed_by(SAFE, held, text, "d")
    assert fixed_by(SAFE, held, once, "d") == once
    assert chosen.text in once
