"""When the authority sees what employers file."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Days, Ints
from experiments.province.knobs import Knobs
from experiments.province.months import Months

LAG = (3, 13)  # days after the end of the month: from, up to
LATE_LAG = (21, 61)  # the same where an employer files weeks late


def filed_on(employers: int, months: Months, knobs: Knobs, rng: np.random.Generator) -> Days:
    """By employer and month: the day from which the authority sees what was filed for the month."""
    shape = (employers, months.number)
    lag: Ints = rng.integers(*LAG, shape)
    late = rng.random(shape) < knobs.late_filing
    lag = np.where(late, rng.integers(*LATE_LAG, shape), lag)
    days: Days = months.last_day(np.arange(months.number)) + lag.astype("timedelta64[D]")
    return days
