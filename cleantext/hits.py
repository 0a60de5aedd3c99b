"""What checks and patterns hit, made into findings, and what is no finding after all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from cleantext import checks, safe
from cleantext.document import Document
from cleantext.document.markdown import Regions
from cleantext.finding import Applicability, Finding
from cleantext.rulebook import Band, Card
from cleantext.rulebook.selection import check_selectors, picks

QUOTED = 0.4
"""The most that a rule believes of words in quotation marks in an article that does not read garbled, of a line in
another language, and of today's usage in older prose."""

_OF_ENGLISH = ("translation", "typography")
"""Categories whose rules for English have nothing to say of a line in another language."""


def finding_of(
    document: Document, card: Card, hit: checks.Hit, confidence: Callable[[Card], float]
) -> Finding:
    """Return the finding of a hit: what its card says, and what the check knows better."""
    return Finding(
        rule=card.id,
        name=card.name,
        category=card.category,
        start=hit.start,
        end=hit.end,
        text=document.text[hit.start : hit.end],
        message=hit.message or card.text,
        applicability=hit.applicability or (card.applicability if hit.fixes else Applicability.DISPLAY),
        confidence=confidence(card) if hit.confidence is None else hit.confidence,
        fixes=hit.fixes,
        evidence=hit.evidence,
        original=hit.original,
    )


def believed(document: Document, finding: Finding, band: Callable[[], Band], card: Card) -> Finding:
    """Doubt a rule for English where the line is in another language, and one of translation that changes what somebody
    said, unless the whole article reads garbled; doubt one of today's usage in older prose.

    Such a line is good French or Russian, and no English that went wrong; broken English between quotation marks is most
    often the speaker's; and "$4.5 millions" was good English in 1846.
    """
    if finding.category not in _OF_ENGLISH or finding.confidence <= QUOTED:
        return finding
    if card.languages == ("en",) and document.is_foreign_at(finding.start):
        return msgspec.structs.replace(finding, confidence=QUOTED)
    if card.modern and document.reads_older:
        return msgspec.structs.replace(finding, confidence=QUOTED)
    if finding.category != "translation" or not finding.fixes:
        return finding
    if band() == "garbled" or not safe.changes_a_quoted_word(document, finding):
        return finding
    return msgspec.structs.replace(finding, confidence=QUOTED)


def without_ignored(document: Document, found: list[Finding]) -> list[Finding]:
    """Leave out what comments switch off, and what would do the same there for another rule."""
    refused = [
        finding
        for finding in found
        if any(
            part.start <= finding.start and finding.end <= part.end and picks(part.selectors, finding)
            for part in document.ignored
        )
    ]
    gone = set(map(id, refused))
    return [f for f in found if id(f) not in gone and not any(safe.protects(r, f) for r in refused)]


def idle_comments(document: Document, cards: Sequence[Card]) -> list[str]:
    """Name comments that would switch rules off and do not: what they name is none of ``cards``, or they are misspelled."""
    said = []
    for part in document.ignored:
        try:
            check_selectors(part.selectors, cards)
        except ValueError as error:
            said.append(f"{part.comment} names what is no rule: {error}")
    for start, end in document.misspelled:
        said.append(
            f"{document.text[start:end]} switches nothing off: "
            "write <!-- cleantext: ignore RULE --> or <!-- cleantext: ignore-file RULE -->"
        )
    return said


def without_idle_fixes(text: str, finding: Finding) -> Finding | None:
    """Leave out fixes after which the text is as before; None where the finding had only such.

    One that is offered would be applied, change nothing, and be offered for ever.
    """
    if not finding.fixes:
        return finding
    if len(finding.fixes) == 1 and len(finding.fixes[0].edits) == 1:  # most have no more
        edit = finding.fixes[0].edits[0]
        return finding if text[edit.start : edit.end] != edit.replacement else None
    kept = tuple(
        fix for fix in finding.fixes if any(text[e.start : e.end] != e.replacement for e in fix.edits)
    )
    if len(kept) == len(finding.fixes):
        return finding
    return msgspec.structs.replace(finding, fixes=kept) if kept else None


def touches(regions: Regions, finding: Finding) -> bool:
    """Say whether a finding is about what is no prose, or one of its fixes would change that."""
    if not finding.fixes:
        return regions.touching(finding.start, finding.end) is not None
    return any(regions.touching(e.start, e.end) is not None for fix in finding.fixes for e in fix.edits)
