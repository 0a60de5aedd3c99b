"""A reply cut into the smallest edits that make sense alone.

Hunks that only work together become one cut: words that moved, a pair of commas, a noun and the verb
that agrees with it, an auxiliary and the form that it takes.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from cleantext.document.words import word_groups
from cleantext.editor.aligning import Hunk, align
from cleantext.editor.inflection import AGREEING
from cleantext.editor.reading import Reading
from cleantext.fidelity.values import read_values
from cleantext.fidelity.values.units import unit_of
from cleantext.finding import Edit

_NEAR = 6
"""Tokens over which a noun and its verb, or an auxiliary and its participle, are looked for."""
_PAIR = 14
"""Tokens over which two marks of a pair may stand apart."""
_LOOSE = ("article", "preposition", "pronoun", "connective", "auxiliary", "modal")
"""Words that are put in and left out for their own sake, so that nothing says that they moved."""
_AGREEING = frozenset(word for pair in AGREEING for word in pair)


class Cut(NamedTuple):
    """Edits of one passage that go together: its hunks, and the edits in code points of the passage."""

    hunks: tuple[Hunk, ...]
    edits: tuple[Edit, ...]


def cut(passage: Reading, reply: Reading) -> tuple[Cut, ...]:
    """Cut a reply into edits of its passage, in order; together they give the reply, but for white space around it.

    Raises TooLongError.
    """
    hunks = align(passage, reply)
    groups = _Groups(len(hunks))
    _link_moved(passage, reply, hunks, groups)
    _link_pairs(passage, reply, hunks, groups)
    _link_commas(passage, reply, hunks, groups)
    _link_forms(passage, reply, hunks, groups)
    _link_figures(passage, hunks, groups)
    cuts = []
    for members in groups.all():
        mine = tuple(hunks[k] for k in members)
        edits = tuple(edit for hunk in mine if (edit := _edit(passage, reply, hunk)) is not None)
        if edits:
            cuts.append(Cut(mine, edits))
    return tuple(cuts)


def joined(cuts: list[Cut]) -> Cut:
    """Return several cuts as one."""
    hunks = sorted(hunk for one in cuts for hunk in one.hunks)
    return Cut(tuple(hunks), tuple(sorted(edit for one in cuts for edit in one.edits)))


def _edit(passage: Reading, reply: Reading, hunk: Hunk) -> Edit | None:
    """Return the edit of a hunk, from the end of the token before it to the start of the one after it, made small."""
    start, end = _region(passage, hunk.start, hunk.end)
    low, high = _region(reply, hunk.reply_start, hunk.reply_end)
    old, new = passage.text[start:end], reply.text[low:high]
    while old and new and old[0] == new[0] and old[0].isspace():
        old, new, start = old[1:], new[1:], start + 1
    while old and new and old[-1] == new[-1] and old[-1].isspace():
        old, new, end = old[:-1], new[:-1], end - 1
    return None if old == new else Edit(start, end, new)


def _region(reading: Reading, start: int, end: int) -> tuple[int, int]:
    tokens = reading.tokens
    low = tokens[start - 1].end if start else (tokens[0].start if tokens else 0)
    high = tokens[end].start if end < len(tokens) else (tokens[-1].end if tokens else 0)
    return low, max(low, high)


class _Groups:
    """Which hunks belong together, as a forest of disjoint sets."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def top(self, k: int) -> int:
        while self._parent[k] != k:
            self._parent[k] = self._parent[self._parent[k]]
            k = self._parent[k]
        return k

    def link(self, one: int, other: int) -> None:
        one, other = sorted((self.top(one), self.top(other)))
        self._parent[other] = one

    def all(self) -> list[list[int]]:
        found: dict[int, list[int]] = {}
        for k in range(len(self._parent)):
            found.setdefault(self.top(k), []).append(k)
        return list(found.values())


def _balance(passage: Reading, reply: Reading, hunk: Hunk) -> tuple[Counter[str], Counter[str]]:
    """Return the stems that a hunk takes away, and those that it adds, words on both sides left out."""
    old = _words(passage, hunk.start, hunk.end)
    new = _words(reply, hunk.reply_start, hunk.reply_end)
    return old - new, new - old


def _words(reading: Reading, start: int, end: int) -> Counter[str]:
    return Counter(reading.stems[k] for k in range(start, end) if reading.tokens[k].kind != "mark")


def _link_moved(passage: Reading, reply: Reading, hunks: tuple[Hunk, ...], groups: _Groups) -> None:
    """Link the hunk that a word left with the nearest one that it came to."""
    loose = word_groups("editor-grammar")
    bound = frozenset().union(*(loose[group] for group in _LOOSE)) - loose["negation"]
    balances = [_balance(passage, reply, hunk) for hunk in hunks]
    _link_classes(balances, hunks, groups)
    _link_chosen(passage, reply, hunks, groups)
    _link_alone(passage, reply, hunks, groups)
    _link_compounds(passage, reply, hunks, groups)
    for k, (lost, _) in enumerate(balances):
        for word in lost:
            if word in bound:
                continue
            homes = [h for h, (_, won) in enumerate(balances) if won[word] > 0 and h != k]
            if homes:
                home = min(homes, key=lambda h: (abs(h - k), h))
                balances[home][1][word] -= 1
                groups.link(k, home)


def _link_chosen(passage: Reading, reply: Reading, hunks: tuple[Hunk, ...], groups: _Groups) -> None:
    """Link a hunk that only brings one content word with the nearest that only leaves one out: a word chosen anew."""
    surplus = [
        sum(reply.content[hunk.reply_start : hunk.reply_end]) - sum(passage.content[hunk.start : hunk.end])
        for hunk in hunks
    ]
    for k, more in enumerate(surplus):
        near = [
            h
            for h, other in enumerate(surplus)
            if more == 1
            and other == -1
            and hunks[k].reply_end - hunks[k].reply_start <= 2  # "sold-out" is no word chosen anew
            and abs(hunks[h].start - hunks[k].start) <= _PAIR
        ]
        if near:
            home = min(near, key=lambda h: (abs(h - k), h))
            surplus[home] = 0
            groups.link(k, home)


def _link_compounds(passage: Reading, reply: Reading, hunks: tuple[Hunk, ...], groups: _Groups) -> None:
    """Link a compound that only goes with a near one that comes and is written together, or the other way round.

    "Third world-wide fortune", "third fortune worldwide": the words are the same, but their tokens are not.
    """
    old = [passage.tokens[hunk.start : hunk.end] for hunk in hunks]
    new = [reply.tokens[hunk.reply_start : hunk.reply_end] for hunk in hunks]
    for mine, theirs in ((old, new), (new, old)):
        for k, tokens in enumerate(mine):
            if not any(token.text == "-" for token in tokens):
                continue
            whole = "".join(token.lower for token in tokens if token.kind != "mark")
            for h, others in enumerate(theirs):
                same = any(token.lower == whole for token in others)
                if h != k and same and abs(hunks[h].start - hunks[k].start) <= _PAIR:
                    groups.link(k, h)


def _link_alone(passage: Reading, reply: Reading, hunks: tuple[Hunk, ...], groups: _Groups) -> None:
    """Link a word of grammar that is only left out with the same one, or its like, only put in near by.

    Either edit alone would double the word, or lose it ("supported also", "also supported"; "holds again", "still
    holds"). Articles and prepositions come and go for their own sake.
    """
    like = {word: name for name, members in word_groups("editor-support").items() for word in members}
    grammar = word_groups("editor-grammar")
    free = grammar["article"] | grammar["preposition"] | {"and"}
    bound = grammar["pronoun"] | grammar["auxiliary"] | grammar["modal"]
    gone: dict[str, list[tuple[int, bool]]] = {}
    come: dict[str, list[tuple[int, bool]]] = {}
    for k, hunk in enumerate(hunks):
        old = [word for word in passage.words_in(hunk.start, hunk.end) if word not in free]
        new = [word for word in reply.words_in(hunk.reply_start, hunk.reply_end) if word not in free]
        lost, won = Counter(old) - Counter(new), Counter(new) - Counter(old)
        # Among other words only what stands for another one, or is no content, is looked for.
        alone = len(old) + len(new) == 1
        for words, places in ((lost, gone), (won, come)):
            for word in words:
                if alone or word in like or word in bound:
                    places.setdefault(like.get(word, word), []).append((k, alone))
    for word, left in gone.items():
        for k, by_itself in left:
            homes = [
                (h, other)
                for h, other in come.get(word, ())
                if h != k and (by_itself or other) and abs(hunks[h].start - hunks[k].start) <= _PAIR
            ]
            if homes:
                home = min(homes, key=lambda one: abs(one[0] - k))
                come[word].remove(home)
                groups.link(k, home[0])


def _link_classes(
    balances: list[tuple[Counter[str], Counter[str]]], hunks: tuple[Hunk, ...], groups: _Groups
) -> None:
    """Link a hunk that loses a guarded word with a near one that brings another of its class ("all", "everything")."""
    for members in word_groups("editor-guarded").values():
        for k, (lost, _) in enumerate(balances):
            if not members & lost.keys():
                continue
            for h in sorted(range(len(hunks)), key=lambda h: (abs(h - k), h)):
                if (
                    h != k
                    and members & balances[h][1].keys()
                    and abs(hunks[h].start - hunks[k].start) <= _PAIR
                ):
                    groups.link(k, h)
                    break


def _link_pairs(passage: Reading, reply: Reading, hunks: tuple[Hunk, ...], groups: _Groups) -> None:
    """Link two marks of a pair that were put in, or taken away, around words that stay."""
    last: tuple[str, str, int] | None = None
    for k, hunk in enumerate(hunks):
        old = "".join(t.text for t in passage.tokens[hunk.start : hunk.end])
        new = "".join(t.text for t in reply.tokens[hunk.reply_start : hunk.reply_end])
        if (not old and new in _CLOSES) or (not new and old in _CLOSES):
            if last and hunk.start - hunks[last[2]].end <= _PAIR and _is_pair(last, old, new):
                groups.link(last[2], k)
                last = None
                continue
            last = (old, new, k)


def _link_commas(passage: Reading, reply: Reading, hunks: tuple[Hunk, ...], groups: _Groups) -> None:
    """Link a comma that is only put in with a near hunk that puts one in among other words: the pair parts a name off."""
    lone: list[int] = []
    among: list[int] = []
    for k, hunk in enumerate(hunks):
        old = [t.text for t in passage.tokens[hunk.start : hunk.end]]
        new = [t.text for t in reply.tokens[hunk.reply_start : hunk.reply_end]]
        if new.count(",") == old.count(",") + 1:
            (lone if new == [","] and not old else among).append(k)
    for k in lone:
        near = [h for h in among if abs(hunks[h].start - hunks[k].start) <= _PAIR]
        if near:
            groups.link(k, min(near, key=lambda h: abs(h - k)))


_CLOSES = {
    ",": ",",
    "(": ")",
    ")": "",
    "–": "–",
    "—": "—",
    "-": "-",
    '"': '"',
    "“": "”",
    "”": "",
    "«": "»",
    "»": "",
    "'": "'",
}


def _is_pair(last: tuple[str, str, int], old: str, new: str) -> bool:
    return (bool(old) and _CLOSES.get(last[0]) == old) or (bool(new) and _CLOSES.get(last[1]) == new)


def _link_forms(passage: Reading, reply: Reading, hunks: tuple[Hunk, ...], groups: _Groups) -> None:
    """Link a change of number with one of agreement, and an auxiliary with the form beside it."""
    groups_of = word_groups("editor-grammar")
    auxiliary = groups_of["auxiliary"] | groups_of["modal"]
    agreeing, inflected, helping = [], [], []
    for k, hunk in enumerate(hunks):
        old = passage.words_in(hunk.start, hunk.end)
        new = reply.words_in(hunk.reply_start, hunk.reply_end)
        changed = set(old) ^ set(new)
        if changed & _AGREEING and len(old) == len(new):
            agreeing.append(k)
        if set(passage.stems[hunk.start : hunk.end]) & set(reply.stems[hunk.reply_start : hunk.reply_end]):
            inflected.append(k)
        if (changed & auxiliary) and len(old) != len(new):
            helping.append(k)
    for one in (*agreeing, *helping):
        for other in inflected:
            if one != other and abs(hunks[one].start - hunks[other].start) <= _NEAR and abs(one - other) == 1:
                groups.link(one, other)


def _link_figures(passage: Reading, hunks: tuple[Hunk, ...], groups: _Groups) -> None:
    """Link what changes on both sides of a number: "$ 5 million", "before five years", "five years ago" say one value."""
    for k in range(len(hunks) - 1):
        between = passage.tokens[hunks[k].end : hunks[k + 1].start]
        if between and all(
            token.kind == "figure" or token.text in "$€£¥₽₹" or _measures(token.lower) for token in between
        ):
            groups.link(k, k + 1)


@lru_cache(maxsize=4096)
def _measures(word: str) -> bool:
    """Whether a word is a number or a unit."""
    return word != "a" and (unit_of(word) is not None or bool(read_values(word, "en")))
