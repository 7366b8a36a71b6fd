"""The measures of every employer, reckoned from the arrays of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from features.limits import PROOF_HALF_LIFE
from features.ties.network import Floats, Moves, fade
from features.ties.walks import nearness


@dataclass(frozen=True)
class Known:
    """What is known of each employer by the day: days since arrears were last proven (NaN: never), and flags 0 or 1."""

    proof_age: Floats
    unpaid: Floats
    closed: Floats

    @property
    def proven(self) -> Floats:
        """1 where arrears were proven."""
        return np.isfinite(self.proof_age).astype(np.float64)

    @property
    def fading(self) -> Floats:
        """1 where arrears were proven today, less the longer ago, 0 where never."""
        faded: Floats = np.nan_to_num(fade(self.proof_age, PROOF_HALF_LIFE))
        return faded


def neighbours(matrix: sparse.csr_array) -> Floats:
    """How many others each employer is tied to."""
    return np.asarray(np.diff(matrix.indptr), np.float64)


def of_ties(strength: sparse.csr_array, known: Known) -> dict[str, Floats]:
    """Measures of the employers tied to each employer; `strength` is symmetric, without a diagonal."""
    tied = sparse.csr_array((np.ones_like(strength.data), strength.indices, strength.indptr), shape=strength.shape)
    at_most_1 = sparse.csr_array((np.minimum(strength.data, 1), strength.indices, strength.indptr), shape=tied.shape)
    proven = tied @ known.proven
    return {
        "linked": _linked(tied),
        "closed": tied @ known.closed,
        "closed_unpaid": tied @ (known.closed * known.unpaid),
        "proven": proven,
        "proven_fading": at_most_1 @ known.fading,
        "days_since_proven": -_most(tied, np.nan_to_num(-known.proof_age, nan=-np.inf)),
        "steps_to_proven": _steps(tied, proven, known.proven),
        "nearness_to_proven": nearness(strength, known.fading),
    }


def _linked(tied: sparse.csr_array) -> Floats:
    """How many others can be reached over ties."""
    _, component = csgraph.connected_components(tied, directed=False)
    size: Floats = np.bincount(component)[component].astype(np.float64)
    return size - 1


def _most(tied: sparse.csr_array, values: Floats) -> Floats:
    """The largest value among those tied to each employer; -inf where there are none."""
    most = np.full(tied.shape[0], -np.inf)
    some = np.flatnonzero(np.diff(tied.indptr))
    if len(some):
        most[some] = np.maximum.reduceat(values[tied.indices], tied.indptr[some])
    return most


def _steps(tied: sparse.csr_array, proven_next: Floats, proven: Floats) -> Floats:
    """1 where arrears were proven against one tied, 2 where against another tied to one tied, else inf."""
    two = _most(tied, proven_next) - proven >= 1  # the employer itself is next to those tied to it
    return np.where(proven_next > 0, 1.0, np.where(two, 2.0, np.inf))


def of_moves(moves: Moves, known: Known) -> dict[str, Floats]:
    """Measures of the workers who came to each employer from others."""

    def came(workers: Floats) -> Floats:
        return np.asarray(np.bincount(moves.to, weights=workers, minlength=len(known.proven)), np.float64)

    most = np.zeros_like(known.proven)
    np.maximum.at(most, moves.to, moves.months_24)
    return {
        "came_24m": came(moves.months_24),
        "came_from_one_24m": most,
        "came_from_proven_12m": came(moves.months_12 * known.proven[moves.source]),
        "came_from_proven_24m": came(moves.months_24 * known.proven[moves.source]),
        "came_from_closed_24m": came(moves.months_24 * known.closed[moves.source]),
    }
