"""Which of the keys that make many pairs are used: those without which copies would not be found."""

from __future__ import annotations

import numpy as np

from features.same_person.columns import Column
from features.same_person.records import normalised
from training.same_person.learn import needed
from training.same_person.limits import COMPARED_ALL
from training.same_person.samples import Copies

ROWS = COMPARED_ALL // 20
COPY = np.arange(1000)


def blocks(size: int) -> np.ndarray:
    """Keys of ROWS records in blocks of `size`."""
    return (np.arange(ROWS) // size + 1).astype(np.uint64)


def copies(**shared: np.ndarray) -> Copies:
    one = normalised(["a"], None, {"name": Column.of(["Anna Smith"])})
    return Copies(one, COPY, COPY, shared)


def test_a_key_with_many_pairs_whose_copies_others_find_is_left_out():
    hashes = {"many": blocks(50), "few": blocks(2)}
    assert set(needed(hashes, copies(many=COPY < 900, few=COPY < 899))) == {"few"}


def test_it_stays_where_others_do_not_find_them():
    hashes = {"many": blocks(50), "few": blocks(2)}
    assert set(needed(hashes, copies(many=COPY < 900, few=COPY < 800))) == {"many", "few"}


def test_a_key_with_less_than_a_pair_a_record_stays_though_others_find_all():
    hashes = {"many": blocks(50), "few": blocks(2)}
    assert set(needed(hashes, copies(many=COPY < 900, few=COPY < 0))) == {"many", "few"}


def test_all_stay_where_pairs_are_few():
    hashes = {"one": blocks(2)[:1000], "other": blocks(2)[:1000]}
    assert set(needed(hashes, copies(one=COPY < 900, other=COPY < 900))) == {"one", "other"}
