"""Payments to claimants as cells: of each claim, its person and the account paid to."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.things import CLAIM, by_thing, distinct, of_claims, standing_claims, thing_column, written
from features.known import THING, books, cents, entries, flag, standing
from features.registers import REGISTERS

KEY = REGISTERS["payouts"].key
ACCOUNT = thing_column("account")
PAID_KINDS = ("person", "account")  # who gets the money and where it goes; there are many payments


def fold_payouts(rows: ir.Table, claims: ir.Table) -> ir.Table:
    """Cells by thing, day paid and day learned; counts and cents. The account is the one paid to.

    `repeated` are payments of a claim for a period already paid for, `elsewhere` those to another account than the
    claim names.
    """
    paid = of_claims(_standing(rows), standing_claims(claims))
    named = paid[ACCOUNT]
    paid = paid.mutate(elsewhere=flag(paid.paid_account != named), **{ACCOUNT: paid.paid_account.fill_null(named)})
    things = by_thing(paid, PAID_KINDS, {CLAIM: "claim_id"})
    of_claim = things.filter(things.kind == CLAIM)
    return books(_paid(things), distinct(of_claim, ACCOUNT, "accounts", "paid_on"), key=THING)


def _standing(rows: ir.Table) -> ir.Table:
    """Each payment while it stands; `repeated` where another one of its claim and period was known before it."""
    first = rows.known_on.min().over(ibis.window(group_by=list(KEY)))
    rows = standing(rows.mutate(first_known_on=first), KEY)
    order = ibis.window(group_by=["claim_id", "period"], order_by=["first_known_on", *KEY])
    rows = rows.mutate(place=ibis.dense_rank().over(order))
    return rows.select(
        "claim_id",
        "known_on",
        "known_until",
        paid_on=rows.paid_at.date(),
        paid=cents(rows.amount),
        paid_account=written(rows.account),
        repeated=flag(rows.period.notnull() & (rows.place > 0)),
    )


def _paid(things: ir.Table) -> ir.Table:
    return entries(
        things,
        event="paid_on",
        learned=things.known_on,
        measures={
            "payments": ibis.literal(1, "int64"),
            "paid": things.paid,
            "repeated": things.repeated,
            "elsewhere": things.elsewhere,
        },
        key=THING,
    )
