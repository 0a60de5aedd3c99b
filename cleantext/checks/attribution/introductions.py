"""Whom the article introduces, in any form, and a speaker whom it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from cleantext.checks.attribution.mention_index import MentionIndex
from cleantext.checks.attribution.mentions import SpeakerMention
from cleantext.checks.attribution.shared_offices import HONORIFICS
from cleantext.document.words import words

_PARTICLES: Final = frozenset(
    ["al", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le",
     "ter", "van", "von", "zu"]
)  # fmt: skip
_OPENS: Final = frozenset("[(\"“‘'")
_WORD_BEFORE: Final = re.compile(
    # "Liam Fox", "Ursula von der Leyen", "Sen. [Howard] Baker", "J. Baker", "Ed “Buzz” Jones"
    r"(?P<word>[^\W\d_][\w’'-]*)\.?[\])\"”’']? (?P<particles>(?:(?:"
    + "|".join(sorted(_PARTICLES))
    + r") )*)[\[(\"“‘']?\Z"
)
_HYPHENED_PARTICLE: Final = re.compile(r"(?P<word>[^\W\d_][\w’'-]*) (?:[Aa]l|[Ee]l|[Bb]in|[Dd]'|[Oo]')-?\Z")
_WORD_AFTER: Final = re.compile(
    r"(?: (?:de |del |da |y |e |i )?| ?\([^)\n]{1,20}\) |-)(?P<word>[A-ZÀ-Þ][\w’'-]+)"
)
_MOST_NAMES: Final = 64  # looked for in one article
_BACK: Final = 48  # code points that may hold a given name and particles

_GLUED: Final = re.compile(
    r"[a-z\u00df-\u00ff]{2}(?!(?<=Mac)|(?<=Van)|(?<=Von))[A-Z][a-z]|[.!?][A-Z][a-z]{2}|:\d\d[A-Z]"
)
_GLUE_REACH: Final = 160
_CREDIT: Final = re.compile(r" (?:from|for) |(?: contributed|, in) ")
_LINK: Final = re.compile(
    r"(?:\b(?:[A-Z]{4,}(?: [A-Z]{3,})*|More|Read more|Related|Watch|See also|Also on [A-Z]\w+|Photos?|Video|Gallery|Opinion|Analysis)\s?:|»|►|▶|\|)[^.!?\n]{0,60}\Z"
)
_SHORT: Final = 120  # code points of a line that may be a headline
_SENTENCE_ENDS: Final = frozenset(".!?…\"”’'):;,")


def is_introduced(uses: MentionIndex, site: SpeakerMention) -> bool:
    """Whether a speaker's surname stands elsewhere beside another part of a name, or behind a title.

    Any capitalised word counts for a given name but those that begin sentences or name days: of people whom
    nobody introduces there is as a rule no second mention at all.
    """
    name = site.mention.text
    known = uses.introductions.get(name)
    if known is None:
        if len(uses.introductions) >= _MOST_NAMES:
            return True  # so many strangers make a list or a play, and nobody is to blame for them
        known = uses.introductions[name] = tuple(islice(_introductions(uses.text, name), 2))
    if any(at != site.mention.start for at in known):
        return True
    return _has_an_office(uses.text, site)


def _introductions(text: str, name: str) -> Iterator[int]:
    """Find where a surname stands beside another part of a name, or behind a title."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if not _goes_on(text, at, end) and (_has_a_first_part(text, at) or _has_a_last_part(text, end)):
            yield at
        at = text.find(name, end)


def _has_an_office(text: str, site: SpeakerMention) -> bool:
    """Whether an office stands before a polite title: "Deputy Prime Minister Mr Prescott"."""
    offices, _, last = site.mention.title.rpartition(" ")
    if last.rstrip(".") not in HONORIFICS:
        return False
    word = offices or text[max(0, site.start - 24) : site.start].rstrip(" ")
    return word.rpartition(" ")[2] in words("attribution-titles")


def _goes_on(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()


def _has_a_first_part(text: str, start: int) -> bool:
    match = first_part(text[max(0, start - _BACK) : start])
    if match is None:
        return False
    word = match.group("word")
    return word[0].isupper() and word not in _no_given_names()


def first_part(before: str) -> re.Match[str] | None:
    """Return the word of a name that ends what stands before another, with what follows on it: what :func:`first_part_slowly` finds.

    A word ends at a blank, so it is looked for from the last one on that is no particle.
    """
    body = before[:-1] if before[-1:] in _OPENS else before
    if not body.endswith(" "):
        return _HYPHENED_PARTICLE.search(before)
    head, blank, word = body[:-1].rpartition(" ")
    while blank and word in _PARTICLES:
        head, blank, word = head.rpartition(" ")
    return _WORD_BEFORE.search(before, len(head) + len(blank))


def first_part_slowly(before: str) -> re.Match[str] | None:
    """Return what `first_part` does, searching the whole text."""
    return _WORD_BEFORE.search(before) or _HYPHENED_PARTICLE.search(before)


def _has_a_last_part(text: str, end: int) -> bool:
    match = _WORD_AFTER.match(text, end)
    return match is not None and match.group("word") not in _no_given_names()


@cache
def _no_given_names() -> frozenset[str]:
    return words("attribution-openers") | words("attribution-times") | HONORIFICS


def stands_aside(uses: MentionIndex, site: SpeakerMention) -> bool:
    """Whether a speaker stands in no running text: glued headlines, a link, a caption, a credit line."""
    text = uses.text
    line = uses.document.line_at(site.mention.start)
    low, high = max(line.start, site.start - _GLUE_REACH), min(line.end, site.end + _GLUE_REACH)
    if _GLUED.search(text, low, high) is not None:
        return True
    if _LINK.search(text[max(line.start, site.start - 100) : site.start]) is not None:
        return True
    cue = text[site.cue.start : site.cue.end]
    after = text[site.cue.end : site.cue.end + 14]
    if cue in ("reported", "contributed") and _CREDIT.match(after) is not None:
        return True
    # The first line is the article's own headline.
    return (
        line.end - line.start < _SHORT
        and text[line.start : line.end].rstrip()[-1:] not in _SENTENCE_ENDS
        and uses.document.filled_around(site.mention.start)[0] > 0
    )


PEERS = frozenset(
    [
        "Lord",
        "Lady",
        "Sir",
        "Dame",
        "Baroness",
        "Baron",
        "Judge",
        "Justice",
        "Prince",
        "Princess",
        "King",
        "Queen",
        "Pope",
    ]
)
_GOES_ON = re.compile(r" (?:and|&) [A-Z]|, [A-Z][\w-]+ [A-Z]")
_ABBREVIATED = re.compile(r"\. [A-Z]")
_JOINED = re.compile(r"[A-Z][\w-]+ (?:and|&) \Z")
PLACE_BEFORE = re.compile(r"\b(?:in|of|at|from|near) [A-Z][\w-]+, \Z")


# "Dismal reports from the retail trade": the cue is a noun.
_NOUNS_TOO = frozenset(
    ["reports", "points", "comments", "claims", "notes", "remarks", "answers", "promises", "posts"]
)
_NO_NAMES = frozenset(
    ["Mine", "Yours", "Ours", "Theirs", "Correction", "Editor", "None", "Nobody", "Everybody"]
)


def is_orphan(uses: MentionIndex, site: SpeakerMention) -> bool:
    """Whether a one-word speaker is nobody whom the article introduces, nor a part of anybody's name."""
    mention = site.mention
    key = mention.key
    title = uses.document.article.title
    return (
        site.one_word
        and (not site.thing or mention.title.rstrip(".") in HONORIFICS)
        and key not in uses.names.by_surname
        and key not in uses.in_people
        and key not in uses.full_names
        and not uses.is_called_thing(key)
        and mention.text not in _NO_NAMES
        and site.last_title not in PEERS
        and not (title and mention.text in title)
        and not _is_part(uses.text, site)
        and not (mention.text in words("attribution-titles") and follows_a_given_name(uses, mention.text))
        and not is_introduced(uses, site)
    )


def _is_part(text: str, site: SpeakerMention) -> bool:
    """Whether a longer name, which the name scan cut, goes on beside the word."""
    after = text[site.end : site.end + 8]
    if after.startswith(("'s", "’s")) or _GOES_ON.match(after) is not None:
        return True
    if not site.mention.title and site.side == "after":
        if "-" in site.mention.text and site.mention.text.rpartition("-")[2][:1].islower():
            return True  # "Three-quarters said"
        if text[site.cue.start : site.cue.end] in _NOUNS_TOO:
            return True
    if site.side == "before" and len(site.mention.text) <= 4 and _ABBREVIATED.match(after) is not None:
        return True
    before = text[max(0, site.start - 40) : site.start]
    if before.endswith(("and ", "& ")):
        return _JOINED.search(before) is not None
    return not site.mention.title and before.endswith(", ") and PLACE_BEFORE.search(before) is not None


def follows_a_given_name(uses: MentionIndex, name: str) -> bool:
    """Whether a surname that is a title too, passed over by the name scan, has a given name before it somewhere."""
    return any(
        given not in words("attribution-titles") and given not in ("The", "A")
        for given in uses.words_before(name)
    )
