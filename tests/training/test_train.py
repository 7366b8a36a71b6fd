"""A model that could have been trained on the day: in time, in order, recorded, and refused where it does not fit."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import pandas as pd
import pytest

from features.employers import EMPLOYER_FEATURES
from features.engine import connect
from features.errors import BadInput, NotFound
from features.lake.lake import Lake
from training import lessons
from training.artefact import identified, load, refuse_other_features
from training.dataset import float_matrix
from training.fit import Training, train
from training.registry import Registry
from training.trees import fit_trees

AS_OF = dt.date(2022, 6, 30)


@pytest.fixture(scope="module")
def training(lake: Lake) -> Training:
    return train(lake, connect(threads=1), AS_OF, label="complaint", months=6)


def test_nothing_after_the_day_is_used(training: Training) -> None:
    days = [*training.model.card.days["fit"], *training.model.card.days["calibrate"]]
    assert max(days) == "2021-12-31"
    assert max(training.model.card.days["fit"]) < training.model.card.days["calibrate"][0]


def test_a_model_says_which_registers_it_could_learn_nothing_of(training: Training) -> None:
    said = " ".join(note["en"] for note in training.model.card.notes)
    assert "No register of employer_ties, payroll, contributions, inspections, as known on 2022-06-30" in said
    assert "known only to" not in said and "complaints" not in said


def test_training_again_gives_the_same_trees(lake: Lake, training: Training) -> None:
    again = train(lake, connect(threads=1), AS_OF, label="complaint", months=6)
    assert again.model.booster.model_to_string() == training.model.booster.model_to_string()
    assert again.model.card.model_id == training.model.card.model_id


def test_models_of_one_day_version_and_seed_that_differ_in_anything_have_identifiers_of_their_own(
    training: Training,
) -> None:
    """Else what was scored by one passes in the store for what the other scored: a home made again has version 1 again."""
    card, booster = replace(training.model.card, model_id="name"), training.model.booster
    others = [
        (replace(card, slope=card.slope + 1e-9), booster),
        (replace(card, fingerprints={**card.fingerprints, "complaints_12m": "of other limits"}), booster),
        (card, lgb.Booster(model_str=booster.model_to_string(num_iteration=1))),
    ]
    named = [identified(*one).model_id for one in [(card, booster), *others]]
    assert len(set(named)) == 4 and all(name.startswith("name-") for name in named)


def test_worse_is_scored_above_better(training: Training) -> None:
    names = training.model.card.features
    row = float_matrix(training.fit.rows.head(1), names)
    worse = row.copy()
    for column, name in enumerate(names):
        worse[0, column] += EMPLOYER_FEATURES[name].direction * 5
    assert training.model.risk(worse)[0] >= training.model.risk(row)[0]


@pytest.mark.parametrize("name", ["complaints_12m", "complaints_fading", "amount_claimed_36m"])
def test_more_of_what_may_only_raise_the_risk_never_lowers_it(training: Training, name: str) -> None:
    names = training.model.card.features
    rows = np.repeat(float_matrix(training.fit.rows.head(1), names), 30, axis=0)
    rows[:, names.index(name)] = np.linspace(0, 30, 30)
    assert (np.diff(training.model.margin(rows)) >= -1e-12).all()


def test_event_labels_go_on_from_who_is_complained_of_and_are_calibrated_by_trees_that_did_not_learn_it(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[set[str]] = []

    def fit_and_tell(rows: pd.DataFrame, *how: Any) -> lgb.Booster:
        learned.append({str(day) for day in rows["as_of"]})
        return fit_trees(rows, *how)

    monkeypatch.setattr(lessons, "fit_trees", fit_and_tell)
    training = train(lake, connect(threads=1), AS_OF, label="event", months=6)
    model, [calibrate] = training.model, training.model.card.days["calibrate"]
    assert min(model.booster.num_trees(), training.held_out.booster.num_trees()) > 100
    assert any("undecided" in reason for reason in model.card.rows)
    assert calibrate in learned[0]
    assert all(day < calibrate for days in learned[2:] for day in days)
    rows = float_matrix(training.calibration.rows, model.card.features)
    promised = training.held_out.risk(rows).sum()
    assert promised == pytest.approx(training.calibration.rows["label"].sum(), rel=0.01)


def test_the_registry_gives_back_what_it_was_given_as_text(training: Training, tmp_path: Path) -> None:
    registry = Registry(f"sqlite:///{tmp_path / 'mlflow.db'}", tmp_path / "models")
    registry.record(training.model, training.figures)
    found = registry.find(AS_OF, "complaint", 6)
    rows = float_matrix(training.fit.rows.head(50), training.model.card.features)
    assert found.card == training.model.card
    np.testing.assert_array_equal(found.risk(rows), training.model.risk(rows))
    kept = {path.name for path in (tmp_path / "models").rglob("*") if path.is_file()}
    assert kept == {"model.txt", "model.json", "plumbline.json"}
    with pytest.raises(NotFound, match="employers-complaint-6m-2022-06-30"):
        registry.find(AS_OF - dt.timedelta(days=1))  # a model trained later would know too much


def test_a_model_trained_with_other_features_is_refused(training: Training, tmp_path: Path) -> None:
    training.model.save(tmp_path)
    card = json.loads((tmp_path / "plumbline.json").read_text())
    card["fingerprints"]["complaints_12m"] = "another"
    (tmp_path / "plumbline.json").write_text(json.dumps(card))
    with pytest.raises(BadInput, match="complaints_12m"):
        load(tmp_path, EMPLOYER_FEATURES)


def test_where_a_limit_changed_everything_the_error_names_ten_features_and_the_limits(training: Training) -> None:
    card = training.model.card
    other = replace(card, fingerprints=dict.fromkeys(card.fingerprints, "of other limits"))
    with pytest.raises(BadInput) as refused:
        refuse_other_features(other, EMPLOYER_FEATURES)
    said = str(refused.value)
    assert f"and {len(card.fingerprints) - 10} more" in said and "PLUMBLINE_LIMITS" in said
    assert sum(name in said.replace(",", " ").split() for name in card.fingerprints) == 10


def test_too_few_outcomes_are_said_to_be_too_few(lake: Lake) -> None:
    with pytest.raises(BadInput, match="too few known outcomes"):
        train(lake, connect(threads=1), AS_OF, label="finding", months=6)


def test_calibration_keeps_the_order(training: Training) -> None:
    steeper = replace(training.model, card=replace(training.model.card, slope=3.0))
    rows = float_matrix(training.fit.rows, training.model.card.features)
    assert (np.argsort(steeper.risk(rows), kind="stable") == np.argsort(training.model.risk(rows), kind="stable")).all()
