"""Each payment with our claim features, as known on the evening of its day, or with the books of the evening before."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.feature import Feature
from features.folds import CLAIM_FOLDS
from features.lake.lake import Lake
from features.snapshots.claim_build import Known, claim_snapshot, claims_asked
from features.snapshots.claim_take import take_claim_snapshot
from features.snapshots.days import days_table
from features.snapshots.lake_tables import cells, folded, rows

Books = Literal["evening", "evening-before"]
FAMILIES = ("claim", "patterns", "reviews", "shared", "payments")  # what can be told of a payment made at once
NEEDS = {"claim", "of_person", "of_account", "of_everybody", "decisions"}  # a payment names nothing else
LEFT_OUT = (  # how busy an account is: told nothing in May; over all days it only says how old the lake is
    "persons_of_account",
    "accounts_of_person",
    "claims_of_account_30d",
    "claims_of_account_90d",
    "payments_to_account_30d",
)


def payment_features() -> list[Feature]:
    """The features of claims that may be learned from; none takes it for granted that the books hold the claim itself."""
    told = [f for f in CLAIM_FEATURES if f.learned and f.family in FAMILIES and NEEDS.issuperset(f.needs)]
    return [f for f in told if f.name not in LEFT_OUT]


def payments_as_of_filing(
    lake: Lake, engine: Engine, books: Books, asked: pa.Table, features: list[Feature]
) -> pa.Table:
    """One row for each of `asked` (of `filing_days`): claim_id and a float64 for each of `features`.

    `evening`: all that was known on the evening of the payment's day, other payments of the day among it.
    `evening-before`: the payment itself, and what was known on the evening before; nothing else of its day.
    """
    taken = (
        take_claim_snapshot(lake, engine, asked, features)
        if books == "evening"
        else _with_books_of_the_day_before(lake, engine, asked, features)
    )
    return taken.select(["claim_id", *[f.name for f in features]])


def _with_books_of_the_day_before(lake: Lake, engine: Engine, asked: pa.Table, features: list[Feature]) -> pa.Table:
    version = lake.version()
    claims, decisions = (rows(lake, engine, name, version) for name in ("claims", "claim_decisions"))
    told = cells(engine, folded(lake, engine, CLAIM_FOLDS.values(), version))
    known = Known(claims, told, decisions)
    subjects = engine.fetch(claims_asked(claims, None, ibis.memtable(asked)))
    before = pc.subtract(subjects["as_of"], pa.scalar(dt.timedelta(days=1))).cast(pa.date32())
    subjects = subjects.set_column(subjects.schema.get_field_index("as_of"), "as_of", before)
    days = pc.unique(subjects["as_of"]).to_pylist()
    asked_about, days_asked = ibis.memtable(subjects), days_table(days)
    taken: pa.Table = engine.fetch(claim_snapshot(engine, asked_about, known, days_asked, features))
    return taken
