"""The record of models: it goes where its folder goes, and says what is missing."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import lightgbm as lgb
import numpy as np
import pytest

from features.employers import EMPLOYER_FEATURES
from features.errors import NotFound
from features.settings import Settings
from training.artefact import Card, RiskModel
from training.registry import Registry

DAY = dt.date(2024, 6, 30)
NAME = "complaints_12m"


def registry(home: Path) -> Registry:
    configured = Settings(home=home)
    return Registry(configured.tracking, configured.artefacts)


def model(label: str = "event", seed: int = 1, months: int = 6, digest: str = "") -> RiskModel:
    values = np.arange(100.0).reshape(-1, 1)
    data = lgb.Dataset(values, (values[:, 0] > 50).astype(float), feature_name=[NAME])
    booster = lgb.train({"objective": "binary", "verbosity": -1, "num_threads": 1}, data, num_boost_round=2)
    fingerprints = {NAME: EMPLOYER_FEATURES[NAME].fingerprint}
    name = f"{label}-{seed}-{digest}" if digest else f"{label}-{seed}"
    card = Card(name, "employers", label, months, DAY.isoformat(), 1, seed, [NAME], fingerprints, 1.0, 0.0)
    return RiskModel(card, booster)


def test_a_home_that_was_moved_keeps_its_models_and_takes_new_ones(tmp_path: Path) -> None:
    registry(tmp_path / "old").record(model(seed=1), {})
    (tmp_path / "old").rename(tmp_path / "new")
    moved = registry(tmp_path / "new")
    assert moved.find(DAY).card.seed == 1
    moved.record(model(seed=2), {})
    assert moved.find(DAY).card.seed == 2
    assert not (tmp_path / "old").exists()


def test_a_copied_home_reads_its_own_models(tmp_path: Path) -> None:
    registry(tmp_path / "a").record(model(), {})
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    (card,) = (tmp_path / "b").rglob("plumbline.json")
    card.write_text(card.read_text().replace('"seed": 1', '"seed": 7'))
    assert registry(tmp_path / "b").find(DAY).card.seed == 7
    shutil.rmtree(tmp_path / "b" / "models")
    with pytest.raises(NotFound, match="copy the home folder whole"):
        registry(tmp_path / "b").find(DAY)


def test_event_is_preferred_among_models_of_one_day(tmp_path: Path) -> None:
    own = registry(tmp_path)
    own.record(model("event"), {})
    own.record(model("complaint"), {})
    assert own.find(DAY).card.label == "event"
    assert own.find(DAY, "complaint").card.label == "complaint"


def test_what_to_do_names_what_was_asked_for(tmp_path: Path) -> None:
    own = registry(tmp_path)
    own.record(model("event"), {})
    with pytest.raises(NotFound) as raised:
        own.find(DAY, months=12)
    assert "a horizon of 12 months" in raised.value.message
    assert raised.value.found == "event-1"
    assert raised.value.do.endswith("--as-of 2024-06-30 --horizon 12m --label event")


def test_asking_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no models at all"):
        registry(tmp_path / "nowhere").find(DAY)
    assert not (tmp_path / "nowhere").exists()
