"""Words in quotation marks that are no speech: titles, labels, doubtful words, examples, what the reader might say.

Only what no cue tags is asked about; the name of a programme, which a cue may stand beside, is a matter of `titles`.
"""

from __future__ import annotations

import re

from cleantext.document.quotations import QuotationMarks
from cleantext.document.subjects import is_capital
from cleantext.document.titles import MARKS_AND_BLANKS, is_title
from cleantext.document.words import word_group

_SPEECH_ENDS = frozenset(".,!?…;:—–-")
_STOPS = frozenset(".?!…")
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
_METHOD = re.compile(r"\.[a-z]+\(")
_CITED = re.compile(r",[\"”’]+ (?:[A-Z][a-z]+ )?(?:19|20)\d\d\b")  # “Estate tax,” October 2025
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


def is_speech(text: str, quotation: QuotationMarks) -> bool:
    """Whether words in marks that no cue tags may be speech, and no title, label or doubtful word.

    A title has a capital in every word but the small ones; a label is short and its sentence goes on around it: the
    comma or stop inside its marks is then a matter of the paper's style.
    """
    inner = text[quotation.start : min(quotation.end, quotation.start + _HEAD)].strip(MARKS_AND_BLANKS)
    if not _CODE.isdisjoint(inner) or _is_in_code(text, quotation):
        return False  # a string of a program, a mark of inches
    words_ = inner.split()
    if not words_:
        return False
    if len(words_) > _TITLE or quotation.continues or not quotation.closed or not quotation.opened:
        return True
    if is_title(words_, inner[-1:]):
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
        (following != "" and following in '"“') or (before[:1] in ',"”' and following.islower())
    )
    return not (before[:1].isalnum() or listed)


def _is_in_code(text: str, quotation: QuotationMarks) -> bool:
    """Whether marks belong to a string of a program or to a mark of inches: `x="…"`, `print("…")`, `"key": "…"`, `"…".trim()`."""
    start, end = quotation.start, quotation.end
    before = text[max(0, start - 3) : start]
    if before[-1:].isdigit() or before[-1:] == "=" or before.rstrip().endswith('":'):
        return True
    return (before[-1:] == "(" and before[-2:-1].isalnum()) or bool(_METHOD.match(text, end))


def is_example(text: str, quotation: QuotationMarks) -> bool:
    """Whether words in marks that nobody is known to have said are an example, or what the reader may say or think.

    “If you ever thought, “I wish …””, “questions such as “Where …””, a template with blanks to fill.
    """
    if quotation.continues:
        return False
    if _CITED.match(text, quotation.end - 2):
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
    low = max(0, quotation.start - _LEAD)
    lead = text[low : quotation.start].rstrip()
    if not lead or (lead[-1] != ":" and "\n" in text[low + len(lead) : quotation.start]):
        return False
    said = [word.lower() for word in _WORD.findall(_SENTENCE_ENDS.split(lead)[-1])]
    return bool(said) and (
        said[-1] in _LEADS_TO_EXAMPLE
        or said[-2:] == ["such", "as"]
        or not _EXAMPLES.isdisjoint(said)
        or not _READER.isdisjoint(said)
        or (said[-1] in ("or", "and") and lead[: -len(said[-1])].rstrip()[-1:] in '"”’»')
    )
