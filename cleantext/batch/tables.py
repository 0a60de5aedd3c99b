"""Articles in the rows of Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleantext.batch.chunks import ARTICLES, CHANGED, Chunk, Place, State, reason
from cleantext.batch.inputs import Failure, Input

_MISSING = "reading Parquet needs pyarrow:  pip install 'cleantext-rules[parquet]'"


def row_chunks(
    item: Input, number: int, place: Place, columns: tuple[str, ...] | None, text_field: str
) -> Iterator[Chunk]:
    """Cut a table into chunks of rows, each an Arrow stream; ``place`` counts rows."""
    name = item.name

    def failure(error: str, *, first: bool = True) -> Chunk:
        return Chunk(
            "failure", number, (name,), item.below, failure=Failure(name, None, error), first_of_file=first
        )

    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        yield failure(_MISSING)
        return
    try:
        state = State.of(name)
        table = pyarrow.parquet.ParquetFile(name, pre_buffer=False, memory_map=False)
    except (OSError, pyarrow.ArrowException) as error:
        yield failure(f"no Parquet file: {_first_line(error)}")
        return
    with table:
        known = table.schema_arrow.names
        if text_field not in known:
            listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
            yield failure(
                f'the table has no column "{text_field}" (it has {listed}); --text-field names another'
            )
            return
        wanted = [column for column in columns if column in known] if columns else None
        rows = max(1, table.metadata.num_rows)
        done = place.offset
        at = 0
        try:
            for batch in table.iter_batches(batch_size=ARTICLES, columns=wanted):
                start, at = at, at + batch.num_rows
                if at <= done:
                    continue
                last = at >= rows
                if last and State.of(name) != state:
                    yield failure(CHANGED, first=start == 0)
                    return
                yield Chunk(
                    "rows",
                    number,
                    (name,),
                    item.below,
                    _stream(batch),
                    start + 1,
                    batch.num_rows,
                    start,
                    at,
                    start == 0,
                    last,
                    state.size * batch.num_rows // rows,
                    state,
                )
            if at == 0:
                yield Chunk(
                    "rows", number, (name,), item.below, _stream(None, table.schema_arrow), state=state
                )
        except (OSError, pyarrow.ArrowException) as error:
            yield failure(f"{_first_line(error)}; the rows before it were read", first=at == 0)


def _first_line(error: Exception) -> str:
    return reason(error).split("\n")[0]


def _stream(batch: Any, schema: Any = None) -> bytes:
    import pyarrow

    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, schema if batch is None else batch.schema) as out:
        if batch is not None:
            out.write_batch(batch)
    buffer: bytes = sink.getvalue().to_pybytes()
    return buffer


def rows_of(data: bytes) -> list[dict[str, Any] | str]:
    """Give the rows of an Arrow stream; what is wrong with it in place of one that cannot be read."""
    table = table_of(data)
    try:
        rows: list[dict[str, Any] | str] = table.to_pylist()
    except _VALUE_ERRORS:
        rows = [_row(table.slice(number, 1)) for number in range(table.num_rows)]
    return rows


# Text that is not UTF-8, dates that Python has not.
_VALUE_ERRORS = (ValueError, OverflowError, ArithmeticError, TypeError)


def _row(table: Any) -> dict[str, Any] | str:
    row = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        try:
            row[name] = column.to_pylist()[0]
        except UnicodeDecodeError as error:
            return f'not UTF-8: byte 0x{error.object[error.start]:02x} in "{name}"'
        except _VALUE_ERRORS as error:
            return f'"{name}" cannot be read: {_first_line(error)}'
    return row


def table_of(data: bytes) -> Any:
    """Give an Arrow stream as a table."""
    import pyarrow

    with pyarrow.ipc.open_stream(data) as stream:
        return stream.read_all()
