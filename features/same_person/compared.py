"""Pairs of records side by side: which values are there, which are the same, how alike the others are."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from rapidfuzz.process import cpdist

from features.same_person.columns import MISSING, Bools, Column, Floats, Ints
from features.same_person.frequencies import Counts, Frequencies
from features.same_person.keys import one_piece_hash, piece_hashes
from features.same_person.records import Records

Scorer = Callable[..., Any]
FEW = 500  # pairs: to look for equal ones among so few costs more than to score them twice


@dataclass(frozen=True, eq=False)
class Compared:
    """The pairs (left, right) (m,) of places in `records`. `kept` and `sides` hold what several ask for."""

    records: Records
    left: Ints
    right: Ints
    rarities: dict[str, Floats]
    kept: dict[Any, Floats] = field(default_factory=dict)
    sides: dict[str, tuple[Bools, Bools, Bools]] = field(default_factory=dict)

    def has(self, *columns: str) -> bool:
        """Whether the records have all these columns."""
        return all(column in self.records.columns for column in columns)

    def both(self, column: str) -> Bools:
        """(m,) whether both have a value."""
        return self._sides(column)[0]

    def equal(self, column: str) -> Bools:
        """(m,) whether both have the same value."""
        return self._sides(column)[1]

    def differ(self, column: str) -> Bools:
        """(m,) whether both have a value, not the same."""
        return self._sides(column)[2]

    def same(self, column: str) -> Floats:
        """(m,) 1 where both have the same value, 0 where they have two, NaN where one has none."""
        return self.once(("same", column), lambda: np.where(self.both(column), self.equal(column), np.nan))

    def once(self, key: Any, made: Callable[[], Floats]) -> Floats:
        """What `made` gives, asked once for a `key`."""
        if key not in self.kept:
            self.kept[key] = made()
        return self.kept[key]

    def _sides(self, column: str) -> tuple[Bools, Bools, Bools]:
        if column not in self.sides:
            codes = self.records.columns[column].codes
            left, right = codes[self.left], codes[self.right]
            both: Bools = (left != MISSING) & (right != MISSING)
            equal: Bools = both & (left == right)
            self.sides[column] = (both, equal, both & ~equal)
        return self.sides[column]

    def alike(self, column: str, scorer: Scorer, **how: Any) -> Floats:
        """(m,) `scorer` of the two values, computed where they differ; NaN where one has none."""

        def scored() -> Floats:
            column_of = self.records.columns[column]
            scores = self._scored(column_of, column_of, self.differ(column), scorer, how)
            scores[self.equal(column)] = scorer("same", "same", **how)
            return scores

        return self.once((column, scorer, tuple(how.items())), scored)

    def crossed(self, one: str, other: str, where: Bools, scorer: Scorer) -> Floats:
        """(m,) `scorer` of the left record's `one` and the right record's `other`, where `where`; else NaN."""
        columns = self.records.columns
        there = (columns[one].codes[self.left] != MISSING) & (columns[other].codes[self.right] != MISSING)
        return self._scored(columns[one], columns[other], where & there, scorer, {})

    def _scored(self, one: Column, other: Column, where: Bools, scorer: Scorer, how: dict[str, Any]) -> Floats:
        rows = where.nonzero()[0]
        scores = np.empty(len(self.left))
        scores.fill(np.nan)
        if len(rows):
            lefts, rights = one.codes[self.left[rows]], other.codes[self.right[rows]]
            if len(rows) <= FEW:
                scores[rows] = cpdist(one.values[lefts], other.values[rights], scorer=scorer, scorer_kwargs=how or None)
                return scores
            pairs, back = np.unique(
                lefts.astype(np.int64, copy=False) * len(other.values) + rights, return_inverse=True
            )
            first, second = one.values[pairs // len(other.values)], other.values[pairs % len(other.values)]
            scores[rows] = cpdist(first, second, scorer=scorer, scorer_kwargs=how or None)[back]
        return scores

    def measured(self, column: str, measure: Callable[[str], float]) -> tuple[Floats, Floats]:
        """(m,) and (m,): a number made of each value, of the left and of the right records."""
        numbers = self.records.columns[column].measured(measure)
        return numbers[self.left], numbers[self.right]

    def rarity(self, column: str) -> Floats:
        """(m,) minus the decimal logarithm of the share of records with the value, the commoner of the two; NaN: none."""
        rarity = self.rarities[column]
        return np.minimum(rarity[self.left], rarity[self.right])


def rarities(records: Records, frequencies: Frequencies, secret: bytes) -> dict[str, Floats]:
    """By column (n,) minus the decimal logarithm of the share of records with the value; NaN where there is none."""

    def of(name: str, counts: Counts) -> Floats:
        column = records.columns[name]
        hashes = partial(piece_hashes, {name: column.each_value()}, name, secret)
        return column.once((counts, secret), lambda: -np.log10(counts.of(hashes()) / max(counts.rows, 1)))

    return {name: of(name, counts) for name, counts in frequencies.items() if name in records.columns}


def one_rarity(values: Mapping[str, str | None], frequencies: Frequencies, secret: bytes) -> dict[str, float | None]:
    """`rarities` of one record, told by column; None where it has no value."""
    return {
        name: _one_rarity(counts, one_piece_hash(values.get(name), name, secret))
        for name, counts in frequencies.items()
    }


def _one_rarity(counts: Counts, hashed: int) -> float | None:
    return -math.log10(counts.of_one(hashed) / max(counts.rows, 1)) if hashed else None
