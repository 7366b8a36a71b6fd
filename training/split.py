"""Splits in time: dates in, dates out. Nothing here is ever shuffled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta

from features.errors import BadInput

HISTORY_MONTHS = 3  # less history than this teaches nothing about windows of three months
MOST_SNAPSHOTS = 12


@dataclass(frozen=True)
class Split:
    """Snapshot days to fit on, and the later one to calibrate on; all horizons end by the as-of day."""

    fit: list[dt.date]
    calibrate: dt.date


def split_before(as_of: dt.date, horizon_months: int, first_day: dt.date, most: int = MOST_SNAPSHOTS) -> Split:
    """Month-spaced snapshot days whose horizon is over by `as_of`, not before 3 months into the data.

    The newest calibrates; at most `most` - 1 older ones, evenly spread, are fitted on. BadInput where
    fewer than two days fit.
    """
    newest = months_before(as_of, horizon_months)
    oldest = first_day + relativedelta(months=HISTORY_MONTHS)
    days, months = [], 0
    while (day := months_before(newest, months)) >= oldest:
        days.append(day)
        months += 1
    if len(days) < 2:
        raise BadInput(
            f"there is too little history to train as of {as_of} for a horizon of {horizon_months} months",
            found=f"data from {first_day}",
            expected=f"data from {months_before(as_of, horizon_months + HISTORY_MONTHS + 1)} or earlier",
            do="choose a later --as-of, a shorter --horizon, or ingest older data",
        )
    older = days[1:]
    step = max(1, -(-len(older) // (most - 1)))
    return Split(fit=sorted(older[::step]), calibrate=newest)


def months_before(day: dt.date, months: int) -> dt.date:
    """The day that many months earlier; the end of a month stays the end of a month.

    A month counts as over on its last day, though nobody has filed for it yet: features of the 30th and of the 31st differ,
    and trees that learned on one would be asked on the other.
    """
    earlier = day - relativedelta(months=months)
    ends_its_month = (day + dt.timedelta(days=1)).day == 1
    return earlier + relativedelta(day=31) if ends_its_month else earlier


def horizon_end(as_of: dt.date, months: int) -> dt.date:
    """Last day of the horizon of `months` after `as_of`."""
    return as_of + relativedelta(months=months)
