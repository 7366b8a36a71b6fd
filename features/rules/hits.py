"""Which rules hold for which claims of a snapshot, on the days on which they are in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from features.errors import BadInput
from features.rules.rule import Rule, RuleBook

Flags = npt.NDArray[np.bool_]


def hit(rule: Rule, snapshot: pa.Table, on: dt.date | None = None) -> Flags:
    """Whether the rule holds, a flag a row of `snapshot` (as_of, scheme, and all that it reads). What is not known is no hit.

    A rule counts on the days on which it is in force; with `on`, on all days if it is in force on that one.

    BadInput names the columns that the snapshot lacks.
    """
    missing = [name for name in ("as_of", "scheme", *rule.when.names) if name not in snapshot.column_names]
    if missing:
        raise BadInput(
            f"rule {rule.name} cannot be tried on this snapshot",
            found=f"without {', '.join(missing)}",
            expected="a snapshot with all that the rule reads",
            do="take the snapshot with all features of claims",
        )
    if not snapshot.num_rows:
        return np.zeros(0, dtype=bool)
    known = pc.fill_null(rule.when.condition.values(snapshot), False)
    return _flags(known) & _of_schemes(rule, snapshot) & _in_force(rule, snapshot, on)


def hits(book: RuleBook, snapshot: pa.Table, on: dt.date | None = None) -> dict[str, Flags]:
    """The flags of every rule, by its name."""
    return {rule.name: hit(rule, snapshot, on) for rule in book.rules}


def _in_force(rule: Rule, snapshot: pa.Table, on: dt.date | None) -> Flags:
    if on is not None:
        return np.full(snapshot.num_rows, rule.holds_on(on))
    days = snapshot["as_of"].cast(pa.date32())
    held = pc.greater_equal(days, pa.scalar(rule.valid_from, pa.date32()))
    if rule.valid_until is not None:
        held = pc.and_(held, pc.less_equal(days, pa.scalar(rule.valid_until, pa.date32())))
    return _flags(held)


def _of_schemes(rule: Rule, snapshot: pa.Table) -> Flags:
    if not rule.schemes:
        return np.ones(snapshot.num_rows, dtype=bool)
    return _flags(pc.is_in(snapshot["scheme"], value_set=pa.array(rule.schemes, pa.string())))


def _flags(values: pa.ChunkedArray) -> Flags:
    return np.asarray(
        values.to_numpy(zero_copy_only=False) if isinstance(values, pa.Array) else values.to_numpy(), bool
    )


def hits_of_one(book: RuleBook, row: Mapping[str, Any]) -> list[Rule]:
    """The rules that hold for one claim, by what a snapshot says of it (as_of, scheme, and all that they read)."""
    return [
        rule
        for rule in book.rules
        if rule.holds_on(row["as_of"])
        and (not rule.schemes or row["scheme"] in rule.schemes)
        and rule.when.condition.values(row) is True
    ]
