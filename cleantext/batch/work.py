"""What one worker does with one chunk: bytes in, encoded results out."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal, Protocol

import msgspec

from cleantext.article import Article
from cleantext.batch import runrecord
from cleantext.batch.cells import begins_formula
from cleantext.batch.chunks import BY_NAME, Chunk, State
from cleantext.batch.entries import entry_of, rewritten
from cleantext.batch.fields import Fields
from cleantext.batch.inputs import Failure
from cleantext.batch.reading import Raw, Source, decoded
from cleantext.batch.scope import Scope
from cleantext.batch.streams import encoded
from cleantext.batch.tally import Tally
from cleantext.cleaner import Cleaner
from cleantext.finding import Finding
from cleantext.fixing import Apply
from cleantext.pathpatterns import below, matcher
from cleantext.report import Fixed, Report
from cleantext.safe import protects
from cleantext.workers import COLLECT, end_with_parent

_FORMULA = (
    'the fix would make the cell begin with "{}", which spreadsheets run as a formula, so it was left as it is; '
    "--format jsonl --output FILE.jsonl has no such danger"
)

_ALIEN = 'the fix writes "{}", which {} does not have, so the article was left as it is; save it as UTF-8'


def _not_in(encoding: str, text: str) -> str:
    """Return the first character that an encoding does not have; nothing where it has all."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError as error:
        return text[error.start]
    return ""


class Verdicts(Protocol):
    """What people decided; :class:`cleantext.review.decisions.Decisions` is it."""

    def document_id(self, path: str, line: int | None, article: Article) -> str:
        """Name an article as the decisions do."""

    def hides(self, document: str, finding: Finding) -> bool:
        """Say whether a finding was rejected."""

    def accepts(self, document: str) -> Callable[[Finding], Finding | None]:
        """Return what takes an accepted finding."""

    def refuses(self, document: str) -> Callable[[Finding], bool]:
        """Return what holds back a rejected one."""


def rejected(verdicts: Verdicts, document: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of an article that somebody rejected, and those whose fixes would change the same words."""
    hidden = [finding for finding in findings if verdicts.hides(document, finding)]
    if not hidden:
        return ()
    return tuple(f for f in findings if f in hidden or any(protects(h, f) for h in hidden))


class Printer(Protocol):
    """Turns what was found into bytes of one format; picklable, and told of articles one by one."""

    separator: bytes

    def article(self, source: Source, report: Report, hidden: Sequence[Finding]) -> bytes:
        """Return what stands in the output for a checked article; ``hidden`` are findings that people rejected."""

    def fixed(self, source: Source, fixed: Fixed) -> bytes:
        """Return what stands in the output for a fixed article."""

    def failure(self, failure: Failure) -> bytes | None:
        """Return what stands in the output for an error; None where it belongs on standard error."""


class Setup(msgspec.Struct, frozen=True):
    """What a worker needs to know, once.

    ``record`` says which articles get a line in the run's record; ``rewrite``
    asks for the new bytes of files instead of printed output, ``as_read`` for records
    printed in the form in which they were read (delimited text, a JSON array).
    """

    task: Literal["check", "fix"]
    cleaner: Cleaner
    fields: Fields
    printer: Printer | None = None
    verdicts: Verdicts | None = None
    apply: Apply = "safe"
    min_confidence: float = 0.0
    record: Literal["none", "changed", "all"] = "none"
    rewrite: bool = False
    as_read: bool = False
    scope: Scope = Scope()
    exclude: tuple[str, ...] = ()
    """Patterns of paths that are passed over where this set-up counts; those of the whole run are the job's."""
    elsewhere: dict[str, Setup] = {}
    """Other set-ups, by the real path of the folder below which they count: the nearest does."""

    def of(self, name: str) -> Setup:
        """Return the set-up that counts for a file."""
        return self if name == "-" else below(name, self.elsewhere, self)

    def excludes(self, name: str) -> bool:
        """Say whether the set-up that counts for a file passes it over."""
        return matcher(self.of(name).exclude)(name)


class Rewritten(msgspec.Struct, frozen=True):
    """A text file, or the lines of a chunk: ``data`` are the new bytes, None where nothing changed.

    For a text file ``state`` is how it was found, ``before`` the SHA-256 sum of
    what was read and ``record`` its lines of the run's record.
    """

    name: str
    data: bytes | None
    state: State | None = None
    before: str = ""
    record: bytes = b""
    changed: int = 0
    whole: bool = False
    """Whether the old bytes must be kept whole, because the new ones are put back by no region."""


class Result(msgspec.Struct, frozen=True):
    """What became of a chunk."""

    output: bytes
    record: bytes
    failures: tuple[Failure, ...]
    tally: Tally
    rewritten: tuple[Rewritten, ...] = ()


def shared(setup: Setup) -> tuple[Setup, tuple[str, ...]]:
    """Return a set-up for workers on this machine, and what is missing from the whole run."""
    cleaner, missing = setup.cleaner.for_workers()
    inner = {folder: shared(other) for folder, other in setup.elsewhere.items()}
    if cleaner is not setup.cleaner or inner:
        elsewhere = {folder: other for folder, (other, _) in inner.items()}
        setup = msgspec.structs.replace(setup, cleaner=cleaner, elsewhere=elsewhere)
    return setup, tuple(dict.fromkeys([*missing, *(what for _, more in inner.values() for what in more)]))


def with_missing(setup: Setup, result: Result, missing: Sequence[str]) -> Result:
    """Say in one result (the first) what is missing from the whole run."""
    if not missing:
        return result
    worker = Worker(setup)
    for trouble in missing:
        worker.fail(Failure("languagetool", None, trouble))
    said = worker.finished()
    result.tally.add(said.tally)
    separator = setup.printer.separator if setup.printer else b""
    return msgspec.structs.replace(
        result,
        output=separator.join(part for part in (said.output, result.output) if part),
        record=said.record + result.record,
        failures=said.failures + result.failures,
    )


def may_fork(setup: Setup) -> bool:
    """Say whether workers may be forked with a set-up: databases and servers are nothing to share."""
    cleaner = setup.cleaner
    return all(map(may_fork, setup.elsewhere.values())) and (
        setup.verdicts is None
        and cleaner.corpus is None
        and "languagetool" not in cleaner.checks
        and not cleaner.editing
    )


_setup: Setup | None = None


def start(setup: Setup) -> None:
    """Make this process ready."""
    global _setup
    _setup = setup
    end_with_parent()
    gc.freeze()
    gc.set_threshold(*COLLECT)


def work(batch: Sequence[Chunk]) -> Result:
    """Do what the set-up asks with one chunk (handed over as a list of one)."""
    assert _setup is not None
    return Worker(_setup).result(batch[0])


class Worker:
    """The results of one chunk as they grow."""

    def __init__(self, setup: Setup) -> None:
        """Start with nothing."""
        self._whole = self._setup = setup
        self._tally = Tally(rules={}, editor={})
        self._encoding: str | None = None
        self._output: list[bytes] = []
        self._record: list[bytes] = []
        self._failures: list[Failure] = []
        self._rewritten: list[Rewritten] = []

    def result(self, chunk: Chunk) -> Result:
        """Work through a chunk; an error of one article never reaches the next."""
        setup = self._setup = self._whole.of(chunk.names[0]) if chunk.names else self._whole
        self._encoding = chunk.encoding
        if chunk.kind == "rows" and (setup.as_read or setup.rewrite):
            self._rewrite_rows(chunk)
        elif setup.as_read:
            self._rewrite_lines(chunk)
        elif not setup.rewrite:
            for raw, report in self._checked(chunk):
                self._article(raw, 0, report)
        elif chunk.kind in BY_NAME:
            self._rewrite_texts(chunk)
        else:
            self._rewrite_lines(chunk)
        return self.finished()

    def finished(self) -> Result:
        """Return what was gathered."""
        setup = self._setup
        separator = setup.printer.separator if setup.printer else b""
        return Result(
            separator.join(self._output),
            b"".join(self._record),
            tuple(self._failures),
            self._tally,
            tuple(self._rewritten),
        )

    def _rewrite_texts(self, chunk: Chunk) -> None:
        for name in chunk.names:
            try:
                state = State.of(name)
            except OSError:
                state = None
            part = msgspec.structs.replace(chunk, names=(name,))
            outside, self._record = self._record, []
            for raw, report in self._checked(part):
                before_it = self._tally.changed
                data = self._article(raw, 0, report)
                changed = self._tally.changed - before_it
                if isinstance(raw.item, Source):
                    before = hashlib.sha256(raw.data).hexdigest()
                    self._rewritten.append(
                        Rewritten(
                            name,
                            data,
                            state,
                            before,
                            b"".join(self._record),
                            changed,
                            whole=raw.item.encoding is not None,
                        )
                    )
                else:
                    outside += self._record
            self._record = outside

    def _rewrite_lines(self, chunk: Chunk) -> None:
        parts: list[bytes] = []
        changed = 0
        at = chunk.start
        for raw, report in self._checked(chunk):
            data = self._article(raw, at, report)
            changed += data is not None
            parts.append(raw.data if data is None else data)
            at += len(raw.data)
        if self._setup.as_read:
            self._output.append(encoded(b"".join(parts), chunk.encoding))
            return
        name = chunk.names[0] if chunk.names else ""
        self._rewritten.append(Rewritten(name, b"".join(parts) if changed else None, changed=changed))

    def _rewrite_rows(self, chunk: Chunk) -> None:
        """Return the rows of a table with their new texts, as an Arrow stream."""
        from cleantext.batch.tables import rows_with_texts

        texts: dict[int, str] = {}
        for number, (raw, report) in enumerate(self._checked(chunk)):
            data = self._article(raw, 0, report)
            if data is not None:
                texts[number] = data.decode("utf-8")
        data = rows_with_texts(chunk.data, self._setup.fields.text, texts) if texts else chunk.data
        if self._setup.rewrite:
            self._rewritten.append(Rewritten(chunk.names[0], data, changed=len(texts)))
        else:
            self._output.append(data)

    def _checked(self, chunk: Chunk) -> Iterator[tuple[Raw, Report | Exception | None]]:
        """Yield what was read of a chunk, each article with its report or with what went wrong as it was checked."""
        read = decoded(chunk, self._setup.fields)
        return self._setup.cleaner.check_beside(
            (raw, raw.item.article if isinstance(raw.item, Source) else None) for raw in read
        )

    def _article(self, raw: Raw, offset: int, report: Report | Exception | None) -> bytes | None:
        """Say what was found in one article, or fix it; return its new bytes where the files themselves are rewritten."""
        if isinstance(raw.item, Failure):
            self.fail(raw.item)
        if not isinstance(raw.item, Source) or report is None:
            return None
        if isinstance(report, Exception):
            self._pass_over(raw.item, report)
            return None
        try:
            if self._setup.task == "check":
                self._check(raw.item, report)
                return None
            return self._fix(raw, raw.item, offset, report)
        except Exception as error:  # noqa: BLE001 - a rule's fault must cost one article, never the batch
            self._pass_over(raw.item, error)
            return None

    def _pass_over(self, source: Source, error: Exception) -> None:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        said = f"a rule failed on this article, which was passed over ({what})"
        self.fail(Failure(source.path, source.line, said))
        self._pass_on(source)

    def _check(self, source: Source, report: Report) -> None:
        setup = self._setup
        within = setup.scope.kept(source, report.findings)
        if within is not report.findings:
            report = Report(source.article, within, None, report.trouble, setup.cleaner, report.editing)
        hidden: tuple[Finding, ...] = ()
        if setup.verdicts:
            document = setup.verdicts.document_id(source.path, source.line, source.article)
            hidden = rejected(setup.verdicts, document, report.findings)
            if hidden:
                gone = set(map(id, hidden))
                kept = tuple(f for f in report.findings if id(f) not in gone)
                report = Report(source.article, kept, None, report.trouble, setup.cleaner, report.editing)
        printed = setup.printer.article(source, report, hidden) if setup.printer else b""
        entry = b""
        if setup.record != "none":
            entry = entry_of(source, report, (), report.findings, full=setup.record == "all")
        # Nothing is added before all of it is there, so that an error adds nothing.
        self._add(printed, entry)
        self._tally.count(source.path, report.findings)
        if (editing := report.editing) is not None:
            self._tally.count_editing(editing.asked, editing.proposed, len(editing.refused))
        self._troubles(source, report.trouble)

    def _fix(self, raw: Raw, source: Source, offset: int, report: Report) -> bytes | None:
        setup = self._setup
        accept = refuse = None
        if setup.verdicts:
            document = setup.verdicts.document_id(source.path, source.line, source.article)
            accept, refuse = setup.verdicts.accepts(document), setup.verdicts.refuses(document)
        if setup.scope.per_file:
            ignored, refused = setup.scope.ignores(source), refuse

            def refuse(finding: Finding) -> bool:
                return ignored(finding) or (refused is not None and refused(finding))

        fixed = setup.cleaner.fix(
            source.article,
            apply=setup.apply,
            min_confidence=setup.min_confidence,
            accept=accept,
            refuse=refuse,
            report=report,
        )
        if raw.table is not None and begins_formula(fixed.text) and not begins_formula(source.article.text):
            self.fail(Failure(source.path, source.line, _FORMULA.format(fixed.text[0])))
            self._pass_on(source)
            return None
        encoding = source.encoding or self._encoding
        if encoding is not None and (alien := _not_in(encoding, fixed.text)):
            self.fail(Failure(source.path, source.line, _ALIEN.format(alien, encoding)))
            self._pass_on(source)
            return None
        changed = fixed.text != source.article.text
        new: bytes | None = None
        undo: runrecord.Undo | None = None
        whole = source.extractor is not None and setup.rewrite
        if whole or (changed and source.form == "rows" and (setup.rewrite or setup.as_read)):
            new = fixed.text.encode("utf-8")
        elif changed and (setup.rewrite or setup.as_read):
            new, undo = rewritten(raw, source, fixed, offset, setup.fields)
        printed = setup.printer.fixed(source, fixed) if setup.printer else b""
        entry = b""
        if setup.record == "all" or (changed and setup.record == "changed"):
            report = Report(source.article, fixed.left, None, (), setup.cleaner, fixed.editing)
            left = fixed.left if setup.record == "all" else ()
            entry = entry_of(
                source,
                report,
                fixed.applied,
                left,
                full=setup.record == "all",
                undo=undo,
                remeasured=fixed.quality,
            )
        self._add(printed, entry)
        self._tally.count(source.path, fixed.left, fixed.applied, changed=changed)
        if (editing := fixed.editing) is not None:
            self._tally.count_editing(editing.asked, editing.proposed, len(editing.refused))
        self._troubles(source, fixed.trouble)
        return new

    def _add(self, printed: bytes, entry: bytes) -> None:
        if printed:
            self._output.append(printed)
        if entry:
            self._record.append(entry)

    def _pass_on(self, source: Source) -> None:
        """Keep an article that a rule failed on: cleaned output must not lose it."""
        self._tally.articles += 1
        if self._setup.task == "fix" and self._setup.printer:
            self._add(self._setup.printer.fixed(source, Fixed(source.article.text, (), (), (), 0)), b"")

    def _troubles(self, source: Source, troubles: Iterable[str]) -> None:
        for trouble in troubles:
            self.fail(Failure(source.path, source.line, trouble))

    def fail(self, failure: Failure) -> None:
        """Note an error."""
        self._tally.errors += 1
        printed = self._setup.printer.failure(failure) if self._setup.printer else None
        if printed is None:
            self._failures.append(failure)
        else:
            self._output.append(printed)
        if self._setup.record != "none":
            self._record.append(runrecord.line(runrecord.Error(failure.path, failure.line, failure.error)))
