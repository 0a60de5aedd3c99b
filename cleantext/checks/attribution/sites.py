"""Places where a name speaks: "Chirac said", "said Mr Chirac", "according to Chirac".

Looked for around the names of the article alone, with a few characters on each
side, so that an article in which nobody speaks by surname costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
ADVERBS = rf"(?:,? (?:{'|'.join(PASSED_OVER[:-1])}|[a-z]+ly|in turn),?){{0,3}}"
"""What may stand between a name and its cue, as a regular expression."""
_AFTER = re.compile(ADVERBS + r" ([a-z]+)")
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
def _cues() -> tuple[frozenset[str], frozenset[str]]:
    """Give the forms of saying that may follow a name, and those that may stand before one."""
    saying = {form: verb for form, verb in verbs().items() if verb.says and verb.form in ("past", "s")}
    return frozenset(saying), frozenset(f for f, v in saying.items() if v.lemma not in _TRANSITIVE)


@cache
def _last_letters() -> frozenset[str]:
    """Give the last letters of what may stand before a name: of a cue, or of "according to"."""
    return frozenset(word[-1] for word in _cues()[1]) | {"o"}


def cue_forms() -> frozenset[str]:
    """Give all forms of saying that may stand beside a name."""
    return _cues()[0] | _cues()[1]


def find_sites(
    text: str,
    names: Names,
    starts: frozenset[int] | None = None,
    *,
    titled: Sequence[Site] | None = None,
) -> tuple[Site, ...]:
    """Find them in order of place; where ``starts`` is given, only names that start there are looked at.

    ``titled`` are the text's :func:`titles_as_names`, where the caller has them.
    """
    following, preceding = _cues()
    last_letters = _last_letters()
    found = []
    mentions = names.mentions
    if starts is not None:
        mentions = tuple(mention for mention in mentions if mention.start in starts)
    for mention in mentions:
        if mention.kind not in _SPEAKING and (mention.kind not in _THINGS or " " in mention.text):
            continue
        end = mention.end
        after = text[end : end + 2]
        if after[:1] == "," or (after[:1] == " " and after[1:].islower()):
            match = _AFTER.match(text, end, end + 60)
            if match is not None and match.group(1) in following:
                cue = Span(match.start(1), match.end(1))
                found.append(Site(mention, _titled(text, mention), cue, "after"))
                continue
        start = _titled(text, mention) if mention.title else mention.start
        if text[start - 2 : start - 1] in last_letters:
            site = _before(text, mention, start, preceding)
            if site is not None:
                found.append(site)
    more = titles_as_names(text) if titled is None else titled
    if more:
        found = sorted([*found, *more], key=lambda site: site.start)
    return tuple(found)


def _before(text: str, mention: Mention, start: int, preceding: frozenset[str]) -> Site | None:
    """The site of a name that follows its cue."""
    if start < 4 or not text[start - 2].islower() or text[start - 1] not in " \u00a0":
        return None
    at = start - 2
    low = max(0, start - 20)
    while at >= low and text[at].islower():
        at -= 1
    word = text[at + 1 : start - 1]
    if word in preceding:
        if at > 0 and text[at] in " \u00a0" and text[at - 1] in _CLOSERS:
            return Site(mention, start, Span(at + 1, start - 1), "before")
    elif word == "to" and text[max(0, start - 12) : start] == "ccording to ":
        return Site(mention, start, Span(start - 13, start - 1), "according")
    return None


def titles_as_names(text: str) -> list[Site]:
    """Find the sites of surnames that names pass over, with a title before them."""
    if "Mr" not in text and "Ms" not in text:
        return []
    following, preceding = _cues()
    passed_over = words("attribution-titles") | words("attribution-organisations")
    found = []
    for match in _TITLED_TITLE.finditer(text):
        name = match.group("name")
        if name not in passed_over or text[match.end() : match.end() + 2].lstrip(" ")[:1].isupper():
            continue
        mention = Mention(
            match.start("name"), match.end(), Kind.SURNAME, name, match.group("title"), fold(name)
        )
        said = _AFTER.match(text, match.end(), match.end() + 60)
        if said is not None and said.group(1) in following:
            found.append(Site(mention, match.start(), Span(said.start(1), said.end(1)), "after"))
        elif (site := _before(text, mention, match.start(), preceding)) is not None:
            found.append(site)
    return found


def _titled(text: str, mention: Mention) -> int:
    """Where the title before a name starts; the name's own start without one."""
    if not mention.title:
        return mention.start
    low = max(0, mention.start - len(mention.title) - 6)
    at = text.rfind(mention.title.split(" ", 1)[0], low, mention.start)
    return at if at >= 0 else mention.start
