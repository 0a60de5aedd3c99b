"""Files fixed in place keep everything but what was fixed, and come back byte for byte."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext.batch.jsontext import line_with_text

BAD = "The mayor left the town the town, Reuters he reported."
GOOD = "The mayor left the town, Reuters reported."
Run = Callable[..., object]


def test_line_ends_byte_order_mark_and_a_missing_last_newline_stay(tmp_path: Path, cleantext: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(f"\ufeffHead\r\n\r\n{BAD}\rNext\u2028same line\n\tend".encode())
    assert cleantext("fix", "a.txt").returncode == 0  # type: ignore[attr-defined]
    assert path.read_bytes() == f"\ufeffHead\r\n\r\n{GOOD}\rNext\u2028same line\n\tend".encode()


def test_mode_and_links_stay(tmp_path: Path, cleantext: Run) -> None:
    real = tmp_path / "store" / "real.txt"
    real.parent.mkdir()
    real.write_text(BAD)
    real.chmod(0o640)
    os.link(real, tmp_path / "second-name.txt")
    (tmp_path / "linked.txt").symlink_to(real)
    assert cleantext("fix", "linked.txt").returncode == 0  # type: ignore[attr-defined]
    assert (tmp_path / "linked.txt").is_symlink()
    assert real.read_text() == GOOD
    assert (tmp_path / "second-name.txt").read_text() == GOOD
    assert real.stat().st_mode & 0o777 == 0o640
    assert [p.name for p in real.parent.iterdir() if p.name != ".cleantext"] == ["real.txt"]


def test_only_the_text_of_changed_lines_changes(tmp_path: Path, cleantext: Run) -> None:
    path = tmp_path / "a.jsonl"
    odd = b'{ "n": 1.50e3, "text" : "plain",\t"z":"caf\\u00e9" }\r\n'
    path.write_bytes(
        odd
        + b'{"z": {"text": "Reuters he reported"}, "n": 1.50, "text": "\\u00e9 Reuters he reported" , "k": [1,  2]}\n'
        + b"not json\n\n"
        + odd.rstrip()
    )
    assert cleantext("fix", "a.jsonl").returncode == 2  # type: ignore[attr-defined]
    assert path.read_bytes() == (
        odd
        + b'{"z": {"text": "Reuters he reported"}, "n": 1.50, "text": "\\u00e9 Reuters reported" , "k": [1,  2]}\n'
        + b"not json\n\n"
        + odd.rstrip()
    )


@given(
    record=st.dictionaries(
        st.sampled_from(["text", "a", 'b"', "é"]), st.one_of(st.text(), st.integers(), st.just({"text": "x"}))
    ),
    text=st.text(),
    new=st.text(),
    ascii_only=st.booleans(),
)
def test_a_line_with_a_new_text_holds_that_and_what_it_held(
    record: dict[str, object], text: str, new: str, ascii_only: bool
) -> None:
    record = {**record, "text": text}
    line = json.dumps(record, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass") + b"\r\n"
    changed = line_with_text(line, "text", new)
    assert json.loads(changed) == {**record, "text": new}
    assert list(json.loads(changed)) == list(record)
    assert changed.endswith(b"\r\n")


def corpus(folder: Path) -> dict[str, bytes]:
    """Text, JSON lines and packed JSON lines, with faults in some."""
    folder.mkdir()
    rows = [
        json.dumps({"text": BAD if n % 7 == 0 else f"Fine {n}.", "n": n}).encode() + b"\n" for n in range(300)
    ]
    made = {
        "a.txt": f"{BAD}\r\nünd\r\n{BAD}".encode(),
        "b.txt": b"Nothing to see.",
        "c.jsonl": b"".join(rows),
        "d.jsonl.gz": gzip.compress(b"".join(rows[:90]), mtime=5),
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return made


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.mark.parametrize("jobs", [1, 2])
def test_undo_puts_every_byte_back(tmp_path: Path, cleantext: Run, jobs: int) -> None:
    before = corpus(tmp_path / "in")
    assert cleantext("fix", "in", "--jobs", jobs).returncode == 0  # type: ignore[attr-defined]
    after = held(tmp_path / "in")
    assert after["b.txt"] == before["b.txt"]
    assert all(after[name] != before[name] for name in ("a.txt", "c.jsonl", "d.jsonl.gz"))
    assert gzip.decompress(after["d.jsonl.gz"]).count(b"Reuters reported") == 13
    undone = cleantext("undo", "in")
    assert b"3 files put back" in undone.stderr  # type: ignore[attr-defined]
    assert held(tmp_path / "in") == before
    assert b"Nothing to put back" in cleantext("undo", "in").stderr  # type: ignore[attr-defined]


def test_undo_by_the_record_of_a_run(tmp_path: Path, cleantext: Run) -> None:
    before = corpus(tmp_path / "in")
    cleantext("fix", "in", "--record", "run.jsonl")
    assert held(tmp_path / "in") != before
    assert cleantext("undo", "--record", "run.jsonl").returncode == 0  # type: ignore[attr-defined]
    assert held(tmp_path / "in") == before


def test_undo_by_rule_keeps_what_the_other_rules_did(tmp_path: Path, cleantext: Run) -> None:
    before = corpus(tmp_path / "in")
    cleantext("fix", "in/a.txt", "in/c.jsonl")
    done = cleantext("undo", "--rule", "ZZ002", "in/a.txt", "in/c.jsonl")
    assert b"45 edits taken back" in done.stderr  # type: ignore[attr-defined]
    text = (tmp_path / "in/a.txt").read_text("utf-8")
    assert text.count("the town the town, Reuters reported.") == 2
    assert (tmp_path / "in/c.jsonl").read_bytes().count(b"the town the town, Reuters reported") == 43
    cleantext("undo", "in/a.txt", "in/c.jsonl")
    assert held(tmp_path / "in") == before, "an edit that was taken back is never done again"
    assert b"Nothing to put back" in cleantext("undo", "in/a.txt", "in/c.jsonl").stderr  # type: ignore[attr-defined]


def test_a_file_that_a_person_changed_after_the_fix_is_left_and_said_why(
    tmp_path: Path, cleantext: Run
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BAD)
    cleantext("fix", "a.txt")
    path.write_text(GOOD + " And more.")
    done = cleantext("undo", "a.txt")
    assert done.returncode == 2  # type: ignore[attr-defined]
    assert b"changed after the fix" in done.stderr  # type: ignore[attr-defined]
    assert path.read_text() == GOOD + " And more."


def test_a_run_is_undone_after_the_ones_that_came_later(tmp_path: Path, cleantext: Run) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BAD)
    cleantext("fix", "a.txt", "--ignore", "ZZ002", "--record", "one.jsonl")
    cleantext("fix", "a.txt", "--record", "two.jsonl")
    assert path.read_text() == GOOD
    early = cleantext("undo", "--record", "one.jsonl")
    assert early.returncode == 2  # type: ignore[attr-defined]
    assert b"undo the later runs first" in early.stderr  # type: ignore[attr-defined]
    assert cleantext("undo", "--record", "two.jsonl").returncode == 0  # type: ignore[attr-defined]
    assert cleantext("undo", "--record", "one.jsonl").returncode == 0  # type: ignore[attr-defined]
    assert path.read_text() == BAD


def test_a_file_that_cannot_be_read_to_its_end_is_left_as_it_is(tmp_path: Path, cleantext: Run) -> None:
    corpus(tmp_path / "in")
    path = tmp_path / "in" / "d.jsonl.gz"
    cut = path.read_bytes()[:-30]
    path.write_bytes(cut)
    done = cleantext("fix", "in/d.jsonl.gz")
    assert done.returncode == 2  # type: ignore[attr-defined]
    assert path.read_bytes() == cut
    assert b"not changed" in done.stderr  # type: ignore[attr-defined]


def test_a_directory_as_output_gets_a_file_for_each(tmp_path: Path, cleantext: Run) -> None:
    before = corpus(tmp_path / "in")
    (tmp_path / "in" / "sub").mkdir()
    (tmp_path / "in" / "sub" / "e.txt").write_text(BAD)
    assert cleantext("fix", "in", "--output", "out/").returncode == 0  # type: ignore[attr-defined]
    assert held(tmp_path / "in") == before
    assert (tmp_path / "out" / "sub" / "e.txt").read_text() == GOOD
    assert (tmp_path / "out" / "b.txt").read_bytes() == before["b.txt"]
    assert (tmp_path / "out" / "c.jsonl").read_bytes().count(b"Reuters reported") == 43
