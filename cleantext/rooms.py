"""The rooms that every article goes through: patterns, each check, and what becomes of all that they find."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

import msgspec

from cleantext import checks, safe
from cleantext.checks.damage.signs import signs
from cleantext.checks.translation.rivals import without_rivals
from cleantext.configuration import Configuration
from cleantext.document import SHORT, Document
from cleantext.document.language import Language
from cleantext.finding import Applicability, Finding
from cleantext.hits import believed, finding_of, idle_comments, touches, without_idle_fixes, without_ignored
from cleantext.inspection import Inspection
from cleantext.matching import PatternEngine
from cleantext.rulebook import Band, Card
from cleantext.rulebook.calibration import SAFE_BOUND

UNSURE = "the article does not read like raw machine translation"
"""Why a rule that leans on garble waits for review."""
CAREFUL = tuple(Applicability)
"""From the least careful to the most."""
_REMEMBERED = 512
"""Languages, and choices of what has nothing to say, of which it is kept what follows from them."""


class Rooms:
    """Selected rules in the order in which they are asked. Only read, so threads may share it."""

    def __init__(
        self,
        engine: PatternEngine,
        asked: Mapping[str, Mapping[str, Card]],
        configuration: Configuration,
        *,
        known: Sequence[Card],
        cards: Mapping[str, Card],
        confidences: Mapping[str, Mapping[Band, float]],
        applicability: Mapping[str, Applicability],
        corpus: bool,
    ) -> None:
        """Take what a cleaner made of its configuration.

        ``asked`` are the checks and the cards that name them, ``known`` all cards that there are, ``cards`` the selected
        ones by id; ``confidences`` and ``applicability`` are theirs. ``corpus`` is whether there is an index of one.
        """
        self._engine = engine
        self._checks = asked
        self._configuration = configuration
        self._known = known
        self._cards = cards
        self._confidences = confidences
        self._applicability = applicability
        self._idle, self._idle_beside_original = (
            frozenset(
                name
                for name in asked
                if checks.is_idle(name, configuration, corpus=corpus, original=original)
            )
            for original in (False, True)
        )
        """Checks that have nothing to say, of an article alone and of one with its original."""
        self._leaning = {
            name
            for name, some in asked.items()
            # LanguageTool is asked all the same: whoever wants it is told where it is missing.
            if name != "languagetool" and any(card.leans_on_garble for card in some.values())
        }
        self._worth_asking: dict[tuple[str, Band, float], dict[str, Card]] = {}
        """Check, band and least confidence -> its cards of which a finding may be shown."""
        self._languages = frozenset(card.languages for card in cards.values() if card.languages)
        """For which languages cards hold, each choice once."""
        self._holding = lru_cache(maxsize=_REMEMBERED)(self._holding_in)
        self._silent = lru_cache(maxsize=_REMEMBERED)(self._silent_where)
        self.listed = frozenset(card.id for card in cards.values() if card.lines)
        """Rules that know a line by a list."""
        self.all: Sequence[Callable[[Inspection], object]] = (
            self._match,
            *(partial(self._ask, name) for name in asked),
            self._settle,
        )
        """The rooms, in order."""

    def inspection(self, document: Document, least: float, *, naive: bool = False) -> Inspection:
        """Return an article at the door; ``least`` is the lowest confidence that is shown, ``naive`` asks every rule."""
        return Inspection(document, self._confidences, least, naive=naive)

    def inspected(self, document: Document, least: float, *, naive: bool = False) -> Inspection:
        """Return an article that went through all rooms by itself."""
        inspection = self.inspection(document, least, naive=naive)
        self._match(inspection)
        for name in self._checks:
            if name not in inspection.silent:  # as most are
                self._ask(name, inspection)
        self._settle(inspection)
        return inspection

    def _match(self, inspection: Inspection) -> None:
        """Find what the pattern rules find, and note which checks may have something to say."""
        document, naive = inspection.document, inspection.naive
        # Which cards hold for the article's language; asked once an article.
        inspection.holding = self._holding(document.read_as)
        scan = None if naive else self._engine.scan(document.text, inspection.worth_it)
        inspection.silent = self._idle if document.article.original is None else self._idle_beside_original
        if scan is not None:
            if scan.signs is not None:
                document.notes[signs] = scan.signs
            inspection.silent = self._silent(inspection.silent, scan.silent, scan.signs)
            if not scan.rules:
                return

        def timed_out(card: Card) -> None:
            inspection.trouble.append(
                f"rule {card.id} ran over its time limit of {self._configuration.rule_time_limit:g} s and was left out"
            )

        inspection.found += self._engine.findings(
            document,
            inspection.confidence,
            inspection.worth_it,
            on_timeout=timed_out,
            naive=naive,
            scan=scan,
        )

    def _holding_in(self, language: Language) -> frozenset[tuple[str, ...]]:
        """Return the choices of languages that hold for one; all of them are always the same object."""
        holding = frozenset(chosen for chosen in self._languages if language.is_one_of(chosen))
        return self._languages if holding == self._languages else holding

    def _silent_where(
        self, idle: frozenset[str], gates: frozenset[str], here: frozenset[str] | None
    ) -> frozenset[str]:
        """Return the checks that have nothing to say where these gates are silent, and of the signs only these are here."""
        unsigned = () if here is None else [n for n, some in checks.SIGNS.items() if some.isdisjoint(here)]
        return idle.union(gates, unsigned)

    def _ask(self, name: str, inspection: Inspection) -> None:
        """Find what one check finds."""
        if name in inspection.silent:
            return
        document, cards = inspection.document, self._checks[name]
        if inspection.holding is not self._languages:
            cards = {rule: card for rule, card in cards.items() if inspection.worth_it(card)}
        elif name in self._leaning and not inspection.naive:
            key = (name, inspection.band(), inspection.least)
            if key not in self._worth_asking:
                self._worth_asking[key] = {
                    rule: card for rule, card in cards.items() if inspection.worth_it(card)
                }
            cards = self._worth_asking[key]
        if not cards:
            return
        try:
            for hit in checks.load(name)(document, cards, self._configuration):
                # Most checks find nothing, and a generator for each would take longer than asking it.
                inspection.found.append(finding_of(document, cards[hit.rule], hit, inspection.confidence))
        except checks.CheckUnavailableError as error:
            inspection.trouble.append(str(error))

    def _settle(self, inspection: Inspection) -> None:
        """Keep the findings that are to be shown, each allowed no more than its rule may do."""
        document, found = inspection.document, inspection.found
        if document.markup is not None:
            inspection.trouble += idle_comments(document, self._known)
        if not found:
            return
        changing = (made for finding in found if (made := without_idle_fixes(document.text, finding)))
        sure = (
            believed(document, finding, inspection.band, self._cards[finding.rule]) for finding in changing
        )
        found = [finding for finding in sure if finding.confidence >= inspection.least]
        if document.markup is not None:
            found = [finding for finding in found if not touches(document.markup, finding)]
            found = without_ignored(document, found)
        kept = without_rivals(
            [self.limited(document, finding) for finding in found], length=len(document.text)
        )
        if "prose-residue" in self._checks:
            from cleantext.checks.boilerplate import echoes

            kept = echoes.without_echoes(kept)
        kept = safe.agreed(document, kept, self.listed)
        if "languagetool" in self._checks:
            from cleantext.checks.languagetool.echoes import without_echoes

            kept = without_echoes(kept)
        kept.sort(key=lambda f: (f.start, f.end, f.rule))
        inspection.kept = tuple(kept)

    def limited(self, document: Document, finding: Finding) -> Finding:
        """Hold a finding to what its rule may do, and to what nothing may do unasked."""
        allowed = self._applicability[finding.rule]
        card = self._cards[finding.rule]
        own = finding.applicability
        # A promoted rule rises with its card; a finding that its check made more careful stays so.
        applicability = allowed if own is card.applicability else max(own, allowed, key=CAREFUL.index)
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
