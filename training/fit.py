"""Fit the risk model: small monotone trees, no class weights, calibrated on a later window."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from importlib.metadata import version as installed

import numpy as np
import pandas as pd

from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.errors import BadInput
from features.lake.gaps import gaps
from features.lake.lake import Lake
from training.artefact import Card, RiskModel, identified
from training.counts import card_rows
from training.dataset import Dataset, Progress, first_and_last_day, float_matrix, labelled, observed, used_features
from training.harm import FEATURES as HARM_FEATURES
from training.harm import measure_harm
from training.labels import Label, label_of
from training.lessons import Lessons, first_lesson
from training.metrics import Judged, figures
from training.missed_pay import missed_pay
from training.notes import notes, said_of_gaps
from training.report import TEXTS
from training.split import split_before
from training.trees import sigmoid, weight_of
from training.weighting import calibrating, weighted

FEWEST_POSITIVES = 20
DOES_NOT_SHOW = {"does_not_show": TEXTS["does_not_show"]}
SETTLED = 0.8
INSPECTED = ("arrears", "cleared", "unfinished")
LOOKED_AT: dict[Label, tuple[str, ...]] = {
    "event": ("wage_complaints", "proven", "undecided", *INSPECTED),
    "finding": INSPECTED,
    "complaint": ("wage_complaints",),
}


@dataclass(frozen=True)
class Training:
    """A model with the rows that it and its baselines learn from.

    `seen`: all open employers of those days; `lessons`: what its trees learned, to grow others from. `held_out`: the
    model whose trees learned nothing of the window it was calibrated on, nor of later days.
    """

    model: RiskModel
    held_out: RiskModel
    fit: Dataset
    calibration: Dataset
    seen: Dataset
    lessons: Lessons

    @property
    def figures(self) -> dict[str, float]:
        """Figures on the window it was calibrated on, by trees that never saw it: later than the fit, earlier than any use."""
        rows = self.calibration.rows
        risk = self.held_out.risk(float_matrix(rows, self.model.card.features))
        label, money = rows["label"].to_numpy(dtype=np.float64), rows["money"].to_numpy(dtype=np.float64)
        judged = Judged(risk, label, {"money": money}, probability=True)
        return figures(judged, capacity=min(100, len(rows)))

    def report(self) -> dict[str, object]:
        """What is recorded with the model: what it learned from, what was left out, how it did, what that does not show."""
        said = "figures are of the calibration window by trees that did not learn of it, without intervals; `plumbline evaluate` judges later days"
        return {"card": asdict(self.model.card), "figures": self.figures, "what_figures": said, **DOES_NOT_SHOW}


def train(
    lake: Lake,
    engine: Engine,
    as_of: dt.date,
    *,
    label: Label,
    months: int,
    seed: int = 1,
    version: int | None = None,
    on_progress: Progress | None = None,
) -> Training:
    """The model that could have been trained on `as_of`: nothing known later is used, labels included.

    Labels that wait for decisions are few and old on any day. So their model begins with trees that learned what
    needs no decision (see training.lessons), and goes on with what decisions add. It is calibrated by the margins of trees
    that learned the same of earlier days alone. BadInput where there is too little history or there are too few positives.
    """
    version = lake.version() if version is None else version
    split = split_before(as_of, months, first_and_last_day(lake, engine, version)[0])
    features = list(EMPLOYER_FEATURES)
    seen = observed(
        lake, engine, [*split.fit, split.calibrate], features,
        months=months, known_by=as_of, version=version, on_progress=on_progress,
    )  # fmt: skip
    missed = missed_pay(lake, engine, [*split.fit, split.calibrate], months, as_of, version)
    names = used_features(seen.rows, features)
    seen, weighting = weighted(seen, names, label, seed)
    judged, calibrate = _settled(labelled(seen, label), seen, label)
    newest = judged.rows["as_of"] == calibrate
    fit, (calibration, planned) = judged.rows[~newest], calibrating(judged.rows[newest])
    _enough(fit, calibration, label)
    lessons = Lessons(first_lesson(seen, missed, label), fit)
    booster = lessons.learned(names, seed)
    held_out = booster if lessons.first is None else _before(calibrate, seen, missed, label, fit).learned(names, seed)
    margin = np.asarray(held_out.predict(float_matrix(calibration, names), raw_score=True, num_threads=1))
    slope, intercept = sigmoid(margin, calibration["label"].to_numpy(), weight_of(calibration))
    harm = measure_harm(judged.rows)
    card = Card(
        f"employers-{label}-{months}m-{as_of}-v{version}-s{seed}",
        "employers", label, months, as_of.isoformat(), version, seed, names,
        {name: EMPLOYER_FEATURES[name].fingerprint for name in dict.fromkeys([*names, *HARM_FEATURES])}, slope, intercept,
        rows={"fitted": len(fit), "positives": int(fit["label"].sum()), "calibrated": len(calibration),
              **card_rows(judged.dropped)},
        days={"fit": sorted({day.isoformat() for day in fit["as_of"]}), "calibrate": [calibrate.isoformat()]},
        versions={name: installed(name) for name in ("lightgbm", "numpy", "duckdb", "ibis-framework")},
        harm=None if harm is None else harm.record(), weighting=weighting,
        notes=[*notes(sorted(set(fit["as_of"])), calibrate, months, label, weighting, planned),
               *said_of_gaps(gaps(lake, engine, features, as_of, version))],
    )  # fmt: skip
    card = identified(card, booster)
    model, before = RiskModel(card, booster), RiskModel(card, held_out)
    return Training(model, before, Dataset(fit, judged.dropped), Dataset(calibration, {}), seen, lessons)


def _before(calibrate: dt.date, seen: Dataset, missed: pd.DataFrame, label: Label, fit: pd.DataFrame) -> Lessons:
    """The lessons of the days before `calibrate`: a sigmoid of rows that the trees have learned would promise too much."""
    earlier = Dataset(seen.rows[seen.rows["as_of"] < calibrate], seen.dropped)
    return Lessons(first_lesson(earlier, missed, label), fit)


def _settled(data: Dataset, seen: Dataset, label: Label) -> tuple[Dataset, dt.date]:
    """The days whose outcomes are about as complete as they will get, and the newest of them, to calibrate on.

    A day is left out while its share of known outcomes among employers looked at is below 80 % of the best
    day's: what is decided first is not like the rest.
    """
    looked_at = seen.rows[list(LOOKED_AT[label])].sum(axis=1) > 0
    known = label_of(seen.rows, label).notna() & looked_at
    by_day = pd.DataFrame({"known": known, "looked_at": looked_at}).astype("int64").groupby(seen.rows["as_of"]).sum()
    share = by_day["known"] / by_day["looked_at"].clip(lower=1)
    settled = share[share >= SETTLED * share.max()].index if label != "complaint" else share.index
    kept = data.rows["as_of"].isin(settled)
    dropped = {**data.dropped, "day_undecided": int((~kept).sum())}
    rows = data.rows[kept]
    newest = max(rows["as_of"], default=max(seen.rows["as_of"]))
    return Dataset(rows, {reason: count for reason, count in dropped.items() if count}), newest


def _enough(fit: pd.DataFrame, calibration: pd.DataFrame, label: Label) -> None:
    for name, rows in (("to fit on", fit), ("to calibrate on", calibration)):
        positives, negatives = int((rows["label"] == 1).sum()), int((rows["label"] == 0).sum())
        if min(positives, negatives) < FEWEST_POSITIVES:
            raise BadInput(
                f"there are too few known outcomes {name} for the label {label}",
                found=f"{positives} with and {negatives} without",
                expected=f"at least {FEWEST_POSITIVES} of each",
                do="choose a later --as-of, another --label or --horizon, or ingest more decisions",
            )
