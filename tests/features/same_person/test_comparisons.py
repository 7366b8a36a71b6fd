"""What is compared of two records: numbers with a sentence each, empty where one of the two says nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from features.same_person.columns import Column
from features.same_person.compared import Compared, rarities
from features.same_person.comparisons import COMPARISONS, comparisons_of, directions_of, matrix, names_of
from features.same_person.frequencies import as_plain, count, from_plain
from features.same_person.records import normalised

SECRET = b"of this test alone".ljust(32)
FIELDS = ("name", "born_on", "identity", "phone", "account", "address", "extra.city")
WANG = ("王伟", "1980-04-05", "11010519491231002X", "13800138000", "622202", "人民路12号", "Chengdu")


def compared(one: tuple[str | None, ...], other: tuple[str | None, ...]) -> dict[str, float]:
    raw = {field: Column.of(values) for field, *values in zip(FIELDS, one, other, strict=True)}
    records = normalised(["a", "b"], None, raw, True)
    pairs = Compared(records, np.array([0]), np.array([1]), rarities(records, count(records, SECRET), SECRET))
    return dict(zip(names_of(tuple(records.columns)), matrix(pairs)[0].tolist(), strict=True))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {"given_alike": 1, "born_parts": 3, "identity_slips": 0, "address_letters": 1, "extra.city.alike": 1}),
        ({"name": "Wang Wei"}, {"names_read_alike": 1, "given_alike": 0}),
        ({"born_on": "1980-05-04"}, {"born_swapped": 1, "born_parts": 1}),
        ({"born_on": "1980-01-01"}, {"first_of_january": 1, "born_swapped": 0}),
        ({"born_on": "1981-04-05"}, {"born_years_apart": 1, "born_slips": 1, "born_parts": 2}),
        ({"born_on": "1980"}, {"born_parts": 1, "born_years_apart": 0}),
        ({"identity": "11010519491231003X"}, {"identity_slips": 1, "identity_contradicts": 0}),
        ({"identity": "110105194912310038"}, {"identity_slips": 2, "identity_contradicts": 1}),  # passes its check too
        ({"identity": "11010519491221002X"}, {"identity_slips": 1, "identity_rest_slips": 0}),
        ({"phone": "13800138001"}, {"phone_slips": 1}),
    ],
)
def test_how_fields_agree(change, expected):
    other = tuple(change.get(field, value) for field, value in zip(FIELDS, WANG, strict=True))
    found = compared(WANG, other)
    assert {name: found[name] for name in expected} == expected


def test_what_one_of_the_two_lacks_is_empty_not_zero():
    found = compared(WANG, (None,) * len(FIELDS))
    counts = ("fields_agreeing", "fields_differing")
    assert all(math.isnan(value) for name, value in found.items() if name not in counts)
    assert [found[name] for name in counts] == [0, 0]


def test_left_and_right_may_be_exchanged():
    other = ("Wang Wei", "1980-05-04", "110105491231002", None, "622203", "12号人民路", "Chengdoo")
    one, two = compared(WANG, other), compared(other, WANG)
    np.testing.assert_equal(one, two)


def test_every_comparison_has_a_sentence_in_both_languages_and_a_direction():
    columns = ("given", "surname", "extra.city", "part.street")
    assert len(directions_of(columns)) == len(names_of(columns)) == len(set(names_of(columns)))
    for one in (*COMPARISONS, *comparisons_of(columns)):
        assert one.text.en
        assert one.text.zh
        assert one.direction in (-1, 0, 1)


def test_rarity_is_of_the_frozen_frequencies():
    raw = {"name": Column.of(["王伟"] * 9 + ["欧阳娜娜"])}
    records = normalised([str(at) for at in range(10)], None, raw, True)
    counts = count(records, SECRET)
    assert rarities(records, counts, SECRET)["name"].round(3).tolist() == [0.046] * 9 + [1.0]
    assert rarities(records, from_plain(as_plain(counts)), SECRET)["name"][9] == 1.0
