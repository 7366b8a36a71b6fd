"""A snapshot of claims taken from a lake: days asked for all claims, and claims asked about as of their own days."""

import datetime as dt

import pyarrow as pa
import pytest

from features.claims import CLAIM_FEATURES
from features.errors import BadInput, NotFound
from features.lake.lake import Lake
from features.snapshots.claim_take import filing_days, take_claim_snapshot
from tests.features.claims.worlds import PAIRS, claim_features_of, random_claims
from tests.features.lake.office import Office
from tests.features.worlds import differences, table

CLAIMS = """claim_id,scheme,filed_at,person_id,account,amount,known_on
a,medical,2024-06-01T10:00:00,1,7,100,
b,medical,2024-06-03T10:00:00,2,7,200,
c,pension,2024-06-03T11:00:00,2,8,300,2024-06-05
"""
DECISIONS = """claim_id,decided_on,finding
a,2024-06-03,genuine
a,2024-06-04,fraud
"""
PAYOUTS = """payout_id,claim_id,paid_at,amount
1,a,2024-06-02T10:00:00,60
2,a,2024-06-04T10:00:00,40
"""


@pytest.fixture
def lake(tmp_path) -> Lake:
    office = Office(tmp_path)
    office.ingest(claims=CLAIMS, claim_decisions=DECISIONS, payouts=PAYOUTS)
    return office.lake


def days(*numbers: int) -> list[dt.date]:
    return [dt.date(2024, 6, number) for number in numbers]


def test_descriptions_are_as_known_on_the_day(engine, lake):
    taken = take_claim_snapshot(lake, engine, days(4, 1, 3)).to_pylist()
    told = [
        (r["as_of"].day, r["claim_id"], r["paid_so_far"], r["newest_finding"], r["decided_on"] and r["decided_on"].day)
        for r in taken
    ]
    assert told == [
        (1, "a", 0, None, None),
        (3, "a", 60, "genuine", 3),
        (3, "b", 0, None, None),
        (4, "a", 100, "fraud", 4),
        (4, "b", 0, None, None),
    ]
    assert [taken[2][name] for name in ("scheme", "amount", "account", "filed_on")] == ["medical", 200, "7", days(3)[0]]


def test_each_claim_as_of_its_own_filing_is_the_claim_as_of_that_day(duckdb, lake):
    own = filing_days(lake, duckdb)
    assert own.to_pylist() == [
        {"as_of": days(1)[0], "claim_id": "a"},
        {"as_of": days(3)[0], "claim_id": "b"},
        {"as_of": days(5)[0], "claim_id": "c"},
    ]
    everything = take_claim_snapshot(lake, duckdb, days(1, 2, 3, 4, 5)).to_pylist()
    asked = [row for row in everything if {"as_of": row["as_of"], "claim_id": row["claim_id"]} in own.to_pylist()]
    assert take_claim_snapshot(lake, duckdb, own.slice(0, 3)).to_pylist() == asked
    assert len(asked) == 3
    assert take_claim_snapshot(lake, duckdb, own.slice(0, 0)).num_rows == 0


def test_a_claim_not_known_by_its_day_is_refused(duckdb, lake):
    asked = pa.table({"as_of": pa.array(days(3, 4), pa.date32()), "claim_id": ["a", "c"]})
    with pytest.raises(BadInput, match="c as of 2024-06-04"):
        take_claim_snapshot(lake, duckdb, asked)


def test_a_lake_without_claims_has_nobody_to_speak_of(duckdb, tmp_path):
    with pytest.raises(NotFound, match="no claims"):
        take_claim_snapshot(Lake(tmp_path), duckdb, days(1))


def test_a_lake_with_claims_alone_is_enough(duckdb, tmp_path):
    office = Office(tmp_path)
    office.ingest(claims=CLAIMS)
    taken = take_claim_snapshot(office.lake, duckdb, days(5)).to_pylist()
    assert [(row["claim_id"], row["paid_so_far"], row["newest_finding"]) for row in taken] == [
        ("a", None, None),
        ("b", None, None),
        ("c", None, None),
    ]


def test_files_split_and_given_twice_are_all_rows_at_once(duckdb, tmp_path):
    world, on = random_claims(5, claims=40), ["2024-02-29", "2024-09-15"]
    del world[PAIRS]  # no register; matches have tests of their own
    whole = {name: table(name, found) for name, found in world.items()}
    office = Office(tmp_path)
    for name, rows in whole.items():
        half = rows.num_rows // 2
        for part, some in enumerate((rows.slice(half), rows.slice(0, half), rows.slice(0, 5))):
            office.hands_in(f"{name}/{part}.parquet", some)
    office.ingest()
    assert {name: office.lake.manifest().rows[name] for name in whole} == {
        n: rows.num_rows for n, rows in whole.items()
    }
    taken = take_claim_snapshot(office.lake, duckdb, [dt.date.fromisoformat(day) for day in on]).to_pylist()
    at_once = claim_features_of(duckdb, on, world)
    for day in on:
        rows_of_day = [row for row in taken if str(row["as_of"]) == day]
        known = {f.name: {row["claim_id"]: row[f.name] for row in rows_of_day} for f in CLAIM_FEATURES}
        assert differences(known, at_once[day]) == []
