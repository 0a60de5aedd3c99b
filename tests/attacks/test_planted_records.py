"""Records of changes that somebody planted or broke: believed by their sums and places, never by their names."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from subprocess import CompletedProcess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.batch import changes, known, undoing, withdrawing
from cleantext.batch.runrecord import Entry, Region, Undo
from cleantext.batch.runrecord import Run as RunLine

Run = Callable[..., CompletedProcess[str]]

BAD = "The cafÃ© by the harbour is open again.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(BAD, "utf-8")
    return folder


def fixed(folder: Path, cleantext: Run, *more: str) -> None:
    assert cleantext("fix", ".", *more, cwd=folder).returncode in (0, 1)
    assert "café" in (folder / "a.txt").read_text("utf-8")


# Originals, kept by their sum


@pytest.mark.parametrize("how", ["other bytes", "link", "hard link"])
@pytest.mark.parametrize("name", ["x.jsonl.gz", "x.txt"])
def test_what_stands_at_an_originals_name_is_believed_by_its_sum_alone(
    corpus: Path, cleantext: Run, how: str, name: str
) -> None:
    line = json.dumps({"text": BAD}, ensure_ascii=False)
    old = gzip.compress(f"{line}\n".encode()) if name.endswith("gz") else f"\ufeff{BAD}".encode("utf-16")
    (corpus / name).write_bytes(old)
    runs = corpus / ".cleantext" / "runs"
    runs.mkdir(parents=True, mode=0o700)
    planted = runs / f"{hashlib.sha256(old).hexdigest()}.original"
    other = corpus.parent / "other"
    other.write_bytes(old if how == "hard link" else b"planted")
    if how == "link":
        planted.symlink_to(other)
    elif how == "hard link":
        planted.hardlink_to(other)
    else:
        planted.write_bytes(b"planted")
    fixed(corpus, cleantext)
    assert (corpus / name).read_bytes() != old
    other.write_bytes(b"changed since")
    done = cleantext("undo", name, cwd=corpus)
    assert done.returncode == 0, done.stderr
    assert (corpus / name).read_bytes() == old


def test_what_is_kept_has_the_sum_that_was_read(tmp_path: Path) -> None:
    store = changes.Store(tmp_path / ".cleantext", RunLine("a", time.time(), "fix", ""))
    total = hashlib.sha256(b"as it was").hexdigest()
    try:
        with pytest.raises(OSError, match="changed by another program"):
            store.keep(io.BytesIO(b"as it is now"), total)
        assert not [name for name in store.runs.names() if "original" in name or "new" in name]
        kept = store.keep(io.BytesIO(b"as it was"), total)
        with store.runs.read(kept) as file:
            assert file.read() == b"as it was"
    finally:
        store.close()


# Records of runs, named by --record


def record_of(path: Path, lines: list[bytes]) -> None:
    run = json.dumps(
        {"kind": "run", "id": "r", "when": 1.0, "command": "fix", "rules": ""}, separators=(",", ":")
    )
    path.write_bytes(b"\n".join([run.encode(), *lines, b""]))


def file_line(path: Path | str, before: bytes, after: bytes) -> bytes:
    sums = [hashlib.sha256(data).hexdigest() for data in (before, after)]
    line = {"kind": "file", "path": str(path), "before": sums[0], "after": sums[1]}
    return json.dumps(line, separators=(",", ":")).encode()


def test_a_record_writes_to_no_file_of_which_no_store_near_it_knows(tmp_path: Path, cleantext: Run) -> None:
    victim = tmp_path / "home" / "profile"
    victim.parent.mkdir()
    victim.write_bytes(b"safe\n")
    (tmp_path / "repository").mkdir()
    undo = {"regions": [[0, 5, "evil\n"]], "pieces": []}
    article = json.dumps(
        {"kind": "article", "path": str(victim), "undo": undo}, separators=(",", ":")
    ).encode()
    record = tmp_path / "repository" / "run.jsonl"
    record_of(record, [article, file_line(victim, b"evil\n", b"safe\n")])
    done = cleantext("undo", "--record", str(record), cwd=tmp_path / "repository")
    assert victim.read_bytes() == b"safe\n"
    assert done.returncode == 2
    assert f"{victim}: not put back: no .cleantext" in done.stderr


def test_a_record_is_a_filter_of_what_the_stores_know(corpus: Path, cleantext: Run) -> None:
    (corpus / "b.txt").write_text(BAD, "utf-8")
    fixed(corpus, cleantext)
    after = (corpus / "a.txt").read_bytes()
    record = corpus.parent / "run.jsonl"
    record_of(record, [file_line(corpus / "a.txt", BAD.encode(), after)])
    done = cleantext("undo", "--record", str(record), cwd=corpus.parent)
    assert done.returncode == 0, done.stderr
    assert (corpus / "a.txt").read_text("utf-8") == BAD
    assert (corpus / "b.txt").read_bytes() == after


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind":"file","kind":"run","id":"r","when":1.0,"command":"fix","rules":""}',
        b'{"kind":"file","kind":[]}',
        b'{"kind":"file","path":"a\\u0000b","before":"","after":""}',
        b'{"kind":"file","path":"\\ud800","before":"","after":""}',
        file_line("x/" * 9000, b"", b""),
        file_line("x" * 9000, b"", b""),
    ],
)
def test_a_bad_line_of_a_record_is_one_line_and_the_rest_goes_on(
    corpus: Path, cleantext: Run, line: bytes
) -> None:
    fixed(corpus, cleantext, "--record", "run.jsonl")
    record = corpus / "run.jsonl"
    first, rest = record.read_bytes().split(b"\n", 1)
    record.write_bytes(first + b"\n" + line + b"\n" + rest)
    done = cleantext("undo", "--record", "run.jsonl", cwd=corpus)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "1 file put back" in done.stderr
    assert (corpus / "a.txt").read_text("utf-8") == BAD


@pytest.mark.parametrize("when", [1e308, -1.0, 253_402_300_800])
@pytest.mark.parametrize("command", [["report"], ["compare", "run.jsonl"], ["undo", "--record"]])
def test_a_record_of_no_time_that_there_is_ends_in_one_line(
    tmp_path: Path, cleantext: Run, when: float, command: list[str]
) -> None:
    run = {"kind": "run", "id": "r", "when": when, "command": "fix", "rules": ""}
    (tmp_path / "run.jsonl").write_text(json.dumps(run, separators=(",", ":")) + "\n")
    done = cleantext(*command, "run.jsonl", cwd=tmp_path)
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 2)


@pytest.mark.parametrize(
    "article",
    [
        {"applied": [{}]},
        {"applied": [{"rule": ["a"]}], "words": -1, "garble": 1e308},
        {"left": [{"rule": "BP001"}]},
        {"left": [{"rule": "X", "confidence": "a", "applicability": 3, "category": None, "start": "a"}]},
        {"left": [{"rule": "X", "name": "n", "category": "c", "start": 0, "end": 1, "line": 1, "column": 1, "text": "t",
                   "applicability": "weird", "confidence": 0.5, "fixes": [{"edits": "x"}], "fingerprint": {}}]},
    ],
    ids=str,
)  # fmt: skip
def test_a_finding_that_no_run_wrote_is_named_by_its_line_and_hides_nothing_from_undo(
    corpus: Path, cleantext: Run, article: dict[str, object]
) -> None:
    fixed(corpus, cleantext)
    after = (corpus / "a.txt").read_bytes()
    record = corpus.parent / "run.jsonl"
    line = {"kind": "article", "path": str(corpus / "a.txt"), **article}
    record_of(
        record,
        [json.dumps(line, separators=(",", ":")).encode(), file_line(corpus / "a.txt", BAD.encode(), after)],
    )
    for command in (["report", record, "--output", corpus.parent / "r.html"], ["compare", record, record]):
        done = cleantext(*command)
        assert (done.returncode, "run.jsonl:2: " in done.stderr) == (2, True), done.stderr
        assert "Traceback" not in done.stderr
    [own] = (corpus / ".cleantext" / "runs").glob("2*.jsonl")
    planted = own.read_bytes().replace(b'"applied":[{', b'"applied":[{"xx":1},{"rule":7},{', 1)
    index = corpus / ".cleantext" / "runs" / "index.jsonl"
    grown = len(planted) - len(own.read_bytes())
    own.write_bytes(planted)
    change = json.loads(index.read_bytes())
    index.write_text(json.dumps(change | {"end": change["end"] + grown}) + "\n")
    assert "Traceback" not in cleantext("log", ".", cwd=corpus).stderr
    assert cleantext("undo", ".", cwd=corpus).returncode == 0
    assert (corpus / "a.txt").read_text("utf-8") == BAD


# Indexes


@pytest.mark.parametrize(
    "wrong",
    [
        {"path": "a\0b"},
        {"path": "..\\..\\x"},
        {"path": "\\x"},
        {"path": "../x"},
        {"path": "/x"},
        {"record": "a\0b"},
        {"record": "C:x"},
        {"record": "..\\x"},
        {"record": ""},
        {"record": ".."},
        {"start": -1},
        {"end": 1 << 80},
        {"start": 9, "end": 3},
        {"when": 1e308},
        {"when": -1.0},
        {"when": 253_402_300_800},
    ],
    ids=str,
)
def test_a_bad_line_of_an_index_is_one_line_and_the_rest_goes_on(
    corpus: Path, cleantext: Run, wrong: dict[str, object]
) -> None:
    fixed(corpus, cleantext)
    index = corpus / ".cleantext" / "runs" / "index.jsonl"
    good = index.read_bytes()
    index.write_bytes(json.dumps(json.loads(good) | wrong).encode() + b"\n" + good)
    assert "Traceback" not in cleantext("log", ".", cwd=corpus).stderr
    done = cleantext("undo", ".", cwd=corpus)
    assert done.returncode == 2
    assert f"{index}:1: damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert (corpus / "a.txt").read_text("utf-8") == BAD


def test_on_windows_a_drive_is_a_place_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    change = changes.Change("C:x", "r", 1.0, "r.jsonl", 0, 1, "", "")
    assert known._inside(change) is change
    monkeypatch.setattr(known, "PurePath", PureWindowsPath)
    with pytest.raises(ValueError, match="outside"):
        known._inside(change)


@pytest.mark.parametrize("how", ["damaged", "link", "folder"])
def test_an_index_that_cannot_be_read_is_no_sign_that_nothing_was_changed(
    corpus: Path, cleantext: Run, how: str
) -> None:
    fixed(corpus, cleantext)
    index = corpus / ".cleantext" / "runs" / "index.jsonl"
    if how == "damaged":
        index.write_bytes(b'{"path":7}\n')
    else:
        index.unlink()
        index.mkdir() if how == "folder" else index.symlink_to(corpus / "a.txt")
    done = cleantext("undo", ".", cwd=corpus)
    assert done.returncode == 2
    assert "index.jsonl" in done.stderr
    assert "Nothing to put back" not in done.stderr


@pytest.mark.parametrize("kind", ["record", "original"])
def test_records_and_originals_are_read_through_no_link(corpus: Path, cleantext: Run, kind: str) -> None:
    name = "a.txt"
    if kind == "original":
        name = "x.jsonl.gz"
        (corpus / name).write_bytes(gzip.compress((json.dumps({"text": BAD}) + "\n").encode()))
    fixed(corpus, cleantext)
    after = (corpus / name).read_bytes()
    runs = corpus / ".cleantext" / "runs"
    [kept] = [
        path
        for path in runs.iterdir()
        if path.suffix == (".original" if kind == "original" else ".jsonl") and path.name != "index.jsonl"
    ]
    kept.rename(corpus.parent / "elsewhere")
    kept.symlink_to(corpus.parent / "elsewhere")
    done = cleantext("undo", name, cwd=corpus)
    assert done.returncode == 2
    assert "link" in done.stderr
    assert (corpus / name).read_bytes() == after


# Records of any values


numbers = st.sampled_from([-(1 << 70), -1, 0, 0, 1, 1, 2, 3, 4, 8, 1 << 40, 1 << 70])
words = st.sampled_from(
    ["", ".", "..", "a", "a/b", "a\\b", "C:a", "a\0b", "\ud800", "a.txt", "x" * 5000, "BP001"]
)
regions_of_any_values = st.lists(st.tuples(numbers, numbers, words), max_size=3)
pieces_of_any_values = st.lists(st.tuples(numbers, numbers, words, st.lists(words, max_size=2)), max_size=3)


@given(
    regions=regions_of_any_values,
    pieces=pieces_of_any_values,
    shown=words,
    line=st.none() | numbers,
    form=st.sampled_from([None, "csv", "json", "other"]),
    original=st.none() | words,
    kept=st.booleans(),
    rule=st.booleans(),
)
def test_whatever_a_record_says_its_file_is_put_back_as_its_sum_says_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory,
    regions: list[object],
    pieces: list[object],
    shown: str,
    line: int | None,
    form: str | None,
    original: str | None,
    kept: bool,
    rule: bool,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    path = folder / "a.txt"
    path.write_bytes(b"now\n")
    runs = folder / ".cleantext" / "runs"
    runs.mkdir(parents=True)
    if kept:
        (runs / "a").write_bytes(b"before\n")
    held = b"before\n"
    with suppress(
        ValueError, OverflowError, OSError, TypeError
    ):  # all sums are right where there is a state before
        made = tuple(Region(*one) for one in regions)  # type: ignore[misc]
        held = withdrawing.restored(b"now\n", [Entry(path=shown, undo=Undo(made, ()))])
    before, after = (hashlib.sha256(data).hexdigest() for data in (held, b"now\n"))
    lines = [
        {"kind": "run", "id": "r", "when": 1.0, "command": "fix", "rules": ""},
        {"kind": "article", "path": shown, "line": line, "form": form, "undo": [regions, pieces]},
        {"kind": "file", "path": shown, "before": before, "after": after, "original": original},
    ]
    written = b"".join(json.dumps(one, separators=(",", ":")).encode() + b"\n" for one in lines)
    (runs / "r.jsonl").write_bytes(written)
    start = written.index(b"\n") + 1
    stretch = undoing.Stretch("a.txt", path, runs / "r.jsonl", start, len(written), before, after)
    try:
        if rule:
            undoing.take_back([stretch], lambda name: name.startswith("BP"), "text")
        else:
            undoing.put_back([stretch])
    except (undoing.CannotUndoError, OSError):
        pass
    assert path.read_bytes() in (b"now\n", held) or rule
    assert sorted(entry.name for entry in folder.iterdir()) == [".cleantext", "a.txt"]
