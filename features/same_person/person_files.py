"""A table of persons in a file, CSV or Parquet, as text without spaces around it."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from features.errors import BadInput, NotFound
from features.lake.scan import UTF8, scan

DELIMITERS = ",;\t|"


def read_persons(path: Path) -> pa.Table:
    """The rows of the file, text columns trimmed, empty text missing. NotFound, or BadInput where it cannot be read."""
    if not path.is_file():
        raise NotFound(
            "there is no such file", found=str(path), expected="a CSV or Parquet file", do="correct its name"
        )
    try:
        table = pq.read_table(path) if path.suffix.lower() == ".parquet" else _csv(path)
    except (pa.ArrowInvalid, UnicodeDecodeError, StopIteration) as error:
        raise BadInput(
            f"{path.name} cannot be read",
            found=str(error).splitlines()[0][:200] if str(error) else "an empty file",
            expected="a Parquet file (*.parquet), or a CSV file with a header in UTF-8 or GB 18030",
            do="export the file again",
        ) from error
    if not len(table):
        raise BadInput(
            f"{path.name} has no rows", found="a header alone", expected="a row a record", do="export it again"
        )
    names = [name.strip() for name in table.column_names]
    _refuse_twice(names, path)
    columns = [_trimmed(column) if _is_text(column.type) else column for column in table.columns]
    return pa.table(columns, names=names)


def _refuse_twice(names: list[str], path: Path) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise BadInput(
            f"{path.name} has columns of one name",
            found=", ".join(f"{name or 'a column without a name'} {names.count(name)} times" for name in twice),
            expected="a name of its own for each column",
            do="rename or leave out all but one of each",
        )


def _csv(path: Path) -> pa.Table:
    look = scan(path)
    encoding = "utf-8-sig" if look.encoding == UTF8 else look.encoding
    with path.open(encoding=encoding, newline="") as file:
        first = next(file)
    delimiter = max(DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter))
    return pcsv.read_csv(
        path,
        read_options=pcsv.ReadOptions(encoding=look.encoding, column_names=header, skip_rows=1),
        parse_options=pcsv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=pcsv.ConvertOptions(column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=True),
    )


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_dictionary(kind))


def _trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    text = pc.utf8_trim_whitespace(column.cast(pa.string()))
    return pc.if_else(pc.equal(text, ""), None, text)
