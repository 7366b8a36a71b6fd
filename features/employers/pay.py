"""Pay that has fallen due and is not made.

Wages of a month are no arrears before their legal day (`pay_due_days`): of the newest months only those count
whose wages have fallen due by the end of the day. From then on they are unpaid until known to be paid.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.changes import PAY_WAGES
from features.employers.catalogue import CHANGE, NO_PAYROLL, SHARE, feature, months_of, no_payroll, unpaid_workers
from features.feature import Reason
from features.paid_only_now import none_where_known, since_due
from features.snapshots.books import CENTS, Books

FAMILY = "pay"
DUE = {months: f"unpaid_share_{months}m" for months in (1, 3, 6, 12)}  # known where wages of these months were due


def _unpaid(months: int) -> Reason:
    english, chinese = months_of(months, due=True)
    return Reason(
        en=f"{{value:.0%}} of the wages for {english} are unpaid",
        zh=f"{chinese}的应付工资中有{{value:.0%}}逾期未付",
    )


def _part_paid(months: int) -> Reason:
    english, chinese = months_of(months, due=True)
    return Reason(
        en=f"wages paid only in part for {{value:.0%}} of worker-months of {english}",
        zh=f"{chinese}有{{value:.0%}}的人月工资只支付了一部分",
    )


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="最近一个已到支付期限月份的工资中未支付的比例",
    reason=Reason(en="{value:.0%} of wages of the newest month that has fallen due are unpaid", zh="最近一个已到支付期限月份的工资中有{value:.0%}未支付"), absent=no_payroll(1, due=True),
)  # fmt: skip
def unpaid_share_1m(payroll: Books) -> ir.Value:
    """Wages of the newest month that has fallen due and not paid by the day, over wages due."""
    return payroll.share("unpaid", "due", 1, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="已到支付期限的近3个月应发工资中未支付的比例",
    reason=_unpaid(3), absent=no_payroll(3, due=True),
)  # fmt: skip
def unpaid_share_3m(payroll: Books) -> ir.Value:
    """Wages of the last three months that have fallen due and not paid by the day, over wages due."""
    return payroll.share("unpaid", "due", 3, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="已到支付期限的近6个月应发工资中未支付的比例",
    reason=_unpaid(6), absent=no_payroll(6, due=True),
)  # fmt: skip
def unpaid_share_6m(payroll: Books) -> ir.Value:
    """Wages of the last six months that have fallen due and not paid by the day, over wages due."""
    return payroll.share("unpaid", "due", 6, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="已到支付期限的近12个月应发工资中未支付的比例",
    reason=_unpaid(12), absent=no_payroll(12, due=True),
)  # fmt: skip
def unpaid_share_12m(payroll: Books) -> ir.Value:
    """Wages of the last twelve months that have fallen due and not paid by the day, over wages due."""
    return payroll.share("unpaid", "due", 12, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="currency", source="payroll", direction=1, zh="已到支付期限的近12个月工资未付金额",
    reason=Reason(en="unpaid wages of the last 12 months that have fallen due: {value:money}", zh="最近12个已到期月份逾期未付工资{value:money}"),
)  # fmt: skip
def unpaid_amount_12m(payroll: Books) -> ir.Value:
    """Wages of the last twelve months that have fallen due and are not paid by the day."""
    return payroll.money("unpaid", 12, due=True)


@feature(
    family=FAMILY, unit="currency", source="payroll", learned=False, zh="尚未到支付期限的未付工资金额",
    reason=Reason(en="wages not paid yet that are not due yet: {value:money}", zh="尚未到支付期限的未付工资{value:money}"),
)  # fmt: skip
def not_yet_due_amount(payroll: Books) -> ir.Value:
    """Wages of months whose legal day has not come, not paid by the day; it says more of the day of the month than of the employer."""
    return (payroll.sum("unpaid") - payroll.sum("unpaid", due=True)) / CENTS


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="worker-months", source="payroll", direction=1, zh="近6个月逾期未足额支付工资的人月数",
    reason=Reason(en="worker-months not paid in full, of the last 6 months that have fallen due: {value:,.0f}", zh="最近6个已到期月份未足额支付工资{value:,.0f}人月"),
)  # fmt: skip
def unpaid_worker_months_6m(payroll: Books) -> ir.Value:
    """Worker-months of the last six months that have fallen due and are not paid in full by the day."""
    return payroll.sum("unpaid_workers", 6, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近3个月逾期未足额支付工资的人月比例",
    reason=unpaid_workers(3), absent=no_payroll(3, due=True),
)  # fmt: skip
def unpaid_worker_share_3m(payroll: Books) -> ir.Value:
    """Worker-months of the last three months fallen due and not paid in full, over those with a wage due."""
    return payroll.share("unpaid_workers", "owed_workers", 3, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="最近一个已到支付期限月份只支付了一部分工资的人月比例",
    reason=_part_paid(1), absent=no_payroll(1, due=True),
)  # fmt: skip
def part_paid_share_1m(payroll: Books) -> ir.Value:
    """Worker-months of the newest month fallen due and paid in part by the day, over those with a wage due."""
    return payroll.share("paid_part", "owed_workers", 1, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近3个月逾期且只支付了一部分工资的人月比例",
    reason=_part_paid(3), absent=no_payroll(3, due=True),
)  # fmt: skip
def part_paid_share_3m(payroll: Books) -> ir.Value:
    """Worker-months of the last three months fallen due and paid in part by the day, over those with a wage due."""
    return payroll.share("paid_part", "owed_workers", 3, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近6个月逾期且只支付了一部分工资的人月比例",
    reason=_part_paid(6), absent=no_payroll(6, due=True),
)  # fmt: skip
def part_paid_share_6m(payroll: Books) -> ir.Value:
    """Worker-months of the last six months fallen due and paid in part by the day, over those with a wage due."""
    return payroll.share("paid_part", "owed_workers", 6, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月逾期且只支付了一部分工资的人月比例",
    reason=_part_paid(12), absent=no_payroll(12, due=True),
)  # fmt: skip
def part_paid_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve months fallen due and paid in part by the day, over those with a wage due."""
    return payroll.share("paid_part", "owed_workers", 12, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="months", source="payroll", range=(0, 12), direction=1, zh="近12个月中有逾期未付工资的月数",
    reason=Reason(en="wages are overdue for {value:,.0f} of the last 12 months that have fallen due", zh="最近12个已到期月份中有{value:,.0f}个月的工资逾期未付"),
)  # fmt: skip
def unpaid_months_12m(payroll: Books) -> ir.Value:
    """Months of the last twelve that have fallen due, some of whose wages are not paid by the day."""
    return payroll.events("unpaid", 12, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(since_due("months_since_wages_due", DUE, "months_since_all_paid")), unit="months", source="payroll", direction=1, without_history=None, zh="最近一个工资全部付清的月份距最近一个已到支付期限月份的月数",
    reason=Reason(en="months in a row without a record that all wages were paid, up to the newest that has fallen due: {value:,.0f} (unpaid, or not yet on file)", zh="截至最近一个已到支付期限的月份，连续{value:,.0f}个月未见工资全部付清的记录（可能未付，也可能尚无记录）"), absent=NO_PAYROLL,
)  # fmt: skip
def months_since_all_paid(payroll: Books) -> ir.Value:
    """Months from the newest with all wages paid to the newest fallen due; where none was, one more than payroll goes back."""
    never = payroll.months_since_first("due", due=True) + 1
    return ibis.coalesce(payroll.months_since_clear("unpaid", "due", due=True), never)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(0), unit="months", source="payroll", range=(0, 24), direction=1, zh="近24个月中最早的逾期未付工资距最近一个已到支付期限月份的月数（含首尾）",
    reason=Reason(en="months that overdue wages reach back, of the last 24 months that have fallen due: {value:,.0f}", zh="最近24个已到期月份中，逾期未付工资最早可追溯{value:,.0f}个月"),
)  # fmt: skip
def oldest_unpaid_months(payroll: Books) -> ir.Value:
    """Months from the oldest overdue of the last 24 to the newest fallen due, both counted; 0 where nothing is overdue."""
    return (payroll.months_since_first("unpaid", 24, due=True) + 1).fill_null(0)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(none_where_known("unpaid_share_break")), unit="share", source="payroll", range=CHANGE, without_history=None, zh="近3个月逾期未付比例与此前9个月之差",
    reason=Reason(en="share of wages overdue in the last 3 months less that of the 9 before: {value:points}", zh="近3个月逾期未付工资比例与此前9个月相差{value:points}"),
    absent=Reason(en="payroll does not go back far enough to compare", zh="工资数据不足以比较"),
)  # fmt: skip
def unpaid_share_break(payroll: Books) -> ir.Value:
    """Share overdue of the last three months fallen due, less that of the nine before."""
    return payroll.share("unpaid", "due", 3, due=True) - payroll.share("unpaid", "due", 9, skip=3, due=True)


@feature(
    family=FAMILY, changeable=PAY_WAGES.to(none_where_known("unpaid_share_trend_12m")), unit="share a month", source="payroll", range=CHANGE, without_history=None, zh="近12个月逾期未付比例的月度趋势",
    reason=Reason(en="share of a month's wages that is overdue, change a month over the last 12: {value:points}", zh="近12个月逾期未付工资比例平均每月变化{value:points}"),
    absent=Reason(en="under three months of payroll: no trend", zh="工资数据不足三个月，无法计算趋势"),
)  # fmt: skip
def unpaid_share_trend_12m(payroll: Books) -> ir.Value:
    """Slope over the last twelve months fallen due of the share of a month's wages not paid by the day."""
    return payroll.slope("unpaid", "due", 12, due=True)
