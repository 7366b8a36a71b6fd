"""Models of claims that could have been trained on the day: in time, in order, calibrated, and refused where too few were found."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from features.claims import CLAIM_FEATURES
from features.engine import connect
from features.errors import BadInput, NotFound
from features.lake.lake import Lake
from training.claims.calibrate import calibration
from training.claims.dataset import labelled_claims
from training.claims.fit import ClaimsTraining, train_claims
from training.claims.hindsight import changed_by_a_decision
from training.claims.prevalence import Prevalence
from training.claims.reviewed import claims_known
from training.claims.split import split_claims
from training.dataset import float_matrix
from training.limits import UNREVIEWED_WEIGHT
from training.registry import Registry

AS_OF = dt.date(2024, 9, 30)


@pytest.fixture(scope="module")
def training(fund: Lake) -> ClaimsTraining:
    return train_claims(fund, connect(threads=1), AS_OF)


def test_a_kind_that_was_hardly_found_has_no_model_and_says_why(training: ClaimsTraining) -> None:
    assert set(training.models) == {"fraud"}
    assert "0 found" in training.without["duplicate"]["en"]


def test_rings_are_ranked_above_others(training: ClaimsTraining) -> None:
    model = training.models["fraud"].model
    rows = training.described.rows
    risk = model.risk(float_matrix(rows, model.card.features))
    ring = rows["persons_of_account"] > 3
    assert risk[ring].min() > np.quantile(risk[~ring], 0.99)


def test_what_is_described_after_a_decision_is_told_without_hindsight(training: ClaimsTraining, fund: Lake) -> None:
    rows = training.described.rows
    assert max(rows["as_of"]) <= AS_OF
    decided = claims_known(fund, connect(threads=1), AS_OF).set_index("claim_id")["decided_on"].dropna()
    reviewed = rows[rows["claim_id"].isin(decided.index)]
    assert len(reviewed) > 100
    assert ((reviewed["as_of"] >= reviewed["claim_id"].map(decided)) == reviewed["after"]).all()
    hidden = [feature.name for feature in CLAIM_FEATURES if changed_by_a_decision(feature)]
    assert {"claim_found_wrong", "payments_on_claim", "account_confirmed_share"} <= set(hidden)
    assert rows.loc[rows["after"], hidden].isna().all(axis=None)
    assert rows.loc[~rows["after"], "payments_on_claim"].notna().any()
    assert rows.loc[~rows["reviewed"], "after"].mean() == pytest.approx(0.5, abs=0.15)  # as often as those reviewed
    assert rows.loc[~rows["after"], "claim_found_wrong"].fillna(0).eq(0).all()


def test_training_again_gives_the_same_trees(fund: Lake, training: ClaimsTraining) -> None:
    again = train_claims(fund, connect(threads=1), AS_OF)
    assert (
        again.models["fraud"].model.booster.model_to_string()
        == training.models["fraud"].model.booster.model_to_string()
    )


def test_the_card_says_how_many_were_reviewed_and_by_lot(training: ClaimsTraining) -> None:
    card = training.models["fraud"].model.card
    assert card.weighting is not None and card.weighting["by_lot"] > 10
    assert f"{card.weighting['reviewed']:,} were reviewed" in card.notes[0]["en"]
    assert card.subject == "claims" and set(card.fingerprints) == set(card.features)


def test_too_few_reviews_are_refused_with_counts(fund: Lake) -> None:
    with pytest.raises(BadInput, match="too few reviewed claims") as raised:
        train_claims(fund, connect(threads=1), dt.date(2023, 4, 30))
    assert "fraud:" in raised.value.found and "duplicate: 0 found" in raised.value.found


def test_the_record_keeps_claims_apart_from_employers(training: ClaimsTraining, tmp_path: Path) -> None:
    registry = Registry(f"sqlite:///{tmp_path / 'mlflow.db'}", tmp_path / "models")
    one = training.models["fraud"]
    registry.record(one.model, one.figures, one.report())
    assert registry.find_each(AS_OF, ("duplicate", "fraud"), "claims")["fraud"].card == one.model.card
    with pytest.raises(NotFound, match="plumbline train employers"):
        registry.find(AS_OF)
    with pytest.raises(NotFound, match="plumbline train claims --as-of 2024-09-29"):
        registry.find_each(AS_OF - dt.timedelta(days=1), ("duplicate", "fraud"), "claims")


def rows(*found: tuple[str, str, float, bool]) -> pd.DataFrame:
    made = pd.DataFrame(found, columns=["claim_id", "as_of", "label", "reviewed"])
    return made.assign(after=False, as_of=[dt.date.fromisoformat(day) for day in made["as_of"]], weight=1.0)


def test_the_days_of_a_claim_are_not_on_both_sides() -> None:
    made = [(f"c{n}", f"2024-{month:02}-28", 1.0, True) for n in range(9) for month in (n + 1, n + 2)]
    earlier, later = split_claims(rows(*made))
    assert set(earlier["claim_id"]) & set(later["claim_id"]) == set()
    assert later["claim_id"].nunique() == 3


@pytest.mark.parametrize("unreviewed", [1, 50])
def test_unreviewed_claims_together_weigh_less_than_the_reviewed_however_many_they_are(unreviewed: int) -> None:
    made = rows(("a", "2024-01-31", 0, True), *[(f"b{n}", "2024-01-31", 0, False) for n in range(unreviewed)])
    made = made.drop(columns="label").assign(finding=["fraud", *[None] * unreviewed])
    labelled = labelled_claims(made, "fraud", Prevalence(1000, 100, 10, 100, 10))
    assert labelled["label"].tolist() == [1, *[0] * unreviewed]
    assert labelled["weight"][0] == 1
    wrong_by_lot = 90 / 900
    assert labelled["weight"][1:].sum() == pytest.approx(UNREVIEWED_WEIGHT * (1 - wrong_by_lot))
    assert labelled["stands_for"].tolist() == [1] * (1 + unreviewed)


@pytest.mark.parametrize(("by_lot", "expected"), [((1000, 50), 0.05), ((1000, 4), 0.01)])
def test_probabilities_come_to_what_the_lot_found_or_else_to_what_was_found(
    by_lot: tuple[int, int], expected: float
) -> None:
    random = np.random.default_rng(5)
    margin = random.normal(size=20_000)
    label = (random.random(20_000) < 0.01 * np.exp(margin)).astype(float)
    later = pd.DataFrame({"label": label, "stands_for": 1.0})
    shifted = margin + 2  # all claims as they are today
    found = calibration(margin, later, shifted, Prevalence(20_000, 2000, 200, *by_lot))
    assert found.apply(shifted).mean() == pytest.approx(expected)
    assert found.slope == pytest.approx(1, abs=0.2)
