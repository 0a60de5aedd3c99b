"""Stores that somebody else made: another user's, a link, one that came with a repository, one of a later version."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from cleantext.review import places
from cleantext.review.database import read_events
from cleantext.review.store import Store

Run = Callable[..., CompletedProcess[str]]
OTHER = 54321
AS_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can make another user's files"
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus with a store that holds one finding's rejection."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("The cafÃ© by the harbour is open again.\n", "utf-8")
    Store(folder / ".cleantext" / "review.db").close()
    return folder


@AS_ROOT
@pytest.mark.parametrize("name", ["", "review.db", "decisions.jsonl"])
def test_a_store_of_another_user_is_passed_over(corpus: Path, name: str) -> None:
    (corpus / ".cleantext" / "decisions.jsonl").touch()
    os.chown(corpus / ".cleantext" / name, OTHER, OTHER)
    told: list[str] = []
    assert places.find([str(corpus)], tell=told.append) is None
    assert f"CLEANTEXT_SAFE_DIRECTORIES={corpus}" in told[0]
    with pytest.raises(ValueError, match="CLEANTEXT_SAFE_DIRECTORIES"):
        places.for_review([str(corpus)])


@AS_ROOT
def test_a_store_of_another_user_is_read_where_the_user_allows_it(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(corpus / ".cleantext", OTHER, OTHER)
    monkeypatch.setenv("CLEANTEXT_SAFE_DIRECTORIES", str(corpus))
    assert places.find([str(corpus)]) == corpus / ".cleantext" / "review.db"


@pytest.mark.parametrize("name", ["", "review.db"])
def test_a_store_that_is_a_link_is_not_followed(corpus: Path, tmp_path: Path, name: str) -> None:
    inside = corpus / ".cleantext" / name if name else corpus / ".cleantext"
    inside.rename(tmp_path / "elsewhere")
    inside.symlink_to(tmp_path / "elsewhere")
    told: list[str] = []
    assert places.find([str(corpus)], tell=told.append) is None
    assert "is a link" in told[0]


@pytest.mark.parametrize(
    "command",
    [("check", "."), ("fix", "."), ("fix", "--diff", "."), ("decisions", "list"), ("decisions", "export"), ("log",)],
    ids=" ".join,
)  # fmt: skip
def test_a_store_of_a_later_version_is_refused_by_every_command(
    corpus: Path, cleantext: Run, command: tuple[str, ...]
) -> None:
    database = sqlite3.connect(corpus / ".cleantext" / "review.db")
    database.execute("pragma user_version = 99")
    database.close()
    done = cleantext(*command, cwd=corpus)
    assert done.returncode == 2
    assert "made by a newer cleantext (store version 99)" in done.stderr
    assert "Ã©" in (corpus / "a.txt").read_text("utf-8")


@pytest.mark.parametrize(
    "statement",
    [
        "create view v as select 1",
        "create trigger t after insert on events begin delete from events; end",
    ],
)
def test_a_store_with_code_in_it_is_refused(corpus: Path, statement: str) -> None:
    store = corpus / ".cleantext" / "review.db"
    database = sqlite3.connect(store)
    database.execute(statement)
    database.commit()
    database.close()
    with pytest.raises(ValueError, match=r"no usable review store \(it holds a"):
        read_events(store)
    with pytest.raises(ValueError, match=r"no usable review store \(it holds a"):
        Store(store)
