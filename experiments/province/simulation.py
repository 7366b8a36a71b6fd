"""The whole province: chance in, registers and truth out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from experiments.province.arrays import Days, Ints, at
from experiments.province.benefits.block import draw_benefits
from experiments.province.bonds import draw_bonds, draw_circles
from experiments.province.cash import Fortunes, draw_fortunes
from experiments.province.chance import stream
from experiments.province.conduct import Conduct, conduct
from experiments.province.contractors import draw_contractors
from experiments.province.contributions import contributions
from experiments.province.employers import Employers, draw_firms, named
from experiments.province.employment import kin_of
from experiments.province.grouping import blocks_of, in_order_of_months
from experiments.province.knobs import Knobs
from experiments.province.months import Months, months_of
from experiments.province.oversight import Wages, oversee
from experiments.province.payroll import payroll
from experiments.province.staff import draw_staff
from experiments.province.staffing import Staffing, draw_staffing
from experiments.province.tables import complaints_table, employers_table, inspections_table, kinds_table, truth_table
from experiments.province.ties import ties_table
from experiments.province.visits import visits_table

BY_MONTH = ("payroll", "contributions")  # registers in the order of months
CLAIMS_TRUTH = "claims_truth"
Progress = Callable[[str, int, int], None]  # what is done, how many steps of it, of how many


def silent(step: str, done: int, of: int) -> None:
    """Tells nothing."""


@dataclass(frozen=True)
class Province:
    """Registers by name, in canonical columns, and tables of truth.

    `truth`: employer_id, month, in_arrears, amount_owed, began. `kinds`: what each employer is; `visits`:
    what a visit by lot would meet (README.md).
    `claims_truth`: what each claim is, where benefits are simulated.
    """

    knobs: Knobs
    seed: int
    registers: dict[str, pa.Table]
    truth: pa.Table
    kinds: pa.Table
    visits: pa.Table
    claims_truth: pa.Table | None = None


@dataclass(frozen=True)
class Unpaid:
    """A province but for what is of workers, and what that needs. Its `province` has the other registers."""

    province: Province
    months: Months
    employers: Employers
    fortunes: Fortunes
    doing: Conduct
    settlements: Days
    blocks: list[Ints]

    def pay(self) -> Iterator[dict[str, pa.Table]]:
        """`pay_of` one block of employers after another."""
        for block in range(len(self.blocks)):
            yield self.pay_of(block)

    def pay_of(self, block: int) -> dict[str, pa.Table]:
        """Payroll and contributions of the employers of one block in the order of months; benefits with their truth, if any."""
        rows, months, knobs, seed = self.blocks[block], self.months, self.province.knobs, self.province.seed
        employers, doing = at(self.employers, rows), at(self.doing, rows)
        staffing = _staffing(block, employers, doing, months, knobs, seed)
        kin = at(kin_of(self.fortunes.predecessor, self.employers.spider), rows)
        staff = draw_staff(block, staffing, employers, kin, months, knobs, stream(seed, f"staff {block}"))
        told, insured = stream(seed, f"payroll {block}"), stream(seed, f"contributions {block}")
        pay = {
            "payroll": payroll(staff, self.settlements[rows], doing, employers, months, knobs, told),
            "contributions": contributions(staff, doing, employers, months, knobs, insured),
        }
        if not knobs.benefits:
            return pay
        drawn = draw_benefits(block, staff, employers, months, knobs, seed)
        pay["contributions"] = in_order_of_months([pay["contributions"], drawn.contributions])
        return pay | drawn.registers | {CLAIMS_TRUTH: drawn.truth}


def prepare(knobs: Knobs, seed: int, progress: Progress = silent) -> Unpaid:
    """All of a province that is drawn for all employers at once."""
    months = months_of(knobs)
    firms = draw_firms(knobs, months, stream(seed, "employers"))
    contractor = draw_contractors(firms, knobs, stream(seed, "contractors"))
    fortunes = draw_fortunes(firms, contractor, months, knobs, seed)
    progress("Cash and closings", 1, 1)
    employers = named(firms, stream(seed, "names"))
    doing = conduct(fortunes, firms, months, knobs, stream(seed, "conduct"))
    blocks = blocks_of(fortunes.predecessor, employers.spider, knobs.block)
    wages = _wages(blocks, employers, doing, months, knobs, seed, progress)
    ledger, complaints, inspections = oversee(wages, doing, employers, fortunes.closing, months, knobs, seed)
    progress("Complaints and inspections", 1, 1)
    circles = draw_circles(firms, knobs, stream(seed, "circles"))
    bonds = draw_bonds(circles, firms, fortunes, stream(seed, "bonds"))
    registers = {
        "employers": employers_table(employers, fortunes.closing, months, seed),
        "employer_ties": ties_table(bonds, employers, months, knobs, stream(seed, "ties")),
        "complaints": complaints_table(complaints, employers, months),
        "inspections": inspections_table(inspections, employers, months),
    }
    truth = truth_table(ledger, doing, employers, months)
    kinds = kinds_table(employers, fortunes, bonds.address_shared)
    visits = visits_table(ledger, employers, fortunes.closing, months, knobs)
    province = Province(knobs, seed, registers, truth, kinds, visits)
    return Unpaid(province, months, employers, fortunes, doing, ledger.next_settlement(), blocks)


def _staffing(block: int, employers: Employers, doing: Conduct, months: Months, knobs: Knobs, seed: int) -> Staffing:
    """The same each time: once for the ledger, once for the registers."""
    return draw_staffing(employers, doing, months, knobs, stream(seed, f"staffing {block}"))


def _wages(
    blocks: list[Ints],
    employers: Employers,
    doing: Conduct,
    months: Months,
    knobs: Knobs,
    seed: int,
    progress: Progress,
) -> Wages:
    shape = (len(employers), months.number)
    wages = Wages(*(np.zeros(shape, dtype=kind) for kind in (np.int64, np.int64, np.int32)))
    for block, rows in enumerate(blocks):
        staffing = _staffing(block, at(employers, rows), at(doing, rows), months, knobs, seed)
        for total, values in (
            (wages.bill, staffing.wage),
            (wages.unpaid, staffing.unpaid),
            (wages.heads, staffing.filled),
        ):
            total[rows] = staffing.sums(values)
        progress("Wages due", block + 1, len(blocks))
    return wages


def simulate(knobs: Knobs = Knobs(), seed: int = 1) -> Province:  # noqa: B008 (frozen)
    """A province in memory; the same knobs and seed give the same tables."""
    unpaid = prepare(knobs, seed)
    blocks = list(unpaid.pay())
    tables = {name: [block[name] for block in blocks] for name in blocks[0]}
    whole = {
        name: in_order_of_months(parts) if name in BY_MONTH else pa.concat_tables(parts)
        for name, parts in tables.items()
    }
    truth = whole.pop(CLAIMS_TRUTH, None)
    return replace(unpaid.province, registers=unpaid.province.registers | whole, claims_truth=truth)
