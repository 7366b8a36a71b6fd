"""Pairs of records that share a key: never more than the cap allows, never changed by records known later."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from features.same_person.blocks import chosen, paired, sharing
from features.same_person.keys import Key

HASHES = st.lists(st.integers(0, 5), min_size=1, max_size=40).map(lambda found: np.array(found, dtype=np.uint64))


def pairs(hashes: np.ndarray, cap: int) -> set[tuple[int, int]]:
    blocked = paired({"key": hashes}, cap)
    return set(zip(blocked.left.tolist(), blocked.right.tolist(), strict=True))


@given(hashes=HASHES, cap=st.integers(2, 8), known=st.integers(1, 40))
def test_records_known_later_change_no_earlier_pair(hashes, cap, known):
    earlier = pairs(hashes[:known], cap)
    assert {pair for pair in pairs(hashes, cap) if max(pair) < known} == earlier


@given(hashes=HASHES, cap=st.integers(2, 8))
def test_pairs_are_those_of_the_first_of_each_block(hashes, cap):
    expected = set()
    for value in set(hashes.tolist()) - {0}:
        first = np.flatnonzero(hashes == value)[:cap].tolist()
        expected |= {(a, b) for a in first for b in first if a < b}
    assert pairs(hashes, cap) == expected


def test_a_block_over_its_cap_is_the_fact_of_how_many_share_it():
    hashes = np.array([7] * 60 + [0, 9], dtype=np.uint64)
    blocked = paired({"account": hashes}, 50)
    assert (len(blocked), blocked.over_cap) == (50 * 49 // 2, {"account": 1})
    assert sharing(hashes).tolist() == [60] * 60 + [0, 1]


def test_a_finer_key_is_used_only_where_the_coarser_is_crowded():
    coarse, fine = Key(("name",)), Key(("name", "year"))
    alone, crowded = np.repeat(np.arange(1, 51, dtype=np.uint64), 2), np.ones(100, dtype=np.uint64)
    assert chosen([coarse, fine], {"name": alone, "name+year": alone}) == [coarse]
    assert chosen([coarse, fine], {"name": crowded, "name+year": alone}) == [coarse, fine]
