"""The office's night in a folder of the test's own, opened as a service opens it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pytest

from features.claims import CLAIM_FEATURES
from features.rules.read import read_rules
from serving.levels import read_levels
from serving.online.opened import Online
from tests.serving.api import office
from tests.serving.api.office import CLAIM_FACT
from tests.training.test_registry import model as employers_model
from training.artefact import RiskModel


@dataclass
class Clock:
    """Seconds that pass when the test says so."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


def claims_model() -> RiskModel:
    """A model of duplicates that finds two other active claims of the person telling."""
    values = np.repeat([[0.0], [2.0]], 100, axis=0)
    data = lgb.Dataset(values, values[:, 0] > 0, feature_name=[CLAIM_FACT])
    booster = lgb.train({"objective": "binary", "verbosity": -1, "num_threads": 1}, data, num_boost_round=5)
    return RiskModel(office.claims_model().card, booster)


@pytest.fixture
def place(home: Path, tmp_path: Path) -> Path:
    """A home with the office's night and nothing that came in since."""
    own = tmp_path / "home"
    shutil.copytree(home / "online", own / "online", ignore=shutil.ignore_patterns("journal.*"))
    shutil.copy(home / "same-person.key", own)
    return own


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def online(place: Path, clock: Clock) -> Iterator[Online]:
    """The scores of that home, by a model of each subject."""
    models = {(one.card.subject, one.card.label): one for one in (employers_model(), claims_model())}
    opened = Online(place, lambda: models, read_rules(CLAIM_FEATURES), read_levels(None), clock)
    yield opened
    opened.close()
