"""Cleaned articles: in place, to another file, or as a diff."""

from __future__ import annotations

import difflib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, TextIO

import msgspec

from cleantext.batch import journal
from cleantext.batch.reading import BOM, Failure, Fields, Source, StdinFormat, read
from cleantext.batch.records import encode, finding_records
from cleantext.cleaner import Apply, Cleaner
from cleantext.document import Document
from cleantext.printable import visible
from cleantext.report import Fixed

OnFailure = Callable[[Failure], None]


def _fixed(
    cleaner: Cleaner,
    paths: Sequence[str],
    fields: Fields,
    stdin_format: StdinFormat,
    apply: Apply,
    min_confidence: float,
    on_failure: OnFailure,
) -> Iterator[tuple[Source, Fixed]]:
    for item in read(paths, fields=fields, stdin_format=stdin_format):
        if isinstance(item, Failure):
            on_failure(item)
            continue
        fixed = cleaner.fix(item.article, apply=apply, min_confidence=min_confidence)
        for trouble in fixed.trouble:
            on_failure(Failure(item.path, item.line, trouble))
        yield item, fixed


def record_of(source: Source, fixed: Fixed, fields: Fields) -> dict[str, Any]:
    """Give the input record with its text cleaned and what was done beside it."""
    document = Document(source.article)
    base = source.record if source.record is not None else {"path": source.path}
    return {
        **base,
        fields.text: fixed.text,
        "cleantext": {
            "applied": list(finding_records(source.path, document, fixed.applied)),
            "left": list(finding_records(source.path, document, fixed.left)),
        },
    }


def fix_to(
    output: Path | None,
    *,
    cleaner: Cleaner,
    paths: Sequence[str],
    fields: Fields,
    stdin_format: StdinFormat,
    apply: Apply,
    min_confidence: float,
    on_failure: OnFailure,
    records: bool,
) -> int:
    """Write cleaned articles to a file, or to standard output where ``output`` is None; give how many changed.

    Text files give text, JSON lines give records with ``cleantext.applied`` and ``cleantext.left``.
    """
    changed = 0
    items = _fixed(cleaner, paths, fields, stdin_format, apply, min_confidence, on_failure)
    with replacing(output) as out:
        for source, fixed in items:
            changed += fixed.text != source.article.text
            if records or source.record is not None:
                out.write(encode(record_of(source, fixed, fields)) + b"\n")
            else:
                out.write(((BOM if source.bom else "") + fixed.text).encode("utf-8", "surrogatepass"))
    return changed


class replacing:  # noqa: N801 - reads as a statement: `with replacing(path) as out`
    """A file that is written beside its target and takes its place only when all went well."""

    def __init__(self, target: Path | None) -> None:
        """Write to ``target``, or to standard output where it is None."""
        self._target = target
        self._file: IO[bytes] | None = None
        self._name = ""

    def __enter__(self) -> IO[bytes]:
        if self._target is None:
            return sys.stdout.buffer
        handle, self._name = tempfile.mkstemp(prefix=f".{self._target.name}.", dir=self._target.parent)
        self._file = os.fdopen(handle, "wb")
        return self._file

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._file is None or self._target is None:
            sys.stdout.flush()
            return
        self._file.flush()
        if kind is None:
            os.fsync(self._file.fileno())
        self._file.close()
        if kind is not None:
            Path(self._name).unlink(missing_ok=True)
            return
        mode = self._target.stat().st_mode & 0o7777 if self._target.exists() else 0o666 & ~_umask()
        Path(self._name).chmod(mode)
        Path(self._name).replace(self._target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def show_diff(
    *,
    cleaner: Cleaner,
    paths: Sequence[str],
    fields: Fields,
    stdin_format: StdinFormat,
    apply: Apply,
    min_confidence: float,
    on_failure: OnFailure,
    out: TextIO,
    colour: bool,
) -> int:
    """Print a unified diff of what would change; give the number of articles."""
    changed = 0
    for source, fixed in _fixed(cleaner, paths, fields, stdin_format, apply, min_confidence, on_failure):
        if fixed.text == source.article.text:
            continue
        changed += 1
        name = source.path if source.line is None else f"{source.path}:{source.line}"
        rows = difflib.unified_diff(
            source.article.text.split("\n"), fixed.text.split("\n"), name, f"{name} (fixed)", n=1, lineterm=""
        )
        out.writelines(_painted(row, colour) + "\n" for row in rows)
    return changed


def _painted(row: str, colour: bool) -> str:
    shown = visible(row)
    if not colour:
        return shown
    code = {"+": "32", "-": "31", "@": "36"}.get(row[:1])
    return f"\x1b[{code}m{shown}\x1b[0m" if code else shown


def fix_in_place(
    *,
    cleaner: Cleaner,
    paths: Sequence[str],
    fields: Fields,
    stdin_format: StdinFormat,
    apply: Apply,
    min_confidence: float,
    on_failure: OnFailure,
) -> int:
    """Rewrite the files in which something changes, each beside itself and then renamed; give the number of articles."""
    changed = 0
    pending: dict[str, list[tuple[Source, Fixed]]] = {}
    order: list[str] = []
    for source, fixed in _fixed(cleaner, paths, fields, stdin_format, apply, min_confidence, on_failure):
        if fixed.text == source.article.text:
            continue
        if source.path not in pending:
            order.append(source.path)
        pending.setdefault(source.path, []).append((source, fixed))
    for name in order:
        items = pending[name]
        path = Path(name)
        try:
            before = path.read_bytes()
            after = _rewritten(before, items, fields)
            journal.record(path, before, after, [f.rule for _, fixed in items for f in fixed.applied])
            with replacing(path) as out:
                out.write(after)
        except OSError as error:
            on_failure(Failure(name, None, f"not changed: {error.strerror or error}"))
            continue
        changed += len(items)
    return changed


def _rewritten(before: bytes, items: list[tuple[Source, Fixed]], fields: Fields) -> bytes:
    source, fixed = items[0]
    if source.line is None:
        return ((BOM if source.bom else "") + fixed.text).encode("utf-8", "surrogatepass")
    lines = before.split(b"\n")
    for source, fixed in items:
        assert source.line is not None and source.record is not None
        lines[source.line - 1] = msgspec.json.encode({**source.record, fields.text: fixed.text})
    return b"\n".join(lines)
