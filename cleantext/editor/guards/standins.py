"""What comes in a pronoun's place, or a pronoun in another one's: reflexives, relatives, owners, names and nobody."""

from __future__ import annotations

import re

from cleantext.editor.change import Change
from cleantext.editor.guards.numbers import is_number
from cleantext.editor.guards.persons import gender, is_person
from cleantext.editor.guards.pronounclasses import SELVES, Class, class_of, classes, named_in
from cleantext.editor.reading import Reading


def guard(change: Change) -> str | None:
    """Refuse a cut that puts somebody, or nobody, where a pronoun stood, or a pronoun where only English wants one."""
    if whoever := sorted(_speakers(change.passage) - _speakers(change.after)):
        return f"“{whoever[0]}” would be left out"
    return _reflexive_comes(change) or _relative(change) or _named_instead(change) or _owner_comes(change)


def _speakers(reading: Reading) -> set[Class]:
    """Return whether a text speaks in the first person, singular or plural."""
    return {named for named in classes(reading) if named in ("I", "we")}


def _named_instead(change: Change) -> str | None:
    """Refuse a name in the place of a pronoun ("that he left", "that Lund left")."""
    for hunk in change.cut.hunks:
        gone = [named for _, named in named_in(change.passage, hunk.start, hunk.end)]
        if not set(gone) & _SOMEBODY:
            continue
        if named_in(change.reply, hunk.reply_start, hunk.reply_end):
            continue
        old = {t.lower for t in change.passage.tokens[hunk.start : hunk.end]}
        for k in range(hunk.reply_start, hunk.reply_end):
            token = change.reply.tokens[k]
            name = token.text[0].isupper() and change.reply.content[k] and not change.reply.opening[k]
            if token.lower not in old and name:
                return f"a pronoun would become “{token.text}”"
    return None


_ANYBODY = frozenset(
    ["anyone", "anybody", "someone", "somebody", "everyone", "everybody", "nobody", "people", "others"]
)


def anybody(change: Change, gone: set[Class]) -> str | None:
    """Refuse anybody at all for somebody ("did not surprise her", "did not surprise anyone")."""
    if not gone & _SOMEBODY:
        return None
    come = sorted({t.lower for t in change.new()} & _ANYBODY - {t.lower for t in change.old()})
    return f"a pronoun would become “{come[0]}”" if come else None


_SOMEBODY: frozenset[Class] = frozenset(["he", "she", "they", "I", "we"])


def _owner_comes(change: Change) -> str | None:
    """Refuse "his own" for "the own", "his two" for "two": other languages do not say whose own it is."""
    for hunk in change.cut.hunks:
        come = [
            k
            for k, _ in named_in(change.reply, hunk.reply_start, hunk.reply_end)
            if change.reply.tokens[k].lower in _OWNING
        ]
        if not come or named_in(change.passage, hunk.start, hunk.end):
            continue
        following = change.passage.tokens[hunk.end : hunk.end + 1]
        if any(token.lower == "own" or is_number(token.lower) for token in following):
            return f"“{change.reply.tokens[come[0]].text}” would come, and nothing says whose it is"
    return None


def _reflexive_comes(change: Change) -> str | None:
    """Refuse "herself" where nothing stood ("announced it herself"), and "themselves" where it was "each other"."""
    for hunk in change.cut.hunks:
        come = change.reply.words_in(hunk.reply_start, hunk.reply_end)
        old = change.passage.words_in(hunk.start, hunk.end)
        alone = not old and len(come) == 1
        if not any(word.endswith(SELVES) for word in come):
            themselves = [word for word in old if word.endswith(SELVES)]
            if themselves and any(class_of(word) and word not in old for word in come):
                return f"“{themselves[0]}” would be somebody else"
            continue
        if alone or _EACH_OTHER.search(" ".join(change.passage.words)):
            return f"“{come[-1]}” would come, and nothing says that they do it by or to themselves"
    return None


_EACH_OTHER = re.compile(r"\b(?:each|one(?: \w+)?(?: the)?) other\b|\bone another\b")


def _relative(change: Change) -> str | None:
    """Refuse "the dog of the guard, who" for "the dog of the guard, which": it would be said of the guard."""
    for hunk in change.cut.hunks:
        old = {t.lower for t in change.passage.tokens[hunk.start : hunk.end]}
        new = {t.lower for t in change.reply.tokens[hunk.reply_start : hunk.reply_end]}
        if old & {"which", "who"} - new and "whose" in new - old and not old & _DETERMINERS:
            return "“whose” would come, and nothing says that it is somebody's"
        if not (old & {"which", "that"} - new and "who" in new - old):
            continue
        nouns = _nouns_before(change.passage, hunk.start)
        if len(nouns) > 1 and _somebody(change.passage, nouns[0]) and not _somebody(change.passage, nouns[1]):
            return f"“{change.passage.tokens[nouns[0]].text}” would be meant, not “{change.passage.tokens[nouns[1]].text}”"
    return None


def _nouns_before(reading: Reading, at: int) -> list[int]:
    """Return the last words of a phrase before a place and of the one that it belongs to ("the dog of the guard,")."""
    found: list[int] = []
    k = at - 1
    while k >= 0 and reading.tokens[k].kind == "mark" and k >= at - 2:
        k -= 1
    while k >= 0 and len(found) < 2 and reading.tokens[k].kind == "word":
        if reading.content[k]:
            if not found or reading.tokens[k + 1].lower == "of":
                found.append(k)
        elif reading.tokens[k].lower not in ("of", "the", "a", "an"):
            break
        k -= 1
    return found


def _somebody(reading: Reading, k: int) -> bool:
    return is_person(reading.stems[k]) or bool(gender(reading.tokens[k].text))


_OWNING = frozenset(["his", "her", "its", "their", "my", "our", "your"])
_DETERMINERS = frozenset(["the", "a", "an", "his", "her", "its", "their"])
