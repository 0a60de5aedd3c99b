"""`undo --rule` takes back what a rule did wherever it still stands, and nothing is ever done again by undoing."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleantext import edits
from cleantext.batch import changes, runrecord
from cleantext.batch.entries import regions
from cleantext.batch.runrecord import Entry, Piece
from cleantext.batch.withdrawing import CannotUndoError, restored, without
from cleantext.finding import Edit

Run = Callable[..., object]
BAD = "The mayor left the town the town, Reuters he reported."


def text_of(path: Path) -> list[str]:
    data = path.read_text("utf-8")
    return [json.loads(row)["text"] for row in data.splitlines()] if path.suffix == ".jsonl" else [data]


@pytest.fixture(params=["a.txt", "a.jsonl"])
def article(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A text, or JSON lines of which the third is fine."""
    path = tmp_path / "in" / request.param
    path.parent.mkdir()
    if path.suffix == ".txt":
        path.write_text(f"\ufeff{BAD}\r\nü {BAD}", "utf-8")
    else:
        rows = [BAD, f"ü {BAD}", "Fine.", BAD]
        path.write_text("".join(json.dumps({"n": n, "text": row}) + "\n" for n, row in enumerate(rows)))
    return path


def test_two_rules_one_after_the_other_and_then_plainly(article: Path, cleantext: Run) -> None:
    before = article.read_bytes()
    count = before.count(b"Reuters he reported")
    cleantext("fix", "in")
    done = cleantext("undo", "--rule", "ZZ001", "in")
    assert f"{count} edits taken back".encode() in done.stderr  # type: ignore[attr-defined]
    assert all("town the town" not in text for text in text_of(article))
    assert article.read_bytes().count(b"Reuters he reported") == count
    assert b"Nothing to put back" in cleantext("undo", "--rule", "ZZ001", "in").stderr  # type: ignore[attr-defined]
    done = cleantext("undo", "--rule", "ZZ002", "in")
    assert f"{count} edits taken back".encode() in done.stderr  # type: ignore[attr-defined]
    assert article.read_bytes() == before
    assert b"Nothing to put back" in cleantext("undo", "in").stderr  # type: ignore[attr-defined]
    assert article.read_bytes() == before


def test_plain_undo_after_it_goes_back_and_never_forth(article: Path, cleantext: Run) -> None:
    before = article.read_bytes()
    cleantext("fix", "in")
    cleantext("undo", "--rule", "ZZ001", "in")
    assert b"1 file put back" in cleantext("undo", "in").stderr  # type: ignore[attr-defined]
    assert article.read_bytes() == before
    assert b"Nothing to put back" in cleantext("undo", "in").stderr  # type: ignore[attr-defined]
    cleantext("fix", "in")
    assert b"Reuters he reported" not in article.read_bytes()
    cleantext("undo", "in")
    assert article.read_bytes() == before


@pytest.mark.parametrize("rule", ["ZZ001", "ZZ002"])
def test_it_reaches_through_later_fixes(article: Path, cleantext: Run, rule: str) -> None:
    before = article.read_bytes()
    cleantext("fix", "in", "--ignore", "ZZ002")
    first = article.read_bytes()
    cleantext("fix", "in", "--ignore", "ZZ001")
    cleantext("undo", "--rule", rule, "in")
    gone, kept = (
        (b"Reuters he reported", b"town the town") if rule == "ZZ001" else (b"town the town", b"he reported")
    )
    assert gone in article.read_bytes()
    assert kept not in article.read_bytes()
    assert (article.read_bytes() == first) == (rule == "ZZ002"), "of the second fix nothing is left"
    cleantext("undo", "in")
    assert article.read_bytes() == before
    assert b"Nothing to put back" in cleantext("undo", "in").stderr  # type: ignore[attr-defined]


def test_what_an_older_version_took_back_by_rule_is_not_done_again(article: Path, cleantext: Run) -> None:
    """It entered the new form as a change from the fixed one, and undoing that did the edits again."""
    before = article.read_bytes()
    cleantext("fix", "in")
    fixed = article.read_bytes()
    partly = fixed.replace(b"Reuters reported", b"Reuters he reported")
    store = changes.Store(
        article.parent / ".cleantext", runrecord.Run("20200101T000000-0", time.time(), "undo", "")
    )
    start = store.tell()
    start_of = next(n for n, (a, b) in enumerate(zip(fixed, partly, strict=False)) if a != b)
    tail = next(n for n, (a, b) in enumerate(zip(fixed[::-1], partly[::-1], strict=False)) if a != b)
    region = runrecord.Region(
        start_of, len(partly) - tail - start_of, fixed[start_of : len(fixed) - tail].decode()
    )
    store.write(runrecord.line(Entry(path=str(article), undo=runrecord.Undo((region,), ()))))
    sums = [hashlib.sha256(data).hexdigest() for data in (fixed, partly)]
    store.write(runrecord.line(runrecord.File(str(article), *sums)))
    store.save()
    store.index(article, start, *sums, ())
    store.close()
    article.write_bytes(partly)
    assert b"1 file put back" in cleantext("undo", "in").stderr  # type: ignore[attr-defined]
    assert article.read_bytes() == before


def test_the_hint_names_what_was_changed_alone(tmp_path: Path, cleantext: Run) -> None:
    (tmp_path / "dir").mkdir()
    (tmp_path / "dir" / "d.txt").write_text(BAD)
    (tmp_path / "with blank.txt").write_text(BAD)
    (tmp_path / "fine.txt").write_text("The council met.")
    done = cleantext("fix", "fine.txt", "with blank.txt", "dir")
    assert b"Put back:  cleantext undo 'with blank.txt' dir\n" in done.stderr  # type: ignore[attr-defined]


RULES = ("AA001", "BB001", "CC001")


def fix_of(chance: random.Random, text: str) -> tuple[str, Entry]:
    """A fix of a text by some rules."""
    made: list[Edit] = []
    at = 0
    while at <= len(text) and chance.random() < 0.8:
        start = at + chance.randrange(3)
        end = start + chance.randrange(3)
        if end > len(text):
            break
        made.append(Edit(start, end, chance.choice(["", "x", "éy"])))
        at = end + chance.choice([0, 1, 1, 2])
        if start == end:
            at += 1
    pieces = tuple(Piece(e.start, e.end, e.replacement, (chance.choice(RULES),)) for e in made)
    new = edits.apply(text, made).text
    return new, Entry(path="a.txt", undo=runrecord.Undo(regions(text, pieces, 0), pieces))


@given(seed=st.integers(), text=st.text("abcü\n", min_size=0, max_size=25))
def test_any_chain_of_fixes_loses_the_edits_of_a_rule_and_still_goes_back(seed: int, text: str) -> None:
    chance = random.Random(seed)
    states, fixes = [text.encode()], []
    for _ in range(chance.randrange(1, 4)):
        new, entry = fix_of(chance, states[-1].decode())
        states.append(new.encode())
        fixes.append([entry])
    gone = chance.choice(RULES)
    try:
        again, taken = without(states, fixes, lambda rule: rule == gone, "text")
    except CannotUndoError:
        assert len(fixes) > 1, "within one fix each edit can be taken back alone"
        return
    assert taken == sum(p.rules == (gone,) for [e] in fixes for p in e.undo.pieces)  # type: ignore[union-attr]
    if not taken:
        assert not again
        return
    # Each fix goes back to what stood before it, the first of them to what truly stood there.
    assert again[0].before == states[len(fixes) - len(again)]
    for one, following in pairwise(again):
        assert one.after == following.before
    for one in again:
        assert restored(one.after, one.entries) == one.before
        assert not any(gone in piece.rules for entry in one.entries for piece in entry.undo.pieces)  # type: ignore[union-attr]
    every, _ = without(states, fixes, lambda rule: True, "text") if len(fixes) == 1 else ([], 0)
    for one in every:
        assert one.after == states[0]
    kept = sum(len(entry.undo.pieces) for one in again for entry in one.entries)  # type: ignore[union-attr]
    whole = sum(len(e.undo.pieces) for [e] in fixes[len(fixes) - len(again) :])  # type: ignore[union-attr]
    assert kept == whole - taken
