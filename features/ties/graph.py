"""Graphs of who shares what with whom, as sparse matrices: strengths of ties, who can be reached, how near."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from features.ties.arrays import Floats, Ints


def shared_strength(holder: Ints, thing: Ints, weight: Floats, holders: int, things: int) -> sparse.csr_array:
    """The holders × holders matrix of strengths, without the diagonal: a thing adds the product of both ends' weights."""
    held = sparse.csr_array((weight, (holder, thing)), shape=(holders, things))
    coo = (held @ held.T).tocoo()
    apart = coo.coords[0] != coo.coords[1]
    return sparse.csr_array((coo.data[apart], (coo.coords[0][apart], coo.coords[1][apart])), shape=(holders, holders))


def neighbours(matrix: sparse.csr_array) -> Floats:
    """How many others each is tied to."""
    return np.asarray(np.diff(matrix.indptr), np.float64)


def with_strength(matrix: sparse.csr_array, strength: Floats) -> sparse.csr_array:
    """The same ties with other strengths."""
    return sparse.csr_array((strength, matrix.indices, matrix.indptr), shape=matrix.shape)


def components(tied: sparse.csr_array) -> Ints:
    """A number for each; who can be reached over ties has the same."""
    _, component = csgraph.connected_components(tied, directed=False)
    return np.asarray(component, np.int64)


def most_of_tied(tied: sparse.csr_array, values: Floats) -> Floats:
    """The largest value among those tied to each; -inf where there are none."""
    most = np.full(tied.shape[0], -np.inf)
    some = np.flatnonzero(np.diff(tied.indptr))
    if len(some):
        most[some] = np.maximum.reduceat(values[tied.indices], tied.indptr[some])
    return most


def steps_to(tied: sparse.csr_array, proven: Floats) -> Floats:
    """1 where one tied is `proven` (1, else 0), 2 where another tied to one tied is, else inf."""
    proven_next = tied @ proven
    two = most_of_tied(tied, proven_next) - proven >= 1  # each is itself next to those tied to it
    return np.where(proven_next > 0, 1.0, np.where(two, 2.0, np.inf))
