"""Evidence by planting: text is damaged as converters damage it, and what was there before is the judge.

For encoding and blanks alone. An edit is right where its whole line reads again as it did; a line that is mended by half
is wrong. The texts are people's news and blogs; that such edits leave undamaged text alone is measured on the same.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.safe.evidence import Judged
from benchmarks.safe.read import KINDS
from benchmarks.translation.garble_data import read
from cleantext import Cleaner

CODECS = ("cp1252", "latin-1", "mac_roman", "cp1250", "cp1251")
SHARE = 0.3
"""Of an article's lines that are damaged; all of those with letters that can break."""
Damage = Callable[[str, random.Random], str | None]


def mojibake(line: str, dice: random.Random) -> str | None:
    """Read UTF-8 with another codec; None where there is nothing to break, or the codec has no such byte."""
    if line.isascii():
        return None
    for codec in dice.sample(CODECS, len(CODECS)):
        try:
            return line.encode().decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def entities(line: str, dice: random.Random) -> str | None:
    """Escape for HTML, once."""
    escaped = html.escape(line)
    named = "".join(f"&#{ord(ch)};" if ord(ch) > 127 and dice.random() < 0.5 else ch for ch in escaped)
    return named if named != line else None


def _between(line: str, dice: random.Random, what: str) -> str | None:
    words = line.split(" ")
    if len(words) < 5:
        return None
    at = dice.randrange(1, len(words))
    return " ".join(words[:at]) + " " + what + " ".join(words[at:])


def controls(line: str, dice: random.Random) -> str | None:
    """Leave a control character, a terminal code or a byte-order mark between two words."""
    return _between(line, dice, dice.choice(["\x00", "\x07", "\x1b[0m", "\ufeff", "\x0b", "\x1f"]))


def trailing(line: str, dice: random.Random) -> str | None:
    """Leave a wide blank at the end."""
    return line + dice.choice(["\u00a0", "\u00a0\u00a0", "\u2003", "\u202f"]) if line.strip() else None


def invisible(line: str, dice: random.Random) -> str | None:
    """Mark a place in a long word, or between two, where a line may break."""
    words = line.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 7 and word.isalpha()]
    if not long:
        return None
    at = dice.choice(long)
    cut = dice.randrange(2, len(words[at]) - 2)
    words[at] = words[at][:cut] + dice.choice("\u00ad\u200b\u2060") + words[at][cut:]
    return " ".join(words)


DAMAGES: dict[str, Damage] = {
    "EN001": mojibake,
    "EN002": entities,
    "EN003": controls,
    "TY002": trailing,
    "TY003": invisible,
}


def judged(data: Path, seed: int = 18) -> Iterator[Judged]:
    """Yield each edit of a safe rule on damaged text, and whether it brought the line back."""
    cleaner = Cleaner(select=["encoding", "TY002", "TY003"])
    for record in read(data / "phrasing_human.jsonl.gz"):
        dice = random.Random(f"{seed} {record['id']}")
        for rule, damage in DAMAGES.items():
            yield from _one(record["id"], record["text"], rule, damage, cleaner, dice)


def _one(
    identity: str, text: str, rule: str, damage: Damage, cleaner: Cleaner, dice: random.Random
) -> Iterator[Judged]:
    # What the article itself brings along is mended first, so that the judge is sound.
    lines = cleaner.fix(text).text.split("\n")
    share = 1.0 if damage is mojibake else SHARE
    broken = [(dice.random() < share and damage(line, dice)) or line for line in lines]
    before = "\n".join(broken)
    fixed = cleaner.fix(before)
    if fixed.text.count("\n") != before.count("\n"):
        after = lines[:0]
    else:
        after = fixed.text.split("\n")
    for finding in fixed.applied:
        if finding.rule != rule:
            continue
        number = before.count("\n", 0, finding.start)
        right = bool(after) and after[number] == lines[number]
        yield Judged(
            rule,
            KINDS[rule],
            identity,
            right,
            "people's news and blogs, damaged on purpose",
            "the text as it was",
        )
