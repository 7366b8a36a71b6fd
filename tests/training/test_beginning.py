"""Who is visibly in arrears: each rule on both sides of its limit; what is not known shows nothing."""

from __future__ import annotations

import pandas as pd
import pytest

from features.employers import EMPLOYER_FEATURES
from training.beginning import VISIBLE, said, visibly_in_arrears

RULES = [*VISIBLE, *(rule["and"] for rule in VISIBLE if "and" in rule)]
NOTHING = {rule["feature"]: float("nan") for rule in RULES}


@pytest.mark.parametrize(
    ("feature", "value", "visible"),
    [
        ("unpaid_share_3m", 0.01, False), ("unpaid_share_3m", 0.011, True),
        ("unpaid_share_12m", 0.01, False), ("unpaid_share_12m", 0.2, True),
        ("undecided_complaints_36m", 0, False), ("undecided_complaints_36m", 1, True),
        ("unpaid_decisions_36m", 0, False), ("unpaid_decisions_36m", 1, True),
        ("days_since_arrears_finding", 366, False), ("days_since_arrears_finding", 365, True),
    ],
)  # fmt: skip
def test_rules(feature: str, value: float, visible: bool) -> None:
    assert visibly_in_arrears(pd.DataFrame([{**NOTHING, feature: value}])).tolist() == [visible]


@pytest.mark.parametrize(
    ("proven", "amount", "visible"), [(1, 0, True), (1, 500, False), (0, 0, False), (1, float("nan"), False)]
)
def test_a_complaint_proven_without_an_amount_is_visible(proven: float, amount: float, visible: bool) -> None:
    """One proven with an amount is visible while that is not recovered: unpaid_decisions_36m tells."""
    rows = pd.DataFrame([{**NOTHING, "proven_complaints_36m": proven, "amount_proven_36m": amount}])
    assert visibly_in_arrears(rows).tolist() == [visible]


def test_nothing_known_is_nothing_visible() -> None:
    assert visibly_in_arrears(pd.DataFrame([NOTHING])).tolist() == [False]


def test_every_rule_reads_a_feature_there_is_and_is_said() -> None:
    assert all(rule["feature"] in EMPLOYER_FEATURES for rule in RULES)
    assert len(said()) == len(VISIBLE)
    assert "proven_complaints_36m > 0 and amount_proven_36m < 0.01" in said()
