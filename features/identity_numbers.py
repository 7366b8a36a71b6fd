"""What a national identity number tells of itself: its check character, a date of birth, and its form of today.

The numbers of the People's Republic of China, of 18 characters (GB 11643-1999, check by ISO 7064 MOD 11-2) and of 15
digits as before. Of other forms nothing is told.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

LONG = "^[0-9]{17}[0-9X]$"
SHORT = "^[0-9]{15}$"
CENTURY_OF_SHORT = 1900
CENTURY_AT = 6  # characters of the region, before the year
WEIGHTS = tuple(2**power % 11 for power in range(17, 0, -1))
CHECKS = "10X98765432"
ZERO = ord("0")


def check_holds(number: ir.Value) -> ir.Value:
    """1 where the check character is right and the date one of the calendar, 0 where not; null of numbers without a check."""
    right = _check([_digit(number, place) for place in range(len(WEIGHTS))]) == number.substr(len(WEIGHTS), 1)
    date = born_as_number(number)
    month, day = (date // 100) % 100, date % 100
    holds = right & month.between(1, 12) & day.between(1, 31)
    return ibis.ifelse(number.re_search(LONG), ibis.ifelse(holds, 1, 0), ibis.null("int64"))


def of_today(number: ir.Value) -> ir.Value:
    """The number of 18 characters that a person with this one of 15 digits has had since 1999; any other as it is.

    Registers and old claims name one person in both forms.
    """
    century = str(CENTURY_OF_SHORT // 100)
    digits = [_digit(number, place) for place in range(len(WEIGHTS) - len(century))]
    digits[CENTURY_AT:CENTURY_AT] = [ibis.literal(int(digit), "int64") for digit in century]
    whole = number.substr(0, CENTURY_AT) + century + number.substr(CENTURY_AT) + _check(digits)
    return ibis.ifelse(number.re_search(SHORT), whole, number)


def born_as_number(number: ir.Value) -> ir.Value:
    """The date of birth that the number holds as yyyymmdd, whether there is such a day or not; null of other forms."""
    short = CENTURY_OF_SHORT * 10_000 + _digits(number, 6, 6)
    return ibis.cases((number.re_search(LONG), _digits(number, 6, 8)), (number.re_search(SHORT), short))


def as_number(day: ir.Value) -> ir.Value:
    """A date as yyyymmdd, to be set against the one in a number."""
    return (day.year() * 10_000 + day.month() * 100 + day.day()).cast("int64")


def _check(digits: Sequence[ir.Value]) -> ir.Value:
    """The check character that belongs to the first 17 digits."""
    summed = sum((digit * weight for digit, weight in zip(digits, WEIGHTS, strict=True)), ibis.literal(0, "int64"))
    return ibis.literal(CHECKS).substr(summed % len(CHECKS), 1)


def _digits(number: ir.Value, start: int, length: int) -> ir.Value:
    places = range(start, start + length)
    worth = (_digit(number, place) * 10 ** (start + length - 1 - place) for place in places)
    return sum(worth, ibis.literal(0, "int64"))


def _digit(number: ir.Value, place: int) -> ir.Value:
    """The digit at a place by its code: a cast would fail on what is no digit, which only `re_search` tells."""
    return number.substr(place, 1).ascii_str().cast("int64") - ZERO
