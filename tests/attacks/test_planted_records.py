"""Records of changes that somebody planted or broke: believed by their sums and places, never by their names."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from cleantext.batch import changes
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
