"""What was really owed. Only a later measurement may read it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Ints
from experiments.province.columns import coded, dates, money
from experiments.province.debts import owed_since
from experiments.province.world import World


def truth_table(world: World, unpaid: Ints, owed: Ints, pool: pa.Array) -> pa.Table:
    """By month and employer living in it, at the month's end: arrears, amount owed, the first day of pay missed.

    `unpaid` (by month of pay) and `owed` are in cents, by employer and month.
    """
    months = world.months
    numbers = np.arange(months.first, months.number)
    alive = np.stack([world.lives.alive(month) for month in numbers])
    place, employer = np.nonzero(alive)
    month = numbers[place]
    since = owed_since(unpaid, owed)[employer, month]
    amount = owed[employer, month]
    return pa.table(
        {
            "employer_id": coded(employer, pool),
            "month": dates(months.first_days[month]),
            "arrears": pa.array(amount > 0),
            "amount_owed": money(amount),
            "began": dates(months.day(since, world.employers.pay_day[employer]), amount > 0),
        }
    )
