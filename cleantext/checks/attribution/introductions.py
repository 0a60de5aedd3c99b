"""Who needs no introduction where he or she speaks, and where a speaker is not to be judged at all.

Measured on good news (none of which has a wrong speaker): nearly every false flag is a person whom the article
does introduce, in a form that the name scan does not read, or a line that is no running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from cleantext.checks.attribution.rivals import MANNERED
from cleantext.checks.attribution.sites import Site
from cleantext.checks.attribution.uses import NameUses
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


def is_introduced(uses: NameUses, site: Site) -> bool:
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


def _has_an_office(text: str, site: Site) -> bool:
    """Whether an office stands before a polite title: "Deputy Prime Minister Mr Prescott"."""
    offices, _, last = site.mention.title.rpartition(" ")
    if last.rstrip(".") not in MANNERED:
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
    """Search everywhere."""
    return _WORD_BEFORE.search(before) or _HYPHENED_PARTICLE.search(before)


def _has_a_last_part(text: str, end: int) -> bool:
    match = _WORD_AFTER.match(text, end)
    return match is not None and match.group("word") not in _no_given_names()


@cache
def _no_given_names() -> frozenset[str]:
    return words("attribution-openers") | words("attribution-times") | MANNERED


def stands_aside(uses: NameUses, site: Site) -> bool:
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
