"""The measures of claims in rings, reckoned from the arrays of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from features.limits import FRAUD_HALF_LIFE, RING_DAYS, RING_TOGETHER_DAYS
from features.rings.arrays import UNKNOWN, Evidence, Written
from features.rings.network import Held, claims_on, held_on, ties_of
from features.ties.arrays import Floats, Ints, fade
from features.ties.graph import components, neighbours, steps_to, with_strength
from features.ties.walks import nearness

CENTS = 100


@dataclass(frozen=True)
class Ring:
    """The tied persons of a day, what ties them, and one value a claim of theirs: `person` is a place among them."""

    persons: Ints
    held: Held
    component: Ints  # one a person
    strength: sparse.csr_array
    person_of: Ints  # of every claim there is
    claim: Ints
    person: Ints
    ring: Ints
    filed: Ints
    amount: Ints


def rings_on(evidence: Evidence, day: int) -> Ring:
    """The rings of the day (days since 1970)."""
    standing = claims_on(evidence, day)
    held = held_on(evidence, standing, day)
    persons, strength = ties_of(held, day)
    component = components(strength) if len(persons) else np.zeros(0, np.int64)
    place = np.full(len(evidence.persons), -1)
    place[persons] = np.arange(len(persons))
    theirs = place[standing.person] >= 0
    person = place[standing.person[theirs]]
    return Ring(
        persons,
        held,
        component,
        strength,
        standing.person_of,
        standing.claim[theirs],
        person,
        component[person],
        standing.filed[theirs],
        standing.amount[theirs],
    )


def measures_of(ring: Ring, decisions: Written | None, day: int) -> dict[str, Floats]:
    """The value of each measure for each claim of `ring`."""
    values = {name: value[ring.person] for name, value in _of_persons(ring, decisions, day).items()}
    return values | _of_others(ring, day) | {"together": _together(ring)}


def _of_persons(ring: Ring, decisions: Written | None, day: int) -> dict[str, Floats]:
    size = np.bincount(ring.component)[ring.component].astype(np.float64) if len(ring.component) else np.zeros(0)
    values = {"tied": neighbours(ring.strength), "persons": size - 1}
    if decisions is None or not len(size):
        return values
    found = _confirmed(ring, decisions, day)
    fading = np.where(found == UNKNOWN, 0.0, fade((day - found).astype(np.float64), FRAUD_HALF_LIFE))
    confirmed = (found != UNKNOWN).astype(np.float64)
    tied = with_strength(ring.strength, np.ones_like(ring.strength.data))
    at_most_1 = with_strength(ring.strength, np.minimum(ring.strength.data, 1))
    return values | {
        "confirmed": tied @ confirmed,
        "confirmed_fading": at_most_1 @ fading,
        "steps_to_confirmed": steps_to(tied, confirmed),
        "nearness_to_confirmed": nearness(ring.strength, fading),
    }


def _confirmed(ring: Ring, decisions: Written, day: int) -> Ints:
    """Day of the newest review that found fraud with each person, as known on the day; UNKNOWN where none did."""
    rows = decisions.by(day) & (decisions.columns["fraud"] == 1)
    decided_on = np.full(len(ring.person_of), UNKNOWN)
    decided_on[decisions.columns["claim"][rows]] = decisions.columns["decided"][rows]
    newest = np.full(len(ring.component), UNKNOWN)
    np.maximum.at(newest, ring.person, decided_on[ring.claim])
    return newest


def _of_others(ring: Ring, day: int) -> dict[str, Floats]:
    """Claims of the ring's other persons filed in its time, and the amount claimed with them, in the main unit."""
    lately = (ring.filed >= day - RING_DAYS).astype(np.int64)

    def others(values: Ints) -> Floats:
        rings, own = np.bincount(ring.ring, values), np.bincount(ring.person, values)
        return np.asarray(rings[ring.ring] - own[ring.person], np.float64)

    return {"claims": others(lately), "amount": others(lately * ring.amount) / CENTS}


def _together(ring: Ring) -> Floats:
    """Claims of the ring's other persons filed within some days of this one."""

    def within(group: Ints) -> Ints:
        key = group * 2**33 + ring.filed + 2**32  # days are less than 2**31, so groups stay apart
        ordered = np.sort(key)
        upto = np.searchsorted(ordered, key + RING_TOGETHER_DAYS, "right")
        before = np.searchsorted(ordered, key - RING_TOGETHER_DAYS, "left")
        return np.asarray(upto - before, np.int64)

    return np.asarray(within(ring.ring) - within(ring.person), np.float64)
