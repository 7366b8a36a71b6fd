"""Month after month: wages fall due, some settle, some complain, some are inspected, and authorities enforce."""

from __future__ import annotations

import numpy as np

from experiments.province.arrays import Columns, Ints
from experiments.province.chance import stream
from experiments.province.complaints import file_complaints
from experiments.province.conduct import Conduct
from experiments.province.employers import Employers
from experiments.province.inspections import habits, open_inspections
from experiments.province.knobs import Knobs
from experiments.province.ledger import Ledger, open_ledger, settles
from experiments.province.months import Months
from experiments.province.scene import scene
from experiments.province.staff import Staff


def oversee(
    staff: Staff, doing: Conduct, employers: Employers, closing: Ints, months: Months, knobs: Knobs, seed: int
) -> tuple[Ledger, Columns, Columns]:
    """The ledger of what is owed, complaints and inspections, all of them with what only comes later."""
    shape = (len(employers), months.number)
    ledger = open_ledger(_sums(staff, staff.unpaid, shape))
    bill, heads = _sums(staff, staff.wage, shape), _sums(staff, np.ones_like(staff.wage), shape)
    settling, complaining, inspecting = (stream(seed, part) for part in ("settling", "complaints", "inspections"))
    habit = habits(employers, knobs, inspecting)
    open_until = np.full(len(employers), months.first_days[0])
    filed: list[Columns] = []
    opened: list[Columns] = []
    for month in range(1, months.number):
        willing = settles(month, doing.in_need[:, month], employers, months, knobs, settling)
        day = months.day(np.full(len(employers), month), settling.integers(1, 29, len(employers)))
        ledger.close(month, willing, day)
        seen = scene(month, ledger, bill, heads, doing, employers, closing, months, knobs.stale_months)
        filed.append(file_complaints(seen, open_until, employers, months, knobs, complaining))
        opened.append(open_inspections(seen, filed[-1], habit, employers, months, knobs, inspecting))
        open_until[filed[-1]["employer"]] = filed[-1]["decided_on"]
        for events, closes_on in ((filed[-1], "decided_on"), (opened[-1], "closed_on")):
            enforced = events["enforced"]
            ledger.order(events["employer"][enforced], events[closes_on][enforced], months)
    complaints = _recovered(_joined(filed), ledger, "decided_on", "amount_proven")
    return ledger, complaints, _recovered(_joined(opened), ledger, "closed_on", "amount_owed")


def _sums(staff: Staff, values: Ints, shape: tuple[int, int]) -> Ints:
    cells = staff.employer * shape[1] + staff.month
    return np.bincount(cells, values, shape[0] * shape[1]).reshape(shape).astype(np.int64)


def _joined(parts: list[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _recovered(events: Columns, ledger: Ledger, closes_on: str, amount: str) -> Columns:
    """With `amount_recovered`: all of it where the employer settled by the day of the decision, else nothing."""
    settled_on = ledger.next_settlement()[events["employer"], events["month"]]
    recovered = np.where(settled_on <= events[closes_on], events[amount], 0)
    return events | {"amount_recovered": recovered}
