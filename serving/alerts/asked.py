"""What a list of alerts is drawn from: what is asked of it, the claims with their scores, and who gathers evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from serving.alerts.evidence import Evidence
from serving.alerts.news import News
from serving.arms import Policy
from training.artefact import Floats, RiskModel


@dataclass(frozen=True)
class Asked:
    """What is asked of a list. `random_share` of the `capacity` (reviews that can be made) is drawn by lot."""

    as_of: dt.date
    region: str | None
    capacity: int
    random_share: float
    seed: int
    random_policy: Policy = "fixed"


@dataclass(frozen=True)
class Scored:
    """All claims of the day with their scores. `scores` holds calibrated probabilities by kind, where there is a model;
    `clusters` and `rings` name for each claim its own (None: no ring); `news` what came after a claim's decision;
    `compared`: whether claims were compared by person; `by_lot`: the claims
    reviewed by lot, and whether they were found wrong."""

    snapshot: pa.Table
    models: Mapping[str, RiskModel]
    scores: Mapping[str, Floats]
    clusters: Sequence[str]
    rings: Sequence[str | None]
    news: Mapping[str, News]
    lake_version: int | None = None
    compared: bool = True
    by_lot: Mapping[str, bool] = field(default_factory=dict)


EvidenceOf = Callable[[list[str], list[str]], Evidence]
