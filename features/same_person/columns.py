"""A column of text in which every value is kept once, so that work on it is done once a value, not once a row."""

from __future__ import annotations

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
    kept: dict[Callable[[str], float], Floats] = field(default_factory=dict)  # what was measured of the values

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
        codes = coded.indices.fill_null(MISSING).to_numpy(zero_copy_only=False).astype(np.int32)
        return cls(codes, _objects(coded.dictionary.to_pylist())).mapped(lambda value: value)

    @classmethod
    def of_few(cls, values: Iterable[str | None]) -> Column:
        """`of`, for so few rows that Arrow would cost more than it saves."""
        seen: dict[str, int] = {}
        codes = [seen.setdefault(value, len(seen)) if value else MISSING for value in values]
        return cls(np.array(codes, dtype=np.int32), _objects(list(seen)))

    def mapped(self, change: Callable[[str], str | None]) -> Column:
        """The column with `change` applied to each value; None or empty makes it missing, equal results become one."""
        seen: dict[str, int] = {}
        places = np.full(len(self.values) + 1, MISSING, dtype=np.int32)  # the last is for what is missing
        for place, value in enumerate(self.values):
            changed = change(value)
            if changed:
                places[place] = seen.setdefault(changed, len(seen))
        return Column(places[self.codes], _objects(list(seen)))

    def measured(self, measure: Callable[[str], float]) -> Floats:
        """`measure` of each row's value, NaN where it is missing; each value is measured once, so name the function."""
        if measure not in self.kept:
            self.kept[measure] = np.array([*(measure(value) for value in self.values), np.nan], dtype=np.float64)
        return self.kept[measure][self.codes]

    def taken(self, rows: npt.NDArray[Any]) -> Column:
        """The column of those rows, in that order."""
        return Column(self.codes[rows], self.values)

    def texts(self) -> list[str | None]:
        """One text a row, None where it is missing."""
        with_none = np.empty(len(self.values) + 1, dtype=object)  # a code of -1 is the last: None
        with_none[:-1] = self.values
        return list(with_none[self.codes])


def joined(columns: Sequence[Column]) -> Column:
    """The columns one after the other as one column."""
    return Column.of([text for column in columns for text in column.texts()])


def _objects(values: Sequence[str]) -> Objects:
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array
