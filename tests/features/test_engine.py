"""What an engine cannot run, and files it cannot read."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from features.engine import DuckDB, connect
from features.errors import BadInput, Damaged


def test_without_pyspark_spark_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(BadInput, match="Apache Spark is not installed"):
        connect("spark")


def test_a_truncated_file_is_damaged(tmp_path: Path) -> None:
    rows = pa.table({"a": [1, 2]})
    path = tmp_path / "rows.parquet"
    pq.write_table(rows, path)
    path.write_bytes(path.read_bytes()[:-10])
    engine = DuckDB()
    with pytest.raises(Damaged, match="cannot be read"):
        engine.fetch(engine.read([path], rows.schema))


def test_a_file_damaged_inside_is_damaged(tmp_path: Path) -> None:
    rows = pa.table({"a": [f"{n:x}{n * 7919:x}" for n in range(10_000)]})
    path = tmp_path / "rows.parquet"
    pq.write_table(rows, path, compression="zstd", use_dictionary=False)
    content = bytearray(path.read_bytes())
    content[1000:30_000] = b"\xff" * 29_000
    path.write_bytes(bytes(content))
    engine = DuckDB()
    with pytest.raises(Damaged, match="cannot be read"):
        engine.fetch(engine.read([path], rows.schema))
