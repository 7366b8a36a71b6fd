"""Contributions against the payroll: who is insured, and on what base."""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import INSURE, USUAL
from features.employers.catalogue import feature
from features.employers.contributions import FAMILY
from features.feature import Reason
from features.insured_as_usual import less_before, no_less_than_usual
from features.minimum_wages import GRADES, of_region
from features.snapshots.books import Books
from features.snapshots.subjects import Employer

NOT_COMPARED = Reason(
    en="payroll and contributions of these months cannot be compared", zh="该期间工资与缴费数据无法比对"
)


@feature(
    family=FAMILY, changeable=INSURE.to(USUAL), unit="share", source=("contributions", "payroll"), direction=-1, without_history=None, zh="近3个月参保人月与工资人月之比",
    reason=Reason(en="insured as a share of those on the payroll, in the last 3 months: {value:.0%}", zh="近3个月参保人数为工资表在册人数的{value:.0%}（按人月计）"),
    absent=NOT_COMPARED,
)  # fmt: skip
def insured_share_3m(contributions: Books, payroll: Books) -> ir.Value:
    """Worker-months insured for pension, over worker-months on the payroll, of the last three months."""
    insured = contributions.sum("insured", 3)
    return insured.nullif(0) / payroll.sum("workers", 3).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.to(USUAL), unit="share", source=("contributions", "payroll"), direction=-1, without_history=None, zh="近3个月缴费基数与应发工资之比",
    reason=Reason(en="contributions are reckoned from {value:.0%} of the wages due in the last 3 months", zh="近3个月缴费基数为应发工资的{value:.0%}"),
    absent=NOT_COMPARED,
)  # fmt: skip
def base_to_wages_3m(contributions: Books, payroll: Books) -> ir.Value:
    """Base of pension contributions, over wages due, of the last three months."""
    return contributions.sum("base", 3).nullif(0) / payroll.sum("due", 3).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.to(USUAL), unit="share", source=("contributions", "payroll"), direction=-1, without_history=None, zh="近12个月缴费基数与应发工资之比",
    reason=Reason(en="contributions are reckoned from {value:.0%} of the wages due in the last 12 months", zh="近12个月缴费基数为应发工资的{value:.0%}"), absent=NOT_COMPARED,
)  # fmt: skip
def base_to_wages_12m(contributions: Books, payroll: Books) -> ir.Value:
    """Base of pension contributions, over wages due, of the last twelve months."""
    return contributions.sum("base", 12).nullif(0) / payroll.sum("due", 12).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.to(less_before("base_to_wages_3m", "base_to_wages_change")), unit="share", source=("contributions", "payroll"), range=(None, None), without_history=None, zh="近3个月缴费基数与应发工资之比与此前9个月之差",
    reason=Reason(en="base of contributions as a share of wages, last 3 months less the 9 before: {value:points}", zh="近3个月缴费基数占应发工资的比例与此前9个月相差{value:points}"), absent=NOT_COMPARED,
)  # fmt: skip
def base_to_wages_change(contributions: Books, payroll: Books) -> ir.Value:
    """Base of pension contributions over wages due of the last three months, less that of the nine before."""
    lately = contributions.sum("base", 3).nullif(0) / payroll.sum("due", 3).nullif(0)
    return lately - contributions.sum("base", 9, skip=3).nullif(0) / payroll.sum("due", 9, skip=3).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.to(less_before("insured_share_3m", "insured_share_change")), unit="share", source=("contributions", "payroll"), range=(None, None), without_history=None, zh="近3个月参保人月与工资人月之比与此前9个月之差",
    reason=Reason(en="insured as a share of those on the payroll, last 3 months less the 9 before: {value:points}", zh="近3个月参保人月占工资人月的比例与此前9个月相差{value:points}"), absent=NOT_COMPARED,
)  # fmt: skip
def insured_share_change(contributions: Books, payroll: Books) -> ir.Value:
    """Worker-months insured for pension over those on the payroll of the last three months, less that of the nine before."""
    lately = contributions.sum("insured", 3).nullif(0) / payroll.sum("workers", 3).nullif(0)
    return lately - contributions.sum("insured", 9, skip=3).nullif(0) / payroll.sum("workers", 9, skip=3).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.at_worst(no_less_than_usual("least_base_share_6m")), unit="share", source=("contributions", "employers"), range=(0, 1), direction=1, without_history=None, zh="近6个月按所在地区缴费基数下限或以下参保的人月比例",
    reason=Reason(en="{value:.0%} of worker-months insured in the last 6 months are at the region's least base or below", zh="近6个月参保人月中有{value:.0%}按不高于所在地区缴费基数下限参保"), absent=Reason(en="no contributions of these months, or no least base of the region, is known", zh="该期间无缴费数据或无所在地区缴费基数下限"),
)  # fmt: skip
def least_base_share_6m(contributions: Books, employer: Employer) -> ir.Value:
    """Worker-months of the last six insured for pension on a base of no more than the region's least, over those insured."""
    least = of_region(employer.column("region"), {g: contributions.sum(f"at_least_{g}", 6) for g in GRADES})
    return least / contributions.sum("insured", 6).nullif(0)
