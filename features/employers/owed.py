"""How much of what has fallen due is owed, line by line: for people, and to reckon what paying it today would make of lateness.

No model learns these: the shares of money, of which they are the other side, say the same of an employer.
"""

from __future__ import annotations

import ibis.expr.types as ir

from features.employers.catalogue import SHARE, feature, months_of, no_payroll, unpaid_workers
from features.employers.contributions import NONE_DUE, none_known
from features.feature import Reason
from features.snapshots.books import Books


def _lines(months: int) -> Reason:
    en, zh = months_of(months, due=True)
    return Reason(
        en=f"contributions may be overdue for up to {{value:.0%}} of the lines of {en}",
        zh=f"{zh}最多有{{value:.0%}}的社会保险费明细逾期未缴",
    )


def _owing_lines(contributions: Books, months: int) -> ir.Value:
    lines = contributions.sum("lines", months, due=True).nullif(0)
    most = contributions.events("unpaid", months, due=True) * contributions.most("lines", months, due=True)
    return (most / lines).clip(upper=1.0)


@feature(
    family="pay", learned=False, unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="最近一个已到支付期限月份逾期未足额支付工资的人月比例",
    reason=unpaid_workers(1), absent=no_payroll(1, due=True),
)  # fmt: skip
def unpaid_worker_share_1m(payroll: Books) -> ir.Value:
    """Worker-months of the newest month fallen due and not paid in full, over those with a wage due."""
    return payroll.share("unpaid_workers", "owed_workers", 1, due=True)


@feature(
    family="pay", learned=False, unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近6个月逾期未足额支付工资的人月比例",
    reason=unpaid_workers(6), absent=no_payroll(6, due=True),
)  # fmt: skip
def unpaid_worker_share_6m(payroll: Books) -> ir.Value:
    """Worker-months of the last six months fallen due and not paid in full, over those with a wage due."""
    return payroll.share("unpaid_workers", "owed_workers", 6, due=True)


@feature(
    family="pay", learned=False, unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月逾期未足额支付工资的人月比例",
    reason=unpaid_workers(12), absent=no_payroll(12, due=True),
)  # fmt: skip
def unpaid_worker_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve months fallen due and not paid in full, over those with a wage due."""
    return payroll.share("unpaid_workers", "owed_workers", 12, due=True)


@feature(
    family="pay", learned=False, unit="currency", source="payroll", direction=1, zh="最近一个已到支付期限月份的工资未付金额",
    reason=Reason(en="unpaid wages of the newest month that has fallen due: {value:money}", zh="最近一个已到期月份逾期未付工资{value:money}"),
)  # fmt: skip
def unpaid_amount_1m(payroll: Books) -> ir.Value:
    """Wages of the newest month that has fallen due and not paid by the day."""
    return payroll.money("unpaid", 1, due=True)


@feature(
    family="pay", learned=False, unit="months", source="payroll", direction=1, without_history=None, zh="最近一个有应发工资的月份距最近一个已到支付期限月份的月数",
    reason=Reason(en="months from the newest with wages due on file to the newest that has fallen due: {value:,.0f}", zh="最近一个有应发工资数据的月份距最近一个已到期月份{value:,.0f}个月"), absent=Reason(en="no wages that have fallen due are known", zh="未见已到期的应发工资数据"),
)  # fmt: skip
def months_since_wages_due(payroll: Books) -> ir.Value:
    """Months from the newest with wages due to the newest fallen due: nobody who pays all that is on file is behind by less."""
    return payroll.months_since_last("due", due=True)


@feature(
    family="contributions", learned=False, unit="share", source="contributions", range=SHARE, direction=1, without_history=None, zh="近3个月逾期未缴社会保险费明细所占比例的上限",
    reason=_lines(3), absent=none_known(3),
)  # fmt: skip
def contributions_owing_lines_3m(contributions: Books) -> ir.Value:
    """Months of the last three fallen due with any contribution overdue, each taken for the longest, over all lines; at most 1."""
    return _owing_lines(contributions, 3)


@feature(
    family="contributions", learned=False, unit="share", source="contributions", range=SHARE, direction=1, without_history=None, zh="近12个月逾期未缴社会保险费明细所占比例的上限",
    reason=_lines(12), absent=none_known(12),
)  # fmt: skip
def contributions_owing_lines_12m(contributions: Books) -> ir.Value:
    """Months of the last twelve fallen due with any contribution overdue, each taken for the longest, over all lines; at most 1."""
    return _owing_lines(contributions, 12)


@feature(
    family="contributions", learned=False, unit="share", source="contributions", range=SHARE, direction=1, without_history=None, zh="近24个月逾期未缴社会保险费明细所占比例的上限",
    reason=_lines(24), absent=none_known(24),
)  # fmt: skip
def contributions_owing_lines_24m(contributions: Books) -> ir.Value:
    """Months of the last 24 fallen due with any contribution overdue, each taken for the longest, over all lines; at most 1."""
    return _owing_lines(contributions, 24)


@feature(
    family="contributions", learned=False, unit="months", source="contributions", range=(0, 24), direction=1, zh="近24个月中最早的逾期未缴社会保险费距最近一个已到缴费期限月份的月数（含首尾）",
    reason=Reason(en="months that overdue contributions reach back, of the last 24 months that have fallen due: {value:,.0f}", zh="最近24个已到期月份中，逾期未缴社会保险费最早可追溯{value:,.0f}个月"),
)  # fmt: skip
def contributions_oldest_unpaid_months(contributions: Books) -> ir.Value:
    """Months from the oldest with contributions overdue of the last 24 to the newest fallen due, both counted; 0 where none are."""
    return (contributions.months_since_first("unpaid", 24, due=True) + 1).fill_null(0)


@feature(
    family="contributions", learned=False, unit="months", source="contributions", direction=1, without_history=None, zh="最近一个有应缴社会保险费的月份距最近一个已到缴费期限月份的月数",
    reason=Reason(en="months from the newest with contributions due on file to the newest that has fallen due: {value:,.0f}", zh="最近一个有应缴社会保险费数据的月份距最近一个已到期月份{value:,.0f}个月"), absent=NONE_DUE,
)  # fmt: skip
def contributions_months_since_due(contributions: Books) -> ir.Value:
    """Months from the newest with contributions due to the newest fallen due: nobody who pays all that is on file is behind by less."""
    return contributions.months_since_last("due", due=True)
