"""People as cells: who came, who left, who was there a year ago, who is also on another payroll.

Each is a fact that holds once some days have come and until another comes: a worker has joined once the
month is known and the month before was filed without the worker, and no longer once a late row for the month
before names the worker.
"""

from __future__ import annotations

import datetime as dt

import ibis
import ibis.expr.types as ir

from features.folds.presence import PEOPLE_MONTHS, filed, presence
from features.known import books, held


def fold_people(payroll: ir.Table, month: dt.date | None = None) -> ir.Table:
    """Cells by employer, month and day learned; workers.

    `before` workers of the month before, of which `left` are not there in the month; `joined` were not
    there the month before; of `compared`, where the employer had filed a year before, `stayed` were there
    then; `elsewhere` are also on another employer's payroll of the month. All but the last speak only of
    months for which the employer filed, for both.
    """
    people = presence(payroll, PEOPLE_MONTHS, month)
    people = people.mutate(**{f"filed_{offset}": filed(people, offset) for offset in (0, *PEOPLE_MONTHS)})
    return books(
        held(people, "joined", on=["known_0", "filed_1"], until=["known_1"]),
        held(people, "before", on=["known_1", "filed_0"]),
        held(people, "left", on=["known_1", "filed_0"], until=["known_0"]),
        held(people, "compared", on=["known_0", "filed_12"]),
        held(people, "stayed", on=["known_0", "known_12"]),
        held(_elsewhere(people), "elsewhere", on=["known_0", "known_elsewhere"]),
    )


def _elsewhere(people: ir.Table) -> ir.Table:
    """`people` of the month, with the first day on which any other employer's row of the worker was known."""
    people = people.filter(people.known_0.notnull())
    one = ibis.window(group_by=["worker_id", "event"], order_by=["known_0", "employer_id"])
    people = people.mutate(place=ibis.row_number().over(one), next_known=people.known_0.lead().over(one))
    first = people.known_0.min().over(ibis.window(group_by=["worker_id", "event"]))
    return people.mutate(known_elsewhere=ibis.ifelse(people.place == 0, people.next_known, first))
