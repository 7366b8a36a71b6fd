"""The evidence for ties as of a day, as table expressions: what is shared, who moved, what was proven, who closed.

Every function takes `days`, a table of one day with its windows (`days_table`), and yields what was known by it.
"""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from features.folds.moves import FROM
from features.known import KNOWN_UNTIL, known_by, standing, total
from features.limits import TIE_HUB_EMPLOYERS
from features.registers import REGISTERS
from features.snapshots.subjects import employers_known_by

KEY = REGISTERS["employer_ties"].key
PROVEN = {"complaints": "proven_wages", "inspections": "arrears"}  # the measure of each fold that says so


def shared(ties: ir.Table, days: ir.Table) -> ir.Table:
    """(employer_id, tie, value, held_on): what two employers or more have had, up to as many as are no hub.

    `held_on` is the last day it is known to have held: the day itself while it stands.
    """
    rows = standing(ties, KEY)
    rows = rows.join(days.select("as_of"), rows.known_on <= days.as_of)
    rows = rows.filter(
        rows[KNOWN_UNTIL].isnull() | (rows[KNOWN_UNTIL] > rows.as_of), rows.since.isnull() | (rows.since <= rows.as_of)
    )
    rows = rows.mutate(held=ibis.ifelse(rows.until <= rows.as_of, rows.until, rows.as_of))
    held = rows.group_by(["employer_id", "tie", "value"]).agg(held_on=rows.held.max())
    held = held.mutate(holders=held.count().over(ibis.window(group_by=["tie", "value"])))
    return held.filter(held.holders.between(2, TIE_HUB_EMPLOYERS)).drop("holders")


def moved(moves: ir.Table, days: ir.Table) -> ir.Table:
    """(employer_id, from_employer, moved_12m, moved_24m): workers who came from the other in the last months."""
    cells = known_by(moves, days)
    cells = cells.filter(cells.event >= cells.m24)
    pairs = cells.group_by(["employer_id", FROM]).agg(
        moved_12m=total(cells.moved, where=cells.event >= cells.m12), moved_24m=total(cells.moved)
    )
    return pairs.filter(pairs.moved_24m > 0)


def workforce(payroll: ir.Table, days: ir.Table) -> ir.Table:
    """(employer_id, worker_months, months): of the last three months with any payroll known."""
    cells = known_by(payroll, days)
    cells = cells.filter(cells.event >= cells.m3)
    monthly = cells.group_by(["employer_id", "event"]).agg(workers=total(cells.workers))
    monthly = monthly.filter(monthly.workers > 0)
    return monthly.group_by("employer_id").agg(worker_months=total(monthly.workers), months=monthly.count())


def proven(cells: Mapping[str, ir.Table], days: ir.Table) -> ir.Table:
    """(employer_id, proven_on, unpaid): day of the newest decision that found arrears, and decisions not paid in full."""
    kinds = [_proven(known_by(cells[fold], days), measure) for fold, measure in PROVEN.items() if fold in cells]
    together = kinds[0] if len(kinds) == 1 else ibis.union(*kinds)
    return together.group_by("employer_id").agg(
        proven_on=together.newest.max(where=together.proven > 0), unpaid=total(together.unpaid)
    )


def _proven(cells: ir.Table, measure: str) -> ir.Table:
    found = cells[measure]
    return cells.group_by(["employer_id", "event"]).agg(
        proven=total(found), unpaid=total(cells.unpaid), newest=cells.learned_on.max(where=found > 0)
    )


def closed(employers: ir.Table, days: ir.Table) -> ir.Table:
    """(employer_id): those known to have closed by the day."""
    known = employers_known_by(employers, days)
    return known.filter(known["employer.closed_on"].notnull()).select("employer_id")
