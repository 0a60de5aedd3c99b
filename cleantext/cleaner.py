"""The one place where all the parts meet: configuration in, reports out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Unpack, cast

import msgspec

from cleantext import checks, edits, native, safe
from cleantext.article import Article, Meta, is_date
from cleantext.checks.damage.signs import SIGNS, signs
from cleantext.checks.translation.rivals import without_rivals
from cleantext.configuration import DEFAULT_MIN_CONFIDENCE, Configuration
from cleantext.document import SHORT, Corpus, Document
from cleantext.document.markdown import Regions
from cleantext.finding import Applicability, Finding, Fix, severities
from cleantext.fingerprint import with_fingerprints
from cleantext.matching import PatternEngine
from cleantext.report import Fixed, Quality, Report
from cleantext.rulebook import Band, Card, load, shipped
from cleantext.rulebook.calibration import SAFE_BOUND, confidences, load_records
from cleantext.rulebook.ledger import earned
from cleantext.rulebook.reading import read_of
from cleantext.rulebook.selection import check_chosen, check_selectors, matches, picks, select
from cleantext.rulefiles import rules_dir
from cleantext.workers import chunked, map_chunks

if TYPE_CHECKING:
    from cleantext.editor.answers import Answers, Request
    from cleantext.editor.findings import Editing

MAX_PASSES = 10
CHUNK = 64  # articles handed to a worker at once

UNSURE = "the article does not read like raw machine translation"
"""Why a rule that leans on garble waits for review."""
QUOTED = 0.4
"""The most that a rule of translation believes of words in quotation marks in an article that does not read garbled."""
_CAREFUL = tuple(Applicability)
"""From the least careful to the most."""
_META = ("id", "title", "date", "url", "source", "lang", "original", "original_lang")
Apply = Literal["safe", "review"]


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
        self.min_confidence = DEFAULT_MIN_CONFIDENCE if c.min_confidence is None else c.min_confidence
        editing = c.editor.enabled or answers is not None
        if not editing:
            all_cards = tuple(card for card in all_cards if card.category != "editor")
        self.cards: Mapping[str, Card] = {card.id: card for card in select_cards(all_cards, c)}
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
        self._idle, self._idle_beside_original = (
            frozenset(
                name
                for name in self.checks
                if checks.is_idle(name, c, corpus=corpus is not None, original=original)
            )
            for original in (False, True)
        )
        """Checks that have nothing to say, of an article alone and of one with its original."""
        self._shipped = frozenset(card.id for card in shipped())
        self.engine = PatternEngine(
            self.cards.values(),
            time_limit=c.rule_time_limit,
            trusted=self._shipped,
            gates={name: gate for name in self.checks if (gate := checks.gate(name))},
            signs=SIGNS if self.checks else None,
        )
        self._leaning = {
            name
            for name, cards in self.checks.items()
            # LanguageTool is asked all the same: whoever wants it is told where it is missing.
            if name != "languagetool" and any(card.leans_on_garble for card in cards.values())
        }
        self._asked: dict[tuple[str, Band, float], dict[str, Card]] = {}
        """Check, band and least confidence -> its cards of which a finding may be shown."""
        self._listed = frozenset(card.id for card in self.cards.values() if card.lines)
        """Rules that know a line by a list."""
        self._languages = frozenset(card.languages for card in self.cards.values() if card.languages)
        """For which languages cards hold, each choice once."""
        self._confidence: dict[str, Mapping[Band, float]] = {}
        self._applicability: dict[str, Applicability] = {}
        for card in self.cards.values():
            bands = records.get(card.id, {})
            self._confidence[card.id] = confidences(card, bands, read_of(card))
            self._applicability[card.id] = self._allowed(card)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the configuration; the rules are compiled again on the other side."""
        given = None if self.configuration.editor.enabled else self._answers
        return (_rebuild, (self.configuration, self.corpus, given))

    def for_workers(self) -> tuple[Cleaner, tuple[str, ...]]:
        """Give a cleaner to hand to other processes of this machine, and what they will miss.

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
            return max(card.applicability, Applicability.REVIEW, key=_CAREFUL.index)
        if any(matches(card, s) for s in c.promote) and card.category not in safe.NEVER:
            return Applicability.SAFE if card.applicability is Applicability.REVIEW else card.applicability
        # A user's own rule is his own affair; LanguageTool's are never safe.
        return earned(card) if card.id in self._shipped else card.applicability

    def check(self, article: Article | str | Mapping[str, Any], **meta: Unpack[Meta]) -> Report:
        """Find what the rules find in one article; never raises on its content.

        Takes an :class:`Article`, a text (with ``title=``, ``date=`` …) or a mapping
        with a ``text``. Raises TypeError for anything else.
        """
        article = as_article(article, **meta)
        document = Document(article, self.corpus)
        findings, trouble = self._findings(document, self.min_confidence)
        editing: Editing | None = None
        if self.editing:
            findings, editing, more = self._edited(document, findings)
            trouble += more
        return Report(article, with_fingerprints(article.text, findings), None, trouble, self, editing)

    def _edited(
        self, document: Document, findings: tuple[Finding, ...]
    ) -> tuple[tuple[Finding, ...], Editing, tuple[str, ...]]:
        """Put the model editor's findings to those of the rules, which say what it is asked about.

        It is asked about the original text only: what `fix` makes of it is for the rules to look at again.
        """
        from cleantext.editor.check import propose

        assert self._answers is not None
        found = propose(document, self.editing, self._requests(document, findings), self._answers)
        proposals = [
            self._limited(document, finding)
            for hit in found.hits
            for finding in [
                _finding(
                    document, self.editing[hit.rule], hit, lambda card: self._confidence[card.id]["garbled"]
                )
            ]
            if finding.confidence >= self.min_confidence
        ]
        every = sorted((*findings, *proposals), key=lambda f: (f.start, f.end, f.rule))
        return tuple(every), found.editing, found.trouble

    def _requests(self, document: Document, findings: Sequence[Finding]) -> tuple[Request, ...]:
        from cleantext.editor.passages import passages
        from cleantext.editor.requests import requests

        asked = self.configuration.editor
        return requests(document, passages(document, findings, which=asked.which, unit=asked.unit))

    @property
    def asks_a_server(self) -> bool:
        """Whether a check may ask a server of a language model."""
        editor = self.configuration.editor
        return bool(self.editing) and editor.enabled and editor.replay is None and not editor.only_cached

    def editor_requests(self, article: Article) -> tuple[Request, ...]:
        """Give what the model editor would be asked about an article; nobody is asked."""
        document = Document(article, self.corpus)
        return self._requests(document, self._findings(document, self.min_confidence)[0])

    def check_many(
        self, articles: Iterable[Article | str | Mapping[str, Any]], *, jobs: int = 1
    ) -> Iterator[Report]:
        """Check many articles, in order; ``jobs`` processes share the work where it is over 1.

        Where the model editor asks a server one process does, so that the limits of a run hold.
        """
        if jobs <= 1 or self.asks_a_server:
            yield from map(self.check, articles)
            return
        chunks = chunked((as_article(article) for article in articles), CHUNK)
        cleaner, missing = self.for_workers()
        for part in map_chunks(
            _check_chunk, chunks, jobs=jobs, initializer=_start_worker, initargs=(cleaner,)
        ):
            for article, findings, trouble, editing in part:
                yield Report(article, findings, None, (*missing, *trouble), self, editing)
                missing = ()

    def _findings(
        self, document: Document, min_confidence: float, *, naive: bool = False
    ) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        band = _Band(document)
        trouble: list[str] = []

        def confidence(card: Card) -> float:
            bands = self._confidence[card.id]
            return bands[band()] if card.leans_on_garble else bands["garbled"]

        def timed_out(card: Card) -> None:
            trouble.append(
                f"rule {card.id} ran over its time limit of {self.configuration.rule_time_limit:g} s and was left out"
            )

        # Which cards hold for the article's language; asked once an article.
        holding = frozenset(chosen for chosen in self._languages if document.is_in(chosen))

        def worth_it(card: Card) -> bool:
            if card.languages and card.languages not in holding:
                return False
            # A rule that leans on garble is not run where no finding of it would be shown.
            return naive or not card.leans_on_garble or self._confidence[card.id][band()] >= min_confidence

        scan = None if naive else self.engine.scan(document.text, worth_it)
        silent = scan.silent if scan else frozenset[str]()
        if scan is not None and scan.signs is not None:
            document.notes[signs] = scan.signs
        idle = self._idle if document.article.original is None else self._idle_beside_original
        found = list(
            self.engine.findings(document, confidence, worth_it, on_timeout=timed_out, naive=naive, scan=scan)
        )
        scan = None  # it holds the text as UTF-8
        here = None if naive else signs(document)
        for name, cards in self.checks.items():
            if here is not None and name in checks.SIGNS and here.isdisjoint(checks.SIGNS[name]):
                continue
            if name in silent or name in idle:
                continue
            if holding != self._languages:
                cards = {rule: card for rule, card in cards.items() if worth_it(card)}
            elif name in self._leaning and not naive:
                key = (name, band(), min_confidence)
                if key not in self._asked:
                    self._asked[key] = {rule: card for rule, card in cards.items() if worth_it(card)}
                cards = self._asked[key]
            if not cards:
                continue
            try:
                found.extend(
                    _finding(document, cards[hit.rule], hit, confidence)
                    for hit in checks.load(name)(document, cards, self.configuration)
                )
            except checks.CheckUnavailableError as error:
                trouble.append(str(error))
        if not found:
            return (), tuple(trouble)
        changing = (made for finding in found if (made := _without_idle_fixes(document.text, finding)))
        believed = (self._believed(document, finding, band) for finding in changing)
        found = [finding for finding in believed if finding.confidence >= min_confidence]
        if document.markup is not None:
            found = [finding for finding in found if not _touches(document.markup, finding)]
            found = _without_ignored(document, found)
        kept = without_rivals(
            [self._limited(document, finding) for finding in found], length=len(document.text)
        )
        if "prose-residue" in self.checks:
            from cleantext.checks.boilerplate import echoes

            kept = echoes.without_echoes(kept)
        kept = safe.agreed(document, kept, self._listed)
        if "languagetool" in self.checks:
            from cleantext.checks.languagetool.echoes import without_echoes

            kept = without_echoes(kept)
        kept.sort(key=lambda f: (f.start, f.end, f.rule))
        return tuple(kept), tuple(trouble)

    def _believed(self, document: Document, finding: Finding, band: _Band) -> Finding:
        """Doubt a rule of translation that changes what somebody said, unless the whole article reads garbled.

        Broken English between quotation marks is most often the speaker's.
        """
        if finding.category != "translation" or finding.confidence <= QUOTED or not finding.fixes:
            return finding
        if band() == "garbled" or not safe.changes_a_quoted_word(document, finding):
            return finding
        return msgspec.structs.replace(finding, confidence=QUOTED)

    def _limited(self, document: Document, finding: Finding) -> Finding:
        """Hold a finding to what its rule may do, and to what nothing may do unasked."""
        allowed = self._applicability[finding.rule]
        card = self.cards[finding.rule]
        own = finding.applicability
        # A promoted rule rises with its card; a finding that its check made more careful stays so.
        applicability = allowed if own is card.applicability else max(own, allowed, key=_CAREFUL.index)
        # What leans on garble is less sure in an article that reads otherwise, and a text too short to tell counts as
        # a person's; promotion stands.
        unsure = (
            card.leans_on_garble
            and own is Applicability.SAFE
            and (finding.confidence < SAFE_BOUND or len(document.text) < SHORT)
        )
        if not finding.fixes:
            applicability = Applicability.DISPLAY
        elif applicability is Applicability.SAFE and (
            reason := UNSURE if unsure else safe.held(document, card, finding)
        ):
            return safe.hold(finding, reason)
        if applicability is own and not (own is Applicability.DISPLAY and finding.fixes):
            return finding
        fixes = () if applicability is Applicability.DISPLAY else finding.fixes
        return msgspec.structs.replace(finding, applicability=applicability, fixes=fixes)

    def quality(self, article: Article, findings: Sequence[Finding]) -> Quality:
        """Work out what a pipeline would filter on."""
        document = Document(article, self.corpus)
        words = max(1, len(article.text.split()))
        counts = Counter(finding.category for finding in findings)
        types = Counter(
            card.mqm for f in findings if (card := self.cards.get(f.rule)) is not None and card.mqm
        )
        garble = document.garble
        return Quality(
            garble=round(garble.probability, 4),
            source_language=garble.language,
            language=document.language,
            per_1000_words={category: round(1000 * n / words, 3) for category, n in sorted(counts.items())},
            errors={kind: round(1000 * n / words, 3) for kind, n in sorted(types.items())},
            is_article=document.page_kind.article,
            fidelity=None if article.original is None else severities(findings, words),
        )

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
        text = article.text
        first = report or self.check(article)
        passes = edits.Passes(text)
        applied: list[Finding] = []
        losers: tuple[edits.Loser, ...] = ()
        trouble = list(first.trouble)
        seen = {text}
        findings: Sequence[Finding] = first.findings
        number = 0

        refused: list[Finding] = []
        """In places of the original text: what was refused stays protected in every pass."""

        def wanted(finding: Finding) -> Finding | None:
            if refuse and refuse(finding):
                return None
            if accept and (taken := accept(finding)):
                return taken
            if refused and any(safe.protects(r, _moved(passes, finding)) for r in refused):
                return None
            if finding.applicability is Applicability.SAFE:
                return finding
            asked = apply == "review" and finding.applicability is Applicability.REVIEW
            return finding if asked and finding.confidence >= min_confidence else None

        while True:
            if refuse:
                refused += [_moved(passes, f) for f in findings if refuse(f)]
            if number:
                findings = self._still_agreed(article, passes, applied, findings)
            choice = edits.choose([w for f in findings if (w := wanted(f))], length=len(passes.text))
            if number == 0:
                losers = choice.losers
            if not choice.chosen:
                break
            chosen_edits = choice.edits
            after = edits.applied(passes.text, chosen_edits)
            if after in seen or number == MAX_PASSES:
                names = ", ".join(sorted({f.rule for f in choice.chosen}))
                what = (
                    "undo each other" if after in seen else f"still change the text after {MAX_PASSES} passes"
                )
                trouble.append(f"rules {names} {what}; the text before that was kept")
                break
            seen.add(after)
            owners = {e: len(applied) + i for i, f in enumerate(choice.chosen) for e in f.fixes[0].edits}
            # Before the first pass the text is the original, and nothing has moved.
            here = [_moved(passes, finding) for finding in choice.chosen] if number else list(choice.chosen)
            passes.add(chosen_edits, owners.__getitem__)
            applied += here
            number += 1
            document = Document(msgspec.structs.replace(article, text=passes.text), self.corpus)
            raw, more = self._findings(document, self.min_confidence)
            trouble += [t for t in more if t not in trouble]
            findings = with_fingerprints(passes.text, raw) if accept or refuse else raw
        done = [
            msgspec.structs.replace(finding, fixes=(Fix(passes.edits_of(i)), *finding.fixes[1:]))
            for i, finding in enumerate(applied)
        ]
        done = list(with_fingerprints(text, sorted(done, key=lambda f: (f.start, f.end, f.rule))))
        gone = {(f.rule, f.start, f.end) for f in done}
        left = tuple(f for f in first.findings if (f.rule, f.start, f.end) not in gone)
        return Fixed(passes.text, tuple(done), left, losers, number, tuple(trouble))

    def _still_agreed(
        self, article: Article, passes: edits.Passes, applied: Sequence[Finding], findings: Sequence[Finding]
    ) -> Sequence[Finding]:
        """Hold back what a later pass would take, where it is too much together with what went before."""
        going = [f for f in findings if f.applicability is Applicability.SAFE and f.category == "boilerplate"]
        if not going:
            return findings
        gone = [f for f in applied if f.applicability is Applicability.SAFE]
        moved = [_moved(passes, finding) for finding in going]
        agreed = safe.agreed(Document(article, self.corpus), [*gone, *moved], self._listed)[len(gone) :]
        over = {id(f): a.held for f, a in zip(going, agreed, strict=True) if a.held}
        return [safe.hold(f, over[id(f)]) if id(f) in over else f for f in findings]


def _moved(passes: edits.Passes, finding: Finding) -> Finding:
    start, end = passes.to_original(finding.start, finding.end)
    evidence = tuple(
        msgspec.structs.replace(e, start=a, end=b, text=passes.original[a:b])
        for e in finding.evidence
        for a, b in [passes.to_original(e.start, e.end) if e.end > e.start else (0, 0)]
    )
    return msgspec.structs.replace(
        finding, start=start, end=end, text=passes.original[start:end], evidence=evidence
    )


class _Band:
    """How the document reads, asked for only by rules that lean on it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.band: Band | None = None

    def __call__(self) -> Band:
        if self.band is None:
            self.band = self.document.band
        return self.band


def _finding(document: Document, card: Card, hit: checks.Hit, confidence: Callable[[Card], float]) -> Finding:
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


def _without_ignored(document: Document, found: list[Finding]) -> list[Finding]:
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


def _without_idle_fixes(text: str, finding: Finding) -> Finding | None:
    """Leave out fixes after which the text is as before; None where the finding had only such.

    One that is offered would be applied, change nothing, and be offered for ever.
    """
    if not finding.fixes:
        return finding
    kept = tuple(
        fix for fix in finding.fixes if any(text[e.start : e.end] != e.replacement for e in fix.edits)
    )
    if len(kept) == len(finding.fixes):
        return finding
    return msgspec.structs.replace(finding, fixes=kept) if kept else None


def _touches(regions: Regions, finding: Finding) -> bool:
    """Say whether a finding is about what is no prose, or one of its fixes would change that."""
    if not finding.fixes:
        return regions.touching(finding.start, finding.end) is not None
    return any(regions.touching(e.start, e.end) is not None for fix in finding.fixes for e in fix.edits)


def as_article(article: Article | str | Mapping[str, Any], **meta: str | None) -> Article:
    """Make an article of a text or a mapping; raises TypeError or ValueError that says what to give."""
    date = meta.get("date")
    if date is not None and not (isinstance(date, str) and is_date(date)):
        raise ValueError(
            f"date must be ISO 8601, such as '2015-11-24', '2015-11' or '2015-11-24T08:30:00Z', not {date!r}"
        )
    if isinstance(article, Article):
        return msgspec.structs.replace(article, **meta) if meta else article
    if isinstance(article, str):
        unknown = set(meta) - {*_META, "markup"}
        if unknown:
            raise TypeError(f"unknown argument {min(unknown)!r}: known are {', '.join(_META)}, markup")
        if meta.get("markup") not in (None, "markdown"):
            raise ValueError(f'markup must be "markdown" or None, not {meta["markup"]!r}')
        return Article(text=article, **cast(dict[str, Any], meta))
    if isinstance(article, Mapping):
        if not isinstance(article.get("text"), str):
            raise TypeError("an article needs its text as a str under the key 'text'")
        known = {key: article[key] for key in _META if isinstance(article.get(key), str)}
        return Article(text=article["text"], **{**known, **meta})
    raise TypeError(
        f"an article is a str, a mapping with 'text' or cleantext.Article, not {type(article).__name__}"
    )


def select_cards(cards: Sequence[Card], configuration: Configuration) -> tuple[Card, ...]:
    """Give the cards that a configuration lets run."""
    return select(cards, configuration.select, configuration.ignore, configuration.extend_select)


def _probability(value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(f"min_confidence is a probability between 0 and 1, not {value}")
    return value


def _rebuild(configuration: Configuration, corpus: Corpus | None, answers: Answers | None = None) -> Cleaner:
    return Cleaner(configuration, corpus=corpus, answers=answers)


_worker: Cleaner | None = None


def _start_worker(cleaner: Cleaner) -> None:
    global _worker
    _worker = cleaner


def _check_chunk(
    articles: list[Article],
) -> list[tuple[Article, tuple[Finding, ...], tuple[str, ...], Editing | None]]:
    assert _worker is not None
    return [(r.article, r.findings, r.trouble, r.editing) for r in map(_worker.check, articles)]
