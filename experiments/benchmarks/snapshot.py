"""What folding and taking snapshots costs, beside a bare scan of the same rows and SQL written by hand.

    python -m experiments.benchmarks.snapshot --employers 10000 100000 --work FOLDER

Makes 13 workers an employer over 24 months (and one month more), one payroll and one pension row each, with complaints,
inspections and ties; ingests them, and measures each step in a process of its own. Prints JSON: `ratios` divide seconds
of the same run; `exponents` say how seconds grow from one number of employers to the next (1: in proportion).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from dateutil.relativedelta import relativedelta

from experiments.benchmarks.measuring import measured, ran_as_step
from features.employers import EMPLOYER_FEATURES
from features.engine import DuckDB
from features.folds import FOLDS
from features.folds.files import fold_files
from features.lake.ingest import ingest
from features.lake.lake import Lake
from features.snapshots.days import LOOK_BACK_MONTHS, due_month, month_from
from features.snapshots.portions import DAYS_A_QUERY
from features.snapshots.take import take_employer_snapshot

MODULE = "experiments.benchmarks.snapshot"
WORKERS, MONTHS = 13, 24
BY_HAND = files("experiments.benchmarks").joinpath("snapshot.sql").read_text(encoding="utf-8")
DOZEN = (
    "unpaid_share_3m", "unpaid_share_12m", "unpaid_amount_12m", "unpaid_worker_months_6m", "late_share_12m",
    "mean_days_late_12m", "payroll_months_12m", "workers_3m", "mean_wage_3m", "contributions_unpaid_share_3m",
    "insured_share_3m", "base_to_wages_3m",
)  # fmt: skip
LIMITS = ("2GB", "500MB:1")  # of memory, and where that is little the threads that share it: each takes some of its own
UNITS = ("wall_s", "cpu_s")
GROWING = ("folds", "all 1", f"all {MONTHS}")

WORKER_MONTHS = """
    SELECT 'E' || lpad((w // {workers})::VARCHAR, 9, '0') AS employer_id,
           '11010119' || lpad((CASE WHEN changed THEN other ELSE w END + moved)::VARCHAR, 10, '0') AS worker_id,
           first_day AS month, w, hash(w // {workers}) % 20 = 0 AS in_need, hash(w, {month}, 'gone') % 25 = 0 AS absent
    FROM range({employers} * {workers}) AS places(w),
         (SELECT (DATE '2023-01-01' + to_months({month}))::DATE AS first_day),
         LATERAL (SELECT CASE WHEN hash(w, 'leaves') % 24 <= {month} AND hash(w) % 3 = 0 THEN 5000000000 ELSE 0 END AS moved),
         LATERAL (SELECT w // {workers} AS e),
         LATERAL (SELECT hash(e // 16, 'together') % 25 = 0 AS together),
         LATERAL (SELECT xor(e, CASE WHEN together THEN 8 ELSE 8 << (w % {workers} % 3)::INT END) * {workers} + w % {workers} AS other),
         LATERAL (SELECT other < {employers} * {workers} AND hash(w) % 3 > 0 AND hash(other) % 3 > 0 AND
             CASE WHEN together THEN hash(e // 16, 'when') % 24 <= {month}
                  ELSE hash(other // {workers} // 16, 'together') % 25 > 0 AND hash(least(w, other), 'changes') % 5 = 0
                      AND hash(least(w, other), 'when') % 24 <= {month} END AS changed)
"""
PAYROLL = """
    SELECT employer_id, worker_id, month, (3000 + hash(w) % 900000 / 100)::DECIMAL(18, 2) AS wage_due,
           CASE WHEN in_need AND hash(w, {month}) % 3 = 0 THEN NULL ELSE wage_due END AS wage_paid,
           CASE WHEN wage_paid IS NULL THEN NULL
                ELSE (month + INTERVAL 1 MONTH + to_days((hash(employer_id, {month}) % 40)::INT))::DATE END AS paid_on,
           (month + INTERVAL 1 MONTH + to_days((hash(employer_id, 'filed') % 9)::INT))::DATE AS known_on
    FROM ({rows}) WHERE NOT absent
"""
CORRECTED = "SELECT * REPLACE (wage_due + 100 AS wage_due, known_on + 40 AS known_on) FROM ({rows}) WHERE hash(worker_id, month) % 200 = 0"
CONTRIBUTIONS = """
    SELECT employer_id, worker_id, month, 'pension' AS scheme, (3000 + hash(w) % 600000 / 100)::DECIMAL(18, 2) AS base,
           (base * 0.24)::DECIMAL(18, 2) AS due, CASE WHEN in_need AND hash(w, {month}, 'c') % 2 = 0 THEN NULL ELSE due END AS paid,
           CASE WHEN paid IS NULL THEN NULL ELSE (month + INTERVAL 1 MONTH + to_days((hash(employer_id, {month}, 'c') % 50)::INT))::DATE END AS paid_on,
           (month + INTERVAL 1 MONTH + to_days((hash(employer_id, 'filed') % 9)::INT))::DATE AS known_on
    FROM ({rows}) WHERE hash(w, 'insured') % 20 > 0
"""
EMPLOYERS = """
    SELECT 'E' || lpad(e::VARCHAR, 9, '0') AS employer_id, 'Employer ' || e AS name, 'industry ' || e % 12 AS industry,
           'region ' || e % 9 AS region, 'ownership ' || e % 4 AS ownership, DATE '2010-01-01' AS registered_on,
           CASE WHEN hash(e, 'closed') % 40 = 0 THEN DATE '2023-03-01' + (hash(e) % 660)::INT END AS closed_on FROM range({employers}) AS numbers(e)
"""
COMPLAINTS = """
    SELECT 'C' || c AS complaint_id, 'E' || lpad((hash(c) % {employers})::VARCHAR, 9, '0') AS employer_id,
           DATE '2023-01-01' + (hash(c, 'd') % 720)::INT AS filed_on, 'wages' AS topic, 1 + hash(c, 'w') % 12 AS workers,
           1000 AS amount_claimed, CASE WHEN c % 2 = 0 THEN 'proven' END AS outcome, 900 AS amount_proven,
           filed_on + 60 AS decided_on FROM range({employers} // 5) AS numbers(c)
"""
INSPECTIONS = """
    SELECT 'I' || i AS inspection_id, 'E' || lpad((hash(i, 'e') % {employers})::VARCHAR, 9, '0') AS employer_id,
           DATE '2023-01-01' + (hash(i, 'd') % 700)::INT AS opened_on, ['complaint', 'watchlist', 'random', 'routine'][1 + (hash(i, 't') % 4)::INT] AS trigger,
           opened_on + 40 AS closed_on, ['arrears', 'clean', 'clean', 'other_violation', 'not_found', 'contribution_arrears'][1 + i % 6] AS finding,
           CASE WHEN i % 6 = 0 THEN 1 + hash(i) % 9 ELSE 0 END AS workers_owed, 2000 * workers_owed AS amount_owed,
           CASE WHEN i % 4 = 0 THEN amount_owed ELSE 0 END AS amount_recovered FROM range({employers} // 10) AS numbers(i)
"""
TIES = """
    SELECT 'E' || lpad(e::VARCHAR, 9, '0') AS employer_id, tie,
           CASE WHEN tie = 'agent' OR (tie <> 'director' AND hash(e, tie, 'hub') % 50 = 0) THEN 'hub ' || hash(e, tie) % ({employers} // 500 + 1)
                WHEN hash(e // 2, tie) % 4 = 0 THEN 'of two ' || e // 2 ELSE 'own ' || e END AS value,
           DATE '2010-01-01' + (hash(e, tie, 'since') % 5400)::INT AS since,
           CASE WHEN hash(e, tie, 'until') % 20 = 0 THEN DATE '2024-10-01' + (hash(e) % 90)::INT END AS until
    FROM range({employers}) AS numbers(e), (SELECT unnest(['director', 'shareholder', 'phone', 'address', 'account', 'agent']) AS tie)
    WHERE tie <> 'agent' OR e % 10 = 0
"""


def make(folder: Path, employers: int, months: range) -> None:
    """Write the rows of `months` (numbered from 0: 2023-01) as registers into `folder`."""
    size = {"employers": employers, "workers": WORKERS}
    for name in ("payroll", "contributions"):
        (folder / name).mkdir(parents=True)
    for month in months:
        rows = WORKER_MONTHS.format(month=month, **size)
        pay = PAYROLL.format(month=month, rows=rows)
        _write(f"{pay} UNION ALL {CORRECTED.format(rows=pay)}", folder / "payroll" / f"{month:02}.parquet")
        _write(CONTRIBUTIONS.format(month=month, rows=rows), folder / "contributions" / f"{month:02}.parquet")
    if 0 in months:
        _write(EMPLOYERS.format(**size), folder / "employers.parquet")
        _write(COMPLAINTS.format(**size), folder / "complaints.parquet")
        _write(INSPECTIONS.format(**size), folder / "inspections.parquet")
        _write(TIES.format(**size), folder / "employer_ties.parquet")


def _write(query: str, path: Path) -> None:
    duckdb.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def month_ends(number: int) -> list[dt.date]:
    """The last day of each of the first `number` months."""
    firsts = [dt.date(2023 + month // 12, month % 12 + 1, 1) for month in range(1, number + 1)]
    return [first - dt.timedelta(days=1) for first in firsts]


def run_ingest(folder: str, lake: str) -> int:
    """Take the registers in; returns the rows accepted."""
    return ingest(Path(folder), Lake(lake)).accepted


def run_scan(lake: str) -> int:
    """Read every row of payroll and contributions once and add up what is due; returns the rows."""
    rows = 0
    for register, column in (("payroll", "wage_due"), ("contributions", "due")):
        paths = [str(file.path) for file in Lake(lake).files(register)]
        found = duckdb.execute(f"SELECT count({column}), sum({column}) FROM read_parquet(?)", [paths]).fetchone()
        assert found is not None
        rows += int(found[0])
    return rows


def run_folds(lake: str, limit: str = "4GB") -> int:
    """Fold what is not folded yet; returns the files there are."""
    engine = _limited(limit)
    opened = Lake(lake)
    return sum(len(fold_files(opened, engine, fold, opened.version())) for fold in FOLDS.values())


def run_all(lake: str, days: str, limit: str = "4GB") -> int:
    """All features on the last `days` month ends; returns the rows."""
    return _snapshots(lake, [f.name for f in EMPLOYER_FEATURES], int(days), limit)


def run_dozen(lake: str, days: str, limit: str = "4GB") -> int:
    """The dozen features that SQL was written for; returns the rows."""
    return _snapshots(lake, DOZEN, int(days), limit)


def _snapshots(lake: str, names: tuple[str, ...] | list[str], number: int, limit: str) -> int:
    opened = Lake(lake)
    wanted = [EMPLOYER_FEATURES[name] for name in names]
    days = month_ends(_months_in(opened))[-number:]
    engine, rows = _limited(limit), 0
    for start in range(0, len(days), DAYS_A_QUERY):  # what a nightly job keeps is one part at a time
        rows += take_employer_snapshot(opened, engine, days[start : start + DAYS_A_QUERY], wanted).num_rows
    return int(rows)


def _limited(limit: str) -> DuckDB:
    """`limit`: most memory, as 2GB, and threads where they are few, as 500MB:1."""
    memory, _, threads = limit.partition(":")
    return DuckDB(memory, int(threads) if threads else None)


def _months_in(lake: Lake) -> int:
    return len({file.partition for file in lake.files("payroll")})


def run_sql(lake: str, days: str, memory: str = "4GB") -> int:
    """The same dozen, by hand, from the raw rows, `DAYS_A_QUERY` days a query; returns the rows."""
    opened = Lake(lake)
    ends = month_ends(_months_in(opened))[-int(days) :]
    con = duckdb.connect()
    con.execute(f"SET memory_limit = '{memory}'")
    con.execute("SET preserve_insertion_order = false")
    rows = 0
    for start in range(0, len(ends), DAYS_A_QUERY):
        rows += by_hand(con, opened, ends[start : start + DAYS_A_QUERY]).num_rows
    return rows


def by_hand(con: duckdb.DuckDBPyConnection, lake: Lake, days: list[dt.date]) -> pa.Table:
    """The dozen features as of `days`, by the SQL beside this file."""
    starts = {f"m{months}": [month_from(day, months) for day in days] for months in LOOK_BACK_MONTHS}
    newest = [due_month(day) for day in days]
    due = {
        f"due{months}": [month - relativedelta(months=months - 1) for month in newest] for months in LOOK_BACK_MONTHS
    }
    con.register("days", pa.table({"as_of": days, **starts, "due": newest, **due}))
    paths = {name: [str(file.path) for file in lake.files(name)] for name in ("payroll", "contributions")}
    return con.execute(BY_HAND, paths).to_arrow_table()


def run_same(lake: str, days: str) -> int:
    """Both ways on the last `days` month ends: the greatest relative difference must be below 1e-9. Returns the rows."""
    opened = Lake(lake)
    ends = month_ends(_months_in(opened))[-int(days) :]
    ours = take_employer_snapshot(opened, DuckDB(), ends, [EMPLOYER_FEATURES[name] for name in DOZEN])
    theirs = by_hand(duckdb.connect(), opened, ends)
    assert ours["employer_id"].to_pylist() == theirs["employer_id"].to_pylist()
    for name in DOZEN:
        one, other = (np.asarray(t[name].to_pandas(), dtype=np.float64) for t in (ours, theirs))
        assert np.allclose(one, other, rtol=1e-9, atol=1e-9, equal_nan=True), name
    return int(ours.num_rows)


STEPS: dict[str, Callable[..., int]] = {
    "ingest": run_ingest, "scan": run_scan, "folds": run_folds, "all": run_all, "dozen": run_dozen, "sql": run_sql,
    "same": run_same,
}  # fmt: skip


def compare(work: Path, employers: int, limits: tuple[str, ...]) -> dict[str, Any]:
    """All steps on one lake, then one month more, then the whole again under each memory limit."""
    lake = work / "lake"
    make(work / "first", employers, range(MONTHS))
    make(work / "next", employers, range(MONTHS, MONTHS + 1))
    found = {"ingest": measured(MODULE, "ingest", work / "first", lake)}
    shutil.rmtree(work / "first")
    found["scan"] = measured(MODULE, "scan", lake)
    found["same"] = measured(MODULE, "same", lake, 1)
    shutil.rmtree(lake / "folds")
    found["folds"] = measured(MODULE, "folds", lake)
    for name, days in (
        ("all", 1),
        ("all", DAYS_A_QUERY),
        ("all", MONTHS),
        ("dozen", 1),
        ("dozen", MONTHS),
        ("sql", 1),
        ("sql", MONTHS),
    ):
        found[f"{name} {days}"] = measured(MODULE, name, lake, days)
    for limit in limits:
        found[f"all {DAYS_A_QUERY} in {limit}"] = measured(MODULE, "all", lake, DAYS_A_QUERY, limit)
    found["ingest a month"] = measured(MODULE, "ingest", work / "next", lake)
    shutil.rmtree(work / "next")
    for limit in limits:  # the month is folded again for each, and last without a limit
        with _forgotten(lake / "folds"):
            found[f"folds of a month in {limit}"] = measured(MODULE, "folds", lake, limit)
    found["folds of a month"] = measured(MODULE, "folds", lake)
    found["all 1 after a month"] = measured(MODULE, "all", lake, 1)
    return {"employers": employers, "features": len(EMPLOYER_FEATURES), "steps": found, "ratios": _ratios(found)}


@contextmanager
def _forgotten(folds: Path) -> Iterator[None]:
    """Fold files made inside are removed afterwards."""
    before = set(folds.rglob("*.parquet"))
    yield
    for path in set(folds.rglob("*.parquet")) - before:
        path.unlink()


def _ratios(found: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """One over the other in wall seconds and in CPU seconds; the latter holds on a busy machine too."""
    whole, month = ("folds", f"all {MONTHS}"), ("ingest a month", "folds of a month", "all 1 after a month")
    pairs: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "whole over scan": (whole, ("scan",)),
        "one snapshot (folded) over scan": (("all 1",), ("scan",)),
        "whole over SQL of a dozen": (whole, (f"sql {MONTHS}",)),
        "dozen (with folds) over SQL": (("folds", f"dozen {MONTHS}"), (f"sql {MONTHS}",)),
        "dozen (folded) over SQL": ((f"dozen {MONTHS}",), (f"sql {MONTHS}",)),
        "folds of a new month over all folds": (("folds of a month",), ("folds",)),
        "a new month (taken in, folded, one day) over folds and 24 days": (month, whole),
    }
    return {
        name: {unit: round(sum(found[s][unit] for s in one) / sum(found[s][unit] for s in other), 3) for unit in UNITS}
        for name, (one, other) in pairs.items()
    }


def exponents(runs: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """For each step and unit of each two consecutive `runs` the power of the number of employers that seconds grow with."""
    found = {}
    for small, large in pairwise(runs):
        more = math.log(large["employers"] / small["employers"])
        for step in GROWING:
            one, other = small["steps"][step], large["steps"][step]
            found[f"{step}: {small['employers']} to {large['employers']}"] = {
                unit: round(math.log(other[unit] / one[unit]) / more, 2) for unit in UNITS
            }
    return found


def main() -> None:
    """Parse the options, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--employers", type=int, nargs="+", default=[100_000], help="several: how costs grow is printed"
    )
    parser.add_argument("--work", type=Path, required=True, help="an empty folder; 10 GB for 100,000 employers")
    parser.add_argument(
        "--limits", nargs="*", default=LIMITS, help="limits of DuckDB's memory and threads to run the whole under"
    )
    options = parser.parse_args()
    runs = [compare(options.work / str(number), number, tuple(options.limits)) for number in sorted(options.employers)]
    print(json.dumps({"runs": runs, "exponents": exponents(runs)}, indent=1))


if __name__ == "__main__" and not ran_as_step(STEPS, sys.argv[1:]):
    main()
