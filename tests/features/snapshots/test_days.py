"""Where each look-back window begins."""

import datetime as dt

import pytest

from features.snapshots.days import day_from, due_month, month_from

d = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("as_of", "months", "first"),
    [
        ("2024-06-30", 3, "2024-03-31"),
        ("2024-06-30", 12, "2023-07-01"),
        ("2024-05-31", 3, "2024-03-01"),  # there is no 31 February
        ("2024-02-29", 12, "2023-03-01"),
        ("2024-03-31", 1, "2024-03-01"),
        ("2024-03-30", 1, "2024-03-01"),
        ("2024-01-01", 1, "2023-12-02"),
    ],
)
def test_days_of_the_last_months(as_of, months, first):
    assert day_from(d(as_of), months) == d(first)


@pytest.mark.parametrize(
    ("as_of", "months", "first"),
    [
        ("2024-06-30", 3, "2024-04-01"),  # June has ended with its last day
        ("2024-06-29", 3, "2024-03-01"),
        ("2024-07-01", 3, "2024-04-01"),
        ("2024-12-31", 12, "2024-01-01"),
        ("2024-02-28", 1, "2024-01-01"),
        ("2024-02-29", 1, "2024-02-01"),
    ],
)
def test_whole_months_by_the_day(as_of, months, first):
    assert month_from(d(as_of), months) == d(first)


@pytest.mark.parametrize(
    ("as_of", "month"),
    [
        ("2024-06-29", "2024-04-01"),
        ("2024-06-30", "2024-05-01"),  # thirty days after May end with 30 June
        ("2024-07-29", "2024-05-01"),
        ("2024-07-30", "2024-06-01"),
        ("2024-02-29", "2023-12-01"),  # those of January end with 1 March, or 2 March
        ("2024-03-01", "2024-01-01"),
        ("2023-03-01", "2022-12-01"),
        ("2023-03-02", "2023-01-01"),
    ],
)
def test_the_newest_month_whose_wages_have_fallen_due(as_of, month):
    assert due_month(d(as_of)) == d(month)
