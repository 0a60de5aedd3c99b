"""The only one whom a sentence names beside words in quotation marks that no tag has.

Raw translations break tags ("“…”, recalls of the harbour Ann Low"), and the verb may stand far from the words it leads to.
Where the rest of such a sentence names one person, or, if none, speaks of one "he" or "she" or one role, it is theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from cleantext.document.cues import may_tag, nouns, verbs
from cleantext.document.names import Kind, Names, surname_of
from cleantext.document.spans import Span
from cleantext.document.subjects import roles
from cleantext.document.titles import MARKS_AND_BLANKS
from cleantext.document.words import word_group

_REST = 240  # code points of a sentence before or behind the words
_SPOKEN = 4  # words in marks that are more than a label
_OPENS = ",:–—-― \u00a0"  # between the words and their tag
_PERSONS = frozenset([Kind.PERSON, Kind.SURNAME])
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STOPS = frozenset(".?!…")
_PRONOUNS = frozenset(["he", "she"])
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "their", "our", "my"])
_ROLE = 4  # words before a role's noun, its article among them
_NEAR = 3  # words behind an auxiliary
_LEAD = 6  # words before a comma that leads to the words
_TAG = 40  # code points of a tag before the name of who speaks
_VERB = 60  # code points of a tag in which its verb stands
_OPENING = 12  # code points of a sentence before the name that opens it
# Behind these, or with these before the words, somebody is spoken to or about.
_HEARERS = frozenset(["to", "with", "about", "of", "on", "for", "against", "than", "like", "between", "as"])
_TOLD = frozenset(["tell", "inform", "assure"])
_GOES_ON = word_group("goes-on")
_AUXILIARIES = frozenset(
    ["has", "had", "have", "is", "are", "was", "were"]
)  # "…”, has declared the minister"
_SAID_THINGS = word_group("said-things")
_SAYS_OF = re.compile(
    r"\s{0,3}(?:(?:That|This|The) (?:quote|quotation|line|remark|comment|statement|verdict)s? "
    r"(?:(?:is|was|are|were|comes|came) )?(?:from|by)|So (?:says|said|wrote|writes)) "
)

Found = tuple[Span, str]
"""Where somebody is named, and what sort of speaker that is."""


def named_beside(
    text: str, start: int, end: int, names: Names, starts: list[int], sentence: tuple[int, int]
) -> Found | None:
    """Return who alone is named in the rest of the sentence of words in marks at ``start:end``.

    ``sentence`` is where that sentence starts, and where the one at ``end`` ends. None where nothing there
    looks like a tag or a lead, or where two may be meant.
    """
    following = _SAYS_OF.match(text, end, end + _REST)
    if following is not None:
        high = min(len(text), following.end() + _REST)
        stop = text.find(". ", following.end(), high)
        return _named(text, Span(following.end(), high if stop < 0 else stop), names, starts, _TAG)
    behind = tail(text, start, end, sentence[1])
    if behind is not None:
        if not _is_tagged(text, start, end, behind):
            return None
        return _named(text, behind, names, starts, _TAG)
    before = _stretch_before(text, start, sentence[0])
    if before is None or not (_leads(text, before) or _is_whole(text, start, end)):
        return None
    return _named(text, before, names, starts, _OPENING)


def tail(text: str, start: int, end: int, limit: int) -> Span | None:
    """Return what follows words in marks in their sentence, if it may be a tag: “…”, recalls the mayor."""
    inner = text[start:end].rstrip(MARKS_AND_BLANKS)
    low = end
    limit = min(limit, end + _REST)
    while low < limit and text[low] in _OPENS:
        low += 1
    rest = text[low:limit].partition("\n")[0].rstrip()
    if not rest or inner[-1:] in ".:;" or len(inner.split()) < _SPOKEN:
        return None
    words = [word.lower() for word in _WORD.findall(rest[:60])]
    if not words:
        return None
    if words[0] in _GOES_ON and not (words[0] in _AUXILIARIES and _tells(words[1:_NEAR])):
        return None
    opening = verbs().get(words[0])
    if opening is not None and opening.lemma in _TOLD:
        return None  # "…”, told the Berg Daily Ann Low": the first name is the hearer's
    return Span(low, low + len(rest))


def _is_tagged(text: str, start: int, end: int, behind: Span) -> bool:
    """Whether a mark or a word of saying shows that what follows words in marks is their tag."""
    return (
        text[start:end].rstrip(MARKS_AND_BLANKS)[-1:] == ","
        or text[end : end + 3].lstrip()[:1] in (",", "-", "–", "—", ":")
        or _tells(
            [
                word.lower()
                for word in _WORD.findall(text, behind.start, min(behind.end, behind.start + _VERB))
            ]
        )
    )


def lead(text: str, start: int, begins: int) -> Span | None:
    """Return what leads to words in marks in their sentence: "Low, who wore a red coat, shouted, “…”"."""
    before = _stretch_before(text, start, begins)
    return before if before is not None and _leads(text, before) else None


def _stretch_before(text: str, start: int, begins: int) -> Span | None:
    """Return what stands before words in marks in their sentence and line, without blanks."""
    low = max(begins, start - _REST, text.rfind("\n", max(0, start - _REST), start) + 1)
    before = text[low:start].rstrip(" \u00a0")
    if not before or before.lower().startswith("as for ") or not (before[-1] in ":," or before[-1].isalpha()):
        return None
    return Span(low, low + len(before))


def _leads(text: str, before: Span) -> bool:
    """Whether a word of saying stands where it leads to what follows."""
    words = [word.lower() for word in _WORD.findall(text, before.start, before.end)]
    last = text[before.end - 1]
    return _tells(words[-1:] if last.isalpha() else words if last == ":" else words[-_LEAD:])


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether words in marks behind a colon or a comma are sentences, and end the sentence around them."""
    inner = text[start:end].strip(MARKS_AND_BLANKS + "[(")
    before = text[max(0, start - 2) : start].rstrip(" \u00a0")[-1:]
    after = text[end : end + 2].strip()
    return (
        before in (":", ",")
        and len(inner.split()) >= _SPOKEN
        and inner[:1].isupper()
        and (inner[-1:] in _STOPS or after[:1] in _STOPS)
        and not after[:1].islower()
    )


def _tells(words: list[str]) -> bool:
    """Whether a word of saying, or a noun for what is said, is among some."""
    return any(
        may_tag(word) or word in nouns() or word in _SAID_THINGS or _is_telling(word) for word in words
    )


def _is_telling(word: str) -> bool:
    verb = verbs().get(word)
    return verb is not None and verb.says and verb.form == "ing"


def _named(text: str, place: Span, names: Names, starts: list[int], near: int) -> Found | None:
    """Return who alone is named in a stretch, or, of several, who is named within its first ``near`` code points."""
    low, high = place
    people: dict[str, Span] = {}
    for at in range(bisect_left(starts, low), bisect_left(starts, high)):
        mention = names.mentions[at]
        if mention.kind not in _PERSONS:
            continue
        if text[mention.end : mention.end + 2] in ("'s", "’s"):
            continue
        if _is_hearer(text, low, mention.start):
            if people:
                continue
            return None
        people.setdefault(surname_of(mention.key), mention.span)
    if people:
        found, *others = people.values()
        opens = (
            found.start - low <= near
            and "," not in text[low : found.start]
            and not text.startswith((" and ", " or "), found.end)
        )
        return (found, "name") if opens or not others else None
    words = list(_WORD.finditer(text, low, high))
    lower = [word[0].lower() for word in words]
    persons = {word for word in lower if word in _PRONOUNS}
    if persons:
        first = lower.index(min(persons, key=lower.index))
        return (Span(*words[first].span()), "he") if len(persons) == 1 else None
    for at, word in enumerate(lower):
        if word in roles():
            first = next(
                (
                    back
                    for back in range(at - 1, max(-1, at - _ROLE), -1)
                    if lower[back] in _ARTICLES or lower[back].endswith(("'s", "’s"))
                ),
                at,
            )
            if first < at and (first == 0 or lower[first - 1] not in _HEARERS):
                return Span(words[first].start(), words[at].end()), "role"
            return None
    return None


def _is_hearer(text: str, low: int, start: int) -> bool:
    before = _WORD.findall(text, max(low, start - 24), start)
    return bool(before) and before[-1].lower() in _HEARERS
