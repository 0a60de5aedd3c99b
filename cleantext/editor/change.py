"""One cut as the guards see it: what it takes from the passage, what it adds, and what comes of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from cleantext.document.once import once
from cleantext.editor.cutting import Cut
from cleantext.editor.reading import Reading, Token
from cleantext.fidelity.values import Value
from cleantext.finding import Edit


class Context:
    """What the article knows beyond the passage.

    ``names`` are the words that stand with a capital somewhere in the article
    where no sentence opens; ``quoted`` are the spans of the passage, in its own
    code points, that the article puts between quotation marks; ``original``
    are the numbers and dates of the sentence that was translated, where it is known;
    ``neighbours`` is what stands before and after the passage.
    """

    def __init__(
        self,
        names: frozenset[str] = frozenset(),
        quoted: tuple[tuple[int, int], ...] = (),
        original: tuple[Value, ...] = (),
        neighbours: str = "",
    ) -> None:
        """Keep what the article knows; nothing where there is no article."""
        self.names = names
        self.quoted = quoted
        self.original = original
        self.neighbours = neighbours


class Change:
    """A cut of a passage, with the passage as it would read after it."""

    def __init__(self, passage: Reading, reply: Reading, cut: Cut, context: Context) -> None:
        """Nothing is worked out yet."""
        self.passage = passage
        self.reply = reply
        self.cut = cut
        self.context = context

    @once
    def after(self) -> Reading:
        """The passage with this cut made and no other."""
        return Reading(edited(self.passage.text, self.cut.edits))

    @once
    def removed(self) -> tuple[int, ...]:
        """The passage's tokens that the cut replaces, by number."""
        return tuple(k for hunk in self.cut.hunks for k in range(hunk.start, hunk.end))

    @once
    def added(self) -> tuple[int, ...]:
        """The reply's tokens that the cut brings in, by number."""
        return tuple(k for hunk in self.cut.hunks for k in range(hunk.reply_start, hunk.reply_end))

    @once
    def lost(self) -> Counter[str]:
        """The stems of content words that go and do not come back in this cut."""
        return _content(self.passage, self.removed) - _content(self.reply, self.added)

    @once
    def won(self) -> Counter[str]:
        """The stems of content words that come and were not there."""
        return _content(self.reply, self.added) - _content(self.passage, self.removed)

    @once
    def exchanged(self) -> tuple[tuple[Counter[str], Counter[str]], ...]:
        """The words that each hunk takes away, and those that it brings, what stands on both sides left out."""
        found = []
        for hunk in self.cut.hunks:
            old = Counter(self.passage.words_in(hunk.start, hunk.end))
            new = Counter(self.reply.words_in(hunk.reply_start, hunk.reply_end))
            found.append((old - new, new - old))
        return tuple(found)

    def old(self) -> tuple[Token, ...]:
        """The tokens that go."""
        return tuple(self.passage.tokens[k] for k in self.removed)

    def new(self) -> tuple[Token, ...]:
        """The tokens that come."""
        return tuple(self.reply.tokens[k] for k in self.added)


def _content(reading: Reading, indices: tuple[int, ...]) -> Counter[str]:
    return Counter(reading.stems[k] for k in indices if reading.content[k])


def edited(text: str, edits: tuple[Edit, ...]) -> str:
    """Return a text after edits that are sorted and do not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join(parts) + text[at:]


def difference(before: Counter[str], after: Counter[str]) -> str:
    """Say what two counts differ in: "loses x, adds y"; empty where they are the same."""
    said: Mapping[str, Counter[str]] = {"loses": before - after, "adds": after - before}
    return ", ".join(f"{verb} {_listed(words)}" for verb, words in said.items() if words)


def _listed(words: Counter[str]) -> str:
    return ", ".join(f"“{word}”" for word in sorted(words.elements())[:4])
