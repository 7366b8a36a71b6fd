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

from features.same_person.columns import Column, Floats
from features.same_person.compared import Compared, one_rarity, rarities
from features.same_person.comparisons import comparisons_of, matrix, names_of
from features.same_person.fields import EXTRA, GIVEN
from features.same_person.frequencies import Frequencies
from features.same_person.index import Index, Lot, Sharing, Value, build
from features.same_person.keys import Hashes, Key, key_hashes, one_key_hashes
from features.same_person.limits import BLOCK_CAP
from features.same_person.records import OneRecord, Records
from features.same_person.secret import fingerprint, refuse_other
from features.same_person.shared_values import counted, worth_comparing

KNOWN_ON = "known_on"
RARITY = "rarity."  # before the name of a column: how rare the record's value is
WRITTEN_COLUMNS = frozenset(("given", "surname", "name", "born_on", *(normaliser.column for normaliser in GIVEN)))
Fields = tuple[Value, ...]  # record_id, then the fields that are compared
NOBODY, NEVER = np.empty(0, dtype=object), np.empty(0, dtype="datetime64[D]")  # of records told by their columns alone


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

    def judged(self, compared: Floats) -> Floats:
        """(m,) probabilities that pairs are one person's, from what was compared of them (comparisons.matrix)."""


class Came(Protocol):
    """What came since a store was built: an Index, or what asks one."""

    def sharing(self, keys: Sequence[int]) -> Sharing:
        """Which records have any of `keys`, and how many have each."""

    def records(self, numbers: Sequence[int], fields: tuple[str, ...] | None = None) -> dict[int, tuple[Value, ...]]:
        """Those records by number: record_id, then `fields` (None: all of the store)."""


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
    kept: Kept


@dataclass(frozen=True)
class Kept:
    """What a store keeps of a record: its fields, and its keys as SQLite has them (signed)."""

    row: tuple[Value, ...]
    keys: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """A new record, ready to be compared: the known `rows` to compare it with, and what it is among them."""

    rows: list[Fields]
    new: Fields
    shared: Mapping[str, int]
    kept: Kept


class OnlineCheck:
    """A store, the matcher it was built for, and a second store of what came `since` it was built (None: nothing can).

    Records of the second come after all of the first, in the order in which blocks fill.
    """

    def __init__(self, index: Index, matcher: Matcher, secret: bytes, since: Came | None = None) -> None:
        """BadInput where the store was built with another secret."""
        refuse_other(secret, index.about["secret"])
        self._index, self._matcher, self._secret, self._since = index, matcher, secret, since
        self._names = names_of(matcher.columns)
        self._fields = _compared_fields(index.fields, matcher)
        self._places = [index.fields.index(name) for name in self._fields]
        self._shown = [(at, name) for at, name in enumerate(self._fields, 1) if _is_written(name)]
        self._known_at = self._fields.index(KNOWN_ON) + 1

    def check(self, record: OneRecord, least: float = 0.0) -> Checked:
        """`record` against all that is known; candidates of at least that probability. A column it lacks counts as empty."""
        return self.check_all([record], least)[0]

    def check_all(self, records: Sequence[OneRecord], least: float = 0.0) -> list[Checked]:
        """`check` of each of `records`, none of which is told of the others. To compare a few costs hardly more than one."""
        asked = [self._asked(record) for record in records]
        candidates = self._candidates([(one.rows, one.new) for one in asked], least)
        return [Checked(found, one.shared, one.kept) for found, one in zip(candidates, asked, strict=True)]

    def _asked(self, record: OneRecord) -> Asked:
        row, keys = self.row(record), self.keys(record)
        rows, shared = self._found(list(keys), record.record_id)
        told = {keys[key]: number for key, number in shared.items()}
        new = (record.record_id, *(row[place] for place in self._places))
        return Asked(rows, new, told, Kept(row, tuple(keys)))

    def _found(self, keys: list[int], itself: str) -> tuple[list[Fields], dict[int, int]]:
        """The records of blocks that are not full, and how many share each key. Both stores fill one block."""
        before = self._index.sharing(keys)
        if self._since is None:
            return list(self._index.records(_numbers(before.pairs), self._fields).values()), before.shared
        came = self._since.sharing(keys)
        shared = {key: before.shared.get(key, 0) + came.shared.get(key, 0) for key in {**before.shared, **came.shared}}
        taken = {key for key, number in shared.items() if number < self._index.cap}
        rows = self._index.records(_numbers(pair for pair in before.pairs if pair[0] in taken), self._fields)
        later = self._since.records(_numbers(pair for pair in came.pairs if pair[0] in taken), self._fields)
        return [*rows.values(), *(row for row in later.values() if row[0] != itself)], shared

    def add(self, record: OneRecord) -> bool:
        """Make `record` known to the first store; False where it is already."""
        return self._index.add(record.record_id, self.row(record), self.keys(record))

    def row(self, record: OneRecord) -> tuple[Value, ...]:
        """What the store keeps of a record."""
        rarity = one_rarity(record.values, self._matcher.frequencies, self._secret)
        return tuple(
            record.known_on.isoformat() if name == KNOWN_ON
            else rarity[name.removeprefix(RARITY)] if name.startswith(RARITY)
            else record.values.get(name)
            for name in self._index.fields
        )  # fmt: skip

    def keys(self, record: OneRecord) -> dict[int, str]:
        """The keys that a record has, as SQLite has them (signed), and their names."""
        hashes = one_key_hashes(record.values, self._matcher.keys, self._secret)
        return {hash_ - 2**64 if hash_ >= 2**63 else hash_: name for name, hash_ in hashes.items() if hash_}

    def _candidates(self, asked: Sequence[tuple[list[Fields], Fields]], least: float) -> list[tuple[Candidate, ...]]:
        """Of each new record and the rows that it is compared with: the likely ones."""
        everyone = [row for rows, new in asked for row in (*rows, new)]
        sizes = [len(rows) + 1 for rows, _ in asked]
        ends = np.cumsum(sizes) - 1  # the places of the new records
        left, right = np.arange(len(everyone)), np.repeat(ends, sizes)
        compared = left != right
        found: list[list[Candidate]] = [[] for _ in asked]
        if not compared.any():
            return [() for _ in asked]
        both, rarity = self._restored(everyone)
        compared[compared] = worth_comparing(both.columns, self._matcher.least_shared)(left[compared], right[compared])
        left, right = left[compared], right[compared]
        if len(left):
            measured = matrix(Compared(both, left, right, rarity))
            probability = self._matcher.judged(measured)
            number = np.searchsorted(ends, right)
            for at in np.lexsort((left, -probability)).tolist():
                if probability[at] >= least:
                    row, new = everyone[left[at]], everyone[right[at]]
                    found[number[at]].append(self._candidate(row, new, float(probability[at]), measured[at]))
        return [*map(tuple, found)]

    def _candidate(self, row: Fields, new: Fields, probability: float, measured: Floats) -> Candidate:
        values = {name: (_text(new[at]), _text(row[at])) for at, name in self._shown}
        known = dt.date.fromisoformat(str(row[self._known_at]))
        return Candidate(
            str(row[0]), known, probability, values, dict(zip(self._names, measured.tolist(), strict=True))
        )

    def _restored(self, rows: Sequence[Fields]) -> tuple[Records, dict[str, Floats]]:
        """Records of the store, in their order there, and how rare their values are."""
        columns: dict[str, Column] = {}
        rarity: dict[str, Floats] = {}
        for name, values in zip(self._fields, list(zip(*rows, strict=True))[1:], strict=True):
            if name.startswith(RARITY):
                rarity[name.removeprefix(RARITY)] = np.array(values, dtype=np.float64)
            elif name != KNOWN_ON:
                columns[name] = Column.of_few(values)
        return Records(NOBODY, NEVER, columns), rarity


def _compared_fields(stored: Sequence[str], matcher: Matcher) -> tuple[str, ...]:
    """What of the `stored` fields is asked for: what comparisons need or people are shown. The rest served to make keys."""
    needed = {column for one in comparisons_of(matcher.columns) for column in one.needs}
    needed.update(counted(matcher.columns, matcher.least_shared))
    return tuple(n for n in stored if n == KNOWN_ON or n.removeprefix(RARITY) in needed or _is_written(n))


def _is_written(name: str) -> bool:
    return name in WRITTEN_COLUMNS or name.startswith(EXTRA)


def _numbers(pairs: Iterable[tuple[int, int]]) -> list[int]:
    return sorted({record for _, record in pairs})


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def stored_fields(matcher: Matcher) -> tuple[str, ...]:
    """What a store keeps of a record: all its columns, so that nothing is made again, and how rare its values are."""
    return (*matcher.columns, *(f"{RARITY}{name}" for name in matcher.frequencies if name in matcher.columns), KNOWN_ON)


def build_index(path: Path, matcher: Matcher, secret: bytes, records: Iterable[Records], cap: int = BLOCK_CAP) -> int:
    """Write the store of `records`, lots in the order in which they became known; returns their number."""
    fields = stored_fields(matcher)
    return build(path, fields, cap, _lots(records, matcher, secret, fields), {"secret": fingerprint(secret)})


def _lots(records: Iterable[Records], matcher: Matcher, secret: bytes, fields: Sequence[str]) -> Iterator[Lot]:
    for some in records:
        yield Lot(some.ids.tolist(), _stored(some, matcher, secret, fields), _hashes(some, matcher, secret))


def _hashes(records: Records, matcher: Matcher, secret: bytes) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """(n, keys) as SQLite has them, signed; 0 where a record lacks a piece of a key."""
    hashes: Mapping[str, Hashes] = key_hashes(records.columns, matcher.keys, secret)
    signed = [hashes[key.name].view(np.int64) for key in matcher.keys]
    return np.column_stack([np.empty((len(records), 0), dtype=np.int64), *signed])  # a matcher of one record has no key


def _stored(records: Records, matcher: Matcher, secret: bytes, fields: Sequence[str]) -> list[list[Value]]:
    columns: dict[str, list[Value]] = {name: list(column.texts()) for name, column in records.columns.items()}
    columns[KNOWN_ON] = records.known_on.astype(str).tolist()
    for name, rarity in rarities(records, matcher.frequencies, secret).items():
        columns[f"{RARITY}{name}"] = [None if np.isnan(value) else value for value in rarity.tolist()]
    empty: list[Value] = [None] * len(records)
    return [columns.get(name, empty) for name in fields]
