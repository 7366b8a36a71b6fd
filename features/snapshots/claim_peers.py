"""The amount claimed among those of other claims of the scheme and region, as known on the day."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from features.folds.amounts import PEERS, STEP, peers_column, step, with_peers
from features.known import known_by, total
from features.limits import PEER_CLAIMS

NAME = "peers"
FOLD = "amounts"


def with_amount_percentile(table: ir.Table, asked: ir.Table, cells: Mapping[str, ir.Table]) -> ir.Table:
    """`table` of the claims `asked` about with `peers.amount_percentile`: the share of peers that asked for less.

    Half of those that asked for as much count. Being a rank it is untouched by how far off the extremes are. Null where
    no amount is written, or peers are too few even of the scheme alone.
    """
    claims = with_step(asked)
    told = claims.select("as_of", "claim_id", STEP, *map(peers_column, PEERS))
    for peers in PEERS:
        told = _ranked(told, peers, claims, cells[FOLD])
    told = told.select("as_of", "claim_id", **{f"{NAME}.amount_percentile": percentile(told)})
    return table.left_join(told, ["as_of", "claim_id"]).drop("as_of_right", "claim_id_right")


def percentile(told: ir.Table) -> ir.Value:
    """The share of the narrowest peers that are enough; `told` has how many of each PEERS there are in all, below and equal."""
    ranks = []
    for peers in PEERS:
        others = told[f"{peers}.all"] - 1
        rank = (told[f"{peers}.less"] + (told[f"{peers}.equal"] - 1) / 2) / others.nullif(0)
        ranks.append((others >= PEER_CLAIMS, rank))
    return ibis.cases(*ranks, else_=ibis.null("float64"))


def with_step(asked: ir.Table) -> ir.Table:
    """The claims `asked` about that say an amount, with its step and their peers."""
    claims = with_peers(asked)
    claims = claims.mutate(**{STEP: step(claims["claim.amount"])})
    return claims.filter(claims[STEP].notnull())


def _ranked(told: ir.Table, peers: str, claims: ir.Table, cells: ir.Table) -> ir.Table:
    column = peers_column(peers)
    asked = claims.select("as_of", thing=column).distinct()
    known = known_by(cells.filter(cells.kind == peers), asked, ["thing"])
    steps = known.group_by(["as_of", "thing", STEP]).agg(equal=total(known.filed))
    everybody = ibis.window(group_by=["as_of", "thing"])
    so_far = ibis.window(group_by=["as_of", "thing"], order_by=STEP, preceding=None, following=0)
    counted = {"all": _counted(steps, everybody), "less": _counted(steps, so_far) - steps.equal, "equal": steps.equal}
    steps = steps.select(
        "as_of", STEP, **{column: steps.thing}, **{f"{peers}.{name}": n for name, n in counted.items()}
    )
    return told.left_join(steps, ["as_of", STEP, column]).drop("as_of_right", f"{STEP}_right", f"{column}_right")


def _counted(steps: ir.Table, window: object) -> ir.Value:
    """Claims added up over a window, as float64, which holds such counts exactly."""
    return steps.equal.sum().over(window).cast("float64")
