"""What claims share: persons and claims on one account, phone, address, agent or employer, and bursts of them."""

import pytest

from features.claims import CLAIM_FEATURES
from features.limits import USUAL_PACE_DAYS
from tests.features.claims.worlds import claims_as_of

DAY = "2024-06-30"
COLUMNS = {"account": "account", "phone": "phone", "address": "address", "agent": "agent_id", "employer": "employer_id"}


@pytest.mark.parametrize("kind", COLUMNS)
def test_persons_and_claims_that_share_a_thing_as_known_on_the_day(duckdb, kind):
    names = [f.name for f in CLAIM_FEATURES if f.family in ("shared", "bursts") and f.needs == (f"of_{kind}",)]
    known = claims_as_of(
        duckdb, DAY, *names,
        claims=f"""
        claim_id | scheme  | filed_at            | person_id | {COLUMNS[kind]} | known_on
        new      | medical | 2024-06-30T23:59:00 | 1         | x 62-1          |
        week     | medical | 2024-06-24T00:00:00 | 2         | X621            |
        month    | medical | 2024-06-01T12:00:00 | 2         | ｘ６２１          |
        quarter  | medical | 2024-04-02T12:00:00 |           | x621            |
        old      | medical | 2024-04-01T12:00:00 | 4         | x621            |
        tomorrow | medical | 2024-06-30T12:00:00 | 3         | x621            | 2024-07-01
        other    | medical | 2024-06-30T12:00:00 | 3         | y               |
        none     | medical | 2024-06-30T12:00:00 | 3         |                 |
        moved    | medical | 2024-06-30T12:00:00 | 9         | x621            | 2024-06-30
        moved    | medical | 2024-06-30T12:00:00 | 9         | y               | 2024-07-01
        gone     | medical | 2024-06-28T12:00:00 | 8         | x621            | 2024-06-28
        gone     | medical | 2024-06-28T12:00:00 | 8         | y               | 2024-06-30
        """,
    )  # fmt: skip
    assert len(names) == 6
    there, elsewhere = ("new", "week", "month", "quarter", "old", "moved"), ("other", "gone")

    def everywhere(value, otherwise):
        return {**dict.fromkeys(there, value), **dict.fromkeys(elsewhere, otherwise), "none": None}

    assert known[f"persons_of_{kind}"] == everywhere(4, 2)
    assert known[f"claims_of_{kind}_1d"] == everywhere(2, 1)
    assert known[f"claims_of_{kind}_7d"] == everywhere(3, 2)
    assert known[f"claims_of_{kind}_30d"] == everywhere(4, 2)
    assert known[f"claims_of_{kind}_90d"] == everywhere(5, 2)
    pace = {
        n: pytest.approx((week / 7) / ((year + 1) / USUAL_PACE_DAYS)) for n, week, year in (("x", 3, 6), ("y", 2, 2))
    }
    assert known[f"pace_of_{kind}"] == everywhere(pace["x"], pace["y"])
