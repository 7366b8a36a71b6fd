"""Backtest: on each as-of day train with what was known, order that day's open claims, and judge by later reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.errors import BadInput
from features.lake.lake import Lake
from features.snapshots.claim_take import take_claim_snapshot
from training.artefact import Floats
from training.claims.baselines import claim_baselines
from training.claims.fit import ClaimTraining, train_claims
from training.claims.followed import followed, last_decision
from training.claims.looked import reviewed_side_by_side
from training.claims.reviewed import KINDS, Kind
from training.claims.texts import TEXTS
from training.dataset import Dataset, Progress, float_matrix
from training.limits import FEWEST_BY_LOT, REVIEWS_SETTLE_MONTHS, WORKING_DAYS
from training.metrics import Judged
from training.rankings import Ranked, averaged, ranked, reliability_bins
from training.slices import slices
from training.split import horizon_end

SLICES = ("scheme", "region", "sex")
FINDINGS = ("duplicate", "fraud", "error", "genuine")
Matched = Callable[
    [dt.date], tuple[Path | None, str | None]
]  # the pairs known by a day, and what the matcher is called


def no_matches(day: dt.date) -> tuple[Path | None, str | None]:
    """Claims were not compared."""
    return None, None


@dataclass(frozen=True)
class Bench:
    """What every day of a backtest is done with. `matched` says of a day which claims were likely one person's by then;
    labels are what reviews decided in the `months` after a day, as known by `known_by`."""

    lake: Lake
    engine: Engine
    version: int
    seed: int
    reviews: int
    known_by: dt.date
    months: int
    matched: Matched = no_matches
    on_progress: Progress | None = None

    @property
    def capacity(self) -> dict[str, int]:
        """Reviews of one day, and of all working days of the months that follow."""
        return {"day": self.reviews, "capacity": self.reviews * WORKING_DAYS * self.months}


@dataclass(frozen=True)
class OfKind:
    """One kind on one day: what is said of it, and its ranking with those it must beat."""

    said: dict[str, Any]
    whole: Ranked | None


def evaluate_claims(
    lake: Lake,
    engine: Engine,
    days: Sequence[dt.date],
    *,
    reviews: int,
    months: int = REVIEWS_SETTLE_MONTHS,
    seed: int = 1,
    version: int | None = None,
    matched: Matched = no_matches,
    on_progress: Progress | None = None,
) -> dict[str, Any]:
    """The report as plain data: for each kind `model` and `baselines` as {figure: {value, low, high}}, averaged over `days`.

    `reviews`: claims that can be reviewed a day. Label: found of the kind by a review decided in the `months` after the
    day; open claims that nobody reviewed count as not found, and `looked_at` tells what those reviewed say.
    BadInput where the months are not over in the data.
    """
    version = lake.version() if version is None else version
    last = last_decision(lake, engine, version)
    if last is None or horizon_end(max(days), months) > last:
        raise BadInput(
            f"the {months} months after {max(days)} are not over yet",
            found=f"decisions until {last}" if last else "no decision on any claim",
            expected=f"decisions until {horizon_end(max(days), months)}",
            do="choose an earlier --as-of or a shorter --horizon, or ingest newer claim_decisions",
        )
    bench = Bench(lake, engine, version, seed, reviews, last, months, matched, on_progress)
    told = [_backtest(bench, day) for day in days]
    return {
        "subject": "claims",
        "as_of": [day.isoformat() for day in days],
        "horizon_months": months,
        "reviews_a_day": reviews,
        "capacity": bench.capacity["capacity"],
        "seed": seed,
        "lake_version": version,
        "labels_known_by": last.isoformat(),
        "kinds": {kind: _kind(kind, days, told) for kind in KINDS},
        "does_not_show": TEXTS["does_not_show"],
        "days": [said for said, _ in told],
    }


def _kind(
    kind: Kind, days: Sequence[dt.date], told: Sequence[tuple[dict[str, Any], dict[Kind, OfKind]]]
) -> dict[str, Any]:
    there = {day: kinds[kind] for day, (_, kinds) in zip(days, told, strict=True) if kind in kinds}
    return {
        **averaged([one.whole for one in there.values()]),
        "days": [{"as_of": day.isoformat(), **one.said} for day, one in there.items()],
    }


def _backtest(bench: Bench, day: dt.date) -> tuple[dict[str, Any], dict[Kind, OfKind]]:
    pairs, matcher = bench.matched(day)
    training = train_claims(
        bench.lake, bench.engine, day, seed=bench.seed, version=bench.version, matches=pairs, matcher=matcher,
        on_progress=bench.on_progress,
    )  # fmt: skip
    open_claims = claims_open_on(bench, day, pairs)
    rows = open_claims.rows
    risks = {kind: one.model.risk(float_matrix(rows, one.model.card.features)) for kind, one in training.models.items()}
    kinds = {kind: _judged(bench, rows, kind, risks[kind], one) for kind, one in training.models.items()}
    said = {
        "as_of": day.isoformat(),
        "matcher": matcher,
        "claims": len(rows),
        "reviewed": int(rows["finding"].notna().sum()),
        "dropped": open_claims.dropped,
        "without_a_model": training.without,
        "found": by_finding(rows, risks, bench.capacity["capacity"]),
    }
    return said, kinds


def claims_open_on(bench: Bench, day: dt.date, matches: Path | None) -> Dataset:
    """Claims known by `day` and undecided on it, with features as of it and what was found afterwards."""
    snapshot = take_claim_snapshot(
        bench.lake, bench.engine, [day], version=bench.version, matches=matches, on_progress=bench.on_progress
    )
    rows = snapshot.to_pandas(date_as_object=True)
    decided = rows["newest_finding"].notna()
    features = [feature.name for feature in CLAIM_FEATURES]
    kept = rows.loc[~decided, ["as_of", "claim_id", "person_id", "scheme", "region", *features]]
    open_claims = followed(kept, bench.lake, bench.engine, day, bench.months, bench.known_by, bench.version)
    return Dataset(open_claims, {"claim_decided": int(decided.sum())} if decided.any() else {})


def _judged(bench: Bench, rows: pd.DataFrame, kind: Kind, risk: Floats, training: ClaimTraining) -> OfKind:
    label = (rows["finding"] == kind).astype("float64")
    rows, came_true = rows.assign(label=label), np.asarray(label, dtype=np.float64)
    scores = {
        "model": (risk, True),
        **claim_baselines(training.rows, rows, training.model.card.features, kind),
    }
    amounts = {
        "money": came_true * rows["lost"].to_numpy(dtype=np.float64),
        "saved": came_true * rows["paid_after"].to_numpy(dtype=np.float64),
    }
    judged = {name: Judged(score, came_true, amounts, is_risk) for name, (score, is_risk) in scores.items()}
    capacity = bench.capacity["capacity"]
    said = {
        "model_id": training.model.card.model_id,
        "claims": len(rows),
        "positives": int(label.sum()),
        "trained_on": training.model.card.rows,
        "notes": training.model.card.notes,
        "prevalence": training.model.card.weighting,
        "looked_at": reviewed_side_by_side(rows, risk, kind, capacity, bench.seed),
        "reliability": reliability_bins(judged["model"]),
        "slices": slices(rows, risk, capacity, bench.seed, SLICES),
    }
    return OfKind(
        said, ranked(judged, bench.capacity, bench.seed, FEWEST_BY_LOT, rows["claim_id"].to_numpy(dtype=object))
    )


def by_finding(rows: pd.DataFrame, risks: dict[Kind, Floats], capacity: int) -> dict[str, dict[str, int]]:
    """Of the claims that reviews found to be each of FINDINGS: how many, and how many the first `capacity` of each order
    have; `either` is the order by the larger of both probabilities."""
    orders: dict[str, Floats] = {str(kind): risk for kind, risk in risks.items()}
    orders["either"] = np.max(list(risks.values()), axis=0)
    listed = {name: pd.Series(risk).rank(method="first", ascending=False) <= capacity for name, risk in orders.items()}
    return {
        finding: {
            "claims": int(own.sum()),
            **{name: int((first.to_numpy() & own.to_numpy()).sum()) for name, first in listed.items()},
        }
        for finding, own in ((finding, rows["finding"] == finding) for finding in FINDINGS)
    }
