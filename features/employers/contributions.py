"""Contributions: what was due to the funds, what was paid by the day, and how it fits the payroll."""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import INSURE, PAY_CONTRIBUTIONS, PAY_CONTRIBUTIONS_ON_TIME, USUAL
from features.employers.catalogue import feature
from features.feature import Reason
from features.snapshots.books import Books

FAMILY = "contributions"
NONE_KNOWN = Reason(en="no contributions of these months are known", zh="该期间无缴费数据")


@feature(
    family=FAMILY, changeable=PAY_CONTRIBUTIONS.to(0), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="近3个月应缴社会保险费中未缴的比例",
    reason=Reason(en="{value:.0%} of contributions due for the last 3 months are unpaid", zh="近3个月应缴社会保险费中有{value:.0%}未缴"), absent=NONE_KNOWN,
)  # fmt: skip
def contributions_unpaid_share_3m(contributions: Books) -> ir.Value:
    """Contributions due for the last three months and not paid by the day, over contributions due."""
    due = contributions.sum("due", 3)
    return (due - contributions.sum("paid", 3)) / due.nullif(0)


@feature(
    family=FAMILY, changeable=PAY_CONTRIBUTIONS.to(0), unit="currency", source="contributions", direction=1, zh="近12个月应缴未缴社会保险费金额",
    reason=Reason(en="contributions of the last 12 months not paid: {value:,.0f}", zh="近12个月应缴未缴社会保险费{value:,.0f}元"),
)  # fmt: skip
def contributions_unpaid_12m(contributions: Books) -> ir.Value:
    """Contributions due for the last twelve months and not paid by the day."""
    return contributions.money("due", 12) - contributions.money("paid", 12)


@feature(
    family=FAMILY, changeable=PAY_CONTRIBUTIONS_ON_TIME.to(0), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="近12个月已缴社会保险费中迟缴的比例",
    reason=Reason(en="{value:.0%} of contributions paid for the last 12 months were paid late", zh="近12个月已缴社会保险费中有{value:.0%}迟缴"), absent=NONE_KNOWN,
)  # fmt: skip
def contributions_late_share_12m(contributions: Books) -> ir.Value:
    """Lines of the last twelve months paid after the legal day, over lines paid."""
    return contributions.sum("late_lines", 12) / contributions.sum("paid_lines", 12).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.to(USUAL), unit="share", source=("contributions", "payroll"), direction=-1, without_history=None, zh="近3个月参保人月与工资人月之比",
    reason=Reason(en="insured for every 100 on the payroll, in the last 3 months: {value:.0%}", zh="近3个月参保人月为工资人月的{value:.0%}"),
    absent=Reason(en="payroll and contributions of these months cannot be compared", zh="该期间工资与缴费数据无法比对"),
)  # fmt: skip
def insured_share_3m(contributions: Books, payroll: Books) -> ir.Value:
    """Worker-months insured for pension, over worker-months on the payroll, of the last three months."""
    insured = contributions.sum("insured", 3)
    return insured.nullif(0) / payroll.sum("workers", 3).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.to(USUAL), unit="share", source=("contributions", "payroll"), direction=-1, without_history=None, zh="近3个月缴费基数与应发工资之比",
    reason=Reason(en="contributions are reckoned from {value:.0%} of the wages due in the last 3 months", zh="近3个月缴费基数为应发工资的{value:.0%}"),
    absent=Reason(en="payroll and contributions of these months cannot be compared", zh="该期间工资与缴费数据无法比对"),
)  # fmt: skip
def base_to_wages_3m(contributions: Books, payroll: Books) -> ir.Value:
    """Base of pension contributions, over wages due, of the last three months."""
    return contributions.sum("base", 3).nullif(0) / payroll.sum("due", 3).nullif(0)
