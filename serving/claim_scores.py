"""Scores of all claims of a snapshot: how likely a review would find each a duplicate, or fraudulent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from serving.limits import REVIEW_MISSES
from serving.scoring import features_of
from training.artefact import Floats, RiskModel

KINDS = ("duplicate", "fraud")


def score_claims(models: Mapping[str, RiskModel], snapshot: pa.Table, clusters: pa.Table | None = None) -> pa.Table:
    """Every claim of `snapshot`, in its order: as_of, claim_id, filed_on, duplicate, fraud, cluster_id, finding.

    `duplicate` and `fraud` are probabilities that a review would find it so, null where `models` have none of the kind;
    of a claim reviewed by the day, given what the newest review found (`finding`, null where nobody did). `clusters`
    (claim_id, cluster_id): claims that are likely the same person's; a claim in none is a cluster of its own.
    BadInput where the snapshot lacks a feature of a model.
    """
    finding = snapshot["newest_finding"]
    scores = {
        kind: pa.array(after_review(models[kind].risk(features_of(models[kind], snapshot)), finding.to_pylist(), kind))
        if kind in models and snapshot.num_rows
        else pa.nulls(snapshot.num_rows, pa.float64())
        for kind in KINDS
    }
    return pa.table(
        {
            "as_of": snapshot["as_of"],
            "claim_id": snapshot["claim_id"],
            "filed_on": snapshot["filed_on"],
            **scores,
            "cluster_id": _clusters(snapshot["claim_id"], clusters),
            "finding": finding,
        }
    )


def after_review(risk: Floats, findings: Sequence[str | None], kind: str) -> Floats:
    """What a review found counts for more than what it was expected to find: found so is 1, found otherwise is unlikely."""
    if not any(findings):
        return risk
    said = np.array(findings, dtype=object)
    missed = risk * REVIEW_MISSES
    cleared = missed / np.maximum(missed + 1 - risk, np.finfo(float).tiny)
    return np.select([said == kind, said != None], [1.0, cleared], risk)  # noqa: E711  (an array)


def _clusters(claims: pa.ChunkedArray, clusters: pa.Table | None) -> pa.ChunkedArray:
    if clusters is None:
        return claims
    place = pc.index_in(claims, value_set=clusters["claim_id"].combine_chunks())
    return pc.coalesce(clusters["cluster_id"].take(place), claims)
