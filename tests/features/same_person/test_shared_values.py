"""Pairs with too little in common are left out before anything is compared."""

from __future__ import annotations

import numpy as np

from features.same_person.blocks import paired
from features.same_person.columns import Column
from features.same_person.keys import Key, key_hashes
from features.same_person.records import normalised
from features.same_person.shared_values import worth_comparing

PEOPLE = (
    # name, born_on, phone
    ("王伟", "1980-04-05", "13800138000"),
    ("王卫", "1980-05-04", "13900139000"),  # name sounds alike, day and month swapped: four equal values
    ("张兰", "1951-01-02", "13800138000"),  # the phone alone
    ("王伟", None, "13800138000"),  # name and phone
)


def people(*fields: str):
    raw = {
        field: Column.of(column)
        for field, column in zip(("name", "born_on", "phone"), zip(*PEOPLE, strict=True), strict=True)
        if field in fields
    }
    return normalised(["a", "b", "c", "d"], None, raw, True)


def worth(*fields: str) -> set[tuple[int, int]]:
    left, right = np.triu_indices(4, 1)
    chosen = worth_comparing(people(*fields).columns)(left, right)
    return set(zip(left[chosen].tolist(), right[chosen].tolist(), strict=True))


def test_a_phone_alone_is_not_enough_and_a_name_beside_it_is():
    assert worth("name", "born_on", "phone") == {(0, 1), (0, 3)}


def test_where_columns_are_few_half_of_them_is_enough():
    assert worth("name") == {(0, 1), (0, 3), (1, 3)}


def test_only_pairs_worth_it_are_blocked():
    records = people("name", "born_on", "phone")
    hashes = key_hashes(records.columns, [Key(("phone",)), Key(("given_sound", "surname_sound"))], b"x" * 32)
    every = paired(hashes)
    some = paired(hashes, worth=worth_comparing(records.columns))
    assert set(zip(every.left.tolist(), every.right.tolist(), strict=True)) == {(0, 1), (0, 2), (0, 3), (1, 3), (2, 3)}
    assert set(zip(some.left.tolist(), some.right.tolist(), strict=True)) == {(0, 1), (0, 3)}
