"""Whole replies: talk, refusals, markdown, another language, repetition, a reply cut short, one that rewrites."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable

from cleantext.document.words import phrases, words
from cleantext.editor.aligning import related
from cleantext.editor.inflection import stem
from cleantext.editor.reading import Reading, grammar

LEAST_STAYING = 2 / 3
"""Share of the passage's words that a correction keeps: the mean over all words and over content words alone."""
_ENDS = frozenset(".!?…")
_MARKDOWN = re.compile(
    r"\*\*|__|`|^\s*(?:>|#{1,6}\s|[*+]\s|\d+[.)]\s)|\*\S[^*]*\S\*|^\s*-\s|\[[^\]]*\]\([^)]*\)|</?[a-z]+>",
    re.MULTILINE,
)
_QUOTES = {'"': '"', "“": "”", "'": "'", "‘": "’", "«": "»", "„": "“"}


def empty(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply without a word."""
    return None if reply.words else "the reply is empty"


def refusal(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply in which a model declines, or speaks of itself."""
    return _says(passage, reply, "editor-refusals", "the model declines or speaks of itself")


def talk(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply that talks about the passage."""
    return _says(passage, reply, "editor-talk", "the reply talks about the passage")


def instruction(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply that does what the passage's text asks for."""
    return _says(passage, reply, "editor-instructions", "the reply follows the text instead of correcting it")


def capitals(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply in capitals, or without any, where the passage is not."""
    shares = [_capital_share(reading) for reading in (passage, reply)]
    if shares[1] > 0.5 > shares[0] + 0.2:
        return "the reply is in capitals"
    if shares[1] == 0.0 < shares[0] and len(reply.words) > 5:
        return "the reply has no capital"
    return None


def _capital_share(reading: Reading) -> float:
    letters = [letter for letter in reading.text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) / max(1, len(letters))


def sentences(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply that opens or ends with a sentence of which the passage has no content word ("Sorry!", "Done.")."""
    there = set(passage.stems)
    parts = _parts(reply.text)
    if len(parts) < 2 or len(parts) <= len(_parts(passage.text)):
        return None
    for part in (parts[0], parts[-1]):
        own = Reading(part)
        if own.words and not {s for s, c in zip(own.stems, own.content, strict=True) if c} & there:
            return f"the reply says something of its own: “{part[:40]}”"
    return None


def _parts(text: str) -> list[str]:
    """Return the sentences of a text; "Mr." is none."""
    found: list[str] = []
    for part in _SENTENCES.split(text.strip()):
        last = found[-1].split()[-1].rstrip(".") if found else ""
        if found and (
            last in words("attribution-titles") or last in words("attribution-abbreviations") or len(last) < 2
        ):
            found[-1] += f" {part}"
        elif part:
            found.append(part)
    return found


_SENTENCES = re.compile(r"(?<=[.!?…])[\"”’']?\s+(?=\S)")


def lines(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply of more lines than its passage."""
    if len(reply.text.strip().splitlines()) > len(passage.text.strip().splitlines()):
        return "the reply has more lines than the passage"
    return None


def markdown(passage: Reading, reply: Reading) -> str | None:
    """Refuse markdown, and quotation marks around the whole, that the passage does not have."""
    before = Counter(m.group().strip()[:2] for m in _MARKDOWN.finditer(passage.text))
    after = Counter(m.group().strip()[:2] for m in _MARKDOWN.finditer(reply.text))
    dashed = (
        passage.text.lstrip()[:1] in ("-", "–", "—", "*")
        and reply.text.lstrip()[:1] == passage.text.lstrip()[:1]
    )
    new = after - before
    if new and not (dashed and set(new) == {"-"}):
        return "the reply is marked up"
    old, wrapped = passage.text.strip(), reply.text.strip()
    if (
        len(wrapped) > 1
        and _QUOTES.get(wrapped[0]) == wrapped[-1]
        and not (wrapped[0] != "'" and {wrapped[0], wrapped[-1]} & set(wrapped[1:-1]))  # two quotations
        and (old[:1], old[-1:]) != (wrapped[0], wrapped[-1])
    ):
        return "the reply stands in quotation marks"
    return None


def language(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply in another language than English."""
    known = set(passage.words)
    new = [word for word in reply.words if word.isalpha() and word not in known]
    if len(new) < 4:
        return None
    everywhere = [word for word in reply.words if word.isalpha()]
    share = sum(word in grammar() for word in everywhere) / len(everywhere)
    before = [word for word in passage.words if word.isalpha()]
    had = sum(word in grammar() for word in before) / max(1, len(before))
    if share < 0.2 and share < had / 2:
        return "the reply is in another language"
    return None


def repetition(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply that says something twice which the passage says once."""
    heard = [t.lower for t in reply.tokens if t.kind != "mark" or t.text in ".!?"]
    doubled = {one for one, other in itertools.pairwise(heard) if one == other and one.isalpha()}
    again = [
        w for w, *rest in zip(heard, heard[1:], heard[2:], strict=False) if rest[0] in ".!?" and rest[1] == w
    ]
    had = list(passage.words)
    there = {one for one, other in itertools.pairwise(had) if one == other}
    if new := sorted((doubled | {w for w in again if w.isalpha()}) - there - phrases("rightly-doubled")):
        return f"the reply repeats “{new[0]}”"
    size = 4
    said = Counter(zip(*(reply.words[k:] for k in range(size)), strict=False))
    stood = Counter(zip(*(passage.words[k:] for k in range(size)), strict=False))
    for group, count in said.items():
        if count > max(1, stood[group]):
            return f"the reply repeats “{' '.join(group)}”"
    return None


def truncation(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply that stops before the passage does."""
    old, new = _last(passage), _last(reply)
    if old in _ENDS and new not in _ENDS:
        return "the reply stops in the middle"
    words, there = passage.words, set(reply.words)
    tail = 0
    while tail < len(words) and words[-1 - tail] not in there:
        tail += 1
    if old not in _ENDS and tail > 2 and len(reply.words) < len(words):
        return "the reply stops before the passage does"
    return None


def length(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply much longer or shorter than its passage."""
    old, new = len(passage.words), len(reply.words)
    if new > 1.5 * old + 4:
        return "the reply is much longer than the passage"
    if new < 0.6 * old - 1:
        return "the reply is much shorter than the passage"
    return None


def rewriting(passage: Reading, reply: Reading) -> str | None:
    """Refuse a reply in which too few of the passage's words stay; one content word may always be chosen anew."""
    stays = staying(passage, reply)
    if stays >= LEAST_STAYING or _content_left(passage, reply) >= sum(passage.content) - 1:
        return None
    return f"only {stays:.0%} of the words would stay"


def staying(passage: Reading, reply: Reading) -> float:
    """The share of the passage's words that stay, wherever they stand: the mean over all and over content words.

    A correction changes grammar and keeps the words that carry content; a rewrite does the opposite.
    """
    old = [s for s, t in zip(passage.stems, passage.tokens, strict=True) if t.kind != "mark"]
    new = [s for s, t in zip(reply.stems, reply.tokens, strict=True) if t.kind != "mark"]
    every = sum((Counter(old) & Counter(new)).values()) / max(1, len(old))
    content = sum(passage.content)
    return (every + _content_left(passage, reply) / content) / 2 if content else every


def _content_left(passage: Reading, reply: Reading) -> int:
    """Count the passage's content words that the reply has, in any form or derivation."""
    left = [(s, t.lower) for s, t, c in zip(reply.stems, reply.tokens, reply.content, strict=True) if c]
    kept = 0
    for said, token, content in zip(passage.stems, passage.tokens, passage.content, strict=True):
        if not content:
            continue
        here = next((it for it in left if it[0] == said), None) or next(
            (it for it in left if related(token.lower, it[1])), None
        )
        if here:
            left.remove(here)
            kept += 1
    return kept


def _says(passage: Reading, reply: Reading, name: str, reason: str) -> str | None:
    said, had = _flat(reply), set(passage.stems)
    for phrase in phrases(name):
        if f" {phrase} " in said and not {stem(word) for word in phrase.split()} <= had:
            return reason
    return None


def _flat(reading: Reading) -> str:
    return " " + " ".join(t.lower for t in reading.tokens if t.kind != "mark" or t.text == ":") + " "


def _last(reading: Reading) -> str:
    text = reading.text.rstrip().rstrip("\"'”’»)]")
    return text[-1:] or ""


GUARDS: tuple[tuple[str, Callable[[Reading, Reading], str | None]], ...] = (
    ("ED120", empty),
    ("ED121", refusal),
    ("ED122", instruction),
    ("ED122", capitals),
    ("ED123", talk),
    ("ED123", sentences),
    ("ED124", markdown),
    ("ED125", lines),
    ("ED126", language),
    ("ED127", repetition),
    ("ED128", truncation),
    ("ED129", length),
    ("ED130", rewriting),
)
