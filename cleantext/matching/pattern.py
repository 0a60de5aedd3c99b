"""One pattern rule made ready: where it matches in a document, and the finding that each match gives."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

import regex

from cleantext.document import Document
from cleantext.finding import Applicability, Edit, Finding, Fix
from cleantext.rulebook import Card, RuleError
from cleantext.rulebook.template import Template

EDGE_LINES = 6
"""How many lines with words count as the top, or the bottom, of an article."""

_BLANK = r"[^\S\r\n]*"


_Silent: TypeAlias = dict[tuple[int, int], tuple[list[int], list[int]]]
"""Start and end of lines -> starts and ends of the stretches in them where a rule is silent, apart and in order."""


class TimedOutError(Exception):
    """A rule ran over its time limit on this text."""


class PatternRule:
    """A card whose fault is a pattern. Compiled when first needed, then shared."""

    def __init__(self, card: Card) -> None:
        """Wrap a card that has a pattern."""
        self.card = card

    @cached_property
    def compiled(self) -> regex.Pattern[str]:
        """The pattern in `regex`; raises RuleError where it does not compile."""
        pattern = self.card.pattern or ""
        if self.card.scope == "line":
            pattern = rf"(?<![^\r\n]){_BLANK}(?:{pattern}){_BLANK}(?![^\r\n])"
        return self._compile(pattern)

    @cached_property
    def unless(self) -> tuple[regex.Pattern[str], ...]:
        """The patterns whose matches silence this rule where they overlap."""
        return tuple(self._compile(pattern) for pattern in self.card.unless)

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """The replacements, best first; raises RuleError for one that cannot be filled."""
        card = self.card
        sources = [fix for fix in (card.fix, *card.fixes) if fix is not None]
        if card.delete:
            sources = ["", *sources]
        try:
            return tuple(Template(source, card.tables) for source in sources)
        except ValueError as error:
            raise self._broken(str(error)) from None

    def _compile(self, pattern: str) -> regex.Pattern[str]:
        try:
            return regex.compile(pattern, regex.IGNORECASE if self.card.ignore_case else 0)
        except regex.error as error:
            raise self._broken(f"has a pattern that does not compile: {error}.") from None

    def _broken(self, problem: str) -> RuleError:
        path, line = self.card.origin.rsplit(":", 1)
        return RuleError(path, int(line), f'rule "{self.card.id}" {problem}')

    def findings(
        self,
        document: Document,
        confidence: float,
        timeout: float | None,
        stretches: Iterable[tuple[int, int]] | None = None,
        reach: int = 0,
    ) -> Iterator[Finding]:
        """Yield a finding for each match.

        ``timeout`` is in seconds, None for patterns that are linear anyway.
        ``stretches`` are the lines, in order, that hold every match; None is the whole
        text. The pattern sees ``reach`` code points more.
        Raises TimedOutError.
        """
        silent: _Silent = {}
        try:
            for match in self._matches(document.text, timeout, stretches, reach):
                start, end = match.span()
                if start == end or not self._in_place(document, start, end):
                    continue
                if self.unless and self._silenced(document, start, end, timeout, silent):
                    continue
                if self.card.where and not self._belongs(document, match):
                    continue
                finding = self._finding(document, match, confidence)
                if finding is not None:
                    yield finding
        except TimeoutError:
            raise TimedOutError(self.card.id) from None

    def _matches(
        self, text: str, timeout: float | None, stretches: Iterable[tuple[int, int]] | None, reach: int
    ) -> Iterator[regex.Match[str]]:
        if stretches is None:
            yield from self.compiled.finditer(text, timeout=timeout)
            return
        for begin, end in stretches:
            for match in self.compiled.finditer(text, begin, end + reach, timeout=timeout):
                if match.start() > end:
                    break
                yield match

    def _silenced(
        self, document: Document, start: int, end: int, timeout: float | None, known: _Silent
    ) -> bool:
        """Whether an `unless` pattern overlaps the match; it is looked for in the match's own lines.

        ``known`` keeps what was found in lines: a line with many matches is searched once.
        """
        low, high = document.line_at(start).start, document.line_at(max(start, end - 1)).end
        lines = low, max(high, end)
        if lines not in known:
            known[lines] = _joined(
                found.span()
                for pattern in self.unless
                for found in pattern.finditer(document.text, *lines, timeout=timeout)
            )
        starts, ends = known[lines]
        last = bisect_left(starts, end) - 1  # the last stretch that begins before the match ends
        return last >= 0 and ends[last] > start

    def _in_place(self, document: Document, start: int, end: int) -> bool:
        if self.card.scope == "text":
            return True
        line = document.line_at(start)
        if end > line.end:
            return False
        if self.card.position == "any":
            return True
        before, after = document.filled_around(start)
        top, bottom = before < EDGE_LINES, after < EDGE_LINES
        return {"top": top, "bottom": bottom, "edge": top or bottom}[self.card.position]

    def _belongs(self, document: Document, match: regex.Match[str]) -> bool:
        return all(
            match.group(group) and document.knows(kind, match.group(group))
            for group, kind in self.card.where.items()
        )

    def _finding(self, document: Document, match: regex.Match[str], confidence: float) -> Finding | None:
        card = self.card
        start, end = match.span()
        matched = match.group()
        if card.scope == "line":
            start += len(matched) - len(matched.lstrip())
            end -= len(matched) - len(matched.rstrip())
            matched = document.text[start:end]
        fixes: list[Fix] = []
        for template in self.templates:
            try:
                replacement = template.fill(match)
            except LookupError:
                return None
            if card.keep_case and matched[:1].isupper():
                replacement = replacement[:1].upper() + replacement[1:]
            if replacement == matched:
                return None
            if card.delete and card.scope == "line" and not replacement:
                fixes.append(Fix((document.line_deletion(start),)))
            else:
                fixes.append(Fix((Edit(start, end, replacement),)))
        return Finding(
            rule=card.id,
            name=card.name,
            category=card.category,
            start=start,
            end=end,
            text=matched,
            message=_message(card, match),
            applicability=card.applicability if fixes else Applicability.DISPLAY,
            confidence=confidence,
            fixes=tuple(fixes),
        )


def _joined(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Return the starts and the ends of spans, those that overlap or touch made one."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _message(card: Card, match: regex.Match[str]) -> str:
    if "{" not in card.text:
        return card.text
    try:
        return Template(card.text, card.tables).fill(match)
    except (ValueError, LookupError):
        return card.text
