"""Fixes over passes: applied, looked at again, until nothing changes. Every edit is kept as one of the original text."""

from __future__ import annotations

import copy
from collections.abc import Callable, Container, Sequence
from typing import Literal, NamedTuple

import msgspec

from cleantext import edits, safe
from cleantext.document import Document
from cleantext.finding import Applicability, Finding, Fix
from cleantext.fingerprint import with_fingerprints
from cleantext.report import Fixed, Report

MAX_PASSES = 10

Apply = Literal["safe", "review"]


class Wishes(NamedTuple):
    """What is to be applied; see :meth:`cleantext.Cleaner.fix`."""

    apply: Apply = "safe"
    min_confidence: float = 0.0
    accept: Callable[[Finding], Finding | None] | None = None
    refuse: Callable[[Finding], bool] | None = None


class Looked(NamedTuple):
    """A text, what a check finds in it, and what went wrong."""

    document: Document
    findings: Sequence[Finding]
    trouble: Sequence[str]


def fix(
    first: Report, document: Document, wishes: Wishes, look: Callable[[str], Looked], listed: Container[str]
) -> Fixed:
    """Fix one article of which a check found what ``first`` says; to fix what is returned changes nothing.

    ``look`` checks a text that came of a pass; ``listed`` are the rules that know a line by a list.

    A later pass may find residue that is too much of the main text together with what went before. To leave that
    alone would not do: the next fix does not know what went, and takes it. So all residue of the main text comes
    back and waits while everything else is mended, and the text that comes of it is fixed as any other, until
    there is nothing else to mend: of that text the next fix finds the same again.
    """
    course = Course(Looked(document, first.findings, first.trouble), wishes, look, listed)
    while not course.run():
        waiting = course.back()
        began = waiting.text
        waiting.run()
        if waiting.text == began:
            return waiting.fixed()
        course = waiting.onward()
    return course.fixed()


class Course:
    """The course of one article through the passes."""

    def __init__(
        self, start: Looked, wishes: Wishes, look: Callable[[str], Looked], listed: Container[str]
    ) -> None:
        """Begin with what a check found."""
        self._wishes = wishes
        self._look = look
        self._listed = listed
        self._now = start
        self._passes = edits.Passes(start.document.text)
        self._applied: list[Finding] = []
        """In places of the original text, as what follows."""
        self._refused: list[Finding] = []
        """What was refused stays protected in every pass."""
        self._written: list[tuple[int, int]] = []
        """What a person wrote in place of a fix goes before every fix, and stays as it was written."""
        self._left: Sequence[Finding] | None = None
        """What was found in the original text, and may be left of it."""
        self._losers: tuple[edits.Loser, ...] = ()
        self._number = 0
        self._trouble = list(start.trouble)
        self._residue_waits = False
        """Whether no residue is taken from the main text."""
        self._measure()

    def _measure(self) -> None:
        """Let the present text say how much residue may go from here."""
        self._base = self._fork()
        self._since = edits.Passes(self.text) if self._passes.pieces else self._passes
        self._gone: list[Finding] = []
        """Residue that went since then, in places of that text."""

    def _fork(self) -> Course:
        other = copy.copy(self)
        other._passes, other._applied = copy.copy(self._passes), [*self._applied]
        other._refused, other._written = [*self._refused], [*self._written]
        other._trouble = [*self._trouble]
        return other

    def _begun(self, *, residue_waits: bool) -> Course:
        other = self._fork()
        other._residue_waits = residue_waits
        other._measure()
        return other

    @property
    def text(self) -> str:
        """The present text."""
        return self._passes.text

    @property
    def document(self) -> Document:
        """The present text as rules see it."""
        return self._now.document

    def run(self) -> bool:
        """Go on until nothing changes, at most `MAX_PASSES` times.

        False where residue would go that is too much of the main text together with what went.
        """
        seen = {self.text}
        while True:
            findings = self._now.findings
            if self._wishes.refuse:
                self._refused += [moved(self._passes, f) for f in findings if self._wishes.refuse(f)]
            if self._residue_waits:
                findings = self._without_main_text(findings)
            elif self._is_too_much(findings):
                return False
            own: list[Finding] = []
            wanted = [w for f in findings if (w := self._wanted(f, own))]
            choice = edits.choose(wanted, length=len(self.text), first=own)
            if self._left is None:
                self._left, self._losers = findings, choice.losers
            if not choice.chosen:
                return True
            after = edits.applied(self.text, choice.edits)
            if after in seen or self._number == MAX_PASSES:
                names = ", ".join(sorted({f.rule for f in choice.chosen}))
                ever = f"still change the text after {MAX_PASSES} passes"
                what = "undo each other" if after in seen else ever
                self._trouble.append(f"rules {names} {what}; the text before that was kept")
                return True
            seen.add(after)
            going = set(map(id, choice.chosen))
            self._written += [self._place(f.fixes[0]) for f in own if id(f) in going]
            self._apply(choice)
            self._now = self._looked_at()

    def back(self) -> Course:
        """Return the course from the text by which it was told how much residue may go; all residue of the main text waits there."""
        return self._base._begun(residue_waits=True)

    def onward(self) -> Course:
        """Return the course from here on, in which residue no longer waits."""
        return self._begun(residue_waits=False)

    def fixed(self) -> Fixed:
        """Return the fixed text with every edit that led to it."""
        done = [
            msgspec.structs.replace(finding, fixes=(Fix(self._passes.edits_of(i)), *finding.fixes[1:]))
            for i, finding in enumerate(self._applied)
        ]
        done.sort(key=lambda f: (f.start, f.end, f.rule))
        applied = tuple(with_fingerprints(self._passes.original, done))
        gone = {(f.rule, f.start, f.end) for f in applied}
        left = tuple(f for f in self._left or () if (f.rule, f.start, f.end) not in gone)
        return Fixed(self.text, applied, left, self._losers, self._number, tuple(self._trouble))

    def _looked_at(self) -> Looked:
        looked = self._look(self._passes.text)
        self._trouble += [t for t in looked.trouble if t not in self._trouble]
        if self._wishes.accept or self._wishes.refuse:
            return looked._replace(findings=with_fingerprints(self._passes.text, looked.findings))
        return looked

    def _wanted(self, finding: Finding, own: list[Finding]) -> Finding | None:
        """Return a finding as it is to be applied, None for one that is not; what a person wrote goes into ``own``, too."""
        wishes = self._wishes
        if wishes.refuse and wishes.refuse(finding):
            return None
        if self._written and finding.fix is not None:
            start, end = self._place(finding.fix)
            if any(start < last and first < end for first, last in self._written):
                return None
        if wishes.accept and (taken := wishes.accept(finding)):
            if taken.fixes != finding.fixes:
                own.append(taken)
            return taken
        if self._refused:
            original = moved(self._passes, finding)
            if any(safe.protects(refused, original) for refused in self._refused):
                return None
        if finding.applicability is Applicability.SAFE:
            return finding
        asked = wishes.apply == "review" and finding.applicability is Applicability.REVIEW
        return finding if asked and finding.confidence >= wishes.min_confidence else None

    def _place(self, fix: Fix) -> tuple[int, int]:
        """Return the span of a fix in the original text."""
        return self._passes.to_original(fix.start, fix.end)

    def _apply(self, choice: edits.Choice) -> None:
        begin = len(self._applied)
        owners = {e: begin + i for i, f in enumerate(choice.chosen) for e in f.fixes[0].edits}
        self._applied += _moved_all(self._passes, choice.chosen)
        self._gone += _moved_all(self._since, safe.residue(choice.chosen))
        self._passes.add(choice.edits, owners.__getitem__)
        if self._since is not self._passes:
            self._since.add(choice.edits, owners.__getitem__)
        self._number += 1

    def _is_too_much(self, findings: Sequence[Finding]) -> bool:
        """Say whether residue would go unasked that is too much of the main text together with what went before."""
        # Where none went before, the present text has said what is too much of it, as it would to the next fix.
        if not self._gone:
            return False
        going = [f for f in safe.residue(findings) if self._goes_unasked(f)]
        if not going:
            return False
        page = _is_whole_page(self.document)
        if page != _is_whole_page(self._base.document):
            # What is left of a page once its menus are gone may read as an article, with another main text.
            self._measure()
            return False
        together = [*self._gone, *_moved_all(self._since, going)]
        return safe.is_too_much(self._base.document, together, self._listed, whole_page=page)

    def _goes_unasked(self, finding: Finding) -> bool:
        """Say whether a safe finding goes that would not if it were held back."""
        held = safe.hold(finding, safe.TOO_MUCH)
        return self._wanted(finding, []) is not None and self._wanted(held, []) is None

    def _without_main_text(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        if not safe.residue(findings):
            return findings
        document = self.document
        return safe.without_main_text(document, findings, self._listed, whole_page=_is_whole_page(document))


def _is_whole_page(document: Document) -> bool:
    """Say what kind of text the present one is: a fix would go on where the same text stops when it is fixed anew."""
    from cleantext.checks.boilerplate.line_model import is_whole_page

    return is_whole_page(document)


def _moved_all(passes: edits.Passes, findings: Sequence[Finding]) -> list[Finding]:
    # Before the first pass the text is the original, and nothing has moved.
    return [moved(passes, f) for f in findings] if passes.pieces else list(findings)


def moved(passes: edits.Passes, finding: Finding) -> Finding:
    """Return a finding of the present text as one of the original."""
    start, end = passes.to_original(finding.start, finding.end)
    evidence = tuple(
        msgspec.structs.replace(e, start=a, end=b, text=passes.original[a:b])
        for e in finding.evidence
        for a, b in [passes.to_original(e.start, e.end) if e.end > e.start else (0, 0)]
    )
    return msgspec.structs.replace(
        finding, start=start, end=end, text=passes.original[start:end], evidence=evidence
    )
