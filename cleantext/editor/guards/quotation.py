"""Quotation words and marks: the words that somebody is quoted with stay the same."""

from __future__ import annotations

import re
from collections import Counter

from cleantext.document.words import word_groups
from cleantext.editor.aligning import related
from cleantext.editor.change import Change, difference
from cleantext.editor.inflection import stem
from cleantext.editor.reading import Reading, light

_ENDING = re.compile(r"(?:s|re|ll|ve|d|t|m)\b")
_STRAIGHT = str.maketrans("“”„‟«»＂‘’‚‛", '"""""""' + "''''")


def guard(change: Change) -> str | None:
    """Refuse a cut that changes a content word between quotation marks, or the marks.

    Grammar and inflection may be mended there, as an editor mends a translated quotation.
    """
    said = difference(_marks(change.passage), _marks(change.after))
    if said and _singles(change.passage) != _singles(change.after):
        return f"quotation marks would change: {said}"
    old: Counter[str] = Counter()
    new: Counter[str] = Counter()
    for hunk in change.cut.hunks:
        if not _inside(change, hunk.start, hunk.end):
            continue
        old.update(
            s
            for k, s in enumerate(change.passage.stems[hunk.start : hunk.end], hunk.start)
            if change.passage.content[k]
        )
        new.update(
            s
            for k, s in enumerate(change.reply.stems[hunk.reply_start : hunk.reply_end], hunk.reply_start)
            if change.reply.content[k]
        )
    small = {change.passage.stems[k] for k in change.removed if change.passage.tokens[k].text.islower()}
    for word in list(old - new):
        # Another form, spelling or derivation of a word that stood there is still that word; of a name it is not.
        twin = next((other for other in new - old if word in small and related(word, other)), None)
        if twin is not None:
            old[word] -= 1
            new[twin] -= 1
    lost, won = old - new, new - old
    if not won:
        # "The ends of cigarettes of cigarettes": what stands there a second time may go.
        lost -= Counter({word: 1 for word in lost if word in change.after.stems})
    for group in word_groups("editor-support").values():
        _cancel(lost, won, {stem(word) for word in group})
    if sum(lost.values()) + sum(won.values()) == 1 and light() & (+lost | +won).keys():
        return None  # "the way to do", "the way to do it"
    said = difference(+lost, +won)
    return f"quoted words would change: {said}" if said else None


def _cancel(lost: Counter[str], won: Counter[str], group: set[str]) -> None:
    """Strike out one word of a group on both sides: "take an inquiry", "hold an inquiry"."""
    one = next((word for word in +lost if word in group), None)
    other = next((word for word in +won if word in group), None)
    if one and other:
        lost[one] -= 1
        won[other] -= 1


def _inside(change: Change, start: int, end: int) -> bool:
    """Whether a hunk touches the inside of a quotation; an insertion does where it stands between its words."""
    tokens = change.passage.tokens
    low = tokens[start].start if start < end else (tokens[start - 1].end if start else 0)
    high = tokens[end - 1].end if start < end else low
    return any(a < high and low < b if start < end else a < low < b for a, b in change.context.quoted)


def _marks(reading: Reading) -> Counter[str]:
    """Count quotation marks whatever their style; of single ones those that open, since apostrophes close too."""
    found: Counter[str] = Counter()
    for token in reading.tokens:
        mark = token.text.translate(_STRAIGHT)
        if mark == '"' or (mark == "'" and token.kind == "mark" and _opens(reading.text, token.start)):
            found[mark] += 1
    return found


def _singles(reading: Reading) -> Counter[str]:
    """Count quotation marks with every single one: where "was, 'says" becomes "was,' says" none has come or gone."""
    marks = (token.text.translate(_STRAIGHT) for token in reading.tokens if token.kind == "mark")
    return Counter(mark for mark in marks if mark in "\"'")


def _opens(text: str, at: int) -> bool:
    if at and text[at - 1].isalnum():
        return False
    return text[at + 1 : at + 2].isalnum() and not _ENDING.match(text, at + 1)  # "the USA 's system"
