"""Claims and what reviews found of them, as known by a day."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import ibis
import pandas as pd

from features.engine import Engine
from features.errors import NotFound
from features.lake.lake import Lake
from training.labels import standing_rows

Kind = Literal["duplicate", "fraud"]
KINDS: tuple[Kind, ...] = ("duplicate", "fraud")
BY_LOT, LISTED = "random", "alert"  # triggers of the register claim_decisions
REVIEW_COLUMNS = ("decided_on", "reviewed_on", "finding", "trigger", "amount_lost")
DRAWN_COLUMNS = ("first_trigger", "chance", "listed_on")


def claims_known(lake: Lake, engine: Engine, known_by: dt.date, version: int | None = None) -> pd.DataFrame:
    """Every claim known by `known_by`, by claim_id: known_on (the day it became known), scheme, and what a review found.

    `finding`, `trigger` and `amount_lost` (main unit) are of the newest decision, `reviewed_on` its day, `decided_on`
    that of the first; all empty where none is known. NotFound where the lake has no claims.
    """
    if not lake.has("claims", version):
        raise NotFound(
            "there are no claims to speak of",
            found="a lake without the register claims",
            expected="an ingested register claims",
            do="run: plumbline ingest DIR, with a file claims.csv in DIR",
        )
    files = [file.path for file in lake.files("claims", version)]
    rows = engine.read(files, lake.schema("claims")).filter(lambda t: t.known_on <= ibis.literal(known_by))
    first = rows.group_by("claim_id").agg(known_on=rows.known_on.min())
    standing = standing_rows(lake, engine, "claims", known_by, version).select("claim_id", "scheme")
    claims: pd.DataFrame = engine.fetch(first.join(standing, "claim_id")).to_pandas(date_as_object=True)
    reviews = decisions_known(lake, engine, known_by, version)[["claim_id", *REVIEW_COLUMNS]]
    joined = claims[["claim_id", "known_on", "scheme"]].merge(reviews, on="claim_id", how="left")
    return joined.sort_values("claim_id", ignore_index=True)


def decisions_known(lake: Lake, engine: Engine, known_by: dt.date, version: int | None = None) -> pd.DataFrame:
    """One row a claim with a decision known and taken by `known_by`: claim_id, REVIEW_COLUMNS and DRAWN_COLUMNS.

    Those say why its first review was held, and with which chance a list of which day drew it; empty where not known.
    """
    if not lake.has("claim_decisions", version):
        return pd.DataFrame({name: pd.Series(dtype=object) for name in ("claim_id", *REVIEW_COLUMNS, *DRAWN_COLUMNS)})
    rows = standing_rows(lake, engine, "claim_decisions", known_by, version)
    rows = rows.filter(rows.decided_on <= ibis.literal(known_by))
    kept = rows.select(
        "claim_id",
        "decided_on",
        "finding",
        "trigger",
        "chance",
        "listed_on",
        amount_lost=rows.amount_lost.cast("float64"),
    )
    decisions: pd.DataFrame = engine.fetch(kept).to_pandas(date_as_object=True)
    decisions = decisions.sort_values(["claim_id", "decided_on"], ignore_index=True)
    newest = decisions.groupby("claim_id", as_index=False).last()
    first = decisions.drop_duplicates("claim_id").set_index("claim_id").reindex(newest["claim_id"])
    found = newest.rename(columns={"decided_on": "reviewed_on"}).assign(
        decided_on=first["decided_on"].to_numpy(),
        amount_lost=newest["amount_lost"].fillna(0.0),
        first_trigger=first["trigger"].to_numpy(),
        chance=first["chance"].to_numpy(),
        listed_on=first["listed_on"].to_numpy(),
    )
    return found[["claim_id", *REVIEW_COLUMNS, *DRAWN_COLUMNS]]


def found_as(claims: pd.DataFrame, kind: Kind) -> pd.Series:
    """1.0 where the newest decision found `kind`, 0.0 where it found anything else, NaN where nobody decided."""
    finding = claims["finding"]
    return (finding == kind).astype("float64").where(finding.notna())


def decided_pairs(lake: Lake, engine: Engine, known_by: dt.date, version: int | None = None) -> pd.DataFrame:
    """Claims that reviews found to be duplicates, with the claim they duplicate: claim_id < other_claim_id, one row a pair."""
    columns = ["claim_id", "other_claim_id"]
    if not lake.has("claim_decisions", version):
        return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})
    rows = standing_rows(lake, engine, "claim_decisions", known_by, version)
    named = rows.filter(
        (rows.finding == "duplicate") & rows.duplicate_of.notnull() & (rows.decided_on <= ibis.literal(known_by))
    )
    pairs: pd.DataFrame = engine.fetch(named.select("claim_id", other_claim_id=named.duplicate_of)).to_pandas()
    pairs = pairs[pairs["claim_id"] != pairs["other_claim_id"]]
    ordered = pd.DataFrame({"claim_id": pairs.min(axis=1), "other_claim_id": pairs.max(axis=1)})
    return ordered.drop_duplicates().sort_values(columns, ignore_index=True)
