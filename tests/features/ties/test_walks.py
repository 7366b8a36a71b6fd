"""Walks from employers with proven arrears, against the whole inverse of a small graph."""

import numpy as np
import pytest
from scipy import sparse

from features.limits import WALK_ON
from features.ties.walks import nearness


def graph(size, *pairs):
    matrix = np.zeros((size, size))
    for one, other in pairs:
        matrix[one, other] = matrix[other, one] = 1
    return matrix


def others_walks(strength, start):
    """Visits of all walks, those of an employer's own taken out exactly."""
    onward = strength / np.maximum(strength.sum(axis=1, keepdims=True), 1)
    visits = np.linalg.inv(np.eye(len(start)) - WALK_ON * onward)
    return start @ visits - start * np.diag(visits)


EXACT = {
    "two": graph(2, (0, 1)),
    "a chain of three": graph(3, (0, 1), (1, 2)),
    "a star": graph(6, *[(0, leaf) for leaf in range(1, 6)]),
    "all tied alike": graph(5, *[(i, j) for i in range(5) for j in range(i)]),
}


@pytest.mark.parametrize("strength", EXACT.values(), ids=EXACT)
@pytest.mark.parametrize("begins", [0, 1])
def test_own_walks_are_taken_out_exactly_in_small_groups(strength, begins):
    start = np.zeros(len(strength))
    start[begins] = 1
    expected = others_walks(strength, start)
    assert nearness(sparse.csr_array(strength), start) == pytest.approx(expected, abs=1e-5)
    assert expected[begins] == pytest.approx(0)


def tangle():
    random = np.random.default_rng(3)
    upper = np.triu(random.random((60, 60)) < 0.06, 1) * random.random((60, 60))
    return upper + upper.T


LARGER = {
    "a chain of four": graph(4, (0, 1), (1, 2), (2, 3)),
    "a ring": graph(6, *[(i, (i + 1) % 6) for i in range(6)]),
    "a tangle": tangle(),
}


@pytest.mark.parametrize("strength", LARGER.values(), ids=LARGER)
def test_elsewhere_others_walks_are_whole_and_less_than_a_quarter_of_one_s_own_is_left(strength):
    start = (np.arange(len(strength)) % 5 == 0).astype(float)
    own = start > 0
    visits = np.linalg.inv(np.eye(len(start)) - WALK_ON * strength / np.maximum(strength.sum(1, keepdims=True), 1e-9))
    found, expected = nearness(sparse.csr_array(strength), start), start @ visits - start * np.diag(visits)
    assert found[~own] == pytest.approx(expected[~own], abs=1e-4)
    left = (found - expected)[own] / (np.diag(visits)[own] - 1)
    assert left.max() < 0.25 and left.min() > -1e-4


def test_without_proven_arrears_nobody_is_near():
    assert not nearness(sparse.csr_array(EXACT["two"]), np.zeros(2)).any()
