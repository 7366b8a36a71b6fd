"""The evidence of a pair in one number: how much likelier what agrees and differs is of one person than of two.

Fellegi and Sunter (1969): of each field, the chance of its level of agreement between two records of one person over that
between records of two, as decimal logarithms added up. A value that both share weighs by its own rarity (Winkler, 1988).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np

from features.same_person.columns import Floats, Ints
from features.same_person.fields import EXTRA
from features.same_person.limits import HOUSEHOLD_WEIGHT

UNKNOWN = -1
CONTRADICTION = 0  # level of two identity numbers that differ and both pass their check
HOUSEHOLD = ("account", "phone", "address")
NAME_STEPS, WORD_STEPS = np.array([0.7, 0.85, 0.93, 1.0]), np.array([0.4, 0.6, 0.8, 1.0])
FEWER_SLIPS, SAME = np.array([-2.5, -1.5, -0.5]), np.array([0.5])  # of minus the slips; of 1 where the same
Numbers = Callable[[str], Floats]


@dataclass(frozen=True, eq=False)
class Weights:
    """By field (levels,): decimal logarithms of the chance of each level, of `one` person and of `two`.

    `share`: of all pairs of records, how many are one person's.
    """

    one: Mapping[str, Floats]
    two: Mapping[str, Floats]
    share: float

    def of(self, matrix: Floats, names: Sequence[str]) -> Floats:
        """(m,) the evidence of pairs whose comparisons are `matrix` (m, k), called `names`."""
        weights = self._weights(matrix, names)
        shared = [np.maximum(weights[field], 0) for field in HOUSEHOLD if field in weights]
        if len(shared) > 1:  # a household's: the weightiest counts whole, the others in part
            repeated = np.sum(shared, axis=0) - np.max(shared, axis=0)
            weights["household"] = repeated * (HOUSEHOLD_WEIGHT - 1)
        return np.asarray(np.sum([np.zeros(len(matrix)), *weights.values()], axis=0), np.float64)

    def probability(self, evidence: Floats) -> Floats:
        """(m,) the probability that a pair with so much `evidence` (m,) is one person's, by nothing else."""
        odds = self.share / (1 - self.share) * 10.0 ** np.clip(evidence, -30, 30)
        return np.asarray(odds / (1 + odds), np.float64)

    def _weights(self, matrix: Floats, names: Sequence[str]) -> dict[str, Floats]:
        """By field (m,) the evidence of its level of agreement."""
        rarities, found = rarities_of(matrix, names), {}
        for field, level in levels_of(matrix, names).items():
            weight = self._by_level[field][level]
            if field in rarities:
                top = len(self.one[field]) - 1
                weight = np.where(level == top, self.one[field][top] + rarities[field], weight)
            found[field] = weight
        return found

    @cached_property
    def _by_level(self) -> dict[str, Floats]:
        """By field (levels + 1,) the evidence of each level; the last is of UNKNOWN, which says nothing."""
        return {field: np.append(self.one[field] - self.two[field], 0.0) for field in self.one}

    def as_plain(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "one": {field: chances.tolist() for field, chances in self.one.items()},
            "two": {field: chances.tolist() for field, chances in self.two.items()},
            "share": self.share,
        }

    @classmethod
    def from_plain(cls, said: Mapping[str, Any]) -> Weights:
        """What `as_plain` made."""
        one, two = ({f: np.array(chances) for f, chances in said[side].items()} for side in ("one", "two"))
        return cls(one, two, said["share"])


def levels_of(matrix: Floats, names: Sequence[str]) -> dict[str, Ints]:
    """By field (m,) the level of agreement, the highest where both are the same; UNKNOWN where one is missing."""
    place = _places(tuple(names))

    def numbers(name: str) -> Floats:
        return matrix[:, place[name]] if name in place else np.full(len(matrix), np.nan)

    made = _names(numbers, place) | _words(numbers, names)
    if "born_slips" in place:
        made["born_on"] = _born(numbers)
    if "identity_slips" in place:
        made["identity"] = _identity(numbers)
    for field in ("phone", "account"):
        if f"{field}_slips" in place:
            made[field] = _steps(-numbers(f"{field}_slips"), FEWER_SLIPS)
    if "sex_same" in place:
        made["sex"] = _steps(numbers("sex_same"), SAME)
    return made


@cache
def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}


def level_counts(names: Sequence[str]) -> dict[str, int]:
    """How many levels each field has."""
    sizes = {"born_on": 5, "identity": 5, "phone": 4, "account": 4, "sex": 2}
    return {field: sizes.get(field, 5) for field in levels_of(np.zeros((0, len(names))), names)}


def rarities_of(matrix: Floats, names: Sequence[str]) -> dict[str, Floats]:
    """By field (m,) how rare the value is that both share."""
    places = _rarity_places(tuple(names))
    return {field: np.where(np.isnan(matrix[:, at]), 0.0, matrix[:, at]) for field, at in places.items()}


@cache
def _rarity_places(names: tuple[str, ...]) -> dict[str, int]:
    places = {name.removesuffix("rarity")[:-1]: at for at, name in enumerate(names) if name.endswith("rarity")}
    return {field: at for field, at in places.items() if field not in ("name", "address")}


def _names(numbers: Numbers, place: Mapping[str, int]) -> dict[str, Ints]:
    """Given name and surname; where they are likelier swapped, both at the level below the highest at most."""
    swapped = np.minimum(numbers("names_alike"), 0.99)
    made = {}
    for field in ("given", "surname"):
        if f"{field}_alike" in place:
            straight = numbers(f"{field}_alike")
            other = numbers("surname_alike" if field == "given" else "given_alike")
            turned = swapped > (straight + other) / 2 + 0.1
            made[field] = _steps(np.where(turned, swapped, straight), NAME_STEPS)
    return made


def _words(numbers: Numbers, names: Sequence[str]) -> dict[str, Ints]:
    made = {
        name.removesuffix(".alike"): _steps(numbers(name), NAME_STEPS)
        for name in names
        if name.startswith(EXTRA) and name.endswith(".alike")
    }
    if "address_words" in names:
        made["address"] = _steps(np.fmin(numbers("address_words"), 1.0), WORD_STEPS)
    return made


def _born(numbers: Numbers) -> Ints:
    """The same; one slip or swapped; two of year, month and day; one of them; none."""
    slips, parts, swapped = numbers("born_slips"), numbers("born_parts"), numbers("born_swapped")
    close = (slips <= 1) | (swapped == 1)
    level = np.where(slips == 0, 4, np.where(close, 3, np.where(parts >= 2, 2, np.where(parts >= 1, 1, 0))))
    return np.where(np.isnan(slips), UNKNOWN, level).astype(np.int64)


def _identity(numbers: Numbers) -> Ints:
    """The same; else by the characters that differ outside the birth date, which is a field of its own.

    Two numbers that both pass their check are two numbers, however little they differ: twins' differ by one.
    """
    slips = _steps(-numbers("identity_rest_slips"), FEWER_SLIPS)
    level = np.where(slips == UNKNOWN, UNKNOWN, np.minimum(slips, len(FEWER_SLIPS) - 1) + 1)
    level = np.where(numbers("identity_contradicts") == 1, CONTRADICTION, level)
    return np.where(numbers("identity_slips") == 0, len(FEWER_SLIPS) + 1, level).astype(np.int64)


def _steps(values: Floats, steps: Floats) -> Ints:
    level = np.searchsorted(steps, values + 1e-9, side="right")  # rounding must not cost what is the same its level
    return np.where(np.isnan(values), UNKNOWN, level)
