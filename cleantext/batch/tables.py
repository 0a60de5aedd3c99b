"""Articles in the rows of Parquet and Arrow files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from cleantext.batch.chunks import ARTICLES, CHANGED, Chunk, Place, State, reason
from cleantext.batch.fields import listed
from cleantext.batch.inputs import Failure, Input
from cleantext.files import open_plain

_MISSING = "reading {} needs pyarrow:  pip install 'cleantext-rules[parquet]'"
_ARROW_FILE = b"ARROW1"
"""The beginning of Arrow's file format; ``save_to_disk`` writes its stream format, which has none."""

Form = Literal["parquet", "arrow"]
_NAMES: dict[Form, str] = {"parquet": "Parquet", "arrow": "Arrow"}


class _Opened(NamedTuple):
    """A table that can be read batch by batch: its schema, how many rows it has (None where nobody says), its batches."""

    schema: Any
    rows: int | None
    batches: Iterator[Any]


def row_chunks(
    item: Input, form: Form, number: int, place: Place, columns: tuple[str, ...] | None, text_field: str
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
        yield failure(_MISSING.format(_NAMES[form]))
        return
    begun = False
    try:
        state = State.of(name)
        with open_plain(name) as file:
            opened = _parquet(file, columns) if form == "parquet" else _arrow(file)
            if text_field not in opened.schema.names:
                yield failure(
                    f'the table has no column "{text_field}" (it has {listed(opened.schema.names)}); '
                    "--text-field names another"
                )
                return
            at = told = 0
            ahead = next(opened.batches, None)
            while (batch := ahead) is not None:
                start, at = at, at + batch.num_rows
                ahead = next(opened.batches, None)
                if ahead is None and State.of(name) != state:
                    yield failure(CHANGED, first=not begun)
                    return
                if at <= place.offset:
                    continue
                begun = True
                weight = file.tell() - told
                told += weight
                if opened.rows:
                    weight = state.size * batch.num_rows // opened.rows
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
                    ahead is None,
                    max(0, weight),
                    state,
                )
            if at == 0:
                yield Chunk("rows", number, (name,), item.below, _stream(None, opened.schema), state=state)
    except (OSError, pyarrow.ArrowException) as error:
        what = f"{_first_line(error)}; the rows before it were read" if begun else _first_line(error)
        yield failure(what if begun else f"no {_NAMES[form]} file: {what}", first=not begun)


def _parquet(file: Any, columns: tuple[str, ...] | None) -> _Opened:
    import pyarrow.parquet

    table = pyarrow.parquet.ParquetFile(file, pre_buffer=False)
    known = table.schema_arrow.names
    wanted = [column for column in columns if column in known] if columns else None

    return _Opened(
        table.schema_arrow, table.metadata.num_rows, table.iter_batches(batch_size=ARTICLES, columns=wanted)
    )


def _arrow(file: Any) -> _Opened:
    """Open an Arrow file, whichever of the two formats it is in. Raises OSError, ArrowException."""
    import pyarrow

    is_file = file.read(len(_ARROW_FILE)) == _ARROW_FILE
    file.seek(0)
    if is_file:
        reader = pyarrow.ipc.open_file(file)
        found = (reader.get_batch(number) for number in range(reader.num_record_batches))
    else:
        reader = pyarrow.ipc.open_stream(file)
        found = iter(reader)

    def batches() -> Iterator[Any]:
        for batch in found:
            # Offsets that lead out of a buffer are otherwise followed.
            batch.validate(full=True)
            for start in range(0, batch.num_rows, ARTICLES):
                yield batch.slice(start, ARTICLES)

    return _Opened(reader.schema, None, batches())


def _first_line(error: Exception) -> str:
    return reason(error).split("\n")[0]


def _stream(rows: Any, schema: Any = None) -> bytes:
    """Write a batch or a table as an Arrow stream; the schema alone where there is none."""
    import pyarrow

    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(sink, schema or rows.schema) as out:
        if rows is not None:
            out.write(rows)
    buffer: bytes = sink.getvalue().to_pybytes()
    return buffer


def rows_of(data: bytes) -> list[dict[str, Any] | str]:
    """Return the rows of an Arrow stream; what is wrong with it in place of one that cannot be read."""
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


def rows_with_texts(data: bytes, column: str, texts: dict[int, str]) -> bytes:
    """Return an Arrow stream with some texts of a column replaced, by number of row; every other value as it was."""
    import pyarrow
    from pyarrow import compute

    table = table_of(data).combine_chunks()
    at = table.schema.get_field_index(column)
    field = table.schema.field(at)
    plain = field.type.value_type if pyarrow.types.is_dictionary(field.type) else field.type
    if plain == pyarrow.string_view():  # which replaces nothing
        plain = pyarrow.large_string()
    old = table.column(at).cast(plain)
    mask = pyarrow.array([number in texts for number in range(table.num_rows)])
    new = pyarrow.array([texts[number] for number in sorted(texts)], plain)
    changed = compute.replace_with_mask(old, mask, new).cast(field.type)
    return _stream(table.set_column(at, field, changed), table.schema)


def table_of(data: bytes) -> Any:
    """Return an Arrow stream as a table."""
    import pyarrow

    with pyarrow.ipc.open_stream(data) as stream:
        return stream.read_all()
