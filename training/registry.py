"""The record of models in MLflow: parameters, lake version, figures, report and the artefact itself. No pickle."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from features.employers import EMPLOYER_FEATURES
from features.errors import NotFound
from training.artefact import RiskModel, load
from training.trees import PARAMETERS, TREES

if TYPE_CHECKING:
    from mlflow.tracking import MlflowClient

EXPERIMENT = "employers"
ARTEFACT = "artefact"


class Registry:
    """The models of a deployment. `uri` is MLflow's tracking address; `artefacts` the folder for what they carry."""

    def __init__(self, uri: str, artefacts: Path) -> None:
        self.uri = uri
        self.artefacts = artefacts

    def record(self, model: RiskModel, figures: dict[str, float], report: dict[str, Any] | None = None) -> str:
        """Keep `model` with what is known of it; returns the run's identifier in MLflow."""
        client, card = self._client(), model.card
        tags = {
            "model_id": card.model_id,
            "label": card.label,
            "horizon": str(card.horizon_months),
            "as_of": card.as_of,
        }
        run = client.create_run(self._experiment(client), run_name=card.model_id, tags=tags)
        run_id = str(run.info.run_id)
        parameters = {**PARAMETERS, "trees": TREES, "lake_version": card.lake_version, "seed": card.seed, **card.rows}
        for name, value in parameters.items():
            client.log_param(run_id, _name(name), value)
        for name, figure in figures.items():
            client.log_metric(run_id, _name(name), figure)
        with tempfile.TemporaryDirectory() as folder:
            model.save(Path(folder) / ARTEFACT)
            if report is not None:
                (Path(folder) / "report.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
            client.log_artifacts(run_id, folder)
        client.set_terminated(run_id)
        return run_id

    def find(self, day: dt.date, label: str | None = None, months: int | None = None) -> RiskModel:
        """The newest model trained as of `day` or before; one trained later would know too much. NotFound if none."""
        client = self._client()
        runs = client.search_runs([self._experiment(client)], "attributes.status = 'FINISHED'", max_results=5000)
        fitting = [
            run for run in runs
            if run.data.tags.get("as_of", "9999") <= day.isoformat()
            and (label is None or run.data.tags.get("label") == label)
            and (months is None or run.data.tags.get("horizon") == str(months))
        ]  # fmt: skip
        if not fitting:
            wanted = f" for the label {label}" if label else ""
            raise NotFound(
                f"no model{wanted} was trained as of {day} or before",
                found=", ".join(sorted({r.data.tags.get("model_id", "?") for r in runs})) or "no models at all",
                expected="a model whose as-of day is not after the day of the scores",
                do=f"run: plumbline train employers --as-of {day} --horizon 6m --label event",
            )
        best = max(fitting, key=lambda run: (run.data.tags["as_of"], run.info.start_time))
        folder = Path(client.download_artifacts(best.info.run_id, ARTEFACT))
        return load(folder, EMPLOYER_FEATURES)

    def _client(self) -> MlflowClient:
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
        from mlflow.tracking import MlflowClient  # takes seconds to import, and sets its own loggers up

        for name in ("alembic", "mlflow"):
            logging.getLogger(name).setLevel(logging.WARNING)
        return MlflowClient(tracking_uri=self.uri)

    def _experiment(self, client: MlflowClient) -> str:
        found = client.get_experiment_by_name(EXPERIMENT)
        if found is not None:
            return str(found.experiment_id)
        self.artefacts.mkdir(parents=True, exist_ok=True)
        return str(client.create_experiment(EXPERIMENT, artifact_location=self.artefacts.resolve().as_uri()))


def _name(text: str) -> str:
    """MLflow's names allow letters, digits and a few marks: `precision@1%` becomes `precision_at_1pc`."""
    text = text.replace("@", "_at_").replace("%", "pc")
    return "".join(c if c.isalnum() or c in "_-. /" else " " for c in text)
