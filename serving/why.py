"""Reasons for those with the highest scores of a run, as JSON text beside their scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from serving.alerts.explaining import explained
from serving.facts import why_record
from serving.reasons import Explanation, explain, usual_values
from serving.scoring import closed
from serving.store.json_text import json_text
from training.artefact import Floats, RiskModel

Places = npt.NDArray[np.intp]


def why_employers(model: RiskModel, snapshot: pa.Table, matrix: Floats, risk: Floats, share: float) -> pa.Array:
    """By row of `snapshot` a `why_record` as JSON text for the `share` of open employers at highest risk, else null.

    `matrix` is that of serving.scoring.features_of, `risk` that of its rows.
    """
    still = np.flatnonzero(~np.asarray(closed(snapshot).to_numpy(zero_copy_only=False), dtype=bool))
    top = still[highest(risk[still], share)]
    if not len(top):
        return pa.nulls(snapshot.num_rows, pa.string())
    return _beside(snapshot.num_rows, top, explain(model, matrix[top], usual_values(matrix[still])))


def why_claims(models: Mapping[str, RiskModel], snapshot: pa.Table, scores: pa.Table, share: float) -> pa.Array:
    """By row of `snapshot` a `why_record` as JSON text, by the model of what is likelier, for the `share` of claims whose
    larger probability is highest, else null."""
    chances = np.array([np.nan_to_num(scores[kind].to_numpy()) for kind in models])
    if not len(chances):
        return pa.nulls(snapshot.num_rows, pa.string())
    top = highest(chances.max(axis=0), share)
    kinds = [list(models)[number] for number in chances[:, top].argmax(axis=0)]
    return _beside(snapshot.num_rows, top, explained(models, snapshot, top, kinds))


def highest(scores: Floats, share: float) -> Places:
    """Places of the `share` with the highest scores, rounded up; equals in their order."""
    return np.argsort(-scores, kind="stable")[: ceil(share * len(scores))]


def _beside(rows: int, places: Places, explanations: Sequence[Explanation]) -> pa.Array:
    texts = np.full(rows, None, dtype=object)
    texts[places] = [json_text(why_record(one)) for one in explanations]
    return pa.array(texts, pa.string())
