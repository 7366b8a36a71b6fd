"""The measures of every employer, reckoned from the arrays of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from features.limits import PROOF_HALF_LIFE
from features.ties.arrays import Floats, fade
from features.ties.graph import components, most_of_tied, steps_to, with_strength
from features.ties.network import Moves
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


def of_ties(strength: sparse.csr_array, known: Known) -> dict[str, Floats]:
    """Measures of the employers tied to each employer; `strength` is symmetric, without a diagonal."""
    tied = with_strength(strength, np.ones_like(strength.data))
    at_most_1 = with_strength(strength, np.minimum(strength.data, 1))
    component = components(tied)
    return {
        "linked": np.bincount(component)[component].astype(np.float64) - 1,
        "closed": tied @ known.closed,
        "closed_unpaid": tied @ (known.closed * known.unpaid),
        "proven": tied @ known.proven,
        "proven_fading": at_most_1 @ known.fading,
        "days_since_proven": -most_of_tied(tied, np.nan_to_num(-known.proof_age, nan=-np.inf)),
        "steps_to_proven": steps_to(tied, known.proven),
        "nearness_to_proven": nearness(strength, known.fading),
    }


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
