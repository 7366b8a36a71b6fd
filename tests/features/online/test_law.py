"""The law of online scores: a claim told as it comes in has the features that the snapshot of that evening gives it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from features.claims import CLAIM_FEATURES
from features.limits import PEER_CLAIMS
from features.online.facts import Pair
from features.online.not_known import NOT_KNOWN_ONLINE
from features.online.since import NoneSince
from features.registers import REGISTERS
from tests.features.claims.worlds import PAIRS, claim_features_of, random_claims
from tests.features.online.nights import facts_of, filed, known_by, named
from tests.features.worlds import World, same

DAY = dt.date(2024, 9, 15)
PROVINCES = 12  # worlds that share no person and no thing: a claim comes in in each, and nothing else does
NAMES = (
    "claim_id", "other_claim_id", "person_id", "worker_id", "account", "phone", "address", "agent_id", "employer_id",
    "payout_id",
)  # fmt: skip
CLAIM = REGISTERS["claims"].names
AMONG_ALL = "amount_percentile"  # set against the amounts of all provinces


def province(number: int) -> World:
    world = known_by(random_claims(number, claims=14), DAY)
    if number == 0:
        return world  # with identity numbers that hold
    return {
        name: [{k: f"{v}p{number}" if k in NAMES and v is not None else v for k, v in row.items()} for row in rows]
        for name, rows in world.items()
    }


def came(world: World, number: int):
    """A claim written as one of those known, by another name, and what it was matched with."""
    row = world["claims"][number % len(world["claims"])]
    claim = filed(row, f"new{number}", DAY)
    others = sorted({row["claim_id"] for row in world["claims"]})[number % 3 : 4]
    return claim, [Pair(other, 0.3 + 0.2 * place) for place, other in enumerate(others)]


@pytest.fixture(scope="module")
def provinces():
    return [province(number) for number in range(PROVINCES)]


@pytest.fixture(scope="module")
def facts(duckdb, tmp_path_factory, provinces):
    return facts_of(duckdb, tmp_path_factory.mktemp("night"), DAY, together(provinces))


def together(provinces):
    return {name: [row for world in provinces for row in world[name]] for name in provinces[0]}


def test_claims_that_come_in_are_told_what_the_evenings_snapshot_says(duckdb, facts, provinces):
    new = [came(world, number) for number, world in enumerate(provinces)]
    evening = together(provinces)
    evening["claims"] = [*evening["claims"], *(claim for claim, _ in new)]
    evening[PAIRS] = [
        {
            "claim_id": claim["claim_id"],
            "other_claim_id": pair.claim_id,
            "probability": pair.probability,
            "known_on": DAY,
        }
        for claim, pairs in new
        for pair in pairs
    ]
    snapshot = claim_features_of(duckdb, [str(DAY)], evening)[str(DAY)]
    told = {c["claim_id"]: named(facts, facts.tell(facts.write(c), NoneSince(), pairs).features) for c, pairs in new}
    unlike = [
        (name, claim_id, value, snapshot[name][claim_id])
        for claim_id, features in told.items()
        for name, value in features.items()
        if name != AMONG_ALL and not (name in NOT_KNOWN_ONLINE and value is None)
        and not same(value, snapshot[name][claim_id])
    ]  # fmt: skip
    assert unlike == []
    known = {name for features in told.values() for name, value in features.items() if value is not None}
    assert len(known) >= len(CLAIM_FEATURES) - 20  # those of its own payments and reviews it cannot have
    assert {name for name in NOT_KNOWN_ONLINE if any(t[name] is None for t in told.values())} == set(NOT_KNOWN_ONLINE)


def test_the_amount_of_a_claim_is_set_against_those_of_all_others_without_any_other_register(duckdb, tmp_path):
    claims = [
        {
            **dict.fromkeys(CLAIM), "claim_id": f"c{number}", "scheme": "medical", "region": "north", "amount": Decimal(100 + 37 * number),
            "filed_at": dt.datetime(2024, 9, 1, 10), "known_on": dt.date(2024, 9, 1),
        }
        for number in range(PEER_CLAIMS + 2)
    ]  # fmt: skip
    new = filed(claims[5], "new", DAY)
    facts = facts_of(duckdb, tmp_path, DAY, {"claims": claims})
    told = named(facts, facts.tell(facts.write(new), NoneSince(), None).features)
    evening = claim_features_of(duckdb, [str(DAY)], {"claims": [*claims, new]})[str(DAY)]
    assert told[AMONG_ALL] is not None
    assert [n for n, value in told.items() if not same(value, evening[n]["new"])] == []
