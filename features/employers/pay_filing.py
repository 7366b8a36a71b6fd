"""How payroll is filed: whether at all, when, and whether it is taken back."""

from __future__ import annotations

import ibis.expr.types as ir

from features.employers.catalogue import SHARE, feature, no_payroll
from features.feature import Reason
from features.limits import LATE_REPORT_DAYS
from features.snapshots.books import Books

FAMILY = "pay"
NEVER_FILED = Reason(en="no payroll is known", zh="无工资数据")


@feature(
    family=FAMILY, unit="months", source="payroll", range=(0, 13), zh="近12个月有工资申报的月数",
    reason=Reason(en="months of the last 12 with any payroll: {value:,.0f}", zh="近12个月有工资数据的月数：{value:,.0f}"),
)  # fmt: skip
def payroll_months_12m(payroll: Books) -> ir.Value:
    """Months of the last twelve for which any payroll is known."""
    return payroll.events("workers", 12)


@feature(
    family=FAMILY, unit="months", source="payroll", range=(0, 12), without_history=None, zh="近12个月中首次申报工资之后未见工资数据的月数",
    reason=Reason(en="months of the last 12 without payroll, since payroll was first filed: {value:,.0f}", zh="近12个月中首次申报工资后未见工资数据的月数：{value:,.0f}"), absent=NEVER_FILED,
)  # fmt: skip
def payroll_months_missing_12m(payroll: Books) -> ir.Value:
    """Months fallen due of the last twelve, from the first with payroll on, for which none is known."""
    expected = (payroll.months_since_first("workers", due=True) + 1).clip(upper=12)
    return expected - payroll.events("workers", 12, due=True)


@feature(
    family=FAMILY, unit="months", source="payroll", without_history=None, zh="距最近一个有工资数据的月份的月数",
    reason=Reason(en="months from the last with payroll to the last that has ended: {value:,.0f}", zh="最近一个有工资数据的月份距最近结束的月份{value:,.0f}个月"), absent=NEVER_FILED,
)  # fmt: skip
def months_since_payroll(payroll: Books) -> ir.Value:
    """Months from the newest for which any payroll is known to the newest that has ended."""
    return payroll.months_since_last("workers")


@feature(
    family=FAMILY, unit="days", source="payroll", direction=1, without_history=None, zh="近12个月工资数据平均申报天数（自月末起）",
    reason=Reason(en="days from the end of a month until its payroll was known, on average over 12 months: {value:.0f}", zh="近12个月工资数据平均在月末后{value:.0f}天获知"), absent=no_payroll(12),
)  # fmt: skip
def reported_days_12m(payroll: Books) -> ir.Value:
    """Days from the end of the month until the wage was first told of, averaged over worker-months of the last twelve."""
    return payroll.share("reported_days", "workers", 12)


@feature(
    family=FAMILY, unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月工资数据中迟报的人月比例",
    reason=Reason(en=f"payroll of {{value:.0%}} of worker-months of the last 12 months was known more than {LATE_REPORT_DAYS} days after the month", zh=f"近12个月有{{value:.0%}}的人月工资数据在月末{LATE_REPORT_DAYS}天后才获知"), absent=no_payroll(12),
)  # fmt: skip
def late_reported_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve first told of more than `late_report_days` after the month, over all."""
    return payroll.share("reported_late", "workers", 12)


@feature(
    family=FAMILY, unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月应发工资被更正调低的人月比例",
    reason=Reason(en="the wage due was corrected downwards for {value:.1%} of worker-months of the last 12 months", zh="近12个月有{value:.1%}的人月应发工资被更正调低"), absent=no_payroll(12),
)  # fmt: skip
def lowered_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve whose last correction lowered the wage due, over all."""
    return payroll.share("lowered", "workers", 12)
