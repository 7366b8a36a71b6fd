"""Raw rows from a Parquet file: the file itself, once it has shown that it can be read."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as pt

from features.lake import duck
from features.lake.check import RAW
from features.lake.header import normal
from features.lake.raw import Raw, Refused, columns_of, require_columns
from features.lake.source import Source
from features.registers import REGISTERS
from features.registers.values import BLANK


def columns_of_file(source: Source) -> tuple[dict[str, str], tuple[str, ...], int]:
    """Declared columns with their own names, the names of other columns, and the rows of the file."""
    try:
        file = pq.ParquetFile(source.path)
    except (pa.ArrowException, OSError) as error:
        raise Refused(
            "the file is no whole Parquet file",
            found=f"{source.path.stat().st_size} bytes; {_first_line(error)}",
            expected="a Parquet file with its footer",
            do="copy or export the file again",
        ) from error
    with file:
        schema, rows = file.schema_arrow, file.metadata.num_rows
    require_columns(source, (normal(field.name) for field in schema), rows)
    register = REGISTERS[source.register]
    own = {normal(field.name): field.name for field in schema if normal(field.name) in register.names}
    _require_types((field for field in schema if normal(field.name) in register.names), rows)
    others = tuple(field.name for field in schema if normal(field.name) not in register.names)
    return own, others, rows


def read_parquet(con: duckdb.DuckDBPyConnection, source: Source, columns: dict[str, str], rows: int) -> Raw:
    """The rows of a Parquet file, numbered from 1."""
    raw = Raw(source, source.path, columns, "file_row_number + 1", rows)
    return replace(raw, spaces=BLANK) if _is_plain(con, raw) else raw


def _is_plain(con: duckdb.DuckDBPyConnection, raw: Raw) -> bool:
    """Whether all text is ASCII without space around it, so that trimming it may be quick."""
    with suppress(duckdb.Error):  # a damaged file is found out when its rows are read
        raw.view(con)
        texts = [duck.name(name) for name, kind in columns_of(con) if kind == "string"]
        odd = [f"bool_or(strlen({x}) <> length({x}) OR {x} < '!' OR right({x}, 1) < '!')" for x in texts]
        row = con.execute(f"SELECT {', '.join(odd)} FROM {RAW}").fetchone() if odd else ()
        return not any(row or ())
    return False


def _require_types(fields: Iterable[pa.Field], rows: int) -> None:
    wrong = [f"{field.name} is {field.type}" for field in fields if _unusable(field.type)]
    if wrong:
        raise Refused(
            f"a column has a type that says too little: {', '.join(wrong)}",
            found=", ".join(wrong),
            expected="text, numbers, dates and local times without a zone",
            do="write the column as text, or as a local time without a zone",
            rows=rows,
        )


def _unusable(kind: pa.DataType) -> bool:
    zoned = pt.is_timestamp(kind) and kind.tz is not None
    return zoned or pt.is_nested(kind) or pt.is_binary(kind) or pt.is_large_binary(kind)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200]
