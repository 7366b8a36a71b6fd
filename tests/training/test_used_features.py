"""What a model may learn from: nothing that says the same of everybody, nor a calendar seen but once."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from features.employers import EMPLOYER_FEATURES
from training.dataset import used_features

NAMES = ["months_to_year_end", "unpaid_share_3m", "silent_days", "workers_3m"]
FEATURES = [EMPLOYER_FEATURES[name] for name in NAMES]


def rows(*days: str) -> pd.DataFrame:
    """Two employers on each day: one thing of the day, one of each, one that is nobody's, one alike for all."""
    return pd.DataFrame(
        [
            {"as_of": dt.date.fromisoformat(day), NAMES[0]: 12 - int(day[5:7]), NAMES[1]: share, NAMES[2]: None, NAMES[3]: 7}
            for day in days
            for share in (0.0, 0.5)
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("days", "learned"),
    [
        (("2022-01-31", "2023-06-30", "2024-01-30"), ["unpaid_share_3m"]),
        (("2022-01-31", "2023-06-30", "2024-01-31"), ["months_to_year_end", "unpaid_share_3m"]),
    ],
    ids=["two years less a day", "two years"],
)
def test_the_time_of_the_year_is_learned_from_two_years_on(days, learned):
    assert used_features(rows(*days), FEATURES) == learned
