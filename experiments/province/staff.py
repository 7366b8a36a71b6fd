"""Who works where and for what wage in a block of employers: one row a worker and covered month, in the order of months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Array, Flags, Ints
from experiments.province.employers import Firms
from experiments.province.employment import Kin, draw_workers, tenures_of
from experiments.province.identifiers import person_numbers
from experiments.province.knobs import Knobs
from experiments.province.months import Months
from experiments.province.staffing import Staffing

PREFIXES = 990_000  # the first of the 10,000 beginnings of identity numbers that no region has, one a block


@dataclass(frozen=True)
class Staff:
    """One value a worker-month but for `worker_ids`, which `worker` numbers."""

    worker_ids: Array
    worker: Ints
    employer: Ints  # row in the block
    month: Ints
    wage: Ints  # cents due for the month
    usual_wage: Ints  # cents, without the month's ups and downs
    unpaid: Ints  # cents not paid on payday
    insured: Flags


def draw_staff(
    block: int, staffing: Staffing, firms: Firms, kin: Kin, months: Months, knobs: Knobs, rng: np.random.Generator
) -> Staff:
    """The workers of `block`. Other blocks have others: nobody moves between blocks."""
    tenures, number = tenures_of(staffing)
    worker = draw_workers(tenures, firms, kin, knobs, rng)
    month, place = np.nonzero(staffing.filled[:, months.first :].T)
    month = month + months.first
    return Staff(
        worker_ids=person_numbers(str(PREFIXES + block), int(worker.max(initial=-1)) + 1, rng),
        worker=worker[number[place, month]],
        employer=staffing.employer[place],
        month=month,
        wage=staffing.wage[place, month],
        usual_wage=staffing.usual_wage[place],
        unpaid=staffing.unpaid[place, month],
        insured=staffing.insured[place],
    )
