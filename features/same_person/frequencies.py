"""How often values occur among all records, frozen on the day a matcher is made; kept by keyed hash, not by value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from features.same_person.columns import MISSING, Floats, Ints
from features.same_person.fields import EXTRA
from features.same_person.keys import NO_KEY, Hashes, piece_hashes
from features.same_person.records import Records

COUNTED = ("given", "surname", "name", "identity", "phone", "account", "address")


@dataclass(frozen=True, eq=False)
class Counts:
    """Of one column: `rows` with a value, and of values that occur twice or more the sorted `hashes` and `counts`."""

    rows: int
    hashes: Hashes
    counts: Ints

    def of(self, hashes: Hashes) -> Floats:
        """(n,) how often each value occurs, at least 1; NaN where it is missing."""
        if not len(self.hashes):
            return np.where(hashes == NO_KEY, np.nan, 1.0)
        places = np.minimum(np.searchsorted(self.hashes, hashes), len(self.hashes) - 1)
        found = np.where(self.hashes[places] == hashes, self.counts[places], 1).astype(np.float64)
        return np.where(hashes == NO_KEY, np.nan, found)

    def of_one(self, hashed: int) -> int:
        """`of` one value that is there."""
        place = int(np.searchsorted(self.hashes, np.uint64(hashed)))
        return int(self.counts[place]) if place < len(self.hashes) and self.hashes[place] == hashed else 1


Frequencies = Mapping[str, Counts]


def count(records: Records, secret: bytes) -> dict[str, Counts]:
    """The frequencies of all columns whose rarity says something."""
    names = [name for name in records.columns if name in COUNTED or name.startswith(EXTRA)]
    return {name: _counts(records, name, secret) for name in names}


def _counts(records: Records, name: str, secret: bytes) -> Counts:
    column = records.columns[name]
    present = column.codes != MISSING
    hashes, counts = np.unique(piece_hashes({name: column}, name, secret)[present], return_counts=True)
    often = counts > 1
    return Counts(int(present.sum()), hashes[often], counts[often].astype(np.int64))


def as_plain(frequencies: Frequencies) -> dict[str, Any]:
    """Plain data for JSON."""
    return {
        name: {"rows": one.rows, "hashes": [f"{h:016x}" for h in one.hashes.tolist()], "counts": one.counts.tolist()}
        for name, one in frequencies.items()
    }


def from_plain(said: Mapping[str, Any]) -> dict[str, Counts]:
    """What `as_plain` made."""
    return {
        name: Counts(
            one["rows"],
            np.array([int(h, 16) for h in one["hashes"]], dtype=np.uint64),
            np.array(one["counts"], dtype=np.int64),
        )
        for name, one in said.items()
    }
