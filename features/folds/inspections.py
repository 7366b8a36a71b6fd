"""Inspections as cells: the opening is one piece of news, the finding another."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.known import books, cents, entries, flag, standing
from features.registers import REGISTERS

KEY = REGISTERS["inspections"].key


def fold_inspections(rows: ir.Table) -> ir.Table:
    """Cells by employer, day opened and day learned; counts, workers and cents."""
    rows = standing(rows, KEY)
    return books(_opened(rows), _closed(rows))


def _opened(rows: ir.Table) -> ir.Table:
    return entries(rows, event="opened_on", learned=rows.known_on, measures={"opened": ibis.literal(1, "int64")})


def _closed(rows: ir.Table) -> ir.Table:
    """A finding without a day is never known, as with complaints."""
    owed = cents(rows.amount_owed)
    still_owed = ibis.greatest(owed - cents(rows.amount_recovered), 0)
    return entries(
        rows.filter(rows.finding.notnull() & rows.closed_on.notnull()),
        event="opened_on",
        learned=ibis.greatest(rows.known_on, rows.closed_on),
        measures={
            "closed": ibis.literal(1, "int64"),
            "arrears": flag(rows.finding == "arrears"),
            "contribution_arrears": flag(rows.finding == "contribution_arrears"),
            "clean": flag(rows.finding == "clean"),
            "not_found": flag(rows.finding == "not_found"),
            "workers_owed": rows.workers_owed.fill_null(0).cast("int64"),
            "owed": owed,
            "recovered": ibis.least(cents(rows.amount_recovered), owed),
            "still_owed": still_owed,
            "unpaid": flag(still_owed > 0),
        },
    )
