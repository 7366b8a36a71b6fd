"""Score all claims of a day for alerts, with what came after their decisions, and gather evidence of those listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.feature import Feature
from features.lake.lake import Lake
from features.rings.make import evidence_of as evidence_of_rings
from features.rules.findings import decisions_of, found_by_lot
from features.rules.rule import RuleBook
from features.rules.trial import TO_PAY
from features.snapshots.claim_take import take_claim_snapshot
from serving.alerts.agreement import agreements
from serving.alerts.asked import EvidenceOf, Scored
from serving.alerts.evidence import Evidence
from serving.alerts.gather import likely_same, records_of, rings_named, what_ties, work_of
from serving.alerts.news import News, decided_claims, news
from serving.alerts.stakes import PAID
from serving.claim_scores import score_claims
from serving.scoring import features_of
from training.artefact import Floats, RiskModel

Progress = Callable[[str, int, int], None]


def scored_claims(
    lake: Lake,
    engine: Engine,
    as_of: dt.date,
    models: Mapping[str, RiskModel],
    book: RuleBook,
    pairs: Path | None,
    clusters: pa.Table | None,
    version: int,
    on_progress: Progress | None = None,
) -> tuple[Scored, EvidenceOf]:
    """Every claim known by `as_of` with its scores; `pairs` and `clusters` as the same-person part made them, None: not compared.

    The second answer gathers what is shown of the claims on a list.
    """
    wanted = _wanted(models, book)
    snapshot = take_claim_snapshot(lake, engine, [as_of], wanted, version, pairs, on_progress)
    scores = score_claims(models, snapshot, clusters)
    ruled = [feature for feature in wanted if feature.name in book.reads]
    fresh = _news(lake, engine, snapshot, ruled, book, pairs, as_of, version)
    probabilities = {kind: _probability(model, snapshot, scores[kind], fresh) for kind, model in models.items()}
    names = scores["cluster_id"].to_pylist()
    by_lot = found_by_lot(decisions_of(lake, engine, version, as_of))
    found = evidence_of_rings(lake, engine, version)
    rings = rings_named(found, as_of, snapshot["claim_id"].to_pylist())
    scored = Scored(snapshot, models, probabilities, names, rings, fresh, version, pairs is not None, by_lot)

    ids, findings = snapshot["claim_id"].to_pylist(), snapshot["newest_finding"].to_pylist()
    decided = {claim: finding for claim, finding in zip(ids, findings, strict=True) if finding}

    def evidence_of(leads: list[str], others: list[str]) -> Evidence:
        same = likely_same(pairs, as_of, leads)
        shown = [*leads, *others, *(like.claim_id for own in same.values() for like in own[:1])]
        records = records_of(lake, engine, version, as_of, shown)
        unemployed = [claim for claim in leads if records[claim]["scheme"] == "unemployment"]
        work = work_of(lake, engine, version, as_of, unemployed)
        return Evidence(records, same, work, what_ties(found, as_of, leads), decided, agreements)

    return scored, evidence_of


def _wanted(models: Mapping[str, RiskModel], book: RuleBook) -> list[Feature]:
    named = {name for model in models.values() for name in model.card.features}
    named |= {*book.reads, *PAID, TO_PAY}
    return [feature for feature in CLAIM_FEATURES if feature.name in named]


def _news(
    lake: Lake, engine: Engine, snapshot: pa.Table, features: list[Feature], book: RuleBook, pairs: Path | None,
    as_of: dt.date, version: int,
) -> dict[str, News]:  # fmt: skip
    asked = decided_claims(snapshot)
    if not asked.num_rows:
        return {}
    then = take_claim_snapshot(lake, engine, asked, features, version, pairs)
    same = likely_same(pairs, as_of, asked["claim_id"].to_pylist())
    told = {claim: [(like.claim_id, like.probability, like.known_on) for like in own] for claim, own in same.items()}
    return news(snapshot, then, book, told)


def _probability(
    model: RiskModel, snapshot: pa.Table, after_review: pa.ChunkedArray, fresh: Mapping[str, News]
) -> Floats:
    """The probability given what reviews found; of a claim with news since, as if it had not been reviewed."""
    known = np.asarray(after_review.to_numpy(), dtype=np.float64)
    again = np.asarray([claim in fresh for claim in snapshot["claim_id"].to_pylist()], dtype=bool)
    return np.where(again, model.risk(features_of(model, snapshot)), known)
