"""What may be applied unasked: the one rule, kept in docs/safe-edits.md in the same words.

An edit is ``safe`` only where three things hold.

a. Its kind was right on text that its author had not seen. The cards and the records say so;
   :class:`cleantext.cleaner.Cleaner` holds a card to them before anything comes here.
b. Its place is running article text in a language that the rule was measured on: no code, front
   matter, table, verse or dialogue, no passage in another language, no word or figure inside
   quotation marks (encoding repair aside).
c. The document agrees. Between its first and its last line of prose no more than a twentieth of the
   words goes, and no more than five lines that no list knows; past that the whole lot waits for a
   person, be it that only a later pass sees the rest of it. Of a whole page only the main text is held to
   that, and what is left of the page anew once it reads as an article; of any other text no single line
   goes, wherever it stands, that is as long as prose and holds more than a twentieth of the words. A text
   that is no article keeps its lines, one in which nothing else is residue that a list knows its short ones but at the end, one in
   two languages those that no list knows.

What is held back stays a finding for review and says why (:attr:`cleantext.finding.Finding.held`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterable, Sequence
from itertools import islice

import msgspec
import regex

from cleantext.document import Document, Line
from cleantext.document.language import ANY, SAMPLE, detect, english_lines
from cleantext.document.pagekind import ARTICLE
from cleantext.document.pieces import sample
from cleantext.finding import Applicability, Edit, Finding
from cleantext.rulebook import Card
from cleantext.rulebook.ledger import LINE_MODEL

NEVER = {
    "fidelity": "what the original says is for a person to weigh",
    "attribution": "who said what is for a person to judge",
    "languagetool": "another program's opinion",
    "editor": "a language model's proposal",
}
"""Categories that nobody can make safe, and why."""
MOST = 20
"""Of so many words of the main text one may go unasked."""
MOST_UNLISTED = 5
"""Lines that no list knows of which so many may go unasked from the main text."""
NO_ARTICLE = "the text is no article"
LEAST_MAIN, MAIN_SHARE = 150, 10
"""Words of the shortest main text of a whole page, and of so many words of the page one belongs to it: with less, the
page has no article."""
TOO_MUCH = "together with others it takes too much of the article"
LARGE = "the line is too large a part of the text"
ALONE = "nothing else in the text is surely residue"
LIKELY = 0.5
"""Probability from which on residue that a list knows speaks for what else looks like it."""
WHOLE_SENTENCE = 8
"""Words of the shortest line that says by itself what it is."""
LAST_LINES = 3
"""So many lines of those that stay may come after a short one that goes unasked by its place."""
SURELY = 0.99
"""Probability of residue from which on it is."""
TWO_LANGUAGES = "the text is in two languages"
FOREIGN_PART = 10
"""Of an article in two languages one part in so many, at least, is in the other."""
_WINDOWS = 4
LEAST_PASSAGE = 120
"""Code points of the shortest paragraph whose own language is asked for; a quotation is asked from half of that on."""
QUOTED = "\"'“”„‘’‚«»‹›`"
PROSE = 10
"""Words from which on a line that ends like a sentence is prose."""
BESIDE_PROSE = 6
"""Words that a line without prose takes from a stretch of a whole page: what the main text is found by."""

_WORDS = regex.compile(r"\d+(?:[.,]\d+)*|\w+")
"""Words, and figures with their points and commas."""
_STOP = regex.compile(r"[.!?…。！？؟।][\"'”’»›)\]」』]*\Z")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")


def held(document: Document, card: Card, finding: Finding) -> str:
    """Say why a finding that its rule would apply unasked waits for a person; empty where nothing speaks against it.

    This is part (b); it costs nothing where there is no such finding.
    """
    never = NEVER.get(finding.category, "")
    if never or not finding.fixes:
        return never
    if not document.is_in(card.measured or card.languages or (ANY,)):
        return "the rule was not measured in this language"
    if finding.category == "encoding":
        place = document.places.of(finding.start, finding.end)
        if place in ("code", "front matter"):
            return f"in {place}"
        return "quoted as an example" if _is_mentioned(document, finding) else ""
    if finding.category != "boilerplate" and changes_a_quoted_word(document, finding):
        return "inside quotation marks"
    place = document.places.of(finding.start, finding.end)
    if place:
        return f"in {place}"
    if card.languages and ANY not in card.languages and _in_another_language(document, card, finding):
        return "in a passage in another language"
    return ""


def _is_mentioned(document: Document, finding: Finding) -> bool:
    """Say whether quotation marks hold nothing but what would become one letter or mark: the text speaks of the garble."""
    before, after = document.text[: finding.start][-1:], document.text[finding.end :][:1]
    if not before or not after or before not in QUOTED or after not in QUOTED:
        return False
    return sum(len(edit.replacement) for edit in finding.fixes[0].edits) <= 1


def agreed(
    document: Document, findings: Sequence[Finding], listed: Container[str], *, whole_page: bool | None = None
) -> list[Finding]:
    """Return findings in their order, with what part (c) says of them held back.

    ``listed`` are the rules that know a line by a list. ``whole_page`` is worked out where None.
    """
    going = residue(findings)
    if not going:
        return list(findings)
    if document.page_kind.article < ARTICLE:
        return _held_back(findings, going, NO_ARTICLE)
    findings = _held_back(findings, _alone(document, findings, going, listed), ALONE)
    unlisted = [f for f in residue(findings) if f.rule not in listed]
    if unlisted and _is_in_two_languages(document):
        findings = _held_back(findings, unlisted, TWO_LANGUAGES)
    going = residue(findings)
    if not going:
        return list(findings)
    if _few(document, going, listed) and not _within(document, going, listed, page=False):
        return list(findings)
    if whole_page is None:
        from cleantext.checks.boilerplate.line_model import is_whole_page

        whole_page = is_whole_page(document)
    if whole_page and not _has_main_text(document):
        return _held_back(findings, going, NO_ARTICLE)
    return in_measure(document, findings, listed, whole_page=whole_page)


def _alone(
    document: Document, findings: Sequence[Finding], going: Sequence[Finding], listed: Container[str]
) -> list[Finding]:
    """Return what goes though nothing else in the text is residue that a list knows: labels of one word, other short lines.

    In a text without a page around it "Print" is a key, and a short line the author's; but not above all else, where a
    label is a button, nor at the very end where the model is sure.
    """
    known = [f for f in findings if f.rule in listed and f.fixes and f.confidence >= LIKELY]
    if len(known) > 1:
        return []
    alone = [f for f in going if f is known[0]] if known else going
    main = range(document.filled[0].end, _last_lines(document, going))
    return [f for f in alone if _says_little(f, listed, main)]


def _says_little(finding: Finding, listed: Container[str], main: range) -> bool:
    """Say whether a line does not tell by itself, nor by its standing before or after ``main``, that it is residue."""
    words = _count(finding.text)
    if finding.rule in listed:
        return words == 1 and finding.start >= main.start
    is_short = finding.rule == LINE_MODEL and words < WHOLE_SENTENCE
    return is_short and (finding.start < main.stop or finding.confidence < SURELY)


def _last_lines(document: Document, going: Sequence[Finding]) -> int:
    """Return the offset after which no more than :data:`LAST_LINES` filled lines stay."""
    gone = {document.line_at(f.start).start for f in going}
    staying = (line.end for line in reversed(document.filled) if line.start not in gone)
    return next(islice(staying, LAST_LINES, None), 0)


def _is_in_two_languages(document: Document) -> bool:
    """Say whether a good part of an English article is in another language, whose lines are judged by lists for English."""
    if not document.is_in(("en",)):
        return False
    text = sample(document.text, SAMPLE, _WINDOWS)
    return len(english_lines(text)) * FOREIGN_PART <= len(text) * (FOREIGN_PART - 1)


def in_measure(
    document: Document, findings: Sequence[Finding], listed: Container[str], *, whole_page: bool
) -> list[Finding]:
    """Return findings in their order, with what takes too much of the main text held back.

    That is part (c) of a text that is known to be an article; see :func:`agreed`.
    """
    inside = _within(document, residue(findings), listed, page=whole_page)
    held_back = _held_back(findings, inside, TOO_MUCH)
    return held_back if whole_page else _held_back(held_back, _large(document, residue(held_back)), LARGE)


def is_too_much(
    document: Document, findings: Sequence[Finding], listed: Container[str], *, whole_page: bool
) -> bool:
    """Say whether findings that go one after another take too much of the main text together."""
    return bool(_within(document, residue(findings), listed, page=whole_page))


def without_main_text(
    document: Document, findings: Sequence[Finding], listed: Container[str], *, whole_page: bool
) -> list[Finding]:
    """Return findings in their order, with all that would take residue out of the main text held back."""
    inside, _ = _inside(document, residue(findings), listed, page=whole_page)
    return _held_back(findings, inside, TOO_MUCH)


def _large(document: Document, going: Sequence[Finding]) -> list[Finding]:
    """Return the findings that are as long as prose and more than a twentieth of the text by themselves."""
    text = document.text
    long = [f for f in going if _count(text[f.start : f.end]) >= PROSE]
    words = _count(text) if long else 0
    return [f for f in long if MOST * _count(text[f.start : f.end]) > words]


def residue(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that take residue away unasked."""
    return [f for f in findings if f.applicability is Applicability.SAFE and f.category == "boilerplate"]


def _few(document: Document, going: Sequence[Finding], listed: Container[str]) -> bool:
    """Say whether so little goes that nothing of it needs a look at the whole page."""
    taken = sum(f.end - f.start for f in going)
    if _large(document, going):
        return False
    return MOST * taken <= len(document.text) and sum(f.rule not in listed for f in going) <= MOST_UNLISTED


def _held_back(findings: Sequence[Finding], over: Sequence[Finding], reason: str) -> list[Finding]:
    these = set(map(id, over))
    return [hold(finding, reason) if id(finding) in these else finding for finding in findings]


def protects(refused: Finding, finding: Finding) -> bool:
    """Say whether a finding would do, for the reason of a refused one, what somebody did not want: its place is protected.

    Both are of one category, and take away the same place or put the same in its stead.
    """
    if refused.category != finding.category or not (
        refused.start < finding.end and finding.start < refused.end
    ):
        return False
    if not refused.fixes or not finding.fixes:
        return False
    mine, other = refused.fixes[0].edits, finding.fixes[0].edits
    return mine == other or not any(edit.replacement for edit in (*mine, *other))


def hold(finding: Finding, reason: str) -> Finding:
    """Leave a finding to review, and say why."""
    return msgspec.structs.replace(finding, applicability=Applicability.REVIEW, held=reason)


def _within(
    document: Document, going: Sequence[Finding], listed: Container[str], *, page: bool
) -> list[Finding]:
    """Return the findings inside the main text where they take too much of it; none where they do not."""
    inside, block = _inside(document, going, listed, page=page)
    if not inside:
        return []
    if sum(f.rule not in listed for f in inside) <= MOST_UNLISTED:
        text = document.text
        taken = sum(_count(text[f.start : f.end]) for f in inside)
        if _have_words(document, block, MOST * taken):
            return []
    return inside


def _have_words(document: Document, lines: Iterable[Line], least: int) -> bool:
    """Say whether lines have so many words; of most texts the first few have."""
    for line in lines:
        if least <= 0:
            break
        least -= _count(document.text[line.start : line.end])
    return least <= 0


def _inside(
    document: Document, going: Sequence[Finding], listed: Container[str], *, page: bool
) -> tuple[list[Finding], Sequence[Line]]:
    """Return the findings inside the main text, and its filled lines."""
    filled = document.filled
    starts = [line.start for line in filled]
    at = [max(0, bisect_right(starts, f.start) - 1) for f in going]
    known = {line for line, f in zip(at, going, strict=True) if f.rule in listed}
    first, last = _densest(document, known) if page else _from_prose_to_prose(document, known)
    inside = [f for line, f in zip(at, going, strict=True) if first <= line <= last]
    return inside, filled[first : last + 1]


def _has_main_text(document: Document) -> bool:
    filled = document.filled
    counts = [_count(document.text[line.start : line.end]) for line in filled]
    first, last = _densest(document, ())
    main = sum(counts[first : last + 1])
    return main >= LEAST_MAIN and main * MAIN_SHARE >= sum(counts)


def _from_prose_to_prose(document: Document, known: Container[int]) -> tuple[int, int]:
    """Return the numbers of the first and the last line of prose among the filled ones; all where there is none."""
    count = len(document.filled)
    first = next((i for i in range(count) if i not in known and _prose(document, i)), None)
    if first is None:
        return 0, count - 1
    return first, next(i for i in range(count - 1, -1, -1) if i not in known and _prose(document, i))


def _densest(document: Document, known: Container[int]) -> tuple[int, int]:
    """Return the stretch of lines in which words of prose outweigh the other lines most (Kadane's maximum sum)."""
    best = total = start = 0
    found = (0, len(document.filled) - 1)
    for i in range(len(document.filled)):
        if total <= 0:
            total, start = 0, i
        total += (0 if i in known else _prose(document, i)) or -BESIDE_PROSE
        if total > best:
            best, found = total, (start, i)
    return found


def _prose(document: Document, number: int) -> int:
    """Return the words of a filled line of prose, 0 for another line."""
    line = document.filled[number]
    row = document.text[line.start : line.end].strip()
    if _STOP.search(row[-8:]) is None:
        return 0
    count = _count(row)
    return count if count >= PROSE else 0


def _count(text: str) -> int:
    """Count words; where a script sets none apart, two letters count as one."""
    words = len(text.split())
    if text.isascii():
        return words
    return max(words, len(_UNSPACED.findall(text)) // 2)


def _in_another_language(document: Document, card: Card, finding: Finding) -> bool:
    """Say whether the paragraph or the quotation around a finding is in a language that its rule does not hold for."""
    line = document.line_at(finding.start)
    stretches = [(line.start, line.end)] if line.end - line.start >= LEAST_PASSAGE else []
    stretches += [
        (quotation.start, quotation.end)
        for quotation in document.quotations_touching(finding.start, finding.end)
        if 2 * (quotation.end - quotation.start) >= LEAST_PASSAGE
    ]
    for start, end in stretches:
        language = detect(document.text[start:end])
        if language.code not in card.languages and not ("en" in card.languages and language.english):
            return True
    return False


def changes_a_quoted_word(document: Document, finding: Finding) -> bool:
    """Say whether the best fix of a finding changes a word or a figure inside quotation marks."""
    return any(
        not _same_words(document.text, edit) and document.in_quotation(edit.start, edit.end)
        for edit in finding.fixes[0].edits
    )


def keeps_the_words(text: str, finding: Finding) -> bool:
    """Say whether the best fix of a finding changes blanks and marks alone."""
    return all(_same_words(text, edit) for edit in finding.fixes[0].edits)


def _same_words(text: str, edit: Edit) -> bool:
    """Whether the words around an edit stay the same: an edit may join or split two of them."""
    low, high = max(0, edit.start - 1), edit.end + 1
    before = text[low:high]
    after = text[low : edit.start] + edit.replacement + text[edit.end : high]
    return bool(_WORDS.findall(before) == _WORDS.findall(after))
