"""Each payment with our claim features, as known on the evening of its day, or with the books of the evening before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Literal

import ibis
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.feature import Feature
from features.folds import CLAIM_FOLDS
from features.lake.lake import Lake
from features.snapshots.claim_build import Known, claim_snapshot
from features.snapshots.claim_take import filing_days, take_claim_snapshot
from features.snapshots.claims import claims_known_by
from features.snapshots.lake_tables import cells, folded, rows

Books = Literal["evening", "evening-before"]
FAMILIES = ("claim", "patterns", "reviews", "shared", "payments")  # what can be told of a payment made at once
OWN_IN_BOOKS = ("amount_to_own_mean",)  # take it for granted that the books hold the claim itself
CLAIMS_A_PART = 100_000


def payment_features(books: Books) -> list[Feature]:
    """The features of claims that may be learned from with these books."""
    left_out = OWN_IN_BOOKS if books == "evening-before" else ()
    return [f for f in CLAIM_FEATURES if f.learned and f.family in FAMILIES and f.name not in left_out]


def payments_as_of_filing(lake: Lake, engine: Engine, books: Books, kept: Path) -> pd.DataFrame:
    """One row a payment: claim_id and a float64 for each of `payment_features`; kept in the file `kept`.

    `evening`: all that was known on the evening of the payment's day, other payments of the day among it.
    `evening-before`: the payment itself, and what was known on the evening before; nothing else of its day.
    """
    if not kept.exists():
        asked = filing_days(lake, engine)
        features = payment_features(books)
        taken = (
            take_claim_snapshot(lake, engine, asked, features)
            if books == "evening"
            else _with_books_of_the_day_before(lake, engine, asked, features)
        )
        pq.write_table(taken.select(["claim_id", *[f.name for f in features]]), kept)
    return pq.read_table(kept).to_pandas()


def _with_books_of_the_day_before(lake: Lake, engine: Engine, asked: pa.Table, features: list[Feature]) -> pa.Table:
    version = lake.version()
    claims, decisions = (rows(lake, engine, name, version) for name in ("claims", "claim_decisions"))
    known = Known(claims, cells(engine, folded(lake, engine, CLAIM_FOLDS.values(), version, None)), None, decisions)
    parts = []
    for start in range(0, asked.num_rows, CLAIMS_A_PART):
        subjects = engine.fetch(claims_known_by(claims, ibis.memtable(asked.slice(start, CLAIMS_A_PART))))
        before = pc.subtract(subjects["as_of"], pa.scalar(dt.timedelta(days=1))).cast(pa.date32())
        subjects = subjects.set_column(subjects.schema.get_field_index("as_of"), "as_of", before)
        days = pc.unique(subjects["as_of"]).to_pylist()
        parts.append(engine.fetch(claim_snapshot(ibis.memtable(subjects), known, days, features)))
    return pa.concat_tables(parts)
