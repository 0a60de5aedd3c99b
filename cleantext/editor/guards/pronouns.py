"""Pronouns: whoever they stood for they stand for, unless the passage forces another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cleantext.editor.change import Change
from cleantext.editor.events import form
from cleantext.editor.guards import standins
from cleantext.editor.guards.antecedents import nearest, seen_in
from cleantext.editor.guards.pronounclasses import SELVES, Class, classes, named_in
from cleantext.editor.reading import Reading

_SPEAKING = frozenset(["I", "we", "you"])
_TOLD_OF = frozenset(["he", "she", "it", "they"])


class Pronoun(NamedTuple):
    """A pronoun that a cut takes or brings: its class, its token, and the hunk it stands in."""

    named: Class
    at: int
    hunk: int


def guard(change: Change) -> str | None:
    """Refuse a cut after which a pronoun stands for somebody else, or for nobody of whom the passage speaks.

    Translated English has the genders of another grammar ("the village and her church"), so a pronoun may become
    another one where the passage, or else its neighbours, have somebody for the new one and nobody for the old.
    """
    if said := standins.guard(change):
        return said
    gone, come = moving(change)
    if said := standins.anybody(change, {one.named for one in gone}):
        return said
    for new in come:
        # What stands in the same hunk has become it, else what goes near by.
        old = min(gone, key=lambda one: (one.hunk != new.hunk, abs(one.hunk - new.hunk)), default=None)
        if old is not None and old.hunk != new.hunk and _far(change, old, new):
            owning = (
                one for one in gone if _owns(change.passage, one.at) == _owns(change.reply, new.at) == {True}
            )
            old = next(owning, None)
        if not _holds(change, old, new):
            word = change.reply.tokens[new.at].text
            if old is None:
                return f"“{word}” would come, and nothing says who that is"
            return (
                f"“{change.passage.tokens[old.at].text}” would become “{word}”, and nothing says that it is"
            )
        if old is not None:
            gone.remove(old)
    return None


def moving(change: Change) -> tuple[list[Pronoun], list[Pronoun]]:
    """Return the pronouns that a cut takes, and those that it brings, what only moves left out.

    One that comes where another one goes has taken its place, wherever its like may go or come from ("his mirror, not
    theirs", "their mirror, not his"); and a possessive moves to no object ("theirs … him", "his").
    """
    gone = [
        Pronoun(named, k, h)
        for h, hunk in enumerate(change.cut.hunks)
        for k, named in named_in(change.passage, hunk.start, hunk.end)
    ]
    come = [
        Pronoun(named, k, h)
        for h, hunk in enumerate(change.cut.hunks)
        for k, named in named_in(change.reply, hunk.reply_start, hunk.reply_end)
    ]
    _strike_out(gone, come, lambda one, other: one.hunk == other.hunk)
    replaced = {one.hunk for one in gone} & {other.hunk for other in come}
    _strike_out(
        gone,
        come,
        lambda one, other: (
            not {one.hunk, other.hunk} & replaced
            and (
                _owns(change.passage, one.at) & _owns(change.reply, other.at) != set()
                or not any(_owned(change, third, other) for third in gone)
            )
        ),
    )
    return gone, come


def _strike_out(gone: list[Pronoun], come: list[Pronoun], alike: Callable[[Pronoun, Pronoun], bool]) -> None:
    """Take from both lists what is of one class and alike."""
    for new in tuple(come):
        same = next((old for old in gone if old.named == new.named and alike(old, new)), None)
        if same is not None:
            gone.remove(same)
            come.remove(new)


def _owned(change: Change, gone: Pronoun, come: Pronoun) -> bool:
    """Whether a possessive of one class goes and one of another comes."""
    return gone.named != come.named and _owns(change.passage, gone.at) == _owns(change.reply, come.at) == {
        True
    }


def _owns(reading: Reading, k: int) -> set[bool]:
    """Whether a pronoun says whose something is; "her" may do either."""
    word = reading.tokens[k].lower
    return {True, False} if word == "her" else {word in _POSSESSIVE}


_POSSESSIVE = frozenset(
    ["my", "mine", "our", "ours", "your", "yours", "his", "hers", "its", "their", "theirs", "oneself"]
)


def _far(change: Change, old: Pronoun, new: Pronoun) -> bool:
    hunks = change.cut.hunks
    return abs(hunks[old.hunk].start - hunks[new.hunk].start) > _NEAR_BY


_NEAR_BY = 5
"""Tokens over which a pronoun that goes may have become one that comes."""


def _holds(change: Change, gone: Pronoun | None, come: Pronoun) -> bool:
    """Whether the passage forces a pronoun of a class in the place of one that goes, or in an empty one (None)."""
    old, at = (gone.named, gone.at) if gone else (None, None)
    new, here = come.named, gone or come
    if new == "one":
        return True
    if (old, new) == ("you", "they") and at is not None and not _said(change, at):
        return (
            seen_in(change, here.hunk)["they"] > 0
        )  # nobody is addressed in news; other languages have one word for both
    if new in _SPEAKING and old in _TOLD_OF:
        return False
    if new in _SPEAKING or old in _SPEAKING:
        # "We will remind", "let us recall"; "close the eyes", "close my eyes".
        return classes(change.passage)[new] > (old == new)
    seen = seen_in(change, here.hunk)
    if (
        old is not None
        and at is not None
        and (new == "it" or _reflexive(change, at))
        and new == nearest(change, at, here.hunk)
    ):
        return True
    if new == "it":
        return old is None or old == "one" or seen[old] == 0
    rival = {"he": "she", "she": "he"}.get(new, "")
    if old is None:
        return not _for_a_noun(change) and bool(
            (seen[new] or (seen["somebody"] and new == "he")) and not seen[rival]
        )
    if old == "it" and new == "they":
        return False  # whatever is one stays one
    if old == "it" and at is not None and _impersonal(change.passage, at):
        return new in classes(change.passage)
    if old in ("it", "one"):
        return bool(
            (seen[new] and not (old == "one" and (seen[rival] or seen["somebody"] > 1)))
            or (new == "he" and seen["somebody"] and not seen["she"])
        )
    if new == "they" and old != "they" and at is not None and not _owns(change.passage, at) - {False}:
        return False  # nor does somebody become several
    return bool(seen[new]) and not seen[old] and not ({old, new} == {"he", "she"} and seen["unknown"])


def _reflexive(change: Change, at: int) -> bool:
    return change.passage.tokens[at].lower.endswith(SELVES)


_IMPERSONAL = 7
"""Tokens over which the verb of an impersonal "it" ends ("it is of that gone out")."""


def _impersonal(reading: Reading, at: int) -> bool:
    """Whether an "it" stands for nobody: "it is said", "it was decided", "it seems that"."""
    after = [token.lower for token in reading.tokens[at + 1 : at + _IMPERSONAL]]
    if after[:1] and after[0] in ("seems", "seemed", "appears", "appeared", "rains", "snows"):
        return True
    if len(after) < 2 or not (
        after[0] in ("is", "was") or (after[0] in ("has", "will") and after[1] in ("been", "be"))
    ):
        return False
    return any(form(word) in ("ed", "participle") for word in after[1:])


def _for_a_noun(change: Change) -> bool:
    """Whether a pronoun comes where a noun goes ("at the bank itself", "they")."""
    return bool(change.lost) and not change.won


def _said(change: Change, k: int) -> bool:
    """Whether a token stands between quotation marks."""
    start = change.passage.tokens[k].start
    return any(low <= start < high for low, high in change.context.quoted)
