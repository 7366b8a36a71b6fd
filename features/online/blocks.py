"""Blocks of books from the cells of the folds: every thing of a kind at once, by NumPy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from features.engine import Engine
from features.known import total
from features.online.books import Layout

Ints = npt.NDArray[np.int64]
EPOCH = dt.date(1970, 1, 1).toordinal()


def panel(cells: ir.Table, kind: str, as_of: dt.date, measures: Sequence[str]) -> ir.Table:
    """(thing, event, *measures) as known by the day, in order: the cells of a kind added up by thing and day of event."""
    own = cells.filter((cells.kind == kind) & (cells.learned_on <= ibis.literal(as_of)))
    daily = own.group_by(["thing", "event"]).agg(**{name: total(own[name]) for name in measures})
    return daily.order_by(["thing", "event"])


def blocks(layout: Layout, panels: Mapping[str, pa.Table]) -> Iterator[tuple[str, bytes]]:
    """(thing, block) for each thing that any of the `panels` (by fold, sorted by thing and event) speaks of."""
    parts = {
        fold: _by_thing(panels[fold], measures) if fold in panels else {} for fold, measures in layout.folds.items()
    }
    empty = np.zeros(1, dtype=np.int64).tobytes()
    for thing in dict.fromkeys(thing for part in parts.values() for thing in part):
        yield thing, b"".join(part.get(thing, empty) for part in parts.values())


def _by_thing(rows: pa.Table, measures: Sequence[str]) -> dict[str, bytes]:
    """By thing its events and running sums: [count, days..., sums of the first measure..., ...]."""
    if not rows.num_rows:
        return {}
    things = rows["thing"].combine_chunks().dictionary_encode()
    codes = np.asarray(things.indices)
    begins = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]])
    ends = np.r_[begins[1:], len(codes)]
    columns = [
        ordinals(rows["event"]),
        *(_running(np.asarray(rows[name], dtype=np.int64), begins) for name in measures),
    ]
    names = things.dictionary.take(pa.array(codes[begins])).to_pylist()
    return {
        name: b"".join([np.int64(end - begin).tobytes(), *(column[begin:end].tobytes() for column in columns)])
        for name, begin, end in zip(names, begins.tolist(), ends.tolist(), strict=True)
    }


def _running(values: Ints, begins: Ints) -> Ints:
    """Sums up to each row, begun anew at each of `begins`."""
    sums = np.cumsum(values)
    before = np.r_[0, sums][begins]
    running: Ints = sums - np.repeat(before, np.diff(np.r_[begins, len(values)]))
    return running


def ordinals(days: pa.ChunkedArray) -> Ints:
    """Days as Python counts them (date.toordinal); the least number there is where there is none."""
    numbers = days.cast(pa.date32()).cast(pa.int32())
    told = np.asarray(numbers.fill_null(0)).astype(np.int64) + EPOCH
    return np.where(np.asarray(numbers.is_null()), NONE, told)


NONE = np.iinfo(np.int64).min


def fetched(engine: Engine, table: ir.Table) -> pa.Table:
    """The rows of `table`."""
    return engine.fetch(table)
