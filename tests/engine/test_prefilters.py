"""What the prefilters look for is worked out once, kept where only its user can write, and never out of date."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from cleantext import prepare
from cleantext.matching import prefilters
from cleantext.matching.prefilters import cached, code, kept, literals_of_each, sieves_of
from cleantext.matching.sieves import Sieve, derive, key_of
from cleantext.rulebook import shipped

CARDS = [card for card in shipped() if card.pattern is not None][:3]
own_files = pytest.mark.skipif(sys.platform == "win32", reason="no owners and modes there")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(prefilters, "cache_folder", lambda: tmp_path / "cache" / "cleantext")
    kept.cache_clear()
    path = cached()
    assert path is not None
    yield path
    kept.cache_clear()


def planted(path: Path, **change: object) -> None:
    """Write a file that says the first card matches nothing, as somebody would who wants it silent."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sieves = {key_of(CARDS[0]): Sieve(("no text holds this",))}
    path.write_bytes(msgspec.json.encode({"code": code(), "sieves": sieves, **change}))
    path.chmod(0o600)
    kept.cache_clear()


def test_it_is_kept_for_the_next_process() -> None:
    found = sieves_of(CARDS)
    assert found == tuple(map(derive, CARDS))
    kept.cache_clear()
    assert kept().sieves == dict(zip(map(key_of, CARDS), found, strict=True))
    assert sieves_of(CARDS) == found


def test_what_two_processes_worked_out_is_kept_together(cache: Path) -> None:
    kept()
    planted(cache, literals={"a pattern": ["a literal"]})
    sieves_of(CARDS[1:2])
    kept.cache_clear()
    assert kept().literals == {"a pattern": ("a literal",)}
    assert key_of(CARDS[1]) in kept().sieves


@own_files
def test_nobody_else_may_read_or_write_it(cache: Path) -> None:
    literals_of_each(["zebra"])
    assert cache.stat().st_mode & 0o777 == 0o600


@own_files
def test_a_file_that_others_may_write_is_not_believed(cache: Path) -> None:
    planted(cache)
    assert kept().sieves
    cache.chmod(0o666)
    kept.cache_clear()
    assert sieves_of(CARDS) == tuple(map(derive, CARDS))


@own_files
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_another_users_file_is_not_believed(cache: Path) -> None:
    planted(cache)
    os.chown(cache, 4242, 4242)
    assert sieves_of(CARDS) == tuple(map(derive, CARDS))


@own_files
def test_a_link_is_not_followed(cache: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.json"
    planted(elsewhere)
    cache.parent.mkdir(parents=True)
    cache.symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    assert sieves_of(CARDS) == tuple(map(derive, CARDS))
    assert elsewhere.read_bytes() == before


@pytest.mark.parametrize("change", [{"code": "of last year"}, {"sieves": []}, {"literals": "x"}])
def test_what_other_code_wrote_or_nobody_can_read_is_worked_out_anew(
    cache: Path, change: dict[str, object]
) -> None:
    planted(cache, **change)
    assert sieves_of(CARDS) == tuple(map(derive, CARDS))


def test_a_user_without_a_cache_folder_works_it_out_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prefilters, "cache_folder", lambda: None)
    assert sieves_of(CARDS) == tuple(map(derive, CARDS))


def test_a_cache_folder_that_cannot_be_made_is_no_trouble(cache: Path) -> None:
    cache.parent.parent.write_text("a file")
    assert sieves_of(CARDS) == tuple(map(derive, CARDS))


def test_a_users_own_rules_are_not_kept(cache: Path) -> None:
    own = msgspec.structs.replace(CARDS[0], origin="my-rules.toml", pattern="a zebra that is mine")
    sieves_of([own])
    assert not cache.exists()


def test_a_wheel_carries_all_that_a_check_asks_for(tmp_path: Path) -> None:
    carried = tmp_path / "wheel" / prefilters.NAME
    carried.parent.mkdir()
    first = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "first")}
    subprocess.run([sys.executable, "-m", prepare.__name__, str(carried)], check=True, env=first)
    asked = f"""
from pathlib import Path
from cleantext.matching import prefilters
prefilters.installed_rules = lambda: Path({str(carried.parent)!r})
import cleantext
cleantext.check("A line of an article, said the mayor.\\nShare this\\nBy Ann Walker")
"""
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "none")}
    subprocess.run([sys.executable, "-c", asked], check=True, env=environment)
    assert not (tmp_path / "none").exists()
