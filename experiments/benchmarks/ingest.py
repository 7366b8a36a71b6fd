"""How fast payroll comes into the lake, beside DuckDB's own COPY of the same rows to Parquet.

    python -m experiments.benchmarks.ingest --rows 30000000

Makes the rows as one CSV a month and as one Parquet file a month under a temporary folder, measures each
step in a process of its own (wall seconds, CPU seconds, peak resident memory) and prints JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from features.lake.ingest import ingest
from features.lake.lake import Lake

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


def run_ingest(folder: Path, out: Path) -> int:
    """Ingest `folder` into a new lake at `out`; returns the rows accepted."""
    report = ingest(folder, Lake(out))
    assert report.rows_in == report.accepted + report.aside
    return report.accepted


def run_again(folder: Path, out: Path) -> int:
    """Ingest the same files again: they are skipped. Returns the rows accepted, which must be 0."""
    return ingest(folder, Lake(out)).accepted


def run_copy(folder: Path, out: Path) -> int:
    """DuckDB's own COPY of the same rows to Parquet."""
    kind = next((folder / "payroll").iterdir()).suffix.removeprefix(".")
    con = duckdb.connect()
    con.execute("SET memory_limit = '2GB'")
    con.execute(f"COPY (SELECT * FROM read_{kind}('{folder}/payroll/*')) TO '{out}' (FORMAT parquet, COMPRESSION zstd)")
    row = con.execute(f"SELECT count(*) FROM '{out}'").fetchone()
    assert row is not None
    return int(row[0])


STEPS: dict[str, Callable[[Path, Path], int]] = {"ingest": run_ingest, "again": run_again, "copy": run_copy}


def measure(step: str, folder: Path, out: Path) -> dict[str, float]:
    """Run a step in a process of its own."""
    command = [sys.executable, "-m", "experiments.benchmarks.ingest", "--step", step, str(folder), str(out)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def step(name: str, folder: Path, out: Path) -> dict[str, float]:
    """Run a step here and say what it took. Linux counts `ru_maxrss` in KiB."""
    start = time.perf_counter()
    rows = STEPS[name](folder, out)
    wall = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "rows": rows,
        "wall_s": round(wall, 2),
        "cpu_s": round(usage.ru_utime + usage.ru_stime, 2),
        "peak_gb": round(usage.ru_maxrss / 2**20, 2),
        "rows_per_s": round(rows / wall),
    }


def compare(rows: int, kind: str, folder: Path) -> dict[str, object]:
    """All steps over files of one kind."""
    make(folder / kind, rows, kind)
    results = {
        "ingest": measure("ingest", folder / kind, folder / "lake"),
        "again": measure("again", folder / kind, folder / "lake"),
        "copy": measure("copy", folder / kind, folder / "copy.parquet"),
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
    parser.add_argument("--step", nargs=3, metavar=("STEP", "FOLDER", "OUT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        name, folder, out = options.step
        print(json.dumps(step(name, Path(folder), Path(out))))
        return
    with tempfile.TemporaryDirectory(prefix="plumbline-ingest-") as temporary:
        results = {kind: compare(options.rows, kind, Path(temporary)) for kind in options.kinds}
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
