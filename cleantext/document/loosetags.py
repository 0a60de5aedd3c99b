"""Tags that no list knows, by their shape: “We lost,” growled Low. “We lost”, so Ann Low, member of the council.

Words in marks that end in a comma, or before one or a dash, go on in a tag, whatever its verb is; raw translations have
few of the verbs that papers use. The tag ends its sentence, is short, and names one who can speak.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from cleantext.document.cues import may_tag, verbs
from cleantext.document.quotations import QuotationMarks
from cleantext.document.reader import Reader
from cleantext.document.runs import uppercase_class
from cleantext.document.subjects import DETERMINERS, Subject, is_capital, roles
from cleantext.document.tellers import speaker_sort
from cleantext.document.titles import MARKS_AND_BLANKS
from cleantext.document.tokens import before_apostrophe
from cleantext.document.verbsubjects import PREPOSITIONS
from cleantext.document.words import word_group, words

_TAG = 14  # tokens
_LONG_TAG = 40  # where the name comes first
_TAG_WITHIN = 8  # tokens from the comma of a tag inside the marks to its end
_SPOKEN = 4  # words in marks that are more than a label
_OPENS_A_TAG = frozenset(",–—-―")
_ROLE = 4  # tokens before a role's noun, its article among them
_THING = 4  # tokens of "purports the document"
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "their", "its", "one"])
_WITH_HEARERS = frozenset(["tell", "inform", "assure"])
# "…”, has declared the minister", "…”, is explained Low"
_PERFECT = frozenset(["has", "had", "have", "is", "are", "was", "were"])
_BEHIND_BARE = PREPOSITIONS | frozenset(["during", "yesterday", "today"])
# A name behind one of these is where somebody is from, or who is spoken to: "the mayor of Lund", "said to Ann Low".
_NO_SPEAKERS = frozenset(["of", "in", "at", "from", "to", "with", "between", "against", "about"])
_DOUBLE = frozenset(['"', "“", "”", "„", "«", "»", "''"])
_SAYING = frozenset(["say", "mean", "declare", "admit", "explain"])
_PRONOUNS = frozenset(["he", "she", "they"])
_SIGNATURE = 60  # code points
# A signature inside marks that nothing closes: “We lost. - Ann Low
_SIGNED = re.compile(
    rf"(?<=[.?!…”\"]) ?[-–—] ?([{uppercase_class()}][\w.’'-]{{1,30}}(?: [{uppercase_class()}][\w.’'-]{{1,30}}){{1,3}})$"
)
# What goes on with the sentence around the marks, and is no tag.
_GOES_ON = word_group("goes-on")


def loose_tag(reader: Reader, quotation: QuotationMarks, tail: range) -> tuple[Subject, str] | None:
    """Return who a tag of any wording names, and what sort of speaker that is; None where there is no such tag.

    ``tail`` are the tokens of :func:`tail_of` the quotation.
    """
    tokens = reader.tokens
    low, high = tail.start, tail.stop
    found = [known for word in tokens.lower[low : low + 3] if (known := verbs().get(word)) is not None]
    opening = verbs().get(tokens.lower[low])
    if opening is not None:
        if opening.lemma in _WITH_HEARERS and high - low > _THING:
            return None  # "…”, told the Berg Daily Ann Low": the first name is the hearer's
    elif tokens.lower[low] in _GOES_ON and not (found and tokens.lower[low] in _PERFECT):
        return None
    named = (
        is_capital(tokens.words[low])
        or tokens.lower[low] in _PRONOUNS
        or reader.text[quotation.start : quotation.end].rstrip(MARKS_AND_BLANKS)[-1:] == ","
    )
    marked = next((at for at in range(low, high) if tokens.words[at] in _DOUBLE), high)
    if marked < high and not named:
        return None
    long = is_capital(tokens.words[low]) or not _SAYING.isdisjoint(known.lemma for known in found)
    if not 2 <= high - low <= (_LONG_TAG if long else _TAG):
        return None
    return _only_speaker(reader, low, min(marked, low + _TAG))


def is_bare_tag(reader: Reader, tail: range) -> bool:
    """Whether a verb of saying without its subject is all of a tail: "…”, said." of a translation from Spanish."""
    lower = reader.tokens.lower
    return may_tag(lower[tail.start]) and (len(tail) == 1 or lower[tail.start + 1] in _BEHIND_BARE)


def tail_of(reader: Reader, quotation: QuotationMarks) -> range:
    """Return the tokens from words in marks that go on in a tag to the end of its sentence; none where no tag can follow."""
    text, tokens = reader.text, reader.tokens
    inner = text[quotation.start : quotation.end].rstrip(MARKS_AND_BLANKS)
    following = text[quotation.end : quotation.end + 3].lstrip(" \u00a0")[:1]
    if (
        not quotation.closed
        or not (inner[-1:] in (",", "?", "!", "–", "—", "-") or following in _OPENS_A_TAG)
        or following in ("", "\n")
        or len(inner.split()) < _SPOKEN
    ):
        return range(0)
    number = bisect_right(reader.sentence_starts, quotation.end) - 1
    low = tokens.at(quotation.end)
    high = tokens.at(max(reader.sentence_ends[number], quotation.end))
    while low < high and tokens.words[low] in _OPENS_A_TAG:
        low += 1
    while high > low and tokens.words[high - 1] in ".!?…":
        high -= 1
    return range(low, high)


def _only_speaker(reader: Reader, low: int, high: int) -> tuple[Subject, str] | None:
    """Return the pronoun, role or name in a stretch of tokens; the first name where commas part it from the rest."""
    tokens = reader.tokens
    words_, lower = tokens.words, tokens.lower
    for at in range(low, high):
        if before_apostrophe(lower[at]) in _PRONOUNS:
            return Subject(at, at, at, "inversion"), "he" if lower[at] in ("he", "she") else lower[at]
        if words_[at] == ",":
            return None
        if (
            is_capital(words_[at])
            and not (at > low and (lower[at - 1] in _NO_SPEAKERS or is_capital(words_[at - 1])))
            and lower[at] not in DETERMINERS
            and words_[at] not in words("attribution-times")
        ):
            last = at
            while last + 1 < high and (is_capital(words_[last + 1]) or words_[last + 1] == "."):
                last += 1
            if words_[last] == ".":
                last -= 1
            if lower[last].endswith(("'s", "’s")):
                return None  # "…,” the paper's praise was typical"
            if last + 2 < high and lower[last + 1] in roles() and is_capital(words_[last + 2]):
                continue  # "…,” judged Lund coach Ann Low"
            return Subject(at, last, last, "inversion"), "name"
        if at == high - 1 and high - low <= _THING and lower[at - 1] in _ARTICLES:
            subject = Subject(at - 1, at, at, "inversion")
            sort = speaker_sort(tokens, subject, "other")
            return (subject, "other") if sort in ("written", "body", "people") else None
        if lower[at] in roles():
            first = max(
                range(max(low, at - _ROLE), at), key=lambda back: (lower[back] in _ARTICLES, back), default=at
            )
            if lower[first] in _ARTICLES and not (at + 1 < high and is_capital(words_[at + 1])):
                return Subject(first, at, at, "inversion"), "role"
    return None


def tag_within(reader: Reader, quotation: QuotationMarks) -> tuple[Subject, str, int, int] | None:
    """Return who a tag inside the marks names, with its sort, the cue's token and where the words end: “We lost, said Low.”

    The mark that closes them is lost or stands behind the tag.
    """
    tokens, text = reader.tokens, reader.text
    low = tokens.at(quotation.start)
    high = tokens.at(quotation.end)
    signed = _SIGNED.search(text, max(quotation.start, quotation.end - _SIGNATURE), quotation.end)
    if signed is not None and not quotation.closed:
        first, last = tokens.at(signed.start(1)), tokens.at(signed.end(1)) - 1
        return Subject(first, last, last, "inversion"), "name", -1, signed.start()
    while high > low and (not tokens.words[high - 1][:1].isalnum()):
        high -= 1
    for comma in range(high - 2, max(low + _SPOKEN, high - _TAG_WITHIN), -1):
        if tokens.words[comma] in (",", "?", "!", "’", "'"):
            break
    else:
        return None
    verb = next((at for at in (comma + 1, high - 1) if may_tag(tokens.lower[at])), -1)
    if verb < 0:
        # ", Low comments on the state of the wall"
        verb = next((at for at in range(comma + 2, high - 1) if may_tag(tokens.lower[at])), -1)
        if verb < 0 or tokens.lower[verb + 1] not in _BEHIND_BARE:
            return None
        high = verb + 1
    first, last = (comma + 2, high - 1) if verb == comma + 1 else (comma + 1, high - 2)
    if last > first and tokens.lower[first] in roles():
        first += 1  # "said coach Ann Low"
    if first > last or text.find("\n", quotation.start, quotation.end) >= 0:
        return None
    if first == last and tokens.lower[first] in ("he", "she"):
        sort = "he"
    elif all(is_capital(word) or word == "." for word in tokens.words[first : last + 1]):
        sort = "name"
    elif tokens.lower[first] in _ARTICLES and tokens.lower[last] in roles():
        sort = "role"
    else:
        return None
    return Subject(first, last, last, "inversion"), sort, verb, tokens.starts[comma]
