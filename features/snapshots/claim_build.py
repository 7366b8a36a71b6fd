"""A snapshot of claims as one table expression: the claims, what the books say as of the day, and the features over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.types as ir

from features.engine import Engine
from features.feature import Feature
from features.folds.claim_decisions import newest_decisions
from features.folds.things import CLAIM, KINDS
from features.known import KNOWN_UNTIL
from features.snapshots import claim_peers, other_claims
from features.snapshots.beside import NAMES, Beside, with_beside
from features.snapshots.books import CENTS, Ask, Books
from features.snapshots.build import named
from features.snapshots.claim_peers import with_amount_percentile
from features.snapshots.claims import Claim, claims_known_by
from features.snapshots.insured import Insured, with_insured
from features.snapshots.other_claims import with_other_claims
from features.snapshots.things import Shared, with_answers

WRITTEN = (
    "scheme", "region", "filed_on", "person_id", "employer_id", "account", "phone", "address", "agent_id", "starts_on", "ends_on",
)  # fmt: skip
DESCRIPTIONS = (*WRITTEN, "amount", "paid_so_far", "newest_finding", "decided_on")


def claims_asked(claims: ir.Table, persons: ir.Table | None, asked: ir.Table) -> ir.Table:
    """The claims asked about as known by their days, and the persons that they name: as_of, claim_id, `claim.*`, `thing.*`, `insured.*`.

    `claims` and `persons` are the registers' rows; `asked`: (as_of), for all claims known by each, or (as_of, claim_id).
    """
    return with_insured(claims_known_by(claims, asked), persons)


@dataclass(frozen=True)
class Known:
    """What the lake has: all rows of `claims`, the folds of CLAIM_FOLDS as `cells`, and what else there is.

    None and absent folds are registers that are not there. `beside`: the tables of `features.snapshots.beside`.
    """

    claims: ir.Table
    cells: Mapping[str, ir.Table]
    decisions: ir.Table | None = None
    beside: Mapping[str, ir.Table] = field(default_factory=dict)


def claim_snapshot(
    engine: Engine, asked: ir.Table, known: Known, days: ir.Table, features: Iterable[Feature]
) -> ir.Table:
    """Rows (as_of, claim_id), columns DESCRIPTIONS and one float64 for each of `features`; for `engine`.

    `asked` come from `claims_asked`, held in memory: each question to the books is put for them, and would else work
    them out again. `days` (days_table) are all the days in them. What comes from a register that is not there is null for everybody.
    """
    wanted = list(features)
    decisions = {} if known.decisions is None else {"decisions": known.decisions}
    tables = {"asked": asked, "claims": known.claims, "days": days, **decisions}
    tables |= {**named("cells", known.cells), **named("beside", known.beside)}
    question = (claim_snapshot, *((feature.name, feature.expression) for feature in wanted))
    return engine.again(question, tables, lambda: _snapshot(asked, known, days, wanted))


def _snapshot(asked: ir.Table, known: Known, days: ir.Table, wanted: list[Feature]) -> ir.Table:
    needs = {need for feature in wanted for need in feature.needs}
    table = with_beside(asked, known.beside)
    table = with_other_claims(table, asked, known.claims) if other_claims.NAME in needs else table
    table = with_amount_percentile(table, asked, known.cells) if claim_peers.NAME in needs else table
    table = with_answers(table, asked, known.cells, [*asked_of(wanted, table), *_paid_so_far_asked(table)], days)
    table = features_told(table, wanted)
    table = _with_newest_decision(_described(table), asked, known.decisions)
    return table.select("as_of", "claim_id", *DESCRIPTIONS, *[f.name for f in wanted])


def features_told(table: ir.Table, features: Iterable[Feature]) -> ir.Table:
    """`table`, which has all that is told of claims, with a float64 column for each of `features`."""
    facades = _facades(table)
    return table.mutate(**{feature.name: _call(feature, facades).cast("float64") for feature in features})


def asked_of(features: Sequence[Feature], table: ir.Table) -> list[Ask]:
    """What the features ask of the books of claims; `table` has the columns of `claims_asked`."""
    facades = _facades(table)
    for feature in features:
        _call(feature, facades)
    shared = [facades[f"of_{kind}"] for kind in KINDS]
    books = [facades["payouts"], facades["decisions"], facades["history"], *[b for one in shared for b in one.books]]
    return list(dict.fromkeys(ask for each in books for ask in each.asked))


def _facades(table: ir.Table) -> dict[str, Any]:
    """What an expression may ask for, by the name of its parameter."""
    own = Shared(CLAIM, table)
    return {
        "claim": Claim(table),
        "insured": Insured(table),
        "history": own.claims,
        "payouts": own.payouts,
        "decisions": own.decisions,
        **{f"of_{kind}": Shared(kind, table) for kind in KINDS},
        **{name: Beside(name, table) for name in (*NAMES, other_claims.NAME, claim_peers.NAME)},
    }


def _call(feature: Feature, facades: Mapping[str, Any]) -> ir.Value:
    return feature.expression(**{need: facades[need] for need in feature.needs})


def _paid_so_far_asked(table: ir.Table) -> list[Ask]:
    payouts = Shared(CLAIM, table).payouts
    _paid_so_far(payouts)
    return list(payouts.asked)


def _paid_so_far(payouts: Books) -> ir.Value:
    return payouts.money("paid")


def _described(table: ir.Table) -> ir.Table:
    return table.mutate(
        **{name: table[f"claim.{name}"] for name in WRITTEN},
        amount=table["claim.amount"] / CENTS,
        paid_so_far=_paid_so_far(Shared(CLAIM, table).payouts),
    )


def _with_newest_decision(table: ir.Table, asked: ir.Table, decisions: ir.Table | None) -> ir.Table:
    if decisions is None:
        return table.mutate(newest_finding=ibis.null("string"), decided_on=ibis.null("date"))
    newest = newest_decisions(decisions).select("claim_id", "known_on", KNOWN_UNTIL, "finding", "decided_on")
    known = newest.known_on <= asked.as_of
    still = newest[KNOWN_UNTIL].isnull() | (newest[KNOWN_UNTIL] > asked.as_of)
    by_then = asked.join(newest, ["claim_id", known, still])
    by_then = by_then.select("as_of", "claim_id", "decided_on", newest_finding="finding")
    return table.left_join(by_then, ["as_of", "claim_id"]).drop("as_of_right", "claim_id_right")
