"""People: who came, who left, who stayed, who is on two payrolls, who is insured and not paid, or paid and not insured.

A worker is there in a month in which the employer's payroll names the worker. Comings and goings are told
only between months for which the employer filed, so that an employer who stops filing loses nobody.
"""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import INSURE, USUAL
from features.employers.catalogue import NO_PAYROLL, feature
from features.feature import Reason
from features.snapshots.books import Books
from features.snapshots.others import Others

FAMILY = "people"
SHARE: tuple[float, float] = (0, 1)
FEWER = INSURE.leaves("of more insured, those who are not on the payroll are a smaller share")
BOTH = ("payroll", "contributions")
NO_TWO_MONTHS = Reason(en="no two months of payroll in a row are known", zh="无连续两个月的工资数据")
NOT_COMPARED = Reason(
    en="payroll and contributions of these months cannot be compared", zh="该期间工资与缴费数据无法比对"
)
NO_YEAR = Reason(en="no payroll of a year earlier is known", zh="无上年同期工资数据")


def _none_on_file(months: int) -> Reason:
    return Reason(
        en=f"in months of the last {months} with both payroll and contributions on file, {{value:.0%}} of workers on the payroll (counted each month) have no contributions on file",
        zh=f"近{months}个月中工资和社会保险费数据均有的月份，在册人员有{{value:.0%}}（按人月计）当月无社会保险费数据",
    )


def _a_month(people: Books, measure: str, months: int) -> ir.Value:
    return people.sum(measure, months) / people.sum("before", months).nullif(0)


@feature(
    family=FAMILY, unit="share a month", source="payroll", without_history=None, zh="近3个月月均新进人数占上月在册人数的比例",
    reason=Reason(en="{value:.1%} of the workforce came new in a month, on average of the last 3", zh="近3个月月均新进人员为在册人员的{value:.1%}"), absent=NO_TWO_MONTHS,
)  # fmt: skip
def joined_a_month_3m(people: Books) -> ir.Value:
    """Workers not on the payroll of the month before, over those on it, of the last three months."""
    return _a_month(people, "joined", 3)


@feature(
    family=FAMILY, unit="share a month", source="payroll", without_history=None, zh="近12个月月均新进人数占上月在册人数的比例",
    reason=Reason(en="{value:.1%} of the workforce came new in a month, on average of the last 12", zh="近12个月月均新进人员为在册人员的{value:.1%}"), absent=NO_TWO_MONTHS,
)  # fmt: skip
def joined_a_month_12m(people: Books) -> ir.Value:
    """Workers not on the payroll of the month before, over those on it, of the last twelve months."""
    return _a_month(people, "joined", 12)


@feature(
    family=FAMILY, unit="share a month", source="payroll", range=SHARE, direction=1, without_history=None, zh="近3个月月均离职人数占上月在册人数的比例",
    reason=Reason(en="{value:.1%} of the workforce left in a month, on average of the last 3", zh="近3个月月均有{value:.1%}的在册人员离职"), absent=NO_TWO_MONTHS,
)  # fmt: skip
def left_a_month_3m(people: Books) -> ir.Value:
    """Workers no longer on the payroll, over those on it the month before, of the last three months."""
    return _a_month(people, "left", 3)


@feature(
    family=FAMILY, unit="share a month", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月月均离职人数占上月在册人数的比例",
    reason=Reason(en="{value:.1%} of the workforce left in a month, on average of the last 12", zh="近12个月月均有{value:.1%}的在册人员离职"), absent=NO_TWO_MONTHS,
)  # fmt: skip
def left_a_month_12m(people: Books) -> ir.Value:
    """Workers no longer on the payroll, over those on it the month before, of the last twelve months."""
    return _a_month(people, "left", 12)


@feature(
    family=FAMILY, unit="share a month", source="payroll", range=(-1, 1), direction=1, without_history=None, zh="近3个月月均离职比例减近12个月月均离职比例",
    reason=Reason(en="share of the workforce leaving in a month, last 3 months less last 12: {value:points}", zh="近3个月月均离职比例较近12个月变化{value:points}"), absent=NO_TWO_MONTHS,
)  # fmt: skip
def leaving_change(people: Books) -> ir.Value:
    """Share of the workforce leaving in a month, of the last three months less that of the last twelve."""
    return _a_month(people, "left", 3) - _a_month(people, "left", 12)


@feature(
    family=FAMILY, unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月中单月离职人数占上月在册人数的最高比例",
    reason=Reason(en="largest share of the workforce that left in any one month of the last 12: {value:.0%}", zh="近12个月单月离职人员占在册人员的比例最高为{value:.0%}"), absent=NO_TWO_MONTHS,
)  # fmt: skip
def most_left_in_a_month_12m(people: Books) -> ir.Value:
    """The largest share of a month's workforce that was not there the month after, of the last twelve months; payroll tells months, so those who left on one day are told by the month in which they did."""
    return people.most("left", 12, of="before")


@feature(
    family=FAMILY, unit="share", source="payroll", range=SHARE, without_history=None, zh="近3个月月均人数低于近12个月单月最多人数的比例",
    reason=Reason(en="workers in a month of the last 3 are {value:.0%} fewer than in the largest month of the last 12", zh="近3个月月均人数比近12个月最多月份少{value:.0%}"), absent=NO_PAYROLL,
)  # fmt: skip
def workers_below_most_12m(payroll: Books) -> ir.Value:
    """How far the mean workers a month of the last three months lie below those of the largest month of the last twelve."""
    lately = payroll.sum("workers", 3) / payroll.events("workers", 3).nullif(0)
    return 1 - lately / payroll.most("workers", 12).nullif(0)


@feature(
    family=FAMILY, unit="share", source="payroll", range=SHARE, direction=-1, without_history=None, zh="近3个月在册人员中一年前已在册的比例",
    reason=Reason(en="{value:.0%} of the workers of the last 3 months were there a year earlier", zh="近3个月在册人员中{value:.0%}一年前已在册"), absent=NO_YEAR,
)  # fmt: skip
def stayed_a_year_3m(people: Books) -> ir.Value:
    """Tenure: workers also on the payroll of the same month a year earlier, over workers of the months that can be compared, of the last three."""
    return people.sum("stayed", 3) / people.sum("compared", 3).nullif(0)


@feature(
    family=FAMILY, unit="share", source="payroll", range=SHARE, without_history=None, zh="近3个月在册人员中同月亦在其他单位领取工资的比例",
    reason=Reason(en="{value:.0%} of the workers of the last 3 months are on another employer's payroll of the same month", zh="近3个月在册人员中{value:.0%}同月亦在其他单位工资表中"), absent=NO_PAYROLL,
)  # fmt: skip
def on_two_payrolls_3m(people: Books, payroll: Books) -> ir.Value:
    """Workers also on another employer's payroll of the same month, over workers, of the last three months."""
    return people.sum("elsewhere", 3) / payroll.sum("workers", 3).nullif(0)


@feature(
    family=FAMILY, changeable=FEWER, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="近3个月参保人员中不在工资表的比例",
    reason=Reason(en="{value:.0%} of those insured in the last 3 months are not on the payroll of the month", zh="近3个月参保人员中{value:.0%}不在当月工资表中"), absent=NOT_COMPARED,
)  # fmt: skip
def insured_not_on_payroll_3m(insured: Books) -> ir.Value:
    """Insured and not on the payroll, over insured, of those of the last three months for which both were filed."""
    return insured.sum("insured_only", 3) / insured.sum("insured", 3).nullif(0)


@feature(
    family=FAMILY, changeable=FEWER, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="近12个月参保人员中不在工资表的比例",
    reason=Reason(en="{value:.0%} of those insured in the last 12 months are not on the payroll of the month", zh="近12个月参保人员中{value:.0%}不在当月工资表中"), absent=NOT_COMPARED,
)  # fmt: skip
def insured_not_on_payroll_12m(insured: Books) -> ir.Value:
    """Insured and not on the payroll, over insured, of those of the last twelve months for which both were filed."""
    return insured.sum("insured_only", 12) / insured.sum("insured", 12).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.to(USUAL), unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="近3个月工资表人员中未参保的比例",
    reason=_none_on_file(3), absent=NOT_COMPARED,
)  # fmt: skip
def on_payroll_not_insured_3m(insured: Books) -> ir.Value:
    """On the payroll and insured in no scheme, over workers, of those of the last three months for which both were filed."""
    return insured.sum("paid_only", 3) / insured.sum("paid", 3).nullif(0)


@feature(
    family=FAMILY, changeable=INSURE.to(USUAL), unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="近12个月工资表人员中未参保的比例",
    reason=_none_on_file(12), absent=NOT_COMPARED,
)  # fmt: skip
def on_payroll_not_insured_12m(insured: Books) -> ir.Value:
    """On the payroll and insured in no scheme, over workers, of those of the last twelve months for which both were filed."""
    return insured.sum("paid_only", 12) / insured.sum("paid", 12).nullif(0)


@feature(
    family=FAMILY, unit="share of peers", source=("payroll", "employers"), range=SHARE, direction=1, without_history=None, zh="近3个月月均离职比例在同类单位中的百分位",
    reason=Reason(en="share of the workforce leaving in a month, on average of the last 3: higher than at {value:.0%} of its peers", zh="近3个月月均离职比例高于{value:.0%}的同类单位"), absent=NO_TWO_MONTHS,
)  # fmt: skip
def leaving_among_peers(others: Others) -> ir.Value:
    """Share of peers with a smaller share of the workforce leaving in a month, of the last three months."""
    return others.percentile("left_a_month_3m")
