"""The score of an employer by its identifier as of the night, or of what would be if some of its features were otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import numpy as np

from features.employers import EMPLOYER_FEATURES
from features.errors import BadInput
from features.feature import Feature
from features.languages import LANGUAGES
from serving.jurisdiction import not_there
from serving.levels import LevelTable
from serving.online.answers import explanation_said, level_said
from serving.online.journal import Entry, Journal
from serving.online.known import KnownFacts
from serving.reasons import explain
from training.artefact import Floats, RiskModel

NO_EMPLOYER = "there is no such employer"
Models = Mapping[str, RiskModel]


@dataclass(frozen=True)
class AskedEmployer:
    """An employer by identifier; `changes`: features that are otherwise than they are known (None: not known)."""

    employer_id: str
    changes: Mapping[str, float | None]


@dataclass
class OnlineEmployers:
    """Scores employers from one night. `models` gives those in use by label; `as_of` and `lake_version` are the night's."""

    known: KnownFacts
    as_of: dt.date
    lake_version: int
    journal: Journal
    models: Callable[[], Models]
    levels: LevelTable

    def __post_init__(self) -> None:
        self._place = {name: at for at, name in enumerate(self.known.names)}

    def region(self, employer_id: str) -> str | None:
        """Where the employer is registered. NotFound where the night does not know it."""
        return str(self._beside(employer_id)["region"] or "") or None

    def score(
        self, asked: Sequence[AskedEmployer], reasons: bool = True, languages: Sequence[str] = LANGUAGES
    ) -> list[dict[str, Any]]:
        """An answer for each of `asked`, in their order; all are kept when this returns.

        NotFound names the first employer that the night does not know; BadInput what changes cannot be.
        """
        for one in asked:
            self._beside(one.employer_id)
        if wrong := [fault for one in asked for fault in faults_of(one.changes, self._place)]:
            raise BadInput(
                "a change cannot be scored",
                found="; ".join(wrong),
                expected="features of employers by name, with numbers in their range, or null for not known",
                do="correct these; `plumbline features` lists names and ranges",
            )
        answers = [self._answer(one, reasons, languages) for one in asked]
        kept: list[Future[None]] = [self.journal.keep(self._entry(answer)) for answer in answers]
        for each in kept:
            each.result()
        return answers

    def _beside(self, employer_id: str) -> dict[str, Any]:
        if employer_id not in self.known:
            raise not_there(NO_EMPLOYER, employer_id)
        return self.known.beside(employer_id)

    def _answer(self, asked: AskedEmployer, reasons: bool, languages: Sequence[str]) -> dict[str, Any]:
        values = self.known.row(asked.employer_id)
        for name, value in asked.changes.items():
            values[self._place[name]] = np.nan if value is None else value
        models = self.models()
        scores = {label: self._score(model, values, reasons, languages) for label, model in models.items()}
        closed_on = self._beside(asked.employer_id)["closed_on"]
        return {
            "answer_id": uuid4().hex,
            "subject": "employer",
            "employer_id": asked.employer_id,
            "closed_on": closed_on,
            "as_of": self.as_of.isoformat(),
            "lake_version": self.lake_version,
            "models": {label: model.card.model_id for label, model in models.items()},
            "changes": dict(asked.changes),
            "scores": scores,
        }

    def _score(self, model: RiskModel, values: Floats, reasons: bool, languages: Sequence[str]) -> dict[str, Any]:
        own = [self._place[name] for name in model.card.features]
        row = values[own][None, :]
        risk = float(model.risk(row)[0])
        told = {"probability": risk, "horizon_months": model.card.horizon_months}
        told |= level_said(self.levels.level(risk, model.card.label, self.as_of), languages)
        if reasons:
            told |= explanation_said(explain(model, row, self.known.usual[own])[0], languages)
        return told

    def _entry(self, answer: dict[str, Any]) -> Entry:
        return Entry(answer["answer_id"], "employer", self.region(answer["employer_id"]), answer)


def faults_of(changes: Mapping[str, float | None], names: Mapping[str, int]) -> list[str]:
    """What is wrong with changes: names that are no features, and numbers out of their range."""
    return [
        fault
        for name, value in changes.items()
        if (fault := _unknown(name) if name not in names else _out_of_range(EMPLOYER_FEATURES[name], value))
    ]


def _unknown(name: str) -> str:
    return f"{name}: no such feature"


def _out_of_range(feature: Feature, value: float | None) -> str:
    if value is None:
        return ""
    low, high = feature.range
    if not np.isfinite(value) or (low is not None and value < low) or (high is not None and value > high):
        bounds = f"{'any' if low is None else low} to {'any' if high is None else high}"
        return f"{feature.name}: {value} is not in {bounds}"
    return ""
