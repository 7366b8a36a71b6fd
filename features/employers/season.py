"""The time of the year: how far the festival is before which wages are settled, and the same months a year ago."""

from __future__ import annotations

import ibis.expr.types as ir

from features import festivals
from features.employers.catalogue import NO_PAYROLL, feature
from features.feature import Reason
from features.snapshots.books import Books
from features.snapshots.others import Others
from features.snapshots.subjects import Employer

FAMILY = "season"
NO_YEAR_BEFORE = Reason(
    en="no payroll of these months or of the same a year ago is known", zh="该期间或上年同期无工资数据"
)
NO_DAY = Reason(en="no festival of that year is in the table", zh="节日表中无该年度日期")


@feature(
    family=FAMILY, unit="days", source="employers", range=(0, 385), without_history=None, zh="距下一个春节的天数",
    reason=Reason(en="days to the next Spring Festival: {value:,.0f}", zh="距下一个春节{value:,.0f}天"), absent=NO_DAY,
)  # fmt: skip
def days_to_spring_festival(employer: Employer) -> ir.Value:
    """Days to the next Spring Festival; 0 on the day itself."""
    return festivals.days_to_spring_festival(employer.as_of)


@feature(
    family=FAMILY, unit="days", source="employers", range=(0, 385), without_history=None, zh="距上一个春节的天数",
    reason=Reason(en="days since the last Spring Festival: {value:,.0f}", zh="距上一个春节{value:,.0f}天"), absent=NO_DAY,
)  # fmt: skip
def days_since_spring_festival(employer: Employer) -> ir.Value:
    """Days since the last Spring Festival; 0 on the day itself."""
    return festivals.days_since_spring_festival(employer.as_of)


@feature(
    family=FAMILY, unit="months", source="employers", range=(0, 11), without_history=None, zh="距年底的月数",
    reason=Reason(en="months left of the year after this one: {value:,.0f}", zh="本月之后距年底{value:,.0f}个月"),
)  # fmt: skip
def months_to_year_end(employer: Employer) -> ir.Value:
    """Months left of the year after that of the day: 0 in December."""
    return 12 - employer.as_of.month().cast("int64")


@feature(
    family=FAMILY, unit="share", source="payroll", range=(-1, None), without_history=None, zh="近3个月工资人月较上年同期的变化",
    reason=Reason(en="worker-months of the last 3 months against the same months a year ago: {value:+.0%}", zh="近3个月工资人月较上年同期变化{value:+.0%}"), absent=NO_YEAR_BEFORE,
)  # fmt: skip
def workers_year_change(payroll: Books) -> ir.Value:
    """Worker-months of the last three months fallen due, over those of the same months a year ago, less 1."""
    before = payroll.sum("workers", 3, skip=12, due=True)
    return payroll.sum("workers", 3, due=True).nullif(0) / before.nullif(0) - 1


@feature(
    family=FAMILY, unit="share", source="payroll", range=(-1, None), without_history=None, zh="近3个月应发工资总额较上年同期的变化",
    reason=Reason(en="wages due for the last 3 months against the same months a year ago: {value:+.0%}", zh="近3个月应发工资总额较上年同期变化{value:+.0%}"), absent=NO_YEAR_BEFORE,
)  # fmt: skip
def wage_bill_year_change(payroll: Books) -> ir.Value:
    """Wages due for the last three months fallen due, over those of the same months a year ago, less 1."""
    before = payroll.sum("due", 3, skip=12, due=True)
    return payroll.sum("due", 3, due=True).nullif(0) / before.nullif(0) - 1


@feature(
    family=FAMILY, unit="share", source=("payroll", "employers"), range=(-1, None), without_history=None, zh="同行业用人单位近3个月月均人数较近12个月变化的中位数",
    reason=Reason(en="workers in a month of the last 3 against the last 12, at the median employer of the industry: {value:+.0%}", zh="同行业单位近3个月月均人数较近12个月变化的中位数为{value:+.0%}"),
    absent=Reason(en="no payroll of the industry is known", zh="该行业无工资数据"),
)  # fmt: skip
def industry_workers_change(others: Others) -> ir.Value:
    """Median, over employers of the industry, of the change of workers (last three months against last twelve)."""
    return others.typical("workers_change", "industry")


@feature(
    family=FAMILY, unit="share", source=("payroll", "employers"), range=(None, None), without_history=None, zh="近3个月月均人数较近12个月的变化与同行业中位数之差",
    reason=Reason(en="workers in a month of the last 3 against the last 12, less the industry's median: {value:points}", zh="近3个月月均人数较近12个月的变化与同行业中位数相差{value:points}"),
    absent=NO_PAYROLL,
)  # fmt: skip
def workers_change_beyond_industry(others: Others) -> ir.Value:
    """Change of workers (last three months against last twelve), less the median of the industry."""
    return others.own("workers_change") - others.typical("workers_change", "industry")
