"""Which facts weigh for and against each claim on the list, by the model of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from serving.alerts.telling import CLAIMS
from serving.reasons import Explanation, explain, usual_values
from serving.scoring import features_of
from training.artefact import RiskModel

NOTHING = Explanation((), ())


def explained(
    models: Mapping[str, RiskModel], snapshot: pa.Table, rows: np.ndarray, kinds: Sequence[str]
) -> list[Explanation]:
    """One explanation for each of `rows` of the snapshot. A claim of a kind without a model (a rule, none) is explained by
    the model that thinks more of it; without any model nothing is weighed."""
    told = [NOTHING] * len(rows)
    if not models or not len(rows):
        return told
    matrices = {label: features_of(model, snapshot) for label, model in models.items()}
    risks = {label: models[label].risk(matrix[rows]) for label, matrix in matrices.items()}
    for label, model in models.items():
        own = [i for i, kind in enumerate(kinds) if _speaker(kind, risks, i) == label]
        if own:
            matrix = matrices[label]
            for i, explanation in zip(
                own, explain(model, matrix[rows[own]], usual_values(matrix), CLAIMS), strict=True
            ):
                told[i] = beside_rules(explanation) if kinds[i] == "rule" else explanation
    return told


def beside_rules(explanation: Explanation) -> Explanation:
    """Without the sentence that nothing stands out: the rule does."""
    reasons = tuple(fact for fact in explanation.reasons if fact.name != "nothing_stands_out")
    return Explanation(reasons, explanation.facts_for)


def _speaker(kind: str, risks: Mapping[str, np.ndarray], row: int) -> str:
    return kind if kind in risks else max(sorted(risks), key=lambda label: float(risks[label][row]))
