"""Small worlds written as text tables, or drawn at random, asked for features as of a day on either engine."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from dateutil.relativedelta import relativedelta

from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.folds import FOLDS
from features.registers import REGISTERS, Type
from features.snapshots.build import employer_snapshot
from features.snapshots.days import days_table
from features.ties.table import Sources, ties_as_of

Row = dict[str, Any]
World = dict[str, list[Row]]

PARSE = {
    Type.DATE: dt.date.fromisoformat,
    Type.MONTH: dt.date.fromisoformat,
    Type.MONEY: lambda text: Decimal(text).quantize(Decimal("0.01")),
    Type.COUNT: int,
    Type.CHANCE: float,
    Type.TIMESTAMP: dt.datetime.fromisoformat,
}
ARROW = {
    Type.DATE: pa.date32(),
    Type.MONTH: pa.date32(),
    Type.MONEY: pa.decimal128(18, 2),
    Type.COUNT: pa.int64(),
    Type.CHANCE: pa.float64(),
    Type.TIMESTAMP: pa.timestamp("us"),
}


def rows(register: str, text: str) -> pa.Table:
    """The rows of a text table (columns parted by `|`), typed as the register is in the lake."""
    types = {column.name: column.type for column in REGISTERS[register].columns}
    lines = [[cell.strip() for cell in line] for line in csv.reader(text.strip().splitlines(), delimiter="|")]
    records = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    return table(register, [{name: _parse(types[name], cell) for name, cell in r.items()} for r in records])


def table(register: str, records: Iterable[Row]) -> pa.Table:
    """Records as a typed table; columns not given are null, `known_on` is the register's natural day."""
    declared = REGISTERS[register]
    filled = [{**record, "known_on": record.get("known_on") or natural_day(register, record)} for record in records]
    return pa.table(
        {c.name: pa.array([r.get(c.name) for r in filled], ARROW.get(c.type, pa.string())) for c in declared.columns}
    )


def natural_day(register: str, record: Row) -> dt.date | None:
    """The day a row is known where its file does not say: of a month the last day."""
    natural = REGISTERS[register].natural
    day = record.get(natural) if natural else dt.date(1900, 1, 1)  # always known
    if isinstance(day, dt.datetime):
        return day.date()
    if day is None or natural != "month":
        return day
    return day + relativedelta(months=1, days=-1)


def _parse(type_: Type, text: str) -> Any:
    return PARSE.get(type_, str)(text) if text else None


def features_as_of(
    engine: Engine, day: str, *names: str, employers: str | None = None, **registers: str
) -> dict[str, dict[str, Any]]:
    """Feature name → employer → value as of `day`. Employers not given are made up from the other registers."""
    return features_on(engine, [day], *names, employers=employers, **registers)[day]


def features_on(
    engine: Engine, days: Sequence[str], *names: str, employers: str | None = None, **registers: str
) -> dict[str, dict[str, dict[str, Any]]]:
    """Day → what `features_as_of` gives, all asked at once."""
    tables = {name: rows(name, text) for name, text in registers.items()}
    own = rows("employers", employers) if employers else _bare_employers(tables)
    return snapshot_of(engine, days, own, tables, *names)


def features_of(engine: Engine, days: list[str], world: Mapping[str, list[Row]]) -> dict[str, dict[str, Any]]:
    """Day → feature → employer → value of all features, of a world given as records."""
    tables = {name: table(name, records) for name, records in world.items()}
    return snapshot_of(engine, days, tables.pop("employers"), tables)


def snapshot_of(
    engine: Engine, days: Sequence[str], employers: pa.Table, tables: dict[str, pa.Table], *names: str
) -> dict[str, dict[str, dict[str, Any]]]:
    """Day → feature → employer → value; all features where none is named."""
    with tempfile.TemporaryDirectory() as folder:
        return _snapshot_of(engine, Path(folder), days, employers, tables, *names)


def _snapshot_of(
    engine: Engine, folder: Path, days: Sequence[str], employers: pa.Table, tables: dict[str, pa.Table], *names: str
) -> dict[str, dict[str, dict[str, Any]]]:
    def stored(name: str, table: pa.Table) -> ir.Table:
        pq.write_table(table, folder / f"{name}.parquet")
        return engine.read([folder / f"{name}.parquet"], table.schema)

    known = {name: stored(name, table) for name, table in tables.items()}
    folds = [fold for fold in FOLDS.values() if known.keys() >= set(fold.registers)]
    cells = {fold.name: fold.expression(*[known[register] for register in fold.registers]) for fold in folds}
    wanted = [f for f in EMPLOYER_FEATURES if not names or f.name in names]
    asked = days_table([dt.date.fromisoformat(day) for day in days])
    own = stored("employers", employers)
    tied = any("ties" in feature.needs for feature in wanted)
    ties = _ties(engine, Sources(own, known.get("employer_ties"), cells), days, stored) if tied else None
    taken = engine.fetch(employer_snapshot(engine, own, cells, asked, wanted, ties)).to_pylist()
    return {
        day: {f.name: {r["employer_id"]: r[f.name] for r in taken if str(r["as_of"]) == day} for f in wanted}
        for day in days
    }


def _ties(
    engine: Engine, sources: Sources, days: Sequence[str], stored: Callable[[str, pa.Table], ir.Table]
) -> ir.Table:
    return stored("ties", pa.concat_tables([ties_as_of(engine, sources, dt.date.fromisoformat(day)) for day in days]))


def _bare_employers(tables: dict[str, pa.Table]) -> pa.Table:
    ids = sorted({i for table in tables.values() for i in table.column("employer_id").to_pylist()})
    lines = "\n".join(f"{i} | {i} | 1900-01-01" for i in ids)
    return rows("employers", f"employer_id | name | known_on\n{lines}")


def random_world(seed: int, employers: int = 40, year: int = 2024) -> World:
    """All six registers drawn at random around `year`: corrections, late decisions and payments, empty cells."""
    draw = Draw(np.random.default_rng(seed), year)
    ids = [f"e{number:03}" for number in range(employers)]
    return {
        "employers": [row for i in ids for row in draw.employer(i)],
        "complaints": [row for number in range(6 * employers) for row in draw.complaint(f"c{number}", draw.one(ids))],
        "inspections": [row for number in range(3 * employers) for row in draw.inspection(f"i{number}", draw.one(ids))],
        "payroll": [row for i in ids[: 3 * employers // 4] for row in draw.payroll(i)],
        "contributions": [row for i in ids[employers // 4 :] for row in draw.contributions(i)],
        "employer_ties": [row for i in ids for row in draw.ties(i, employers)],
    }


class Draw:
    """Random rows; every method of a register gives a row and, one time in five, its correction."""

    def __init__(self, random: np.random.Generator, year: int) -> None:
        self.random = random
        self.start = dt.date(year - 3, 1, 1)

    def one(self, choices: Any) -> Any:
        return choices[self.random.integers(len(choices))]

    def maybe(self, value: Any, share: float = 0.8) -> Any:
        return value if self.random.random() < share else None

    def day(self) -> dt.date:
        return self.start + dt.timedelta(days=int(self.random.integers(4 * 365)))

    def later(self, day: dt.date, at_most: int = 400) -> dt.date:
        return day + dt.timedelta(days=int(self.random.integers(at_most)))

    def money(self) -> Decimal:
        return Decimal(int(self.random.integers(0, 2_000_000))) / 100

    def corrected(self, first: Row, second: Row) -> list[Row]:
        known_on = self.later(first["known_on"]) + dt.timedelta(days=1)
        return [first, {**second, "known_on": known_on}] if self.random.random() < 0.2 else [first]

    def employer(self, employer: str) -> list[Row]:
        def row() -> Row:
            return {
                "employer_id": employer,
                "name": employer,
                "industry": self.maybe(self.one(["building", "catering"])),
                "region": self.maybe(self.one(["qinglan", "dongdu", "elsewhere"])),
                "registered_on": self.maybe(self.day()),
                "closed_on": self.maybe(self.day(), 0.2),
                "ownership": self.maybe(self.one(["private", "state"])),
                "registered_capital": self.maybe(self.money()),
                "known_on": self.day(),
            }

        return self.corrected(row(), row())

    def complaint(self, key: str, employer: str) -> list[Row]:
        filed_on = self.day()
        known_on = self.later(filed_on, 10)

        def row() -> Row:
            return {
                "complaint_id": key,
                "employer_id": employer,
                "filed_on": filed_on,
                "topic": self.maybe(self.one(["wages", "wages", "contract", "overtime"])),
                "workers": self.maybe(int(self.random.integers(1, 20))),
                "amount_claimed": self.maybe(self.money()),
                "known_on": known_on,
                **self.decision(filed_on),
            }

        return self.corrected(row(), row())

    def decision(self, filed_on: dt.date) -> Row:
        outcome = self.maybe(self.one(["proven", "proven", "unproven", "withdrawn", "settled", "duplicate"]))
        return {
            "outcome": outcome,
            "amount_proven": self.maybe(self.money()) if outcome else None,
            "decided_on": self.later(filed_on) if outcome else None,
            "amount_recovered": self.maybe(self.money()) if outcome else None,
        }

    def inspection(self, key: str, employer: str) -> list[Row]:
        opened_on = self.day()
        known_on = self.later(opened_on, 10)

        def row() -> Row:
            finding = self.maybe(self.one(["arrears", "contribution_arrears", "other_violation", "clean", "not_found"]))
            return {
                "inspection_id": key,
                "employer_id": employer,
                "opened_on": opened_on,
                "trigger": self.maybe(self.one(["complaint", "random", "routine"])),
                "closed_on": self.later(opened_on) if finding else None,
                "finding": finding,
                "workers_owed": self.maybe(int(self.random.integers(0, 20))) if finding else None,
                "amount_owed": self.maybe(self.money()) if finding else None,
                "amount_recovered": self.maybe(self.money()) if finding else None,
                "known_on": known_on,
            }

        return self.corrected(row(), row())

    def ties(self, employer: str, employers: int) -> list[Row]:
        def row(tie: str, value: int, since: dt.date | None) -> Row:
            until = self.maybe(self.later(since or self.day()), 0.3)
            return {"employer_id": employer, "tie": tie, "value": str(value), "since": since, "until": until}

        found = []
        for tie in ("director", "shareholder", "phone", "address", "account", "agent"):
            since, value = self.maybe(self.day()), int(self.random.integers(employers))
            first, second = row(tie, value, since), row(tie, value, since)
            found += self.corrected({**first, "known_on": self.later(since or self.day(), 30)}, second)
        return found

    def payment(self) -> tuple[Decimal | None, dt.date | None]:
        paid = self.maybe(self.money())
        return paid, self.maybe(self.day(), 0.9) if paid else None

    def months(self) -> list[dt.date]:
        every = [self.start + relativedelta(months=n) for n in range(48)]
        return [month for month in every if self.random.random() < 0.6]

    def payroll(self, employer: str) -> list[Row]:
        def row(worker: int, month: dt.date) -> Row:
            paid, paid_on = self.payment()
            return {
                "employer_id": employer, "worker_id": str(worker), "month": month, "wage_due": self.money(),
                "wage_paid": paid, "paid_on": paid_on, "known_on": month + relativedelta(months=1, days=-1),
            }  # fmt: skip

        keys = [(worker, month) for month in self.months() for worker in range(3)]
        return [r for key in keys for r in self.corrected(row(*key), row(*key))]

    def contributions(self, employer: str) -> list[Row]:
        def row(scheme: str, month: dt.date) -> Row:
            paid, paid_on = self.payment()
            return {
                "employer_id": employer, "worker_id": "1", "month": month, "scheme": scheme, "base": self.maybe(self.money()),
                "due": self.money(), "paid": paid, "paid_on": paid_on, "known_on": self.later(month, 60),
            }  # fmt: skip

        keys = [(scheme, month) for month in self.months() for scheme in ("pension", "medical", "unemployment")]
        return [r for key in keys for r in self.corrected(row(*key), row(*key))]


def known_by(world: World, day: dt.date) -> World:
    """What an office could have exported on `day`: no later row, and no field learned later."""
    return {
        name: [_as_known(name, row, day) for row in found if row["known_on"] <= day] for name, found in world.items()
    }


def _as_known(register: str, row: Row, day: dt.date) -> Row:
    """`row` with every field emptied that has a later day of its own, and that day too."""
    columns = REGISTERS[register].columns if register in REGISTERS else ()  # pairs of claims are no register
    dated = {c.name: c.learned_on for c in columns if c.learned_on}
    later = {name for name in {*dated.values(), "closed_on", "until"} if (row.get(name) or day) > day}
    return {name: None if name in later or dated.get(name) in later else value for name, value in row.items()}


def differences(one: Mapping[str, Mapping[str, Any]], other: Mapping[str, Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """(feature, employer, one value, other value) wherever two snapshots of a day are not equal to 1e-9."""
    return [
        (feature, employer, one[feature].get(employer), other[feature].get(employer))
        for feature in one
        for employer in sorted({*one[feature], *other[feature]})
        if not same(one[feature].get(employer), other[feature].get(employer))
    ]


def same(one: float | None, other: float | None) -> bool:
    """Both absent, or within a relative 1e-9."""
    if one is None or other is None:
        return one is other
    return bool(abs(one - other) <= 1e-9 * max(abs(one), abs(other)))
