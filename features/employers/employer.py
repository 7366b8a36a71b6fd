"""The employer itself: age, capital, what others of its kind are like, and when anything was last heard of it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.employers.catalogue import feature
from features.feature import Reason
from features.snapshots.books import Books
from features.snapshots.others import Others
from features.snapshots.subjects import Employer

FAMILY = "employer"
DAYS_A_YEAR = 365.25


@feature(
    family=FAMILY, unit="years", source="employers", without_history=None, zh="成立年限",
    reason=Reason(en="years since registration: {value:.1f}", zh="登记成立{value:.1f}年"),
    absent=Reason(en="day of registration not known", zh="登记日期未知"),
)  # fmt: skip
def age_years(employer: Employer) -> ir.Value:
    """Years since registration."""
    return employer.days_since("registered_on").clip(lower=0).cast("float64") / DAYS_A_YEAR


@feature(
    family=FAMILY, unit="currency", source="employers", without_history=None, zh="注册资本",
    reason=Reason(en="registered capital: {value:money}", zh="注册资本{value:money}"),
    absent=Reason(en="registered capital not known", zh="注册资本未知"),
)  # fmt: skip
def capital(employer: Employer) -> ir.Value:
    """Registered capital."""
    return employer.column("registered_capital").cast("float64")


@feature(
    family=FAMILY, unit="days", source=("complaints", "inspections", "payroll", "contributions", "employers"), zh="距最近一次获知任何信息的天数",
    reason=Reason(en="days since anything was heard of the employer: {value:,.0f}", zh="距最近一次获知该单位信息{value:,.0f}天"),
    without_history=0, learned=False,
)  # fmt: skip
def silent_days(
    complaints: Books, inspections: Books, payroll: Books, contributions: Books, employer: Employer
) -> ir.Value:
    """Days since anything was learned of the employer from any register."""
    heard = [books.heard_on() for books in (complaints, inspections, payroll, contributions)]
    own = employer.column("known_on")
    last = ibis.greatest(own, *[day.fill_null(own) for day in heard])
    return employer.as_of.delta(last, unit="day").clip(lower=0)


def _rate(kind_en: str, kind_zh: str) -> Reason:
    return Reason(
        en=f"complaints per employer of the same {kind_en} in the last 12 months: about {{value:.1f}} times the average",
        zh=f"近12个月同{kind_zh}单位平均投诉件数约为全体平均的{{value:.1f}}倍",
    )


@feature(
    family=FAMILY,
    unit="times the usual",
    source=("complaints", "employers"),
    without_history=None,
    direction=1,
    zh="同行业近12个月平均投诉件数与全体平均之比",
    reason=_rate("industry", "行业"),
)
def industry_complaint_rate(others: Others) -> ir.Value:
    """Complaints of the last 12 months per employer of the same industry, over those per employer in all."""
    return others.relative_rate("complaints_12m", "industry")


@feature(
    family=FAMILY,
    unit="times the usual",
    source=("complaints", "employers"),
    without_history=None,
    direction=1,
    zh="同地区近12个月平均投诉件数与全体平均之比",
    reason=_rate("region", "地区"),
)
def region_complaint_rate(others: Others) -> ir.Value:
    """Complaints of the last 12 months per employer of the same region, over those per employer in all."""
    return others.relative_rate("complaints_12m", "region")


@feature(
    family=FAMILY,
    unit="times the usual",
    source=("complaints", "employers"),
    without_history=None,
    direction=1,
    zh="同所有制近12个月平均投诉件数与全体平均之比",
    reason=_rate("ownership", "所有制"),
)
def ownership_complaint_rate(others: Others) -> ir.Value:
    """Complaints of the last 12 months per employer of the same ownership, over those per employer in all."""
    return others.relative_rate("complaints_12m", "ownership")
