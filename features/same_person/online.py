"""A record that has just come against everything known: who may be the same person, how each field agrees, what is shared.

The records of the store are compared by the functions of the batch part, so that both give one probability to one pair.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from features.same_person.columns import Column, Floats, Ints
from features.same_person.compared import Compared, rarities
from features.same_person.comparisons import matrix, names_of
from features.same_person.fields import DERIVED
from features.same_person.frequencies import Frequencies
from features.same_person.index import Index, Lot, Value, build
from features.same_person.keys import Hashes, Key, key_hashes
from features.same_person.limits import BLOCK_CAP
from features.same_person.records import Records
from features.same_person.secret import fingerprint, refuse_other
from features.same_person.shared_values import worth_comparing

KNOWN_ON = "known_on"


class Matcher(Protocol):
    """What decides: the columns, the keys and the model of pairs, frozen together."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that records have."""

    @property
    def keys(self) -> Sequence[Key]:
        """What two records must share to be compared."""

    @property
    def least_shared(self) -> int:
        """How much in common they must have besides (shared_values.py)."""

    @property
    def frequencies(self) -> Frequencies:
        """How often values occur."""

    def probability(self, records: Records, left: Ints, right: Ints, secret: bytes) -> Floats:
        """(m,) probabilities that the records at `left` and `right` are one person's."""


@dataclass(frozen=True)
class Candidate:
    """A known record that may be of the same person."""

    record_id: str
    known_on: dt.date
    probability: float
    values: Mapping[str, tuple[str | None, str | None]]  # by column, normalised: of the new record, and of this
    comparisons: Mapping[str, float]  # by name (comparisons.py); NaN where one of the two has no value


@dataclass(frozen=True)
class Checked:
    """The likeliest first; and by name of key how many known records share it, too many to be compared or not."""

    candidates: tuple[Candidate, ...]
    shared: Mapping[str, int]


class OnlineCheck:
    """A store and the matcher it was built for."""

    def __init__(self, index: Index, matcher: Matcher, secret: bytes) -> None:
        """BadInput where the store was built with another secret."""
        refuse_other(secret, index.about["secret"])
        self._index, self._matcher, self._secret = index, matcher, secret

    def check(self, record: Records) -> Checked:
        """`record` (one) against all that is known. A column it lacks counts as empty."""
        row = self._row(record)
        keys = self._keys(row)
        found = self._index.find(list(keys))
        shared = {keys[key]: number for key, number in found.shared.items()}
        return Checked(self._candidates(list(found.records.values()), row), shared)

    def add(self, record: Records) -> bool:
        """Make `record` (one) known; False where it is already."""
        row = self._row(record)
        return self._index.add(str(row[0]), row[1:], self._keys(row))

    def _row(self, record: Records) -> tuple[Value, ...]:
        return (str(record.ids[0]), *(column[0] for column in _stored(record, self._index.fields)))

    def _keys(self, row: tuple[Value, ...]) -> dict[int, str]:
        """The keys that a record has, and their names."""
        hashes = _hashes(_restored([row], self._index.fields), self._matcher, self._secret)[0]
        return {int(key): each.name for key, each in zip(hashes, self._matcher.keys, strict=True) if key}

    def _candidates(self, rows: list[tuple[Value, ...]], new: tuple[Value, ...]) -> tuple[Candidate, ...]:
        both = _restored([*rows, new], self._index.fields)
        everyone, itself = np.arange(len(rows)), np.full(len(rows), len(rows))
        left = everyone[worth_comparing(both.columns, self._matcher.least_shared)(everyone, itself)]
        if not len(left):
            return ()
        right = itself[: len(left)]
        probability = self._matcher.probability(both, left, right, self._secret)
        rarity = rarities(both, self._matcher.frequencies, self._secret)
        measured = matrix(Compared(both, left, right, rarity))
        names = names_of(tuple(both.columns))
        texts = {name: both.columns[name].texts() for name in self._index.fields if name != KNOWN_ON}
        return tuple(
            Candidate(
                str(both.ids[left[at]]),
                both.known_on[left[at]].item(),
                float(probability[at]),
                {name: (values[-1], values[left[at]]) for name, values in texts.items()},
                dict(zip(names, measured[at].tolist(), strict=True)),
            )
            for at in np.lexsort((left, -probability))
        )


def stored_columns(matcher: Matcher) -> tuple[str, ...]:
    """The columns that a store keeps: what the others are made from."""
    made = {each.column for each in DERIVED}
    return tuple(name for name in matcher.columns if name not in made)


def build_index(path: Path, matcher: Matcher, secret: bytes, records: Iterable[Records], cap: int = BLOCK_CAP) -> int:
    """Write the store of `records`, lots in the order in which they became known; returns their number."""
    fields = (*stored_columns(matcher), KNOWN_ON)
    return build(path, fields, cap, _lots(records, matcher, secret, fields), {"secret": fingerprint(secret)})


def _lots(records: Iterable[Records], matcher: Matcher, secret: bytes, fields: Sequence[str]) -> Iterator[Lot]:
    for some in records:
        yield Lot(some.ids.tolist(), _stored(some, fields), _hashes(some, matcher, secret))


def _hashes(records: Records, matcher: Matcher, secret: bytes) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """(n, keys) as SQLite has them, signed; 0 where a record lacks a piece of a key."""
    hashes: Mapping[str, Hashes] = key_hashes(records.columns, matcher.keys, secret)
    return np.column_stack([hashes[key.name].view(np.int64) for key in matcher.keys])


def _stored(records: Records, fields: Sequence[str]) -> list[list[str | None]]:
    columns = {name: column.texts() for name, column in records.columns.items() if name in fields}
    columns[KNOWN_ON] = records.known_on.astype(str).tolist()
    empty: list[str | None] = [None] * len(records)
    return [columns.get(name, empty) for name in fields]


def _restored(rows: Sequence[tuple[Value, ...]], fields: Sequence[str]) -> Records:
    """Records of the store, in their order there."""
    ids, *columns = zip(*rows, strict=True)
    given = {name: Column.of(column) for name, column in zip(fields, columns, strict=True)}
    given.pop(KNOWN_ON)
    days = np.array(columns[list(fields).index(KNOWN_ON)], dtype="datetime64[D]")
    names = np.empty(len(ids), dtype=object)
    names[:] = ids
    return Records(names, days, given | _derived(given))


def _derived(given: Mapping[str, Column]) -> dict[str, Column]:
    columns = dict(given)
    for each in DERIVED:
        if each.source in columns:
            columns[each.column] = columns[each.source].mapped(each.change)
    return columns
