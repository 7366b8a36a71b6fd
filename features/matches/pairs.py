"""Pairs of claims that were compared, each claim beside the other as both stood on the day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.known import KNOWN_UNTIL, standing
from features.limits import PAID_LATELY_DAYS
from features.registers import REGISTERS
from features.snapshots.claims import claims_as_written

OTHER = "other."  # before the columns of the other claim


def others_of(claims: ir.Table, register: ir.Table, pairs: ir.Table, payouts: ir.Table | None) -> ir.Table:
    """`claims` (as_of, claim_id, `claim.*`, `thing.*`) once for each other claim that it was compared with.

    Beside it `other.*` columns of the other claim, `probability`, and `other_active`. `register` are the rows of
    `claims`, `pairs` (claim_id, other_claim_id, probability, known_on) have each pair once, either way round.
    """
    both = _both_ways(pairs)
    there = beside(claims, both, claims_as_written(register).semi_join(pairs_named(both), "claim_id"))
    return without_payouts(there) if payouts is None else _with_payouts(there, payouts)


def beside(claims: ir.Table, both: ir.Table, written: ir.Table) -> ir.Table:
    """`claims` once for each other claim, with `other.*`, from pairs told both ways and what is written on the others."""
    known = claims.join(both, ["claim_id", both.known_on <= claims.as_of]).drop("known_on")
    other = written.select(**{f"{OTHER}{name}": written[name] for name in written.columns})
    until = other[f"{OTHER}{KNOWN_UNTIL}"]
    return known.join(
        other,
        [
            known.other_claim_id == other[f"{OTHER}claim_id"],
            other[f"{OTHER}claim.known_on"] <= known.as_of,
            until.isnull() | (until > known.as_of),
        ],
    )


def pairs_named(both: ir.Table) -> ir.Table:
    """(claim_id) of all claims that were compared."""
    return both.select(claim_id="other_claim_id").distinct()


def _both_ways(pairs: ir.Table) -> ir.Table:
    columns = ["claim_id", "other_claim_id", "probability", "known_on"]
    back = pairs.select(
        claim_id="other_claim_id", other_claim_id="claim_id", probability="probability", known_on="known_on"
    )
    return ibis.union(pairs.select(*columns), back.select(*columns), distinct=True)


def _with_payouts(there: ir.Table, payouts: ir.Table) -> ir.Table:
    return with_last_paid(there, last_payments(there.select("as_of", "other_claim_id").distinct(), payouts))


def last_payments(asked: ir.Table, payouts: ir.Table) -> ir.Table:
    """(as_of, other_claim_id, last_paid) of the claims `asked` about that were paid by the day, as known then."""
    paid = standing(payouts, REGISTERS["payouts"].key)
    until = paid[KNOWN_UNTIL]
    by_then = asked.join(
        paid,
        [
            asked.other_claim_id == paid.claim_id,
            paid.known_on <= asked.as_of,
            until.isnull() | (until > asked.as_of),
            paid.amount > 0,
        ],
    )
    return by_then.group_by(["as_of", "other_claim_id"]).agg(last_paid=by_then.paid_at.date().max())


def with_last_paid(there: ir.Table, last: ir.Table) -> ir.Table:
    """`there` with `other_active`; `last`: as_of, other_claim_id and last_paid of those that were ever paid."""
    there = there.left_join(last, ["as_of", "other_claim_id"]).drop("as_of_right", "other_claim_id_right")
    return there.mutate(other_active=_active(there, there.last_paid))


def without_payouts(there: ir.Table) -> ir.Table:
    """`there` with `other_active`, where no register tells of payments."""
    return there.mutate(other_active=_active(there))


def _active(there: ir.Table, last_paid: ir.Value | None = None) -> ir.Value:
    """Begun and not at its end, or paid lately. Where no last day is written, payments tell, and without them the filing."""
    begun = there[f"{OTHER}claim.starts_on"].fill_null(there[f"{OTHER}claim.filed_on"]) <= there.as_of
    ends_on = there[f"{OTHER}claim.ends_on"]
    if last_paid is None:
        return begun & (ends_on.isnull() | (ends_on >= there.as_of))
    newest = ibis.greatest(last_paid, there[f"{OTHER}claim.filed_on"])  # of the days there are
    lately = there.as_of.delta(newest, unit="day") <= PAID_LATELY_DAYS
    return (begun & (ends_on >= there.as_of)).fill_null(False) | lately
