"""The record of models in MLflow: parameters, lake version, figures, report and the artefact itself. No pickle."""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from features.claims import CLAIM_FEATURES
from features.employers import EMPLOYER_FEATURES
from features.errors import NotFound
from features.feature import Catalogue
from training.artefact import RiskModel, load

if TYPE_CHECKING:
    from mlflow.entities import Run
    from mlflow.tracking import MlflowClient

CATALOGUES: dict[str, Catalogue] = {"employers": EMPLOYER_FEATURES, "claims": CLAIM_FEATURES}
ARTEFACT = "artefact"
PREFERRED = "event"  # the label of the main job: what a complaint-driven authority can know
SQLITE = "sqlite:///"


class Registry:
    """The models of a deployment. `uri` is MLflow's tracking address; `artefacts` the folder for what they carry."""

    def __init__(self, uri: str, artefacts: Path) -> None:
        self.uri = uri
        self.artefacts = artefacts

    def record(self, model: RiskModel, figures: dict[str, float], report: dict[str, Any] | None = None) -> str:
        """Keep `model` with what is known of it; returns the run's identifier in MLflow."""
        client, card = self.client(), model.card
        tags = {
            "model_id": card.model_id,
            "label": card.label,
            "horizon": str(card.horizon_months),
            "as_of": card.as_of,
        }
        run = client.create_run(self._experiment(client, card.subject), run_name=card.model_id, tags=tags)
        run_id = str(run.info.run_id)
        parameters = {
            **{name: value for name, value in model.booster.params.items() if not isinstance(value, list)},
            "trees": model.booster.num_trees(),
            "lake_version": card.lake_version,
            "seed": card.seed,
            **card.rows,
        }
        for name, value in parameters.items():
            client.log_param(run_id, _name(name), value)
        for name, figure in figures.items():
            client.log_metric(run_id, _name(name), figure)
        with tempfile.TemporaryDirectory() as folder:
            model.save(Path(folder) / ARTEFACT)
            if report is not None:
                (Path(folder) / "report.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
            self._keep(client, run, Path(folder))
        client.set_terminated(run_id)
        return run_id

    def find(
        self, day: dt.date, label: str | None = None, months: int | None = None, subject: str = "employers"
    ) -> RiskModel:
        """The newest model trained as of `day` or before; one trained later would know too much. NotFound if none.

        Of several trained as of the same day the one for the label `event` is taken unless `label` says
        otherwise, then the one recorded last.
        """
        runs = self.runs(subject)
        fitting = [
            run for run in runs
            if run.data.tags.get("as_of", "9999") <= day.isoformat()
            and (label is None or run.data.tags.get("label") == label)
            and (months is None or run.data.tags.get("horizon") == str(months))
        ]  # fmt: skip
        if not fitting:
            raise _no_model(day, label, months, subject, runs)
        best = max(fitting, key=_preference)
        return load(self.artefact(best), CATALOGUES[subject])

    def find_each(self, day: dt.date, labels: Sequence[str], subject: str) -> dict[str, RiskModel]:
        """By label the newest model trained as of `day` or before, of those `labels` that have one. NotFound if none has."""
        found: dict[str, RiskModel] = {}
        for label in labels:
            try:
                found[label] = self.find(day, label, subject=subject)
            except NotFound as error:
                missing = error
        if not found:
            raise missing
        return found

    def runs(self, subject: str) -> list[Run]:
        """The finished runs of a subject's models; none where nothing was ever recorded."""
        if self._file is not None and not self._file.exists():
            return []  # asking must not make a database
        client = self.client()
        found = client.get_experiment_by_name(subject)
        if found is None:
            return []
        runs = client.search_runs([found.experiment_id], "attributes.status = 'FINISHED'", max_results=5000)
        return list(runs)

    @property
    def _file(self) -> Path | None:
        """The SQLite file of the record; None where a server keeps it."""
        return Path(self.uri.removeprefix(SQLITE)) if self.uri.startswith(SQLITE) else None

    def _keep(self, client: MlflowClient, run: Run, folder: Path) -> None:
        """Artefacts lie in our own folder by run, not where MLflow's record says.

        The record holds absolute addresses, made when the first model was recorded: in a home that was
        moved they lead nowhere, in a copied one to the original. Where nothing was moved both are the same.
        """
        if self._file is None:
            client.log_artifacts(run.info.run_id, str(folder))
        else:
            shutil.copytree(folder, self._own(run), dirs_exist_ok=True)

    def _own(self, run: Run) -> Path:
        return self.artefacts / str(run.info.run_id) / "artifacts"

    def artefact(self, run: Run) -> Path:
        """The folder with the model of `run`. NotFound where its files are not there."""
        if self._file is None:
            return Path(self.client().download_artifacts(run.info.run_id, ARTEFACT))
        folder = self._own(run) / ARTEFACT
        if not (folder / "plumbline.json").exists():
            raise NotFound(
                f"the files of model {run.data.tags.get('model_id')} are not there",
                found=f"no {folder}",
                expected="the folder models/ beside mlflow.db, as training left it",
                do="copy the home folder whole, or train again",
            )
        return folder

    def client(self) -> MlflowClient:
        """MLflow, spoken to quietly."""
        os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
        os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
        from mlflow.tracking import MlflowClient  # takes seconds to import, and sets its own loggers up

        for name in ("alembic", "mlflow"):
            logging.getLogger(name).setLevel(logging.WARNING)
        return MlflowClient(tracking_uri=self.uri)

    def _experiment(self, client: MlflowClient, subject: str) -> str:
        found = client.get_experiment_by_name(subject)
        if found is not None:
            return str(found.experiment_id)
        self.artefacts.mkdir(parents=True, exist_ok=True)
        return str(client.create_experiment(subject, artifact_location=self.artefacts.resolve().as_uri()))


def _preference(run: Run) -> tuple[str, bool, int]:
    tags = run.data.tags
    return tags["as_of"], tags.get("label") == PREFERRED, int(run.info.start_time)


def _no_model(day: dt.date, label: str | None, months: int | None, subject: str, runs: list[Run]) -> NotFound:
    """What was asked for, what there is, and the command that makes what was asked for."""
    wishes = f" --horizon {months or 6}m --label {label or PREFERRED}" if subject == "employers" else ""
    wanted = (f" for the label {label}" if label else "") + (f" and a horizon of {months} months" if months else "")
    there = sorted({run.data.tags.get("model_id", "?") for run in runs})
    return NotFound(
        f"no model{wanted} was trained as of {day} or before",
        found=", ".join(there) or "no models at all",
        expected=f"a model{wanted} whose as-of day is not after the day of the scores",
        do=f"run: plumbline train {subject} --as-of {day}{wishes}",
    )


def _name(text: str) -> str:
    """MLflow's names allow letters, digits and a few marks: `precision@1%` becomes `precision_at_1pc`."""
    text = text.replace("@", "_at_").replace("%", "pc")
    return "".join(c if c.isalnum() or c in "_-. /" else " " for c in text)
