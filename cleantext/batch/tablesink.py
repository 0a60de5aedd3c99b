"""A Parquet file that grows out of chunks of rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cleantext.batch.inputs import PARQUET_SUFFIXES
from cleantext.batch.sinks import OutputError, Part

_ROWS = 1 << 14
_BYTES = 64 << 20
"""Rows, and bytes of them, that make a row group."""


def is_table(output: Path | None) -> bool:
    """Say whether an output is a Parquet file by its name: its footer is written last, so no run can go on with it."""
    return output is not None and output.name.lower().endswith(PARQUET_SUFFIXES)


class TableSink:
    """Takes Arrow streams, of one schema, and writes their rows; the part is whole once it has ended."""

    def __init__(self, part: Part) -> None:
        """Write to a part."""
        self._part = part
        self._writer: Any = None
        self._waiting: list[Any] = []
        self._rows = self._size = 0

    @property
    def length(self) -> int:
        """Bytes written so far."""
        return self._part.length

    def write(self, data: bytes) -> None:
        """Add the rows of an Arrow stream. Raises OutputError for other columns than the rows before have."""
        from cleantext.batch.tables import table_of

        table = table_of(data)
        if self._writer is None:
            self._writer = self._writer_of(table.schema)
        if not table.schema.equals(self._writer.schema):
            raise OutputError(
                f"{self._part.target}: the inputs have different columns, or columns of different types, which one "
                "table cannot hold. Fix them one by one."
            )
        self._waiting.append(table)
        self._rows += table.num_rows
        self._size += table.nbytes
        if self._rows >= _ROWS or self._size >= _BYTES:
            self._flush()

    def save(self) -> None:
        """Bring the part to the disk, as far as it was written."""
        self._part.save()

    def finish(self) -> None:
        """Write what waits, and the footer. Raises OutputError where there was no table at all."""
        if self._writer is None:
            raise OutputError(f"{self._part.target} is not written: no table could be read.")
        self._flush()
        self._writer.close()

    def close(self, *, discard: bool) -> None:
        """Let go; the part is closed by whoever opened it."""

    def _flush(self) -> None:
        import pyarrow

        if self._waiting:
            self._writer.write_table(pyarrow.concat_tables(self._waiting), row_group_size=_ROWS)
        self._waiting, self._rows, self._size = [], 0, 0

    def _writer_of(self, schema: Any) -> Any:
        import pyarrow.parquet

        return pyarrow.parquet.ParquetWriter(_Appended(self._part), schema)


class TableFile:
    """One table written anew to another place, which it takes when it is whole."""

    def __init__(self, name: str, target: Path) -> None:
        """``name`` is the input, as the user named it. Raises OutputError where the target cannot be written."""
        self.name = name
        self.changed = 0
        self._part = Part(target)
        self._sink = TableSink(self._part)

    def add(self, data: bytes, changed: int) -> None:
        """Add rows, an Arrow stream, of which some were changed. Raises OutputError."""
        self._sink.write(data)
        self.changed += changed

    def finish(self) -> None:
        """Put it in its place. Raises OutputError."""
        try:
            self._sink.finish()
            self._part.finish()
        except BaseException:
            self.drop()
            raise

    def drop(self) -> None:
        """Leave what stands in its place."""
        self._part.close(discard=True)


class _Appended:
    """A part as pyarrow writes to it."""

    closed = False

    def __init__(self, part: Part) -> None:
        self._part = part

    def write(self, data: bytes) -> int:
        self._part.write(bytes(data))
        return len(data)

    def tell(self) -> int:
        return self._part.length

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """The part stays open: it is put in its target's place by the run."""
