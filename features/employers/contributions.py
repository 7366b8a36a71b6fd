"""Contributions: what has fallen due to the funds, what was paid by the day, and how late.

As with wages, a month's contributions are not in arrears before their legal day (`pay_due_days`).
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.changes import INSURE, PAY_CONTRIBUTIONS, PAY_CONTRIBUTIONS_ON_TIME
from features.employers.catalogue import feature, months_of
from features.feature import Reason
from features.insured_as_usual import paid_in_time
from features.limits import BACK_PAYMENT_DAYS
from features.paid_only_now import CONTRIBUTIONS, late_share, mean_days, none_where_known, since_due, worst_days
from features.snapshots.books import Books

FAMILY = "contributions"
OF_MORE = INSURE.leaves("of more contributions, paid in time, what is overdue or late is a smaller share")
DUE = {3: "contributions_unpaid_share_3m", 6: "pension_unpaid_share_6m"}  # known where some of these months were due
NONE_DUE = Reason(en="no contributions that have fallen due are known", zh="未见已到期的社会保险费数据")


def none_known(months: int, english: str = "", chinese: str = "社会保险费") -> Reason:
    """No contributions (of a scheme) are known for the last `months` that have fallen due."""
    en, zh = months_of(months, due=True)
    return Reason(en=f"no {english}contributions are known for {en}", zh=f"{zh}无{chinese}数据")


def none_paid(months: int) -> Reason:
    """None of the contributions for the last `months` that have fallen due is known to be paid: some may be due."""
    en, zh = months_of(months, due=True)
    return Reason(en=f"no contributions are known to have been paid for {en}", zh=f"未见{zh}的社会保险费缴纳记录")


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.to(0), OF_MORE), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="已到缴费期限的近3个月应缴社会保险费中未缴的比例",
    reason=Reason(en="{value:.0%} of the contributions for the last 3 months that have fallen due are unpaid", zh="最近3个已到期月份的应缴社会保险费中有{value:.0%}逾期未缴"), absent=none_known(3),
)  # fmt: skip
def contributions_unpaid_share_3m(contributions: Books) -> ir.Value:
    """Contributions for the last three months fallen due and not paid by the day, over contributions due."""
    return contributions.share("unpaid", "due", 3, due=True)


@feature(
    family=FAMILY, changeable=PAY_CONTRIBUTIONS.to(0), unit="currency", source="contributions", direction=1, zh="已到缴费期限的近12个月社会保险费未缴金额",
    reason=Reason(en="unpaid social-insurance contributions of the last 12 months that have fallen due: {value:money}", zh="最近12个已到期月份逾期未缴社会保险费{value:money}"),
)  # fmt: skip
def contributions_unpaid_12m(contributions: Books) -> ir.Value:
    """Contributions for the last twelve months fallen due and not paid by the day."""
    return contributions.money("unpaid", 12, due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.at_worst(late_share(CONTRIBUTIONS, 12, "contributions_late_share_12m")), PAY_CONTRIBUTIONS_ON_TIME.to(0), INSURE.perhaps(paid_in_time("contributions_late_share_12m"))), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="近12个月已缴社会保险费中迟缴的比例",
    reason=Reason(en="of the contributions paid for the last 12 months that have fallen due, {value:.0%} were paid late", zh="最近12个已到期月份已缴的社会保险费中，{value:.0%}为迟缴"), absent=none_paid(12),
)  # fmt: skip
def contributions_late_share_12m(contributions: Books) -> ir.Value:
    """Lines (a worker, month and scheme) of the last twelve months fallen due paid after the legal day, over lines paid."""
    return contributions.share("late_lines", "paid_lines", 12, due=True)


@feature(
    family=FAMILY, changeable=PAY_CONTRIBUTIONS.to(0), unit="months", source="contributions", range=(0, 12), direction=1, zh="近12个月中有逾期未缴社会保险费的月数",
    reason=Reason(en="contributions are overdue for {value:,.0f} of the last 12 months that have fallen due", zh="最近12个已到期月份中有{value:,.0f}个月的社会保险费逾期未缴"),
)  # fmt: skip
def contributions_unpaid_months_12m(contributions: Books) -> ir.Value:
    """Months of the last twelve that have fallen due, some of whose contributions are not paid by the day."""
    return contributions.events("unpaid", 12, due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.to(since_due("contributions_months_since_due", DUE, "contributions_months_since_all_paid")), OF_MORE), unit="months", source="contributions", direction=1, without_history=None, zh="最近一个社会保险费全部缴清的月份距最近一个已到缴费期限月份的月数",
    reason=Reason(en="months in a row without a record that all contributions were paid, up to the newest that has fallen due: {value:,.0f} (unpaid, or not yet on file)", zh="截至最近一个已到缴费期限的月份，连续{value:,.0f}个月未见社会保险费全部缴清的记录（可能未缴，也可能尚无记录）"), absent=NONE_DUE,
)  # fmt: skip
def contributions_months_since_all_paid(contributions: Books) -> ir.Value:
    """Months from the newest with all contributions paid to the newest fallen due; where none was, one more than they go back."""
    never = contributions.months_since_first("due", due=True) + 1
    return ibis.coalesce(contributions.months_since_clear("unpaid", "due", due=True), never)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.to(0), OF_MORE), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="近6个月已到期养老保险费中未缴的比例",
    reason=Reason(en="{value:.0%} of the pension contributions on file for the last 6 months that have fallen due are unpaid", zh="最近6个已到期月份已有记录的养老保险费中有{value:.0%}未缴"), absent=none_known(6, "pension ", "养老保险费"),
)  # fmt: skip
def pension_unpaid_share_6m(contributions: Books) -> ir.Value:
    """Pension contributions for the last six months fallen due and not paid by the day, over those due."""
    return contributions.share("unpaid_pension", "due_pension", 6, due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.to(0), OF_MORE), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="近6个月已到期医疗保险费中未缴的比例",
    reason=Reason(en="{value:.0%} of the medical contributions on file for the last 6 months that have fallen due are unpaid", zh="最近6个已到期月份已有记录的医疗保险费中有{value:.0%}未缴"), absent=none_known(6, "medical ", "医疗保险费"),
)  # fmt: skip
def medical_unpaid_share_6m(contributions: Books) -> ir.Value:
    """Medical contributions for the last six months fallen due and not paid by the day, over those due."""
    return contributions.share("unpaid_medical", "due_medical", 6, due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.to(0), OF_MORE), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="近6个月已到期失业、工伤和生育保险费中未缴的比例",
    reason=Reason(en="{value:.0%} of the unemployment, work injury and maternity contributions on file for the last 6 months that have fallen due are unpaid", zh="最近6个已到期月份已有记录的失业、工伤和生育保险费中有{value:.0%}未缴"), absent=none_known(6, "unemployment, work injury or maternity ", "失业、工伤和生育保险费"),
)  # fmt: skip
def other_unpaid_share_6m(contributions: Books) -> ir.Value:
    """Unemployment, work injury and maternity contributions for the last six months fallen due and not paid by the day, over those due."""
    return contributions.share("unpaid_other", "due_other", 6, due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.at_worst(late_share(CONTRIBUTIONS, 3, "contributions_late_share_3m")), PAY_CONTRIBUTIONS_ON_TIME.to(0), INSURE.perhaps(paid_in_time("contributions_late_share_3m"))), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="近3个月已缴社会保险费中迟缴的比例",
    reason=Reason(en="of the contributions paid for the last 3 months that have fallen due, {value:.0%} were paid late", zh="最近3个已到期月份已缴的社会保险费中，{value:.0%}为迟缴"), absent=none_paid(3),
)  # fmt: skip
def contributions_late_share_3m(contributions: Books) -> ir.Value:
    """Lines of the last three months fallen due paid after the legal day, over lines paid."""
    return contributions.share("late_lines", "paid_lines", 3, due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.at_worst(mean_days(CONTRIBUTIONS, 12, "contributions_days_late_12m")), PAY_CONTRIBUTIONS_ON_TIME.to(0), INSURE.perhaps(paid_in_time("contributions_days_late_12m"))), unit="days", source="contributions", direction=1, without_history=None, zh="近12个月已缴社会保险费平均迟缴天数",
    reason=Reason(en="contributions paid for the last 12 months that have fallen due came {value:.0f} days late on average (early counts as on time)", zh="最近12个已到期月份已缴的社会保险费平均迟缴{value:.0f}天（提前按准时计）"), absent=none_paid(12),
)  # fmt: skip
def contributions_days_late_12m(contributions: Books) -> ir.Value:
    """Days from the legal day to the payment, 0 where in time, averaged over lines paid of the last twelve months fallen due."""
    return contributions.share("late_days", "paid_lines", 12, due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.at_worst(worst_days(CONTRIBUTIONS, 12, "contributions_worst_days_late_12m")), PAY_CONTRIBUTIONS_ON_TIME.to(0), INSURE.perhaps(paid_in_time("contributions_worst_days_late_12m"))), unit="days", source="contributions", direction=1, without_history=None, zh="近12个月中迟缴最久的月份的平均迟缴天数",
    reason=Reason(en="days late on average with contributions, in the latest paid of the last 12 months that have fallen due: {value:.1f}", zh="最近12个已到期月份中迟缴最久的月份平均迟缴{value:.1f}天"), absent=none_paid(12),
)  # fmt: skip
def contributions_worst_days_late_12m(contributions: Books) -> ir.Value:
    """Mean days late of the lines paid for a month, in the month of the last twelve where it is largest."""
    return contributions.most("late_days", 12, "paid_lines", due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.at_worst(late_share(CONTRIBUTIONS, 24, "contributions_paid_back_share_24m", BACK_PAYMENT_DAYS - 1)), PAY_CONTRIBUTIONS_ON_TIME.leaves("a year in time is the newer half of these months, and leaves less paid back in them"), INSURE.perhaps(paid_in_time("contributions_paid_back_share_24m"))), unit="share", source="contributions", range=(0, 1), direction=1, without_history=None, zh="近24个月已缴社会保险费中补缴（迟缴很久）的比例",
    reason=Reason(en=f"{{value:.0%}} of contributions paid for the last 24 months that have fallen due were paid {BACK_PAYMENT_DAYS} days late or later", zh=f"最近24个已到期月份已缴的社会保险费中有{{value:.0%}}迟缴{BACK_PAYMENT_DAYS}天及以上"), absent=none_paid(24),
)  # fmt: skip
def contributions_paid_back_share_24m(contributions: Books) -> ir.Value:
    """Lines of the last 24 months paid `back_payment_days` or more after the legal day, over lines paid."""
    return contributions.share("paid_back", "paid_lines", 24, due=True)


@feature(
    family=FAMILY, changeable=(PAY_CONTRIBUTIONS.to(none_where_known("contributions_unpaid_break")), INSURE.perhaps(none_where_known("contributions_unpaid_break"))), unit="share", source="contributions", range=(-1, 1), without_history=None, zh="近3个月逾期未缴比例与此前9个月之差",
    reason=Reason(en="share of contributions overdue in the last 3 months less that of the 9 before: {value:points}", zh="近3个月逾期未缴社会保险费比例与此前9个月相差{value:points}"), absent=Reason(en="contributions do not go back far enough to compare", zh="缴费数据不足以比较"),
)  # fmt: skip
def contributions_unpaid_break(contributions: Books) -> ir.Value:
    """Share of contributions overdue of the last three months fallen due, less that of the nine before."""
    before = contributions.share("unpaid", "due", 9, skip=3, due=True)
    return contributions.share("unpaid", "due", 3, due=True) - before
