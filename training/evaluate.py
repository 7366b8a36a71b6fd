"""Backtest: on each as-of day train with what was known, score that day, and judge by what happened afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.errors import BadInput
from features.lake.lake import Lake
from training.baselines import complaint_count, logistic_regression, random_order
from training.dataset import Progress, first_and_last_day, float_matrix, labelled, observed
from training.fit import train
from training.labels import Label
from training.metrics import Judged, bootstrap, figures, interval, reliability
from training.report import TEXTS
from training.split import horizon_end

FEWEST_TO_SAY = 20
SLICES = ("region", "industry", "size_band")


def evaluate(
    lake: Lake,
    engine: Engine,
    days: Sequence[dt.date],
    *,
    label: Label,
    months: int,
    capacity: int,
    seed: int = 1,
    version: int | None = None,
    on_progress: Progress | None = None,
) -> dict[str, Any]:
    """The report as plain data: `model` and each of `baselines` as {figure: {value, low, high}}, averaged over `days`.

    BadInput where a day's horizon is not over in the data.
    """
    version = lake.version() if version is None else version
    _, last = first_and_last_day(lake, engine, version)
    for day in days:
        if horizon_end(day, months) > last:
            raise BadInput(
                f"the horizon of {months} months after {day} is not over yet",
                found=f"data known until {last}",
                expected=f"data until {horizon_end(day, months)}",
                do="choose an earlier --as-of or a shorter --horizon",
            )
    backtests = [
        _backtest(lake, engine, day, label=label, months=months, capacity=capacity, seed=seed, version=version,
                  known_by=last, on_progress=on_progress)
        for day in days
    ]  # fmt: skip
    return {
        "subject": "employers",
        "label": label,
        "horizon_months": months,
        "capacity": capacity,
        "seed": seed,
        "lake_version": version,
        "as_of": [day.isoformat() for day in days],
        "labels_known_by": last.isoformat(),
        **_averaged(backtests),
        "does_not_show": TEXTS["does_not_show"],
        "days": [{k: v for k, v in one.items() if k != "draws"} for one in backtests],
    }


def _backtest(
    lake: Lake,
    engine: Engine,
    day: dt.date,
    *,
    label: Label,
    months: int,
    capacity: int,
    seed: int,
    version: int,
    known_by: dt.date,
    on_progress: Progress | None,
) -> dict[str, Any]:
    training = train(lake, engine, day, label=label, months=months, seed=seed, version=version, on_progress=on_progress)
    seen = observed(
        lake, engine, [day], list(EMPLOYER_FEATURES),
        months=months, known_by=known_by, version=version, on_progress=on_progress,
    )  # fmt: skip
    test = labelled(seen, label)
    if not 0 < test.rows["label"].sum() < len(test.rows):
        raise BadInput(
            f"the label {label} after {day} cannot be judged",
            found=f"{int(test.rows['label'].sum())} positives among {len(test.rows)} employers",
            expected="some with and some without",
            do="choose another --as-of or --label",
        )
    names = training.model.card.features
    risk = training.model.risk(float_matrix(test.rows, names))
    judged = _judged(test.rows, risk, training.fit.rows, names, seed)
    values = {name: figures(one, capacity) for name, one in judged.items()}
    draws = bootstrap(judged, capacity, seed)
    return {
        "as_of": day.isoformat(),
        "model_id": training.model.card.model_id,
        "employers": len(test.rows),
        "positives": int(test.rows["label"].sum()),
        "trained_on": training.model.card.rows,
        "dropped": test.dropped,
        "values": values,
        "draws": draws,
        "reliability": _reliability(judged["model"]),
        "slices": _slices(test.rows, risk, capacity, seed),
    }


def _judged(
    rows: pd.DataFrame, risk: np.ndarray, fit: pd.DataFrame, names: Sequence[str], seed: int
) -> dict[str, Judged]:
    label = rows["label"].to_numpy(dtype=np.float64)
    money = rows["money"].to_numpy(dtype=np.float64)
    return {
        "model": Judged(risk, label, money, probability=True),
        "random": Judged(random_order(rows, seed), label, money, probability=False),
        "complaint_count": Judged(complaint_count(rows), label, money, probability=False),
        "logistic_regression": Judged(logistic_regression(fit, rows, names), label, money, probability=True),
    }


def _averaged(backtests: list[dict[str, Any]]) -> dict[str, Any]:
    names = list(backtests[0]["values"])
    report = {name: _average(backtests, name) for name in names}
    differences = {name: _difference(backtests, name) for name in names if name != "model"}
    model = report.pop("model")
    return {"model": model, "baselines": report, "model_less_baseline": differences}


def _average(backtests: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return {
        figure: interval(
            float(np.mean([one["values"][name][figure] for one in backtests])),
            list(np.mean([[d[figure] for d in one["draws"][name]] for one in backtests], axis=0)),
        )
        for figure in backtests[0]["values"][name]
    }


def _difference(backtests: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """How much the model is above a baseline; the resamples are the same, so the interval is that of the difference."""
    shared = [f for f in backtests[0]["values"][name] if f in backtests[0]["values"]["model"] and f != "base_rate"]
    differences = {}
    for f in shared:
        value = np.mean([one["values"]["model"][f] - one["values"][name][f] for one in backtests])
        draws = [
            [m[f] - b[f] for m, b in zip(one["draws"]["model"], one["draws"][name], strict=True)] for one in backtests
        ]
        differences[f] = interval(float(value), list(np.mean(draws, axis=0)))
    return differences


def _reliability(judged: Judged) -> list[dict[str, float]]:
    order = np.argsort(judged.score, kind="stable")
    bins = reliability(judged.score[order], judged.label[order], np.ones(len(order)))
    return [{"predicted": p, "observed": o, "employers": n} for p, o, n in bins]


def _slices(rows: pd.DataFrame, risk: np.ndarray, capacity: int, seed: int) -> dict[str, list[dict[str, Any]]]:
    listed = pd.Series(risk).rank(method="first", ascending=False) <= capacity
    return {
        column: [
            _slice(str(name), rows.loc[index], risk[index], listed.loc[index], seed)
            for name, index in rows.groupby(rows[column].fillna("unknown")).groups.items()
        ]
        for column in SLICES
    }


def _slice(name: str, rows: pd.DataFrame, risk: np.ndarray, listed: pd.Series, seed: int) -> dict[str, Any]:
    """One region, industry or size: too few to say below 20 positives or negatives."""
    label = rows["label"].to_numpy(dtype=np.float64)
    positives = int(label.sum())
    found: dict[str, Any] = {
        "name": name, "employers": len(rows), "positives": positives, "listed": int(listed.sum()),
        "listed_positives": int(label[listed.to_numpy()].sum()), "mean_risk": float(risk.mean()), "base_rate": float(label.mean()),
    }  # fmt: skip
    if min(positives, len(rows) - positives) < FEWEST_TO_SAY:
        return found | {"too_few_to_say": True}
    one = {"model": Judged(risk, label, np.zeros(len(label)), probability=False)}
    draws = bootstrap(one, 1, seed, draws=100)["model"]
    values = figures(one["model"], 1)
    return found | {f: interval(values[f], [d[f] for d in draws]) for f in ("auc", "average_precision")}
