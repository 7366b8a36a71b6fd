"""How common arrears are, and how good the model is: naive, weighted and random-arm estimates against the truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np

from experiments.employer_risk.judged import Day
from experiments.employer_risk.truth import as_date, visits_after
from experiments.province.inspections import MISTAKEN
from experiments.province.knobs import Knobs
from training.evaluate import looked_at
from training.metrics import Judged, figures

FIGURES = ("base_rate", "auc")


def estimates(day: Day, capacity: int) -> dict[str, dict[str, Any]]:
    """By estimate and figure: {value, low, high, truth}.

    `truth` is what visits to all open employers, one in each month of the horizon on a day drawn by lot, would have found of those
    they reached: a visit meets what stood as its month began and is not settled by its day, and findings miss some arrears
    and invent a few. An estimate from visits of which the latest are not concluded yet may differ from it for that alone.
    """
    truth = _truth(day)
    arms = (looked_at(day.training, day.rows, capacity, day.seed) or {"estimates": {}})["estimates"]
    return {
        name: {figure: {**one[figure], "truth": truth[figure]} for figure in FIGURES if one.get(figure)}
        for name, one in arms.items()
    }


def _truth(day: Day) -> dict[str, float]:
    visits = visits_after(day.world.visits, day.rows["employer_id"], as_date(day.rows["as_of"].iloc[0]), day.months)
    reached, met = (visits[name].to_numpy(dtype=np.float64) for name in ("reached", "met"))
    found = Knobs().detection * met + MISTAKEN * (reached - met)
    label = np.repeat([1.0, 0.0], len(met))  # every employer both ways, weighing as much as it is likely
    judged = Judged(np.tile(day.risk, 2), label, {}, False)
    return figures(judged, 1, np.concatenate([found, reached - found]))


def bias_and_coverage(runs: Sequence[dict[str, dict[str, Any]]]) -> dict[str, dict[str, dict[str, float]]]:
    """Over runs of different seeds: mean estimate, mean truth, bias, root mean square error, share of intervals with
    the truth in them, and how many runs said anything."""
    names = {name: None for run in runs for name in run}
    return {name: {figure: _over([run[name][figure] for run in runs if figure in run.get(name, {})])
                   for figure in FIGURES} for name in names}  # fmt: skip


def _over(found: Sequence[dict[str, Any]]) -> dict[str, float]:
    known = [one for one in found if one["value"] is not None]
    if not known:
        return {"runs": 0}
    value, truth = (np.array([one[key] for one in known], dtype=np.float64) for key in ("value", "truth"))
    inside = [one["low"] <= one["truth"] <= one["high"] for one in known if one["low"] is not None]
    return {
        "runs": len(known), "mean": float(value.mean()), "truth": float(truth.mean()), "bias": float((value - truth).mean()),
        "rmse": float(np.sqrt(((value - truth) ** 2).mean())), "coverage": float(np.mean(inside)),
    }  # fmt: skip


def days_before(end: dt.date, months: int) -> dt.date:
    """The last month end whose horizon of `months` is over by `end`."""
    number = end.year * 12 + end.month - months
    return dt.date(number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)
