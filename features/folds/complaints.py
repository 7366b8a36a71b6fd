"""Complaints as cells: the filing is one piece of news, the decision another."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.known import books, cents, entries, flag, standing
from features.limits import GROUP_COMPLAINT_WORKERS
from features.registers import REGISTERS

KEY = REGISTERS["complaints"].key


def about_wages(topic: ir.Value) -> ir.Value:
    """Whether a complaint is about wages: it says so, or does not say what it is about.

    Offices that keep complaints of wages alone have no such column. The labels that models learn from ask this too.
    """
    return (topic == "wages") | topic.isnull()


def fold_complaints(rows: ir.Table) -> ir.Table:
    """Cells by employer, day filed and day learned; counts, workers and cents."""
    rows = standing(rows, KEY)
    return books(_filed(rows), _decided(rows))


def _filed(rows: ir.Table) -> ir.Table:
    of_wages = flag(about_wages(rows.topic))
    return entries(
        rows,
        event="filed_on",
        learned=rows.known_on,
        measures={
            "filed": ibis.literal(1, "int64"),
            "about_wages": of_wages,
            "in_group": flag(rows.workers >= GROUP_COMPLAINT_WORKERS),
            "workers": rows.workers.fill_null(1).cast("int64"),
            "claimed": cents(rows.amount_claimed),
            "stating": flag(rows.amount_claimed.notnull()),
            "claimed_wages": cents(rows.amount_claimed) * of_wages,
        },
    )


def _decided(rows: ir.Table) -> ir.Table:
    """A decision without a day is never known: were it taken as known from the filing, it would tell the future."""
    proven = flag(rows.outcome == "proven")
    of_wages = flag(about_wages(rows.topic))
    owed = cents(rows.amount_proven) * proven
    recovered = cents(rows.amount_recovered) * proven
    still_owed = ibis.greatest(owed - recovered, 0)
    return entries(
        rows.filter(rows.outcome.notnull() & rows.decided_on.notnull()),
        event="filed_on",
        learned=ibis.greatest(rows.known_on, rows.decided_on),
        measures={
            "decided": ibis.literal(1, "int64"),
            "claimed_decided": cents(rows.amount_claimed),
            "proven": proven,
            "proven_wages": proven * of_wages,
            "dropped": flag(rows.outcome.isin(["withdrawn", "settled"])),
            "owed": owed,
            "owed_wages": owed * of_wages,
            "recovered": ibis.least(recovered, owed),
            "still_owed": still_owed,
            "unpaid": flag(still_owed > 0),
        },
    )
