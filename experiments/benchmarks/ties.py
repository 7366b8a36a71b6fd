"""How long the ties of a large province take, beside a bare scan and a sort of the same rows by DuckDB.

    python -m experiments.benchmarks.ties --employers 1000000 --ties 5000000

Things have as many holders as a heavy tail gives them, a few of them hubs; arrears are proven against one
employer in fifty. Each step runs in a process of its own (wall seconds, CPU seconds, peak resident memory);
prints JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.parquet as pq
from scipy.sparse import csgraph, csr_array

from experiments.benchmarks.measuring import measured, ran_as_step
from features.engine import DuckDB
from features.snapshots.days import days_table
from features.ties import evidence
from features.ties.arrays import in_order
from features.ties.network import shared_by_group
from features.ties.table import Sources, ties_as_of
from features.ties.walks import nearness

MODULE = "experiments.benchmarks.ties"
DAY = dt.date(2024, 12, 31)
MAKE = {
    "employer_ties": """
        SELECT 'E' || lpad((hash(r) % {employers})::VARCHAR, 9, '0') AS employer_id,
               ['director', 'shareholder', 'phone', 'address', 'account', 'agent'][1 + r % 6] AS tie,
               CASE WHEN hash(r, 1) % 50 = 0 THEN 'hub' || (hash(r, 2) % 100)
                    ELSE 'V' || floor({ties} / 2 * pow(hash(r, 3) / 18446744073709551615, 1.3))::BIGINT END AS value,
               (DATE '2015-01-01' + (hash(r, 4) % 3600)::INTEGER)::DATE AS since,
               CASE WHEN hash(r, 5) % 4 = 0 THEN (since + (hash(r, 6) % 2000)::INTEGER)::DATE END AS until,
               since AS known_on
        FROM range({ties}) AS rows(r)""",
    "employers": """
        SELECT 'E' || lpad(e::VARCHAR, 9, '0') AS employer_id, 'N' AS name, NULL::VARCHAR AS industry,
               NULL::VARCHAR AS region, DATE '2014-01-01' AS registered_on, NULL::VARCHAR AS ownership,
               NULL::DECIMAL(18, 2) AS registered_capital,
               CASE WHEN hash(e, 7) % 8 = 0 THEN DATE '2023-05-01' END AS closed_on, DATE '2014-01-01' AS known_on
        FROM range({employers}) AS rows(e)""",
    "inspections": """
        SELECT 'E' || lpad(e::VARCHAR, 9, '0') AS employer_id, DATE '2023-01-01' AS event,
               (DATE '2023-02-01' + (hash(e, 8) % 600)::INTEGER)::DATE AS learned_on,
               1::BIGINT AS arrears, 1::BIGINT AS unpaid
        FROM range({employers}) AS rows(e) WHERE hash(e, 9) % 50 = 0""",
}


def make(folder: Path, employers: int, ties: int) -> None:
    """Write the rows and the cells as Parquet files."""
    for name, query in MAKE.items():
        rows = query.format(employers=employers, ties=ties)
        duckdb.execute(f"COPY ({rows}) TO '{folder}/{name}.parquet' (FORMAT parquet, COMPRESSION zstd)")


def run_scan(folder: str) -> dict[str, float]:
    """Every column read once."""
    duckdb.execute(f"SELECT min(COLUMNS(*)) FROM '{folder}/employer_ties.parquet'").fetchall()
    return {}


def run_sort(folder: str) -> dict[str, float]:
    """The rows sorted by what is shared, as any pairing of its holders must somehow do."""
    duckdb.execute(f"CREATE TABLE sorted AS SELECT * FROM '{folder}/employer_ties.parquet' ORDER BY tie, value")
    return {}


def run_table(folder: str) -> dict[str, float]:
    """The whole: files in, the table of ties out."""
    engine = DuckDB(memory_limit="4GB")
    rows = {
        name: engine.read([Path(folder, f"{name}.parquet")], pq.read_schema(Path(folder, f"{name}.parquet")))
        for name in MAKE
    }
    sources = Sources(rows["employers"], rows["employer_ties"], {"inspections": rows["inspections"]})
    table = ties_as_of(engine, sources, DAY)
    pq.write_table(table, Path(folder, "table.parquet"))
    proven = table["ties.proven"].to_numpy()
    return {"employers_tied": table.num_rows, "tied_to_one_proven": int((proven > 0).sum())}


def run_graph(folder: str) -> dict[str, float]:
    """Components and walks on the matrix alone; the seconds of each."""
    engine, path = DuckDB(memory_limit="4GB"), Path(folder, "employer_ties.parquet")
    found = engine.fetch(evidence.shared(engine.read([path], pq.read_schema(path)), days_table([DAY])))
    ids = in_order(found["employer_id"])
    strength = sum(shared_by_group(found, ids, np.datetime64(DAY)).values(), start=csr_array((len(ids), len(ids))))
    start = (np.random.default_rng(1).random(len(ids)) < 1 / 50).astype(np.float64)
    components, components_s = timed(lambda: csgraph.connected_components(strength, directed=False)[0])
    _, walks_s = timed(lambda: nearness(strength.tocsr(), start))
    return {"pairs": strength.nnz // 2, "components": components, "components_s": components_s, "walks_s": walks_s}


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What `work` gives, and the seconds it took."""
    begin = time.perf_counter()
    return work(), round(time.perf_counter() - begin, 2)


STEPS: dict[str, Callable[..., dict[str, float]]] = {
    "scan": run_scan, "sort": run_sort, "graph": run_graph, "table": run_table,
}  # fmt: skip


def main() -> None:
    """Parse the options, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--employers", type=int, default=1_000_000)
    parser.add_argument("--ties", type=int, default=5_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-ties-") as folder:
        make(Path(folder), options.employers, options.ties)
        results = {name: measured(MODULE, name, folder) for name in STEPS}
    results["table"]["over_sort"] = round(results["table"]["wall_s"] / results["sort"]["wall_s"], 1)
    print(json.dumps(results, indent=1))


if __name__ == "__main__" and not ran_as_step(STEPS, sys.argv[1:]):
    main()
