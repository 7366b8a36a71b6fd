"""What was known when: rows become dated, additive entries, and a correction takes back what it replaces.

A row stands from its `known_on` until the day the same key is known again. Each measure of a row enters
the books on the day it was learned and leaves them, with the opposite sign, on the day the row is
corrected. So a sum over the entries learned by a day is what was known on that day, and no feature has to
think of it again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir

KNOWN_UNTIL = "known_until"
EMPLOYER = ("employer_id",)  # what most books are kept by
THING = ("kind", "thing")  # what the books of claims are kept by: the person, the account, ... and which one


def standing(rows: ir.Table, key: Sequence[str], then_by: Sequence[str] = ()) -> ir.Table:
    """`rows` with `known_until`: the day the key was known again, null where the row still stands.

    `then_by`: which of several rows known on one day is the last word.
    """
    window = ibis.window(group_by=list(key), order_by=["known_on", *then_by])
    return rows.mutate(**{KNOWN_UNTIL: rows.known_on.lead().over(window)})


def cents(amount: ir.Value) -> ir.Value:
    """An amount in the main unit as whole cents; none is 0."""
    return (amount.fill_null(0) * 100).cast("int64")


def flag(condition: ir.Value) -> ir.Value:
    """1 where the condition holds, else 0, also where it is unknown."""
    return ibis.ifelse(condition.fill_null(False), 1, 0).cast("int64")


def total(value: ir.Value, where: ir.Value | None = None) -> ir.Value:
    """The sum as int64. (DuckDB sums to HUGEINT, which Parquet would keep as a rounded DOUBLE.)"""
    return ops.Cast(value.sum(where=where), to=dt.int64).to_expr()


def entries(
    rows: ir.Table,
    *,
    event: str,
    learned: ir.Value,
    measures: Mapping[str, ir.Value],
    by: Sequence[str] = (),
    key: Sequence[str] = EMPLOYER,
) -> ir.Table:
    """The entries of one kind of news: (*key, *by, event, learned_on, *measures), one or two a row.

    `rows` come from `standing`; `learned` is the day the news reached the authority; rows where it is
    null bring no news.
    """
    news = rows.select(
        *key,
        *by,
        KNOWN_UNTIL,
        event=rows[event],
        learned_on=learned,
        **measures,
    )
    news = news.filter(news.learned_on.notnull() & (news[KNOWN_UNTIL].isnull() | (news.learned_on < news[KNOWN_UNTIL])))
    taken_back = news.filter(news[KNOWN_UNTIL].notnull()).mutate(
        learned_on=ibis._[KNOWN_UNTIL], **{name: -news[name] for name in measures}
    )
    return ibis.union(news, taken_back).drop(KNOWN_UNTIL)


def held(
    rows: ir.Table, measure: str, *, on: Sequence[str], until: Sequence[str] = (), by: Sequence[str] = ()
) -> ir.Table:
    """Entries of a fact that holds from the day all days of the columns `on` have come until the first of `until`.

    It never holds where one of `on` is null; a null of `until` never comes. `rows` have `event`.
    """
    holds = rows.filter(*[rows[day].notnull() for day in on])
    first_end = ibis.least(*_two(holds, until)) if until else ibis.null("date")  # of the days there are
    return entries(
        holds.mutate(**{KNOWN_UNTIL: first_end}),
        event="event",
        learned=ibis.greatest(*_two(holds, on)),
        measures={measure: ibis.literal(1, "int64")},
        by=by,
    )


def _two(rows: ir.Table, days: Sequence[str]) -> list[ir.Value]:
    """The columns, at least two of them: Spark knows no least or greatest of one."""
    return [rows[day] for day in (days if len(days) > 1 else [*days, *days])]


def books(*kinds: ir.Table, by: Sequence[str] = (), key: Sequence[str] = EMPLOYER) -> ir.Table:
    """Entries of several kinds as one table of cells, added up by `key` (and `by`), event and day learned."""
    keys = (*key, *by, "event", "learned_on")
    measures = list(dict.fromkeys(name for kind in kinds for name in kind.columns if name not in keys))
    aligned = [
        kind.select(*keys, **{m: kind[m] if m in kind.columns else ibis.literal(0, "int64") for m in measures})
        for kind in kinds
    ]
    together = reduce(ibis.union, aligned)
    return together.group_by(list(keys)).agg(**{m: total(together[m]) for m in measures})


def known_by(cells: ir.Table, days: ir.Table, key: Sequence[str] = ()) -> ir.Table:
    """The one place where the day is applied: each day of `days` with the cells learned by then.

    `key`: columns of both; a row of `days` then gets the cells of its own key alone.
    """
    return cells.join(days, [*key, cells.learned_on <= days.as_of])
