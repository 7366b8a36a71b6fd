"""Backtest: on each as-of day train with what was known, score that day, and judge by what happened afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.errors import BadInput
from features.lake.lake import Lake
from training.artefact import Floats
from training.baselines import baselines
from training.beginning import said, visibly_in_arrears
from training.dataset import Dataset, Progress, first_and_last_day, float_matrix, labelled, observed
from training.fit import Training, train
from training.harm import COLUMNS
from training.labels import Label
from training.looked import side_by_side
from training.metrics import Judged
from training.propensity import OPENED, learn_propensity
from training.rankings import Ranked, averaged, ranked, reliability_bins
from training.report import TEXTS
from training.slices import slices
from training.split import horizon_end
from training.stakes import expected_against_found, orders, ranked_by_harm


@dataclass(frozen=True)
class Backtest:
    """One as-of day: what is reported of it, and the rankings that are averaged over days."""

    said: dict[str, Any]
    whole: Ranked | None
    beginning: Ranked | None
    harm: Ranked | None


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

    `beginning` has the same among employers not visibly in arrears on the day; `harm` the order by expected money
    beside that by probability; each of `days` who was looked at, what was left out, and slices.
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
        **averaged([one.whole for one in backtests]),
        "beginning": {"not_visible": said(), **averaged([one.beginning for one in backtests])},
        "harm": orders([one.harm for one in backtests]),
        "does_not_show": TEXTS["does_not_show"],
        "days": [one.said for one in backtests],
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
) -> Backtest:
    training = train(lake, engine, day, label=label, months=months, seed=seed, version=version, on_progress=on_progress)
    seen = observed(
        lake, engine, [day], list(EMPLOYER_FEATURES),
        months=months, known_by=known_by, version=version, on_progress=on_progress,
    )  # fmt: skip
    test = _judgeable(labelled(seen, label), label, day)
    card = training.model.card
    risk = training.model.risk(float_matrix(test.rows, card.features))
    judged = _judged(test.rows, risk, training, seed)
    begins, employers = ~visibly_in_arrears(test.rows), test.rows["employer_id"].to_numpy(dtype=object)
    harm = training.model.harm({name: test.rows[name] for name in COLUMNS}, risk)
    described = {
        "as_of": day.isoformat(),
        "model_id": card.model_id,
        "employers": len(test.rows),
        "positives": int(test.rows["label"].sum()),
        "beginning": {"employers": int(begins.sum()), "positives": int(test.rows["label"][begins].sum())},
        "trained_on": card.rows,
        "notes": card.notes,
        "weighting": card.weighting,
        "dropped": test.dropped,
        "looked_at": looked_at(training, seen.rows, capacity, seed),
        "harm": None if harm is None else expected_against_found(test.rows, risk, harm, seed),
        "reliability": reliability_bins(judged["model"]),
        "slices": slices(test.rows, risk, capacity, seed),
    }
    return Backtest(
        described,
        ranked(judged, capacity, seed, fewest=1, names=employers),
        ranked({name: one.of(begins) for name, one in judged.items()}, capacity, seed, names=employers[begins]),
        None if harm is None else ranked_by_harm(judged["model"], harm, capacity, seed, employers),
    )


def _judgeable(test: Dataset, label: Label, day: dt.date) -> Dataset:
    if not 0 < test.rows["label"].sum() < len(test.rows):
        raise BadInput(
            f"the label {label} after {day} cannot be judged",
            found=f"{int(test.rows['label'].sum())} positives among {len(test.rows)} employers",
            expected="some with and some without",
            do="choose another --as-of or --label",
        )
    return test


def _judged(rows: pd.DataFrame, risk: Floats, training: Training, seed: int) -> dict[str, Judged]:
    label = rows["label"].to_numpy(dtype=np.float64)
    amounts = {name: rows[name].to_numpy(dtype=np.float64) for name in ("money", "workers")}
    scores = {"model": (risk, True), **baselines(training.fit.rows, rows, training.model.card.features, seed)}
    return {name: Judged(score, label, amounts, is_risk) for name, (score, is_risk) in scores.items()}


def looked_at(training: Training, rows: pd.DataFrame, capacity: int, seed: int) -> dict[str, Any] | None:
    """Who was inspected after the day, judged with chances learned from the days before it.

    `rows` are all open employers of the day with what happened afterwards; see training.looked.side_by_side.
    """
    names = training.model.card.features
    risk = training.model.risk(float_matrix(rows, names))
    propensity = {arm: learn_propensity(training.seen.rows, names, arm, seed) for arm in OPENED}
    return side_by_side(rows, risk, propensity, capacity, seed)
