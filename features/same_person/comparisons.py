"""What is compared of two records: a number each, with the sentence that says what it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Indel, JaroWinkler

from features.registers.declaration import Text
from features.same_person.columns import Floats
from features.same_person.compared import Compared
from features.same_person.fields import EXTRA, PART
from features.same_person.identity import check_agrees

similar = JaroWinkler.normalized_similarity
letters = Indel.normalized_similarity
slips = OSA.distance
WORDS = fuzz.token_set_ratio
MOST_SLIPS = 8.0


@dataclass(frozen=True)
class Comparison:
    """A number of a pair. `direction` 1: a higher one never makes the same person less likely; -1: never more; 0: either."""

    name: str
    text: Text
    direction: int
    needs: tuple[str, ...]
    measure: Callable[[Compared], Floats]


def _rarity(column: str) -> Callable[[Compared], Floats]:
    def measure(pairs: Compared) -> Floats:
        return np.where(pairs.equal(column), pairs.rarity(column), np.where(pairs.both(column), 0.0, np.nan))

    return measure


def _slips(column: str) -> Callable[[Compared], Floats]:
    def measure(pairs: Compared) -> Floats:
        return np.minimum(pairs.alike(column, slips), MOST_SLIPS)

    return measure


def _alike(column: str, scorer: Callable[..., float], scale: float = 1.0) -> Callable[[Compared], Floats]:
    return lambda pairs: pairs.alike(column, scorer) / scale


def _shared(column: str) -> Callable[[Compared], Floats]:
    return lambda pairs: pairs.rarity(column)


def _either_order(suffix: str = "") -> Callable[[Compared], Floats]:
    """The average similarity of given name and surname, or where it is higher of each with the other's other."""

    def measure(pairs: Compared) -> Floats:
        given, surname = f"given{suffix}", f"surname{suffix}"
        straight = _average(pairs.alike(given, similar), pairs.alike(surname, similar))
        unlike = ~(straight > 0.9)
        crossed = _average(
            pairs.crossed(given, surname, unlike, similar), pairs.crossed(surname, given, unlike, similar)
        )
        best: Floats = np.fmax(straight, crossed)
        return best

    return measure


def _average(one: Floats, other: Floats) -> Floats:
    average: Floats = np.where(np.isnan(one), other, np.where(np.isnan(other), one, (one + other) / 2))
    return average


def _check(number: str) -> float:
    """1 where a number passes its check, 0 where not, NaN where there is none."""
    agrees = check_agrees(number)
    return float("nan") if agrees is None else float(agrees)


def _contradicts(pairs: Compared) -> Floats:
    """1 where both numbers pass their check and differ."""
    left, right = pairs.measured("identity", _check)
    differ = (left + right == 2) & pairs.differ("identity")
    return np.where(pairs.both("identity"), differ, np.nan)


def _day(date: str) -> float:
    """The day of a date as YYYYMMDD, NaN where it is not known."""
    return int(date) % 100 or float("nan")


def _month(date: str) -> float:
    return int(date) // 100 % 100 or float("nan")


def _year(date: str) -> float:
    return int(date) // 10000


def _born_parts(pairs: Compared) -> Floats:
    def counted() -> Floats:
        (y1, y2), (m1, m2), (d1, d2) = (pairs.measured("born_on", part) for part in (_year, _month, _day))
        agreeing = (y1 == y2).astype(np.float64) + (m1 == m2) + (d1 == d2)  # what is not known agrees with nothing
        return np.where(pairs.both("born_on"), agreeing, np.nan)

    return pairs.once("born_parts", counted)


def _born_swapped(pairs: Compared) -> Floats:
    def swapped() -> Floats:
        (d1, d2), (m1, m2) = pairs.measured("born_on", _day), pairs.measured("born_on", _month)
        return np.where(pairs.both("born_on"), (d1 == m2) & (m1 == d2) & (d1 != d2), np.nan)

    return pairs.once("born_swapped", swapped)


def _years_apart(pairs: Compared) -> Floats:
    left, right = pairs.measured("born_on", _year)
    return np.minimum(np.abs(left - right), 100)


def _is_first_of_january(date: str) -> float:
    return float(date[4:] in ("0101", "0000", "0100"))


def _first_of_january(pairs: Compared) -> Floats:
    left, right = pairs.measured("born_on", _is_first_of_january)
    return np.where(pairs.both("born_on"), np.fmax(left, right), np.nan)


COMPARISONS = (
    Comparison(
        "given_alike", Text("how alike the given names are", "名的相似度"), 1, ("given",), _alike("given", similar)
    ),
    Comparison(
        "surname_alike", Text("how alike the surnames are", "姓的相似度"), 1, ("surname",), _alike("surname", similar)
    ),
    Comparison(
        "names_alike",
        Text("how alike given name and surname are, in either order", "姓与名（不论顺序）的相似度"),
        1,
        ("given", "surname"),
        _either_order(),
    ),
    Comparison(
        "names_read_alike",
        Text("how alike the names are as they are read, in either order", "姓名读音（不论顺序）的相似度"),
        1,
        ("given_latin", "surname_latin"),
        _either_order("_latin"),
    ),
    Comparison(
        "name_letters",
        Text("share of letters that the names have in common", "姓名中相同字符的比例"),
        1,
        ("name",),
        _alike("name", letters),
    ),
    Comparison(
        "given_rarity",
        Text("how rare the given name is that they share", "相同之名的罕见程度"),
        1,
        ("given",),
        _rarity("given"),
    ),
    Comparison(
        "surname_rarity",
        Text("how rare the surname is that they share", "相同之姓的罕见程度"),
        1,
        ("surname",),
        _rarity("surname"),
    ),
    Comparison(
        "name_rarity",
        Text("how rare the whole name is that they share", "相同姓名的罕见程度"),
        1,
        ("name",),
        _rarity("name"),
    ),
    Comparison(
        "born_parts",
        Text("how many of year, month and day of birth agree", "出生年、月、日相同的项数"),
        1,
        ("born_on",),
        _born_parts,
    ),
    Comparison(
        "born_swapped",
        Text("whether day and month of birth are swapped", "出生月日是否互换"),
        1,
        ("born_on",),
        _born_swapped,
    ),
    Comparison(
        "born_slips",
        Text("how many digits of the dates of birth differ", "出生日期不同的位数"),
        -1,
        ("born_on",),
        _slips("born_on"),
    ),
    Comparison(
        "born_years_apart", Text("years between the dates of birth", "出生年份相差年数"), -1, ("born_on",), _years_apart
    ),
    Comparison(
        "first_of_january",
        Text(
            "whether a date of birth is the first of January, as unknown days are written",
            "出生日期是否为1月1日（常表示日期不详）",
        ),
        0,
        ("born_on",),
        _first_of_january,
    ),
    Comparison(
        "identity_slips",
        Text("how many characters of the identity numbers differ", "身份证号码不同的位数"),
        -1,
        ("identity",),
        _slips("identity"),
    ),
    Comparison(
        "identity_rest_slips",
        Text(
            "how many characters of the identity numbers differ outside the birth date",
            "身份证号码除出生日期外不同的位数",
        ),
        -1,
        ("identity_rest",),
        _slips("identity_rest"),
    ),
    Comparison(
        "identity_contradicts",
        Text("whether the identity numbers differ and both pass their check", "两个身份证号码不同且均通过校验"),
        -1,
        ("identity",),
        _contradicts,
    ),
    Comparison(
        "identity_rarity",
        Text("how few records have the number that they share", "相同身份证号码的罕见程度"),
        1,
        ("identity",),
        _rarity("identity"),
    ),
    Comparison(
        "phone_slips",
        Text("how many digits of the telephone numbers differ", "电话号码不同的位数"),
        -1,
        ("phone",),
        _slips("phone"),
    ),
    Comparison(
        "phone_rarity",
        Text("how few records have the telephone number that they share", "相同电话号码的罕见程度"),
        1,
        ("phone",),
        _rarity("phone"),
    ),
    Comparison(
        "account_slips",
        Text("how many characters of the accounts differ", "账户不同的位数"),
        -1,
        ("account",),
        _slips("account"),
    ),
    Comparison(
        "account_rarity",
        Text("how few records have the account that they share", "相同账户的罕见程度"),
        1,
        ("account",),
        _rarity("account"),
    ),
    Comparison(
        "address_letters",
        Text("share of letters that the addresses have in common", "地址中相同字符的比例"),
        1,
        ("address",),
        _alike("address", letters),
    ),
    Comparison(
        "address_words",
        Text("share of words that the addresses have in common", "地址中相同词语的比例"),
        1,
        ("address_words",),
        _alike("address_words", WORDS, 100.0),
    ),
    Comparison(
        "address_numbers",
        Text("how alike the numbers of the addresses are", "地址中数字的相似度"),
        1,
        ("address_numbers",),
        _alike("address_numbers", letters),
    ),
    Comparison(
        "address_rarity",
        Text("how few records have the address that they share", "相同地址的罕见程度"),
        1,
        ("address",),
        _rarity("address"),
    ),
    Comparison(
        "sex_same", Text("whether the sex is the same", "性别是否相同"), 1, ("sex",), lambda pairs: pairs.same("sex")
    ),
)


@cache
def comparisons_of(columns: tuple[str, ...]) -> list[Comparison]:
    """The comparisons that records with these columns allow: those declared, two for each further column, and two counts."""
    declared = [one for one in COMPARISONS if all(column in columns for column in one.needs)]
    further = [
        one for column in columns if column.startswith(EXTRA) for one in _of_extra(column, column.removeprefix(EXTRA))
    ]
    parts = [_of_part(column, column.removeprefix(PART)) for column in columns if column.startswith(PART)]
    return [*declared, *further, *parts]


def _of_extra(column: str, name: str) -> tuple[Comparison, Comparison]:
    return (
        Comparison(
            f"{column}.alike", Text(f"how alike {name} is", f"{name}的相似度"), 1, (column,), _alike(column, similar)
        ),
        Comparison(
            f"{column}.rarity",
            Text(f"how rare the {name} is that they share", f"相同{name}的罕见程度"),
            1,
            (column,),
            _rarity(column),
        ),
    )


def _of_part(column: str, name: str) -> Comparison:
    return Comparison(
        f"{column}.alike", Text(f"how alike {name} is", f"{name}的相似度"), 1, (column,), _alike(column, similar)
    )


def matrix(pairs: Compared) -> Floats:
    """(m, k): a column for each of `comparisons_of`, then how many fields agree and how many differ; NaN where unknown."""
    measured = [one.measure(pairs) for one in comparisons_of(tuple(pairs.records.columns))]
    agreement = np.vstack([_agreement(pairs), np.full((1, len(pairs.left)), np.nan)])
    counts = [np.sum(agreement >= 0.9, axis=0), np.sum(agreement < 0.6, axis=0)]
    return np.column_stack([*measured, *counts]).astype(np.float64, copy=False)


@cache
def names_of(columns: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the columns of `matrix`."""
    return (*(one.name for one in comparisons_of(columns)), "fields_agreeing", "fields_differing")


def directions_of(columns: tuple[str, ...]) -> list[int]:
    """The direction of each column of `matrix`."""
    return [*(one.direction for one in comparisons_of(columns)), 1, -1]


def _agreement(pairs: Compared) -> Floats:
    """(fields, m): how far each field agrees, 0 to 1; NaN where one of the two has none."""
    rows = [
        pairs.alike(column, similar)
        for column in pairs.records.columns
        if column in ("given", "surname", "address_words") or column.startswith(EXTRA)
    ]
    rows += [
        1 - _slips(column)(pairs) / MOST_SLIPS * 2 for column in ("identity", "phone", "account") if pairs.has(column)
    ]
    if pairs.has("born_on"):
        rows.append(np.fmax(_born_parts(pairs) / 3, _born_swapped(pairs)))
    return np.vstack(rows) if rows else np.zeros((0, len(pairs.left)))
