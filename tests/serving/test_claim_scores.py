"""Scores of claims: every claim has one, a review stands above what was expected of it, a missing model is an empty column."""

from __future__ import annotations

import datetime as dt

import lightgbm as lgb
import numpy as np
import pyarrow as pa
import pytest

from features.errors import BadInput
from serving.claim_scores import score_claims
from training.artefact import Card, RiskModel

DAY = dt.date(2024, 6, 30)
NAME = "persons_on_account"


@pytest.fixture(scope="module")
def model() -> RiskModel:
    values = np.repeat([[1.0], [9.0]], 100, axis=0)
    data = lgb.Dataset(values, np.r_[np.zeros(100), np.ones(100)], feature_name=[NAME])
    booster = lgb.train({"objective": "binary", "verbosity": -1, "num_threads": 1}, data, num_boost_round=5)
    return RiskModel(Card("f", "claims", "fraud", 3, DAY.isoformat(), 1, 1, [NAME], {}, 1.0, 0.0), booster)


def snapshot(*findings: str | None, shared: float = 9.0) -> pa.Table:
    n = len(findings)
    return pa.table(
        {
            "as_of": pa.array([DAY] * n, pa.date32()),
            "claim_id": [f"c{i}" for i in range(n)],
            "filed_on": pa.array([DAY] * n, pa.date32()),
            "newest_finding": pa.array(findings, pa.string()),
            NAME: [shared] * n,
        }
    )


def test_a_review_stands_above_what_was_expected_of_it(model: RiskModel) -> None:
    expected, fraud, genuine, duplicate = score_claims(
        {"fraud": model}, snapshot(None, "fraud", "genuine", "duplicate")
    )["fraud"].to_pylist()
    assert fraud == 1
    assert 0 < genuine < expected < 1
    assert duplicate == genuine  # found otherwise is not found so


def test_without_a_model_the_column_is_empty(model: RiskModel) -> None:
    scores = score_claims({"fraud": model}, snapshot(None, None))
    assert scores.column_names == ["as_of", "claim_id", "filed_on", "duplicate", "fraud", "cluster_id", "finding"]
    assert scores["duplicate"].to_pylist() == [None, None]
    assert score_claims({"fraud": model}, snapshot()).num_rows == 0


def test_a_claim_in_no_cluster_is_one_of_its_own(model: RiskModel) -> None:
    clusters = pa.table({"claim_id": ["c1", "c2"], "cluster_id": ["c1", "c1"]})
    scores = score_claims({"fraud": model}, snapshot(None, None, None), clusters)
    assert scores["cluster_id"].to_pylist() == ["c0", "c1", "c1"]


def test_a_snapshot_without_a_feature_is_refused(model: RiskModel) -> None:
    with pytest.raises(BadInput, match="lacks features"):
        score_claims({"fraud": model}, snapshot(None).drop_columns([NAME]))
