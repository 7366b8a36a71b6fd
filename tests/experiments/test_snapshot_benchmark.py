"""The rows that the benchmark of snapshots makes, and how it says that costs grow."""

from pathlib import Path

import duckdb
import pytest

from experiments.benchmarks.snapshot import GROWING, exponents, make


def test_workers_move_and_ties_are_shared(tmp_path: Path) -> None:
    make(tmp_path, 300, range(0, 24, 12))

    def ask(sql: str) -> tuple[int, ...]:
        found = duckdb.execute(sql).fetchone()
        assert found is not None
        return found

    pay = f"'{tmp_path}/payroll/*.parquet'"
    assert (
        ask(f"SELECT count(*) FROM (FROM {pay} SELECT worker_id GROUP BY ALL HAVING count(DISTINCT employer_id) > 1)")[
            0
        ]
        > 50
    )
    assert (
        ask(
            f"SELECT count(*) FROM (FROM {pay} SELECT worker_id, month GROUP BY ALL HAVING count(DISTINCT employer_id) > 1)"
        )[0]
        == 0
    )
    ties = f"(SELECT tie, value, count(*) AS held_by FROM '{tmp_path}/employer_ties.parquet' GROUP BY ALL)"
    few, hubs = ask(f"SELECT count(*) FILTER (WHERE held_by <= 2), count(*) FILTER (WHERE held_by > 20) FROM {ties}")
    assert few > 1000 and hubs > 0
    assert ask(f"SELECT count(DISTINCT finding) FROM '{tmp_path}/inspections.parquet'") == (5,)


def test_costs_that_grow_in_proportion_have_an_exponent_of_1() -> None:
    runs = [
        {"employers": n, "steps": {step: {"wall_s": n / 100, "cpu_s": n**2 / 1e6} for step in GROWING}}
        for n in (1000, 10_000)
    ]
    found = exponents(runs)
    assert set(found) == {f"{step}: 1000 to 10000" for step in GROWING}
    assert all(one == pytest.approx({"wall_s": 1, "cpu_s": 2}) for one in found.values())
    assert exponents(runs[:1]) == {}
