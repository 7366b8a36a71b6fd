"""Dates in, dates out."""

import datetime as dt

import pytest

from features.errors import BadInput
from training.split import months_before, split_before


def test_every_horizon_is_over_by_the_as_of_day_and_the_newest_day_calibrates() -> None:
    split = split_before(dt.date(2019, 7, 1), 12, first_day=dt.date(2017, 1, 1))
    assert split.calibrate == dt.date(2018, 7, 1)
    assert split.fit[-1] < split.calibrate
    assert split.fit[0] >= dt.date(2017, 4, 1)


def test_long_histories_are_spread_over_at_most_eleven_days() -> None:
    split = split_before(dt.date(2024, 6, 30), 6, first_day=dt.date(2014, 1, 1))
    assert 6 <= len(split.fit) <= 11
    assert split.fit == sorted(split.fit)


def test_days_before_the_end_of_a_month_are_ends_of_months() -> None:
    """Or trees would learn on the 30th, when May is the newest month that is over, and be asked on the 31st, when it is not."""
    split = split_before(dt.date(2024, 4, 30), 2, first_day=dt.date(2023, 8, 1))
    assert [str(day) for day in split.fit] == ["2023-11-30", "2023-12-31", "2024-01-31"]
    assert split.calibrate == dt.date(2024, 2, 29)
    assert months_before(dt.date(2024, 3, 30), 1) == dt.date(2024, 2, 29)
    assert months_before(dt.date(2023, 12, 30), 1) == dt.date(2023, 11, 30)


def test_too_little_history_says_what_would_be_enough() -> None:
    with pytest.raises(BadInput, match="2018-02-28 or earlier"):
        split_before(dt.date(2019, 6, 30), 12, first_day=dt.date(2019, 1, 1))
