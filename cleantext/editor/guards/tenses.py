"""Tense, where it says whether something has happened: what was to come does not become what came."""

from __future__ import annotations

from cleantext.editor.change import Change
from cleantext.editor.reading import Reading

_COMING = frozenset(["will", "shall", "'ll", "won't", "would", "should", "ought", "must", "'d"])
_BE = frozenset(["am", "is", "are", "was", "were", "be", "been", "being"])
_PAST = frozenset(["was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't"])
_PRESENT = frozenset(["am", "is", "are", "do", "does", "isn't", "aren't", "don't", "doesn't"])


def guard(change: Change) -> str | None:
    """Refuse a cut after which something has happened that was still to come, or the other way round."""
    before, after = _coming(change.passage), _coming(change.after)
    if before != after and not _shared(change, before - after):
        return (
            "what is still to come would have happened"
            if before > after
            else "what happened would be still to come"
        )
    old, new = _times(change.passage, change.removed), _times(change.reply, change.added)
    if old == {"past"} and new == {"present"}:
        return "what happened would go on now"
    if old == {"present"} and new == {"past"}:
        return "what goes on now would be over"
    return None


def _coming(reading: Reading) -> int:
    words = reading.words
    found = 0
    for k, word in enumerate(words):
        following = words[k + 1] if k + 1 < len(words) else ""
        if (
            word in _COMING
            or (word == "let" and following == "us")
            or (word in _BE and following == "to")
            or (word in ("have", "has", "had", "going", "about") and following == "to")
        ):
            found += 1
    return found


def _shared(change: Change, fewer: int) -> bool:
    """Whether all that goes is a modal that another one of its kind makes good ("should be made and should be sent")."""
    gone = [token.lower for token in change.old() if token.lower in _COMING]
    return fewer == len(gone) == 1 and not change.lost and gone[0] in change.after.words


def _times(reading: Reading, indices: tuple[int, ...]) -> set[str]:
    found = set()
    for k in indices:
        word = reading.tokens[k].lower
        if word in _PAST:
            found.add("past")
        elif word in _PRESENT:
            found.add("present")
        elif word in ("has", "have", "hasn't", "haven't"):
            found.add("perfect")
    return found
