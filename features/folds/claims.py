"""Claims as cells: of each person, account, phone, address, agent and employer that they name."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.far_above import far_above
from features.folds.things import CLAIM, PEOPLE_SHARE, by_thing, distinct, standing_claims, thing_column
from features.known import KNOWN_UNTIL, THING, books, cents, entries, flag
from features.registers import REGISTERS


def fold_claims(rows: ir.Table) -> ir.Table:
    """Cells by thing, day filed and day learned; counts and cents. Of the claim itself: how it was written anew.

    `persons` are the different persons beside the thing, `accounts` the different accounts.
    """
    claims = standing_claims(rows)
    things = by_thing(claims)
    others = things.filter(things.kind.isin(PEOPLE_SHARE))
    return books(
        _filed(things),
        distinct(others, thing_column("person"), "persons", "filed_on"),
        distinct(things.filter(things.kind == "person"), thing_column("account"), "accounts", "filed_on"),
        _written_anew(claims),
        far_above(claims),
        key=THING,
    )


def _filed(things: ir.Table) -> ir.Table:
    return entries(
        things,
        event="filed_on",
        learned=things.known_on,
        measures={
            "filed": ibis.literal(1, "int64"),
            "stating": flag(things.amount.notnull()),
            "amount": cents(things.amount),
        },
        key=THING,
    )


def _written_anew(claims: ir.Table) -> ir.Table:
    """That a claim was changed is news that no later change takes back."""
    told = ibis.window(group_by=list(REGISTERS["claims"].key), order_by="known_on")
    account = thing_column("account")
    claims = claims.mutate(account_before=claims[account].lag().over(told), before=claims.known_on.lag().over(told))
    anew = by_thing(claims.filter(claims.before.notnull()), (), {CLAIM: "claim_id"})
    return entries(
        anew.mutate(**{KNOWN_UNTIL: ibis.null("date")}),
        event="known_on",
        learned=anew.known_on,
        measures={
            "written_anew": ibis.literal(1, "int64"),
            "account_changed": flag(anew[account] != anew.account_before),
        },
        key=THING,
    )
