"""Where a name speaks: the speakers of `Document.attributions` who are named, and the cues that stand beside a name.

Who speaks is said in one place, by the attributions. What stands here is how a speaker's name lies to its cue, and
the search for cues beside names alone, by which an article in which nobody speaks by surname is told at next to no
cost: it may find a cue where nobody speaks, and misses no speaker with a cue beside the name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from cleantext.document import Document
from cleantext.document.attribution import Quotation
from cleantext.document.cues import nouns, verbs
from cleantext.document.names import Kind, Mention, Names, fold
from cleantext.document.othercues import is_label
from cleantext.document.spans import Span
from cleantext.document.words import words

PASSED_OVER = (
    "who", "also", "then", "later", "now", "further", "once", "still", "has", "had", "have", "himself", "herself", "turn",
)  # fmt: skip
"""Words, but for those in "ly", that may stand between a name and its cue; "turn" after "in" alone."""
_ADVERBS = rf"(?:,? (?:{'|'.join(PASSED_OVER[:-1])}|[a-z]+ly|in turn),?){{0,3}}"
"""What may stand between a name and its cue, as a regular expression."""
_AFTER = re.compile(_ADVERBS + r" ([a-z]+)")
_NEXT = re.compile(r" ([a-z]+)")
# Surnames that are also titles or words of organisations, which names pass over: "Mr Major said".
_TITLED_TITLE = re.compile(r"(?P<title>M(?:r|rs|s))\.? (?P<name>[A-Z][a-z]+)\b")
_POSSESSIVE = re.compile(r"['’]s? (?:[\w-]+ ){0,3}?(?P<noun>[a-z]+) that\b")
"""A noun of speech that belongs to a name: "Chirac's claim that", "Chirac's own repeated claim that"."""
_ONE_WORD = re.compile(r"[^\W\d_][\w’'-]*\Z")
_CLOSERS = frozenset(",;\"“”'’»«—–-")
THINGS = frozenset([Kind.PLACE, Kind.ORGANISATION, Kind.PEOPLE])
"""Kinds of names that no person bears."""
_SPEAKING = frozenset([Kind.SURNAME, Kind.UNKNOWN, Kind.PERSON])
_NOBODY = frozenset(["He", "She", "It", "They", "I", "We", "You", "Who"])
"""Last words of a run of capitals that name nobody: "As President I said"."""


class SpeakerMention(NamedTuple):
    """A name that speaks, the cue beside it, and how they stand.

    ``start`` is that of the title, where there is one. ``side`` says how the cue lies to the name: "after" it,
    "before" it, or "according" to it; as a "colon" or a "noun" that belongs to it ("Chirac's claim that"); or
    "apart" from it, with other words between them.
    """

    mention: Mention
    start: int
    cue: Span
    side: str

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.mention.end

    @property
    def last_title(self) -> str:
        """The last word of the title before the name, without its stop: "Minister" of "Prime Minister"; "" without one."""
        return self.mention.title.rpartition(" ")[2].rstrip(".")

    @property
    def one_word(self) -> bool:
        """Whether the speaker is named by one word, as a surname is."""
        return is_one_word(self.mention)

    @property
    def thing(self) -> bool:
        """Whether the name is one of a place, a people or an organisation."""
        return self.mention.kind in THINGS


def is_one_word(mention: Mention) -> bool:
    """Whether a name is one word, as a surname that stands alone is."""
    return mention.kind is not Kind.PERSON and _holds_one_word(mention.text)


@lru_cache(maxsize=4096)
def _holds_one_word(text: str) -> bool:
    return _ONE_WORD.match(text) is not None


@cache
def cues() -> frozenset[str]:
    """Return the finite forms of the verbs of speech and thought: those that may stand beside a name."""
    return frozenset(form for form, verb in verbs().items() if verb.reports and verb.form in ("past", "s"))


@cache
def _plain_cues() -> frozenset[str]:
    """Return the cues that are not passed over as adverbs: the next word being one of them, no other is looked for."""
    return frozenset(
        cue for cue in cues() if cue not in PASSED_OVER and not cue.endswith("ly") and cue != "in"
    )


@cache
def _last_letters() -> frozenset[str]:
    """Return the last letters of what may stand before a name: of a cue, or of "according to"."""
    return frozenset(word[-1] for word in cues()) | {"o"}


def find_sites(document: Document) -> tuple[SpeakerMention, ...]:
    """Return the named speakers of `Document.attributions`, in order of place, each name once.

    Of several cues that one name has, that beside it counts, the first of these.
    """
    mentions = document.names.mentions
    starts = [mention.start for mention in mentions]
    found: dict[int, SpeakerMention] = {}
    for attribution in document.attributions:
        site = _site(document.text, mentions, starts, attribution)
        if site is None:
            continue
        known = found.get(site.mention.start)
        if known is None or (known.side == "apart" and site.side != "apart"):
            found[site.mention.start] = site
    return tuple(sorted(found.values(), key=_start))


_mention_start = attrgetter("start")


def _start(site: SpeakerMention) -> int:
    return site.start


def _site(
    text: str, mentions: tuple[Mention, ...], starts: list[int], attribution: Quotation
) -> SpeakerMention | None:
    """Return the name by which the speaker of an attribution goes, with its cue; None where no name stands there."""
    speaker, cue = attribution.speaker, attribution.cue
    if speaker is None or cue is None:
        return None
    best: Mention | None = None
    first = bisect_left(starts, speaker.start)
    for mention in mentions[first : bisect_left(starts, speaker.end)]:
        if not _may_speak(mention):
            continue
        for site in beside(text, mention):
            if site.cue == cue:
                return site
        if best is None or best.kind is not Kind.PERSON:
            best = mention
    if best is not None:
        return SpeakerMention(best, _titled(text, best), cue, "apart")
    match = _TITLED_TITLE.match(text, speaker.start, speaker.end)
    if match is None or (titled := _title_as_name(text, match)) is None:
        return None
    return next((site for site in beside(text, titled) if site.cue == cue), None)


def speaking(text: str, mentions: Iterable[Mention]) -> Iterator[SpeakerMention]:
    """Yield these names, in order, once for each cue that stands beside them, whether or not anybody speaks."""
    return (site for mention in mentions if _may_speak(mention) for site in beside(text, mention))


def _may_speak(mention: Mention) -> bool:
    """Whether a name is a person's, or one word of which that cannot be told."""
    if mention.kind in _SPEAKING:
        return mention.text.rsplit(" ", 1)[-1] not in _NOBODY
    return mention.kind in THINGS and " " not in mention.text


def beside(text: str, mention: Mention) -> Iterator[SpeakerMention]:
    """Yield a name with each cue that stands beside it."""
    start = _titled(text, mention)
    end = mention.end
    if (said := cue_after(text, end)) is not None:
        yield SpeakerMention(mention, start, said, "after")
    elif text[end : end + 1] == ":" and not labels_its_line(text, mention.start, end):
        yield SpeakerMention(mention, start, Span(end, end + 1), "colon")
    elif (said := noun_after(text, end)) is not None:
        yield SpeakerMention(mention, start, said, "noun")
    if (said := cue_before(text, start)) is not None:
        yield SpeakerMention(mention, start, said, _side(text, said))


def labels_its_line(text: str, start: int, colon: int) -> bool:
    """Whether a line opens with one word and a colon, and the word is no name: most colons of lists are such ones."""
    return (
        (start == 0 or text[start - 1] == "\n")
        and text[start:colon].isalpha()
        and is_label(text, text[start:colon])
    )


def tied(sites: Iterable[SpeakerMention], names: Names) -> Iterator[SpeakerMention]:
    """Yield the sites of names that were read by themselves with what the article tells of each."""
    known = names.mentions  # searched, not put into a dictionary: a long text has millions
    for site in sites:
        yield site._replace(mention=known[bisect_left(known, site.mention.start, key=_mention_start)])


def with_titled(
    sites: Iterable[SpeakerMention], titled: Sequence[SpeakerMention]
) -> Iterable[SpeakerMention]:
    """Return sites together with those of :func:`titles_as_names`, in order."""
    return sorted([*sites, *titled], key=_start) if titled else sites


def cue_after(text: str, end: int) -> Span | None:
    """Return the cue that follows what ends at a code point, adverbs between them left out."""
    after = text[end : end + 2]
    if after[:1] == "," or (after[:1] == " " and after[1:].islower()):
        word = _NEXT.match(text, end, end + 60)
        if word is not None and word.group(1) in _plain_cues():
            return Span(*word.span(1))
        match = _AFTER.match(text, end, end + 60)
        if match is not None and match.group(1) in cues():
            return Span(match.start(1), match.end(1))
    return None


def cue_before(text: str, start: int) -> Span | None:
    """Return the cue, or the "according to", that stands before a name or its title."""
    if start < 4 or text[start - 2] not in _last_letters() or text[start - 1] not in " \u00a0":
        return None
    at = start - 2
    low = max(0, start - 20)
    while at >= low and text[at].islower():
        at -= 1
    word = text[at + 1 : start - 1]
    if word in cues():
        if at > 0 and text[at] in " \u00a0" and text[at - 1] in _CLOSERS:
            return Span(at + 1, start - 1)
    elif word == "to" and start > 12 and text[start - 12 : start] == "ccording to ":
        return Span(start - 13, start - 1)
    return None


def noun_after(text: str, end: int) -> Span | None:
    """Return the noun of speech that belongs to what ends at a code point: "'s claim that"."""
    if text[end : end + 1] not in ("'", "’") or text.find(" that", end, end + 80) < 0:
        return None
    match = _POSSESSIVE.match(text, end, end + 80)
    return Span(*match.span("noun")) if match is not None and match.group("noun") in nouns() else None


def _side(text: str, cue: Span) -> str:
    """Tell the two sorts of cue apart that stand before a name."""
    return "according" if text.endswith(" to", 0, cue.end) else "before"


@cache
def _passed_over() -> frozenset[str]:
    return words("attribution-titles") | words("attribution-organisations")


def titles_as_names(text: str) -> list[SpeakerMention]:
    """Find the sites of surnames that names pass over, with a title before them."""
    found: list[SpeakerMention] = []
    for match in _titled_words(text):
        mention = _title_as_name(text, match)
        if mention is not None:
            found += beside(text, mention)
    return found


def _title_as_name(text: str, match: re.Match[str]) -> Mention | None:
    """Read "Mr Major", where the surname is a word that names pass over."""
    name = match.group("name")
    if name not in _passed_over() or text[match.end() : match.end() + 2].lstrip(" ")[:1].isupper():
        return None
    return Mention(match.start("name"), match.end(), Kind.SURNAME, name, match.group("title"), fold(name))


def _titled_words(text: str) -> Iterator[re.Match[str]]:
    """Find words with "Mr", "Mrs" or "Ms" before them; the capital is found faster by itself."""
    if "Mr" not in text and "Ms" not in text:
        return
    at, end = text.find("M"), 0
    while at >= 0:
        if at >= end and text[at + 1 : at + 2] in ("r", "s"):
            match = _TITLED_TITLE.match(text, at)
            if match is not None:
                end = match.end()
                yield match
        at = text.find("M", at + 1)


def _titled(text: str, mention: Mention) -> int:
    """Where the title before a name starts; the name's own start without one."""
    if not mention.title:
        return mention.start
    low = max(0, mention.start - len(mention.title) - 6)
    at = text.rfind(mention.title.split(" ", 1)[0], low, mention.start)
    return at if at >= 0 else mention.start
