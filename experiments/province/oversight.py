"""Month after month: wages fall due, some settle, some complain, some are inspected, and authorities enforce."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from experiments.province.arrays import Columns, Ints
from experiments.province.chance import stream
from experiments.province.complaints import file_complaints
from experiments.province.conduct import Conduct
from experiments.province.employers import Firms
from experiments.province.inspections import habits, open_inspections
from experiments.province.knobs import Knobs
from experiments.province.ledger import Ledger, open_ledger, settles
from experiments.province.months import Months
from experiments.province.scene import scene


@dataclass(frozen=True)
class Wages:
    """By employer and month of work."""

    bill: Ints  # cents due
    unpaid: Ints  # cents not paid on payday
    heads: Ints  # workers


def oversee(
    wages: Wages, doing: Conduct, firms: Firms, closing: Ints, months: Months, knobs: Knobs, seed: int
) -> tuple[Ledger, Columns, Columns]:
    """The ledger of what is owed, complaints and inspections, all of them with what only comes later."""
    ledger = open_ledger(wages.unpaid)
    settling, complaining, inspecting = (stream(seed, part) for part in ("settling", "complaints", "inspections"))
    habit = habits(firms, knobs, inspecting)
    open_until = np.full(len(firms), months.first_days[0])
    filed: list[Columns] = []
    opened: list[Columns] = []
    for month in range(1, months.number):
        willing = settles(month, doing.in_need[:, month], firms, months, knobs, settling)
        day = months.day(np.full(len(firms), month), settling.integers(1, 29, len(firms)))
        ledger.close(month, willing, day)
        seen = scene(month, ledger, wages.bill, wages.heads, doing, firms, closing, months, knobs.stale_months)
        filed.append(file_complaints(seen, open_until, firms, months, knobs, complaining))
        opened.append(open_inspections(seen, filed[-1], habit, firms, months, knobs, inspecting))
        open_until[filed[-1]["employer"]] = filed[-1]["decided_on"]
        for events, closes_on in ((filed[-1], "decided_on"), (opened[-1], "closed_on")):
            enforced = events["enforced"]
            ledger.order(events["employer"][enforced], events[closes_on][enforced], months)
    complaints = _recovered(_joined(filed), ledger, "decided_on", "amount_proven")
    return ledger, complaints, _recovered(_joined(opened), ledger, "closed_on", "amount_owed")


def _joined(parts: list[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _recovered(events: Columns, ledger: Ledger, closes_on: str, amount: str) -> Columns:
    """With `amount_recovered`: all of it where the employer settled by the day of the decision, else nothing."""
    settled_on = ledger.next_settlement()[events["employer"], events["month"]]
    recovered = np.where(settled_on <= events[closes_on], events[amount], 0)
    return events | {"amount_recovered": recovered}
