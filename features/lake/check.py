"""The rules of a register over raw rows, as SQL for DuckDB: good rows, and what each other row broke."""

from __future__ import annotations

from functools import lru_cache, reduce
from operator import and_, or_

import ibis
import ibis.expr.types as ir

from features.registers import REGISTERS, Register
from features.registers.rules import rules
from features.registers.values import SPACES, given, known_on, value

RAW = "raw"  # the view that every statement here reads: columns as in the file, and source_line
REPEATED_HEADER = "repeated_header"
Columns = tuple[tuple[str, str], ...]  # name and Ibis type of each column the file has


def rule_names(register: Register) -> list[str]:
    """The rules by their bit in `broken`, lowest first."""
    return [REPEATED_HEADER, *(rule.name for rule in rules(register))]


@lru_cache(maxsize=64)
def checked(register: str, columns: Columns, spaces: str = SPACES) -> str:
    """A query over `raw`: the lake's columns, `source_line`, and `broken`, a bit for each broken rule.

    `spaces` are the characters to trim: where a file has no others, a blank alone is much faster.
    """
    declared = REGISTERS[register]
    raw = ibis.table({**dict(columns), "source_line": "int64"}, name=RAW)
    cells = raw.select(
        "source_line",
        **{_said(name): _cell(raw, name, spaces) for name in declared.names},
    )
    values = cells.mutate(
        is_header=_is_header(declared, cells),
        **{column.name: value(column, cells[_said(column.name)]) for column in declared.columns},
    )
    query = values.select(
        "source_line",
        *(name for name in declared.names if name != "known_on"),
        known_on=known_on(declared, values),
        broken=_broken(declared, values),
    )
    return str(ibis.to_sql(query, dialect="duckdb"))


def _said(name: str) -> str:
    """What the column with a cell as given is called, beside the one with its value."""
    return f"{name} as given"


def _cell(raw: ir.Table, name: str, spaces: str) -> ir.Value:
    return given(raw[name], spaces) if name in raw.columns else ibis.null("string")


def _is_header(register: Register, cells: ir.Table) -> ir.BooleanValue:
    """Whether a row says in every column of the key what the column is called."""
    said = {name: cells[_said(name)] for name in register.key}
    if not all(cell.type().is_string() for cell in said.values()):
        return ibis.literal(False)
    return reduce(and_, ((cell.lower() == name).fill_null(False) for name, cell in said.items()))


def _broken(register: Register, values: ir.Table) -> ir.IntegerValue:
    said = {name: values[_said(name)] for name in register.names}
    bits = [
        rule.broken(said, values).fill_null(False).ifelse(1 << bit, 0).cast("int64")
        for bit, rule in enumerate(rules(register), start=1)
    ]
    return values.is_header.ifelse(ibis.literal(1, "int64"), reduce(or_, bits))
