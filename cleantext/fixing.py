"""Fixes over passes: applied, looked at again, until nothing changes. Every edit is kept as one of the original text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import msgspec

from cleantext import edits, safe
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


class Fixing:
    """One article on its way through the passes."""

    def __init__(
        self,
        first: Report,
        wishes: Wishes,
        look: Callable[[str], tuple[Sequence[Finding], Sequence[str]]],
        agree: Callable[[Sequence[Finding]], Sequence[Finding]],
    ) -> None:
        """Begin with what a check found.

        ``look`` finds what is in a text that came of a pass, and what went wrong;
        ``agree`` holds back what would take too much of the original, all findings together.
        """
        self._first = first
        self._wishes = wishes
        self._look = look
        self._agree = agree
        self._passes = edits.Passes(first.article.text)
        self._applied: list[Finding] = []
        """In places of the original text, as what follows."""
        self._refused: list[Finding] = []
        """What was refused stays protected in every pass."""
        self._written: list[tuple[int, int]] = []
        """What a person wrote in place of a fix goes before every fix, and stays as it was written."""

    def run(self) -> Fixed:
        """Go on until nothing changes, at most `MAX_PASSES` times."""
        wishes, passes, findings = self._wishes, self._passes, self._first.findings
        trouble = list(self._first.trouble)
        losers: tuple[edits.Loser, ...] = ()
        seen = {passes.text}
        number = 0
        while True:
            if wishes.refuse:
                self._refused += [moved(passes, f) for f in findings if wishes.refuse(f)]
            if number:
                findings = self._still_agreed(findings)
            own: list[Finding] = []
            wanted = [w for f in findings if (w := self._wanted(f, own))]
            choice = edits.choose(wanted, length=len(passes.text), first=own)
            if number == 0:
                losers = choice.losers
            if not choice.chosen:
                break
            after = edits.applied(passes.text, choice.edits)
            if after in seen or number == MAX_PASSES:
                names = ", ".join(sorted({f.rule for f in choice.chosen}))
                ever = f"still change the text after {MAX_PASSES} passes"
                what = "undo each other" if after in seen else ever
                trouble.append(f"rules {names} {what}; the text before that was kept")
                break
            seen.add(after)
            going = set(map(id, choice.chosen))
            self._written += [self._place(f.fixes[0]) for f in own if id(f) in going]
            self._apply(choice, first=number == 0)
            number += 1
            raw, more = self._look(passes.text)
            trouble += [t for t in more if t not in trouble]
            asked = wishes.accept or wishes.refuse
            findings = with_fingerprints(passes.text, raw) if asked else tuple(raw)
        return self._fixed(losers, number, trouble)

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

    def _apply(self, choice: edits.Choice, *, first: bool) -> None:
        begin = len(self._applied)
        owners = {e: begin + i for i, f in enumerate(choice.chosen) for e in f.fixes[0].edits}
        # Before the first pass the text is the original, and nothing has moved.
        here = list(choice.chosen) if first else [moved(self._passes, f) for f in choice.chosen]
        self._passes.add(choice.edits, owners.__getitem__)
        self._applied += here

    def _still_agreed(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Hold back what a later pass would take, where it is too much together with what went before."""
        # Where none went before, the present text has said what is too much of it, as it would to the next fix.
        gone = _residue(self._applied)
        going = _residue(findings) if gone else []
        if not going:
            return tuple(findings)
        agreed = self._agree([*gone, *(moved(self._passes, f) for f in going)])[len(gone) :]
        over = {id(f): a.held for f, a in zip(going, agreed, strict=True) if a.held}
        return tuple(safe.hold(f, over[id(f)]) if id(f) in over else f for f in findings)

    def _fixed(self, losers: tuple[edits.Loser, ...], number: int, trouble: Sequence[str]) -> Fixed:
        passes, first = self._passes, self._first
        done = [
            msgspec.structs.replace(finding, fixes=(Fix(passes.edits_of(i)), *finding.fixes[1:]))
            for i, finding in enumerate(self._applied)
        ]
        done.sort(key=lambda f: (f.start, f.end, f.rule))
        applied = tuple(with_fingerprints(passes.original, done))
        gone = {(f.rule, f.start, f.end) for f in applied}
        left = tuple(f for f in first.findings if (f.rule, f.start, f.end) not in gone)
        return Fixed(passes.text, applied, left, losers, number, tuple(trouble))


def _residue(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that take residue away unasked."""
    return [f for f in findings if f.applicability is Applicability.SAFE and f.category == "boilerplate"]


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
