"""An old list says how old it is; a day to come has none."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from features.errors import BadInput
from tests.training.test_registry import model
from training.age import refuse_days_to_come, said_of_age

CARD = model(months=6).card  # trained as of 2024-06-30


@pytest.mark.parametrize(
    ("as_of", "last_day", "said"),
    [
        (dt.date(2024, 12, 30), dt.date(2024, 11, 29), []),
        (dt.date(2024, 12, 30), dt.date(2024, 11, 28), ["The registers end on 2024-11-28, 32 days before"]),
        (dt.date(2024, 12, 31), dt.date(2024, 12, 31), ["The model was trained as of 2024-06-30, 184 days before"]),
        (dt.date(2026, 1, 1), dt.date(2024, 12, 31), ["The registers end", "The model was trained"]),
    ],
)
def test_what_is_said_of_age(as_of: dt.date, last_day: dt.date, said: list[str]) -> None:
    found = list(said_of_age(CARD, as_of, last_day))
    assert len(found) == len(said)
    assert all(sentence.startswith(start) for sentence, start in zip(found, said, strict=True))


def test_an_old_model_of_claims_says_how_to_train_another() -> None:
    of_claims = replace(CARD, subject="claims")
    assert "plumbline train claims --as-of 2025-01-01" in "".join(
        said_of_age(of_claims, dt.date(2025, 1, 1), dt.date(2024, 12, 31))
    )


def test_a_day_to_come_is_refused() -> None:
    refuse_days_to_come(dt.date(2024, 7, 1), today=dt.date(2024, 6, 30))
    with pytest.raises(BadInput, match="has not come yet"):
        refuse_days_to_come(dt.date(2024, 7, 2), today=dt.date(2024, 6, 30))
