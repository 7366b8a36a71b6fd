"""The evidence as arrays: employers numbered in the order of their identifiers, ties as sparse matrices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from features.folds.moves import FROM
from features.limits import MOVE_HUB_EMPLOYERS, MOVED_SHARE, MOVED_WORKERS, TIE_HALF_LIFE
from features.ties.arrays import Floats, Ints, days_old, fade, in_order, numbers
from features.ties.graph import neighbours, shared_strength

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
        matrices[group] = shared_strength(holder[mine], thing[mine], weight[mine], len(ids), len(things))
    return matrices


def sharing_now(shared: pa.Table, ids: pa.Array, today: np.datetime64) -> dict[str, Floats]:
    """For each group of ties with how many others each employer has a thing in common that both hold on the day itself."""
    held_today = pc.equal(shared["held_on"], pa.scalar(today.item(), shared.schema.field("held_on").type))
    now = shared_by_group(shared.filter(held_today), ids, today)
    return {group: neighbours(matrix) for group, matrix in now.items()}


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
    """Ties of employers of whose workforce a large part came from the other: strength is that part, at most 1, both ways.

    A hub ties nobody: an employer from which a large part of too many workforces came. Who merely left it for many others,
    a few for each, makes it none: from every large employer people go everywhere.
    """
    part = moves.months_24 / workers[moves.to]
    large = (moves.months_24 >= MOVED_WORKERS) & (part >= MOVED_SHARE)  # NaN is not large
    large &= np.bincount(moves.source[large], minlength=len(workers))[moves.source] <= MOVE_HUB_EMPLOYERS
    ends = (moves.to[large], moves.source[large])
    ties = sparse.csr_array((np.minimum(part[large], 1), ends), shape=(len(workers), len(workers)))
    return (ties + ties.T).tocsr()
