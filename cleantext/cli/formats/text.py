"""What a person reads: what, where, why, how sure, what next."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import TextIO

from typer import style

from cleantext.batch.inputs import kind_of
from cleantext.batch.reading import Failure, Source
from cleantext.batch.tally import Tally
from cleantext.cli.formats import Findings
from cleantext.cli.formats.marks import beginning_cut, change, end_cut, seen
from cleantext.document import Document
from cleantext.edits import shared_beginning
from cleantext.finding import Applicability, Finding
from cleantext.printable import unweighed, visible
from cleantext.report import Report

_INDENT = " " * 8
_COLOURS = {Applicability.SAFE: "green", Applicability.REVIEW: "yellow", Applicability.DISPLAY: "cyan"}


class TextWriter:
    """Findings article by article, then a line that sums up and says what to do next."""

    def __init__(
        self,
        out: TextIO,
        errors: TextIO,
        *,
        colour: bool,
        width: int | None = None,
        statistics: bool = False,
        explain: bool = False,
    ) -> None:
        """Print findings to ``out`` and errors to ``errors``."""
        self._out, self._errors, self._colour = out, errors, colour
        self._width = width or shutil.get_terminal_size((100, 24)).columns
        self._statistics = statistics
        self._explain = explain
        self._tiers: Counter[str] = Counter()
        self._editor: Counter[str] = Counter()
        self._rules: Counter[tuple[str, str, str]] = Counter()
        self._articles = self._flagged = self._troubles = 0
        self._last: str | None = None
        self._held = ""

    def count(self, tally: Tally) -> None:
        """Take over what was counted elsewhere, for the sum at the end."""
        self._articles += tally.articles
        self._flagged += tally.flagged
        self._troubles += tally.errors
        self._last = tally.last or self._last
        self._held = tally.held_back()
        for key, n in tally.rules.items():
            rule, name, tier = key.split(" ")
            self._tiers[tier] += n
            self._rules[rule, name, tier] += n
        self._editor.update(tally.editor)

    def _style(self, text: str, colour: str | None = None, *, bold: bool = False, dim: bool = False) -> str:
        if not self._colour or not text:
            return text
        return style(text, fg=colour, bold=bold or None, dim=dim or None)

    def report(self, source: Source, report: Report) -> None:
        """Print the findings of one article."""
        self._articles += 1
        for finding in report.findings:
            self._tiers[finding.applicability] += 1
            self._rules[finding.rule, finding.name, finding.applicability] += 1
        for trouble in report.trouble:
            self.failure(Failure(source.path, source.line, trouble))
        if not report.findings:
            return
        self._flagged += 1
        self._last = source.path
        if self._statistics:
            return
        document = Document(report.article)
        name = source.path if source.line is None else f"{source.path}:{source.line}"
        if report.article.id and source.line is not None:
            name += f"  ({visible(report.article.id)})"
        self._out.write(self._style(visible(name), bold=True) + "\n\n")
        for finding in report.findings:
            self._finding(document, finding)
        self._out.write("\n")

    def _finding(self, document: Document, finding: Finding) -> None:
        line, column = document.place(finding.start)
        tier = self._style(f"{finding.applicability.value:>7}", _COLOURS[finding.applicability])
        label = f"{finding.rule} {finding.name}"
        room = max(len(label), self._width - 25)
        message = visible(finding.message)
        beside = bool(message) and len(label) + 2 + len(message) <= room
        name = self._style(label, bold=True) + ("  " + self._style(message, dim=True) if beside else "")
        gap = " " * (room - len(label) - (2 + len(message) if beside else 0))
        self._out.write(f"{f'{line}:{column}':>7} {name}{gap} {tier} {finding.confidence:.2f}\n")
        self._out.write(_INDENT + self._excerpt(document, finding) + "\n")
        if message and not beside:
            self._wrapped(message)
        if finding.held:
            self._wrapped(f"· held back for review: {finding.held}")
        if finding.original is not None and finding.original.text:
            place = f"{finding.original.start}:{finding.original.end}"
            self._wrapped(f"original {place}: {_shortened(finding.original.text)}")
        # Reasons without a place are the small print: they share their rows.
        small = [evidence.note for evidence in finding.evidence if evidence.end <= evidence.start]
        if small and all(len(note) <= 60 for note in small):
            self._wrapped("· " + self._small_print(small))
            small = []
        for evidence in finding.evidence:
            if evidence.end <= evidence.start and not small:
                continue
            place = ""
            if evidence.end > evidence.start:
                at = document.place(evidence.start)
                place = f" ({at[0]}:{at[1]})"
            quoted = (
                f'"{evidence.text}" ' if evidence.end > evidence.start and len(evidence.text) <= 60 else ""
            )
            self._wrapped(f"· {quoted}{evidence.note}{place}")

    def _small_print(self, notes: Sequence[str]) -> str:
        """Join reasons; what they weigh is for those who ask."""
        plain = [unweighed(note) for note in notes]
        if self._explain or plain == list(notes):
            return "; ".join(notes)
        return "like lines of page furniture: " + "; ".join(plain)

    def _wrapped(self, text: str) -> None:
        import textwrap

        for row in textwrap.wrap(visible(text), max(30, self._width - len(_INDENT))):
            self._out.write(_INDENT + self._style(row, dim=True) + "\n")

    def _excerpt(self, document: Document, finding: Finding) -> str:
        """The line around the finding, the flagged words struck and their replacement behind."""
        text = document.text
        line = document.line_at(finding.start)
        high_end = max(finding.end, min(line.end, finding.end + 200))
        low_start = max(line.start, finding.start - 200)
        start, end, after_fix = self._change(document, finding)
        flagged = visible(text[start:end]) if after_fix is None else seen(text[start:end])
        if len(flagged) > 160:
            flagged = flagged[:100] + " … " + flagged[-50:]
        room = max(20, self._width - len(_INDENT) - len(flagged) - len(after_fix or "") - 6)
        before = visible(text[low_start:start])
        after = visible(text[end:high_end])
        left = beginning_cut(before, room // 2)
        right = end_cut(after, room // 2)
        if after_fix is None:
            return (
                left + self._style(f"[{flagged}]" if not self._colour else flagged, "cyan", bold=True) + right
            )
        return left + change(flagged, after_fix, colour=self._colour) + right

    def _change(self, document: Document, finding: Finding) -> tuple[int, int, str | None]:
        """The words of the finding that the best fix changes, and what they become; words that stay are left out."""
        after = self._replacement(document, finding)
        if after is None:
            return finding.start, finding.end, None
        old = document.text[finding.start : finding.end]
        head = shared_beginning(old, after)
        head = 0 if head == min(len(old), len(after)) else max(old.rfind(" ", 0, head) + 1, 0)
        tail = shared_beginning(old[head:][::-1], after[head:][::-1])
        blank = old.find(" ", len(old) - tail)
        tail = len(old) - blank if tail and blank >= head else 0
        if not head and not tail:
            return finding.start, finding.end, visible(after)
        return finding.start + head, finding.end - tail, visible(after[head : len(after) - tail])

    @staticmethod
    def _replacement(document: Document, finding: Finding) -> str | None:
        """The flagged words after the best fix; None where there is no fix."""
        if finding.fix is None:
            return None
        parts = []
        at = finding.start
        for edit in finding.fix.edits:
            parts.append(document.text[at : max(at, edit.start)])
            parts.append(edit.replacement)
            at = max(at, edit.end)
        parts.append(document.text[at : finding.end])
        return "".join(parts)

    def failure(self, failure: Failure) -> None:
        """Print one line to standard error."""
        self._errors.write(f"{visible(failure.place)}: {visible(failure.error)}\n")

    def _edited(self) -> None:
        """Say what the model editor did, refusals by guard, the most frequent first."""
        if not self._editor["asked"]:
            return
        guards = Counter({name: n for (rule, name, _), n in self._rules.items() if name.startswith("guard-")})
        by = ", ".join(f"{name.removeprefix('guard-')} {n}" for name, n in guards.most_common(6))
        self._out.write(
            f"Model editor: {self._editor['asked']} passages, {self._editor['proposed']} edits proposed, "
            f"{self._editor['refused']} refused{f' ({by})' if by else ''}.\n"
        )

    def close(self) -> None:
        """Print the sum, and what to do next."""
        self._edited()
        total = self._tiers.total()
        if self._statistics and total:
            width = max(len(name) for _, name, _ in self._rules)
            for (rule, name, tier), n in sorted(self._rules.items(), key=lambda item: (-item[1], item[0])):
                self._out.write(f"{n:7}  {rule:7} {name:{width}}  {tier}\n")
            self._out.write("\n")
        articles = f"{self._articles} article{'s' * (self._articles != 1)}"
        if not total:
            if self._articles:
                troubles = f"{self._troubles} error{'s' * (self._troubles != 1)}"
                but = f", but {troubles}: see the lines that name them" if self._troubles else ""
                self._out.write(f"Nothing found in {articles}{but}.\n")
            return
        tiers = ", ".join(f"{self._tiers[t]} {t}" for t in ("safe", "review", "display") if self._tiers[t])
        self._out.write(
            self._style(f"{total} finding{'s' * (total != 1)}", bold=True)
            + f" in {self._flagged} of {articles}: {tiers}.\n"
        )
        if self._held:
            self._out.write(f"{self._held}\n")
        name = "PATH" if self._last is None or self._flagged != 1 else visible(self._last)
        steps = []
        if self._tiers["safe"]:
            steps.append(f"Apply the safe ones:  cleantext fix {name}{self._elsewhere()}")
        if self._tiers["review"] and self._last != "-":  # a page cannot read standard input
            steps.append(f"Decide the others:  cleantext review {name}")
        beside = "     ".join(steps)
        self._out.write(
            "".join(f"{row}\n" for row in ([beside] if len(beside) <= self._width else steps) if row)
        )

    def _elsewhere(self) -> str:
        """Say where the cleaned form of an input goes that is not rewritten itself."""
        match kind_of(Path(self._last)) if self._last and self._flagged == 1 else None:
            case "html":
                return " --output cleaned.txt"
            case "parquet" | "arrow":
                return " --output cleaned.parquet"
        return ""


class TextFormat(Findings):
    """The same for the batch: each article by itself, the sum from the tally."""

    def __init__(
        self, *, colour: bool, statistics: bool = False, explain: bool = False, width: int | None = None
    ) -> None:
        """``width`` is the terminal's unless given; it is settled here, in the process that has the terminal."""
        self._colour, self._statistics, self._explain = colour, statistics, explain
        self._width = width or shutil.get_terminal_size((100, 24)).columns

    def _writer(self, out: StringIO) -> TextWriter:
        return TextWriter(
            out,
            out,
            colour=self._colour,
            width=self._width,
            statistics=self._statistics,
            explain=self._explain,
        )

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return the findings of one article."""
        if self._statistics or not report.findings:
            return b""
        out = StringIO()
        # What went wrong is told apart, on standard error.
        self._writer(out).report(source, _quiet(report))
        return out.getvalue().encode("utf-8", "backslashreplace")

    def end(self, tally: Tally) -> bytes:
        """Return the sum, and what to do next."""
        out = StringIO()
        writer = self._writer(out)
        writer.count(tally)
        writer.close()
        return out.getvalue().encode("utf-8", "backslashreplace")


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 160 else f"{text[:100].rstrip()} … {text[-50:].lstrip()}"


def _quiet(report: Report) -> Report:
    return Report(report.article, report.findings, None, (), report._cleaner) if report.trouble else report
