"""The evidence for rings, as table expressions: who named what and when, and what reviews found.

It is gathered once for all days, each row with the days from and until which it was known: a day then costs no query.
"""

from __future__ import annotations

from functools import reduce

import ibis
import ibis.expr.types as ir

from features.folds.claim_decisions import newest_decisions
from features.folds.things import thing_column, written
from features.known import KNOWN_UNTIL, standing
from features.registers import REGISTERS
from features.snapshots.claims import claims_as_written

EMPLOYER_BY_AGENT = "employer by agent"
KINDS = ("account", "phone", "address", "agent", EMPLOYER_BY_AGENT)
USE = ("claim_id", "person", "kind", "thing", "known_on", KNOWN_UNTIL, "used_on")


def evidence(register: ir.Table, payouts: ir.Table | None, decisions: ir.Table | None) -> dict[str, ir.Table]:
    """`uses`, `claims` and (where there are any) `decisions`, of persons who ever named what another named.

    uses: USE; a claim that names no person is a person of its own. claims: claim_id, person, born_on, filed_on, amount
    (cents), known_on, known_until. decisions: claim_id, fraud (0 or 1), decided_on, known_on, known_until.
    """
    claims = _claims(register)
    uses = _shared(_named(claims) if payouts is None else ibis.union(_named(claims), _paid(payouts, claims)))
    theirs = claims.semi_join(uses.select("person").distinct(), "person")
    columns = ("claim_id", "person", "born_on", "filed_on", "amount", "known_on", KNOWN_UNTIL)
    found = {"uses": uses, "claims": theirs.select(*columns)}
    return found if decisions is None else found | {"decisions": _decided(decisions, theirs)}


def _claims(register: ir.Table) -> ir.Table:
    rows = claims_as_written(register)
    agent, employer = rows[thing_column("agent")], rows[thing_column("employer")]
    things = {kind: rows[thing_column(kind)] for kind in KINDS if kind != EMPLOYER_BY_AGENT}
    return rows.select(
        "claim_id",
        KNOWN_UNTIL,
        person=rows[thing_column("person")].fill_null(ibis.literal("claim ") + rows.claim_id),
        **{name: rows[f"claim.{name}"] for name in ("born_on", "filed_on", "amount", "known_on")},
        **things,
        **{EMPLOYER_BY_AGENT: employer + " " + agent},  # null where either is
    )


def _named(claims: ir.Table) -> ir.Table:
    kinds = [claims.mutate(kind=ibis.literal(kind), thing=claims[kind], used_on=claims.filed_on) for kind in KINDS]
    named = reduce(ibis.union, [each.select(*USE) for each in kinds])
    return named.filter(named.thing.notnull())


def _paid(payouts: ir.Table, claims: ir.Table) -> ir.Table:
    """The accounts that were paid to: a pension keeps an account in use."""
    paid = standing(payouts.filter(payouts.account.notnull()), REGISTERS["payouts"].key)
    persons = claims.select("claim_id", "person").distinct()
    of_person = paid.join(persons, "claim_id").mutate(
        kind=ibis.literal("account"), thing=written(paid.account), used_on=paid.paid_at.date()
    )
    return of_person.select(*USE).distinct()


def _shared(uses: ir.Table) -> ir.Table:
    """The uses of things that ever were more than one person's; of others no day knows a tie."""
    holders = uses.group_by(["kind", "thing"]).agg(holders=uses.person.nunique())
    return uses.semi_join(holders.filter(holders.holders > 1), ["kind", "thing"])


def _decided(decisions: ir.Table, claims: ir.Table) -> ir.Table:
    newest = newest_decisions(decisions).semi_join(claims.select("claim_id").distinct(), "claim_id")
    return newest.select(
        "claim_id",
        "decided_on",
        KNOWN_UNTIL,
        known_on=ibis.greatest(newest.known_on, newest.decided_on),
        fraud=ibis.ifelse(newest.finding == "fraud", 1, 0),
    )
