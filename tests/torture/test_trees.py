"""A fuzzer of file trees: whatever stands there and whenever it is killed, nothing is lost and nobody is let in.

Each case makes a tree, takes it through fix, undo, --output, --resume or two at once, with kills at random
steps, and looks at every byte: outside of what was named nothing changes; each file is as it was or as it should be;
undo brings all of it back.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_calls import RULES, TORTURE
from killing import Ended, begun, ended, run
from trees import Seen, Tree, fixed, made, pictured, unpacked

CASES = int(os.environ.get("CLEANTEXT_TREES", "1000" if TORTURE else "40"))
SEED = int(os.environ.get("CLEANTEXT_TREES_SEED", "0"))
PART = 50

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


class Case:
    """One tree and the commands on it."""

    def __init__(self, base: Path, seed: int) -> None:
        self.base = base
        self.chance = random.Random(seed)
        (base / "zz.toml").write_text(RULES, "utf-8")
        self.tree: Tree = made(base, self.chance)
        self.outside = pictured(base / "outside")
        # Links, what is no article, and what was planted in stores, all of which stay as they are.
        mine = pictured(self.tree.top)
        self.stay = {path: seen for path, seen in mine.items() if self.stays(path, seen)}
        self.names = {entry.name for entry in base.iterdir()}
        self.words = ["--isolated", "--rules", "zz.toml", "--select", "ZZ", "--quiet"]

    def call(self, *arguments: str, kill: bool = False) -> Ended:
        last = self.chance.randrange(1, 160) if kill else 0
        done = run(
            [*arguments, *(self.words if arguments[0] == "fix" else [])],
            self.base,
            self.base / "said",
            last=last,
        )
        assert b"Traceback" not in done.said, done.said.decode("utf-8", "replace")
        assert done.code in (0, 1, 2, None), done
        assert kill or done.code is not None
        self.outside_is_as_it_was()
        return done

    def stays(self, path: str, seen: Seen) -> bool:
        if stat.S_ISDIR(seen.mode) or Path(path) in self.tree.articles or ".cleantext-" in path:
            return False  # what we know for our own may go
        if Path(path).name == "index.jsonl" or Path(path).suffix == ".original":
            return False  # it is added to, and replaced
        return seen.inode not in {article.stat().st_ino for article in self.tree.articles}

    def outside_is_as_it_was(self) -> None:
        now = pictured(self.base / "outside")
        kept = {path for path, seen in self.outside.items() if seen.names > 1 and not stat.S_ISDIR(seen.mode)}
        for path in kept:  # a name of it that was planted for an original may be taken away
            assert 1 <= now[path].names <= self.outside[path].names
            now[path] = now[path]._replace(names=self.outside[path].names)
        assert now == self.outside
        now = pictured(self.tree.top)
        for path, seen in self.stay.items():
            assert now.get(path, seen._replace(mode=0))._replace(names=seen.names) == seen, path
        ours = re.compile(
            r"said\d*|out|\.?run\.jsonl(\.cleantext-(part|progress))?|\.cleantext-new-[0-9a-f]{32}"
        )
        assert not [
            entry.name
            for entry in self.base.iterdir()
            if entry.name not in self.names and not ours.fullmatch(entry.name)
        ]

    def several_names(self, path: Path) -> bool:
        return path.stat().st_nlink > 1

    def whole(self, *, torn: bool = False) -> None:
        """Each file is old or new; one with several names may be ``torn`` until the next command."""
        for path, before in self.tree.articles.items():
            now = path.read_bytes()
            if now in self.tree.begun(path) or (torn and self.several_names(path)):
                continue
            assert self.is_fixed(path, now), (path, before)

    def is_fixed(self, path: Path, now: bytes) -> bool:
        return unpacked(path.name, now) in [fixed(path.name, data) for data in self.tree.begun(path)]

    def all_fixed(self) -> None:
        for path, before in self.tree.articles.items():
            now = path.read_bytes()
            if self.tree.refused and now == before:
                continue  # one below a store of its own is fixed all the same
            assert self.is_fixed(path, now), path
        self.nothing_left()

    def all_as_before(self) -> None:
        for path, before in self.tree.articles.items():
            assert path.read_bytes() == self.tree.older.get(path, before), path

    def nothing_left(self) -> None:
        left = [p for p in self.tree.top.rglob(".cleantext-new-*") if not p.is_symlink()]
        assert not left
        left = [p for p in self.tree.top.rglob("over-*") if p.parent.name == "runs"]
        assert not [p for p in left if str(p) not in self.stay]

    def undone(self, *, kill: bool = False) -> None:
        for time in range(12):
            done = self.call("undo", "in", kill=kill and time < 4 and self.chance.random() < 0.8)
            # Beside an index with planted lines undo counts what it did instead of saying that nothing was to do.
            if done.code is not None and (
                b"Nothing to put back" in done.said or b"0 files put back" in done.said
            ):
                break
            self.whole(torn=done.code is None)
        else:
            pytest.fail("undo does not come to an end")
        self.all_as_before()


def fix_and_undo(case: Case) -> None:
    case.call("fix", "in")
    case.all_fixed()
    case.undone()


def killed_fix(case: Case) -> None:
    for _ in range(case.chance.randrange(1, 4)):
        done = case.call("fix", "in", kill=True)
        case.whole(torn=done.code is None)
    case.call("fix", "in")
    case.all_fixed()
    case.undone()


def killed_undo(case: Case) -> None:
    case.call("fix", "in")
    case.undone(kill=True)


def killed_fix_is_undone(case: Case) -> None:
    done = case.call("fix", "in", kill=True)
    case.whole(torn=done.code is None)
    case.undone(kill=case.chance.random() < 0.5)


def output(case: Case) -> None:
    (case.base / "out").mkdir()
    if case.chance.random() < 0.5:
        (case.base / "out" / "a.txt").symlink_to(case.base / "outside" / "notes")
    before = pictured(case.tree.top)
    for _ in range(case.chance.randrange(3)):
        case.call("fix", "in", "--output", "out", kill=True)
        assert pictured(case.tree.top) == before
    case.call("fix", "in", "--output", "out")
    assert pictured(case.tree.top) == before
    for path, data in case.tree.articles.items():
        new = case.base / "out" / path.relative_to(case.tree.top)
        assert not new.is_symlink()
        assert unpacked(path.name, new.read_bytes()) == fixed(path.name, data)


def resumed(case: Case) -> None:
    asked = ["fix", "in", "--record", "run.jsonl"]
    done = case.call(*asked, kill=True)
    case.whole(torn=done.code is None)
    done = case.call(*asked, *(["--resume"] if done.code is None else []))
    case.all_fixed()
    if not case.tree.refused:
        case.call("undo", "--record", "run.jsonl")
    case.undone()


def two_at_once(case: Case) -> None:
    kinds = [case.chance.choice([["fix", "in", *case.words], ["undo", "in"]]) for _ in range(2)]
    if case.chance.random() < 0.5:
        case.call("fix", "in")
    kill = case.chance.randrange(1, 160) if case.chance.random() < 0.4 else 0
    both = [
        begun(words, case.base, case.base / f"said{n}", last=kill * (n == 1)) for n, words in enumerate(kinds)
    ]
    for n, process in enumerate(both):
        done = ended(process, case.base / f"said{n}")
        assert b"Traceback" not in done.said, done.said.decode("utf-8", "replace")
    case.outside_is_as_it_was()
    case.whole(torn=bool(kill))
    case.call("fix", "in")
    case.all_fixed()
    case.undone()


WAYS: list[Callable[[Case], None]] = [
    fix_and_undo,
    killed_fix,
    killed_undo,
    killed_fix_is_undone,
    output,
    resumed,
    two_at_once,
]


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Read rules and modules once, so that a forked command begins at once."""
    from importlib import import_module

    from cleantext import Cleaner, Configuration
    from cleantext.cli.app import _ALL

    for name in _ALL:
        import_module(f"cleantext.cli.{name}")
    rules = tmp_path_factory.mktemp("warm") / "zz.toml"
    rules.write_text(RULES, "utf-8")
    Cleaner(Configuration(rules=(str(rules),), select=("ZZ",))).fix("They left the town the town.")


@pytest.mark.parametrize("part", range(0, CASES, PART))
def test_nothing_is_lost_and_nothing_outside_changes(
    tmp_path: Path, part: int, record_property: Callable[[str, object], None]
) -> None:
    count = min(PART, CASES - part)
    for number in range(SEED + part, SEED + part + count):
        base = tmp_path / str(number)
        base.mkdir()
        way = WAYS[number % len(WAYS)]
        try:
            way(Case(base, number))
        except BaseException as error:
            error.add_note(f"case {number}: {way.__name__}, in {base}")
            raise
        shutil.rmtree(base)
    record_property("cases", count)
