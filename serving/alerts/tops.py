"""What the models alone would list: to see what a rule adds to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from serving.alerts.stakes import stakes
from serving.scoring import features_of
from training.artefact import RiskModel


def top_claims(models: Mapping[str, RiskModel], snapshot: pa.Table, capacity: int) -> dict[dt.date, frozenset[str]]:
    """By day of `snapshot` the `capacity` undecided claims with the largest expected loss by the models alone."""
    open_ones = snapshot.filter(pc.is_null(snapshot["newest_finding"]))
    tops = {}
    for day in pc.unique(open_ones["as_of"]).to_pylist():
        own = open_ones.filter(pc.equal(open_ones["as_of"], pa.scalar(day, pa.date32())))
        chance = np.max([model.risk(features_of(model, own)) for model in models.values()], axis=0)
        first = np.argsort(-np.nan_to_num(chance * stakes(own).in_all), kind="stable")[:capacity]
        tops[day] = frozenset(own["claim_id"].take(pa.array(first)).to_pylist())
    return tops
