"""What inspectors found, how lately, and what it came to."""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import PAY_DECISIONS
from features.employers.catalogue import feature
from features.feature import Reason
from features.snapshots.books import Books

FAMILY = "inspections"


@feature(
    family=FAMILY, unit="inspections", source="inspections", zh="近36个月监察次数",
    reason=Reason(en="inspections in the last 36 months: {value:,.0f}", zh="近36个月监察{value:,.0f}次"),
)  # fmt: skip
def inspections_36m(inspections: Books) -> ir.Value:
    """Inspections opened in the last 36 months."""
    return inspections.sum("opened", 36)


@feature(
    family=FAMILY, unit="days", source="inspections", without_history=None, zh="距最近一次监察的天数",
    reason=Reason(en="days since the last inspection: {value:,.0f}", zh="距最近一次监察{value:,.0f}天"),
    absent=Reason(en="no inspection is known", zh="未见监察记录"),
)  # fmt: skip
def days_since_inspection(inspections: Books) -> ir.Value:
    """Days since the last inspection was opened."""
    return inspections.days_since_last("opened").clip(lower=0)


@feature(
    family=FAMILY, unit="inspections", source="inspections", direction=1, zh="近36个月查实欠薪的监察次数",
    reason=Reason(en="inspections of the last 36 months that found wage arrears: {value:,.0f}", zh="近36个月查实欠薪的监察{value:,.0f}次"),
)  # fmt: skip
def arrears_findings_36m(inspections: Books) -> ir.Value:
    """Inspections opened in the last 36 months that found wage arrears."""
    return inspections.sum("arrears", 36)


@feature(
    family=FAMILY, unit="days", source="inspections", direction=-1, without_history=None, zh="距最近一次查实欠薪的监察的天数",
    reason=Reason(en="days since the inspection that last found wage arrears was opened: {value:,.0f}", zh="距最近一次查实欠薪的监察{value:,.0f}天"),
    absent=Reason(en="no inspection is known to have found wage arrears", zh="未见监察查实欠薪的记录"),
)  # fmt: skip
def days_since_arrears_finding(inspections: Books) -> ir.Value:
    """Days since the opening of the last inspection that found wage arrears."""
    return inspections.days_since_last("arrears").clip(lower=0)


@feature(
    family=FAMILY, unit="inspections", source="inspections", direction=1, zh="近36个月查实欠缴社保费的监察次数",
    reason=Reason(en="inspections of the last 36 months that found contributions in arrears: {value:,.0f}", zh="近36个月查实欠缴社会保险费的监察{value:,.0f}次"),
)  # fmt: skip
def contribution_findings_36m(inspections: Books) -> ir.Value:
    """Inspections opened in the last 36 months that found contributions in arrears."""
    return inspections.sum("contribution_arrears", 36)


@feature(
    family=FAMILY, unit="inspections", source="inspections", direction=-1, zh="近36个月未发现问题的监察次数",
    reason=Reason(en="inspections of the last 36 months that found nothing wrong: {value:,.0f}", zh="近36个月未发现问题的监察{value:,.0f}次"),
)  # fmt: skip
def clean_inspections_36m(inspections: Books) -> ir.Value:
    """Inspections opened in the last 36 months that found nothing wrong."""
    return inspections.sum("clean", 36)


@feature(
    family=FAMILY, unit="inspections", source="inspections", zh="近36个月未找到用人单位的监察次数",
    reason=Reason(en="inspections of the last 36 months that did not find the employer: {value:,.0f}", zh="近36个月未找到用人单位的监察{value:,.0f}次"),
)  # fmt: skip
def not_found_36m(inspections: Books) -> ir.Value:
    """Inspections opened in the last 36 months that did not find the employer."""
    return inspections.sum("not_found", 36)


@feature(
    family=FAMILY, unit="inspections", source="inspections", zh="近36个月尚未结案的监察次数",
    reason=Reason(en="inspections of the last 36 months still open: {value:,.0f}", zh="近36个月尚未结案的监察{value:,.0f}次"),
)  # fmt: skip
def open_inspections_36m(inspections: Books) -> ir.Value:
    """Inspections opened in the last 36 months of which no finding is known."""
    return inspections.sum("opened", 36) - inspections.sum("closed", 36)


@feature(
    family=FAMILY, unit="currency", source="inspections", direction=1, zh="近36个月监察查实的欠付金额",
    reason=Reason(en="found owed by inspections of the last 36 months: {value:money}", zh="近36个月监察查实欠付{value:money}"),
)  # fmt: skip
def amount_owed_36m(inspections: Books) -> ir.Value:
    """Amount that inspections opened in the last 36 months found to be owed."""
    return inspections.money("owed", 36)


@feature(
    family=FAMILY, unit="workers", source="inspections", direction=1, zh="近36个月同日立案的监察查实的被欠薪人数最大值",
    reason=Reason(en="workers found owed wages by the largest inspection of the last 36 months: {value:,.0f} (inspections opened on the same day counted together; it may be settled since)", zh="近36个月监察查实被拖欠工资人数最多的一次为{value:,.0f}人（同日立案的合并计算；其后可能已解决）"),
)  # fmt: skip
def workers_owed_36m(inspections: Books) -> ir.Value:
    """Most workers whom inspections opened on one day of the last 36 months found to be owed; the same people may be found again."""
    return inspections.most("workers_owed", 36).fill_null(0)


@feature(
    family=FAMILY, changeable=PAY_DECISIONS.to(1), unit="share", source="inspections", range=(0, 1), direction=-1, without_history=None, zh="近36个月监察查实金额中已追回的比例",
    reason=Reason(en="share recovered of what inspections of the last 36 months found owed: {value:.0%}", zh="近36个月监察查实欠付金额已追回{value:.0%}"),
    absent=Reason(en="no inspection of the last 36 months found anything owed", zh="近36个月监察未查实欠付"),
)  # fmt: skip
def recovered_share_36m(inspections: Books) -> ir.Value:
    """Amount recovered, over the amount found owed, of inspections opened in the last 36 months."""
    return inspections.sum("recovered", 36) / inspections.sum("owed", 36).nullif(0)
