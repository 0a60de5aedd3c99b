"""Words in quotation marks that are no speech: titles, labels, doubtful words, examples, what the reader might say.

Only what no cue tags is asked about; the name of a programme, which a cue may stand beside, is a matter of `titles`.
"""

from __future__ import annotations

import re

from cleantext.document.cues import may_tag
from cleantext.document.quotations import QuotationMarks
from cleantext.document.subjects import is_capital
from cleantext.document.titles import MARKS, MARKS_AND_BLANKS, is_title
from cleantext.document.words import word_group

_SPEECH_ENDS = frozenset(".,!?…;:—–-")
_STOPS = frozenset(".?!…")
_TAG_PRONOUNS = frozenset(["he", "she", "they"])
_BULLETS = frozenset("-–—•*·")
_CODE = frozenset("{}<>=`|")
_TITLE = 12  # words that a title has at most
_LABEL = 5  # words that a label or a doubtful word has at most
_HEAD = 400  # code points of a quotation that are looked at
_LEAD = 160  # code points before it
_SENTENCE_ENDS = re.compile(r"[.?!:…]\s|\n")
_WORD = re.compile(r"[^\W\d_]+")
_LEADS_TO_EXAMPLE = word_group("leads-to-example")
_READER = frozenset(["you", "your", "yourself"])
_EXAMPLES = frozenset(["example", "examples", "prompt", "prompts", "template", "templates"])
# What leads to words that are named and not said: has been called “…”, turned into “…”, instead of “…”.
_LEADS_TO_WORDS = frozenset(["called", "named", "dubbed", "into", "than", "of", "explain", "more"])
_CRIES = frozenset(
    ["cries", "cry", "chant", "chants", "shout", "shouts", "calls", "scream", "screams", "words"]
)
# What is printed for all to read: a headline, a slogan, a line of a song.
_PRINTED = word_group("printed")
_MEANS = word_group("glosses")
_FROM_WORDS = re.compile(r"\bfrom [\"“'‘«][^\"”\n]{1,80}[\"”'’»] to$")
# “…,” is one common saying here; “…”, by Ada Weiss: a title
_SAYING_BEHIND = re.compile(
    r",? (?:(?:is|was|are|were|goes|went) (?:a|an|the|one) (?:[a-z]+ ){0,3}"
    r"(?:saying|proverb|adage|motto|slogan|refrain|joke|cliche|cliché|mantra)\b"
    r"|goes (?:a|an|the|one) |by (?:the )?[A-Z])"
)
_RUN = 12  # lines of a list
_METHOD = re.compile(r"\.[a-z]+\(")
_CITED = re.compile(r"[,.][\"”’]+ (?:[A-Z][a-z]+ )?(?:19|20)\d\d\b")  # “Estate tax,” October 2025
_BLANKS_TO_FILL = re.compile(r"\[[a-z][^\]\n]{2,40}\][^\[\n]{0,200}\[[a-z]")


def is_embedded(text: str, quotation: QuotationMarks) -> bool:
    """Whether words in marks are a part of the sentence around them, and no sentence of their own that something leads to.

    Where no cue tells who said them, they may as well be a doubtful word, an example or a title.
    """
    if quotation.continues or not quotation.closed or not quotation.opened:
        return False
    before = text[max(0, quotation.start - 2) : quotation.start].rstrip(" \u00a0")
    if not before or before[-1] in '.?!…:,\n"”’»-–—':
        return False
    inner = text[quotation.start : quotation.end].rstrip(MARKS_AND_BLANKS)
    following = text[quotation.end : quotation.end + 2].strip()
    return (
        inner[-1:] not in _STOPS or following[:1].islower() or not is_capital(inner.lstrip(MARKS_AND_BLANKS))
    )


def is_fragment(text: str, start: int, end: int) -> bool:
    """Whether words in marks go on with the sentence before their comma and end within it: "found, in 1861, “a likeness” to"."""
    inner = text[start:end].strip(MARKS_AND_BLANKS)
    before = text[max(0, start - 2) : start].rstrip(" \u00a0")
    if text[end - 1] not in MARKS and before[-1:].islower():
        return True  # "In the “Search for”: which mark is lost cannot be told, and nothing leads to speech
    return before[-1:] in (",", "(", ")") and inner[:1].islower() and inner[-1:] not in _STOPS


def is_speech(text: str, quotation: QuotationMarks) -> bool:
    """Whether words in marks that no cue tags may be speech, and no title, label or doubtful word.

    A title has a capital in every word but the small ones; a label is short and its sentence goes on around it: the
    comma or stop inside its marks is then a matter of the paper's style.
    """
    inner = text[quotation.start : min(quotation.end, quotation.start + _HEAD)].strip(MARKS_AND_BLANKS)
    if not _CODE.isdisjoint(inner) or _is_in_code(text, quotation):
        return False  # a string of a program, a mark of inches
    words_ = inner.split()
    if _WORD.search(inner) is None or _is_narration(inner, quotation):
        return False
    if len(words_) > _TITLE or quotation.continues or not quotation.closed or not quotation.opened:
        return True
    if is_title(words_, inner[-1:]) or text[quotation.end : quotation.end + 1] == ":":
        return False  # a label: “I build my own”: WordPress
    if inner[-1:] not in _SPEECH_ENDS and _is_item(text, quotation):
        return False
    if len(words_) > _LABEL:
        return True
    if inner[-1:] not in _SPEECH_ENDS:
        return False
    before = text[max(0, quotation.start - 2) : quotation.start]
    if before[-1:] not in (" ", "\u00a0") or inner[-1:] not in ",.":
        return True
    following = text[quotation.end : quotation.end + 2].lstrip(" \u00a0")[:1]
    # “easy,” “cheap,” and “new”
    listed = inner[-1] == "," and (
        (following != "" and following in '"“)') or (before[:1] in ',"”' and following.islower())
    )
    return not (before[:1].isalnum() or listed)


def _is_item(text: str, quotation: QuotationMarks) -> bool:
    """Whether words in marks are all of an item of a list: "- “no harmful chemicals”"."""
    low = text.rfind("\n", 0, quotation.start) + 1
    lead = text[low : quotation.start].strip()
    return lead != "" and _BULLETS.issuperset(lead) and text[quotation.end : quotation.end + 1] in ("", "\n")


def _is_narration(inner: str, quotation: QuotationMarks) -> bool:
    """Whether marks that do not pair, or the wrong two, hold what stands between two quotations: ”, said the mayor. “.

    It opens with a tag, or in the middle of a sentence of which one mark is missing.
    """
    if inner[:2] in (". ", ", "):
        return True
    first, _, rest = inner.lstrip(" ,.;:–—-").partition(" ")
    if first in _TAG_PRONOUNS:
        return may_tag(rest.partition(" ")[0].rstrip(".,:"))
    if not first.islower():
        return False
    if not (quotation.opened and quotation.closed):
        return True
    return may_tag(first) and (is_capital(rest) or rest.startswith("the "))


def _is_in_code(text: str, quotation: QuotationMarks) -> bool:
    """Whether marks belong to a string of a program or to a mark of inches: `x="…"`, `print("…")`, `"key": "…"`, `"…".trim()`."""
    start, end = quotation.start, quotation.end
    before = text[max(0, start - 3) : start]
    bare = text[max(0, start - 8) : start].rstrip()
    if (
        bare[-1:] == "("
        and bare[:-1].rstrip()[-1:].isalnum()
        and text[end : end + 8].lstrip()[:1] in (")", ",")
    ):
        # not "the mayor ('We lost nine boats'), who"
        return "\n" in text[start - 2 : start] or bare[-2:-1].isalnum()
    if before[-1:].isdigit() or before[-1:] == "=" or before.rstrip().endswith('":'):
        return True
    return (before[-1:] == "(" and before[-2:-1].isalnum()) or bool(_METHOD.match(text, end))


def _run_start(text: str, start: int) -> int:
    """Return where a list of lines that are all in marks begins, of which one starts at a code point."""
    for _ in range(_RUN):
        high = start
        while high > 0 and text[high - 1].isspace():
            high -= 1
        low = text.rfind("\n", 0, high) + 1
        if high - low < 2 or high - low > _HEAD or text[low] not in MARKS or text[high - 1] not in MARKS:
            break
        start = low
    return start


def is_example(text: str, quotation: QuotationMarks) -> bool:
    """Whether words in marks that nobody is known to have said are an example, or what the reader may say or think.

    “If you ever thought, “I wish …””, “questions such as “Where …””, a template with blanks to fill.
    """
    if quotation.continues:
        return False
    if _CITED.match(text, quotation.end - 2) or _SAYING_BEHIND.match(text, quotation.end):
        return True
    if _BLANKS_TO_FILL.search(text, quotation.start, min(quotation.end, quotation.start + _HEAD)):
        return True
    inner = text[quotation.start : min(quotation.end, quotation.start + _HEAD)].strip(MARKS_AND_BLANKS)
    opens = quotation.start == 0 or text[quotation.start - 1] == "\n"
    if (
        inner[-1:] == "?"
        and not opens
        and _STOPS.isdisjoint(inner[:-1])
        and not text[quotation.start - 1].isalpha()
    ):
        return True  # a question that the text puts itself
    at = _run_start(text, quotation.start) if opens else quotation.start
    low = max(0, at - _LEAD)
    lead = text[low:at].rstrip()
    if not lead or (lead[-1] != ":" and "\n" in text[low + len(lead) : at]):
        return False
    said = [word.lower() for word in _WORD.findall(_SENTENCE_ENDS.split(lead)[-1])]
    return (
        bool(said)
        and (
            said[-1] in _LEADS_TO_EXAMPLE
            or said[-1] == "say"  # to the reader, or what nobody ever does
            or (
                said[-1] in _LEADS_TO_WORDS
                and len(inner.split()) <= _LABEL
                and not _CRIES.intersection(said[-3:])
            )
            or said[-1] == "as"  # “defines a harbour as “…””, “such as “…””
            or not _PRINTED.isdisjoint(said)
            or not _MEANS.isdisjoint(said[-4:])
            or (said[-1] == "to" and _FROM_WORDS.search(lead) is not None)  # changed from “…” to “…”
            or not _EXAMPLES.isdisjoint(said)
            or not _READER.isdisjoint(said)
            or (said[-1] in ("or", "and") and lead.rstrip(",:")[: -len(said[-1])].rstrip()[-1:] in '"”’»')
        )
    )
