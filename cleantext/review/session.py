"""A person's sitting at the queue: what page and prompt have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from cleantext.article import Article
from cleantext.batch.reading import Source
from cleantext.batch.scope import Scope
from cleantext.cleaner import Cleaner
from cleantext.document import Document
from cleantext.files import is_there
from cleantext.finding import Finding
from cleantext.report import Fixed
from cleantext.review import events, intervals, keys, places, trust
from cleantext.review.database import Item
from cleantext.review.decisions import Decisions, span_of
from cleantext.review.events import Event
from cleantext.review.queue import Filters, Sample, sample
from cleantext.review.store import Store
from cleantext.rulebook import Card

if TYPE_CHECKING:
    from cleantext.review.offswitch import OffSwitch

FEW = 20
"""Decisions below which a bound says little more than that there are few."""

Answer = Literal["accept", "reject", "edit", "unsure"]
"""What a person says of a finding."""


class Applied(msgspec.Struct, frozen=True):
    """What an application of fixes did: articles changed, and what went wrong."""

    changed: int
    failures: tuple[str, ...] = ()


class RuleRecord(msgspec.Struct, frozen=True):
    """How a rule was decided, and what that makes of it."""

    rule: str
    card: Card | None
    record: trust.Record
    why: str
    left: int
    changed: int  # decisions that were made about the rule as it was before


class GoneError(Exception):
    """No finding is left of all that a person decided: each was written, or went with its rule or its text."""


class TooFewReadError(Exception):
    """A group was to be decided before its sample was read; ``missing`` findings of it remain."""

    def __init__(self, missing: int) -> None:
        """Say how many."""
        super().__init__(f"{missing} of the sample still to read")
        self.missing = missing


class Session:
    """A store, the cleaner it was scanned with, and the person who decides."""

    def __init__(
        self,
        store: Store,
        cleaner: Cleaner,
        *,
        who: str,
        scan: int,
        share: float = 0.9,
        apply: Callable[[], Applied] | None = None,
    ) -> None:
        """``share`` of a group shall be right, at 95 %, before it is decided in one go."""
        self.store = store
        self.cleaner = cleaner
        self.who = who
        self.scan = scan
        self.share = share
        self.apply = apply
        self.off: OffSwitch | None = None
        """Where a person may say that something is not to be found again; None where nobody may."""
        self.put_back: Callable[[], Applied] | None = None
        """Takes what was applied last out of the files again; None where there is nothing to take back."""
        self._events: dict[str, list[tuple[int, Event]]] = {}

    def version(self, rule: str) -> str:
        """Return the version of a rule as it is now."""
        card = self.cleaner.cards.get(rule)
        return keys.rule_version(card) if card else self.store.versions().get(rule, "")

    def article(self, item: Item) -> Article:
        """Return the article of a finding, as it was when it was read."""
        article = self.store.article(item.document_id)
        assert article is not None
        return article

    def document(self, item: Item) -> Document:
        """Return the article of a finding as a document."""
        return Document(self.article(item), self.cleaner.corpus)

    def proposed(self, item: Item, document: Document) -> tuple[str, str]:
        """Return the text that a fix touches, and what it would write: what a person edits."""
        finding = item.finding
        start, end = span_of(finding)
        old = document.text[start:end]
        return old, written(document.text, finding)

    def decide(
        self,
        item: Item,
        verdict: Answer,
        *,
        seen: int | None = None,
        replacement: str | None = None,
        reason: str = "",
    ) -> Event:
        """Decide one finding. An edit that changes nothing is a rejection; one that is the proposal, an accept.

        Raises ConflictError where somebody decided since ``seen``.
        """
        verdict, replaced, replacement = self.meant(item, verdict, replacement)
        return self.store.decide(
            item,
            verdict,
            who=self.who,
            version=self.version(item.finding.rule),
            replaced=replaced,
            replacement=replacement,
            reason=reason,
            seen=seen,
        )

    def meant(
        self, item: Item, verdict: Answer, replacement: str | None
    ) -> tuple[Answer, str | None, str | None]:
        """Return what an answer comes to: the verdict, and for an edit the old words and the new ones."""
        if verdict != "edit":
            return verdict, None, None
        replaced, proposed = self.proposed(item, self.document(item))
        if replacement is None or replacement == replaced:
            return "reject", None, None
        if item.finding.fix is not None and replacement == proposed:
            return "accept", None, None
        return "edit", replaced, with_line_ends(replaced, proposed, replacement)

    def passage_of(self, item: Item) -> tuple[Item, ...]:
        """Return the model editor's findings about the same passage, in order; none for a finding of another rule.

        Their first piece of evidence is the passage.
        """
        place = _passage(item)
        if place is None:
            return ()
        others = self.store.items("f.document = ?", (item.document_id,))
        return tuple(
            sorted((o for o in others if _passage(o) == place), key=lambda o: (o.finding.start, o.id))
        )

    def decide_passage(self, items: Iterable[Item], taken: Collection[int], seen: Mapping[int, int]) -> None:
        """Accept those of a passage's findings whose numbers are ``taken`` and reject the others, as one action.

        Raises ConflictError where somebody decided one since its number in ``seen``.
        """
        batch = events.new_uid()
        for item in items:
            self.store.decide(
                item,
                "accept" if item.id in taken else "reject",
                who=self.who,
                version=self.version(item.finding.rule),
                batch=batch,
                seen=seen.get(item.id, item.seq),
            )

    def sample(self, group: str) -> Sample:
        """Draw what must be read of a group."""
        return sample(self.store, group, Filters(scan=self.scan), self.share)

    def decide_group(
        self,
        example: Item,
        verdict: Literal["accept", "reject"],
        read: set[int],
        *,
        seen: int | None,
        reason: str = "",
    ) -> Event:
        """Decide a group of which the findings numbered ``read`` were read.

        Raises TooFewReadError where the sample is not among them, ConflictError where
        somebody decided since ``seen``.
        """
        drawn = self.sample(example.group).drawn
        missing = [one for one in drawn if one.id not in read]
        if missing:
            raise TooFewReadError(len(missing))
        return self.store.decide_group(
            example,
            drawn,
            verdict,
            who=self.who,
            version=self.version(example.finding.rule),
            reason=reason,
            seen=seen,
        )

    def undo(self) -> list[Event]:
        """Undo this person's latest action of which a finding is left; see :func:`undo`."""
        return undo(self.store, self.who)

    def decisions(self, document_id: int) -> Decisions:
        """Return the decisions that bear on one article."""
        return Decisions(
            events.latest(self.store.events_for(document_id)),
            root=places.root_of(self.store.path),
            cards=self.cleaner.cards,
        )

    def fixed(self, document_id: int) -> Fixed | None:
        """Return an article of the store as ``fix`` would leave it now; None where there is none."""
        one = self.store.stored(document_id)
        if one is None:
            return None
        decisions = self.decisions(document_id)
        source = Source(one.path, one.line, one.article)
        ignored = Scope(per_file=self.cleaner.configuration.per_file).ignores(source)
        refused = decisions.refuses(one.name)
        return self.cleaner.fix(
            one.article,
            apply="safe",
            accept=decisions.accepts(one.name),
            refuse=lambda finding: ignored(finding) or refused(finding),
        )

    def _events_of(self, rule: str) -> list[Event]:
        """The events about a rule, read once and then only what is new."""
        known = self._events.setdefault(rule, [])
        known += self.store.events_since(rule, known[-1][0] if known else 0)
        return [event for _, event in known]

    def record(self, rule: str) -> RuleRecord:
        """Return a rule's record and what it makes of the rule."""
        card = self.cleaner.cards.get(rule)
        version = self.version(rule)
        held = [e for e in events.standing(self._events_of(rule)) if e.was_read]
        current = [e for e in held if e.version == version]
        counted = trust.record(current)
        wanted = self.cleaner.configuration.review.trust
        if wanted is None or card is None:
            why = _without_trust(counted)
        else:
            latest = trust.record(current, latest=trust.WINDOW * wanted.min_decisions)
            why = trust.judge(card, latest, wanted).why
        left = self.store.db.execute(
            f"select count(*) from {self.store.findings()} join documents d on d.id = f.document where {waits(self.store)}",
            (rule, self.scan),
        ).fetchone()[0]
        return RuleRecord(rule, card, counted, why, left, len(held) - len(current))

    def records(self) -> list[RuleRecord]:
        """Return the record of every rule that has findings or decisions, those with most left first."""
        rules = {
            row[0] for row in self.store.db.execute(f"select distinct rule from {self.store.findings()}")
        }
        rules |= {row[0] for row in self.store.db.execute("select distinct rule from events")}
        return sorted((self.record(rule) for rule in rules), key=lambda r: (-r.left, r.rule))

    def keep_decisions(self, rule: str) -> int:
        """Confirm every earlier decision on a rule that has changed since; return how many."""
        stale = self.store.items("f.rule = ? and f.state = 'stale' and d.scan >= ?", (rule, self.scan))
        batch = events.new_uid()
        groups: set[str] = set()
        kept = 0
        for item in stale:
            old = self.store.event(item.seq)
            if old is None or old.verdict == "undo":
                continue
            kept += 1
            if old.scope == "occurrence":
                self.store.decide(
                    item,
                    old.verdict,
                    who=self.who,
                    version=self.version(rule),
                    replaced=old.replaced,
                    replacement=old.replacement,
                    reason=old.reason,
                    batch=batch,
                )
            elif item.group not in groups:
                groups.add(item.group)
                self.store.decide_group(
                    item, (), old.verdict, who=self.who, version=self.version(rule), batch=batch
                )
        return kept


def waits(store: Store) -> str:
    """Return the SQL condition on findings ``f`` of documents ``d`` that wait for who sits at a store.

    Its values are a rule and a scan.
    """
    states = ", ".join(f"'{state}'" for state in store.todo)
    return f"f.rule = ? and f.state in ({states}) and f.applicability != 'safe' and d.scan >= ?"


def undo(store: Store, who: str) -> list[Event]:
    """Undo a person's latest action of which a finding is left, and return the undoings; none where nothing is decided.

    Those whose findings are gone are passed over: to undo them would only falsify the record. Raises GoneError
    where all of them are.
    """
    last = store.last_to_undo(who)
    if last is not None:
        return store.undo(last, who=who)
    if store.last_decision(who) is not None:
        raise GoneError("what was decided was written, or its finding is gone")
    return []


def _passage(item: Item) -> tuple[int, int] | None:
    finding = item.finding
    if finding.category != "editor" or not finding.evidence:
        return None
    return finding.evidence[0].start, finding.evidence[0].end


def _without_trust(counted: trust.Record) -> str:
    if not counted.total:
        return "Nobody has read and decided one of its findings yet."
    more = intervals.needed(0.98, counted.total - counted.accepted)
    sure = f"right in at least {100 * counted.lower:.0f} % of cases (95 % sure)"
    return (
        f"{counted.accepted} of {counted.total} accepted as proposed: "
        f"{'too few to say how often it is right' if counted.total < FEW else sure}. {more} decisions with {'no more' if counted.total > counted.accepted else 'none'} "
        "against it would show 98 %."
    )


def written(text: str, finding: Finding) -> str:
    """Return what stands in the span of a finding's best fix once it is applied; the flagged text without one."""
    if finding.fix is None:
        return finding.text
    parts, at = [], finding.fix.start
    for edit in finding.fix.edits:
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join(parts)


def reviewer() -> str:
    """Return the name of the person at this machine."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def store_for(path: Path, copy: bool = True, *, who: str = "") -> tuple[Store, int]:
    """Open or make a store, take in what the committed copy beside it says, and return how many were new.

    A reviewer of the store, named by ``who``, gets their own view of it (:func:`cleantext.review.seats.seat`).
    """
    from cleantext.review import exchange
    from cleantext.review.seats import seat

    store = seat(path, who) if who else Store(path)
    added = 0
    beside = places.copy_of(path)
    if copy and is_there(beside):
        added = len(store.add(exchange.read(beside)))
    return store, added


def with_line_ends(replaced: str, proposed: str, written: str) -> str:
    """Put words written for a line that was to go between the line ends that would have gone with it."""
    if proposed.strip("\r\n") or not written.strip():
        return written
    head = replaced[: len(replaced) - len(replaced.lstrip("\r\n"))]
    tail = replaced[len(replaced.rstrip("\r\n")) :]
    return (
        head * (not written.startswith(("\r", "\n"))) + written + tail * (not written.endswith(("\r", "\n")))
    )
