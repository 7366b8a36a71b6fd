"""Minimum wages by grade and day."""

import datetime as dt

import ibis
import pytest

import features.minimum_wages as minimum_wages
from features.minimum_wages import Amount, least_base, monthly


@pytest.mark.parametrize(
    ("month", "wage", "base"),
    [("2023-06-01", None, None), ("2023-07-01", 2000_00, 5000_00), ("2024-06-01", 2000_00, 5000_00), ("2024-07-01", 2200_00, 5400_00)],
)  # fmt: skip
def test_an_amount_holds_from_its_day_until_the_next(monkeypatch, month, wage, base):
    days = {"2023-07-01": (2000_00, 5000_00), "2024-07-01": (2200_00, 5400_00)}
    amounts = [Amount("g", dt.date.fromisoformat(day), *cents) for day, cents in days.items()]
    monkeypatch.setattr(minimum_wages, "AMOUNTS", [*amounts, Amount("other", dt.date(2020, 1, 1), 1, 1)])
    asked = ibis.literal(dt.date.fromisoformat(month))
    known = ibis.duckdb.connect().to_pyarrow(
        ibis.memtable({"x": [1]}).select(w=monthly("g", asked), b=least_base("g", asked))
    )
    assert known.to_pylist() == [{"w": wage, "b": base}]
