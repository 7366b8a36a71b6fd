"""Records of persons, normalised: the same functions for a million at once and for one that has just come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from features.same_person import dates, names
from features.same_person.columns import Column, Objects
from features.same_person.fields import DERIVED, EXTRA, GIVEN, PART
from features.same_person.text import folded

Raw = Mapping[str, Column]


@dataclass(frozen=True, eq=False)
class Records:
    """`ids` (n,) distinct texts, `known_on` (n,) days, and normalised `columns` by name.

    In ascending order of (known_on, id), so that nothing depends on the order in which they were read.
    """

    ids: Objects
    known_on: npt.NDArray[np.datetime64]
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return len(self.ids)

    def taken(self, rows: npt.NDArray[Any]) -> Records:
        """Those records, in that order."""
        return Records(self.ids[rows], self.known_on[rows], {n: c.taken(rows) for n, c in self.columns.items()})


@dataclass(frozen=True)
class One:
    """A column of one row: the same to the functions below, without arrays."""

    value: str | None

    def mapped(self, change: Callable[[str], str | None]) -> One:
        """`change` applied to the value; None or empty makes it missing."""
        return One((change(self.value) or None) if self.value else None)


@dataclass(frozen=True)
class OneRecord:
    """A record that has just come; normalised `values` by column, None where there is none."""

    record_id: str
    known_on: dt.date
    values: Mapping[str, str | None]


def one_record(
    record_id: str, known_on: dt.date, values: Mapping[str, str | None], day_first: bool = True
) -> OneRecord:
    """A record that has just come, as normalised as all others. `values` by name of field, or `extra.…`."""
    columns = _columns({name: One(value or None) for name, value in values.items()}, day_first)
    return OneRecord(record_id, known_on, {name: column.value for name, column in columns.items()})


def normalised(
    ids: Sequence[str] | pa.ChunkedArray,
    known_on: Sequence[dt.date] | pa.ChunkedArray | None,
    raw: Raw,
    day_first: bool | None = None,
) -> Records:
    """Records from columns as they were written, by name of field (fields.py) or `extra.…`; any may be absent.

    `day_first`: whether dates have the day before the month; None: what the column itself tells.
    """
    texts = np.array(ids.to_pylist() if isinstance(ids, pa.ChunkedArray) else list(ids), dtype=object)
    days = _days(known_on, len(texts))
    first = dates.is_day_first(raw["born_on"].values) if day_first is None and "born_on" in raw else day_first
    columns = _columns(raw, bool(first))
    order = np.lexsort((_rank(texts), days))
    return Records(texts, days, columns).taken(order)


def _columns(raw: Mapping[str, Any], day_first: bool) -> dict[str, Any]:
    """The normalised columns of what was written, of many rows (Column) or of one (One)."""
    columns = {n.column: raw[n.source].mapped(n.change) for n in GIVEN if n.source in raw}
    columns |= {name: column.mapped(folded) for name, column in raw.items() if name.startswith((EXTRA, PART))}
    columns |= _named(raw)
    if "born_on" in raw:
        columns["born_on"] = raw["born_on"].mapped(lambda text: dates.birth_date(text, day_first))
    for normaliser in DERIVED:
        if normaliser.source in columns:
            columns[normaliser.column] = columns[normaliser.source].mapped(normaliser.change)
    return columns


def _named(raw: Mapping[str, Any]) -> dict[str, Any]:
    """`given`, `surname` and `name` (all words in alphabetical order), from the parts or from the whole."""
    if "given" in raw or "surname" in raw:
        parts = {part: raw[part].mapped(names.folded_name) for part in ("given", "surname") if part in raw}
        return parts | {"name": _together(*parts.values())}
    if "name" not in raw:
        return {}
    whole = raw["name"]
    given = whole.mapped(lambda name: names.split_name(name)[0])
    surname = whole.mapped(lambda name: names.split_name(name)[1])
    return {
        "given": given,
        "surname": surname,
        "name": whole.mapped(lambda name: names.whole_name(*names.split_name(name))),
    }


def _together(*parts: Any) -> Any:
    if len(parts) == 1:
        return parts[0].mapped(lambda part: names.whole_name(part, ""))
    given, surname = parts
    if isinstance(given, One):
        return One(names.whole_name(given.value or "", surname.value or "") or None)
    size = len(surname.values) + 1  # the last place is for what is missing
    pairs = (given.codes.astype(np.int64) % (len(given.values) + 1)) * size + surname.codes.astype(np.int64) % size
    distinct, codes = np.unique(pairs, return_inverse=True)
    givens, surnames = np.append(given.values, ""), np.append(surname.values, "")
    together = [names.whole_name(givens[pair // size], surnames[pair % size]) for pair in distinct]
    return Column(codes.astype(np.int32), np.array([*together, ""], dtype=object)[:-1]).mapped(lambda name: name)


def _days(known_on: Any, n: int) -> npt.NDArray[np.datetime64]:
    if known_on is None:
        return np.zeros(n, dtype="datetime64[D]")
    days = known_on.to_numpy() if isinstance(known_on, pa.ChunkedArray) else np.array(known_on)
    return days.astype("datetime64[D]")


def _rank(texts: Objects) -> npt.NDArray[np.int64]:
    return np.argsort(np.argsort(texts, kind="stable"), kind="stable")
