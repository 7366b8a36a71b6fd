"""Rules tried over history: first hits, what was found later, and what rules share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from features.errors import BadInput
from features.rules.findings import by_claim, share
from features.rules.report import trial_report
from features.rules.trial import regular_days, try_rules
from tests.features.rules.office import book, rule, snapshot

WEEKS = [
    """
    claim_id | as_of      | scheme  | paid_after_death | days_after_death | paid_so_far | still_to_be_paid
    a        | 2024-01-01 | pension | 10               | 1                | 100         | 5
    b        | 2024-01-01 | pension | 0                | 1                | 100         | 5
    """,
    """
    claim_id | as_of      | scheme  | paid_after_death | days_after_death | paid_so_far | still_to_be_paid
    a        | 2024-01-08 | pension | 20               | 8                | 200         | 4
    b        | 2024-01-08 | pension | 30               | 8                | 130         |
    c        | 2024-01-08 | medical | 5                | 0                | 7           | 1
    """,
    """
    claim_id | as_of      | scheme  | paid_after_death | days_after_death | paid_so_far | still_to_be_paid
    c        | 2024-01-15 | medical | 5                | 0                | 7           | 1
    """,
]
DECISIONS = [
    ("a", "2024-01-01", "genuine", "routine", 0.0),
    ("a", "2024-01-20", "fraud", "tip", 70.0),
    ("b", "2024-02-01", "error", "random", 30.0),
    ("z", "2024-02-01", "fraud", "random", 30.0),
]
RULES = (rule(), rule("long", when="days_after_death > 7"), rule("later", valid_from="2025-01-01"))


def decided() -> Any:
    columns = ("claim_id", "decided_on", "finding", "trigger", "amount_lost")
    table = pa.table({name: [row[i] for row in DECISIONS] for i, name in enumerate(columns)})
    return by_claim(table.set_column(1, "decided_on", table["decided_on"].cast(pa.date32())))


def report(folder: Path, **others: Any) -> dict[str, Any]:
    own = book(folder, *RULES)
    made = trial_report(own, try_rules(own, map(snapshot, WEEKS)), decided(), **others)
    return {**made, **{one["name"]: one for one in made["rules"]}}


def test_a_claim_is_hit_once_on_its_first_day_with_the_money_of_that_day(tmp_path: Path) -> None:
    late = report(tmp_path)["late"]
    assert (late["hits"], late["standing_on_the_first_day"], late["hits_added"]) == (3, 1, 2)
    assert late["reviews_a_week"] == 1.0
    assert (late["paid_so_far"], late["still_to_pay"]) == (100 + 130 + 7, 5 + 1)


def test_only_what_was_decided_after_the_hit_speaks_of_its_precision(tmp_path: Path) -> None:
    late = report(tmp_path)["late"]
    assert (late["decided_before"], late["decided_after"]) == (1, 2)
    assert late["findings"] == {"error": 1, "fraud": 1}
    assert (late["precision"]["found"], late["precision"]["of"]) == (1, 2)
    assert (late["precision_by_lot"]["found"], late["precision_by_lot"]["of"]) == (0, 1)
    assert late["found_lost"] == 70


def test_what_rules_share_with_one_another_and_with_the_model(tmp_path: Path) -> None:
    top = {dt.date(2024, 1, 1): frozenset({"a", "y"}), dt.date(2024, 1, 8): frozenset({"a", "c"})}
    made = report(tmp_path, top=top)
    assert made["late"]["other_rules"] == [{"rule": "long", "both": 2, "jaccard": 2 / 3}]
    assert made["late"]["model"] == {"listed": 3, "both": 2, "jaccard": 2 / 4}
    assert made["any_rule"]["hits"] == 3 and report(tmp_path)["late"]["model"] is None


def test_a_rule_not_in_force_is_tried_on_no_day(tmp_path: Path) -> None:
    later = report(tmp_path)["later"]
    assert (later["days_in_force"], later["hits"], later["precision"]["share"]) == (0, 0, None)


def test_a_share_of_few_says_how_little_it_knows() -> None:
    of_two = share(1, 2)
    assert of_two.low is not None and of_two.high is not None and of_two.low < 0.02 and of_two.high > 0.98


def test_days_are_regular_and_within_the_window() -> None:
    days = regular_days(dt.date(2024, 1, 1), dt.date(2024, 1, 20), 7)
    assert [day.day for day in days] == [1, 8, 15]
    with pytest.raises(BadInput, match="2024-01-20 to 2024-01-01"):
        regular_days(dt.date(2024, 1, 20), dt.date(2024, 1, 1), 7)
