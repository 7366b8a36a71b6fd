"""What became of the claims that were open on a day: reviewed and found what, paid how much, in the months after."""

from __future__ import annotations

import datetime as dt

import ibis
import pandas as pd
from dateutil.relativedelta import relativedelta

from features.engine import Engine
from features.lake.lake import Lake
from training.claims.reviewed import DRAWN_COLUMNS, decisions_known
from training.labels import standing_rows


def followed(
    rows: pd.DataFrame, lake: Lake, engine: Engine, day: dt.date, months: int, known_by: dt.date, version: int
) -> pd.DataFrame:
    """`rows` (claim_id, person_id, …: claims undecided on `day`) with what was known of them by `known_by`.

    Columns: decided_on, finding and lost (main unit) of a review decided in the `months` after `day`, finding None where
    there was none; of the same claims DRAWN_COLUMNS as decisions_known has them; paid_after, paid on the claim after
    `day`; sex of the person named, None where no register tells.
    """
    reviews = decisions_known(lake, engine, known_by, version)
    until = day + relativedelta(months=months)
    inside = reviews["decided_on"].map(lambda decided: day < decided <= until).astype(bool)
    columns = ["claim_id", "decided_on", "finding", "lost", *DRAWN_COLUMNS]
    found = reviews[inside].rename(columns={"amount_lost": "lost"})[columns]
    told = rows.merge(found, on="claim_id", how="left")
    return told.assign(
        finding=told["finding"].astype(object).where(told["finding"].notna(), None),
        lost=told["lost"].astype("float64").fillna(0.0),
        paid_after=_paid_after(lake, engine, day, known_by, version).reindex(told["claim_id"]).fillna(0.0).to_numpy(),
        sex=_column(told["person_id"], _sexes(lake, engine, day, version)),
    )


def last_decision(lake: Lake, engine: Engine, version: int) -> dt.date | None:
    """The newest day on which a review was decided; None where none was."""
    if not lake.has("claim_decisions", version):
        return None
    rows = engine.read([f.path for f in lake.files("claim_decisions", version)], lake.schema("claim_decisions"))
    last: dt.date | None = engine.fetch(rows.aggregate(day=rows.decided_on.max()))["day"].to_pylist()[0]
    return last


def _paid_after(lake: Lake, engine: Engine, day: dt.date, known_by: dt.date, version: int) -> pd.Series:
    if not lake.has("payouts", version):
        return pd.Series(dtype="float64")
    rows = standing_rows(lake, engine, "payouts", known_by, version)
    later = rows.filter(rows.paid_at.date() > ibis.literal(day))
    sums = engine.fetch(later.group_by("claim_id").agg(paid=later.amount.sum().cast("float64"))).to_pandas()
    paid: pd.Series = sums.set_index("claim_id")["paid"]
    return paid


def _sexes(lake: Lake, engine: Engine, day: dt.date, version: int) -> pd.Series:
    if not lake.has("persons", version):
        return pd.Series(dtype=object)
    rows = standing_rows(lake, engine, "persons", day, version).select("person_id", "sex")
    sexes: pd.Series = engine.fetch(rows).to_pandas().set_index("person_id")["sex"]
    return sexes


def _column(keys: pd.Series, told: pd.Series) -> pd.Series:
    found = keys.map(told).astype(object)
    return found.where(found.notna(), None)
