"""The expressions that tell a claim's facts, compiled once at the start: those of the snapshot, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from features.claims import CLAIM_FEATURES
from features.feature import Feature
from features.folds.amounts import PEERS
from features.folds.far_above import is_far_above
from features.matches.measures import MATCHES
from features.matches.pairs import beside, with_last_paid, without_payouts
from features.matches.table import matches_among
from features.online.tables import OF_CLAIM, register, unbound, written
from features.rings.measures import RINGS
from features.rowwise.compiled import Rowwise
from features.snapshots import claim_peers, other_claims
from features.snapshots.beside import NAMES
from features.snapshots.books import Ask
from features.snapshots.claim_build import asked_of, features_told
from features.snapshots.claim_peers import percentile, with_step
from features.snapshots.claims import claims_as_written
from features.snapshots.insured import with_insured
from features.snapshots.other_claims import as_theirs, compared, with_told_others
from features.work.asked import asked_of as work_asked_of
from features.work.measures import WORK
from features.work.months import joined_months
from features.work.table import work_told
from features.work.there import less_itself

COMPANY = ("payroll", "contributions")


@dataclass(frozen=True)
class ClaimExpressions:
    """Of one claim: as it is written, its insured person, its person's other claims, its matches, its work, its peers.

    `wide` are the columns that the features read; `asks` what they ask of books. `work` is None where no register tells.
    """

    written: Rowwise
    insured: Rowwise
    others: Rowwise
    matches: Rowwise
    work: Rowwise
    months: Rowwise
    step: Rowwise
    percentile: Rowwise
    far_above: Rowwise
    asks: tuple[Ask, ...]
    wide: tuple[str, ...]
    features: Rowwise


def claim_expressions(registers: Iterable[str], features: Iterable[Feature] = CLAIM_FEATURES) -> ClaimExpressions:
    """Compiled for a deployment that has `registers`. Damaged where a feature uses what cannot be run row by row."""
    there, asked, wanted = frozenset(registers), unbound("asked"), list(features)
    with_person = with_insured(asked, register("persons") if "persons" in there else None)
    asks = tuple(asked_of(wanted, with_person))
    wide = _wide(with_person, asks)
    counted = ibis.table(
        {f"{peers}.{name}": "float64" for peers in PEERS for name in ("all", "less", "equal")}, name="counted"
    )
    before = unbound("before")
    return ClaimExpressions(
        written=Rowwise(claims_as_written(register("claims"))),
        insured=Rowwise(_only(with_person, "insured.")),
        others=Rowwise(_only(with_told_others(asked, asked, as_theirs(compared(unbound("theirs")))), f"{other_claims.NAME}.")),
        matches=Rowwise(_matches(asked, "payouts" in there)),
        work=Rowwise(_work(asked, there)),
        months=Rowwise(joined_months(unbound("together"))),
        step=Rowwise(with_step(asked).select("step", *[f"peers.{peers}" for peers in PEERS])),
        percentile=Rowwise(counted.select(percentile=percentile(counted))),
        far_above=Rowwise(before.select(far=is_far_above(before.amount, before.claims_before, before.amount_before))),
        asks=asks,
        wide=tuple(wide.columns),
        features=Rowwise(features_told(wide, wanted).select(*[feature.name for feature in wanted])),
    )  # fmt: skip


def _only(table: ir.Table, prefix: str) -> ir.Table:
    return table.select(*[name for name in table.columns if name.startswith(prefix)])


def _wide(table: ir.Table, asks: Iterable[Ask]) -> ir.Table:
    """All that the features of a claim read."""
    columns = dict(zip(table.columns, table.schema().types, strict=True))
    columns |= {ask.column: ask.unknown.type() for ask in asks}
    measures = [measure.column for told in (MATCHES, WORK, RINGS) for measure in told.values()]
    told = {f"{other_claims.NAME}.{name}": "int64" for name in (*other_claims.COUNTS, *other_claims.DAYS)}
    assert {name.split(".")[0] for name in measures} == set(NAMES)
    return ibis.table(
        columns | dict.fromkeys(measures, "float64") | told | {f"{claim_peers.NAME}.amount_percentile": "float64"},
        name="wide",
    )


def _matches(asked: ir.Table, paid: bool) -> ir.Table:
    there = beside(asked, unbound("pairs"), written())
    return matches_among(asked, with_last_paid(there, unbound("last")) if paid else without_payouts(there))


def _work(asked: ir.Table, there: frozenset[str]) -> ir.Table:
    """With empty or made rows in the place of whole registers: of each, those alone that speak of the claim."""
    months = None
    if there & set(COMPANY):
        months = unbound("months").join(work_asked_of(asked).rename(named="employer_id"), ["as_of", "claim_id"])
    tables = {"claims": register("claims"), "payouts": register("payouts"), "employers": register("employers")}
    tables |= {"payroll": unbound("months"), "contributions": unbound("beginning")}
    cells = {"payroll": unbound("payroll_filed"), "contributions": unbound("insured_there")}
    return work_told(
        asked,
        months,
        less_itself(asked, unbound("there")),
        {name: table for name, table in tables.items() if name in there},
        {name: table for name, table in cells.items() if name in there},
    )


ASKED = tuple(OF_CLAIM)
