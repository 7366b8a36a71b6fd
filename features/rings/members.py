"""Who is in a claim's ring and by what: the evidence that an alert shows line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from features.rings.arrays import Evidence
from features.rings.reckon import Ring, rings_on
from features.rings.table import day_number
from features.ties.arrays import Ints, numbers

MEMBERS = pa.schema(
    [
        ("claim_id", pa.string()),
        ("member_claim_id", pa.string()),
        ("person", pa.string()),
        ("kind", pa.string()),
        ("thing", pa.string()),
    ]
)


def ring_members(found: Evidence, day: dt.date, claim_ids: Sequence[str]) -> pa.Table:
    """MEMBERS: for each of `claim_ids` the claims of its ring as of `day`, itself too, once for each thing that ties them.

    `thing` is what the member's person holds in common with others of the ring, written as it is told apart, `kind` what it
    is. A claim that is in no ring has no rows. Rows are in the order of their columns.
    """
    ring = rings_on(found, day_number(day))
    asked = numbers(pa.chunked_array([pa.array(claim_ids, pa.string())]), found.claim_ids)
    rows = [row for claim in asked for row in _members(ring, claim)]
    claim, member, thing = (np.array([row[place] for row in rows], np.int64) for place in range(3))
    named = {
        "claim_id": found.claim_ids.take(pa.array(claim)),
        "member_claim_id": found.claim_ids.take(pa.array(member)),
        "person": found.persons.take(pa.array(ring.person_of[member])),
        "kind": pa.array([found.kinds[each] for each in thing], pa.string()),
        "thing": pa.array([found.things[each] for each in thing], pa.string()),
    }
    return pa.table(named, MEMBERS).sort_by([(name, "ascending") for name in MEMBERS.names])


def _members(ring: Ring, claim: int) -> list[tuple[int, int, int]]:
    """(the claim, a claim of its ring, a thing that ties this one)."""
    own = ring.ring[ring.claim == claim]
    if not len(own):
        return []
    inside = ring.ring == own[0]
    return [
        (claim, int(member), int(thing))
        for member, person in zip(ring.claim[inside], ring.persons[ring.person[inside]], strict=True)
        for thing in _things(ring, person)
    ]


def _things(ring: Ring, person: int) -> Ints:
    things: Ints = ring.held.thing[ring.held.person == person]
    return things
