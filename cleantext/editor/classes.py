"""What kind of mistake an edit mends: the classes of ERRANT (Bryant et al. 2017) that matter here, by form alone."""

from __future__ import annotations

from collections import Counter

from cleantext.document.words import word_groups
from cleantext.editor.aligning import related
from cleantext.editor.change import Change

ARTICLE, PREPOSITION, VERB, ORDER, NUMBER = "ED001", "ED002", "ED003", "ED004", "ED005"
MISSING, EXTRA, CHOICE, MARKS, PRONOUN, LETTERS = "ED006", "ED007", "ED008", "ED009", "ED010", "ED011"
RESTORED, GUARD_RESTORED = "ED012", "ED131"
"""A missing sentence put in, and its guard: no class of edit, since nothing stood there, and nobody has read any."""
CLASSES = (ARTICLE, PREPOSITION, VERB, ORDER, NUMBER, MISSING, EXTRA, CHOICE, MARKS, PRONOUN, LETTERS)
"""The ids of the classes' cards."""


def class_of(change: Change) -> str:
    """Return the id of the card of a cut's class."""
    old = Counter(token.lower for token in change.old() if token.kind != "mark")
    new = Counter(token.lower for token in change.new() if token.kind != "mark")
    lost, won = old - new, new - old
    changed = set(lost | won)
    groups = word_groups("editor-grammar")
    if not changed:
        moved = [t.lower for t in change.old() if t.kind != "mark"] != [
            t.lower for t in change.new() if t.kind != "mark"
        ]
        return ORDER if moved or (len(change.cut.edits) > 1 and old) else _marks_or_letters(change)
    if len(change.cut.hunks) > 1 and old & new:
        return ORDER
    if changed <= groups["article"]:
        return ARTICLE
    if changed <= groups["preposition"]:
        return PREPOSITION
    helping = groups["auxiliary"] | groups["modal"] | groups["negation"]
    if not change.lost and not change.won and changed & helping:
        return VERB
    if not old:
        return MISSING
    if not new:
        return EXTRA
    if changed <= groups["pronoun"]:
        return PRONOUN
    if _forms_of_one(change):
        return NUMBER if _plural(lost, won) else VERB
    if changed <= frozenset().union(*groups.values()):
        return PREPOSITION if changed & groups["preposition"] else CHOICE
    words = [(a, b) for a, b in zip(lost, won, strict=False)]
    if len(lost) == len(won) == 1 and related(*words[0]):
        return LETTERS
    return CHOICE


def _marks_or_letters(change: Change) -> str:
    same = [t.text for t in change.old() if t.kind != "mark"] == [
        t.text for t in change.new() if t.kind != "mark"
    ]
    return MARKS if same else LETTERS


def _forms_of_one(change: Change) -> bool:
    """Whether the content words stay and only take other endings."""
    return not change.lost and not change.won and any(change.passage.content[k] for k in change.removed)


def _plural(lost: Counter[str], won: Counter[str]) -> bool:
    """Whether all that differs is an ``s``."""
    return all(any(a in (b + "s", b + "es") or b in (a + "s", a + "es") for b in won) for a in lost)
