"""Content words: none comes without one that it stands for, and no clause goes."""

from __future__ import annotations

from cleantext.editor.aligning import Hunk, related
from cleantext.editor.change import Change
from cleantext.editor.events import form
from cleantext.editor.guards.numbers import is_number
from cleantext.editor.reading import light

MOST_LOST = 1
"""Content words that a cut may leave out without putting others in their place."""


def added(change: Change) -> str | None:
    """Refuse a cut that brings more content words than it takes away; a light one may come by itself."""
    heavy = [
        word
        for word in change.won.elements()
        if word not in light() and not _was_there(change, word) and not _the_originals(change, word)
    ]
    if joined := next(
        (word for hunk in change.cut.hunks for word in _joined(change, hunk) if word in heavy), ""
    ):
        return f"something would be put beside what stands there: “{joined}”"
    room = sum(change.lost.values()) + any(_one_for_two(change, hunk) for hunk in change.cut.hunks)
    if change.lost.total() == 1 and _two_words_beside(change):
        room = 2  # "a parking", "a car park"
    if len(heavy) <= room:
        return None
    return "words would come for which there is none in the passage: " + ", ".join(
        f"“{w}”" for w in heavy[:4]
    )


def dropped(change: Change) -> str | None:
    """Refuse a cut that leaves content words out; one may go, and what stands twice."""
    twice = {stem_ for stem_ in change.lost if stem_ in change.after.stems}
    gone = sum(n for word, n in change.lost.items() if word not in twice)
    missing = gone - sum(change.won.values())
    if missing <= MOST_LOST:
        return None
    return "words would be left out: " + ", ".join(f"“{word}”" for word in list(change.lost)[:4])


def guessed(change: Change) -> str | None:
    """Refuse another word for a bare one that alone says what a short clause at the end is about.

    "… and the police access": no auxiliary, no object and no ending tells what it was, so a model makes it up.
    """
    tokens = change.passage.tokens
    for hunk in change.cut.hunks:
        start = hunk.start
        while start and tokens[start - 1].kind != "mark":
            start -= 1
        end = hunk.end
        if (end < len(tokens) and tokens[end].text != ".") or hunk.end - hunk.start != 1 or not start:
            continue
        clause = [token.lower for token in tokens[start:end]]
        if (
            len(clause) > _CLAUSE
            or clause[0] not in _JOINING | {"but"}
            or not change.passage.content[hunk.start]
        ):
            continue
        come = [
            change.reply.stems[k] for k in range(hunk.reply_start, hunk.reply_end) if change.reply.content[k]
        ]
        old = clause[-1]
        if form(old) == "base" and come and not any(related(old, word) for word in come):
            return f"nothing tells what “{old}” should mean"
    return None


_CLAUSE = 4
"""Tokens of a clause that says hardly anything."""


def _joined(change: Change, hunk: Hunk) -> list[str]:
    """Return the content words that an "and" or "or" brings along where none stood ("schools", "schools and parks")."""
    old = {t.lower for t in change.passage.tokens[hunk.start : hunk.end]}
    places = range(hunk.reply_start, hunk.reply_end)
    gone = sum(change.passage.content[hunk.start : hunk.end])
    for k in places:
        if change.reply.tokens[k].lower in _JOINING and not old & _JOINING and "," not in old:
            behind = [j for j in places if j > k and change.reply.content[j]]
            before = sum(change.reply.content[j] for j in places if j < k)
            return [change.reply.stems[j] for j in behind] if behind and before >= gone else []
    return []


_JOINING = frozenset(["and", "or", "&"])


def _two_words_beside(change: Change) -> bool:
    """Whether two content words come that stand side by side."""
    places = [k for k in change.added if change.reply.stems[k] in change.won]
    return len(places) == 2 and places[1] == places[0] + 1


def _one_for_two(change: Change, hunk: Hunk) -> bool:
    """Whether two content words stand for one, as a word of another language may take two of English."""
    old = sum(change.passage.content[hunk.start : hunk.end])
    return old >= 1 and sum(change.reply.content[hunk.reply_start : hunk.reply_end]) == old + 1


def _the_originals(change: Change, word: str) -> bool:
    """Whether a number comes that the original holds: the guard of numbers lets no other one come."""
    return bool(change.context.original) and is_number(word)


def _was_there(change: Change, word: str) -> bool:
    """Whether a word only joins or splits what stood there ("build", "building-site")."""
    return any(
        related(word, token.lower) for token in change.old() if token.kind == "word" and len(token.lower) > 3
    )
