"""The engine that runs table expressions: DuckDB embedded, or Apache Spark where one machine is too small.

Everything that differs between the two stands in this file; features and folds never ask which one runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol
from uuid import uuid4

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from features.compiled import Compiled, Texts
from features.errors import BadInput, Damaged, TooLittleMemory

EngineName = Literal["duckdb", "spark"]
COMPILED: dict[EngineName, Texts] = {"duckdb": Texts(), "spark": Texts()}  # of all engines there are in this process


class Engine(Protocol):
    """What the rest of Plumbline may ask of an engine."""

    name: EngineName

    def read(self, files: Sequence[Path], schema: pa.Schema) -> ir.Table:
        """The rows of Parquet `files` as one table with the columns of `schema`; no files, no rows.

        A file written before a column was declared is null in it.
        """

    def write(self, expression: ir.Table, path: Path) -> None:
        """Run `expression` and write it as one Parquet file at `path`."""

    def fetch(self, expression: ir.Table) -> pa.Table:
        """Run `expression` and return its rows."""

    def again(self, question: Hashable, tables: Mapping[str, ir.Table], build: Callable[[], ir.Table]) -> ir.Table:
        """What `build` makes of `tables`, to be fetched or written as it is; built once a `question` (Compiled.again)."""


class DuckDB:
    """DuckDB in this process. `memory_limit` is DuckDB's own (such as `2GB`); it spills beyond."""

    name: EngineName = "duckdb"

    def __init__(self, memory_limit: str | None = None, threads: int | None = None) -> None:
        self.con = ibis.duckdb.connect()
        self.compiled = Compiled(self.con, COMPILED[self.name])
        self.con.compile = self.compiled
        if memory_limit:
            self.con.raw_sql(f"SET memory_limit = '{memory_limit}'")
        if threads:
            self.con.raw_sql(f"SET threads = {threads}")
        self.con.raw_sql("SET preserve_insertion_order = false")
        self.files: dict[Path, None] = {}

    def read(self, files: Sequence[Path], schema: pa.Schema) -> ir.Table:
        if not files:
            return ibis.memtable(schema.empty_table())
        self.files |= dict.fromkeys(files)
        with self._whole_files():
            table = self.con.read_parquet([str(f) for f in files], hive_partitioning=False, union_by_name=True)
        return _as_declared(table, schema)

    def write(self, expression: ir.Table, path: Path) -> None:
        with self._whole_files():
            self.con.to_parquet(expression, path, compression="zstd")

    def fetch(self, expression: ir.Table) -> pa.Table:
        with self._whole_files():
            return self.con.to_pyarrow(expression)

    def again(self, question: Hashable, tables: Mapping[str, ir.Table], build: Callable[[], ir.Table]) -> ir.Table:
        return self.compiled.again(question, tables, build)

    @contextmanager
    def _whole_files(self) -> Iterator[None]:
        """Damaged, instead of the engine's own error, where that came of a file it had to read."""
        try:
            yield
        except duckdb.OutOfMemoryException as error:
            raise TooLittleMemory(
                "DuckDB needs more memory than it may take",
                found=str(error).splitlines()[0],
                expected="memory for one day of the snapshot at least",
                do="raise PLUMBLINE_MEMORY_LIMIT, or set PLUMBLINE_THREADS=1: each thread takes memory of its own",
            ) from error
        except duckdb.Error as error:  # it has no kind of its own for damage: some says "Out of buffer"
            if damaged := _damaged(self.files):
                raise damaged from error
            raise


def _damaged(files: Iterable[Path]) -> Damaged | None:
    """The first of `files` that cannot be read to its end, as an error."""
    for path in files:
        try:
            with pq.ParquetFile(path) as file:
                for _ in file.iter_batches():
                    pass
        except (pa.ArrowException, OSError) as error:
            return Damaged(
                f"The Parquet file {path} cannot be read.",
                found=str(error).splitlines()[0],
                expected="a whole Parquet file",
                do="restore the file from a backup; a file below folds/ may be deleted, it is made again",
            )
    return None


class Spark:
    """Spark on this machine's cores (`local[*]`) or wherever `master` points; `settings` are Spark's own, by name."""

    name: EngineName = "spark"

    def __init__(
        self, master: str = "local[*]", memory: str = "2g", settings: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        try:
            from pyspark.sql import SparkSession  # an extra: wants Java
        except ModuleNotFoundError as error:
            raise BadInput(
                "Apache Spark is not installed",
                found=str(error),
                expected="pyspark and Java 17 where PLUMBLINE_ENGINE is spark",
                do="run `.venv/bin/pip install -e '.[spark]'` in Plumbline's folder, or unset PLUMBLINE_ENGINE",
            ) from error
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        self.session = (
            SparkSession.builder.master(master)
            .appName("plumbline")
            .config("spark.driver.memory", memory)
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.buffer.pageSize", "2m")  # of which a plan of hundreds of joins holds one for each
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.log.level", "ERROR")
            .config(map=dict(settings))
            .getOrCreate()
        )
        self.con = ibis.pyspark.connect(self.session)
        self.compiled = Compiled(self.con, COMPILED[self.name])
        self.con.compile = self.compiled

    def read(self, files: Sequence[Path], schema: pa.Schema) -> ir.Table:
        if not files:
            return ibis.memtable(schema.empty_table())
        view = f"files_{uuid4().hex}"  # Ibis hands Spark a list of files as one glob, which it cannot parse
        merged = self.session.read.option("mergeSchema", "true")
        merged.parquet(*[str(file) for file in files]).createOrReplaceTempView(view)
        return _as_declared(self.con.table(view), schema)

    def write(self, expression: ir.Table, path: Path) -> None:
        pq.write_table(self.fetch(expression), path, compression="zstd")

    def fetch(self, expression: ir.Table) -> pa.Table:
        return self.con.to_pyarrow(expression)

    def again(self, question: Hashable, tables: Mapping[str, ir.Table], build: Callable[[], ir.Table]) -> ir.Table:
        return self.compiled.again(question, tables, build)


def _as_declared(table: ir.Table, schema: pa.Schema) -> ir.Table:
    types = ibis.schema(schema)
    return table.select(**{n: table[n] if n in table.columns else ibis.null(types[n]) for n in schema.names})


def connect(name: EngineName = "duckdb", memory_limit: str | None = None, threads: int | None = None) -> Engine:
    """The engine called `name`. `memory_limit` and `threads` bind DuckDB only."""
    if name == "spark":
        return Spark()
    return DuckDB(memory_limit, threads)
