"""What claims may have in common: the person, account, phone, address, agent and employer written on them.

A thing is told apart by how it is written, less what is written in many ways: case, full-width characters and
separators; of identity numbers, the form of 15 digits is that of 18. Who is the same person although written otherwise
is the matter of the same-person part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ibis
import ibis.expr.types as ir

from features.identity_numbers import of_today
from features.known import KNOWN_UNTIL, THING, entries, flag, standing, total
from features.registers import REGISTERS

COLUMNS = {  # of the register `claims`
    "person": "person_id",
    "account": "account",
    "phone": "phone",
    "address": "address",
    "agent": "agent_id",
    "employer": "employer_id",
    "scheme": "scheme",
    "region": "region",
}
PEOPLE_SHARE = ("account", "phone", "address", "agent", "employer")  # of which it is told how many persons name it
EVERYBODY = "everybody"  # what all claims have in common, for what is usual
KINDS = (*COLUMNS, EVERYBODY)
CLAIM = "claim"  # the claim itself, which books are kept of as well
FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F)))
HALF_WIDTH = "".join(map(chr, range(0x21, 0x7F)))
SEPARATORS = " \t-_./,;:()\u00b7\u3000\u3001\u3002"  # full-width ones become half-width first
TO_CHANGE = f"[{SEPARATORS.replace('-', '')}\uff01-\uff5e-]"


def written(thing: ir.Value) -> ir.Value:
    """The thing as it is told apart; null where nothing is left of it."""
    changed = thing.translate(FULL_WIDTH, HALF_WIDTH).translate(SEPARATORS, "")  # slow, and few need it
    return ibis.ifelse(thing.re_search(TO_CHANGE), changed, thing).upper().nullif("")


def thing_column(kind: str) -> str:
    """The column with the thing of a kind that a claim names."""
    return f"thing.{kind}"


def with_things(claims: ir.Table) -> ir.Table:
    """`claims` with a `thing.*` column for each of KINDS: the thing as told apart, null where the claim names none."""
    things = {kind: written(claims[column]) for kind, column in COLUMNS.items()}
    things[EVERYBODY] = ibis.literal(EVERYBODY)
    return claims.mutate(**{thing_column(kind): thing for kind, thing in things.items()})


def standing_claims(claims: ir.Table) -> ir.Table:
    """Rows of `claims` with `filed_on`, their things, and `known_until`; persons' numbers in the form of today."""
    rows = standing(with_things(claims.mutate(filed_on=claims.filed_at.date())), REGISTERS["claims"].key)
    person = thing_column("person")  # after the window, or the SQL would say at each digit how the number is written
    return rows.mutate(**{person: of_today(rows[person])})


def of_claims(rows: ir.Table, claims: ir.Table) -> ir.Table:
    """`rows` (claim_id, known_on, known_until, ...) with the filed_on and things of their claim, while both stand as they do.

    `claims` come from `standing_claims`.
    """
    told = claims.select(
        "claim_id", "filed_on", *map(thing_column, KINDS), claim_known="known_on", claim_until=KNOWN_UNTIL
    )
    both = rows.join(told, "claim_id")
    return both.mutate(
        known_on=ibis.greatest(both.known_on, both.claim_known),
        **{KNOWN_UNTIL: ibis.least(both[KNOWN_UNTIL], both.claim_until)},  # of the days there are
    ).drop("claim_known", "claim_until")


def by_thing(rows: ir.Table, kinds: Sequence[str] = KINDS, own: Mapping[str, str] | None = None) -> ir.Table:
    """`rows` once for each thing they have: with `kind` and `thing`. `own`: a column that holds the thing of a kind."""
    columns = {kind: thing_column(kind) for kind in kinds} | dict(own or {})
    # one pass over the rows: a union of as many tables would be planned, and on Spark read, once for each kind
    each = rows.mutate(kind=ibis.array(list(columns)).unnest())
    things = each.mutate(thing=ibis.cases(*((each.kind == kind, each[column]) for kind, column in columns.items())))
    return things.filter(things.thing.notnull())


def distinct(things: ir.Table, of: str, measure: str, event: str) -> ir.Table:
    """Entries of how many different values of column `of` there are beside each thing, each while any row has it.

    The event is the day it was learned, so that only the whole history can be asked. `things` come from `by_thing`.
    """
    things = things.filter(things[of].notnull())
    one = {"told": ibis.literal(1, "int64")}
    told = entries(things, event=event, learned=things.known_on, measures=one, by=[of], key=THING)
    daily = told.group_by([*THING, of, "learned_on"]).agg(told=total(told.told))
    until_then = ibis.window(group_by=[*THING, of], order_by="learned_on", preceding=None, following=0)
    daily = daily.mutate(now=total(daily.told).over(until_then))
    change = flag(daily.now > 0) - flag(daily.now - daily.told > 0)
    return daily.select(*THING, "learned_on", event="learned_on", **{measure: change})
