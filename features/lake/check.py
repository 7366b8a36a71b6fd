"""The rules of a register over raw rows, as SQL for DuckDB: good rows, and what each other row broke."""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import and_, or_

import ibis
import ibis.expr.types as ir

from features.registers import REGISTERS, Register
from features.registers.rules import rules
from features.registers.values import given, known_on, value

RAW = "raw"  # the view that every statement here reads: columns as in the file, and source_line
REPEATED_HEADER = "repeated_header"
Columns = tuple[tuple[str, str], ...]  # name and Ibis type of each column the file has


def rule_names(register: Register) -> list[str]:
    """The rules by their bit in `broken`, lowest first."""
    return [REPEATED_HEADER, *(rule.name for rule in rules(register))]


@lru_cache(maxsize=64)
def checked(register: str, columns: Columns) -> str:
    """A query over `raw`: the lake's columns, `source_line`, and `broken`, a bit for each broken rule."""
    declared = REGISTERS[register]
    raw = ibis.table({**dict(columns), "source_line": "int64"}, name=RAW)
    cells = raw.select(
        source_line=raw.source_line,
        is_header=_is_header(raw, dict(columns)),
        **{name: given(raw[name]) if name in raw.columns else ibis.null("string") for name in declared.names},
    )
    values = cells.select(
        "source_line",
        broken=_broken(declared, cells),
        **{column.name: value(column, cells[column.name]) for column in declared.columns},
    )
    return str(ibis.to_sql(values.mutate(known_on=known_on(declared, values)), dialect="duckdb"))


def _is_header(raw: ir.Table, columns: dict[str, str]) -> ir.BooleanValue:
    if any(kind != "string" for kind in columns.values()):
        return ibis.literal(False)
    return reduce(and_, ((given(raw[name]).lower() == name).fill_null(False) for name in columns))


def _broken(register: Register, cells: ir.Table) -> ir.IntegerValue:
    texts = {column.name: cells[column.name] for column in register.columns}
    values = {column.name: value(column, cells[column.name]) for column in register.columns}
    bits = [
        rule.broken(texts, values).fill_null(False).ifelse(1 << bit, 0).cast("int64")
        for bit, rule in enumerate(rules(register), start=1)
    ]
    return cells.is_header.ifelse(ibis.literal(1, "int64"), reduce(or_, bits))
