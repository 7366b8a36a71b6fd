from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pyarrow as pa
import pytest

from serving.harm import expected_harm
from tests.serving.conftest import draw
from training.artefact import RiskModel

NAN = float("nan")


def sizes(**columns: list[float]) -> pa.Table:
    return pa.table(columns)


@pytest.mark.parametrize(
    ("columns", "workers", "money"),
    [
        ({"workers_3m": 20, "mean_wage_3m": 5000, "unpaid_amount_12m": 0}, 10, 50000),
        ({"workers_3m": 20, "mean_wage_3m": 5000, "unpaid_amount_12m": 3e5, "still_owed_36m": 2e5}, 10, 1.5e5),
        ({"workers_3m": NAN, "workers_complaining_12m": 8, "amount_claimed_12m": 6000}, 4, 3000),
        ({"workers_3m": NAN, "mean_wage_3m": NAN, "unpaid_amount_12m": 0}, None, None),
        ({}, None, None),
    ],
)
def test_risk_times_the_largest_size_that_is_known(
    model: RiskModel, columns: dict[str, float], workers: float | None, money: float | None
) -> None:
    table = sizes(**{name: [float(value)] for name, value in columns.items()}) if columns else pa.table({"x": [1]})
    harm = expected_harm(model, table, np.array([0.5]))
    said = [None if np.isnan(size[0]) else size[0] for size in (harm.workers, harm.money)]
    assert said == [workers, money] and "risk times" in harm.rule.en


class Measured(RiskModel):
    """A model that has measured a rule of harm."""

    def harm(self, columns: dict[str, np.ndarray], risk: np.ndarray) -> SimpleNamespace:
        return SimpleNamespace(workers=risk * 0 + 7, money=columns["capital"])


def test_a_model_that_measured_a_rule_is_asked(model: RiskModel, snapshot: pa.Table) -> None:
    measured = Measured(replace(model.card, harm={"money": {}, "workers": {}, "decisions": {}}), model.booster)
    drawn = draw(measured, snapshot, order="harm", random_share=0)
    assert {item.expected_workers for item in drawn.items} == {7} and "measured" in drawn.harm_rule.en
    money = [item.expected_money for item in drawn.items]
    assert money == sorted(money, reverse=True)


def test_by_harm_the_most_money_comes_first_and_levels_stay_by_risk(model: RiskModel, snapshot: pa.Table) -> None:
    by_harm, by_risk = draw(model, snapshot, order="harm", random_share=0), draw(model, snapshot, random_share=0)
    money = [item.expected_money or 0 for item in by_harm.items]
    assert money == sorted(money, reverse=True)
    assert {item.arm for item in by_harm.items} == {"harm"} and {item.arm for item in by_risk.items} == {"risk"}
    level_of = {item.employer_id: item.level for item in by_risk.items}
    shared = [item for item in by_harm.items if item.employer_id in level_of]
    assert 0 < len(shared) < 20 and all(item.level == level_of[item.employer_id] for item in shared)
