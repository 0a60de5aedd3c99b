"""One small corpus through everything that can happen to it, in any order: check, decide, fix, edit, undo, re-scrape."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from unittest.mock import patch

import hostile
import msgspec
import pytest
from conftest import RULES  # type: ignore[attr-defined]
from hostile_calls import TORTURE
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cleantext.batch.inputs import Failure
from cleantext.batch.job import Job
from cleantext.batch.reading import Fields, read
from cleantext.batch.run import Plan, carry_out
from cleantext.batch.work import Setup
from cleantext.cleaner import Cleaner
from cleantext.cli import main
from cleantext.configuration import Configuration
from cleantext.review import exchange, places
from cleantext.review.decisions import Decisions
from cleantext.review.scan import scan
from cleantext.review.session import Session
from cleantext.review.store import Store

FILES = ("a.txt", "b.txt", "c.jsonl")
FAULTS = ["the town the town", "teh end", "the the", "cafÃ©", "word , word", "Share"]
TEXTS = st.lists(
    st.one_of(st.sampled_from(FAULTS), st.sampled_from(["Prose.", "\n", "“So,” he said.", "\r\n", "é"]), st.text(max_size=8)),
    max_size=8,
).map(lambda parts: hostile.well_formed(" ".join(parts)).replace("\0", ""))  # fmt: skip

_FOLDER = Path(tempfile.mkdtemp(prefix="cleantext-rules-"))
(_FOLDER / "zz.toml").write_text(RULES, "utf-8")
CLEANER = Cleaner(Configuration(rules=(str(_FOLDER / "zz.toml"),), select=("ZZ", "typography", "encoding")))


def _bytes(name: str, text: str) -> bytes:
    if name.endswith(".txt"):
        return text.encode()
    rows = [
        json.dumps({"text": text, "n": 1.50}),
        json.dumps({"n": 2, "text": "x " + text}, ensure_ascii=False),
        "no json",
    ]
    return "\n".join(rows).encode()


class OneCorpus(RuleBasedStateMachine):
    """The files as they should be, and for each what its fixes in place could be taken back to."""

    @initialize(texts=st.lists(TEXTS, min_size=3, max_size=3))
    def scrape(self, texts: list[str]) -> None:
        """Begin."""
        self.folder = Path(tempfile.mkdtemp(prefix="cleantext-corpus-"))
        self.now: dict[str, bytes] = {}
        self.undo_to: dict[str, list[tuple[bytes, bytes]]] = {name: [] for name in FILES}
        self.decided: set[str] = set()
        for name, text in zip(FILES, texts, strict=True):
            self._write(name, _bytes(name, text))

    def _write(self, name: str, data: bytes) -> None:
        (self.folder / name).write_bytes(data)
        self.now[name] = data

    def teardown(self) -> None:
        """Clear away."""
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def _store(self) -> Store:
        return Store(self.folder / ".cleantext" / "review.db")

    def _decisions(self) -> Decisions:
        place = places.find([str(self.folder)])
        return Decisions.load(place, CLEANER.cards) if place else Decisions()

    @rule(name=st.sampled_from(FILES), text=TEXTS)
    def scrape_again(self, name: str, text: str) -> None:
        """Another text stands where an article was."""
        self._write(name, _bytes(name, text))

    @rule(
        name=st.sampled_from(FILES[:2]),
        place=st.integers(0, 300),
        piece=st.sampled_from([*FAULTS, "Prose.", "\n"]),
    )
    def edit_by_hand(self, name: str, place: int, piece: str) -> None:
        """Somebody adds words."""
        text = self.now[name].decode()
        place %= len(text) + 1
        self._write(name, (text[:place] + f" {piece} " + text[place:]).encode())

    @rule()
    def check(self) -> None:
        """A check writes nothing (the invariant sees to it) and finds what lies in the texts."""
        for source in read([str(self.folder)]):
            if isinstance(source, Failure):
                assert source.line == 3
                continue
            for finding in CLEANER.check(source.article).findings:
                assert source.article.text[finding.start : finding.end] == finding.text

    @rule(
        which=st.integers(0, 50),
        verdict=st.sampled_from(["accept", "reject", "unsure", "edit"]),
        group=st.booleans(),
    )
    def decide(self, which: int, verdict: str, group: bool) -> None:
        """A person reads the corpus as it is and answers about one finding, or about its group."""
        with self._store() as store:
            seen = scan(store, CLEANER, read([str(self.folder)]), on_failure=lambda _: None)
            session = Session(store, CLEANER, who="anna", scan=seen.number)
            items = store.items("d.scan = ?", (seen.number,))
            if not items:
                return
            item = items[which % len(items)]
            version = session.version(item.finding.rule)
            if group and verdict in ("accept", "reject"):
                event = store.decide_group(item, [item], verdict, who="anna", version=version)  # type: ignore[arg-type]
            elif verdict == "edit":
                event = store.decide(
                    item,
                    "edit",
                    who="anna",
                    version=version,
                    replaced=item.finding.text,
                    replacement="EDITED",
                )
            else:
                event = store.decide(item, verdict, who="anna", version=version)  # type: ignore[arg-type]
            self.decided.add(event.uid)
        held = self._decisions()
        said = held.verdict(item.document, item.finding)
        # What was decided by itself stands before what is decided for its group.
        if not group or verdict in ("unsure", "edit") or item.state == "open":
            assert said == ("accept" if verdict == "edit" else verdict)
            assert held.hides(item.document, item.finding) == (verdict == "reject")

    @rule()
    def take_back_the_last_decision(self) -> None:
        """The person changes his mind."""
        if not (self.folder / ".cleantext" / "review.db").exists():
            return
        with self._store() as store:
            last = store.last_decision("anna")
            if last is not None:
                self.decided |= {event.uid for event in store.undo(last, who="anna")}

    @rule(how=st.sampled_from(["safe", "review"]))
    def fix(self, how: str) -> None:
        """Fix in place, decisions honoured; what nobody may touch stays."""
        decisions = self._decisions()
        refused = self._refused(decisions)
        setup = Setup(
            task="fix", cleaner=CLEANER, fields=Fields(), verdicts=decisions or None, apply=how, record="changed", rewrite=True  # type: ignore[arg-type]
        )  # fmt: skip
        job = Job("fix", setup, [str(self.folder)], in_place=True)
        told: list[Failure] = []
        carry_out(job, Plan(rewrite=True), None, told.append, progress=False, note=lambda _: None)
        assert all(
            failure.line == 3 or "undo each other" in failure.error or "passes" in failure.error
            for failure in told
        )
        for name, before in self.now.items():
            after = (self.folder / name).read_bytes()
            if after != before:
                self.undo_to[name].append((before, after))
                self.now[name] = after
        for name, words in refused:
            assert all(word in self.now[name].decode("utf-8", "replace") for word in words), (name, words)

    def _refused(self, decisions: Decisions) -> list[tuple[str, list[str]]]:
        """Rejected doubled towns of texts with no other fault: a fix must leave exactly these."""
        found = []
        for source in read([str(self.folder)]):
            if isinstance(source, Failure) or not source.path.endswith(".txt") or not decisions:
                continue
            document = decisions.document_id(source.path, source.line, source.article)
            findings = CLEANER.check(source.article).findings
            if findings and all(decisions.refuses(document)(f) for f in findings):
                found.append((Path(source.path).name, [f.text for f in findings if f.rule.startswith("ZZ")]))
        return found

    @rule(name=st.sampled_from(FILES))
    def undo(self, name: str) -> None:
        """Put the last fix back where the file is as the fix left it; anything else is refused and left alone."""
        path = self.folder / name
        with pytest.raises(SystemExit) as ended, patch("sys.argv", ["cleantext", "undo", str(path)]):
            main()
        if ended.value.code == 2:
            assert not self.undo_to[name] or self.undo_to[name][-1][1] != self.now[name]
            assert path.read_bytes() == self.now[name]
            return
        put_back = path.read_bytes() != self.now[name]
        if put_back:
            before = path.read_bytes()
            assert any(before == old and self.now[name] == new for old, new in self.undo_to[name])
            while self.undo_to[name] and self.undo_to[name][-1] != (before, self.now[name]):
                self.undo_to[name].pop()
            if self.undo_to[name]:
                self.undo_to[name].pop()
            self.now[name] = before
        else:
            assert not self.undo_to[name] or self.undo_to[name][-1][1] != self.now[name]

    @rule()
    def export_lose_the_store_and_import(self) -> None:
        """The store is thrown away; the committed copy brings every decision back."""
        database = self.folder / ".cleantext" / "review.db"
        if not database.exists():
            return
        read_before = exchange.read_all(database)
        exchange.write(places.copy_of(database), read_before)
        for path in database.parent.glob("review.db*"):
            path.unlink()
        with self._store() as store:
            store.add(exchange.read(places.copy_of(database)))
            again = store.events()
        assert sorted(map(msgspec.json.encode, again)) == sorted(map(msgspec.json.encode, read_before))

    @precondition(lambda self: hasattr(self, "folder"))
    @invariant()
    def the_files_are_what_they_should_be(self) -> None:
        """Nothing but what was asked ever changes, and nothing is left lying about."""
        here = {path.name: path.read_bytes() for path in self.folder.iterdir() if path.is_file()}
        assert here == self.now

    @precondition(lambda self: hasattr(self, "folder"))
    @invariant()
    def no_decision_is_ever_lost(self) -> None:
        """Every event that was confirmed is there."""
        database = self.folder / ".cleantext" / "review.db"
        if self.decided:
            assert self.decided <= {event.uid for event in exchange.read_all(database)}


TestOneCorpus = OneCorpus.TestCase
TestOneCorpus.settings = settings(max_examples=300 if TORTURE else 8, stateful_step_count=20, deadline=None)
