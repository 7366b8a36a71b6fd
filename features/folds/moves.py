"""Moves as cells: workers who came from another employer's payroll."""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from features.folds.presence import MOVE_MONTHS, known, presence
from features.known import books, held

FROM = "from_employer"


def fold_moves(payroll: ir.Table, month: dt.date | None = None) -> ir.Table:
    """Cells by employer, `from_employer`, month and day learned: workers `moved`.

    A worker moved who is on the employer's payroll of the month and on none of its last three, but on the
    other's. Who comes from two others counts with both.
    """
    seen = presence(payroll, MOVE_MONTHS, month)
    seen = seen.mutate(before=ibis.least(*[seen[known(offset)] for offset in MOVE_MONTHS]))  # of the days there are
    there = seen.filter(seen.before.notnull()).select(
        "worker_id", "event", from_employer="employer_id", known_there="before"
    )
    here = seen.filter(seen.known_0.notnull())
    moves = here.join(
        there,
        [
            here.worker_id == there.worker_id,
            here.event == there.event,
            here.employer_id != there.from_employer,
        ],
    )
    return books(held(moves, "moved", on=["known_0", "known_there"], until=["before"], by=[FROM]), by=[FROM])
