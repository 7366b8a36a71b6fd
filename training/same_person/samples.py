"""The pairs that a matcher learns from: some that share a key, some drawn by lot, corrupted copies, and those reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from features.same_person.columns import Bools, Column, Floats, Ints, joined
from features.same_person.compared import Compared
from features.same_person.keys import NO_KEY, Hashes
from features.same_person.records import Raw, Records, normalised
from training.same_person.copies import copied
from training.same_person.limits import COPIED_RECORDS, PAIRS_BY_LOT, UNLABELLED_PAIRS

COPIES = 2  # of each record: two bad copies of one person are less alike than either is to the original
Hashed = Callable[[Records], Mapping[str, Hashes]]


def some_of(pairs: Compared, seed: int) -> Compared:
    """At most UNLABELLED_PAIRS of the pairs, drawn by lot."""
    if len(pairs.left) <= UNLABELLED_PAIRS:
        return pairs
    rows = np.sort(np.random.default_rng(seed).choice(len(pairs.left), UNLABELLED_PAIRS, replace=False))
    return Compared(pairs.records, pairs.left[rows], pairs.right[rows], pairs.rarities)


def by_lot(records: Records, rarities: dict[str, Floats], seed: int) -> Compared:
    """PAIRS_BY_LOT pairs of two records, whichever the lot falls on; all pairs where there are no more."""
    n = len(records)
    if n * (n - 1) // 2 <= PAIRS_BY_LOT:
        left, right = np.triu_indices(n, 1)
        return Compared(records, left, right, rarities)
    left, right = np.random.default_rng(seed).integers(0, n, (2, PAIRS_BY_LOT))
    return Compared(records, left[left != right], right[left != right], rarities)


def certain(pairs: Compared) -> Bools:
    """(m,) pairs of the same identity number and the same birth date or name."""
    sure = np.zeros(len(pairs.left), dtype=bool)
    for field in ("born_on", "name"):
        if pairs.has("identity", field):
            sure |= (pairs.same("identity") == 1) & (pairs.same(field) == 1)
    return sure


@dataclass(frozen=True, eq=False)
class Copies:
    """Records and corrupted copies of some; `left` and `right` (m,) places of one person's; by key (m,) who share it."""

    records: Records
    left: Ints
    right: Ints
    shared: Mapping[str, Bools]

    def sharing(self, keys: Iterable[str]) -> Copies:
        """Those that share any of the keys."""
        rows = np.flatnonzero(any_of(self.shared[key] for key in keys))
        shared = {key: values[rows] for key, values in self.shared.items()}
        return Copies(self.records, self.left[rows], self.right[rows], shared)


def any_of(shared: Iterable[Bools]) -> Bools:
    """(m,) where any of them (at least one) is true."""
    return np.asarray(np.logical_or.reduce(list(shared)))


def copies_of(raw: Raw, day_first: bool, hashed: Hashed, seed: int) -> Copies:
    """Corrupted copies of some records, two each; the keys they share are those of `hashed`."""
    n = len(next(iter(raw.values())))
    rows = np.sort(np.random.default_rng(seed).choice(n, min(COPIED_RECORDS, n), replace=False))
    copies = [copied(raw, rows, seed + one) for one in range(COPIES)]
    together: dict[str, Column] = {
        name: joined([column.taken(rows), *(copy[name] for copy in copies)]) for name, column in raw.items()
    }
    size = len(rows)
    ids = [
        f"{copy:02d}{row:012d}" for copy in range(COPIES + 1) for row in range(size)
    ]  # normalising keeps their order
    records = normalised(ids, None, together, day_first)
    first, second, third = np.arange(size), np.arange(size) + size, np.arange(size) + 2 * size
    left, right = np.concatenate([first, first, second]), np.concatenate([second, third, third])
    shared = {
        key: (values[left] == values[right]) & (values[left] != NO_KEY) for key, values in hashed(records).items()
    }
    return Copies(records, left, right, shared)


def reviewed(records: Records, reviews: pa.Table | None) -> tuple[Ints, Ints, Bools]:
    """The places of reviewed pairs (id, other_id, same) whose records are both there, and what was decided."""
    if reviews is None or not len(reviews):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool)
    place = {record: at for at, record in enumerate(records.ids.tolist())}
    one, other = (
        np.array([place.get(record, -1) for record in reviews[name].to_pylist()]) for name in ("id", "other_id")
    )
    there = (one >= 0) & (other >= 0)
    same: Bools = np.array(reviews["same"].to_pylist(), dtype=bool)[there]
    return one[there], other[there], same
