"""A tiny model on made-up employers, with the names of real features; an office's home, prepared for scores at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pyarrow as pa
import pytest

from features.employers import EMPLOYER_FEATURES
from serving.watchlist import Watchlist, draw_watchlist
from training.artefact import Card, RiskModel

AS_OF = dt.date(2024, 6, 30)
NAMES = [
    "complaints_12m", "complaints_36m", "days_since_complaint", "still_owed_36m", "unpaid_share_3m",
    "clean_inspections_36m", "industry_complaint_rate", "capital",
]  # fmt: skip
SHOWN = ["silent_days", "unpaid_amount_12m", "amount_claimed_12m", "workers_owed_36m", "workers_3m"]
EMPLOYERS = 300


def columns(count: int = EMPLOYERS, seed: int = 1) -> dict[str, np.ndarray]:
    """Features of `count` made-up employers; the first has no history."""
    rng = np.random.default_rng(seed)
    lately = rng.poisson(0.7, count).astype(float)
    made = {
        "complaints_12m": lately,
        "complaints_36m": lately + rng.poisson(1.0, count),
        "still_owed_36m": rng.choice([0, 0, 0, 5000, 120000], count).astype(float),
        "unpaid_share_3m": np.where(rng.random(count) < 0.2, np.nan, rng.choice([0, 0, 0.1, 0.5], count)),
        "clean_inspections_36m": rng.poisson(0.4, count).astype(float),
        "industry_complaint_rate": rng.choice([0.5, 1.0, 2.5], count),
        "capital": rng.choice([1e5, 1e6, 1e7], count),
        "silent_days": rng.integers(0, 400, count).astype(float),
        "unpaid_amount_12m": rng.choice([0, 40000], count).astype(float),
        "amount_claimed_12m": lately * 1000,
        "workers_owed_36m": np.zeros(count),
        "workers_3m": rng.integers(1, 300, count).astype(float),
    }
    made["days_since_complaint"] = np.where(made["complaints_36m"] > 0, rng.integers(0, 1000, count), np.nan)
    for name in NAMES[:6]:
        made[name][0] = np.nan if EMPLOYER_FEATURES[name].without_history is None else 0
    return made


def snapshot_of(made: dict[str, np.ndarray], **descriptions: Sequence[object]) -> pa.Table:
    """A snapshot with these features; every tenth employer is closed, a third are in the region South."""
    count = len(made["capital"])
    told: dict[str, object] = {
        "as_of": pa.array([AS_OF] * count, pa.date32()),
        "employer_id": pa.array([f"{i:06d}" for i in range(count)]),
        "name": [f"Works {i}" for i in range(count)],
        "industry": ["construction"] * count,
        "region": ["South" if i % 3 == 0 else "North" for i in range(count)],
        "ownership": ["private"] * count,
        "closed_on": pa.array([dt.date(2024, 1, 1) if i % 10 == 9 else None for i in range(count)], pa.date32()),
    }
    return pa.table({**told, **descriptions, **{n: pa.array(v, from_pandas=True) for n, v in made.items()}})


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of tests/serving/api/office.py."""
    from tests.serving.api.office import prepared  # with the whole service: others here do without it

    return prepared(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def made() -> dict[str, np.ndarray]:
    return columns()


@pytest.fixture(scope="session")
def model(made: dict[str, np.ndarray]) -> RiskModel:
    rng = np.random.default_rng(2)
    x = np.column_stack([made[name] for name in NAMES])
    pull = x[:, 0] + x[:, 1] * 0.5 + (x[:, 3] > 0) * 1.5 + np.nan_to_num(x[:, 4]) * 4 - x[:, 5] + (x[:, 6] - 1) - 2
    y = (rng.random(len(x)) < 1 / (1 + np.exp(-pull))).astype(int)
    settings = {
        "objective": "binary", "num_leaves": 7, "min_data_in_leaf": 10, "verbose": -1, "seed": 1, "num_threads": 1,
        "deterministic": True, "monotone_constraints": [EMPLOYER_FEATURES[name].direction for name in NAMES],
    }  # fmt: skip
    booster = lgb.train(settings, lgb.Dataset(x, y, feature_name=NAMES), num_boost_round=40)
    prints = {name: EMPLOYER_FEATURES[name].fingerprint for name in NAMES}
    card = Card("tiny", "employer", "event", 6, "2024-01-01", 3, 1, NAMES, prints, 0.9, -0.1)
    return RiskModel(card, booster)


@pytest.fixture(scope="session")
def snapshot(made: dict[str, np.ndarray]) -> pa.Table:
    return snapshot_of(made)


def draw(model: RiskModel, snapshot: pa.Table, **wishes: object) -> Watchlist:
    """A list of 20, a fifth of it by lot, unless `wishes` say otherwise."""
    usual: dict[str, object] = {
        "as_of": AS_OF, "region": None, "capacity": 20, "random_share": 0.2, "seed": 7, "lake_version": 4,
        "created": dt.datetime(2024, 7, 1, tzinfo=dt.UTC),
    }  # fmt: skip
    return draw_watchlist(model, snapshot, **{**usual, **wishes})  # type: ignore[arg-type]
