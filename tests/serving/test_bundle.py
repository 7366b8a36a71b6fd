"""The models that are served: text known by its hash, nothing that can run; what does not fit changes nothing."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from features.errors import BadInput, Damaged, NotFound, NotReady
from serving import shelf as shelf_module
from serving.bundle import MANIFEST, open_bundle, write_bundle
from serving.shelf import Models, Shelf
from tests.training.test_registry import model
from training.artefact import RiskModel


def unfit(seed: int = 9) -> RiskModel:
    """A model of a feature that was defined otherwise."""
    one = model(seed=seed)
    card = dataclasses.replace(one.card, fingerprints=dict.fromkeys(one.card.fingerprints, "another"))
    return RiskModel(card, one.booster)


def files(folder: Path) -> dict[str, Path]:
    entry = json.loads((folder / MANIFEST).read_text())["models"][0]
    return {name: folder / entry["folder"] / name for name in entry["sha256"]}


def test_what_is_put_in_scores_as_it_did(tmp_path: Path) -> None:
    one = model()
    write_bundle([one], tmp_path)
    served = open_bundle(tmp_path)["employers", "event"]
    matrix = np.array([[10.0], [90.0], [np.nan]])
    assert served.model.risk(matrix) == pytest.approx(one.risk(matrix), abs=0)
    assert {path.suffix for path in tmp_path.rglob("*") if path.is_file()} == {".txt", ".json"}


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    write_bundle([model()], tmp_path)
    trees = files(tmp_path)["model.txt"]
    trees.write_text(trees.read_text().replace("leaf_value=", "leaf_value=9 "))
    with pytest.raises(Damaged, match="is not the file that was put there"):
        open_bundle(tmp_path)


class Bomb:
    """What would run if it were ever unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('a pickle was loaded')",)


@pytest.mark.parametrize("protocol", [0, 5])
def test_a_pickle_in_a_models_place_is_refused_even_with_its_hash(tmp_path: Path, protocol: int) -> None:
    write_bundle([model()], tmp_path)
    data = pickle.dumps(Bomb(), protocol)
    files(tmp_path)["model.txt"].write_bytes(data)
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    manifest["models"][0]["sha256"]["model.txt"] = hashlib.sha256(data).hexdigest()
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(Damaged, match=r"no text|own text"):
        open_bundle(tmp_path)


def test_a_model_of_other_features_is_refused_and_named(tmp_path: Path) -> None:
    write_bundle([unfit()], tmp_path)
    with pytest.raises(BadInput, match="complaints_12m"):
        open_bundle(tmp_path)


def test_no_bundle_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="plumbline serve"):
        open_bundle(tmp_path)


def test_a_running_service_takes_new_models_and_goes_on_with_the_old_where_the_new_do_not_fit(tmp_path: Path) -> None:
    clock = [0.0]
    shelf = Shelf(tmp_path, lambda: clock[0])

    def served() -> list[int]:
        clock[0] += 10
        return [one.model.card.seed for one in shelf.models().values()]

    assert served() == []
    write_bundle([model(seed=1)], tmp_path)
    assert served() == [1]
    write_bundle([unfit()], tmp_path)
    assert served() == [1]
    assert isinstance(shelf.refused, BadInput)
    write_bundle([model(seed=2)], tmp_path)
    assert served() == [2]
    assert shelf.refused is None


def test_who_asks_while_the_first_models_are_opened_waits_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_bundle([model(seed=1)], tmp_path)
    shelf, begun, go_on = Shelf(tmp_path), Event(), Event()

    def slowly(folder: Path) -> Models:
        begun.set()
        assert go_on.wait(5)
        return open_bundle(folder)

    monkeypatch.setattr(shelf_module, "open_bundle", slowly)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(shelf.models)
        assert begun.wait(5) and not shelf.fresh
        second = threads.submit(shelf.models)
        go_on.set()
        assert len(first.result(5)) == len(second.result(5)) == 1
    assert shelf.fresh


def test_a_label_without_a_model_is_not_ready(tmp_path: Path) -> None:
    write_bundle([model()], tmp_path)
    with pytest.raises(NotReady, match="employers event"):
        Shelf(tmp_path).model("claims", "fraud")
