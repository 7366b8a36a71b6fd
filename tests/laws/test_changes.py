"""What a feature's record says paying would do is what paying does to the registers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from dateutil.relativedelta import relativedelta

from features.changes import PAY_CONTRIBUTIONS, PAY_CONTRIBUTIONS_ON_TIME, PAY_DECISIONS, PAY_WAGES, PAY_WAGES_ON_TIME
from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from serving.acts import moved
from tests.features.worlds import World, features_of

DAY = dt.date(2024, 6, 30)
LEARNED = [feature for feature in EMPLOYER_FEATURES if feature.learned]
NEVER = dt.date(2025, 12, 31)


def world(paid_on: dict[str, dt.date | None], recovered: str = "50", decided: str = "100") -> World:
    """Ten employers; `a` pays what it owes for the last months on the given day of a register (None: in time)."""
    months = [dt.date(2023, 7, 1) + relativedelta(months=n) for n in range(11)]
    lines: World = {"employers": [], "payroll": [], "contributions": [], "complaints": [], "inspections": []}
    for employer in "abcdefghij":
        lines["employers"].append({"employer_id": employer, "name": employer, "known_on": dt.date(2020, 1, 1)})
        for month in months:
            for worker in "123":
                key = {"employer_id": employer, "worker_id": worker, "month": month}
                lines["payroll"].append({**key, **_line(employer, month, paid_on["payroll"], "wage_due", "wage_paid")})
                own = {**key, "scheme": "pension", "base": Decimal(100)}
                lines["contributions"].append(
                    {**own, **_line(employer, month, paid_on["contributions"], "due", "paid")}
                )
    case = {"employer_id": "a", "amount_recovered": Decimal(recovered)}
    lines["complaints"].append({
        **case, "complaint_id": "1", "filed_on": dt.date(2024, 1, 5), "topic": "contract", "amount_claimed": Decimal(200),
        "outcome": "proven", "decided_on": dt.date(2024, 2, 5), "amount_proven": Decimal(decided), "workers": 1,
    })  # fmt: skip
    lines["inspections"].append({
        **case, "inspection_id": "1", "opened_on": dt.date(2024, 3, 5), "closed_on": dt.date(2024, 3, 20),
        "finding": "arrears", "workers_owed": 2, "amount_owed": Decimal(decided),
    })  # fmt: skip
    return lines


def _line(employer: str, month: dt.date, paid_on: dt.date | None, due: str, paid: str) -> dict[str, Any]:
    in_time = month + relativedelta(months=1, days=4)
    owes = employer == "a" and month >= dt.date(2024, 2, 1)
    return {due: Decimal(100), paid: Decimal(100), "paid_on": paid_on or in_time if owes else in_time}


def test_what_can_be_changed_has_a_better_and_a_worse() -> None:
    changeable = [feature for feature in EMPLOYER_FEATURES if feature.changeable]
    assert changeable and all(feature.direction and feature.learned for feature in changeable)
    acts = {feature.changeable.act for feature in changeable if feature.changeable}
    assert len({act.name for act in acts}) == len(acts) and all(act.en and act.zh for act in acts)
    assert {act.after for act in acts if act.after} <= {act.name for act in acts}


OWING = {"payroll": NEVER, "contributions": NEVER}


@pytest.mark.parametrize(
    ("acts", "done"),
    [
        ([PAY_WAGES], world({**OWING, "payroll": DAY})),
        ([PAY_WAGES, PAY_WAGES_ON_TIME], world({**OWING, "payroll": None})),
        ([PAY_CONTRIBUTIONS], world({**OWING, "contributions": DAY})),
        ([PAY_CONTRIBUTIONS, PAY_CONTRIBUTIONS_ON_TIME], world({**OWING, "contributions": None})),
        ([PAY_DECISIONS], world(OWING, recovered="100")),
    ],
    ids=lambda given: "+".join(act.name for act in given) if isinstance(given, list) else "",
)  # fmt: skip
def test_an_act_takes_every_feature_to_where_its_record_says(duckdb: Engine, acts: list[Any], done: World) -> None:
    before, after = (_row(duckdb, lines) for lines in (world(OWING), done))
    reckoned = moved(LEARNED, before[None], np.full(len(LEARNED), np.nan), acts)[0]
    names = {act.name for act in acts}
    checked = 0
    for feature, was, is_, said in zip(LEARNED, before, after, reckoned, strict=True):
        follows = feature.changeable and feature.changeable.act.after in names - {feature.changeable.act.name}
        if follows and feature.changeable.act.name not in names:
            # what was paid only now was paid late: reckoned from the other shares, never too low
            assert feature.unit != "share" or said >= is_ - 1e-9, feature.name
        elif feature.direction and not _same(was, is_):
            assert _same(said, is_), f"{feature.name}: {was} became {is_}, reckoned {said}"
            checked += 1
        elif feature.direction:
            assert _same(said, is_), f"{feature.name} did not change, reckoned {said}"
    assert checked >= 2


def _row(engine: Engine, lines: World) -> np.ndarray:
    values = features_of(engine, [str(DAY)], lines)[str(DAY)]
    return np.array([values[feature.name]["a"] for feature in LEARNED], dtype=float)


def _same(one: float, other: float) -> bool:
    return (np.isnan(one) and np.isnan(other)) or abs(one - other) < 1e-9
