"""Whether two records that share a key have enough in common to be worth comparing: equal values alone, no distances.

Most pairs of a block share its key and nothing else. Looking at equal values costs a hundredth of comparing them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

import numpy as np

from features.same_person.columns import MISSING, Bools, Column, Ints
from features.same_person.fields import EXTRA
from features.same_person.limits import SHARED_VALUES

# what an equal value counts: a whole number or address more than a part of a name or a date
_COUNTS = {
    "identity": 2, "identity_start": 1, "identity_end": 1, "identity_even": 1, "identity_odd": 1, "identity_sorted": 1,
    "given_sound": 1, "surname_sound": 1, "birth_year": 1, "month_and_day": 1,
    "phone": 2, "account": 2, "address": 2, "address_numbers": 1, "address_word": 1,
}  # fmt: skip
_ONE_OF = ("identity_", "address_")  # parts of one value count once


def counted(columns: Iterable[str], least: int = SHARED_VALUES) -> list[str]:
    """Those of `columns` that are looked at; none where nothing need be in common."""
    return [name for name in columns if least > 0 and (name in _COUNTS or name.startswith(EXTRA))]


def worth_comparing(columns: Mapping[str, Column], least: int = SHARED_VALUES) -> Callable[[Ints, Ints], Bools]:
    """What tells of places `left` and `right` (m,) in `columns` which pairs have at least so much in common.

    Where the columns are few, half of what two records can have in common is enough.
    """
    groups = _groups(tuple(columns))
    most = sum(max(_COUNTS.get(each, 1) for each in pieces) for pieces in groups)
    enough = min(least, most // 2)

    def worth(left: Ints, right: Ints) -> Bools:
        if enough <= 0:
            return np.ones(len(left), dtype=bool)
        count = np.zeros(len(left), dtype=np.int8)
        for pieces in groups:
            counted_of = [_equal(columns[each], left, right) * np.int8(_COUNTS.get(each, 1)) for each in pieces]
            count += counted_of[0] if len(counted_of) == 1 else np.maximum.reduce(counted_of)
        return np.asarray(count >= enough)

    return worth


@cache
def _groups(columns: tuple[str, ...]) -> list[list[str]]:
    """The columns that are looked at, those that are parts of one value together."""
    groups: dict[str, list[str]] = {}
    for name in counted(columns):
        whole = next((each for each in _ONE_OF if name.startswith(each) or name == each[:-1]), name)
        groups.setdefault(whole, []).append(name)
    return list(groups.values())


def _equal(column: Column, left: Ints, right: Ints) -> Bools:
    codes = column.codes[left]
    equal: Bools = (codes == column.codes[right]) & (codes != MISSING)
    return equal
