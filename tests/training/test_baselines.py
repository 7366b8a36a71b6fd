"""Baselines that read named features: those there are, ten at most."""

from __future__ import annotations

import pandas as pd

from features.employers import EMPLOYER_FEATURES
from training.baselines import ORDERS, PLAIN, feature_order, plain_features
from training.limits import PLAIN_FEATURES


def test_every_feature_named_is_one_there_is() -> None:
    assert all(name in EMPLOYER_FEATURES for name in [*PLAIN, *ORDERS.values()])


def test_the_first_ten_that_a_deployment_has() -> None:
    assert plain_features(PLAIN) == PLAIN[:PLAIN_FEATURES]
    assert plain_features(["complaints_12m", "age_years", "unheard_of"]) == ["complaints_12m", "age_years"]


def test_what_is_not_known_stands_with_nothing() -> None:
    rows = pd.DataFrame({"late_share_12m": [0.5, None, 0.0]})
    assert feature_order(rows, "late_share_12m").tolist() == [0.5, 0.0, 0.0]
