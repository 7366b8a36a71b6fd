"""A file put aside whole: its rows are kept as text all the same, so that none is lost without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from features.lake import duck
from features.lake.csv_input import BATCH, FAULTS, lines_of
from features.lake.records import readable
from features.lake.report import FILE_PUT_ASIDE
from features.lake.scan import Scan, open_binary
from features.lake.source import Source


def keep_rows(con: duckdb.DuckDBPyConnection, source: Source, look: Scan, target: Path) -> int:
    """Write the rows of `source` to `target` as (line, rule, text); returns how many. A file nobody can read has none."""
    if source.is_parquet:
        with suppress(duckdb.Error):
            return _parquet_rows(con, source.path, target)
        return 0
    return 0 if look.utf16 else _csv_rows(source.path, look, target)


def _parquet_rows(con: duckdb.DuckDBPyConnection, path: Path, target: Path) -> int:
    names = [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {duck.parquet([path])}").fetchall()]
    cells = ", ".join(f"{duck.name(name)} := {duck.name(name)}::VARCHAR" for name in names)
    numbered = duck.parquet([path], ", file_row_number = true")
    kept = f"SELECT file_row_number + 1 AS line, '{FILE_PUT_ASIDE}' AS rule, to_json(struct_pack({cells})) AS text"
    return duck.number(con, f"COPY ({kept} FROM {numbered}) TO {duck.quoted(target)} (FORMAT parquet)")


def _csv_rows(path: Path, look: Scan, target: Path) -> int:
    kept = 0
    with open_binary(path) as file, pq.ParquetWriter(target, FAULTS) as writer:
        rows = _after_header((line.number, line.text) for line in lines_of(file, look))
        while batch := list(islice(rows, BATCH)):
            lines, texts = zip(*batch, strict=True)
            writer.write_batch(pa.record_batch([lines, [FILE_PUT_ASIDE] * len(batch), texts], schema=FAULTS))
            kept += len(batch)
    return kept


def _after_header(lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    rows = ((number, readable(text).replace("\0", "\\0")) for number, text in lines if text.strip())
    next(rows, None)
    return rows
