"""What reviews found as cells: of each claim, and of the things that the claim names."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.things import CLAIM, KINDS, by_thing, of_claims, standing_claims
from features.known import KNOWN_UNTIL, THING, books, cents, entries, flag, standing

FINDINGS = ("genuine", "duplicate", "fraud", "error")


def fold_claim_decisions(rows: ir.Table, claims: ir.Table) -> ir.Table:
    """Cells by thing, day decided and day learned; counts and cents. A claim counts once, as its newest decision says.

    Of the claim itself there is also `reviews`: all its decisions, those superseded too.
    """
    things = by_thing(of_claims(newest_decisions(rows), standing_claims(claims)), KINDS, {CLAIM: "claim_id"})
    return books(_decided(things), _reviews(rows), key=THING)


def newest_decisions(rows: ir.Table) -> ir.Table:
    """Each decision while it is the newest of its claim: one that is older than what is known already never is."""
    so_far = ibis.window(group_by="claim_id", order_by=["known_on", "decided_on"], preceding=None, following=0)
    rows = rows.mutate(newest=rows.decided_on.max().over(so_far))
    return standing(rows.filter(rows.decided_on >= rows.newest), ["claim_id"], ["decided_on"])


def _decided(things: ir.Table) -> ir.Table:
    return entries(
        things,
        event="decided_on",
        learned=ibis.greatest(things.known_on, things.decided_on),
        measures={
            "decided": ibis.literal(1, "int64"),
            **{finding: flag(things.finding == finding) for finding in FINDINGS},
            "lost": cents(things.amount_lost),
            "recovered": cents(things.amount_recovered),
        },
        key=THING,
    )


def _reviews(rows: ir.Table) -> ir.Table:
    first = rows.group_by(["claim_id", "decided_on"]).agg(known_on=rows.known_on.min())
    of_claim = by_thing(first.mutate(**{KNOWN_UNTIL: ibis.null("date")}), (), {CLAIM: "claim_id"})
    return entries(
        of_claim,
        event="decided_on",
        learned=of_claim.known_on,
        measures={"reviews": ibis.literal(1, "int64")},
        key=THING,
    )
