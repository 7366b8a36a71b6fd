"""A column of text in which every value is kept once, so that work on it is done once a value, not once a row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]
MISSING = -1


@dataclass(frozen=True, eq=False)
class Column:
    """`codes` (n,) say which of `values` (k,) a row has; MISSING where it has none. Values are distinct."""

    codes: npt.NDArray[np.int32]
    values: Objects
    kept: dict[object, npt.NDArray[Any]] = field(default_factory=dict)  # what was measured of the values

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, values: Iterable[str | None] | pa.ChunkedArray | pa.Array) -> Column:
        """The column of `values`, one a row; empty text is missing."""
        array = values if isinstance(values, pa.ChunkedArray | pa.Array) else pa.array(list(values), pa.string())
        coded = array.cast(pa.string()).dictionary_encode()
        if isinstance(coded, pa.ChunkedArray):
            coded = coded.combine_chunks() if coded.num_chunks else pa.array([], pa.string()).dictionary_encode()
        if isinstance(coded, pa.ChunkedArray):
            coded = coded.unify_dictionaries().chunk(0)
        column = cls(_codes(coded), _objects(coded.dictionary))
        return column if column.values.all() else column.mapped(lambda value: value)

    @classmethod
    def of_few(cls, values: Iterable[str | None]) -> Column:
        """`of`, for so few rows that Arrow would cost more than it saves."""
        rows = list(values)
        seen = list(dict.fromkeys(filter(None, rows)))
        place: dict[str | None, int] = {None: MISSING, "": MISSING}
        place.update(zip(seen, range(len(seen)), strict=True))
        distinct_values = np.empty(len(seen), dtype=object)
        distinct_values[:] = seen
        return cls(np.array([*map(place.__getitem__, rows)], dtype=np.int32), distinct_values)

    def mapped(self, change: Callable[[str], str | None]) -> Column:
        """The column with `change` applied to each value; None or empty makes it missing, equal results become one."""
        changed = pa.array([change(value) or None for value in self.values], pa.string()).dictionary_encode()
        places = np.append(_codes(changed), np.int32(MISSING))  # the last is for what is missing
        return Column(places[self.codes], _objects(changed.dictionary))

    def measured(self, measure: Callable[[str], float]) -> Floats:
        """`measure` of each row's value, NaN where it is missing; each value is measured once, so name the function."""
        return self.once(measure, lambda: np.array([*map(measure, self.values), np.nan], dtype=np.float64))

    def hashed(self, purpose: bytes) -> npt.NDArray[np.uint64]:
        """The hash of each row's value, keyed with `purpose` (BLAKE2b, 64 bits); 0 where it is missing."""

        def hashes() -> npt.NDArray[Any]:
            each = (hashlib.blake2b(value.encode(), key=purpose, digest_size=8).digest() for value in self.values)
            return np.append(np.frombuffer(b"".join(each), dtype="<u8"), np.uint64(0))

        return self.once(purpose, hashes)

    def once(self, key: object, made: Callable[[], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        """(n,) what `made` gives for each row's value: (k + 1,), the last of what is missing; asked once for a `key`."""
        if key not in self.kept:
            self.kept[key] = made()
        return self.kept[key][self.codes]

    def each_value(self) -> Column:
        """Every value once, in order, then what is missing."""
        return Column(np.r_[: len(self.values), MISSING].astype(np.int32), self.values, self.kept)

    def taken(self, rows: npt.NDArray[Any]) -> Column:
        """The column of those rows, in that order."""
        return Column(self.codes[rows], self.values, self.kept)

    def texts(self) -> list[str | None]:
        """One text a row, None where it is missing."""
        with_none = np.empty(len(self.values) + 1, dtype=object)  # a code of -1 is the last: None
        with_none[:-1] = self.values
        return list(with_none[self.codes])


def joined(columns: Sequence[Column]) -> Column:
    """The columns one after the other as one column."""
    return Column.of([text for column in columns for text in column.texts()])


def distinct(columns: Sequence[Column]) -> list[npt.NDArray[np.int32]]:
    """(n,) a column: the same number where any of the columns has the same value; MISSING where there is none."""
    if len(columns) == 1:
        return [columns[0].codes]
    values = [pa.array(column.values, pa.string()) for column in columns]
    together = _codes(pa.concat_arrays(values).dictionary_encode())
    starts = np.cumsum([0, *(len(each) for each in values)])
    return [
        np.append(together[start : start + len(column.values)], np.int32(MISSING))[column.codes]
        for start, column in zip(starts, columns, strict=False)
    ]


def _codes(coded: pa.DictionaryArray) -> npt.NDArray[np.int32]:
    codes: npt.NDArray[np.int32] = coded.indices.fill_null(MISSING).to_numpy(zero_copy_only=False).astype(np.int32)
    return codes


def _objects(values: pa.StringArray) -> Objects:
    objects: Objects = values.to_numpy(zero_copy_only=False).astype(object, copy=False)
    return objects
