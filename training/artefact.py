"""The model artefact: what training hands to serving. Text and JSON only; nothing in it can run.

A folder with `model.txt` (LightGBM's own text), `model.json` (the same trees, for other tools) and
`plumbline.json` (what it was trained on, for what, and how its margin becomes a probability).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
import numpy.typing as npt
from scipy.special import expit

from features.errors import BadInput
from features.feature import Catalogue
from training.harm import COLUMNS, Harm, HarmRule

Floats = npt.NDArray[np.float64]

TREES = "model.txt"
CARD = "plumbline.json"
NAMED = 10  # of a long list in an error


@dataclass(frozen=True)
class Card:
    """What must be known of a model to use it rightly. Days are ISO; `known_by` is the last day training saw.

    `fingerprints` are of the model's features and of those the rule of `harm` reads; `notes` are sentences by language;
    `matcher` names the one whose same-person pairs the model of claims was trained with (None: none were).
    """

    model_id: str
    subject: str
    label: str
    horizon_months: int
    as_of: str
    lake_version: int
    seed: int
    features: list[str]
    fingerprints: dict[str, str]
    slope: float
    intercept: float
    rows: dict[str, int] = field(default_factory=dict)
    days: dict[str, list[str]] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    harm: dict[str, Any] | None = None
    weighting: dict[str, Any] | None = None
    notes: list[dict[str, str]] = field(default_factory=list)
    matcher: str | None = None


def identified(card: Card, booster: lgb.Booster) -> Card:
    """The card with an identifier that is this model's alone.

    Of one day, lake version and seed there may be several models: of other data, limits or definitions. What was scored
    by one must never pass for what another scored.
    """
    said = [booster.model_to_string(), card.slope, card.intercept, card.fingerprints, card.harm]
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    return replace(card, model_id=f"{card.model_id}-{digest[:8]}")


@dataclass(frozen=True)
class RiskModel:
    """A LightGBM model with its card. Matrices are (subjects, features) in the order of `card.features`."""

    card: Card
    booster: lgb.Booster

    def risk(self, matrix: Floats) -> Floats:
        """Calibrated probability of the label for each row, shape (subjects,)."""
        return calibrated(self.margin(matrix), self.card.slope, self.card.intercept)

    def margin(self, matrix: Floats) -> Floats:
        """Uncalibrated log-odds, shape (subjects,)."""
        return np.asarray(self.booster.predict(matrix, raw_score=True, num_threads=1), dtype=np.float64)

    def contributions(self, matrix: Floats) -> Floats:
        """Exact tree SHAP values of the margin, shape (subjects, features + 1); the last column is the base."""
        return np.asarray(self.booster.predict(matrix, pred_contrib=True, num_threads=1), dtype=np.float64)

    def harm(self, columns: Mapping[str, Any], risk: Floats | None = None) -> Harm | None:
        """Expected workers and money, each of shape (subjects,), of a snapshot's `columns`; `risk` where it is at hand.

        Columns are those of `card.features` (none of them where `risk` is given) and of training.harm.COLUMNS. None
        where nothing was decided by the as-of day from which the rule could have been measured.
        """
        if self.card.harm is None:
            return None
        risk = self.risk(matrix(columns, self.card.features)) if risk is None else risk
        return HarmRule(**self.card.harm).apply(risk, {name: columns[name] for name in COLUMNS})

    def save(self, folder: Path) -> None:
        """Write the artefact into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        self.booster.save_model(str(folder / TREES))
        (folder / "model.json").write_text(json.dumps(self.booster.dump_model()), encoding="utf-8")
        (folder / CARD).write_text(json.dumps(asdict(self.card), indent=2), encoding="utf-8")


def calibrated(margin: Floats, slope: float, intercept: float) -> Floats:
    """The sigmoid that turns a margin into a probability."""
    return np.asarray(expit(slope * margin + intercept), dtype=np.float64)


def load(folder: Path, catalogue: Catalogue) -> RiskModel:
    """The model in `folder`. BadInput where the code's features are not those it was trained with."""
    return read((folder / CARD).read_text(encoding="utf-8"), (folder / TREES).read_text(encoding="utf-8"), catalogue)


def read(card: str, trees: str, catalogue: Catalogue) -> RiskModel:
    """The model of these texts. BadInput where the code's features are not those it was trained with."""
    known = Card(**json.loads(card))
    refuse_other_features(known, catalogue)
    return RiskModel(known, lgb.Booster(model_str=trees))


def refuse_other_features(card: Card, catalogue: Catalogue) -> None:
    """BadInput naming features that are gone or are now defined otherwise; a changed limit changes all."""
    gone = [name for name in card.fingerprints if name not in catalogue]
    changed = [n for n, was in card.fingerprints.items() if n in catalogue and catalogue[n].fingerprint != was]
    if gone or changed:
        raise BadInput(
            f"model {card.model_id} was trained with other features than this code has",
            found=f"gone: {_some(gone)}; defined otherwise: {_some(changed)}",
            expected="the definitions, and the limits (PLUMBLINE_LIMITS), that it was trained with",
            do="train again, or score with the release and the limits that trained it",
        )


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(names[:NAMED])}{more}" if names else "none"


def matrix(columns: Mapping[str, Any], features: list[str]) -> Floats:
    """Columns as one float64 matrix in the order of `features`; missing values are NaN."""
    return np.column_stack([np.asarray(columns[name], dtype=np.float64) for name in features])
