"""How likely a name of an article is one person's: form, context and word lists as evidence, weights as learnt.

Every sentence begins with a capital, and headlines, firms, places, films and laws have capitals, too.
``benchmarks/attribution/persons.py`` learns the weights from names that a reader who wrote no rule told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from cleantext.checks.attribution.mention_index import MentionIndex
from cleantext.checks.attribution.offices import offices
from cleantext.checks.attribution.weighing import person_model
from cleantext.document.names import Mention
from cleantext.document.words import given_names, words

_MOST = 6  # mentions of a name that are looked at
_BACK, _AHEAD = 24, 140  # code points before and after a mention that are looked at
_CALLED: Final = re.compile(
    # "striker Smith", "her husband Tom"
    r"[a-z]+(?:er|or|ist|man|woman|ian|ant|ent|ain|chief|head|star|boss|coach|host|king|queen|prince|wife|husband|son"
    r"|daughter|father|mother|brother|sister),? \Z"
)
_ARTICLE: Final = re.compile(r"\b(?:[Tt]he|[Aa]n?)(?: [a-z]+)? \Z")
_PLACED: Final = re.compile(r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]n|[Oo]f|[Ii]nto) \Z")
_AGED: Final = re.compile(r"(?:, | \()\d\d(?:,|\)| and)")
_TOLD: Final = re.compile(r",? (?:who|whose)\b|, (?:an?|the) ")
_PLURAL: Final = re.compile(r" (?:are|were|have|do|don't|agree|say|want|need)\b")
_HE_OR_SHE: Final = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_IT: Final = re.compile(r"\b(?:it|its|they|their|them)\b", re.IGNORECASE)
_IT_REACHES = 90  # code points
_HEADLINE = 90  # code points of a line that may be one
_INITIAL: Final = re.compile(r"(?:[A-Z]\.)+\Z|[A-Z]\Z")
_INNER_CAPITALS: Final = ("Mc", "Mac", "O", "D")
_GENERATIONS: Final = frozenset(["Jr", "Sr", "II", "III"])


def person_score(uses: MentionIndex, mentions: Sequence[Mention], name: str) -> float:
    """Return the probability that a name is one person's in an article, 0 to 1.

    ``mentions`` are the places whose last word is the name's, in order. What stands around six of them at most is
    looked at, whatever the length of the article.
    """
    return person_model().probability(person_features(uses, mentions, name))


def person_step(score: float) -> str:
    """Return the feature by which a score counts where it is evidence itself."""
    return "person=" + next(
        (
            step
            for limit, step in ((0.1, "no"), (0.3, "hardly"), (0.7, "open"), (0.9, "likely"))
            if score < limit
        ),
        "yes",
    )


def person_features(uses: MentionIndex, mentions: Sequence[Mention], name: str) -> list[str]:
    """Return what can be said of a name: its words, the longer names that end in it, what stands around it."""
    parts = name.split(" ")
    last = parts[-2] if len(parts) > 2 and parts[-1].rstrip(".") in _GENERATIONS else parts[-1]
    found = [f"words={min(len(parts), 4)}", *_of_last_word(last)]
    if len(parts) > 1:
        found += _of_first_word(parts[0])
        if any(_sort(part) in ("common", "word") and part not in given_names() for part in parts[:-1]):
            found.append("word-within")
    else:
        longer = [mention.text.split(" ", 1)[0] for mention in mentions if " " in mention.text]
        usual = not given_names().isdisjoint(longer)
        found.append("longer=usual" if usual else "longer=some" if longer else "longer=none")
    found.append(f"alone={min(3, sum(' ' not in mention.text for mention in mentions))}")
    if any(mention.title for mention in mentions):
        found.append("titled")
    if uses.is_lower(last.lower()):
        found.append("lower")
    some = mentions[:_MOST]
    around = [sign for mention in some for sign in _around(uses, mention)]
    found += sorted({sign for sign in around if sign not in ("headline", "opens")})
    # A person may stand in a headline and at the head of a sentence, too, but not everywhere.
    found += [f"only-{sign}" for sign in ("headline", "opens") if some and around.count(sign) == len(some)]
    return found


@lru_cache(maxsize=8192)
def _of_last_word(word: str) -> tuple[str, ...]:
    found = [f"last={_sort(word)}"]
    found += [
        f"last={name}"
        for name in ("places", "organisations", "demonyms")
        if word in words(f"attribution-{name}")
    ]
    if word in given_names():
        found.append("last=given")
    if word in offices():
        found.append("last=holder")
    if word.isupper() and len(word) > 1:
        found.append("last=capitals")
    elif (
        any(mark.isupper() for mark in word[1:]) and "-" not in word and not word.startswith(_INNER_CAPITALS)
    ):
        found.append("last=inner-capital")
    if len(word) < 4:
        found.append("last=short")
    if word.endswith("s") and not word.endswith("ss"):
        found.append("last=ends-s")
    if word.endswith(("tion", "ment", "ness", "ity", "ship", "ism", "gy", "ics")):
        found.append("last=abstract")
    return tuple(found)


@lru_cache(maxsize=8192)
def _of_first_word(word: str) -> tuple[str, ...]:
    if word in given_names():
        return ("first=usual",)
    if _INITIAL.match(word) is not None:
        return ("first=initial",)
    lists = ("places", "organisations", "demonyms", "titles")
    bare = word.rstrip(".")
    return (
        f"first={_sort(word)}",
        *(f"first={name}" for name in lists if bare in words(f"attribution-{name}")),
    )


@lru_cache(maxsize=8192)
def _sort(word: str) -> str:
    """Tell whether a word is an English one, in small letters or without its plural's ending."""
    small = word.lower()
    if small in words("english-common"):
        return "common"
    if small in words("english-words"):
        return "word"
    singulars = (small[:-1], small[:-3] + "y") if small.endswith("s") else ()
    if any(one in words("english-common") or one in words("english-words") for one in singulars):
        return "plural"
    return "no-word"


def _around(uses: MentionIndex, mention: Mention) -> Iterator[str]:
    """Yield the signs that stand around one mention."""
    text = uses.text
    start, end = mention.start, mention.end
    before = text[max(0, start - _BACK - len(mention.title)) : start]
    if _ARTICLE.search(before) is not None:
        yield "article"
    elif _CALLED.search(before) is not None:
        yield "called"
    if _PLACED.search(before) is not None:
        yield "placed"
    if text[end : end + 2] in ("'s", "’s"):
        yield "possessive"
    if _AGED.match(text, end) is not None:
        yield "aged"
    if _TOLD.match(text, end) is not None:
        yield "told-of"
    if _PLURAL.match(text, end) is not None:
        yield "plural-verb"
    line = uses.document.line_at(start)
    if _HE_OR_SHE.search(text, end, min(line.end, end + _AHEAD)) is not None:
        yield "he-or-she"
    elif _IT.search(text, end, min(line.end, end + _IT_REACHES)) is not None:
        yield "it"
    if line.end - line.start < _HEADLINE and not text[line.start : line.end].rstrip().endswith(
        (".", '"', "”", "!", "?")
    ):
        yield "headline"
    if start <= line.start or before.rstrip()[-1:] in (".", "!", "?", "”", '"'):
        yield "opens"
