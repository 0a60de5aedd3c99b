"""Compiled or not, the same is found: the whole tool against itself in Python alone."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hostile
import interpreted
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import Cleaner

CLEANER = Cleaner(min_confidence=0.0)
Twin = subprocess.Popen[bytes]


@pytest.fixture(scope="module")
def twin(in_c: Callable[[str], Any]) -> Iterator[Twin]:
    in_c("cleantext.matching._letters")
    assert interpreted.compiled_modules()
    with subprocess.Popen(
        [sys.executable, str(Path(interpreted.__file__))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None and process.stdin is not None
        assert pickle.load(process.stdout) == []  # the twin has nothing in C
        yield process
        process.stdin.close()


def _ask(twin: Twin, text: str, title: str | None) -> object:
    assert twin.stdin is not None and twin.stdout is not None
    pickle.dump((text, title), twin.stdin)
    twin.stdin.flush()
    return pickle.load(twin.stdout)


@given(hostile.texts(), st.none() | hostile.texts(2))
def test_compiled_modules_find_what_their_sources_find(twin: Twin, text: str, title: str | None) -> None:
    assert interpreted.everything(CLEANER, text, title) == _ask(twin, text, title)


def test_they_find_the_same_in_the_seeds(twin: Twin) -> None:
    for path in sorted((Path(__file__).resolve().parents[2] / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        assert interpreted.everything(CLEANER, text, None) == _ask(twin, text, None)
