"""What an attack on the files got through with, one test for each way in: nothing is lost, and nobody is let in.

The numbers are those of the attack's report.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_calls import BAD, GOOD, command

from cleantext.files import Draft, Folder, UnsafeError

Run = Callable[..., subprocess.CompletedProcess[bytes]]
WORDS = ["--isolated", "--rules", "zz.toml", "--select", "ZZ"]
SECRET = "alias ls='ls --color'\n"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file of the user's that no command was ever told of."""
    path = tmp_path / "home" / ".bashrc"
    path.parent.mkdir()
    path.write_text(SECRET)
    path.chmod(0o640)
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one article in it."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(BAD)
    (folder / "b.jsonl").write_text(json.dumps({"text": BAD}) + "\n")
    return folder


def untouched(secret: Path) -> None:
    assert secret.read_text() == SECRET
    assert stat.S_IMODE(secret.stat().st_mode) == 0o640
    assert [path.name for path in secret.parent.iterdir()] == [secret.name]


NAMES = ("new", "whole", "rising", "part", "progress", "progress.new", "lock")
"""The endings of every hidden name that any version wrote beside a file."""


def plant(folder: Path, name: str, secret: Path) -> None:
    """Put a link at every name that could be foreseen."""
    for what in NAMES:
        (folder / f".{name}.cleantext-{what}").symlink_to(os.path.relpath(secret, folder))


# 1. A link at a draft's name


@pytest.mark.parametrize("name", ["a.txt", "b.jsonl"])
def test_1_a_link_at_any_name_that_can_be_foreseen_is_not_written_through(
    run: Run, corpus: Path, secret: Path, name: str
) -> None:
    before = (corpus / name).read_bytes()
    plant(corpus, name, secret)
    assert run("fix", f"in/{name}").returncode == 0
    untouched(secret)
    assert not (corpus / name).is_symlink()
    assert b"the town the town" not in (corpus / name).read_bytes()
    assert run("undo", f"in/{name}").returncode == 0
    untouched(secret)
    assert not (corpus / name).is_symlink()
    assert (corpus / name).read_bytes() == before


@pytest.mark.parametrize("option", ["--output", "--record"])
def test_1_nor_beside_an_output_or_a_record(
    tmp_path: Path, run: Run, corpus: Path, secret: Path, option: str
) -> None:
    plant(tmp_path, "out.jsonl", secret)
    done = run("fix", "in/b.jsonl", option, "out.jsonl")
    untouched(secret)
    assert done.returncode == 2
    assert b"symbolic link" in done.stderr
    (tmp_path / ".out.jsonl.cleantext-part").unlink()
    assert run("fix", "in/b.jsonl", option, "out.jsonl").returncode == 0
    untouched(secret)
    assert run("check", "in/b.jsonl", "--record", "other.jsonl").returncode in (0, 1)
    untouched(secret)


def test_1_nor_by_going_on_with_a_stopped_run(tmp_path: Path, run: Run, corpus: Path, secret: Path) -> None:
    plant(tmp_path, "out.jsonl", secret)
    done = run("fix", "in/b.jsonl", "--output", "out.jsonl", "--resume")
    untouched(secret)
    assert done.returncode == 2


def test_1_nor_by_an_index_or_a_report(tmp_path: Path, run: Run, corpus: Path, secret: Path) -> None:
    plant(tmp_path, "corpus.idx", secret)
    plant(tmp_path, "page.html", secret)
    for end in ("-journal", "-wal", "-shm"):
        (tmp_path / f"other.idx{end}").symlink_to(secret)
    assert run("index", "in", "--output", "corpus.idx").returncode == 2
    assert run("index", "in", "--output", "other.idx").returncode == 2
    run("report", "in", "--isolated", "--output", "page.html")
    untouched(secret)
    assert (tmp_path / "page.html").is_file()


@pytest.mark.parametrize("planted", [".cleantext", ".cleantext/runs"])
def test_1_a_linked_folder_of_records_is_refused_and_named(
    tmp_path: Path, run: Run, corpus: Path, secret: Path, planted: str
) -> None:
    place = corpus / planted
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(secret.parent)
    done = run("fix", "in")
    untouched(secret)
    assert done.returncode == 2
    assert planted.encode() in done.stderr
    assert (corpus / "a.txt").read_text() == BAD
    run("undo", "in")
    untouched(secret)


def test_1_an_index_that_is_a_link_is_not_appended_to(run: Run, corpus: Path, secret: Path) -> None:
    runs = corpus / ".cleantext" / "runs"
    runs.mkdir(parents=True)
    (runs / "index.jsonl").symlink_to(secret)
    assert run("fix", "in").returncode == 2
    untouched(secret)
    assert (corpus / "a.txt").read_text() == BAD


def test_1_a_review_store_that_is_a_link_is_not_written(
    tmp_path: Path, run: Run, corpus: Path, secret: Path
) -> None:
    from cleantext.review.store import Store

    (corpus / ".cleantext").mkdir()
    (corpus / ".cleantext" / "review.db").symlink_to(secret)
    with pytest.raises(ValueError, match="link"):
        Store(corpus / ".cleantext" / "review.db")
    (corpus / ".cleantext" / "review.db").unlink()
    for end in ("-journal", "-wal", "-shm"):
        (corpus / ".cleantext" / f"review.db{end}").symlink_to(secret)
    with pytest.raises(ValueError, match="link"):
        Store(corpus / ".cleantext" / "review.db")
    untouched(secret)


def test_1_a_folder_of_outputs_is_entered_through_no_link(
    tmp_path: Path, run: Run, corpus: Path, secret: Path
) -> None:
    (corpus / "sub").mkdir()
    (corpus / "sub" / ".bashrc.txt").write_text(BAD)
    (corpus / "sub" / "c.txt").write_text(BAD)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to(secret.parent)
    (tmp_path / "out" / "a.txt").symlink_to(secret)
    done = run("fix", "in", "--output", "out")
    untouched(secret)
    assert done.returncode == 2
    assert b"symbolic link" in done.stderr
    assert (tmp_path / "out" / "a.txt").read_text() == GOOD, "the link itself is replaced"


def test_1_what_is_swapped_between_look_and_write_does_not_matter(tmp_path: Path, secret: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / ".bashrc").write_text("an article")
    draft = Draft(folder / ".bashrc")
    draft.file.write(b"the new text")
    folder.rename(tmp_path / "aside")
    folder.symlink_to(secret.parent)
    draft.finish()
    untouched(secret)
    assert (tmp_path / "aside" / ".bashrc").read_text() == "the new text"
    with pytest.raises(UnsafeError, match="symbolic link"):
        Draft(folder / ".bashrc")


def test_1_a_target_that_was_swapped_for_a_link_is_left(tmp_path: Path, secret: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("an article")
    draft = Draft(path)
    draft.file.write(b"the new text")
    path.unlink()
    path.symlink_to(secret)
    with pytest.raises(OSError, match="replaced by another program"):
        draft.finish()
    untouched(secret)
    assert sorted(item.name for item in tmp_path.iterdir()) == ["a.txt", "home"]


def test_1_what_stands_at_a_fixed_name_is_a_plain_file_with_no_other_name(
    tmp_path: Path, secret: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    os.link(secret, folder / "part")
    os.mkfifo(folder / "pipe")
    (folder / "folder").mkdir()
    with Folder(folder) as opened:
        for name in ("part", "pipe", "folder"):
            with pytest.raises(OSError, match=r"hard links|a pipe|a folder|directory"):
                opened.claim(name)
        with pytest.raises(ValueError, match="no name"):
            opened.claim("../home/.bashrc")
    untouched(secret)


# 2. Writing over files with several names

DIES_IN_THE_MIDDLE = """
import os, signal
from cleantext.batch import overwriting
def half(source, out):
    source.seek(0)
    out.seek(0)
    data = source.read()
    out.write(data[:len(data) * {share} // 10])
    out.flush()
    os.kill(os.getpid(), signal.SIGKILL)
overwriting._copy_over = half
from cleantext.cli import main
main()
"""


def killed(folder: Path, share: int, *arguments: object) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DIES_IN_THE_MIDDLE.format(share=share), *map(str, arguments)],
        cwd=folder, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode < 0, done.stderr


@pytest.mark.parametrize("share", [0, 3, 10])
@pytest.mark.parametrize("then", ["fix", "undo"])
def test_2_a_kill_while_a_file_with_two_names_is_written_over_loses_nothing(
    tmp_path: Path, run: Run, rules: Path, share: int, then: str
) -> None:
    before = "".join(f"{BAD} {n}.\n" for n in range(2_000))
    after = before.replace("the town the town", "the town")
    path = tmp_path / "a.txt"
    path.write_text(before)
    os.link(path, tmp_path / "twin.txt")
    killed(tmp_path, share, "fix", "a.txt", *WORDS)
    assert path.read_text() not in (before, after) or share in (0, 10)
    done = run(then, "a.txt")
    assert done.returncode == 0
    assert b"a.txt: a run was killed while it wrote over this file; it is whole now" in done.stderr
    assert path.read_text() == (after if then == "fix" else before)
    assert path.samefile(tmp_path / "twin.txt")
    if then == "fix":
        assert run("undo", "a.txt").returncode == 0
    assert path.read_text() == before
    left = {item.name for item in (tmp_path / ".cleantext" / "runs").iterdir()}
    assert not [name for name in left if name.startswith("over-")]


def test_2_what_a_person_wrote_after_the_kill_is_not_written_over(
    tmp_path: Path, run: Run, rules: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{BAD}\n" * 2_000)
    os.link(path, tmp_path / "twin.txt")
    killed(tmp_path, 5, "fix", "a.txt", *WORDS)
    path.write_text("Restored by hand.")
    done = run("fix", "a.txt")
    assert path.read_text() == "Restored by hand."
    assert b"it was changed since, so it is left" in done.stderr
    [old] = (tmp_path / ".cleantext" / "runs").glob("kept-*.old")
    assert old.read_text() == f"{BAD}\n" * 2_000
    assert b"changed since" not in run("fix", "a.txt").stderr


def test_2_an_undo_that_is_killed_is_finished_by_the_next(tmp_path: Path, run: Run, rules: Path) -> None:
    path = tmp_path / "a.txt"
    before = f"{BAD}\n" * 2_000
    path.write_text(before)
    os.link(path, tmp_path / "twin.txt")
    run("fix", "a.txt")
    killed(tmp_path, 5, "undo", "a.txt")
    assert run("undo", "a.txt").returncode == 0
    assert path.read_text() == before


# 3, 4. Nothing is written over that was not named


@pytest.mark.parametrize("named", [["a", "b"], ["a/x.txt", "b/x.txt"], ["a", "b/x.txt"]])
def test_3_files_of_one_name_keep_apart_in_the_output(tmp_path: Path, run: Run, named: list[str]) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(f"{BAD} {name}")
    (tmp_path / "out").mkdir()
    assert run("fix", *named, "--output", "out").returncode == 0
    for name in "ab":
        assert (tmp_path / "out" / name / "x.txt").read_text() == f"{GOOD} {name}"


def test_3_files_that_would_meet_are_refused_before_a_byte_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cleantext.batch import targets
    from cleantext.batch.inputs import Input
    from cleantext.batch.sinks import OutputError

    monkeypatch.setattr(targets, "_folds_names", lambda folder: True)  # as on macOS and Windows
    with pytest.raises(OutputError, match="would be one file"):
        targets.Targets(tmp_path / "out", lambda: iter([Input("in/A.txt"), Input("in/a.txt")]))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("inside", "named", "output"),
    [(".", "in", "in"), ("in", ".", "."), ("in", "a.txt", "."), (".", "in", "in/"), (".", "in/a.txt", "in")],
)
def test_4_an_output_that_is_an_input_is_refused(
    tmp_path: Path, rules: Path, corpus: Path, inside: str, named: str, output: str
) -> None:
    words = ["--isolated", "--rules", rules, "--select", "ZZ"]
    done = subprocess.run(
        command("fix", named, "--output", output, *words),
        cwd=tmp_path / inside, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"is an input" in done.stderr
    assert (corpus / "a.txt").read_text() == BAD


def test_4_a_folder_of_outputs_below_the_inputs_is_not_read(tmp_path: Path, run: Run, corpus: Path) -> None:
    for _ in range(2):
        assert run("fix", "in", "--output", "in/out/").returncode == 0
    assert sorted(path.name for path in (corpus / "out").iterdir()) == ["a.txt", "b.jsonl"]


@pytest.mark.parametrize("option", ["--output", "--record"])
def test_4_a_file_that_is_found_among_the_inputs_is_not_written_over(
    run: Run, corpus: Path, option: str
) -> None:
    before = (corpus / "b.jsonl").read_bytes()
    done = run("fix", "in", "--format", "jsonl", option, "in/b.jsonl")
    assert done.returncode == 2
    assert b"is also an input" in done.stderr
    assert (corpus / "b.jsonl").read_bytes() == before
    for _ in range(2):  # what a run itself wrote there is written anew
        assert run("check", "in", "--format", "jsonl", option, "in/of-a-run.jsonl").returncode == 1


# 5, 6, 18. Undo reaches all that was changed


def test_5_a_nested_store_hides_no_earlier_fix(tmp_path: Path, run: Run) -> None:
    sub = tmp_path / "c" / "sub"
    sub.mkdir(parents=True)
    for path in (tmp_path / "c" / "a.txt", sub / "b.txt"):
        path.write_text(BAD)
    assert run("fix", "c").returncode == 0
    (sub / ".cleantext").mkdir()  # as `review c/sub` makes it
    (sub / "later.txt").write_text(BAD)
    assert run("fix", "c/sub").returncode == 0
    assert (sub / ".cleantext" / "runs").is_dir()
    done = run("undo", "c")
    assert b"3 files put back" in done.stderr
    assert {path.read_text() for path in (tmp_path / "c").rglob("*.txt")} == {BAD}


def test_6_a_damaged_record_names_its_file_and_stops_nothing_else(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"{BAD} {name}")
        assert run("fix", f"in/{name}.txt").returncode == 0
    found = [path for path in folder.rglob("2*.jsonl") if b"b.txt" in path.read_bytes()]
    for record in found:
        record.write_bytes(record.read_bytes()[:-40] + b"\n")
    done = run("undo", "in")
    assert done.returncode == 2
    assert b"b.txt: " in done.stderr
    assert b"damaged" in done.stderr
    assert found[0].name.encode() in done.stderr
    assert b"2 files put back" in done.stderr
    assert (folder / "a.txt").read_text() == f"{BAD} a"
    assert (folder / "b.txt").read_text() == f"{GOOD} b"
    assert (folder / "c.txt").read_text() == f"{BAD} c"


def test_6_a_damaged_line_of_an_index_or_of_a_named_record_costs_its_file_alone(
    tmp_path: Path, run: Run
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(f"{BAD} {name}")
    assert run("fix", "in", "--record", "run.jsonl").returncode == 0
    shutil.copytree(folder, tmp_path / "copy")
    index = folder / ".cleantext" / "runs" / "index.jsonl"
    lines = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(lines[0] + b"\xff" + lines[1][1:] + lines[2])
    done = run("undo", "in")
    assert b"index.jsonl:2: damaged" in done.stderr
    assert b"2 files put back" in done.stderr
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copy", folder)
    record = tmp_path / "run.jsonl"
    record.write_bytes(
        record.read_bytes().replace(b'"kind":"file","path":"in/b.txt"', b'"kind":"file","path":7')
    )
    done = run("undo", "--record", "run.jsonl")
    assert done.returncode == 2
    assert b"damaged" in done.stderr
    assert b"2 files put back" in done.stderr


def test_18_undo_follows_no_link_that_fix_refuses(tmp_path: Path, run: Run, corpus: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "o.txt").write_text(BAD)
    assert run("fix", "outside/o.txt").returncode == 0
    (corpus / "link.txt").symlink_to("../outside/o.txt")
    done = run("undo", "in")
    assert (outside / "o.txt").read_text() == GOOD
    assert done.returncode == 2
    assert b"link that leads out" in done.stderr
    assert run("undo", "in/link.txt").returncode == 0
    assert (outside / "o.txt").read_text() == BAD


@pytest.mark.parametrize("name", ["a.txt", "b.jsonl"])
@pytest.mark.parametrize("by", ["file", "folder"])
def test_18_a_file_that_was_renamed_or_moved_is_found_by_what_it_holds(
    run: Run, corpus: Path, name: str, by: str
) -> None:
    before = (corpus / name).read_bytes()
    assert run("fix", f"in/{name}").returncode == 0
    (corpus / "sub").mkdir()
    moved = corpus / "sub" / f"renamed-{name}"
    (corpus / name).rename(moved)
    done = run("undo", f"in/sub/{moved.name}" if by == "file" else "in")
    assert b"1 file put back" in done.stderr
    assert moved.read_bytes() == before
    assert b"Nothing to put back" in run("undo", "in").stderr


def test_18_a_copy_of_a_fixed_file_is_not_put_back(run: Run, corpus: Path) -> None:
    assert run("fix", "in/a.txt").returncode == 0
    shutil.copy(corpus / "a.txt", corpus / "copy.txt")
    assert b"1 file put back" in run("undo", "in").stderr
    assert (corpus / "copy.txt").read_text() == GOOD


def test_18_of_two_moved_files_that_hold_the_same_nothing_is_guessed(run: Run, corpus: Path) -> None:
    (corpus / "b.jsonl").unlink()
    (corpus / "a.txt").write_text("They left the town the town the town.")
    (corpus / "c.txt").write_text("They left the town the town.")
    assert run("fix", "in").returncode == 0
    for name in ("a", "c"):
        assert (corpus / f"{name}.txt").read_text() == "They left the town."
        (corpus / f"{name}.txt").rename(corpus / f"{name}-renamed.txt")
    done = run("undo", "in")
    assert done.returncode == 2
    assert done.stderr.count(b"cannot be told") == 2
    (corpus / "a-renamed.txt").rename(corpus / "a.txt")
    run("undo", "in")
    assert (corpus / "a.txt").read_text() == "They left the town the town the town."
    assert (corpus / "c-renamed.txt").read_text() == "They left the town the town."


# 8, 9. Other users


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="giving files away needs root")
def test_8_records_of_another_user_are_neither_read_nor_added_to(
    tmp_path: Path, run: Run, corpus: Path
) -> None:
    theirs = tmp_path / ".cleantext"
    theirs.mkdir(mode=0o777)
    os.chown(theirs, 1234, 1234)
    done = run("fix", "in")
    assert done.returncode == 0
    assert b"belongs to user 1234" in done.stderr
    assert b"CLEANTEXT_SAFE_DIRECTORIES" in done.stderr
    assert not list(theirs.iterdir())
    assert run("undo", "in").returncode == 0
    assert (corpus / "a.txt").read_text() == BAD
    os.chown(corpus / ".cleantext", 1234, 1234)
    refused = run("fix", "in")
    assert refused.returncode == 2
    assert (corpus / "a.txt").read_text() == BAD
    allowed = subprocess.run(
        command("fix", "in", *WORDS), cwd=tmp_path, capture_output=True, check=False,
        env={**os.environ, "CLEANTEXT_SAFE_DIRECTORIES": str(corpus)},
    )  # fmt: skip
    assert allowed.returncode == 0, allowed.stderr
    assert (corpus / "a.txt").read_text() == GOOD


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_9_what_is_kept_of_articles_is_the_users_alone(
    tmp_path: Path, rules: Path, corpus: Path, umask: int
) -> None:
    from cleantext.review import exchange
    from cleantext.review.store import Store

    (corpus / "a.txt").chmod(0o600)
    old = os.umask(umask)
    try:
        done = subprocess.run(command("fix", "in", *WORDS), cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        with Store(corpus / ".cleantext" / "review.db"):
            for path in (corpus / ".cleantext").iterdir():
                assert path.is_dir() or stat.S_IMODE(path.stat().st_mode) == 0o600, path
        exchange.write(corpus / ".cleantext" / "decisions.jsonl", [])
    finally:
        os.umask(old)
    for path in [corpus / ".cleantext", *(corpus / ".cleantext").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE((corpus / "a.txt").stat().st_mode) == 0o600


# 17. Links inside the named directory


def test_17_files_with_several_names_are_fixed_once_and_nothing_is_wrong(run: Run, corpus: Path) -> None:
    (corpus / "0-link.txt").symlink_to("a.txt")
    (corpus / "z-link.jsonl").symlink_to("b.jsonl")
    os.link(corpus / "a.txt", corpus / "twin.txt")
    before = {path.name: path.read_bytes() for path in corpus.iterdir()}
    done = run("fix", "in", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert b"2 articles changed" in done.stderr
    assert (corpus / "0-link.txt").is_symlink()
    assert (corpus / "twin.txt").samefile(corpus / "a.txt")
    assert {(corpus / name).read_text() for name in ("a.txt", "0-link.txt", "twin.txt")} == {GOOD}
    assert b"0 articles changed" in run("fix", "in").stderr
    assert b"2 files put back" in run("undo", "in").stderr
    assert {path.name: path.read_bytes() for path in corpus.iterdir() if path.is_file()} == before


def test_17_a_link_to_what_is_not_found_itself_is_fixed_through_it(run: Run, corpus: Path) -> None:
    (corpus / ".kept").mkdir()
    (corpus / ".kept" / "h.txt").write_text(BAD)
    (corpus / "h.txt").symlink_to(".kept/h.txt")
    (corpus / "again.txt").symlink_to(".kept/h.txt")
    assert run("fix", "in").returncode == 0
    assert (corpus / ".kept" / "h.txt").read_text() == GOOD
