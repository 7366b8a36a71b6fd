"""Which claims are one person's, of those known by a day, by what is written on them and nothing else."""

from __future__ import annotations

import datetime as dt

import ibis
import pyarrow as pa

from features.engine import Engine
from features.lake.lake import Lake
from features.same_person.columns import Column
from features.same_person.fields import EXTRA, OF_CLAIMS
from features.same_person.records import Records, normalised
from training.same_person.match import Matched, match
from training.same_person.matcher import Matcher


def match_claims(
    lake: Lake,
    engine: Engine,
    as_of: dt.date,
    version: int,
    secret: bytes,
    seed: int = 1,
    matcher: Matcher | None = None,
    reviews: pa.Table | None = None,
) -> Matched | None:
    """The claims known by `as_of`, each as it stood that day, compared; None where none says anything of its person.

    A corrected claim counts as known on the day of its correction, for what is compared was not known before.
    `reviews` (id, other_id, same): pairs that people decided by `as_of`.
    """
    claims = standing_claims(lake, engine, as_of, version)
    raw = {field: Column.of(claims[column].cast(pa.string())) for field, column in OF_CLAIMS.items()}
    raw = {field: column for field, column in raw.items() if len(column.values)}
    if not set(raw) - {f"{EXTRA}region"}:
        return None
    return match(claims["claim_id"].to_pylist(), claims["known_on"], raw, secret, seed, matcher, reviews)


def records_of(lake: Lake, engine: Engine, as_of: dt.date, version: int, matcher: Matcher) -> Records:
    """The claims known by `as_of` as the `matcher` compares them."""
    claims = standing_claims(lake, engine, as_of, version)
    raw = {field: Column.of(claims[column].cast(pa.string())) for field, column in OF_CLAIMS.items()}
    records = normalised(claims["claim_id"].to_pylist(), claims["known_on"], raw, matcher.day_first)
    return Records(records.ids, records.known_on, {name: records.columns[name] for name in matcher.columns})


def standing_claims(lake: Lake, engine: Engine, as_of: dt.date, version: int) -> pa.Table:
    """(claim_id, known_on, the columns of OF_CLAIMS): the newest version known by `as_of` of each claim."""
    files = [file.path for file in lake.files("claims", version)]
    rows = engine.read(files, lake.schema("claims")).select("claim_id", "known_on", *OF_CLAIMS.values())
    known = rows.filter(rows.known_on <= as_of)
    newest = known.mutate(newer=ibis.row_number().over(group_by="claim_id", order_by=known.known_on.desc()))
    return engine.fetch(newest.filter(newest.newer == 0).drop("newer").order_by("claim_id"))
