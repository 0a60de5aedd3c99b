"""Who waits for a reply that is not in the cache yet, and who has ceased to."""

from __future__ import annotations

import platform
from pathlib import Path

import pytest

from cleantext.checks import answercache
from cleantext.checks.answercache import OFF, Cache


@pytest.fixture
def cache(tmp_path: Path) -> Cache[str]:
    return Cache(str(tmp_path / "cache.sqlite"), str, name="editor")


def test_one_of_several_asks_and_the_others_neither_ask_nor_lose(cache: Cache[str], tmp_path: Path) -> None:
    other = Cache(str(tmp_path / "cache.sqlite"), str, name="editor")
    assert cache.claim(b"k", 60)
    assert not other.claim(b"k", 60)
    assert not other.claim(b"k", 60, anew=True)
    assert other.lost([b"k"]) == frozenset()
    cache.put([(b"k", "heard")])
    assert not other.claim(b"k", 60, anew=True)
    assert other.get([b"k"]) == {b"k": "heard"}


def test_whoever_takes_a_note_back_leaves_the_question_to_others(cache: Cache[str]) -> None:
    assert cache.claim(b"k", 60)
    cache.release(b"k")
    assert cache.claim(b"k", 60)


def test_a_note_whose_time_is_over_is_lost_and_asked_anew_only_on_demand(cache: Cache[str]) -> None:
    assert cache.claim(b"k", 0)
    assert cache.lost([b"k", b"l"]) == {b"k"}
    assert not cache.claim(b"k", 60)
    assert cache.claim(b"k", 60, anew=True)
    assert cache.lost([b"k"]) == frozenset()


def test_the_process_of_another_machine_may_live_as_long_as_its_note(
    cache: Cache[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answercache.os, "getpid", lambda: 2**22 + 1)  # beyond what Linux numbers
    cache.claim(b"here", 60)
    monkeypatch.setattr(answercache.platform, "node", lambda: "elsewhere in the town")
    cache.claim(b"there", 60)
    monkeypatch.undo()
    assert platform.node() != "elsewhere in the town"
    assert cache.lost([b"here", b"there"]) == {b"here"}


def test_without_a_file_everybody_asks() -> None:
    cache = Cache(OFF, str, name="editor")
    assert cache.claim(b"k", 60)
    assert cache.claim(b"k", 60)
    assert cache.lost([b"k"]) == frozenset()
