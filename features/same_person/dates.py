"""Dates of birth however they are written, as eight digits YYYYMMDD; what is not known of them is 00."""

from __future__ import annotations

import re
from collections.abc import Iterable

from features.same_person.text import digits, folded

_MONTHS = {
    name: place
    for place, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_PARTS = re.compile(r"\d+|[a-z]{3,}")
_TIME = re.compile(r"[T\s]\d{1,2}:\d{2}.*$")


def birth_date(text: str, day_first: bool = True) -> str | None:
    """YYYYMMDD; MM and DD are 00 where only the year or the month is known. None where no date can be read.

    A day that no calendar has (31 February) stays as written: it is a mistyped date, and says something.

    >>> [birth_date(text) for text in ("1956-4-9", "9.4.1956", "1956年4月9日", "19560409", "9 April 1956", "1956")]
    ['19560409', '19560409', '19560409', '19560409', '19560409', '19560000']
    """
    parts = _PARTS.findall(folded(_TIME.sub("", text.strip())))
    if len(parts) == 1:
        return _run_together(digits(parts[0]), day_first)
    named = [place for place, part in enumerate(parts) if not part.isdigit()]
    if len(named) == 1 and parts[named[0]][:3] in _MONTHS and len(parts) >= 2:
        month = _MONTHS[parts.pop(named[0])[:3]]
        others = [int(part) for part in parts]
        year = max(others)
        return _written(year, month, min(others) if len(others) > 1 else 0)
    if named or len(parts) not in (2, 3):
        return None
    return _numbers([int(part) for part in parts], day_first, len(parts[0]) == 4)


def _run_together(run: str, day_first: bool) -> str | None:
    if len(run) == 8:
        year_last = not "18" <= run[:2] <= "20" and "18" <= run[4:6] <= "20"
        return _numbers([int(run[:2]), int(run[2:4]), int(run[4:])], day_first, False) if year_last else run
    if len(run) == 4:
        return f"{run}0000"
    return f"{run}00" if len(run) == 6 and "18" <= run[:2] <= "20" else None


def _numbers(parts: list[int], day_first: bool, year_first: bool) -> str | None:
    if year_first:
        return _written(parts[0], parts[1], parts[2] if len(parts) == 3 else 0)
    if len(parts) == 2:
        return _written(parts[1], parts[0], 0)
    day, month = (parts[0], parts[1]) if day_first else (parts[1], parts[0])
    return _written(parts[2], month, day)


def _written(year: int, month: int, day: int) -> str | None:
    if not (1800 <= year <= 2099 and 0 <= month <= 99 and 0 <= day <= 99):
        return None
    return f"{year:04d}{month:02d}{day:02d}"


def is_day_first(texts: Iterable[str]) -> bool:
    """Whether a column writes the day before the month, judged by the numbers above 12; so where nothing tells."""
    first = second = 0
    for text in texts:
        parts = [part for part in _PARTS.findall(text) if part.isdigit()]
        if len(parts) == 3 and len(parts[0]) <= 2:
            first += int(parts[0]) > 12
            second += int(parts[1]) > 12
    return first >= second


def month_and_day(date: str) -> str | None:
    """The two numbers of month and day in ascending order: the same where they were swapped. None where not known."""
    return None if "00" in (date[4:6], date[6:]) else "".join(sorted((date[4:6], date[6:])))


def year(date: str) -> str:
    """The four digits of the year."""
    return date[:4]
