"""The whole province: chance in, registers and truth out."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from experiments.province.cash import closing_months, draw_cash
from experiments.province.chance import stream
from experiments.province.conduct import conduct
from experiments.province.contributions import contributions
from experiments.province.employers import draw_employers
from experiments.province.knobs import Knobs
from experiments.province.months import months_of
from experiments.province.oversight import oversee
from experiments.province.payroll import payroll
from experiments.province.staff import draw_staff
from experiments.province.tables import complaints_table, employers_table, inspections_table, truth_table


@dataclass(frozen=True)
class Province:
    """Registers by name, in canonical columns, and the truth: employer_id, month, in_arrears, amount_owed, began."""

    registers: dict[str, pa.Table]
    truth: pa.Table


def simulate(knobs: Knobs = Knobs(), seed: int = 1) -> Province:  # noqa: B008 (frozen)
    """A province; the same knobs and seed give the same tables."""
    months = months_of(knobs)
    employers = draw_employers(knobs, months, stream(seed, "employers"))
    cash = draw_cash(employers, months, knobs, stream(seed, "cash"))
    closing = closing_months(cash, employers, months, knobs, stream(seed, "closing"))
    doing = conduct(cash, employers, closing, months, knobs, stream(seed, "conduct"))
    staff = draw_staff(employers, doing, months, knobs, stream(seed, "staff"))
    ledger, complaints, inspections = oversee(staff, doing, employers, closing, months, knobs, seed)
    registers = {
        "employers": employers_table(employers, closing, months, seed),
        "payroll": payroll(staff, ledger, doing, employers, months, knobs, stream(seed, "payroll")),
        "contributions": contributions(staff, doing, employers, months, knobs, stream(seed, "contributions")),
        "complaints": complaints_table(complaints, employers, months),
        "inspections": inspections_table(inspections, employers, months),
    }
    return Province(registers, truth_table(ledger, doing, employers, months))
