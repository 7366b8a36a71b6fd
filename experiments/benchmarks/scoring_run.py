"""A batch run over a million employers with reasons for the top 1 %, into the store, beside LightGBM's predict alone.

    python -m experiments.benchmarks.scoring_run --home HOME --as-of 2024-12-31 --rows 1000000

Rows are drawn with replacement from the day's snapshot of the deployment in HOME, and given identifiers of their own;
the model is the deployment's. Each step runs in a process of its own. Without `--store` the run goes into a SQLite
store in a folder that is removed; `--store postgresql+psycopg://…` names an empty database. Prints JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from commands.deployment import engine_of, lake_of, registry_of
from commands.deployment import settings as settings_of
from experiments.benchmarks.measuring import Steps, measured, ran_as_step
from features.employers import EMPLOYER_FEATURES
from features.snapshots.take import take_employer_snapshot
from serving.levels import read_levels
from serving.limits import REASONS_SHARE
from serving.runs import Scored, keep_run
from serving.scoring import features_of, score_employers
from serving.store.opened import open_store
from serving.why import why_employers
from training.artefact import RiskModel, load

MODULE = "experiments.benchmarks.scoring_run"
SNAPSHOT, MODEL = "snapshot.parquet", "model"


def prepare(folder: Path, home: Path, as_of: dt.date, rows: int) -> None:
    """The model and the rows it is asked about, in `folder`."""
    configured = settings_of(home)
    model = registry_of(configured).find(as_of, None, None)
    model.save(folder / MODEL)
    snapshot = take_employer_snapshot(lake_of(configured), engine_of(configured), [as_of])
    wanted = list(dict.fromkeys(["as_of", "closed_on", "region", *model.card.features]))
    places = np.random.default_rng(1).integers(0, snapshot.num_rows, rows)
    drawn = snapshot.select(wanted).take(pa.array(places))
    identifiers = pa.array([f"9133{number:014d}" for number in range(rows)])
    pq.write_table(drawn.append_column("employer_id", identifiers), folder / SNAPSHOT)


def predict_alone(folder: str) -> dict[str, float]:
    """LightGBM's own predict over the matrix: the least that scoring can cost."""
    model, snapshot = _read(folder)
    matrix = features_of(model, snapshot)
    start = time.perf_counter(), time.process_time()
    model.booster.predict(matrix, raw_score=True, num_threads=1)
    return _took(start, len(matrix))


def scores_alone(folder: str) -> dict[str, float]:
    """Everybody's calibrated risk and level, kept nowhere."""
    model, snapshot = _read(folder)
    start = time.perf_counter(), time.process_time()
    score_employers(model, snapshot, read_levels())
    return _took(start, snapshot.num_rows)


def whole_run(folder: str, address: str) -> dict[str, float]:
    """Scores, reasons of the top 1 %, and all of it in the store."""
    (model, snapshot), store = _read(folder), open_store(address)
    start = time.perf_counter(), time.process_time()
    matrix = features_of(model, snapshot)
    scores = score_employers(model, snapshot, read_levels(), matrix)
    scored = time.perf_counter(), time.process_time()
    why = why_employers(model, snapshot, matrix, scores["risk"].to_numpy(), REASONS_SHARE)
    explained = time.perf_counter(), time.process_time()
    run = Scored("employers", snapshot["as_of"][0].as_py(), 1, {"event": model.card.model_id}, {}, REASONS_SHARE)
    with store.session() as session:
        keep_run(session, run, scores.append_column("region", snapshot["region"]).append_column("why", why), MODULE)
    kept = time.perf_counter(), time.process_time()
    found = _took(start, snapshot.num_rows)
    for name, begun, ended in (("scores", start, scored), ("reasons", scored, explained), ("store", explained, kept)):
        found[f"{name}_s"], found[f"{name}_cpu_s"] = (round(b - a, 2) for a, b in zip(begun, ended, strict=True))
    return found


def _read(folder: str) -> tuple[RiskModel, pa.Table]:
    return load(Path(folder) / MODEL, EMPLOYER_FEATURES), pq.read_table(Path(folder) / SNAPSHOT)


def _took(start: tuple[float, float], rows: int) -> dict[str, float]:
    wall, processor = time.perf_counter() - start[0], time.process_time() - start[1]
    return {
        "rows": rows,
        "step_s": round(wall, 2),
        "step_cpu_s": round(processor, 2),
        "rows_per_s": round(rows / wall),
        "rows_per_cpu_s": round(rows / processor),
    }


STEPS: Steps = {"predict": predict_alone, "scores": scores_alone, "run": whole_run}


def main() -> None:
    """Measure and print."""
    if ran_as_step(STEPS, sys.argv[1:]):
        return
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--home", type=Path, required=True)
    asked.add_argument("--as-of", type=dt.date.fromisoformat, required=True)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--store")
    words = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        prepare(folder, words.home, words.as_of, words.rows)
        address = words.store or f"sqlite:///{folder / 'store.db'}"
        found = {step: measured(MODULE, step, folder) for step in ("predict", "scores")}
        found["run"] = measured(MODULE, "run", folder, address)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
