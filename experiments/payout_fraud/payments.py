"""The handbook's payments by the handbook's protocol: its own features and ours, taught by the same trees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from experiments.payout_fraud import handbook
from experiments.payout_fraud.as_of_filing import Books, payment_features, payments_as_of_filing
from experiments.payout_fraud.ceiling import ceiling
from experiments.payout_fraud.judged import compared
from experiments.payout_fraud.protocol import Weeks
from experiments.payout_fraud.world import payments_lake
from features.claims import CLAIM_FEATURES
from features.engine import DuckDB, Engine
from features.lake.lake import Lake
from features.snapshots.claim_take import filing_days
from training.artefact import Floats
from training.dataset import float_matrix, used_features
from training.trees import PARAMETERS

FIRSTS = tuple(dt.date(2018, *day) for day in ((6, 27), (7, 4), (7, 10)))  # the trainings
CHOSEN_ON = tuple(dt.date(2018, 5, day) for day in (2, 9, 16, 23))  # trees and features were chosen on these alone
TREES = 200
BASELINES = {"handbook": [*handbook.FEATURES], "handbook, evening before": [*handbook.BEFORE]}
OURS: dict[str, Books] = {"evening": "evening", "evening before": "evening-before"}
PAIRS = (("evening", "handbook"), ("evening before", "handbook"), ("evening before", "handbook, evening before"))
DRAWS = 500


@dataclass(frozen=True)
class Payments:
    """All payments with the handbook's features, and with ours by kind of books."""

    rows: pd.DataFrame
    ours: dict[str, pd.DataFrame]

    @classmethod
    def of(cls, work: Path, file: Path) -> Payments:
        """From the published file, through a lake below `work`."""
        lake, engine = payments_lake(work, file), DuckDB(memory_limit="4GB", threads=1)
        rows = handbook.payments_with_handbook_features(file)
        ours = {name: _ours(work, lake, engine, books) for name, books in OURS.items()}
        return cls(rows, {name: taken.set_index("claim_id").loc[rows["claim_id"]] for name, taken in ours.items()})


def _ours(work: Path, lake: Lake, engine: Engine, books: Books) -> pd.DataFrame:
    """Our features of all payments, taken month by month; what is taken is kept below `work`."""
    asked = filing_days(lake, engine)
    months = pc.strftime(asked["as_of"], "%Y-%m")
    parts = []
    for month in pc.unique(months).to_pylist():
        kept = work / f"{books}-{month}.parquet"
        if not kept.exists():
            of_month = asked.filter(pc.equal(months, month))
            pq.write_table(payments_as_of_filing(lake, engine, books, of_month, payment_features()), kept)
        parts.append(pq.read_table(kept))
    rows: pd.DataFrame = pa.concat_tables(parts).to_pandas()
    return rows


def judge(payments: Payments, first: dt.date, history: bool, seed: int, draws: int) -> dict[str, Any]:
    """One training and test week: the baseline, ours with either books, what cannot be told, all with intervals."""
    weeks = Weeks(first, history)
    training, test = weeks.training(payments.rows), weeks.test(payments.rows)
    scores = {}
    for name, columns in BASELINES.items():
        scores[name] = _taught(training[columns], training["fraud"], test[columns], [0] * len(columns), seed)
    names: dict[str, list[str]] = {}
    for name, ours in payments.ours.items():
        rows = ours.iloc[training.index].assign(as_of=training["day"].to_numpy())
        names[name] = used_features(rows, payment_features())
        directions = [CLAIM_FEATURES[feature].direction for feature in names[name]]
        scores[name] = _taught(
            rows[names[name]], training["fraud"], ours.iloc[test.index][names[name]], directions, seed
        )
    return {
        "first": str(first),
        "history": history,
        "training": {"payments": len(training), "frauds": int(training["fraud"].sum())},
        "test": {"payments": len(test), "frauds": int(test["fraud"].sum())},
        "features": names,
        "ceiling": ceiling(payments.rows, test),
        **compared(test, scores, PAIRS, seed, draws),
    }


def _taught(rows: pd.DataFrame, fraud: pd.Series, test: pd.DataFrame, directions: Sequence[int], seed: int) -> Floats:
    """TREES on `rows` and their scores of `test`, shape (payments of the test,)."""
    parameters = {**PARAMETERS, "seed": seed, "num_threads": 1, "monotone_constraints": list(directions)}
    names = list(rows.columns)
    data = lgb.Dataset(float_matrix(rows, names), fraud.to_numpy(), feature_name=names)
    booster = lgb.train(parameters, data, num_boost_round=TREES)
    return np.asarray(booster.predict(float_matrix(test, names), num_threads=1), dtype=np.float64)
