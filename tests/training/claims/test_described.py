"""On which days claims are described: never after their decision, and the unreviewed no older than those reviewed."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from training.claims.described import describe, regular_days

DAYS = regular_days(dt.date(2024, 12, 31), dt.date(2024, 1, 31))
SETTLED = dt.date(2024, 9, 30)


def claims(*rows: tuple[str, str, str | None], scheme: str = "medical") -> pd.DataFrame:
    """(claim_id, known_on, decided_on) as `claims_known` gives them."""
    found = [
        (claim, dt.date.fromisoformat(known), dt.date.fromisoformat(decided) if decided else None, scheme)
        for claim, known, decided in rows
    ]
    return pd.DataFrame(found, columns=["claim_id", "known_on", "decided_on", "scheme"])


def test_regular_days_are_a_month_apart_back_from_the_day() -> None:
    assert regular_days(dt.date(2024, 3, 31), dt.date(2024, 1, 15)) == [
        dt.date(2024, 1, 31), dt.date(2024, 2, 29), dt.date(2024, 3, 31),
    ]  # fmt: skip


def test_a_reviewed_claim_is_described_before_its_decision_and_weighs_as_one() -> None:
    rows = describe(claims(("a", "2024-02-10", "2024-07-31")), DAYS, SETTLED, seed=1).rows
    before, after = rows[~rows["after"]], rows[rows["after"]]
    assert before["as_of"].tolist() == [dt.date(2024, 4, 30), dt.date(2024, 5, 31), dt.date(2024, 6, 30)]
    assert len(after) == 1 and dt.date(2024, 7, 31) <= after["as_of"].iloc[0] <= SETTLED
    assert before["weight"].sum() == pytest.approx(after["weight"].sum()) == pytest.approx(0.5)


def test_a_claim_decided_lately_has_no_later_day() -> None:
    rows = describe(claims(("a", "2024-02-10", "2024-10-01")), DAYS, SETTLED, seed=1).rows
    assert not rows["after"].any() and rows["weight"].sum() == pytest.approx(1)


SLOW = [(f"s{n}", "2024-02-10", "2024-06-10") for n in range(20)]


@pytest.mark.parametrize(("decided", "described"), [("2024-03-01", 1), ("2024-02-29", 0)])
def test_the_day_of_the_decision_itself_is_too_late(decided: str, described: int) -> None:
    found = describe(claims(("a", "2024-02-10", decided), *SLOW), DAYS, SETTLED, seed=1)
    assert ((found.rows["claim_id"] == "a") & ~found.rows["after"]).sum() == described
    assert found.dropped == ({} if described else {"decided_early": 1})


def test_where_most_are_decided_within_days_claims_are_described_on_the_evening_they_became_known() -> None:
    quick = [(f"c{n}", "2024-02-10", "2024-02-12") for n in range(60)] + [("z", "2024-02-10", "2024-02-10")]
    quiet = [(f"q{n}", "2024-03-05", None) for n in range(200)]
    found = describe(claims(*quick, *SLOW, *quiet), DAYS, SETTLED, seed=1)
    rows = found.rows[~found.rows["after"]].set_index("claim_id")["as_of"]
    assert set(rows[rows.index.str.startswith("c")]) == {dt.date(2024, 2, 10)}
    assert "z" not in rows.index and sum(found.dropped.values()) == 1
    evening = (rows[rows.index.str.startswith("q")] == dt.date(2024, 3, 5)).sum() / 200
    assert 0.6 < evening < 0.9  # as many of the unreviewed as of those reviewed: 60 of 81


@pytest.mark.parametrize(("known", "described"), [("2024-09-30", 1), ("2024-10-01", 0)])
def test_too_early_to_say_that_nobody_will_review_it(known: str, described: int) -> None:
    found = describe(claims(("a", known, None)), DAYS, SETTLED, seed=1)
    assert len(found.rows) == described
    assert sum(found.dropped.values()) == 1 - described


def test_unreviewed_claims_are_described_at_the_ages_at_which_others_are_reviewed() -> None:
    reviewed = [(f"r{n}", "2024-02-10", "2024-03-20") for n in range(30)]  # all less than two months old
    quiet = [(f"q{n}", "2024-02-10", None) for n in range(300)]
    rows = describe(claims(*reviewed, *quiet), DAYS, SETTLED, seed=1).rows
    drawn = rows[rows["claim_id"].str.startswith("q")]
    assert len(drawn) == 300
    assert set(drawn.loc[~drawn["after"], "as_of"]) <= {dt.date(2024, 2, 29), dt.date(2024, 3, 31)}
    assert 0.4 < drawn["after"].mean() < 0.6


def test_those_drawn_stand_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.claims.described.MOST_UNREVIEWED", 40)
    many = pd.concat(
        [claims(*[(f"m{n}", "2024-02-10", None) for n in range(150)]),
         claims(*[(f"p{n}", "2024-02-10", None) for n in range(50)], scheme="pension")]
    )  # fmt: skip
    rows = describe(many, DAYS, SETTLED, seed=1).rows
    assert len(rows) == 40
    assert rows["weight"].sum() == pytest.approx(200)


def test_the_same_seed_gives_the_same_days() -> None:
    some = claims(*[(f"q{n:03}", "2024-02-10", None) for n in range(200)])
    one, other = (describe(some, DAYS, SETTLED, seed=3).rows for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    assert np.unique(one["as_of"]).size > 3
