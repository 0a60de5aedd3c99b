"""Who speaks, and how it is said that he does."""

from __future__ import annotations

from collections import Counter

from cleantext.document.cues import verbs
from cleantext.document.words import phrases, word_groups
from cleantext.editor.change import Change
from cleantext.editor.inflection import stem
from cleantext.editor.reading import Reading

_REACH = 6
"""Words on either side of a verb of saying among which its speaker stands."""


def guard(change: Change) -> str | None:
    """Refuse a cut that changes a content word of a speaker, or exchanges the verb of saying for one that judges."""
    touched = _speaking(change.passage)
    arriving = _speaking(change.reply)
    # What only moves is neither lost nor won.
    lost = change.lost & Counter(change.passage.stems[k] for k in change.removed if k in touched)
    won = change.won & Counter(change.reply.stems[k] for k in change.added if k in arriving)
    cues = {stem(verb) for verb in verbs()}
    # How it is said ("shyly") is not who says it.
    speakers = [word for word in (*lost, *won) if word not in cues and not word.endswith("ly")]
    if speakers:
        return f"who speaks would change: “{speakers[0]}”"
    judging = word_groups("editor-cues")
    for word in won:
        kinds = {kind for kind, members in judging.items() if word in {stem(m) for m in members}}
        had = {kind for kind, members in judging.items() for w in lost if w in {stem(m) for m in members}}
        if kinds - had:
            return f"“{word}” says more than that somebody said it"
    return None


def _cues() -> frozenset[str]:
    return frozenset(cue for cue in phrases("said") | phrases("says") if " " not in cue)


def _speaking(reading: Reading) -> frozenset[int]:
    """Return the numbers of the tokens about a verb of saying, up to a mark on either side."""
    says = _cues()
    found: set[int] = set()
    for k, token in enumerate(reading.tokens):
        if token.lower not in says:
            continue
        found.add(k)
        # After a mark the speaker follows the verb ("…, said the mayor"); else what follows is what was said.
        inverted = k > 0 and reading.tokens[k - 1].kind == "mark"
        for step in (1,) if inverted else (-1,):
            i = k + step
            while 0 <= i < len(reading.tokens) and abs(i - k) <= _REACH and reading.tokens[i].kind != "mark":
                if reading.tokens[i].lower in (
                    "that",
                    "who",
                    "which",
                    "when",
                    "at",
                    "in",
                    "on",
                    "to",
                    "of",
                    "by",
                ):
                    break
                found.add(i)
                i += step
    return frozenset(found)
