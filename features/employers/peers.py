"""Where the employer stands among its peers: the same industry, region and size, or the widest group that is large enough."""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import PAY_CONTRIBUTIONS, PAY_WAGES, PAY_WAGES_ON_TIME
from features.employers.catalogue import NO_PAYROLL, SHARE, feature, no_payroll, no_wages_paid
from features.employers.contributions import OF_MORE, none_known
from features.feature import Reason
from features.paid_only_now import WAGES, highest_where_owed
from features.snapshots.others import Others

FAMILY = "peers"


def _among(what_en: str, what_zh: str) -> Reason:
    return Reason(
        en=f"{what_en}: higher than at {{value:.0%}} of its peers", zh=f"{what_zh}高于{{value:.0%}}的同类单位"
    )


@feature(
    family=FAMILY,
    unit="share of peers",
    source=("complaints", "employers"),
    range=SHARE,
    direction=1,
    without_history=0,
    zh="近12个月投诉件数在同类单位中的百分位",
    reason=_among("complaints in the last 12 months", "近12个月投诉件数"),
)
def complaints_12m_among_peers(others: Others) -> ir.Value:
    """Share of peers with fewer complaints in the last 12 months."""
    return others.percentile("complaints_12m")


@feature(
    family=FAMILY,
    unit="share of peers",
    source=("complaints", "employers"),
    range=SHARE,
    direction=1,
    without_history=0,
    zh="按时间衰减的投诉件数在同类单位中的百分位",
    reason=_among("complaints, older ones counting less", "按时间衰减的投诉件数"),
)
def complaints_fading_among_peers(others: Others) -> ir.Value:
    """Share of peers with fewer complaints, older ones counting less."""
    return others.percentile("complaints_fading_slowly")


@feature(
    family=FAMILY,
    unit="share of peers",
    source=("complaints", "employers"),
    range=SHARE,
    direction=1,
    without_history=0,
    zh="近36个月投诉金额在同类单位中的百分位",
    reason=_among("amount claimed in the last 36 months", "近36个月投诉金额"),
)
def amount_claimed_among_peers(others: Others) -> ir.Value:
    """Share of peers with less claimed in complaints of the last 36 months."""
    return others.percentile("amount_claimed_36m")


@feature(
    family=FAMILY,
    changeable=PAY_WAGES.to(0),
    unit="share of peers",
    source=("payroll", "employers"),
    range=SHARE,
    direction=1,
    without_history=None,
    zh="近3个月未付工资比例在同类单位中的百分位",
    reason=_among(
        "share unpaid of the wages for the last 3 months that have fallen due", "最近3个已到期月份的工资未付比例"
    ),
    absent=no_payroll(3, due=True),
)
def unpaid_share_among_peers(others: Others) -> ir.Value:
    """Share of peers with a smaller share of wages unpaid in the last three months."""
    return others.percentile("unpaid_share_3m")


@feature(
    family=FAMILY,
    changeable=(PAY_WAGES.at_worst(highest_where_owed(WAGES, "days_late_among_peers")), PAY_WAGES_ON_TIME.to(0)),
    unit="share of peers",
    source=("payroll", "employers"),
    range=SHARE,
    direction=1,
    without_history=None,
    zh="近12个月工资平均迟发天数在同类单位中的百分位",
    reason=_among(
        "mean days late with wages paid for the last 12 months that have fallen due",
        "最近12个已到期月份的工资平均迟发天数",
    ),
    absent=no_wages_paid(12, due=True),
)
def days_late_among_peers(others: Others) -> ir.Value:
    """Share of peers with fewer days late on average with wages paid for the last twelve months."""
    return others.percentile("mean_days_late_12m")


@feature(
    family=FAMILY,
    changeable=(PAY_CONTRIBUTIONS.to(0), OF_MORE),
    unit="share of peers",
    source=("contributions", "employers"),
    range=SHARE,
    direction=1,
    without_history=None,
    zh="近3个月社会保险费逾期未缴比例在同类单位中的百分位",
    reason=_among(
        "share unpaid of the contributions for the last 3 months that have fallen due",
        "最近3个已到期月份的社会保险费逾期未缴比例",
    ),
    absent=none_known(3),
)
def contributions_unpaid_among_peers(others: Others) -> ir.Value:
    """Share of peers with a smaller share of contributions overdue in the last three months."""
    return others.percentile("contributions_unpaid_share_3m")


@feature(
    family=FAMILY,
    unit="share of peers",
    source=("complaints", "payroll", "employers"),
    range=SHARE,
    direction=1,
    without_history=None,
    zh="近12个月每百名劳动者投诉件数在同类单位中的百分位",
    reason=_among("complaints of the last 12 months for every 100 workers", "近12个月每百名劳动者投诉件数"),
    absent=no_payroll(12),
)
def complaints_per_100_workers_among_peers(others: Others) -> ir.Value:
    """Share of peers with fewer complaints in the last twelve months for every 100 workers."""
    return others.percentile("complaints_per_100_workers_12m")


@feature(
    family=FAMILY,
    unit="share of peers",
    source=("payroll", "employers"),
    range=SHARE,
    without_history=None,
    zh="近3个月月均人数较近12个月的变化在同类单位中的百分位",
    reason=_among("change of workers, last 3 months against the last 12", "近3个月月均人数较近12个月的变化"),
    absent=NO_PAYROLL,
)
def workers_change_among_peers(others: Others) -> ir.Value:
    """Share of peers with a smaller change of workers (last three months against last twelve)."""
    return others.percentile("workers_change")


@feature(
    family=FAMILY,
    unit="share of peers",
    source=("payroll", "employers"),
    range=SHARE,
    without_history=None,
    zh="近3个月应发工资总额较上年同期的变化在同类单位中的百分位",
    reason=_among("change of the wage bill against a year ago", "近3个月应发工资总额较上年同期的变化"),
    absent=Reason(en="no payroll of these months or of the same a year ago is known", zh="该期间或上年同期无工资数据"),
)
def wage_bill_year_change_among_peers(others: Others) -> ir.Value:
    """Share of peers with a smaller change of the wage bill against a year ago."""
    return others.percentile("wage_bill_year_change")


@feature(
    family=FAMILY,
    unit="share of peers",
    source=("payroll", "employers"),
    range=SHARE,
    without_history=None,
    zh="近3个月人均月应发工资在同类单位中的百分位",
    reason=_among("mean wage due for a month of the last 3", "近3个月人均月应发工资"),
    absent=NO_PAYROLL,
)
def mean_wage_among_peers(others: Others) -> ir.Value:
    """Share of peers with a lower mean wage due in the last three months."""
    return others.percentile("mean_wage_3m")
