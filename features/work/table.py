"""The work of claims' persons as of the claims' days, as table expressions: both engines run them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

import ibis.expr.types as ir

from features.snapshots.measures import with_measures
from features.work.asked import KEY, asked_of
from features.work.before import before, first_contribution, paid_together
from features.work.measures import WORK
from features.work.months import months_of
from features.work.there import claiming_there, insured_there, insured_unpaid, named_not_last, regions_at_once
from features.work.while_claiming import by_month, paid_at_work, while_claiming

Kept = Callable[[ir.Table], ir.Table]  # an expression that others rest on, run once


def months_asked(claims: ir.Table, registers: Mapping[str, ir.Table]) -> ir.Table | None:
    """The months of `months_of` with the columns of `asked_of`; None where neither payroll nor contributions are there."""
    payroll, contributions = registers.get("payroll"), registers.get("contributions")
    if payroll is None and contributions is None:
        return None
    asked = asked_of(claims).rename(named="employer_id")
    return months_of(claims, payroll, contributions).join(asked, list(KEY))


def work_as_of(
    claims: ir.Table, registers: Mapping[str, ir.Table], cells: Mapping[str, ir.Table], keep: Kept = lambda table: table
) -> ir.Table:
    """(as_of, claim_id, `work.*`), a row for each of `claims`, with the measures that the registers there are can tell.

    `claims` come from `claims_known_by`. `registers`: the rows of `claims` and, where they are there, of `payroll`,
    `contributions`, `payouts` and `employers`; `cells`: the folds `payroll` and `contributions` of those that are there.
    """
    return work_told(
        claims, months_asked(claims, registers), claiming_there(claims, registers["claims"]), registers, cells, keep
    )


def work_told(
    claims: ir.Table,
    months: ir.Table | None,
    claiming: ir.Table,
    registers: Mapping[str, ir.Table],
    cells: Mapping[str, ir.Table],
    keep: Kept = lambda table: table,
) -> ir.Table:
    """`work_as_of`, from the `months` of the claims' persons and who else was `claiming` there."""
    asked, parts = asked_of(claims), [claiming]
    if months is not None:
        parts += _of_months(asked, keep(months), registers, cells)
    if "contributions" in cells:
        parts.append(insured_there(asked, cells["contributions"]))
    found = reduce(_beside, parts, asked.select(*KEY))
    if "contributions" in cells:
        workers = found.insured_there.cast("float64").nullif(0)
        found = found.mutate(claiming_there_share=found.claiming_there / workers)
    told = [m for m in WORK.values() if m.name in found.columns and m.told_by(registers)]
    named = found.select(*KEY, **{measure.column: found[measure.name] for measure in told})
    return with_measures(claims.select(*KEY), named, WORK, KEY)


def _of_months(
    asked: ir.Table, months: ir.Table, registers: Mapping[str, ir.Table], cells: Mapping[str, ir.Table]
) -> list[ir.Table]:
    monthly = by_month(months)
    parts = [while_claiming(asked, monthly), before(asked, monthly), named_not_last(asked, months)]
    if "payouts" in registers and "payroll" in registers:
        parts.append(paid_at_work(asked, monthly, registers["payouts"]))
    if "contributions" in registers:
        parts += [paid_together(asked, monthly), first_contribution(asked, monthly, registers["contributions"])]
    if "contributions" in registers and "payroll" in cells:
        parts.append(insured_unpaid(months, cells["payroll"]))
    if "contributions" in registers and "employers" in registers:
        parts.append(regions_at_once(months, registers["employers"]))
    return parts


def _beside(table: ir.Table, part: ir.Table) -> ir.Table:
    return table.left_join(part, list(KEY)).drop("as_of_right", "claim_id_right")
