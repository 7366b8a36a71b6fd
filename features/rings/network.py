"""Who is tied to whom on a day: persons whose claims name the same thing, hubs and couples left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from features.limits import COUPLE_YEARS, RING_DAYS, RING_HALF_LIFE, RING_HUB_PERSONS
from features.rings.arrays import UNKNOWN, Evidence
from features.ties.arrays import Flags, Floats, Ints, fade
from features.ties.graph import shared_strength

DAYS_A_YEAR = 365.25


@dataclass(frozen=True)
class Standing:
    """The claims that stand on a day, one value a claim; `person_of` and `born` have one a claim and one a person of all."""

    claim: Ints
    person: Ints
    filed: Ints
    amount: Ints
    person_of: Ints
    born: Floats


@dataclass(frozen=True)
class Held:
    """What ties persons on a day: one value for each thing and person who held it, with the last day of use."""

    thing: Ints
    person: Ints
    used: Ints

    def those(self, chosen: Flags) -> Held:
        """The chosen ones."""
        return Held(self.thing[chosen], self.person[chosen], self.used[chosen])


def claims_on(evidence: Evidence, day: int) -> Standing:
    """The claims as they stood on the day (days since 1970)."""
    rows = evidence.claims.by(day)
    claim, person, born = (evidence.claims.columns[name][rows] for name in ("claim", "person", "born"))
    person_of = np.full(len(evidence.claim_ids), -1)
    person_of[claim] = person
    born_of = np.full(len(evidence.persons), UNKNOWN)
    np.maximum.at(born_of, person, born)
    years = np.where(born_of == UNKNOWN, np.nan, born_of / DAYS_A_YEAR)
    filed, amount = (evidence.claims.columns[name][rows] for name in ("filed", "amount"))
    return Standing(claim, person, filed, amount, person_of, years)


def held_on(evidence: Evidence, standing: Standing, day: int) -> Held:
    """What ties persons on the day: things of two persons to as many as are no hub, used lately, and not a couple's."""
    ever = _used(evidence, standing, day)
    holders = np.bincount(ever.thing, minlength=len(evidence.things))
    held = ever.those((ever.used >= day - RING_DAYS) & (holders[ever.thing] <= RING_HUB_PERSONS))
    lately = np.bincount(held.thing, minlength=len(evidence.things))
    held = held.those(lately[held.thing] > 1)
    address = np.array([kind == "address" for kind in evidence.kinds], bool)
    return held.those(~_couples(held, ever.those(address[ever.thing]), standing))


def _used(evidence: Evidence, standing: Standing, day: int) -> Held:
    """Each thing and person who named it by the day, once."""
    claim, thing, used = (evidence.uses.columns[name] for name in ("claim", "thing", "used"))
    person = standing.person_of[claim]
    rows = evidence.uses.by(day) & (used <= day) & (person >= 0)
    width = len(evidence.persons)
    both, place = np.unique(thing[rows] * width + person[rows], return_inverse=True)
    last = np.full(len(both), UNKNOWN)
    np.maximum.at(last, place, used[rows])
    return Held(both // max(width, 1), both % max(width, 1), last)


def _couples(held: Held, homes: Held, standing: Standing) -> Flags:
    """Things of two persons alone who ever had an address in common and are of similar age."""
    two = np.flatnonzero(np.bincount(held.thing) == 2)
    first = np.searchsorted(held.thing, two)  # `held` is in the order of things
    one, other = held.person[first], held.person[first + 1]
    shape = (len(standing.born), int(homes.thing.max(initial=0)) + 1)
    at = sparse.csr_array((np.ones(len(homes.thing)), (homes.person, homes.thing)), shape=shape)
    together = (at[one] * at[other]).sum(axis=1) > 0
    near = np.abs(standing.born[one] - standing.born[other]) <= COUPLE_YEARS  # NaN is not near
    couples: Flags = np.isin(held.thing, two[together & near])
    return couples


def ties_of(held: Held, day: int) -> tuple[Ints, sparse.csr_array]:
    """The persons who are tied, in order, and the matrix of strengths among them: what is used today by both adds 1."""
    persons, place = np.unique(held.person, return_inverse=True)
    things, thing = np.unique(held.thing, return_inverse=True)
    weight = fade((day - held.used).astype(np.float64), RING_HALF_LIFE)
    return persons, shared_strength(place, thing, weight, len(persons), len(things))
