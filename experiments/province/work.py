"""Work done, worker by worker: what was due for a month and how much of it went unpaid at first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Days, Floats, Ints
from experiments.province.chance import stream
from experiments.province.staff import Places
from experiments.province.world import World

OVERTIME = 0.06  # standard deviation of log wages from month to month


@dataclass(frozen=True)
class Worked:
    """A month worked, one entry a worker in order of employers; amounts in cents."""

    month: int
    place: Ints
    employer: Ints
    worker: Ints
    due: Ints
    unpaid: Ints  # of it, on the day of pay


def worked_months(world: World, places: Places, seed: int) -> Iterator[Worked]:
    """The covered months but the last, which nobody has reported by the end."""
    rng = stream(seed, "work")
    for month in range(world.months.first, world.months.number - 1):
        place = np.flatnonzero(places.place_of < world.heads[places.employer, month])
        employer = places.employer[place]
        worker = places.worker[place, month - world.months.first]
        due = 100 * places.wages[worker] * np.exp(rng.normal(0, OVERTIME, len(place)))
        cents = due.astype(np.int64)
        unpaid = _unpaid(world, employer, places.place_of[place], month, cents)
        yield Worked(month, place, employer, worker, cents, unpaid)


def unpaid_before(world: World) -> Ints:
    """Cents unpaid by employer and month of pay, for the work of the warm-up, from typical wages."""
    wage = 100 * world.employers.by_industry("wage") * world.employers.by_region("wage")
    unpaid = np.zeros(world.heads.shape, dtype=np.int64)
    paid_in = slice(1, world.months.first + 1)
    bill = world.heads[:, : world.months.first] * wage[:, None]
    unpaid[:, paid_in] = np.ceil(bill * (1 - world.conduct.share_paid[:, paid_in]))
    return unpaid


def first_pay(world: World, employer: Ints, month: int) -> Days:
    """The day on which the work of a month is paid, as far as it is paid at first."""
    months, paid_in = world.months, month + 1
    late = world.conduct.days_late[employer, paid_in].astype("timedelta64[D]")
    day = months.day(np.array(paid_in), world.employers.pay_day[employer]) + late
    in_part = world.conduct.share_paid[employer, paid_in] < 1
    return np.where(in_part, np.minimum(day, months.last_day(np.array(paid_in))), day)


def _unpaid(world: World, employer: Ints, place_of: Ints, month: int, due: Ints) -> Ints:
    """Either the last to come get nothing, or everybody gets a part."""
    share: Floats = world.conduct.share_paid[employer, month + 1]
    heads = world.heads[employer, month]
    leaves_some = world.employers.leaves_some[employer] & (heads >= 2)
    left_out = (place_of + 0.5) / heads >= share
    part = due - np.floor(due * share).astype(np.int64)
    return np.where(share < 1, np.where(leaves_some, due * left_out, part), 0)
