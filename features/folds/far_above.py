"""Claims far above what is usual of their person, as cells: found on the day a claim is known, and not looked at again."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.things import thing_column
from features.known import THING, cents, entries, total
from features.limits import FAR_ABOVE_AFTER, FAR_ABOVE_USUAL
from features.registers import REGISTERS

KEY = REGISTERS["claims"].key
PERSON = thing_column("person")


def far_above(claims: ir.Table) -> ir.Table:
    """Entries by person of `far_above`: claims of at least FAR_ABOVE_USUAL times the mean of the claims known before.

    `claims` come from `standing_claims`. The mean is of the amounts under the same identity number as first written,
    of claims known on days before; there must be FAR_ABOVE_AFTER of them. So what is known later changes none.
    """
    rows = _of_persons(claims)
    before = _before(rows)
    both = rows.join(before, [PERSON, "first_known_on"])
    found = both.filter(is_far_above(cents(both.amount), both.claims_before, both.amount_before))
    one = {"far_above": ibis.literal(1, "int64")}
    found = found.mutate(kind=ibis.literal("person"), thing=found[PERSON])
    return entries(found, event="filed_on", learned=found.known_on, measures=one, key=THING)


def is_far_above(amount: ir.Value, claims_before: ir.Value, amount_before: ir.Value) -> ir.Value:
    """Whether `amount` is far above the mean of the claims before; all amounts in cents."""
    far = amount.cast("float64") * claims_before >= amount_before * float(FAR_ABOVE_USUAL)
    return (claims_before >= FAR_ABOVE_AFTER) & far


def first_written(claims: ir.Table) -> ir.Table:
    """Claims that say an amount, and their cents, by identity number and day on which they were first known.

    `claims` come from `standing_claims`.
    """
    return _daily(_of_persons(claims))


def _of_persons(claims: ir.Table) -> ir.Table:
    first = claims.known_on.min().over(ibis.window(group_by=list(KEY)))
    return claims.filter(claims[PERSON].notnull() & claims.amount.notnull()).mutate(first_known_on=first)


def _daily(rows: ir.Table) -> ir.Table:
    told = rows.mutate(is_first=ibis.ifelse(rows.known_on == rows.first_known_on, 1, 0).cast("int64"))
    return told.group_by([PERSON, "first_known_on"]).agg(
        claims=total(told.is_first), amount=total(told.is_first * cents(told.amount))
    )


def _before(rows: ir.Table) -> ir.Table:
    """Claims and their cents under each identity number before each day on which one is first known."""
    daily = _daily(rows)
    until_then = ibis.window(group_by=PERSON, order_by="first_known_on", preceding=None, following=0)
    return daily.select(
        PERSON,
        "first_known_on",
        claims_before=total(daily.claims).over(until_then) - daily.claims,
        amount_before=total(daily.amount).over(until_then) - daily.amount,
    )
