"""The register `payroll`: what was due, what was paid on payday, and what came later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Array, Days, Flags, Ints
from experiments.province.columns import dates, money, texts
from experiments.province.conduct import Conduct
from experiments.province.employers import Employers
from experiments.province.filing import filed_on
from experiments.province.knobs import Knobs
from experiments.province.ledger import NEVER, Ledger
from experiments.province.months import Months
from experiments.province.staff import Staff


@dataclass(frozen=True)
class Rows:
    """Rows of the register; `row` numbers the worker-months of the staff, amounts are cents."""

    row: Ints
    due: Ints
    paid: Ints
    paid_on: Days
    known_on: Days

    def plus(self, *others: Rows) -> Rows:
        """These rows and then those."""
        every = (self, *others)
        names = ("row", "due", "paid", "paid_on", "known_on")
        return Rows(*(np.concatenate([getattr(rows, name) for rows in every]) for name in names))

    def at(self, chosen: Array) -> Rows:
        """The chosen rows, by flag or number."""
        return Rows(self.row[chosen], self.due[chosen], self.paid[chosen], self.paid_on[chosen], self.known_on[chosen])


def payroll(
    staff: Staff,
    ledger: Ledger,
    doing: Conduct,
    employers: Employers,
    months: Months,
    knobs: Knobs,
    rng: np.random.Generator,
) -> pa.Table:
    """Payroll in the order of months, known by the end of the simulation."""
    row = np.flatnonzero(staff.month >= months.first)
    known_on = filed_on(len(employers), months, knobs, rng)[staff.employer[row], staff.month[row]]
    settled_on = _settled_on(staff, ledger, row)
    first = _first_told(staff, doing, months, row, settled_on, known_on)
    wrong = (rng.random(len(row)) < knobs.corrections) & (staff.unpaid[row] == 0)
    told = _with_errors(first, wrong, rng).plus(
        _paid_later(first, staff, settled_on, rng), _corrected(first.at(wrong), rng)
    )
    return _table(_known(told, staff, months), staff, employers, months)


def _settled_on(staff: Staff, ledger: Ledger, row: Ints) -> Days:
    """The day on which what stayed unpaid on payday was paid; NaT for wages paid on payday too."""
    month = np.minimum(staff.month[row] + 2, ledger.owed.shape[1])  # it is owed from the end of the next month
    settled_on = ledger.next_settlement()[staff.employer[row], month]
    return np.where(staff.unpaid[row] > 0, settled_on, NEVER)


def _first_told(staff: Staff, doing: Conduct, months: Months, row: Ints, settled_on: Days, known_on: Days) -> Rows:
    """One row a worker-month. Wages that wholly stayed unpaid carry their settlement, which is one payment."""
    employer, month = staff.employer[row], staff.month[row]
    wage, unpaid = staff.wage[row], staff.unpaid[row]
    nothing = unpaid == wage
    paid = np.where(nothing & ~np.isnat(settled_on), wage, wage - unpaid)
    paid_on = np.where(nothing, settled_on, months.day(month + 1, doing.payday[employer, month]))
    return Rows(row, wage, paid, paid_on, known_on)


def _paid_later(first: Rows, staff: Staff, settled_on: Days, rng: np.random.Generator) -> Rows:
    """Corrections that tell the rest of a wage of which a part was paid on payday."""
    later = np.flatnonzero((staff.unpaid[first.row] < first.due) & ~np.isnat(settled_on))
    rows = first.at(later)
    seen_on = settled_on[later] + rng.integers(2, 11, len(later)).astype("timedelta64[D]")
    known_on = np.maximum(seen_on, rows.known_on + np.timedelta64(1, "D"))
    return Rows(rows.row, rows.due, rows.due, settled_on[later], known_on)


def _with_errors(first: Rows, wrong: Flags, rng: np.random.Generator) -> Rows:
    factor = np.where(wrong, rng.uniform(0.3, 1.6, len(wrong)), 1.0)
    due = np.rint(first.due * factor).astype(np.int64)
    return Rows(first.row, due, np.where(wrong, due, first.paid), first.paid_on, first.known_on)


def _corrected(right: Rows, rng: np.random.Generator) -> Rows:
    known_on = right.known_on + rng.integers(10, 61, len(right.row)).astype("timedelta64[D]")
    return Rows(right.row, right.due, right.paid, right.paid_on, known_on)


def _known(told: Rows, staff: Staff, months: Months) -> Rows:
    """What is known by the end, in the order of months; payments after it were not made."""
    told = told.at(told.known_on <= months.end)
    told = told.at(np.argsort(staff.month[told.row].astype(np.int16), kind="stable"))
    made = told.paid_on <= months.end
    return Rows(told.row, told.due, np.where(made, told.paid, 0), np.where(made, told.paid_on, NEVER), told.known_on)


def _table(told: Rows, staff: Staff, employers: Employers, months: Months) -> pa.Table:
    return pa.table(
        {
            "employer_id": texts(employers.employer_id, staff.employer[told.row]),
            "worker_id": texts(staff.worker_ids, staff.worker[told.row]),
            "month": dates(months.first_days[staff.month[told.row]]),
            "wage_due": money(told.due),
            "wage_paid": money(told.paid),
            "paid_on": dates(told.paid_on),
            "known_on": dates(told.known_on),
        }
    )
