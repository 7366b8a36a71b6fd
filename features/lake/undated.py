"""Conclusions that were accepted without their day: they never count, and somebody should be told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from features.lake import duck
from features.registers import Register, Type

AMOUNTS = (Type.MONEY, Type.COUNT)  # an amount alone says nothing was concluded; wages paid without a day do count


def undated(con: duckdb.DuckDBPyConnection, register: Register, files: Sequence[Path]) -> dict[str, int]:
    """Rows of `files` with a conclusion (outcome, finding, death) but no day of it, by the column that lacks the day."""
    days = {
        column.name: column.learned_on
        for column in register.columns
        if column.learned_on not in (None, column.name) and column.type not in AMOUNTS
    }
    if not days or not files:
        return {}
    rows = duck.parquet(files)
    found = {
        day: duck.number(
            con, f"SELECT count(*) FROM {rows} WHERE {duck.name(said)} IS NOT NULL AND {duck.name(day)} IS NULL"
        )
        for said, day in days.items()
        if day
    }
    return {day: count for day, count in found.items() if count}
