"""Amounts claimed as cells: how many claims of a scheme and region asked for how much."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.folds.things import by_thing, standing_claims, thing_column
from features.known import THING, books, entries

STEP = "step"  # amounts of as many digits that begin with the same two are of one step: it is 1 to 10 % wide
PEERS = ("scheme_and_region", "scheme")  # whom a claim is set against, the narrower first


def fold_amounts(rows: ir.Table) -> ir.Table:
    """Cells by peers, step of the amount, day filed and day learned: claims."""
    claims = with_peers(standing_claims(rows))
    claims = claims.mutate(**{STEP: step((claims.amount * 100).cast("int64"))})
    things = by_thing(claims.filter(claims[STEP].notnull()), (), {peers: peers_column(peers) for peers in PEERS})
    one = {"filed": ibis.literal(1, "int64")}
    told = entries(things, event="filed_on", learned=things.known_on, measures=one, by=[STEP], key=THING)
    return books(told, by=[STEP], key=THING)


def peers_column(peers: str) -> str:
    """The column with the peers of a kind that a claim belongs to."""
    return f"peers.{peers}"


def with_peers(claims: ir.Table) -> ir.Table:
    """`claims` with their things, with a column for each of PEERS."""
    scheme, region = claims[thing_column("scheme")], claims[thing_column("region")]
    own = {"scheme_and_region": scheme + ibis.literal("|") + region.fill_null(""), "scheme": scheme}
    return claims.mutate(**{peers_column(peers): value for peers, value in own.items()})


def step(cents: ir.Value) -> ir.Value:
    """The step of an amount in whole cents; null of none and of 0. Told from its digits, alike on every engine."""
    digits = cents.cast("string")
    return ibis.ifelse(cents > 0, digits.length() * 100 + digits.substr(0, 2).cast("int64"), ibis.null("int64"))
