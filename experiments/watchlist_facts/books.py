"""The raw registers as an authority delivered them, asked by plain SQL; no number here comes from `features`."""

from __future__ import annotations

import datetime as dt
import tomllib
from importlib.resources import files
from pathlib import Path

import duckdb

from features.errors import BadInput

_HERE = files("experiments.watchlist_facts")
FACTS: dict[str, str] = {
    name: sql
    for family in tomllib.loads(_HERE.joinpath("facts.toml").read_text(encoding="utf-8")).values()
    for name, sql in family.items()
}
COLUMNS = {
    "employers": "employer_id VARCHAR, name VARCHAR, industry VARCHAR, region VARCHAR, ownership VARCHAR,"
    " registered_on DATE, closed_on DATE",
    "payroll": "employer_id VARCHAR, worker_id VARCHAR, month DATE, wage_due DOUBLE, wage_paid DOUBLE, paid_on DATE",
    "contributions": "employer_id VARCHAR, worker_id VARCHAR, month DATE, scheme VARCHAR, base DOUBLE, due DOUBLE,"
    " paid DOUBLE, paid_on DATE",
    "employer_ties": "employer_id VARCHAR, tie VARCHAR, value VARCHAR, since DATE, until DATE",
    "complaints": "complaint_id VARCHAR, employer_id VARCHAR, filed_on DATE, topic VARCHAR, workers BIGINT, amount_claimed DOUBLE,"
    " outcome VARCHAR, amount_proven DOUBLE, decided_on DATE, amount_recovered DOUBLE",
    "inspections": "inspection_id VARCHAR, employer_id VARCHAR, opened_on DATE, closed_on DATE, finding VARCHAR,"
    " workers_owed BIGINT, amount_owed DOUBLE, amount_recovered DOUBLE",
}


class Books:
    """The registers below a folder as known on a day.

    `due_days`: days after the end of a month by which its wages and contributions have fallen due. BadInput where there is
    no register of employers.
    """

    def __init__(self, registers: Path, day: dt.date, due_days: int) -> None:
        if not _source(registers, "employers"):  # without it every fact would be found false
            raise BadInput(
                f"there is no register of employers in {registers}",
                found=", ".join(sorted(path.name for path in registers.glob("*"))) or "nothing",
                expected="employers.csv, employers.parquet or employers/, as they were delivered",
                do="name their folder with --registers",
            )
        self._run = duckdb.connect(config={"threads": 1}).execute
        for name, value in (("day", day), ("due_days", due_days)):
            self._set(name, value)
        for name, after in (("newest_ended", 0), ("newest_due", due_days)):
            self._set(name, _newest_month(day, after))
        for register, columns in COLUMNS.items():
            self._run(f"CREATE VIEW raw_{register} AS {self._typed(register, columns, registers)}")
        self._run(_HERE.joinpath("registers.sql").read_text(encoding="utf-8"))

    def number(self, sql: str, employer: str) -> float | None:
        """What `sql` says of `employer`; None where it says nothing."""
        found = self.row(sql, employer)[0]
        return None if found is None else float(str(found))

    def row(self, sql: str, employer: str) -> tuple[object, ...]:
        """The first row of what `sql` says of `employer`."""
        self._set("employer", employer)
        found: tuple[object, ...] = self._run(sql).fetchone() or (None,)
        return found

    def fact(self, name: str, employer: str) -> float | None:
        """The fact called `name`; KeyError where facts.toml has none."""
        return self.number(FACTS[name], employer)

    def _typed(self, register: str, columns: str, registers: Path) -> str:
        """The register's columns as declared above, absent ones unknown; no rows where it was not delivered."""
        wanted = [column.split(" ") for column in [*columns.split(", "), "known_on DATE"]]
        source = _source(registers, register)
        there = {row[0] for row in self._run(f"DESCRIBE FROM {source}").fetchall()} if source else set()
        cells = [f"CAST({name if name in there else 'NULL'} AS {kind}) AS {name}" for name, kind in wanted]
        return f"SELECT {', '.join(cells)} " + (f"FROM {source}" if source else "WHERE false")

    def _set(self, name: str, value: object) -> None:
        self._run(f"SET VARIABLE {name} = ?", [value])


def _source(registers: Path, register: str) -> str:
    """What DuckDB reads: NAME.csv, NAME.parquet or Parquet files below NAME/; '' for none of them."""
    if (file := registers / f"{register}.csv").exists():
        return f"read_csv('{file}', header = true, all_varchar = true)"
    for found, pattern in ((registers / f"{register}.parquet", ""), (registers / register, "/**/*.parquet")):
        if found.exists():
            return f"read_parquet('{found}{pattern}', hive_partitioning = false)"
    return ""


def _newest_month(day: dt.date, after: int) -> dt.date:
    """The first day of the newest month of which the last day and `after` days more have come by `day`."""
    ended = day - dt.timedelta(days=after) + dt.timedelta(days=1)
    return (ended.replace(day=1) - dt.timedelta(days=1)).replace(day=1)
