"""Reading at once and reading record by record say the same, and a bad line costs no good one."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from features.lake import duck
from features.lake.csv_input import _read_by_record, header_of, read_csv
from features.lake.raw import RAW, Raw
from features.lake.scan import scan
from features.lake.source import Source
from features.registers import REGISTERS
from tests.features.lake.office import Office

HEADER = "employer_id,name,region\n"
FIELDS = ("employer_id", "name", "region")

fragments = st.text(alphabet='ab1",;\n\r \t\0é甲\u3000', max_size=60)
cells = st.text(alphabet='ab1",;\n |\t.甲', max_size=8)
tables = st.lists(st.lists(cells, min_size=3, max_size=3), max_size=8)
plain = st.integers(0, 99).map(lambda number: f"{number},name,region")
bad = st.sampled_from(['"', 'x,"y,z', "x,y", "x,y,z,w", 'x,"y"z,w', '"x,y,z"', "x,\0,z", ",,", '"""', "x\ry,z,w"])


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory() as folder, duck.connect(Path(folder), "1GB") as connection:
        yield connection


def rows(con: duckdb.DuckDBPyConnection, raw: Raw) -> list[tuple[str, ...]]:
    """Raw rows with their lines; an empty cell is as good as none, and blanks around it go later."""
    raw.view(con)
    found = con.execute(f"SELECT * FROM {RAW} ORDER BY source_line").fetchall()
    return [(*((cell or "").strip(" ") for cell in row[:-1]), row[-1]) for row in found]


def read_both(con: duckdb.DuckDBPyConnection, content: bytes) -> tuple[Raw, list[tuple[str, ...]], bool]:
    """Read a file of employers both ways and compare; returns what reading it record by record gave."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("once", "record"):
            (folder / part).mkdir()
        (folder / "employers.csv").write_bytes(content)
        source = Source("employers", folder / "employers.csv", "employers.csv")
        look = scan(source.path)
        header = header_of(source, look)
        raw, careful = read_csv(con, source, look, header, folder / "once")
        by_record = _read_by_record(source, look, header, folder / "record")
        found = rows(con, by_record)
        assert rows(con, raw) == found
        if not careful:
            assert by_record.fault_rows == by_record.blank_lines == 0
        elif by_record.fault_rows:
            assert pq.read_metadata(by_record.faults).num_rows == by_record.fault_rows
        return by_record, found, careful


@given(fragments)
@example('a,"b" ,c\n')
@example('a, "b",c\n')
@example('a,b"c,d\n')
@example('a,"b""c",d\n')
@example('a,"",c\n,"",\n')
@example("a,b,c")
@example("a,b,c\n\n")
@example('a,"b\n",c\n\na,b,c\n')
@example("a,b,c,,\n")
@example("a,b,c,")
@example('a,b,c,""\n')
@example('a,"b","c",')
@example("#a,b,c\n")
@example("NULL,\\N,null\n")
@example('a,b\\",c\n')
@settings(max_examples=150, deadline=None)
def test_any_text(con: duckdb.DuckDBPyConnection, text: str) -> None:
    read_both(con, (HEADER + text).encode())


@given(tables, st.sampled_from(["\n", "\r\n"]), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
@settings(max_examples=60, deadline=None)
def test_what_a_csv_writer_wrote_is_read_as_it_was(
    con: duckdb.DuckDBPyConnection, table: list[list[str]], line_end: str, quoting: int
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=line_end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([FIELDS, *table])
    raw, found, _ = read_both(con, buffer.getvalue().encode())
    assert raw.fault_rows == 0
    assert [list(row[:-1]) for row in found] == [[cell.strip(" ") for cell in row] for row in table]


@given(st.lists(st.one_of(plain, bad), max_size=30))
@settings(max_examples=80, deadline=None)
def test_a_bad_line_costs_no_good_one(con: duckdb.DuckDBPyConnection, lines: list[str]) -> None:
    raw, found, _ = read_both(con, (HEADER + "".join(f"{line}\n" for line in lines)).encode())
    good = [(*line.split(","), number) for number, line in enumerate(lines, start=2) if line.endswith("region")]
    assert [row for row in found if row[2] == "region"] == good
    assert raw.rows + raw.fault_rows <= len(lines)


def test_an_ingest_says_the_same_either_way(office: Office) -> None:
    """The same rows, once regular and once with a blank line that asks for care."""
    body = "".join(f"{n},{'' if n % 7 == 0 else 'a'},2024-0{n % 9 + 1}-{n % 40}\n" for n in range(200))
    header = "employer_id,name,registered_on\n"
    assert not office.ingest(employers=header + body).files[0].careful
    regular, aside = office.rows("employers"), office.aside()
    with tempfile.TemporaryDirectory() as root:
        other = Office(Path(root))
        assert other.ingest(employers=header + "\n" + body).files[0].careful
        assert other.rows("employers") == regular
        assert other.aside() == [(line + 1, rules) for line, rules in aside]


def test_every_register_is_read_from_its_own_template(office: Office) -> None:
    for name, register in REGISTERS.items():
        office.hands_in(f"{name}.csv", ",".join(register.names) + "\n" + "," * (len(register.names) - 1) + "\n")
    report = office.ingest()
    assert (report.rows_in, report.accepted) == (len(REGISTERS), 0)
    for name, register in REGISTERS.items():
        assert report.registers[name].rules == {f"{c.name}_missing": 1 for c in register.columns if c.required}
