"""Raw rows from a CSV file: in one go by DuckDB where the file is regular, else record by record."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from features.lake import duck
from features.lake.header import Header, parse
from features.lake.raw import Raw, Refused, require_columns
from features.lake.records import Fault, Line, Record, Records, lines, lines_ended_by_returns
from features.lake.scan import BLOCK, GB18030, LONGEST_LINE, UTF8, Scan, open_binary
from features.lake.source import Source
from features.registers import REGISTERS
from features.registers.values import BLANK, SPACES

BATCH = 50_000
FAULTS = pa.schema([("line", pa.int64()), ("rule", pa.string()), ("text", pa.string())])


def header_of(source: Source, scan: Scan) -> Header:
    """The header of a CSV file; `Refused` where there is none to go by."""
    if scan.utf16:
        raise Refused(
            "the file is written in UTF-16",
            found="UTF-16",
            expected="UTF-8 or GB18030",
            do="save it as “CSV UTF-8” and ingest it again",
        )
    with open_binary(source.path) as file:
        line = next((line for line in lines_of(file, scan) if line.text.strip()), None)
    if line is None:
        raise Refused("the file is empty", found=f"{scan.size} bytes", expected="a header line", do="export it again")
    rows = scan.lines - line.number
    if line.too_long:
        raise Refused(
            "its first line is too long for a header",
            found=line.text[:100] + " …",
            expected="a header line",
            do="export the file again, with line ends",
            rows=rows,
        )
    header = parse(line.text, REGISTERS[source.register], line.number)
    require_columns(source, header.fields, rows)
    return header


def read_csv(
    con: duckdb.DuckDBPyConnection, source: Source, scan: Scan, header: Header, folder: Path
) -> tuple[Raw, bool]:
    """The rows of a CSV file, and whether they had to be read record by record. `folder` takes the files."""
    if scan.regular and header.line == 1:
        with suppress(duckdb.Error):
            raw = _read_at_once(con, source, scan, header, folder)
            if raw.rows == scan.lines - 1:  # every record is one physical line
                return raw, False
    return _read_by_record(source, scan, header, folder), True


def lines_of(file: BinaryIO, scan: Scan) -> Iterator[Line]:
    split = lines_ended_by_returns if scan.carriage_returns and not scan.newlines else lines
    return split(file, scan.encoding)


def _read_at_once(con: duckdb.DuckDBPyConnection, source: Source, scan: Scan, header: Header, folder: Path) -> Raw:
    text = _as_utf8(source.path, folder) if scan.encoding == GB18030 else source.path
    known = header.known(REGISTERS[source.register])
    chosen = ", ".join(f"c{place} AS {duck.name(name)}" for name, place in known.items())
    target = folder / "raw.parquet"
    query = f"SELECT {chosen} FROM {_csv_table(text, header)}"
    rows = duck.number(con, f"COPY ({query}) TO {duck.quoted(target)} (FORMAT parquet)")
    columns = {name: name for name in known}
    # DuckDB keeps the order of rows, so the place of a row in the copy tells its line
    return Raw(source, target, columns, "file_row_number + 2", rows, spaces=_spaces(scan, header))


def _csv_table(path: Path, header: Header) -> str:
    """DuckDB's reader with nothing left for it to guess but the line end: told `\\r\\n`, it finds no rows."""
    fields = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(header.fields)))
    return (
        f"read_csv({duck.quoted(path)}, auto_detect = false, columns = {{{fields}}}, "
        f"delim = {duck.quoted(header.delimiter)}, quote = '\"', escape = '\"', header = false, skip = 1, "
        f"strict_mode = true, null_padding = false, max_line_size = {2 * LONGEST_LINE})"
    )


def _spaces(scan: Scan, header: Header) -> str:
    """The characters to trim; a tab that delimits does not stand in a cell."""
    tabs = scan.tabs and header.delimiter != "\t"
    return BLANK if not (tabs or scan.odd_spaces or scan.encoding != UTF8) else SPACES


def _as_utf8(path: Path, folder: Path) -> Path:
    target = folder / "utf8.csv"
    decoder = codecs.getincrementaldecoder(GB18030)()
    with path.open("rb") as original, target.open("wb") as copy:
        while block := original.read(BLOCK):
            copy.write(decoder.decode(block).encode(UTF8))
        copy.write(decoder.decode(b"", final=True).encode(UTF8))
    return target


def _read_by_record(source: Source, scan: Scan, header: Header, folder: Path) -> Raw:
    known = header.known(REGISTERS[source.register])
    schema = pa.schema([*((name, pa.string()) for name in known), ("source_line", pa.int64())])
    target, faults = folder / "raw.parquet", folder / "faults.parquet"
    rows = fault_rows = 0
    with (
        open_binary(source.path) as file,
        pq.ParquetWriter(target, schema) as good,
        pq.ParquetWriter(faults, FAULTS) as bad,
    ):
        records = Records(
            (line for line in lines_of(file, scan) if line.number > header.line),
            header.delimiter,
            len(header.fields),
        )
        for batch in _batches(records):
            sound = [item for item in batch if isinstance(item, Record)]
            broken = [item for item in batch if isinstance(item, Fault)]
            rows, fault_rows = rows + len(sound), fault_rows + len(broken)
            good.write_batch(_sound_rows(sound, known, schema))
            if broken:
                bad.write_batch(_broken_rows(broken))
    columns = {name: name for name in known}
    return Raw(source, target, columns, "source_line", rows, faults, fault_rows, records.blank_lines)


def _batches(records: Records) -> Iterator[list[Record | Fault]]:
    """Lists of up to BATCH records; shorter ones where records are long."""
    items = iter(records)
    for first in items:
        batch, size = [first], 0
        for item in islice(items, BATCH - 1):
            batch.append(item)
            size += len(item.text) if isinstance(item, Fault) else sum(map(len, item.fields))
            if size > BLOCK * 4:
                break
        yield batch


def _sound_rows(records: list[Record], known: dict[str, int], schema: pa.Schema) -> pa.RecordBatch:
    columns = [[record.fields[place] for record in records] for place in known.values()]
    return pa.record_batch([*columns, [record.line for record in records]], schema=schema)


def _broken_rows(faults: list[Fault]) -> pa.RecordBatch:
    rows = [[fault.line for fault in faults], [fault.rule for fault in faults], [fault.text for fault in faults]]
    return pa.record_batch(rows, schema=FAULTS)
