"""The register `contributions` of a block of employers: what was due to each scheme and when it was paid."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Days, Floats, Ints
from experiments.province.columns import dates, money, texts
from experiments.province.conduct import Conduct
from experiments.province.employers import Employers
from experiments.province.filing import filed_on
from experiments.province.kinds import REGIONS
from experiments.province.knobs import SCHEME_RATES, Knobs
from experiments.province.ledger import NEVER
from experiments.province.months import Months
from experiments.province.staff import Staff

LEAST_BASE = 3_600_00  # cents a month where wages are of level 1


def contributions(
    staff: Staff, doing: Conduct, employers: Employers, months: Months, knobs: Knobs, rng: np.random.Generator
) -> pa.Table:
    """Contributions in the order of months, then as payroll is, scheme by scheme; known by the end."""
    known_on = filed_on(len(employers), months, knobs, rng)
    paid_on = _paid_on(doing, months, rng)
    row = np.flatnonzero(staff.insured)
    row = row[known_on[staff.employer[row], staff.month[row]] <= months.end]
    base = _base(staff, employers, row)
    scheme = np.tile(np.arange(len(knobs.schemes)), len(row))
    rates = np.array([SCHEME_RATES[name] for name in knobs.schemes])
    due = np.rint(base[:, None] * rates).astype(np.int64).ravel()
    row, base = np.repeat(row, len(rates)), np.repeat(base, len(rates))
    employer, month = staff.employer[row], staff.month[row]
    paid = paid_on[employer, month]
    return pa.table(
        {
            "employer_id": texts(employers.employer_id, employer),
            "worker_id": texts(staff.worker_ids, staff.worker[row]),
            "month": dates(months.first_days[month]),
            "scheme": texts(np.array(knobs.schemes), scheme),
            "base": money(base),
            "due": money(due),
            "paid": money(np.where(np.isnat(paid), 0, due)),
            "paid_on": dates(paid),
            "known_on": dates(known_on[employer, month]),
        }
    )


def _paid_on(doing: Conduct, months: Months, rng: np.random.Generator) -> Days:
    """By employer and month, for all schemes alike; NaT where it is not paid by the end.

    What is paid in one month is paid on one day: what lapsed, in one go.
    """
    shape = doing.caught_up.shape
    usual: Ints = rng.integers(8, 21, (shape[0], 1))
    day = usual + rng.integers(0, 6, (shape[0], shape[1] + 1))
    day = np.take_along_axis(day, doing.caught_up.astype(np.int64), axis=1)
    paid_on = months.day(doing.caught_up, day)
    return np.where(paid_on <= months.end, paid_on, NEVER)


def _base(staff: Staff, employers: Employers, row: Ints) -> Ints:
    """Cents: the usual wage, or the least base of the region where that is more or the employer keeps to it."""
    employer = staff.employer[row]
    by_region: Floats = LEAST_BASE * REGIONS["wage"].to_numpy()
    least: Ints = np.rint(by_region[employers.region[employer]]).astype(np.int64)
    return np.where(employers.ways.minimum_base[employer], least, np.maximum(staff.usual_wage[row], least))
