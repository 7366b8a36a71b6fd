"""Rows to learn from: claims described on the days drawn for them, with what reviews found of them by the as-of day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
from dateutil.relativedelta import relativedelta

from features.engine import Engine
from features.errors import BadInput
from features.feature import Feature
from features.lake.lake import Lake
from features.snapshots.claim_take import take_claim_snapshot
from training.claims.described import describe, regular_days
from training.claims.hindsight import without_hindsight
from training.claims.prevalence import Prevalence
from training.claims.reviewed import Kind, claims_known, found_as
from training.dataset import Dataset, Progress
from training.limits import CLAIMS_AS_OF, REVIEWS_SETTLE_MONTHS, UNREVIEWED_WEIGHT

ROW = ["as_of", "claim_id"]


@dataclass(frozen=True)
class DescribedClaims:
    """What two models learn from and are calibrated on.

    `learned`: as_of, claim_id, after, weight, scheme, finding, trigger, reviewed (whether anybody decided by the as-of day),
    features; `today`: claims drawn by lot from all, with features as of the as-of day; `claims`: all, as claims_known says.
    """

    learned: Dataset
    today: pd.DataFrame
    claims: pd.DataFrame


def described_claims(
    lake: Lake,
    engine: Engine,
    as_of: dt.date,
    features: Sequence[Feature],
    *,
    seed: int,
    version: int,
    matches: Path | None = None,
    on_progress: Progress | None = None,
) -> DescribedClaims:
    """Every claim known by `as_of` with its features on the days drawn for it."""
    claims = claims_known(lake, engine, as_of, version)
    days = regular_days(as_of, _first_day(claims, as_of))
    settled = as_of - relativedelta(months=REVIEWS_SETTLE_MONTHS)
    drawn = describe(claims, days, settled, seed)
    if drawn.rows.empty:
        raise BadInput(
            f"no claim can be described for learning as of {as_of}",
            found=f"{len(claims)} claims known, {_first_decided(claims)}",
            expected=f"claims known by {settled} or decided later than a month after they were known",
            do="choose a later --as-of, or ingest older claims and decisions",
        )
    today = claims[["claim_id"]].sample(min(len(claims), CLAIMS_AS_OF), random_state=seed).assign(as_of=as_of)
    wanted = pd.concat([drawn.rows[ROW], today[ROW]]).drop_duplicates()
    asked = pa.table(
        {"as_of": pa.array(wanted["as_of"], pa.date32()), "claim_id": pa.array(wanted["claim_id"], pa.string())}
    )
    names = [feature.name for feature in features]
    snapshot = take_claim_snapshot(lake, engine, asked, features, version, matches, on_progress)
    told: pd.DataFrame = snapshot.select([*ROW, *names]).to_pandas(date_as_object=True)
    rows = drawn.rows.merge(claims[["claim_id", "scheme", "finding", "trigger"]], on="claim_id").merge(told, on=ROW)
    rows = without_hindsight(rows, features)
    learned = Dataset(rows.assign(reviewed=rows["finding"].notna()), drawn.dropped)
    return DescribedClaims(learned, today.merge(told, on=ROW), claims)


def labelled_claims(rows: pd.DataFrame, kind: Kind, prevalence: Prevalence) -> pd.DataFrame:
    """`rows` with `label`: 1 found of the `kind`, 0 found otherwise, and 0 of the unreviewed too, at a lower weight.

    Unreviewed claims are not negatives (see unreviewed_weight). `stands_for`: how many claims a row is, whatever it weighs.
    """
    label = found_as(rows, kind)
    weight = rows["weight"].where(
        rows["reviewed"], rows["weight"] * unreviewed_weight(rows["weight"], rows["reviewed"], prevalence)
    )
    return rows.assign(label=label.fillna(0.0), stands_for=rows["weight"], weight=weight)


def unreviewed_weight(stands_for: pd.Series, reviewed: pd.Series, prevalence: Prevalence) -> float:
    """What an unreviewed claim weighs beside a reviewed one, where trees learn.

    All of them together weigh UNREVIEWED_WEIGHT of the reviewed, however many they are: among them are wrong claims that
    nobody found, and of a hundred thousand those would outweigh the few hundred that were found. Of that, 1 less the share
    of them that reviews by lot say a review would find.
    """
    known, unknown = stands_for[reviewed].sum(), stands_for[~reviewed].sum()
    if not unknown:
        return 0.0
    return float((1 - prevalence.missed_share) * min(1.0, UNREVIEWED_WEIGHT * known / unknown))


def _first_decided(claims: pd.DataFrame) -> str:
    first = claims["decided_on"].dropna()
    return f"the first decided on {min(first)}" if len(first) else "none decided by then"


def _first_day(claims: pd.DataFrame, as_of: dt.date) -> dt.date:
    """The first day by which anything was decided is early enough: before it nobody is described that was reviewed."""
    first = claims["decided_on"].dropna()
    return min(first) - relativedelta(months=1) if len(first) else as_of
