"""Nearness to proven arrears: personalised PageRank from the employers they were proven against."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from features.limits import WALK_ON
from features.ties.arrays import Floats, Ints

TOLERANCE = 1e-6  # of the starting weight; the order of the first thousand is that of 1e-10


def nearness(strength: sparse.csr_array, start: Floats) -> Floats:
    """How often walks that begin with weight `start` come by each employer, others' walks only.

    A walk goes on with chance `walk_on`, along a tie chosen by its strength. Neither the beginning of an
    employer's own walks nor their returns (as far as `_returns` tells them) count for it: that arrears were
    proven against it is no nearness.
    """
    onward = _onward(strength)
    backward = onward.T.tocsr()
    here, reached = start, np.zeros_like(start)
    while here.sum() * WALK_ON > TOLERANCE * start.sum():
        here = WALK_ON * (backward @ here)
        reached = reached + here
    return np.maximum(reached - start * _returns(onward, backward, np.flatnonzero(start)), 0)


def _onward(strength: sparse.csr_array) -> sparse.csr_array:
    """The chance of each next step."""
    out = strength.sum(axis=1)
    return sparse.csr_array(sparse.diags_array(1 / np.where(out > 0, out, 1)) @ strength)


def _returns(onward: sparse.csr_array, backward: sparse.csr_array, of: Ints) -> Floats:
    """Expected returns of a walk that begins at each of `of`; 0 for the others.

    Told by the first returns in two, three and four steps, continued as a geometric series: exact for two
    tied to one another, for chains of three, for stars and for groups all tied alike; of others three
    quarters and more are told (the tests compare with the whole inverse), so a little of its own is left.
    """
    one, one_back = onward[of], backward[of]
    two, two_back = one @ onward, one_back @ backward
    met_again = [(one, one_back), (two, one_back), (two, two_back)]
    second, third, fourth = (
        WALK_ON**steps * (out * home).sum(axis=1) for steps, (out, home) in enumerate(met_again, 2)
    )
    fourth = np.maximum(fourth - second**2, 0)  # first returns only
    pace = np.minimum(fourth / np.where(second > 0, second, 1), WALK_ON**2)
    first = np.minimum(second + (third + fourth) / (1 - pace), WALK_ON**2)
    returns = np.zeros(onward.shape[0])
    returns[of] = first / (1 - first)
    return returns
