"""Which rules hold for which claims of a snapshot, on the days on which they are in force."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from features.errors import BadInput
from features.rules.rule import Rule, RuleBook

Flags = npt.NDArray[np.bool_]


def hit(rule: Rule, snapshot: pa.Table) -> Flags:
    """Whether the rule holds, a flag a row of `snapshot` (as_of, scheme, and all that it reads). What is not known is no hit.

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
    return _flags(known) & _in_force(rule, snapshot)


def hits(book: RuleBook, snapshot: pa.Table) -> dict[str, Flags]:
    """The flags of every rule, by its name."""
    return {rule.name: hit(rule, snapshot) for rule in book.rules}


def _in_force(rule: Rule, snapshot: pa.Table) -> Flags:
    days = snapshot["as_of"].cast(pa.date32())
    held = pc.greater_equal(days, pa.scalar(rule.valid_from, pa.date32()))
    if rule.valid_until is not None:
        held = pc.and_(held, pc.less_equal(days, pa.scalar(rule.valid_until, pa.date32())))
    if rule.schemes:
        held = pc.and_(held, pc.is_in(snapshot["scheme"], value_set=pa.array(rule.schemes, pa.string())))
    return _flags(held)


def _flags(values: pa.ChunkedArray) -> Flags:
    return np.asarray(
        values.to_numpy(zero_copy_only=False) if isinstance(values, pa.Array) else values.to_numpy(), bool
    )
