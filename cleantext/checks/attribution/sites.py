"""Places where a name speaks: "Chirac said", "said Mr Chirac", "according to Chirac".

Looked for around the names of the article alone, with a few characters on each
side, so that an article in which nobody speaks by surname costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from cleantext.document.cues import verbs
from cleantext.document.names import Kind, Mention, Names, fold
from cleantext.document.spans import Span
from cleantext.document.words import words

PASSED_OVER = (
    "who", "also", "then", "later", "now", "further", "once", "still", "has", "had", "have", "himself", "herself", "turn",
)  # fmt: skip
"""Words, but for those in "ly", that may stand between a name and its cue; "turn" after "in" alone."""
_ADVERBS = rf"(?:,? (?:{'|'.join(PASSED_OVER[:-1])}|[a-z]+ly|in turn),?){{0,3}}"
"""What may stand between a name and its cue, as a regular expression."""
_AFTER = re.compile(_ADVERBS + r" ([a-z]+)")
# Surnames that are also titles or words of organisations, which names pass over: "Mr Major said".
_TITLED_TITLE = re.compile(r"(?P<title>M(?:r|rs|s))\.? (?P<name>[A-Z][a-z]+)\b")
# Verbs whose object may be a person: "told Chirac" has no speaker after it.
_TRANSITIVE = frozenset(
    ["tell", "ask", "remind", "inform", "quote", "assure", "answer", "urge", "thank", "greet"]
)
_ONE_WORD = re.compile(r"[^\W\d_][\w’'-]*\Z")
_CLOSERS = frozenset(",;\"“”'’»«—–-")
_THINGS = frozenset([Kind.PLACE, Kind.ORGANISATION, Kind.PEOPLE])
_SPEAKING = frozenset([Kind.SURNAME, Kind.UNKNOWN, Kind.PERSON])
_NOBODY = frozenset(["He", "She", "It", "They", "I", "We", "You", "Who"])
"""Last words of a run of capitals that name nobody: "As President I said"."""


class Site(NamedTuple):
    """A name that speaks, the cue beside it, and how they stand.

    ``start`` is that of the title, where there is one. ``side``: the cue stands
    "after" the name, "before" it, or is "according" to it.
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
    def one_word(self) -> bool:
        """Whether the speaker is named by one word, as a surname is."""
        return self.mention.kind is not Kind.PERSON and _ONE_WORD.match(self.mention.text) is not None

    @property
    def thing(self) -> bool:
        """Whether the name is one of a place, a people or an organisation."""
        return self.mention.kind in _THINGS


@cache
def cues_after() -> frozenset[str]:
    """Give the forms of saying that may follow a name."""
    return frozenset(
        form for form, verb in verbs().items() if verb.says and not verb.manner and verb.form in ("past", "s")
    )


@cache
def cues_before() -> frozenset[str]:
    """Give the forms of saying that may stand before a name."""
    return frozenset(form for form in cues_after() if verbs()[form].lemma not in _TRANSITIVE)


@cache
def _last_letters() -> frozenset[str]:
    """Give the last letters of what may stand before a name: of a cue, or of "according to"."""
    return frozenset(word[-1] for word in cues_before()) | {"o"}


def find_sites(text: str, names: Names) -> tuple[Site, ...]:
    """Find them in order of place, all names being known: what `find_doubts` puts together from fewer."""
    found = speaking(text, names.mentions)
    return with_titled(found, titles_as_names(text))


def speaking(text: str, mentions: Iterable[Mention]) -> list[Site]:
    """Give the sites of these names, in order."""
    found = []
    for mention in mentions:
        if mention.kind not in _SPEAKING and (mention.kind not in _THINGS or " " in mention.text):
            continue
        said = cue_after(text, mention.end)
        if said is not None and mention.text.rsplit(" ", 1)[-1] not in _NOBODY:
            found.append(Site(mention, _titled(text, mention), said, "after"))
            continue
        start = _titled(text, mention) if mention.title else mention.start
        said = cue_before(text, start)
        if said is not None:
            found.append(Site(mention, start, said, _side(text, said)))
    return found


def tied(sites: Iterable[Site], names: Names) -> list[Site]:
    """Give the sites of names that were read by themselves with what the article tells of each."""
    known = {mention.start: mention for mention in names.mentions}
    return [Site(known[site.mention.start], site.start, site.cue, site.side) for site in sites]


def with_titled(sites: list[Site], titled: list[Site]) -> tuple[Site, ...]:
    """Give sites together with those of :func:`titles_as_names`, in order."""
    return tuple(sorted([*sites, *titled], key=lambda site: site.start) if titled else sites)


def cue_after(text: str, end: int) -> Span | None:
    """Give the cue that follows what ends at a code point, adverbs between them left out."""
    after = text[end : end + 2]
    if after[:1] == "," or (after[:1] == " " and after[1:].islower()):
        match = _AFTER.match(text, end, end + 60)
        if match is not None and match.group(1) in cues_after():
            return Span(match.start(1), match.end(1))
    return None


def cue_before(text: str, start: int) -> Span | None:
    """Give the cue, or the "according to", that stands before a name or its title."""
    if start < 4 or text[start - 2] not in _last_letters() or text[start - 1] not in " \u00a0":
        return None
    at = start - 2
    low = max(0, start - 20)
    while at >= low and text[at].islower():
        at -= 1
    word = text[at + 1 : start - 1]
    if word in cues_before():
        if at > 0 and text[at] in " \u00a0" and text[at - 1] in _CLOSERS:
            return Span(at + 1, start - 1)
    elif word == "to" and start > 12 and text[start - 12 : start] == "ccording to ":
        return Span(start - 13, start - 1)
    return None


def _side(text: str, cue: Span) -> str:
    """Tell the two sorts of cue apart that stand before a name."""
    return "according" if text.endswith(" to", 0, cue.end) else "before"


@cache
def _passed_over() -> frozenset[str]:
    return words("attribution-titles") | words("attribution-organisations")


def titles_as_names(text: str) -> list[Site]:
    """Find the sites of surnames that names pass over, with a title before them."""
    found = []
    for match in _titled_words(text):
        name = match.group("name")
        if name not in _passed_over() or text[match.end() : match.end() + 2].lstrip(" ")[:1].isupper():
            continue
        mention = Mention(
            match.start("name"), match.end(), Kind.SURNAME, name, match.group("title"), fold(name)
        )
        start = match.start()
        if (said := cue_after(text, match.end())) is not None:
            found.append(Site(mention, start, said, "after"))
        elif (said := cue_before(text, start)) is not None:
            found.append(Site(mention, start, said, _side(text, said)))
    return found


def _titled_words(text: str) -> Iterator[re.Match[str]]:
    """Find words with "Mr", "Mrs" or "Ms" before them; the capital is found faster by itself."""
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
