"""What people decided, ready to be asked about any finding.

This is all that ``check`` and ``fix`` need: it reads a store or its committed copy
once, holds plain dictionaries (so it can be pickled to workers), and costs nothing
where there is no store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from cleantext.article import Article
from cleantext.finding import Edit, Finding, Fix
from cleantext.review import events, keys, places
from cleantext.review.events import Event
from cleantext.review.standing import Standing
from cleantext.rulebook import Card

Answer = Literal["accept", "reject", "unsure", "stale"]


class Decisions:
    """Decisions that hold, by article and finding, and by group; specific ones go before general ones."""

    def __init__(
        self,
        said: Iterable[Event] = (),
        *,
        root: Path | None = None,
        cards: Mapping[str, Card] | None = None,
    ) -> None:
        """Hold decisions, as :func:`events.latest` yields them; ``cards`` tell which were made about a rule as it no longer is."""
        self._standing = Standing(said)
        self.root = root
        self._versions: dict[str, str] = {}
        rules = {e.rule for e in self}
        for rule in rules & set(cards or ()):
            assert cards is not None
            self._versions[rule] = keys.rule_version(cards[rule])

    @classmethod
    def load(cls, store: Path | None, cards: Mapping[str, Card] | None = None) -> Decisions:
        """Read a store, and the committed copy beside it; with None, nothing is read or imported.

        ``cards`` are those of the cleaner: without them no decision is ever stale.
        Raises ValueError for a file that is neither.
        """
        if store is None:
            return cls()
        from cleantext.review import exchange

        read = exchange.read_all(store)
        return cls(events.latest(read), root=places.root_of(store), cards=cards)

    def __iter__(self) -> Iterator[Event]:
        yield from self._standing

    def __len__(self) -> int:
        return len(self._standing)

    def document_id(self, path: str, line: int | None, article: Article) -> str:
        """Name an article as the store does."""
        return keys.document_id(path, line, article, self.root)

    def event(self, document: str, finding: Finding) -> Event | None:
        """Return the decision that counts for a finding: the specific one first, but one that holds before a stale one."""
        if not self:
            return None
        single = self._standing.single(document, finding.fingerprint)
        if single is not None and not self.is_stale(single, finding):
            return single
        group = self._standing.group(keys.group_key(finding)) if self._standing.has_groups else None
        if group is not None and (single is None or not self.is_stale(group, finding)):
            return group
        return single

    def is_stale(self, event: Event, finding: Finding) -> bool:
        """Say whether a person must confirm a decision: the rule changed, or it proposes something else now."""
        version = self._versions.get(event.rule)
        if version is not None and version != event.version:
            return True
        return event.verdict in ("accept", "edit") and event.proposal != keys.proposal(finding)

    def verdict(self, document: str, finding: Finding) -> Answer | None:
        """Say what was decided about a finding; an edit is an accept, "stale" asks to be confirmed."""
        event = self.event(document, finding)
        if event is None:
            return None
        if self.is_stale(event, finding):
            return "stale"
        match event.verdict:
            case "accept" | "edit":
                return "accept"
            case "reject":
                return "reject"
        return "unsure"

    def hides(self, document: str, finding: Finding) -> bool:
        """Say whether ``check`` stays silent: the finding was rejected, and the rule is as it was."""
        return self.verdict(document, finding) == "reject"

    def __bool__(self) -> bool:
        return len(self._standing) > 0

    def accepts(self, document: str) -> Callable[[Finding], Finding | None]:
        """Return what ``Cleaner.fix`` asks: an accepted finding, its fix edited where a person did so, else None."""

        def accepted(finding: Finding) -> Finding | None:
            event = self.event(document, finding)
            if event is None or self.is_stale(event, finding):
                return None
            if event.verdict == "accept":
                return finding
            return edited(finding, event) if event.verdict == "edit" else None

        return accepted

    def refuses(self, document: str) -> Callable[[Finding], bool]:
        """Return what holds a fix back, ``safe`` ones too: a person said no or was unsure, also of the rule as it was.

        Of several who were asked apart one is enough, until it is settled.
        """

        def refused(finding: Finding) -> bool:
            event = self.event(document, finding)
            if event is None:
                doubted = self._standing.is_doubted(document, finding.fingerprint)
                return doubted or self._standing.is_left_alone(document, finding)
            return event.verdict in ("reject", "unsure")

        return refused


def edited(finding: Finding, event: Event) -> Finding:
    """Return a finding with the person's own words in place of its proposal."""
    start, end = span_of(finding)
    return msgspec.structs.replace(finding, fixes=(Fix((Edit(start, end, event.replacement or ""),)),))


def span_of(finding: Finding) -> tuple[int, int]:
    """Return the span that a person's edit replaces: what the best fix touches, else the flagged words."""
    return (finding.fix.start, finding.fix.end) if finding.fix else (finding.start, finding.end)
