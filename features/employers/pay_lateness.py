"""How late pay was that has been made: counted in worker-months, from the legal day on."""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import PAY_WAGES, PAY_WAGES_ON_TIME
from features.employers.catalogue import CHANGE, SHARE, feature, months_of, no_wages_paid
from features.feature import Reason
from features.limits import LONG_LATE_DAYS, VERY_LONG_LATE_DAYS
from features.paid_only_now import WAGES, falling_days, late_share, less_before, mean_days, none_where_known, worst_days
from features.snapshots.books import Books

FAMILY = "pay"
SHARE_BREAK = less_before(
    WAGES, "late_share_break",
    late_share(WAGES, 3, "late_share_3m"), late_share(WAGES, 12, "late_share_12m"), "unpaid_share_break",
)  # fmt: skip
DAYS_BREAK = less_before(
    WAGES, "days_late_break",
    mean_days(WAGES, 3, "mean_days_late_3m"), mean_days(WAGES, 12, "mean_days_late_12m"), "unpaid_share_break",
)  # fmt: skip
TOO_SHORT = Reason(en="too few months of paid wages to compare", zh="已付工资的月份不足以比较")


def _longer(days: int) -> Reason:
    return Reason(
        en=f"{{value:.0%}} of wages paid for the last 12 months that have fallen due came more than {days} days late",
        zh=f"最近12个已到期月份的已付工资中有{{value:.0%}}迟发超过{days}天",
    )


def _late(months: int) -> Reason:
    english, chinese = months_of(months, due=True)
    return Reason(
        en=f"{{value:.0%}} of wages paid for {english} were paid late", zh=f"{chinese}的已付工资中有{{value:.0%}}迟发"
    )


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(late_share(WAGES, 1, "late_share_1m")), PAY_WAGES_ON_TIME.to(0)), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="最近一个已到支付期限月份的已付工资中迟发的比例",
    reason=_late(1), absent=no_wages_paid(1, due=True),
)  # fmt: skip
def late_share_1m(payroll: Books) -> ir.Value:
    """Worker-months of the newest month fallen due that were paid after the legal day, over worker-months paid."""
    return payroll.share("late_workers", "paid_workers", 1, due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(late_share(WAGES, 3, "late_share_3m")), PAY_WAGES_ON_TIME.to(0)), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近3个月已付工资中迟发的比例",
    reason=_late(3), absent=no_wages_paid(3, due=True),
)  # fmt: skip
def late_share_3m(payroll: Books) -> ir.Value:
    """Worker-months of the last three months fallen due that were paid after the legal day, over worker-months paid."""
    return payroll.share("late_workers", "paid_workers", 3, due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(late_share(WAGES, 6, "late_share_6m")), PAY_WAGES_ON_TIME.to(0)), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近6个月已付工资中迟发的比例",
    reason=_late(6), absent=no_wages_paid(6, due=True),
)  # fmt: skip
def late_share_6m(payroll: Books) -> ir.Value:
    """Worker-months of the last six months fallen due that were paid after the legal day, over worker-months paid."""
    return payroll.share("late_workers", "paid_workers", 6, due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(late_share(WAGES, 12, "late_share_12m")), PAY_WAGES_ON_TIME.to(0)), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月已付工资中迟发的比例",
    reason=_late(12), absent=no_wages_paid(12, due=True),
)  # fmt: skip
def late_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve months fallen due that were paid after the legal day, over worker-months paid."""
    return payroll.share("late_workers", "paid_workers", 12, due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(late_share(WAGES, 12, "long_late_share_12m", LONG_LATE_DAYS)), PAY_WAGES_ON_TIME.to(0)), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月已付工资中迟发较久的比例",
    reason=_longer(LONG_LATE_DAYS), absent=no_wages_paid(12, due=True),
)  # fmt: skip
def long_late_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve months paid more than `long_late_days` after the legal day, over those paid."""
    return payroll.share("long_late", "paid_workers", 12, due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(late_share(WAGES, 12, "very_long_late_share_12m", VERY_LONG_LATE_DAYS)), PAY_WAGES_ON_TIME.to(0)), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月已付工资中迟发很久的比例",
    reason=_longer(VERY_LONG_LATE_DAYS), absent=no_wages_paid(12, due=True),
)  # fmt: skip
def very_long_late_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve months paid more than `very_long_late_days` after the legal day, over those paid."""
    return payroll.share("very_long_late", "paid_workers", 12, due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(mean_days(WAGES, 3, "mean_days_late_3m")), PAY_WAGES_ON_TIME.to(0)), unit="days", source="payroll", direction=1, without_history=None, zh="近3个月已付工资平均迟发天数",
    reason=Reason(en="days late on average with wages paid for the last 3 months that have fallen due: {value:.1f}", zh="最近3个已到期月份的已付工资平均迟发{value:.1f}天"), absent=no_wages_paid(3, due=True),
)  # fmt: skip
def mean_days_late_3m(payroll: Books) -> ir.Value:
    """Days from the legal day to the payment, 0 where in time, averaged over worker-months paid of the last three months fallen due."""
    return payroll.share("late_days", "paid_workers", 3, due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(mean_days(WAGES, 12, "mean_days_late_12m")), PAY_WAGES_ON_TIME.to(0)), unit="days", source="payroll", direction=1, without_history=None, zh="近12个月已付工资平均迟发天数",
    reason=Reason(en="days late on average with wages paid for the last 12 months that have fallen due: {value:.1f}", zh="最近12个已到期月份的已付工资平均迟发{value:.1f}天"), absent=no_wages_paid(12, due=True),
)  # fmt: skip
def mean_days_late_12m(payroll: Books) -> ir.Value:
    """Days from the legal day to the payment, 0 where in time, averaged over worker-months paid of the last twelve months fallen due."""
    return payroll.share("late_days", "paid_workers", 12, due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(worst_days(WAGES, 12, "worst_days_late_12m")), PAY_WAGES_ON_TIME.to(0)), unit="days", source="payroll", direction=1, without_history=None, zh="近12个月中迟发最久的月份的平均迟发天数",
    reason=Reason(en="days late on average with wages, in the latest paid of the last 12 months that have fallen due: {value:.1f}", zh="最近12个已到期月份中迟发最久的月份平均迟发{value:.1f}天"), absent=no_wages_paid(12, due=True),
)  # fmt: skip
def worst_days_late_12m(payroll: Books) -> ir.Value:
    """Mean days late of the wages paid for a month, in the month of the last twelve where it is largest."""
    return payroll.most("late_days", 12, "paid_workers", due=True)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.perhaps(SHARE_BREAK), PAY_WAGES_ON_TIME.to(none_where_known("late_share_break"))), unit="share", source="payroll", range=CHANGE, without_history=None, zh="近3个月迟发比例与此前9个月之差",
    reason=Reason(en="share of wages paid late of the last 3 months due, less that of the 9 before: {value:points}", zh="近3个月工资迟发比例与此前9个月相差{value:points}"), absent=TOO_SHORT,
)  # fmt: skip
def late_share_break(payroll: Books) -> ir.Value:
    """Share paid late of the last three months fallen due, less that of the nine before."""
    before = payroll.share("late_workers", "paid_workers", 9, skip=3, due=True)
    return payroll.share("late_workers", "paid_workers", 3, due=True) - before


@feature(
    family=FAMILY, changeable=(PAY_WAGES.perhaps(DAYS_BREAK), PAY_WAGES_ON_TIME.to(none_where_known("days_late_break"))), unit="days", source="payroll", range=(None, None), without_history=None, zh="近3个月平均迟发天数与此前9个月之差",
    reason=Reason(en="mean days late with wages of the last 3 months due, less that of the 9 before: {value:+.1f} (early counts as on time)", zh="近3个月到期工资平均迟发天数与此前9个月之差：{value:+.1f}天（提前发放按准时计）"), absent=TOO_SHORT,
)  # fmt: skip
def days_late_break(payroll: Books) -> ir.Value:
    """Mean days late of the wages paid for the last three months fallen due, less that of the nine before."""
    before = payroll.share("late_days", "paid_workers", 9, skip=3, due=True)
    return payroll.share("late_days", "paid_workers", 3, due=True) - before


@feature(
    family=FAMILY, changeable=(PAY_WAGES.perhaps(falling_days(WAGES, "days_late_trend_12m", "unpaid_share_trend_12m")), PAY_WAGES_ON_TIME.to(none_where_known("days_late_trend_12m"))), unit="days a month", source="payroll", range=(None, None), without_history=None, zh="近12个月平均迟发天数的月度趋势",
    reason=Reason(en="mean days late, change a month over the last 12: {value:+.1f}", zh="近12个月工资平均迟发天数平均每月变化{value:+.1f}天"), absent=TOO_SHORT,
)  # fmt: skip
def days_late_trend_12m(payroll: Books) -> ir.Value:
    """Slope over the last twelve months fallen due of the mean days late of the wages paid for a month."""
    return payroll.slope("late_days", "paid_workers", 12, due=True)
