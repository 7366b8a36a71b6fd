"""Corrupted copies: every kind of slip changes something a person could have miswritten, and chance alone decides."""

from __future__ import annotations

import numpy as np
import pytest

from features.same_person.columns import Column
from features.same_person.identity import identity_number
from training.same_person import slips
from training.same_person.copies import copied

RAW = {
    "name": Column.of(["王小明", "Anna Smith", None]),
    "born_on": Column.of(["1980-04-05", None, "1990-12-31"]),
    "identity": Column.of(["11010519491231002X", "7364009", None]),
    "address": Column.of(["人民路12号", "12 long street", None]),
}
ROWS = np.array([0, 1, 2] * 200)


@pytest.mark.parametrize(
    ("slip", "text"),
    [
        (slips.mistyped, "smith"), (slips.look_alike, "rn0"), (slips.sound_alike, "phil"), (slips.sound_alike, "王伟"),
        (slips.wrong_digit, "7364009"), (slips.digit_lost, "7364009"), (slips.word_lost, "long street"),
        (slips.words_joined, "long street"), (slips.words_turned, "12 long street"), (slips.shortened, "street"),
        (slips.romanised, "王伟"), (slips.date_slip, "1980-04-05"),
    ],
)  # fmt: skip
def test_a_slip_changes_the_text(slip, text):
    chance = np.random.default_rng(1)
    assert any(slip(text, chance) != text for _ in range(20))


def test_a_homophone_is_read_alike_and_written_otherwise():
    chance = np.random.default_rng(1)
    found = {slips.homophone("伟", chance) for _ in range(20)}
    assert "伟" not in found
    assert {slips.syllable(hanzi) for hanzi in found} == {"wei"}


def test_the_older_number_becomes_the_same_one_again():
    assert slips.older_number("11010519491231002X", np.random.default_rng(1)) == "110105491231002"
    assert identity_number("110105491231002") == "11010519491231002X"


def test_copies_are_as_many_and_mostly_alike_and_the_same_again_with_the_same_seed():
    copies = copied(RAW, ROWS, 7)
    assert {name: len(column) for name, column in copies.items()} == dict.fromkeys(RAW, len(ROWS))
    names = copies["name"].texts()
    assert 0.2 < sum(a == b for a, b in zip(names, RAW["name"].taken(ROWS).texts(), strict=True)) / len(ROWS) < 0.95
    assert names == copied(RAW, ROWS, 7)["name"].texts()
    assert names != copied(RAW, ROWS, 8)["name"].texts()
    assert all(text is None for text, row in zip(names, ROWS, strict=True) if row == 2)  # nothing comes of nothing
