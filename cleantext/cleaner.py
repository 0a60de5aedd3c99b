"""The one place where all the parts meet: configuration in, reports out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

import msgspec

from cleantext import checks, fixing, native, safe, transfer
from cleantext.article import Article, Meta, as_article
from cleantext.checks.damage.signs import SIGNS
from cleantext.configuration import Configuration
from cleantext.document import Corpus, Document
from cleantext.finding import Applicability, Finding
from cleantext.fingerprint import with_fingerprints
from cleantext.fixing import Apply, Looked, Wishes
from cleantext.hits import finding_of
from cleantext.inspection import TOGETHER, Inspection, go_together, windows
from cleantext.matching import PatternEngine
from cleantext.report import Fixed, Quality, Remeasured, Report, measured
from cleantext.rooms import CAREFUL, Rooms
from cleantext.rulebook import Band, Card, load, shipped
from cleantext.rulebook.calibration import confidences, load_records
from cleantext.rulebook.ledger import earned
from cleantext.rulebook.reading import read_of
from cleantext.rulebook.selection import check_chosen, check_selectors, matches
from cleantext.rulebook.selection import select as selected
from cleantext.rulefiles import rules_dir
from cleantext.workers import chunked, map_chunks

if TYPE_CHECKING:
    from cleantext.editor.answers import Answers, Request
    from cleantext.editor.findings import Editing

T = TypeVar("T")

CHUNK = 64  # articles handed to a worker at once


class Cleaner:
    """Compiled rules, ready for any number of articles. Picklable; threads may share one."""

    def __init__(
        self,
        config: Configuration | None = None,
        *,
        select: Sequence[str] | None = None,
        ignore: Sequence[str] | None = None,
        min_confidence: float | None = None,
        corpus: Corpus | None = None,
        answers: Answers | None = None,
    ) -> None:
        """Make a cleaner.

        ``select`` and ``ignore`` take categories, rule ids or id prefixes and go
        before those of ``config``; the category ``style`` runs only where it is selected. ``min_confidence`` (a probability, 0.5 unless
        said) hides findings that are less sure. ``corpus`` is what
        ``cleantext index`` kept. ``answers`` is who answers for the model editor, in
        place of what the configuration names.

        Raises ValueError for an unknown rule and RuleError for a broken rule file.
        """
        native.warn()
        config = config or Configuration()
        if isinstance(select, str) or isinstance(ignore, str):
            raise TypeError('select and ignore take a list of rules or categories: select=["boilerplate"]')
        changes: dict[str, Any] = {}
        if select is not None:
            changes["select"] = tuple(select)
        if ignore is not None:
            changes["ignore"] = tuple(ignore)
        if min_confidence is not None:
            changes["min_confidence"] = _probability(min_confidence)
        self.configuration = msgspec.structs.replace(config, **changes)
        self.corpus = corpus
        all_cards = load(Path(path) for path in self.configuration.rules)
        records = load_records(rules_dir() / "calibration.toml")
        c = self.configuration
        if c.languagetool.enabled:
            from cleantext.checks.languagetool import rules as languagetool

            all_cards = (*all_cards, *languagetool.cards(c.select))
            records = {**records, **languagetool.records()}
        elif any(s == "languagetool" or s.startswith("LT") for s in c.select):
            raise ValueError(
                "LanguageTool's rules run only where it is asked: "
                "give --languagetool, or write enabled = true under [languagetool]"
            )
        if not (c.editor.enabled or answers is not None) and any(
            s == "editor" or s.startswith("ED") for s in c.select
        ):
            raise ValueError(
                "The model editor runs only where it is asked: give --editor, or --editor-replay FILE with recorded replies"
            )
        check_chosen((*c.select, *c.extend_select), all_cards)
        check_selectors((*c.ignore, *c.promote, *c.demote, *c.display), all_cards)
        self.min_confidence = c.shown_from
        known = tuple(all_cards)
        editing = c.editor.enabled or answers is not None
        if not editing:
            all_cards = tuple(card for card in all_cards if card.category != "editor")
        self.cards: Mapping[str, Card] = {
            card.id: card for card in selected(all_cards, c.select, c.ignore, c.extend_select)
        }
        self.editing = {card.id: card for card in self.cards.values() if card.check == "editor"}
        """The cards of the model editor; empty where nobody asked for it."""
        self._answers = answers
        if self.editing and answers is None:
            from cleantext.editor.answering import answering

            self._answers = answering(c.editor)
        self.checks: dict[str, dict[str, Card]] = {}
        """Check name -> the selected cards that name it."""
        # Boilerplate goes first: it takes a copy of every line, while the names have not taken their memory yet.
        for card in sorted(self.cards.values(), key=lambda card: card.check != "boilerplate"):
            if card.check is not None and card.check != "editor":
                self.checks.setdefault(card.check, {})[card.id] = card
        self._shipped = frozenset(card.id for card in shipped())
        self.engine = PatternEngine(
            self.cards.values(),
            time_limit=c.rule_time_limit,
            trusted=self._shipped,
            gates={name: gate for name in self.checks if (gate := checks.gate(name))},
            signs=SIGNS if self.checks else None,
        )
        self._confidence: dict[str, Mapping[Band, float]] = {}
        for card in self.cards.values():
            bands = records.get(card.id, {})
            self._confidence[card.id] = confidences(card, bands, read_of(card))
        self._rooms = Rooms(
            self.engine,
            self.checks,
            self.configuration,
            known=known,
            cards=self.cards,
            confidences=self._confidence,
            applicability={card.id: self._allowed(card) for card in self.cards.values()},
            corpus=corpus is not None,
        )

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the configuration; the rules are compiled again on the other side."""
        given = None if self.configuration.editor.enabled else self._answers
        return (_rebuild, (self.configuration, self.corpus, given))

    def for_workers(self) -> tuple[Cleaner, tuple[str, ...]]:
        """Return a cleaner to hand to other processes of this machine, and what they will miss.

        Where LanguageTool is asked and no server is named, the one server is started
        here and its address goes along; where it cannot be, that is said once, here.
        """
        asked = self.configuration.languagetool
        if "languagetool" not in self.checks or asked.server is not None:
            return self, ()
        from cleantext.checks.languagetool.service import OWN, SILENT, service

        missing: tuple[str, ...] = ()
        try:
            address = OWN + service(asked).address()
        except checks.CheckUnavailableError as error:
            address, missing = SILENT, (f"{error}; all articles are checked without it",)
        there = msgspec.structs.replace(
            self.configuration, languagetool=msgspec.structs.replace(asked, server=address)
        )
        return Cleaner(there, corpus=self.corpus), missing

    def _allowed(self, card: Card) -> Applicability:
        c = self.configuration
        if any(matches(card, s) for s in c.display):
            return Applicability.DISPLAY
        if any(matches(card, s) for s in c.demote):
            return max(card.applicability, Applicability.REVIEW, key=CAREFUL.index)
        if any(matches(card, s) for s in c.promote) and card.category not in safe.NEVER:
            return Applicability.SAFE if card.applicability is Applicability.REVIEW else card.applicability
        # What a user's own rule may do is the user's affair; LanguageTool's are never safe.
        return earned(card) if card.id in self._shipped else card.applicability

    def check(self, article: Article | str | Mapping[str, Any], **meta: Unpack[Meta]) -> Report:
        """Find what the rules find in one article; never raises on its content.

        Takes an :class:`Article`, a text (with ``title=``, ``date=`` …) or a mapping
        with a ``text``. Raises TypeError for anything else.
        """
        document = Document(as_article(article, **meta), self.corpus)
        return self._reported(self._rooms.inspected(document, self.min_confidence))

    def check_beside(
        self, things: Iterable[tuple[T, Article | None]]
    ) -> Iterator[tuple[T, Report | Exception | None]]:
        """Check what comes with an article, a few articles side by side: that takes less time than one after the other.

        Yields each thing, in order, with the report of its article, or the error that a rule made of that; None for
        one without. A few are read ahead, none where a server is asked: each of its answers is waited for.
        """
        together = 1 if self.editing or "languagetool" in self.checks else TOGETHER
        for window in windows(things, together, _length):
            documents = [Document(article, self.corpus) for _, article in window if article is not None]
            inspections = [self._rooms.inspection(document, self.min_confidence) for document in documents]
            errors = go_together((*self._rooms.all, self._reported), inspections)
            done = iter([errors.get(number, found.report) for number, found in enumerate(inspections)])
            for thing, article in window:
                yield thing, None if article is None else next(done)

    def _reported(self, inspection: Inspection) -> Report:
        """Report on an article that went through the rooms; the model editor is asked here."""
        document, findings, trouble = inspection.document, inspection.kept, tuple(inspection.trouble)
        editing: Editing | None = None
        if self.editing:
            findings, editing, more = self._edited(document, findings)
            trouble += more
        findings = with_fingerprints(document.article.text, findings)
        inspection.report = Report(document.article, findings, None, trouble, self, editing)
        return inspection.report

    def _edited(
        self, document: Document, findings: tuple[Finding, ...]
    ) -> tuple[tuple[Finding, ...], Editing, tuple[str, ...]]:
        """Put the model editor's findings to those of the rules, which say what it is asked about.

        It is asked about the original text only: what `fix` makes of it is for the rules to look at again.
        """
        from cleantext.editor.budget import price
        from cleantext.editor.check import propose

        assert self._answers is not None
        found = propose(document, self.editing, self._requests(document, findings), self._answers)
        proposals = [
            self._rooms.limited(document, finding)
            for hit in found.hits
            for finding in [
                finding_of(
                    document, self.editing[hit.rule], hit, lambda card: self._confidence[card.id]["garbled"]
                )
            ]
            if finding.confidence >= self.min_confidence
        ]
        every = sorted((*findings, *proposals), key=lambda f: (f.start, f.end, f.rule))
        asked = self.configuration.editor
        cost = price(asked, found.editing.tokens_in, found.editing.tokens_out)
        return tuple(every), msgspec.structs.replace(found.editing, cost=cost), found.trouble

    def _requests(self, document: Document, findings: Sequence[Finding]) -> tuple[Request, ...]:
        from cleantext.editor.omissions import omissions
        from cleantext.editor.passages import passages
        from cleantext.editor.requests import requests

        asked = self.configuration.editor
        chosen = passages(document, findings, which=asked.which, unit=asked.unit)
        return requests(document, chosen) + omissions(document, asked.which)

    @property
    def asks_a_server(self) -> bool:
        """Whether a check may ask a server of a language model."""
        editor = self.configuration.editor
        return bool(self.editing) and editor.enabled and editor.replay is None and not editor.only_cached

    def editor_requests(self, article: Article) -> tuple[Request, ...]:
        """Return what the model editor would be asked about an article; nobody is asked."""
        document = Document(article, self.corpus)
        return self._requests(document, self._findings(document, self.min_confidence)[0])

    def check_many(
        self, articles: Iterable[Article | str | Mapping[str, Any]], *, jobs: int = 1
    ) -> Iterator[Report]:
        """Check many articles, in order; ``jobs`` processes share the work where it is over 1.

        A few articles are read ahead. Where the model editor asks a server one process does the work, so that the
        limits of a run hold.
        """
        if jobs <= 1 or self.asks_a_server:
            for _, report in self.check_beside((None, as_article(article)) for article in articles):
                if not isinstance(report, Report):
                    raise report or AssertionError
                yield report
            return
        chunks = chunked((as_article(article) for article in articles), CHUNK)
        cleaner, missing = self.for_workers()
        waiting: deque[list[Article]] = deque()
        parts = map_chunks(
            _check_chunk,
            transfer.noted(chunks, waiting),
            jobs=jobs,
            initializer=_start_worker,
            initargs=(cleaner,),
        )
        for part in parts:
            for article, (findings, trouble), editing in zip(
                waiting.popleft(), transfer.checked(part), part.editing, strict=True
            ):
                yield Report(article, findings, None, (*missing, *trouble), self, editing)
                missing = ()

    def _findings(
        self, document: Document, min_confidence: float, *, naive: bool = False
    ) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        done = self._rooms.inspected(document, min_confidence, naive=naive)
        return done.kept, tuple(done.trouble)

    def quality(self, article: Article, findings: Sequence[Finding]) -> Quality:
        """Work out what a pipeline would filter on."""
        types = (card.mqm for f in findings if (card := self.cards.get(f.rule)) is not None and card.mqm)
        return measured(Document(article, self.corpus), findings, types)

    def fix(
        self,
        article: Article | str | Mapping[str, Any],
        *,
        apply: Apply = "safe",
        min_confidence: float = 0.0,
        accept: Callable[[Finding], Finding | None] | None = None,
        refuse: Callable[[Finding], bool] | None = None,
        report: Report | None = None,
        **meta: Unpack[Meta],
    ) -> Fixed:
        """Apply fixes until nothing changes, at most ten times.

        ``safe`` fixes are applied, with ``apply="review"`` also those of review
        findings at least ``min_confidence`` sure. ``accept`` may take a further
        finding by giving it back (its fix edited, if a person wished so), or None;
        it is asked about safe ones too. What ``refuse`` says of is left alone, however safe.
        Findings of later passes are mapped back to the original text; where their
        edit touches an earlier one both carry the one edit that came of them.
        """
        if apply not in ("safe", "review"):
            raise ValueError(f'apply must be "safe" or "review", not {apply!r}')
        article = as_article(article, **meta)

        def look(text: str) -> Looked:
            document = Document(msgspec.structs.replace(article, text=text), self.corpus)
            return Looked(document, *self._findings(document, self.min_confidence))

        wishes = Wishes(apply, min_confidence, accept, refuse)
        first = self.check(article) if report is None else report
        fixed = fixing.fix(first, Document(article, self.corpus), wishes, look, self._rooms.listed)
        return fixed if first.editing is None else self._remeasured(first, first.editing, fixed)

    def _remeasured(self, first: Report, editing: Editing, fixed: Fixed) -> Fixed:
        """Add what the model editor did, and the quality before and after, the text checked by every rule once more."""
        found = [finding for finding in first.findings if finding.category != "editor"]
        before = self.quality(first.article, found)
        after = before
        if fixed.text != first.article.text:
            article = msgspec.structs.replace(first.article, text=fixed.text)
            again, _ = self._findings(Document(article, self.corpus), self.min_confidence)
            after = self.quality(article, again)
        return msgspec.structs.replace(fixed, editing=editing, quality=Remeasured(before, after))


def _probability(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(f"min_confidence is a probability between 0 and 1, not {value}")
    return value


def _length(thing: tuple[object, Article | None]) -> int:
    return 0 if thing[1] is None else len(thing[1].text)


def _rebuild(configuration: Configuration, corpus: Corpus | None, answers: Answers | None = None) -> Cleaner:
    return Cleaner(configuration, corpus=corpus, answers=answers)


_worker: Cleaner | None = None


def _start_worker(cleaner: Cleaner) -> None:
    global _worker
    _worker = cleaner


def _check_chunk(articles: list[Article]) -> transfer.Part:
    assert _worker is not None
    return transfer.packed(list(_worker.check_many(articles)))
