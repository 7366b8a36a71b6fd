"""The registers of the newest lake version, opened once and read by one request at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import ibis
import ibis.expr.types as ir

from features.engine import Engine
from features.folds import FOLDS
from features.known import KNOWN_UNTIL, standing
from features.lake.lake import Lake
from features.registers import REGISTERS, Register
from features.snapshots.lake_tables import cells, folded, rows
from serving.dossier.plain import plain
from serving.jurisdiction import Scope, not_there

Row = dict[str, Any]


class Registers:
    """The registers of `lake`, read by `engine`. What is not there has no rows: a deployment need not have all."""

    def __init__(self, lake: Lake, engine: Engine) -> None:
        self.lake, self.engine = lake, engine
        self._lock = Lock()  # the engine's connection is one
        self._version = 0
        self._tables: dict[str, ir.Table] = {}

    def has(self, register: str) -> bool:
        """Whether the lake has any row of `register`."""
        return self.lake.has(register)

    @property
    def version(self) -> int:
        """The lake version that is read now."""
        return self.lake.version()

    def known(self, register: str, by: Mapping[str, str], day: dt.date) -> list[Row]:
        """The rows whose columns are as `by` says, as known on `day`, newest known first; plain data, money in minor units."""
        if not self.has(register):
            return []
        declared = REGISTERS[register]
        found = self.ask(
            lambda table: _in_order(
                standing_on(
                    table(register).filter(*[ibis._[column] == value for column, value in by.items()]), declared, day
                ),
                declared,
            )
        )
        return [learned_by(plain(row, declared), declared, day) for row in found]

    def seen(self, register: str, key: str, value: str, scope: Scope, day: dt.date, message: str) -> Row:
        """The row of `register` whose `key` is `value`, as known on `day`. NotFound: unknown on the day, or outside the scope."""
        found = self.known(register, {key: value}, day)
        if not found or not scope.holds(found[0]["region"]):
            raise not_there(message, value)
        return found[0]

    def ask(self, question: Callable[[Callable[[str], ir.Table]], ir.Table]) -> list[Row]:
        """The rows that `question` asks of the registers, which it gets by name."""
        with self._lock:
            return list(self.engine.fetch(question(self._table)).to_pylist())

    def folded(self, fold: str, employer_id: str, day: dt.date) -> list[Row]:
        """One employer's cells of `fold` as known on `day`, added up by month, newest first; none without its registers."""
        if not all(self.has(register) for register in FOLDS[fold].registers):
            return []
        with self._lock:
            table = self._fold(fold)
            measures = [name for name in table.columns if name not in ("employer_id", "event", "learned_on")]
            known = table.filter(table.employer_id == employer_id, table.learned_on <= day)
            monthly = known.group_by("event").agg(**{name: known[name].sum().cast("int64") for name in measures})
            return list(self.engine.fetch(monthly.order_by(monthly.event.desc())).to_pylist())

    def _table(self, register: str) -> ir.Table:
        self._at_newest_version()
        if register not in self._tables:
            self._tables[register] = rows(self.lake, self.engine, register, self._version)
        return self._tables[register]

    def _fold(self, fold: str) -> ir.Table:
        self._at_newest_version()
        key = f"fold {fold}"
        if key not in self._tables:
            files = folded(self.lake, self.engine, [FOLDS[fold]], self._version)
            self._tables[key] = cells(self.engine, files)[fold]
        return self._tables[key]

    def _at_newest_version(self) -> None:
        newest = self.lake.version()
        if newest != self._version:
            self._tables, self._version = {}, newest


def standing_on(rows: ir.Table, declared: Register, day: dt.date) -> ir.Table:
    """The rows known by `day` and not corrected by then."""
    known = standing(rows.filter(rows.known_on <= day), declared.key)
    return known.filter(known[KNOWN_UNTIL].isnull()).select(*declared.names)


def learned_by(row: Row, declared: Register, day: dt.date) -> Row:
    """What is learned later than the row is unknown before its own day, as it was to everybody."""
    for column in declared.columns:
        if column.learned_on and (row[column.learned_on] is None or row[column.learned_on] > day):
            row[column.name] = None
    for name in declared.learning_days:
        if row[name] is not None and row[name] > day:
            row[name] = None
    return row


def _in_order(rows: ir.Table, declared: Register) -> ir.Table:
    return rows.order_by(rows.known_on.desc(), *[rows[name] for name in declared.key])
