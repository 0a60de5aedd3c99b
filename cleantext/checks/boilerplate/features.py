"""What can be seen of a line in its article: features for the line model.

Two steps. Every line gets a few cheap *facts* (words, share of function words,
sentence end, cue groups); lines of running prose in the midst of prose stop
there. The others get the full row of features: their own looks, their
neighbours, the distance to prose, what is repeated, what the article is about,
and what its metadata say. After Kohlschütter et al. (2010) and jusText, who saw
that a block is judged by its neighbours, without their HTML.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import regex

from cleantext.checks.boilerplate.cues import GROUPS, mask_of, word_set
from cleantext.checks.boilerplate.known_lines import LISTS, list_of
from cleantext.document.repeats import normal_line

_WORD = regex.compile(r"\w+")
_PROSE_WORDS = 16
"""Words from which on a line can pass for running prose without a closer look."""
_PROSE_FUNCTION = 0.2
"""Share of function words that it needs."""
_PROSE = 0.45
"""Sentence-likeness from which on a line counts as prose."""
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = regex.compile(
    rf"\b{_MONTHS}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\b\d{{1,2}} {_MONTHS}\.?,? \d{{4}}"
    r"|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"
    r"|\b\d{1,2}:\d\d ?(?:[ap]\.?m\.?|gmt|utc|est|et|pst|bst|ist)?\b"
    r"|\b\d+ ?(?:min|minute|hour|hr|day|week|month|year)s? ago\b",
    regex.IGNORECASE,
)
_CODE = regex.compile(r"https?://|www\.|\.com\b|@\w|#\w|\d[\d ()-]{8,}\d")
_SENTENCES = regex.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?\p{Lu}")
_MARKS = regex.compile(r"[\d©@#»›→«‹←|•·/\[(:]")
_BULLET = regex.compile(r"\W*[•·*\-–—▪►>»→✓]")
_NUMBERED = regex.compile(r"\d+[.)]? ")
_PIPES = regex.compile(r"[|•·›»→/]| - ")
_QUOTE = regex.compile(r"[\"“”«»„]")
_NAME = regex.compile(r"(?:\p{Lu}[\p{L}'’.-]*\s*){2,4}")
_STOPS = frozenset(".!?…。！？")
_ADDRESS = frozenset(["you", "your", "us", "our", "we", "my", "me"])
_FINITE = frozenset(
    [
        "he",
        "she",
        "they",
        "we",
        "his",
        "her",
        "their",
        "was",
        "were",
        "had",
        "said",
        "says",
        "is",
        "are",
        "has",
        "will",
        "would",
        "can",
        "could",
        "did",
    ]
)
_CLOSERS = "\"”’')]» "


class Facts(NamedTuple):
    """Cheap facts of one line.

    ``words``: how many; ``sentence``: likeness to running prose, 0 to 1; ``function``: share of function
    words; ``stop``:
    ends like a sentence; ``mask``: cue groups; ``key``: normal form; ``listed``:
    place in ``LISTS`` and 2 for word for word, 1 for a pattern; ``plain``: long
    running prose without a word that residue is made of.
    """

    text: str
    tokens: Sequence[str]
    words: int
    sentence: float
    stop: bool
    mask: int
    cue: float
    key: str
    listed: tuple[int, int]
    plain: bool
    function: float


_LIST_PLACE = {name: place for place, name in enumerate(LISTS)}
_UNLISTED = (-1, 0)


def facts_of(line: str) -> Facts:
    """Look at one stripped, non-blank line by itself."""
    tokens = _WORD.findall(line.lower())
    words = len(tokens)
    tail = line[-4:].rstrip(_CLOSERS)[-1:]
    stop = tail in _STOPS if tail else False
    if words >= _PROSE_WORDS and stop:
        function = sum(map(word_set("function-words").__contains__, tokens)) / words
        if function >= _PROSE_FUNCTION and word_set("prose-cues").isdisjoint(tokens):
            likeness = min(1.0, words / 25) * min(1.0, function / 0.35)
            return Facts(line, tokens, words, likeness, True, 0, 0.0, "", _UNLISTED, True, function)
    elif words:
        function = sum(map(word_set("function-words").__contains__, tokens)) / words
    else:
        function = 0.0
    sentence = min(1.0, words / 25) * (1.0 if stop else 0.5) * min(1.0, function / 0.35)
    mask = mask_of(tokens)
    cue = 0.0 if not mask else 1.0 if words <= 12 else 12 / words
    key = normal_line(line)
    # Patterns are about cue words and marks: a longer line with neither has nothing for them.
    patterns = bool(mask) or words <= 6 or _MARKS.search(line) is not None
    found = list_of(line, key, patterns=patterns) if words <= 60 and key else None
    listed = (_LIST_PLACE[found[0]], 1 + found[1]) if found else _UNLISTED
    return Facts(line, tokens, words, sentence, stop, mask, cue, key, listed, False, function)


class Context(NamedTuple):
    """What is known of the article as a whole, worked out once."""

    facts: Sequence[Facts]
    prose: Sequence[int]
    core: tuple[int, int]
    vocabulary: Counter[str]
    keys: Counter[str]
    openings: Counter[tuple[str, ...]]
    runs: Sequence[int]
    before: Sequence[int]
    total: int
    listed_before: Sequence[int]
    cues_before: Sequence[float]
    sentences_before: Sequence[float]
    title: frozenset[str]
    title_line: int
    site: str
    sections: frozenset[str]
    prose_share: float
    strict_share: float
    near: Sequence[tuple[float, ...]]
    """What a line's neighbours ask of it."""


_NOTHING_NEAR = (-1.0, -1.0, -1.0, -1.0, -1.0)


def context_of(
    facts: Sequence[Facts], *, title: str | None = None, url: str | None = None, source: str | None = None
) -> Context:
    """Sum an article up. ``facts`` are those of its non-blank lines, in order."""
    count = len(facts)
    prose = [i for i, fact in enumerate(facts) if fact.sentence > _PROSE]
    vocabulary: Counter[str] = Counter()
    for i in prose:
        vocabulary.update(set(facts[i].tokens))
    keys = Counter(fact.key for fact in facts if fact.key)
    openings = Counter(tuple(fact.tokens[:6]) for fact in facts if fact.words >= 6)
    before = [0] * (count + 1)
    listed_before = [0] * (count + 1)
    cues_before = [0.0] * (count + 1)
    sentences_before = [0.0] * (count + 1)
    for i, fact in enumerate(facts):
        before[i + 1] = before[i] + fact.words
        listed_before[i + 1] = listed_before[i] + (fact.listed[1] > 0)
        cues_before[i + 1] = cues_before[i] + fact.cue
        sentences_before[i + 1] = sentences_before[i] + fact.sentence
    total = before[count] or 1
    words_of_title = frozenset(_WORD.findall(title.lower())) if title else frozenset()
    address = (url or "").lower()
    host = _host(source or "") or _host(address)
    return Context(
        facts=facts,
        prose=prose,
        core=_densest(facts),
        vocabulary=vocabulary,
        keys=keys,
        openings=openings,
        runs=_runs(facts),
        before=before,
        total=total,
        listed_before=listed_before,
        cues_before=cues_before,
        sentences_before=sentences_before,
        title=words_of_title,
        title_line=_title_line(facts, words_of_title),
        site=host,
        sections=frozenset(_WORD.findall(address.split("://")[-1])),
        prose_share=sum(facts[i].words for i in prose) / total,
        strict_share=len(prose) / max(1, count),
        near=[(f.sentence, math.log1p(f.words), f.cue, float(f.stop), float(f.listed[1])) for f in facts],
    )


def _host(name: str) -> str:
    """Give a site's own word: ``www.daily-post.co.uk`` -> ``dailypost``; of a plain name all letters."""
    host = name.lower().split("://")[-1].split("/")[0].removeprefix("www.")
    labels = host.split(".")
    own = max(labels[:-1], key=len) if len(labels) > 1 else host
    return "".join(_WORD.findall(own))


def _title_line(facts: Sequence[Facts], title: frozenset[str]) -> int:
    """The first line that is nearly the title, -1 for none."""
    if not title:
        return -1
    for i, fact in enumerate(facts):
        if fact.words and fact.words <= 3 * len(title):
            common = len(title.intersection(fact.tokens))
            if common >= 0.5 * len(title) and common >= 0.7 * len(set(fact.tokens)):
                return i
    return -1


def _densest(facts: Sequence[Facts]) -> tuple[int, int]:
    """First and last line of the stretch with the most prose for the fewest other lines (maximum subarray)."""
    best, first, last = -math.inf, 0, len(facts) - 1
    running, start = 0.0, 0
    for i, fact in enumerate(facts):
        value = fact.words if fact.sentence > 0.3 else -6 - 0.2 * fact.words
        if running <= 0:
            running, start = value, i
        else:
            running += value
        if running > best:
            best, first, last = running, start, i
    return first, last


def _runs(facts: Sequence[Facts]) -> list[int]:
    """For a short line without a sentence end: how many such lines stand together; else 0."""
    runs = [0] * len(facts)
    start = 0
    while start < len(facts):
        end = start
        while end < len(facts) and facts[end].words <= 8 and not facts[end].stop:
            end += 1
        for i in range(start, end):
            runs[i] = end - start
        start = max(end, start + 1)
    return runs


_OWN = (
    "log_words", "one_word", "stop", "colon", "question", "other_end", "commas", "sentences", "function",
    "capitals", "upper", "digits", "lower_start", "bullet", "numbered", "pipes", "quote", "marks", "word_length",
    "finite", "address", "imperative", "sentence", "date", "code", "name", "cue", "cue_groups", "letters",
)  # fmt: skip
_LISTED = tuple(f"list_{name}" for name in LISTS)
_PLACE = (
    "place", "from_start", "from_end", "words_before", "to_first", "to_last", "in_core", "to_core", "run", "same",
    "same_opening", "topic", "topic_strong", "to_prose_before", "to_prose_after",
)  # fmt: skip
_OFFSETS = (-3, -2, -1, 1, 2, 3)
_NEAR = tuple(
    f"{name}{offset:+d}" for offset in _OFFSETS for name in ("sentence", "log_words", "cue", "stop", "listed")
)
_NEXT = tuple(
    f"{name}{offset:+d}"
    for offset in (-1, 1)
    for name in ("mask_social", "mask_more", "mask_byline", "mask_nav", "colon", "capitals", "date")
)
_WINDOWS = tuple(
    f"{name}_{side}{width}"
    for width in (5, 12)
    for side in ("before", "after")
    for name in ("sentences", "cues", "listed")
)
_ARTICLE = ("lines", "prose_share", "prose_lines", "listed_share")
_META = (
    "has_title", "title_covered", "covers_title", "to_title_line", "is_first_title", "site_name", "in_address",
    "site_known",
)  # fmt: skip

FEATURES: tuple[str, ...] = (
    _OWN
    + tuple(f"cue_{group}" for group in GROUPS)
    + _LISTED
    + _PLACE
    + _NEAR
    + _NEXT
    + _WINDOWS
    + _ARTICLE
    + _META
)
"""Names of the features, in the order of a row."""


class Looks(NamedTuple):
    """Looks of one line that its neighbours ask for, too."""

    colon: bool
    capitals: float
    date: bool


def looks_of(fact: Facts) -> Looks:
    """See whether a line ends in a colon, how many of its words start with a capital, whether it dates."""
    text = fact.text
    words = [word for word in text.split()[:40] if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words) / len(words) if words else 0.0
    return Looks(text[-1:] == ":", capitals, fact.words <= 40 and _DATE.search(text) is not None)


_NO_LOOKS = Looks(False, -1.0, False)


def row_of(context: Context, i: int, looks: dict[int, Looks]) -> list[float]:
    """Give the features of line ``i``; ``looks`` remembers neighbours' looks between calls."""
    facts = context.facts
    fact = facts[i]
    count = len(facts)
    row = _own(fact, _look(facts, i, looks))
    row += [float(fact.mask >> place & 1) * fact.cue for place in range(len(GROUPS))]
    row += [float(fact.listed[1]) if fact.listed[0] == place else 0.0 for place in range(len(LISTS))]
    row += _place(context, i)
    for offset in _OFFSETS:
        j = i + offset
        row += context.near[j] if 0 <= j < count else _NOTHING_NEAR
    for offset in (-1, 1):
        j = i + offset
        if 0 <= j < count:
            mask, look = facts[j].mask, _look(facts, j, looks)
            row += (
                float(mask & 1),
                float(mask >> 2 & 1),
                float(mask >> 5 & 1),
                float(mask >> 8 & 1),
                float(look.colon),
                look.capitals,
                float(look.date),
            )
        else:
            row += (0.0, 0.0, 0.0, 0.0, 0.0, -1.0, 0.0)
    for width in (5, 12):
        for low, high in ((max(0, i - width), i), (i + 1, min(count, i + 1 + width))):
            size = max(1, high - low)
            row += (
                (
                    (context.sentences_before[high] - context.sentences_before[low]) / size,
                    (context.cues_before[high] - context.cues_before[low]) / size,
                    (context.listed_before[high] - context.listed_before[low]) / size,
                )
                if high > low
                else (0.0, 0.0, 0.0)
            )
    row += (
        math.log1p(count),
        context.prose_share,
        context.strict_share,
        context.listed_before[count] / max(1, count),
    )
    row += _meta(context, i)
    return row


def _look(facts: Sequence[Facts], i: int, looks: dict[int, Looks]) -> Looks:
    look = looks.get(i)
    if look is None:
        look = looks[i] = looks_of(facts[i])
    return look


def _own(fact: Facts, look: Looks) -> list[float]:
    text, tokens, words = fact.text, fact.tokens, fact.words
    sample = text[:400]  # proportions of a long line are those of its beginning
    size = len(sample)
    letters = sum(map(str.isalpha, sample))
    digits = sum(map(str.isdigit, sample))
    tail = text[-4:].rstrip(_CLOSERS)[-1:]
    function = fact.function
    heads = set(tokens)
    return [
        math.log1p(words),
        float(words == 1),
        float(fact.stop),
        float(look.colon),
        float(tail == "?"),
        float(tail in ",;–—-|»>→›" if tail else False),
        float(min(3, sample.count(","))),
        float(min(5, len(_SENTENCES.findall(sample)))),
        function,
        look.capitals,
        sum(map(str.isupper, sample)) / letters if letters else 0.0,
        digits / size,
        float(text[:1].islower()),
        float(_BULLET.match(text) is not None),
        float(_NUMBERED.match(text) is not None),
        float(min(3, len(_PIPES.findall(sample)))),
        float(_QUOTE.search(sample) is not None),
        (size - letters - sample.count(" ") - digits) / size,
        min(12.0, sum(map(len, tokens[:60])) / min(words, 60)) if words else 0.0,
        float(not heads.isdisjoint(_FINITE)),
        float(not heads.isdisjoint(_ADDRESS)),
        float(bool(tokens) and tokens[0] in word_set("imperative")),
        fact.sentence,
        float(look.date),
        float(_CODE.search(sample) is not None),
        float(_NAME.fullmatch(sample) is not None) if words <= 5 else 0.0,
        fact.cue,
        float(fact.mask.bit_count()) if words <= 25 else 0.0,
        letters / size,
    ]


def _place(context: Context, i: int) -> list[float]:
    facts, prose, fact = context.facts, context.prose, context.facts[i]
    count = len(facts)
    first, last = (prose[0], prose[-1]) if prose else (0, count - 1)
    start, end = context.core
    own = fact.sentence > _PROSE
    content = [token for token in fact.tokens[:60] if token not in word_set("function-words")]
    vocabulary = context.vocabulary
    known = sum(vocabulary[token] > own for token in content)
    strong = sum(vocabulary[token] > 2 + own for token in content)
    p, q = bisect_left(prose, i), bisect_right(prose, i)
    return [
        i / max(1, count - 1),
        min(1.0, i / 10),
        min(1.0, (count - 1 - i) / 10),
        context.before[i] / context.total,
        float(max(-15, min(15, i - first))),
        float(max(-15, min(15, i - last))),
        float(start <= i <= end),
        0.0 if start <= i <= end else float(max(-20, i - start) if i < start else min(20, i - end)),
        math.log1p(context.runs[i]),
        float(min(3, context.keys[fact.key] - 1)) if fact.key else 0.0,
        float(min(3, context.openings[tuple(fact.tokens[:6])] - 1)) if fact.words >= 6 else 0.0,
        known / max(1, len(content)),
        strong / max(1, len(content)),
        float(min(15, i - prose[p - 1])) if p > 0 else 16.0,
        float(min(15, prose[q] - i)) if q < len(prose) else 16.0,
    ]


def _meta(context: Context, i: int) -> list[float]:
    fact, title = context.facts[i], context.title
    common = len(title.intersection(fact.tokens)) if title else 0
    joined = "".join(fact.tokens) if fact.words <= 12 else ""
    return [
        float(bool(title)),
        common / max(1, len(set(fact.tokens))) if title else -1.0,
        common / len(title) if title else -1.0,
        float(max(-20, min(20, i - context.title_line))) if context.title_line >= 0 else -30.0,
        float(i == context.title_line),
        float(len(context.site) > 2 and context.site in joined),
        sum(token in context.sections for token in fact.tokens) / fact.words if 0 < fact.words <= 6 else 0.0,
        float(bool(context.site)),
    ]
