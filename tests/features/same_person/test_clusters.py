"""Records gathered into persons: chains fall apart, clusters have a cap, identifiers stay."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.same_person.clusters import gathered
from features.same_person.limits import CLUSTER_CAP


def clusters(n: int, pairs: dict[tuple[int, int], float], score=None) -> list[int]:
    left, right = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    return gathered(n, left, right, np.array(list(pairs.values())), score).tolist()


def test_a_chain_of_lookalikes_is_not_one_person():
    chain = {(at, at + 1): 0.6 for at in range(9)}
    assert max(np.bincount(clusters(10, chain))) == 2


def test_two_bad_copies_are_joined_by_the_record_between_them():
    assert clusters(3, {(0, 1): 0.99, (1, 2): 0.95, (0, 2): 0.2}) == [0, 0, 0]


def test_pairs_that_share_no_key_are_asked_for():
    asked = []

    def score(left, right):
        asked.append((left.tolist(), right.tolist()))
        return np.full(len(left), 0.9)

    assert clusters(3, {(0, 1): 0.9, (1, 2): 0.9}, score) == [0, 0, 0]
    assert asked == [([0], [2])]


def test_a_cluster_is_called_after_its_earliest_record_which_a_later_one_does_not_change():
    before = clusters(4, {(1, 3): 0.9, (0, 2): 0.1})
    after = clusters(5, {(1, 3): 0.9, (0, 2): 0.1, (1, 4): 0.9, (3, 4): 0.9})
    assert before == [0, 1, 2, 1]
    assert after == [*before, 1]


def test_no_cluster_is_larger_than_the_cap():
    n = CLUSTER_CAP * 2 + 5
    left, right = np.triu_indices(n, 1)
    assert max(np.bincount(gathered(n, left, right, np.ones(len(left))))) <= CLUSTER_CAP


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0, 1)), min_size=1, max_size=30))
def test_the_order_of_pairs_changes_nothing(drawn):
    pairs = {(min(a, b), max(a, b)): p for a, b, p in drawn if a != b} or {(0, 1): 0.9}
    assert clusters(10, pairs) == clusters(10, dict(reversed(pairs.items())))
