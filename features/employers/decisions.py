"""Decisions not paid: what complaints and inspections found owed and nobody has recovered."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.changes import PAY_DECISIONS
from features.employers.catalogue import feature
from features.feature import Reason
from features.snapshots.books import Books

FAMILY = "decisions"
SOURCE = ("complaints", "inspections")


@feature(
    family=FAMILY, changeable=PAY_DECISIONS.to(0), unit="decisions", source=SOURCE, direction=1, zh="近36个月尚未履行完毕的决定件数",
    reason=Reason(en="findings of the last 36 months not paid in full: {value:,.0f}", zh="近36个月尚未全额履行的决定{value:,.0f}件"),
)  # fmt: skip
def unpaid_decisions_36m(complaints: Books, inspections: Books) -> ir.Value:
    """Complaints and inspections of the last 36 months with an amount found owed and not recovered in full."""
    return complaints.sum("unpaid", 36) + inspections.sum("unpaid", 36)


@feature(
    family=FAMILY, changeable=PAY_DECISIONS.to(0), unit="currency", source=SOURCE, direction=1, zh="近36个月决定中尚未追回的金额",
    reason=Reason(en="found owed in cases of the last 36 months and not recorded as recovered, all decisions added up: {value:money} (one debt may be counted several times)", zh="近36个月案件中认定欠付、未登记追回，各决定相加{value:money}（同一欠款可能重复计入）"),
)  # fmt: skip
def still_owed_36m(complaints: Books, inspections: Books) -> ir.Value:
    """Amount found owed in complaints and inspections of the last 36 months and not recovered."""
    return complaints.money("still_owed", 36) + inspections.money("still_owed", 36)


@feature(
    family=FAMILY, changeable=PAY_DECISIONS.to(0), unit="share", source=SOURCE, range=(0, 1), direction=1, without_history=None, zh="近36个月认定欠付金额中仍未追回的比例",
    reason=Reason(en="share still owed of what was found owed in the last 36 months: {value:.0%}", zh="近36个月认定欠付金额中仍有{value:.0%}未追回"),
    absent=Reason(en="nothing was found owed in the last 36 months", zh="近36个月未认定欠付"),
)  # fmt: skip
def still_owed_share_36m(complaints: Books, inspections: Books) -> ir.Value:
    """Amount not recovered, over the amount found owed, of complaints and inspections of the last 36 months."""
    owed = complaints.sum("owed", 36) + inspections.sum("owed", 36)
    return (complaints.sum("still_owed", 36) + inspections.sum("still_owed", 36)) / owed.nullif(0)


@feature(
    family=FAMILY, changeable=PAY_DECISIONS.to(None), unit="days", source=SOURCE, direction=1, without_history=None, zh="最早一件未履行决定所涉投诉或监察距今天数",
    reason=Reason(en="days since the oldest complaint or inspection whose finding is not paid: {value:,.0f}", zh="最早一件未履行决定所涉案件距今{value:,.0f}天"),
    absent=Reason(en="no finding is known to be unpaid", zh="未见未履行的决定"),
)  # fmt: skip
def oldest_unpaid_days(complaints: Books, inspections: Books) -> ir.Value:
    """Days since the oldest complaint or inspection with an amount found owed and not recovered in full."""
    one, other = complaints.days_since_first("unpaid"), inspections.days_since_first("unpaid")
    return ibis.greatest(one.fill_null(other), other.fill_null(one)).clip(lower=0)
