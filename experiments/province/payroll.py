"""The register `payroll` of a block of employers: what was due, what was paid on payday, and what came later."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Days, Flags, Ints, at
from experiments.province.columns import dates, money, texts
from experiments.province.conduct import Conduct
from experiments.province.employers import Employers
from experiments.province.filing import filed_on
from experiments.province.knobs import Knobs
from experiments.province.ledger import NEVER
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


def payroll(
    staff: Staff,
    settlements: Days,
    doing: Conduct,
    employers: Employers,
    months: Months,
    knobs: Knobs,
    rng: np.random.Generator,
) -> pa.Table:
    """Payroll in the order of months, known by the end of the simulation.

    `settlements` by employer and month: the first day from that month on which arrears are settled.
    """
    staff = _as_reported(staff, employers)
    row = np.flatnonzero(doing.files[staff.employer, staff.month])
    known_on = filed_on(len(employers), months, knobs, rng)[staff.employer[row], staff.month[row]]
    settled_on = _settled_on(staff, settlements, row)
    first = _first_told(staff, doing, months, row, settled_on, known_on)
    wrong = (rng.random(len(row)) < knobs.corrections) & (staff.unpaid[row] == 0)
    told = _with_errors(first, wrong, rng).plus(
        _paid_later(first, staff, settled_on, rng), _corrected(at(first, wrong), rng)
    )
    restated = doing.restates[staff.employer[row], staff.month[row]] & ~wrong
    told = told.plus(_restated(first, restated, settled_on, rng))
    return _table(_known(told, staff, months), staff, employers, months)


def _as_reported(staff: Staff, employers: Employers) -> Staff:
    """Where employers report pay not made, nothing stays unpaid."""
    return replace(staff, unpaid=np.where(employers.ways.reports_unmade[staff.employer], 0, staff.unpaid))


def _settled_on(staff: Staff, settlements: Days, row: Ints) -> Days:
    """The day on which what stayed unpaid on payday was paid; NaT for wages paid on payday too."""
    month = np.minimum(staff.month[row] + 2, settlements.shape[1] - 1)  # it is owed from the end of the next month
    return np.where(staff.unpaid[row] > 0, settlements[staff.employer[row], month], NEVER)


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
    rows = at(first, later)
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


def _restated(first: Rows, chosen: Flags, settled_on: Days, rng: np.random.Generator) -> Rows:
    """Corrections by which less was due and no more than that paid. A settlement, told later, is of the whole wage."""
    known_on = first.known_on + rng.integers(5, 31, len(first.row)).astype("timedelta64[D]")
    chosen = chosen & (np.isnat(settled_on) | (settled_on > known_on))
    rows = at(first, chosen)
    due = np.rint(rows.due * rng.uniform(0.6, 0.95, len(rows.row))).astype(np.int64)
    return Rows(rows.row, due, np.minimum(rows.paid, due), rows.paid_on, known_on[chosen])


def _known(told: Rows, staff: Staff, months: Months) -> Rows:
    """What is known by the end, in the order of months; payments after it were not made."""
    told = at(told, told.known_on <= months.end)
    told = at(told, np.argsort(staff.month[told.row].astype(np.int16), kind="stable"))
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
