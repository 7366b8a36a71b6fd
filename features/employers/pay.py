"""Pay: what was due, what was paid by the day, and how late. Wages count as unpaid until known to be paid."""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import PAY_WAGES, PAY_WAGES_ON_TIME
from features.employers.catalogue import feature
from features.feature import Reason
from features.snapshots.books import Books

FAMILY = "pay"
NO_PAYROLL = Reason(en="no payroll of these months is known", zh="该期间无工资数据")


def _unpaid_share(payroll: Books, months: int) -> ir.Value:
    due = payroll.sum("due", months)
    return (due - payroll.sum("paid", months)) / due.nullif(0)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=(0, 1), direction=1, without_history=None, zh="近3个月应发工资中未支付的比例",
    reason=Reason(en="{value:.0%} of wages due in the last 3 months are unpaid", zh="近3个月应发工资中有{value:.0%}未支付"), absent=NO_PAYROLL,
)  # fmt: skip
def unpaid_share_3m(payroll: Books) -> ir.Value:
    """Wages due in the last three months and not paid by the day, over wages due."""
    return _unpaid_share(payroll, 3)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=(0, 1), direction=1, without_history=None, zh="近12个月应发工资中未支付的比例",
    reason=Reason(en="{value:.0%} of wages due in the last 12 months are unpaid", zh="近12个月应发工资中有{value:.0%}未支付"), absent=NO_PAYROLL,
)  # fmt: skip
def unpaid_share_12m(payroll: Books) -> ir.Value:
    """Wages due in the last twelve months and not paid by the day, over wages due."""
    return _unpaid_share(payroll, 12)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="currency", source="payroll", direction=1, zh="近12个月应发未付工资金额",
    reason=Reason(en="wages of the last 12 months not paid: {value:,.0f}", zh="近12个月应发未付工资{value:,.0f}元"),
)  # fmt: skip
def unpaid_amount_12m(payroll: Books) -> ir.Value:
    """Wages due in the last twelve months and not paid by the day."""
    return payroll.money("due", 12) - payroll.money("paid", 12)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="worker-months", source="payroll", direction=1, zh="近6个月工资未全额支付的人月数",
    reason=Reason(en="worker-months of the last 6 months not paid in full: {value:,.0f}", zh="近6个月工资未全额支付{value:,.0f}人月"),
)  # fmt: skip
def unpaid_worker_months_6m(payroll: Books) -> ir.Value:
    """Worker-months of the last six months whose wage is not paid in full by the day."""
    return payroll.sum("owed_workers", 6) - payroll.sum("paid_whole", 6)


@feature(
    family=FAMILY, changeable=PAY_WAGES_ON_TIME.to(0), unit="share", source="payroll", range=(0, 1), direction=1, without_history=None, zh="近12个月已付工资中迟发的比例",
    reason=Reason(en="{value:.0%} of wages paid for the last 12 months were paid late", zh="近12个月已付工资中有{value:.0%}迟发"), absent=NO_PAYROLL,
)  # fmt: skip
def late_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve months paid after the legal day, over worker-months paid."""
    return payroll.sum("late_workers", 12) / payroll.sum("paid_workers", 12).nullif(0)


@feature(
    family=FAMILY, changeable=PAY_WAGES_ON_TIME.to(0), unit="days", source="payroll", direction=1, without_history=None, zh="近12个月已付工资平均迟发天数",
    reason=Reason(en="days late on average with wages paid for the last 12 months: {value:.1f}", zh="近12个月已付工资平均迟发{value:.1f}天"), absent=NO_PAYROLL,
)  # fmt: skip
def mean_days_late_12m(payroll: Books) -> ir.Value:
    """Days between the legal day and the payment, 0 where in time, averaged over worker-months paid of the last twelve months."""
    return payroll.sum("late_days", 12) / payroll.sum("paid_workers", 12).nullif(0)


@feature(
    family=FAMILY, unit="months", source="payroll", range=(0, 13), zh="近12个月有工资申报的月数",
    reason=Reason(en="months of the last 12 with any payroll: {value:,.0f}", zh="近12个月有工资数据的月数：{value:,.0f}"),
)  # fmt: skip
def payroll_months_12m(payroll: Books) -> ir.Value:
    """Months of the last twelve for which any payroll is known."""
    return payroll.events("workers", 12)


@feature(
    family=FAMILY, unit="workers", source="payroll", without_history=None, zh="近3个月有工资数据月份的平均人数",
    reason=Reason(en="workers on the payroll in a month of the last 3, on average: {value:,.0f}", zh="近3个月月均在册{value:,.0f}人"), absent=NO_PAYROLL,
)  # fmt: skip
def workers_3m(payroll: Books) -> ir.Value:
    """Worker-months over months with payroll, of the last three months."""
    return payroll.sum("workers", 3) / payroll.events("workers", 3).nullif(0)


@feature(
    family=FAMILY, unit="share", source="payroll", range=(-1, None), without_history=None, zh="近3个月月均人数较近12个月的变化",
    reason=Reason(en="workers in a month of the last 3 against the last 12: {value:+.0%}", zh="近3个月月均人数较近12个月变化{value:+.0%}"), absent=NO_PAYROLL,
)  # fmt: skip
def workers_change(payroll: Books) -> ir.Value:
    """Mean workers a month of the last three months, over that of the last twelve, less 1."""
    lately = payroll.sum("workers", 3) / payroll.events("workers", 3).nullif(0)
    usual = payroll.sum("workers", 12) / payroll.events("workers", 12).nullif(0)
    return lately / usual.nullif(0) - 1


@feature(
    family=FAMILY, unit="currency a worker and month", source="payroll", without_history=None, zh="近3个月人均月应发工资",
    reason=Reason(en="wage due to a worker for a month, on average of the last 3: {value:,.0f}", zh="近3个月人均月应发工资{value:,.0f}元"), absent=NO_PAYROLL,
)  # fmt: skip
def mean_wage_3m(payroll: Books) -> ir.Value:
    """Wages due over worker-months, of the last three months."""
    return payroll.money("due", 3) / payroll.sum("workers", 3).nullif(0)
