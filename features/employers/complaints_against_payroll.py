"""Complaints against the payroll: for the size of the workforce, and beyond what payroll itself admits."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.changes import PAY_WAGES, PAY_WAGES_ON_TIME
from features.employers.catalogue import feature, no_payroll
from features.employers.complaints import FAMILY
from features.feature import Reason
from features.paid_only_now import beyond, complaints_all_paid, newest_unpaid
from features.snapshots.books import CENTS, Books

WORKERS = 100


def _per_workers(complaints: Books, payroll: Books, months: int) -> ir.Value:
    workers = payroll.sum("workers", months) / payroll.events("workers", months).nullif(0)
    return complaints.sum("filed", months) * WORKERS / workers.nullif(0)


def _admitted(payroll: Books, months: int) -> ir.Value:
    """Cents that payroll shows as overdue or as paid late; null where there is no payroll of these months."""
    known = payroll.sum("workers", months, due=True)
    admitted = payroll.sum("unpaid", months, due=True) + payroll.sum("paid_late", months, due=True)
    return ibis.ifelse(known > 0, admitted, ibis.null("int64"))


@feature(
    family=FAMILY, unit="complaints per 100 workers", source=("complaints", "payroll"), direction=1, without_history=None, zh="近12个月每百名劳动者投诉件数",
    reason=Reason(en="complaints of the last 12 months for every 100 workers on the payroll: {value:.1f}", zh="近12个月每百名在册劳动者投诉{value:.1f}件"), absent=no_payroll(12),
)  # fmt: skip
def complaints_per_100_workers_12m(complaints: Books, payroll: Books) -> ir.Value:
    """Complaints filed in the last 12 months, for every 100 workers on the payroll in a month of these on average."""
    return _per_workers(complaints, payroll, 12)


@feature(
    family=FAMILY, unit="complaints per 100 workers", source=("complaints", "payroll"), direction=1, without_history=None, zh="近36个月每百名劳动者投诉件数",
    reason=Reason(en="complaints of the last 36 months for every 100 workers on the payroll: {value:.1f}", zh="近36个月每百名在册劳动者投诉{value:.1f}件"), absent=no_payroll(36),
)  # fmt: skip
def complaints_per_100_workers_36m(complaints: Books, payroll: Books) -> ir.Value:
    """Complaints filed in the last 36 months, for every 100 workers on the payroll in a month of these on average."""
    return _per_workers(complaints, payroll, 36)


@feature(
    family=FAMILY, unit="months of the mean wage", source=("complaints", "payroll"), direction=1, without_history=None, zh="近12个月人均投诉金额相当于几个月的平均工资",
    reason=Reason(en="claimed for a worker in complaints of the last 12 months: {value:.1f} months of the mean wage", zh="近12个月投诉人均金额相当于{value:.1f}个月的平均工资"), absent=Reason(en="no complaint or no payroll of these months is known", zh="该期间无投诉或无工资数据"),
)  # fmt: skip
def claimed_months_of_wage_12m(complaints: Books, payroll: Books) -> ir.Value:
    """Amount claimed for a worker in complaints of the last twelve months, over the mean wage due for a month of these."""
    claimed = complaints.share("claimed", "workers", 12)
    return claimed / payroll.share("due", "workers", 12).nullif(0)


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(beyond("claimed_beyond_payroll_12m", "amount_claimed_12m", newest_unpaid)), PAY_WAGES_ON_TIME.at_worst(beyond("claimed_beyond_payroll_12m", "amount_claimed_12m"))), unit="currency", source=("complaints", "payroll"), direction=1, without_history=None, zh="近12个月工资投诉金额超出工资数据所示欠付和迟付的部分",
    reason=Reason(en="claimed as wages in the last 12 months beyond what payroll shows unpaid or paid late: {value:money}", zh="近12个月工资投诉金额超出工资数据所示欠付和迟付金额{value:money}"), absent=no_payroll(12, due=True),
)  # fmt: skip
def claimed_beyond_payroll_12m(complaints: Books, payroll: Books) -> ir.Value:
    """Amount claimed in wage complaints of the last twelve months beyond the wages of these that payroll shows overdue or paid late."""
    beyond = complaints.sum("claimed_wages", 12) - _admitted(payroll, 12)
    return beyond.clip(lower=0) / CENTS


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(beyond("proven_beyond_payroll_36m", "amount_proven_36m", newest_unpaid)), PAY_WAGES_ON_TIME.at_worst(beyond("proven_beyond_payroll_36m", "amount_proven_36m"))), unit="currency", source=("complaints", "payroll"), direction=1, without_history=None, zh="近36个月投诉认定的欠付工资超出工资数据所示欠付和迟付的部分",
    reason=Reason(en="found owed as wages in complaints of the last 36 months beyond what payroll shows unpaid or paid late: {value:money}", zh="近36个月投诉认定的欠付工资超出工资数据所示欠付和迟付金额{value:money}"), absent=no_payroll(36, due=True),
)  # fmt: skip
def proven_beyond_payroll_36m(complaints: Books, payroll: Books) -> ir.Value:
    """Wages found owed in complaints of the last 36 months beyond those of these months that payroll shows overdue or paid late."""
    beyond = complaints.sum("owed_wages", 36) - _admitted(payroll, 36)
    return beyond.clip(lower=0) / CENTS


@feature(
    family=FAMILY, changeable=(PAY_WAGES.at_worst(complaints_all_paid(only_newest=True)), PAY_WAGES_ON_TIME.at_worst(complaints_all_paid(only_newest=False))), unit="complaints", source=("complaints", "payroll"), direction=1, without_history=None, zh="工资数据显示近12个月工资均已按期付清时的工资投诉件数",
    reason=Reason(en="complaints of wages in the last 12 months where payroll shows them all paid, and in time: {value:,.0f}", zh="近12个月工资数据显示均已按期付清，而工资投诉有{value:,.0f}件"), absent=no_payroll(12, due=True),
)  # fmt: skip
def wage_complaints_all_paid_12m(complaints: Books, payroll: Books) -> ir.Value:
    """Complaints of wages filed in the last twelve months where payroll shows nothing of these overdue or paid late; else 0."""
    admitted = _admitted(payroll, 12)
    count = ibis.ifelse(admitted == 0, complaints.sum("about_wages", 12), 0)
    return ibis.ifelse(admitted.isnull(), ibis.null("int64"), count)
