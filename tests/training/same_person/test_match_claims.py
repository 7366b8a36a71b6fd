"""Claims of a lake matched as of a day: what was known then, once, and kept beside their matcher."""

from __future__ import annotations

import datetime as dt

import pyarrow.parquet as pq
import pytest

from features.lake.lake import Lake
from tests.features.lake.office import Office
from tests.training.same_person.people import people, written_again
from training.same_person.claims_files import matched_claims
from training.same_person.match_claims import standing_claims

AS_OF = dt.date(2024, 6, 30)
HEADER = "claim_id,scheme,filed_at,person_id,name,born_on,region,phone,address,account,known_on"


def line(claim_id: str, person: dict[str, str | None], day: str) -> str:
    fields = (person[name] or "" for name in ("identity", "name", "born_on"))
    return (
        f"{claim_id},pension,{day}T10:00:00,{','.join(fields)},North,{person['phone'] or ''},{person['address']},,{day}"
    )


@pytest.fixture(scope="module")
def lake(tmp_path_factory) -> Lake:
    known = people(300)
    lines = [line(f"c{at:03d}", person, "2024-01-02") for at, person in enumerate(known)]
    lines += [line(f"d{at:03d}", written_again(person, at), "2024-03-04") for at, person in enumerate(known[:80])]
    lines += [line("e000", dict(known[200], phone=None), "2024-08-01")]  # known after the day
    lines += [line("c100", people(1, seed=9)[0], "2024-02-03")]  # a correction: it was somebody else
    office = Office(tmp_path_factory.mktemp("office"))
    office.ingest(claims="\n".join([HEADER, *lines]) + "\n")
    return office.lake


def test_each_claim_stands_once_as_it_was_known_on_the_day(engine, lake):
    claims = standing_claims(lake, engine, AS_OF, lake.version())
    by_id = {row["claim_id"]: row for row in claims.to_pylist()}
    assert len(claims) == len(by_id) == 380
    assert by_id["c100"]["known_on"] == dt.date(2024, 2, 3)
    assert by_id["c100"]["name"] == people(1, seed=9)[0]["name"]
    assert standing_claims(lake, engine, dt.date(2024, 1, 31), lake.version())["known_on"].unique().to_pylist() == [
        dt.date(2024, 1, 2)
    ]


def test_pairs_clusters_and_matcher_are_made_once(duckdb, lake, tmp_path):
    found = matched_claims(lake, duckdb, tmp_path, AS_OF, lake.version())
    pairs = {(p["claim_id"], p["other_claim_id"]): p for p in pq.read_table(found.pairs).to_pylist()}
    assert pairs["c002", "d002"]["probability"] > 0.5
    assert pairs["c002", "d002"]["known_on"] == dt.date(2024, 3, 4)
    cluster = dict(zip(*(found.clusters[name].to_pylist() for name in ("claim_id", "cluster_id")), strict=True))
    assert cluster["d002"] == "c002"
    assert len(cluster) == 380
    written = found.pairs.stat().st_mtime_ns
    again = matched_claims(lake, duckdb, tmp_path, AS_OF, lake.version())
    assert (again.pairs.stat().st_mtime_ns, again.matcher) == (written, found.matcher)


def test_without_claims_or_with_nothing_known_of_a_person_there_is_nothing(duckdb, tmp_path):
    office = Office(tmp_path)
    office.ingest(claims="claim_id,scheme,filed_at\na,pension,2024-01-02T10:00:00\n")
    assert matched_claims(office.lake, duckdb, tmp_path, AS_OF, office.lake.version()) is None
