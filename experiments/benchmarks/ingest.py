"""How fast payroll comes into the lake, beside DuckDB's own COPY of the same rows to Parquet.

    python -m experiments.benchmarks.ingest --rows 30000000

Makes the rows as one CSV a month and as one Parquet file a month under a temporary folder, measures each
step in a process of its own (wall seconds, CPU seconds, peak resident memory) and prints JSON.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb

from experiments.benchmarks.measuring import measured, ran_as_step
from features.lake.ingest import ingest
from features.lake.lake import Lake

MODULE = "experiments.benchmarks.ingest"
MONTHS = 24
ROWS_OF_A_MONTH = """
    SELECT 'E' || lpad((w // 20)::VARCHAR, 9, '0') AS employer_id,
           '11010119' || lpad(w::VARCHAR, 10, '0') AS worker_id,
           (DATE '2023-01-01' + to_months({month}))::DATE AS month,
           (3000 + hash(w) % 900000 / 100)::DECIMAL(18, 2) AS wage_due,
           CASE WHEN hash(w, {month}) % 20 = 0 THEN NULL ELSE wage_due END AS wage_paid,
           CASE WHEN wage_paid IS NULL THEN NULL
                ELSE (DATE '2023-02-10' + to_months({month}))::DATE END AS paid_on
    FROM range({workers}) AS workers(w)
"""


def make(folder: Path, rows: int, kind: str) -> None:
    """Write `rows` payroll rows as files of `kind` (`csv` or `parquet`), one a month."""
    (folder / "payroll").mkdir(parents=True)
    for month in range(MONTHS):
        query = ROWS_OF_A_MONTH.format(month=month, workers=rows // MONTHS)
        duckdb.execute(f"COPY ({query}) TO '{folder}/payroll/{month:02}.{kind}' (FORMAT {kind})")


def run_ingest(folder: str, out: str) -> int:
    """Ingest `folder` into a new lake at `out`; returns the rows accepted."""
    report = ingest(Path(folder), Lake(out))
    assert report.rows_in == report.accepted + report.aside
    return report.accepted


def run_again(folder: str, out: str) -> int:
    """Ingest the same files again: they are skipped. Returns the rows accepted, which must be 0."""
    return ingest(Path(folder), Lake(out)).accepted


def run_copy(folder: str, out: str) -> int:
    """DuckDB's own COPY of the same rows to Parquet."""
    kind = next((Path(folder) / "payroll").iterdir()).suffix.removeprefix(".")
    con = duckdb.connect()
    con.execute("SET memory_limit = '2GB'")
    con.execute(f"COPY (SELECT * FROM read_{kind}('{folder}/payroll/*')) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
    row = con.execute(f"SELECT count(*) FROM '{out}'").fetchone()
    assert row is not None
    return int(row[0])


STEPS: dict[str, Callable[..., int]] = {"ingest": run_ingest, "again": run_again, "copy": run_copy}


def compare(rows: int, kind: str, folder: Path) -> dict[str, object]:
    """All steps over files of one kind."""
    make(folder / kind, rows, kind)
    results = {
        "ingest": measured(MODULE, "ingest", folder / kind, folder / "lake"),
        "again": measured(MODULE, "again", folder / kind, folder / "lake"),
        "copy": measured(MODULE, "copy", folder / kind, folder / "copy.parquet"),
    }
    size = sum(path.stat().st_size for path in (folder / kind).rglob("*.*"))
    shutil.rmtree(folder / "lake")
    shutil.rmtree(folder / kind)
    ratio = round(results["ingest"]["wall_s"] / results["copy"]["wall_s"], 2)
    return {"input_gb": round(size / 2**30, 2), **results, "ingest_over_copy": ratio}


def main() -> None:
    """Parse the options, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=30_000_000)
    parser.add_argument("--kinds", nargs="+", default=["csv", "parquet"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-ingest-") as temporary:
        results = {kind: compare(options.rows, kind, Path(temporary)) for kind in options.kinds}
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    if not ran_as_step(STEPS, sys.argv[1:]):
        main()
