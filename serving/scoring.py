"""Scores of all employers of a snapshot."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from features.errors import BadInput
from serving.levels import LEVELS, NO_LEVEL, LevelTable, read_levels
from training.artefact import Floats, RiskModel
from training.artefact import matrix as as_matrix


def score_employers(
    model: RiskModel, snapshot: pa.Table, levels: LevelTable | None = None, matrix: Floats | None = None
) -> pa.Table:
    """Everybody of `snapshot`, closed or not, in its order: as_of, employer_id, risk (0 to 1), level, closed.

    Risk is the calibrated probability of the model's label within its horizon. Whether to leave out the
    closed is for the caller to say. `matrix`: that of `features_of`, where it is at hand. BadInput where the snapshot lacks a feature of the model.
    """
    levels = levels or read_levels()
    matrix = features_of(model, snapshot) if matrix is None else matrix
    risk = model.risk(matrix) if len(matrix) else np.empty(0)
    days = np.asarray(snapshot["as_of"].to_numpy(), dtype="datetime64[D]")
    return pa.table(
        {
            "as_of": snapshot["as_of"],
            "employer_id": snapshot["employer_id"],
            "risk": pa.array(risk, pa.float64()),
            "level": pa.array(_levels(risk, days, model.card.label, levels), pa.string()),
            "closed": closed(snapshot),
        }
    )


def closed(snapshot: pa.Table) -> pa.ChunkedArray:
    """Whether each employer had closed by the day of its row."""
    return pc.fill_null(pc.less_equal(snapshot["closed_on"], snapshot["as_of"]), False)


def features_of(model: RiskModel, snapshot: pa.Table) -> Floats:
    """The model's matrix, shape (employers, features). BadInput names the features the snapshot lacks."""
    missing = [name for name in model.card.features if name not in snapshot.column_names]
    if missing:
        raise BadInput(
            f"the snapshot lacks features of model {model.card.model_id}",
            found=f"without {', '.join(missing)}",
            expected="all features the model was trained with",
            do="take the snapshot with all features of the catalogue",
        )
    columns = {name: snapshot[name].to_numpy() for name in model.card.features}
    return as_matrix(columns, model.card.features)


def _levels(risk: Floats, days: npt.NDArray[np.datetime64], label: str, table: LevelTable) -> npt.NDArray[np.object_]:
    named = np.full(len(risk), NO_LEVEL, dtype=object)
    for day in np.unique(days):
        held = table.on(label, day.item())
        for name in reversed(LEVELS):
            named[(days == day) & (risk >= getattr(held, name))] = name
    return named
