"""The check: what LanguageTool says of an article, kept to what it was seen to be right about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from cleantext.checks import Hit
from cleantext.checks.languagetool.client import Match, Mode
from cleantext.checks.languagetool.pieces import GAP, Piece, pieces
from cleantext.checks.languagetool.rules import PREFIX, looks_across
from cleantext.checks.languagetool.service import service
from cleantext.configuration import Configuration, LanguageTool
from cleantext.document import Document
from cleantext.document.mentions import Kind, Mention
from cleantext.finding import Applicability, Fix, replace
from cleantext.offsets import Offsets
from cleantext.rulebook import Card

MOST_FIXES = 5
_SPELLING = (PREFIX + "MORFOLOGIK", PREFIX + "HUNSPELL", PREFIX + "EN_SPELLING")


def check(document: Document, cards: Mapping[str, Card], configuration: Configuration) -> Iterator[Hit]:
    """Yield a hit for every match of a selected rule; CheckUnavailableError where LanguageTool fails."""
    asked = list(pieces(document))
    if not asked:
        return
    settings = configuration.languagetool
    spelling = any(rule.startswith(_SPELLING) for rule in cards)
    modes: list[Mode] = ["allButTextLevelOnly"]
    if any(looks_across(rule.removeprefix(PREFIX)) for rule in cards):
        modes.append("textLevelOnly")
    seen = set()
    for mode in modes:
        for hit in hits(document, asked, cards.__contains__, settings, mode=mode, spelling=spelling):
            if hit not in seen:
                seen.add(hit)
                offers = cards[hit.rule].applicability is not Applicability.DISPLAY
                yield hit if offers else hit._replace(fixes=())


def hits(
    document: Document,
    asked: Sequence[Piece],
    selected: Callable[[str], bool],
    settings: LanguageTool,
    *,
    mode: Mode,
    spelling: bool,
) -> Iterator[Hit]:
    """Yield a hit for every match of one kind of rules, names kept as they are.

    ``asked`` are the article's pieces; ``selected`` is asked about our ids.
    """
    across = mode == "textLevelOnly"
    texts = [GAP.join(piece.text for piece in asked)] if across else [piece.text for piece in asked]
    found = service(settings).found(texts, mode=mode, spelling=spelling)
    if found is None:
        return
    for number, (text, matches) in enumerate(zip(texts, found, strict=True)):
        wanted = [match for match in matches if selected(PREFIX + match.rule)]
        if not wanted:
            continue
        places = Offsets(text, "utf-16")
        for match in wanted:
            low, high = places.code_point(match.start), places.code_point(match.end)
            if low is None or high is None or low >= high:
                continue
            if across:
                place = _place(asked, low, high)
            else:
                place = (asked[number].start + low, asked[number].start + high)
            if place and (hit := _hit(document, match, *place)):
                yield hit


def _place(asked: Sequence[Piece], low: int, high: int) -> tuple[int, int] | None:
    """Return the article's span of a span of the joined pieces; None where it reaches over a gap."""
    at = 0
    for piece in asked:
        if at <= low and high <= at + len(piece.text):
            return piece.start + low - at, piece.start + high - at
        at += len(piece.text) + len(GAP)
    return None


def _hit(document: Document, match: Match, start: int, end: int) -> Hit | None:
    """Return the finding of a match; None where all that it would do is change a name."""
    text = document.text[start:end]
    names = _names(document, start, end)
    offered = [it for it in match.replacements if it != text]
    kept = [it for it in offered if _keeps(document, it, start, end, names)]
    if names and not kept:
        return None
    fixes: tuple[Fix, ...] = tuple(replace(start, end, it) for it in dict.fromkeys(kept[:MOST_FIXES]))
    return Hit(PREFIX + match.rule, start, end, fixes, message=" ".join(match.message.split()))


def _names(document: Document, start: int, end: int) -> list[Mention]:
    """Return the names that a span touches; months and days are nobody's."""
    mentions = document.names.mentions
    at = bisect_left(mentions, end, key=lambda mention: mention.start)
    touched = []
    while at and mentions[at - 1].end > start:
        at -= 1
        if mentions[at].kind is not Kind.TIME:
            touched.append(mentions[at])
    return touched


def _keeps(document: Document, replacement: str, start: int, end: int, names: list[Mention]) -> bool:
    """Say whether a replacement leaves the names that it touches as they are, letter by letter."""
    for name in names:
        part = document.text[max(start, name.start) : min(end, name.end)]
        if replacement.count(part) < document.text[start:end].count(part):
            return False
        at = replacement.find(part)
        before, after = replacement[at - 1 : at], replacement[at + len(part) : at + len(part) + 1]
        # The name may not become a part of another word, nor lose its own other part.
        if (name.start >= start and before.isalnum()) or (name.end <= end and after.isalnum()):
            return False
    return True
