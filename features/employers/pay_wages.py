"""What wages are: workers, their pay, what it is against the minimum and against its own past."""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import PAY_WAGES
from features.currency import CURRENCY
from features.employers.catalogue import SHARE, feature, no_payroll, no_wages_paid
from features.feature import Reason
from features.languages import LANGUAGES
from features.limits import ROUND_LUMP
from features.minimum_wages import GRADES, of_region
from features.paid_only_now import WAGES, none_where_nothing_paid
from features.snapshots.books import Books
from features.snapshots.subjects import Employer

FAMILY = "pay"
LUMP = {language: CURRENCY.say(ROUND_LUMP, language) for language in LANGUAGES}


@feature(
    family=FAMILY, unit="workers", source="payroll", without_history=None, zh="近3个月有工资数据月份的平均人数",
    reason=Reason(en="workers on the payroll, average of the months reported of the last 3: {value:,.1f}", zh="近3个月已申报月份平均在册{value:,.1f}人"), absent=no_payroll(3),
)  # fmt: skip
def workers_3m(payroll: Books) -> ir.Value:
    """Worker-months over months with payroll, of the last three months."""
    return payroll.sum("workers", 3) / payroll.events("workers", 3).nullif(0)


@feature(
    family=FAMILY, unit="share", source="payroll", range=(-1, None), without_history=None, zh="近3个月月均人数较近12个月的变化",
    reason=Reason(en="workers in a month of the last 3 against the last 12: {value:+.0%}", zh="近3个月月均人数较近12个月变化{value:+.0%}"), absent=no_payroll(3),
)  # fmt: skip
def workers_change(payroll: Books) -> ir.Value:
    """Mean workers a month of the last three months, over that of the last twelve, less 1."""
    lately = payroll.sum("workers", 3) / payroll.events("workers", 3).nullif(0)
    usual = payroll.sum("workers", 12) / payroll.events("workers", 12).nullif(0)
    return lately / usual.nullif(0) - 1


@feature(
    family=FAMILY, unit="currency a worker and month", source="payroll", without_history=None, zh="近3个月人均月应发工资",
    reason=Reason(en="wage due to a worker for a month, on average of the last 3: {value:money}", zh="近3个月人均月应发工资{value:money}"), absent=no_payroll(3),
)  # fmt: skip
def mean_wage_3m(payroll: Books) -> ir.Value:
    """Wages due over worker-months, of the last three months."""
    return payroll.money("due", 3) / payroll.sum("workers", 3).nullif(0)


@feature(
    family=FAMILY, unit="share", source="payroll", range=(-1, None), without_history=None, zh="近3个月人均月应发工资较近12个月的变化",
    reason=Reason(en="wage due to a worker for a month, last 3 months against the last 12: {value:+.0%}", zh="近3个月人均月应发工资较近12个月变化{value:+.0%}"), absent=no_payroll(3),
)  # fmt: skip
def mean_wage_change(payroll: Books) -> ir.Value:
    """Wages due over worker-months of the last three months, over the same of the last twelve, less 1."""
    return payroll.share("due", "workers", 3) / payroll.share("due", "workers", 12).nullif(0) - 1


@feature(
    family=FAMILY, unit="times the usual", source="payroll", range=(0, None), without_history=None, zh="近12个月人均应发工资最高月份与平均之比",
    reason=Reason(en="wage due to a worker in the highest month of the last 12: {value:.2f} times the mean", zh="近12个月中人均应发工资最高的月份为平均的{value:.2f}倍"), absent=no_payroll(12),
)  # fmt: skip
def pay_spike_12m(payroll: Books) -> ir.Value:
    """Wages due over workers in the month of the last twelve where that is largest, over the same of all twelve."""
    return payroll.most("due", 12, "workers") / payroll.share("due", "workers", 12).nullif(0)


@feature(
    family=FAMILY, unit="share", source=("payroll", "employers"), range=SHARE, direction=1, without_history=None, zh="近6个月应发工资低于所在地区最低工资标准的人月比例",
    reason=Reason(en="wage due below the region's full-month minimum wage for {value:.0%} of worker-months of the last 6 months (part months count too)", zh="近6个月有{value:.0%}的人月应发工资低于所在地区月最低工资标准（含不足整月者）"),
    absent=Reason(en="no payroll of these months, or no minimum wage of the region, is known", zh="该期间无工资数据或无所在地区最低工资标准"),
)  # fmt: skip
def below_minimum_share_6m(payroll: Books, employer: Employer) -> ir.Value:
    """Worker-months of the last six with a wage due below the month's minimum wage of the region, over those with a wage due."""
    under = of_region(employer.column("region"), {grade: payroll.sum(f"under_{grade}", 6) for grade in GRADES})
    return under / payroll.sum("owed_workers", 6).nullif(0)


@feature(
    family=FAMILY, changeable=PAY_WAGES.at_worst(none_where_nothing_paid(WAGES, "round_paid_share_12m")), unit="share", source="payroll", range=SHARE, direction=1, without_history=None, zh="近12个月以整数金额支付且不等于应发工资的人月比例",
    reason=Reason(en=f"{{value:.0%}} of wages paid for the last 12 months were other than due and a multiple of {LUMP['en']}", zh=f"近12个月已付工资中有{{value:.0%}}与应发额不同且为{LUMP['zh']}的整数倍"), absent=no_wages_paid(12),
)  # fmt: skip
def round_paid_share_12m(payroll: Books) -> ir.Value:
    """Worker-months of the last twelve paid a multiple of `round_lump` that is not the wage due, over worker-months paid."""
    return payroll.share("round_lumps", "paid_workers", 12)
