"""The evidence as arrays: employers numbered in the order of their identifiers, ties as sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from features.folds.moves import FROM
from features.limits import MOVED_SHARE, MOVED_WORKERS, TIE_HALF_LIFE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
GROUPS = {
    "sharing_person": ("director", "shareholder"),
    "sharing_contact": ("phone", "address"),
    "sharing_account": ("account", "agent"),
}


@dataclass(frozen=True)
class Moves:
    """Workers who came to `to` from `source` (numbers of employers) in the last 12 and 24 months."""

    to: Ints
    source: Ints
    months_12: Floats
    months_24: Floats


def fade(days: NDArray[np.float64], half_life: int) -> Floats:
    """Weight of what is so many days old: 1 today, half as much for every half-life."""
    return np.exp2(-days / half_life)


def in_order(*columns: pa.ChunkedArray) -> pa.Array:
    """All identifiers of the columns, each once, sorted: so that no order of rows changes a sum."""
    unique = pc.unique(pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string()))
    return unique.take(pc.sort_indices(unique))


def numbers(column: pa.ChunkedArray, ids: pa.Array) -> Ints:
    """Place of each identifier in `ids`; -1 where it is not there."""
    return np.asarray(pc.index_in(column, value_set=ids).fill_null(-1)).astype(np.int64)


def days_old(column: pa.ChunkedArray, today: np.datetime64) -> Floats:
    """Days from each date to `today`; NaN where there is none."""
    age = today - np.asarray(column.cast(pa.date32())).astype("datetime64[D]")
    return np.where(np.isnat(age), np.nan, age.astype(np.float64))


def shared_by_group(shared: pa.Table, ids: pa.Array, today: np.datetime64) -> dict[str, sparse.csr_array]:
    """For each group of ties the employers × employers matrix of strengths, without the diagonal.

    A thing that both hold today adds 1; one that has ended adds less, for both ends apart.
    """
    names = pc.binary_join_element_wise(shared["tie"], shared["value"], ":")
    things = in_order(names)
    holder, thing = numbers(shared["employer_id"], ids), numbers(names, things)
    weight = fade(days_old(shared["held_on"], today), TIE_HALF_LIFE)
    matrices = {}
    for group, ties in GROUPS.items():
        mine = np.asarray(pc.is_in(shared["tie"], value_set=pa.array(ties)))
        held = sparse.csr_array((weight[mine], (holder[mine], thing[mine])), shape=(len(ids), len(things)))
        matrices[group] = _without_diagonal(held @ held.T)
    return matrices


def _without_diagonal(matrix: sparse.csr_array) -> sparse.csr_array:
    coo = matrix.tocoo()
    apart = coo.coords[0] != coo.coords[1]
    return sparse.csr_array((coo.data[apart], (coo.coords[0][apart], coo.coords[1][apart])), shape=matrix.shape)


def moves_of(moved: pa.Table, ids: pa.Array) -> Moves:
    """The moves as arrays."""
    return Moves(
        numbers(moved["employer_id"], ids),
        numbers(moved[FROM], ids),
        np.asarray(moved["moved_12m"]).astype(np.float64),
        np.asarray(moved["moved_24m"]).astype(np.float64),
    )


def workers_a_month(workforce: pa.Table, ids: pa.Array) -> Floats:
    """Mean workers of each employer; NaN where no payroll is known."""
    workers, place = np.full(len(ids), np.nan), numbers(workforce["employer_id"], ids)
    mean = np.asarray(workforce["worker_months"]) / np.asarray(workforce["months"])
    workers[place[place >= 0]] = mean[place >= 0]
    return workers


def moved_together(moves: Moves, workers: Floats) -> sparse.csr_array:
    """Ties of employers of whose workforce a large part came from the other: strength is that part, at most 1, both ways."""
    part = moves.months_24 / workers[moves.to]
    large = (moves.months_24 >= MOVED_WORKERS) & (part >= MOVED_SHARE)  # NaN is not large
    ends = (moves.to[large], moves.source[large])
    ties = sparse.csr_array((np.minimum(part[large], 1), ends), shape=(len(workers), len(workers)))
    return (ties + ties.T).tocsr()
