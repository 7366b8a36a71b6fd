"""What workers complained of: how often, how much, how lately, and what came of it."""

from __future__ import annotations

import ibis.expr.types as ir

from features.employers.catalogue import feature
from features.feature import Reason
from features.snapshots.books import Books

FAMILY = "complaints"


def _count(months: int) -> Reason:
    return Reason(
        en=f"complaints filed in the last {months} months: {{value:,.0f}}", zh=f"近{months}个月投诉{{value:,.0f}}件"
    )


def _amount(months: int) -> Reason:
    return Reason(
        en=f"claimed in complaints of the last {months} months: {{value:money}}",
        zh=f"近{months}个月投诉金额{{value:money}}",
    )


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="近3个月收到的投诉件数", reason=_count(3)
)
def complaints_3m(complaints: Books) -> ir.Value:
    """Complaints filed in the last 3 months."""
    return complaints.sum("filed", 3)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="近6个月收到的投诉件数", reason=_count(6)
)
def complaints_6m(complaints: Books) -> ir.Value:
    """Complaints filed in the last 6 months."""
    return complaints.sum("filed", 6)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="近12个月收到的投诉件数", reason=_count(12)
)
def complaints_12m(complaints: Books) -> ir.Value:
    """Complaints filed in the last 12 months."""
    return complaints.sum("filed", 12)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="近36个月收到的投诉件数", reason=_count(36)
)
def complaints_36m(complaints: Books) -> ir.Value:
    """Complaints filed in the last 36 months."""
    return complaints.sum("filed", 36)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="累计投诉件数",
    reason=Reason(en="complaints known in all: {value:,.0f}", zh="累计投诉{value:,.0f}件"),
)  # fmt: skip
def complaints_ever(complaints: Books) -> ir.Value:
    """All complaints known by the day."""
    return complaints.sum("filed")


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="投诉件数，每180天权重减半",
    reason=Reason(en="complaints, older ones counting less (half for every 180 days): {value:.2f}", zh="按时间衰减的投诉件数（每180天减半）：{value:.2f}"),
)  # fmt: skip
def complaints_fading(complaints: Books) -> ir.Value:
    """Complaints, each weighing half as much for every 180 days since it was filed."""
    return complaints.fading("filed", 180)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="投诉件数，每两年权重减半",
    reason=Reason(en="complaints, older ones counting less (half for every two years): {value:.2f}", zh="按时间衰减的投诉件数（每两年减半）：{value:.2f}"),
)  # fmt: skip
def complaints_fading_slowly(complaints: Books) -> ir.Value:
    """Complaints, each weighing half as much for every 730 days since it was filed."""
    return complaints.fading("filed", 730)


@feature(
    family=FAMILY, unit="days", source="complaints", direction=1, zh="近36个月中有投诉的天数",
    reason=Reason(en="days on which somebody complained, in the last 36 months: {value:,.0f}", zh="近36个月中有投诉的天数：{value:,.0f}"),
)  # fmt: skip
def complaint_days_36m(complaints: Books) -> ir.Value:
    """Different days on which complaints were filed in the last 36 months."""
    return complaints.events("filed", 36)


@feature(
    family=FAMILY, unit="days", source="complaints", direction=-1, without_history=None, zh="距最近一次投诉的天数",
    reason=Reason(en="days since the last complaint: {value:,.0f}", zh="距最近一次投诉{value:,.0f}天"),
    absent=Reason(en="no complaint is known", zh="未见投诉记录"),
)  # fmt: skip
def days_since_complaint(complaints: Books) -> ir.Value:
    """Days since the last complaint was filed."""
    return complaints.days_since_last("filed").clip(lower=0)


@feature(
    family=FAMILY, unit="days", source="complaints", without_history=None, learned=False, zh="距首次投诉的天数",
    reason=Reason(en="days since the first complaint: {value:,.0f}", zh="距首次投诉{value:,.0f}天"),
    absent=Reason(en="no complaint is known", zh="未见投诉记录"),
)  # fmt: skip
def days_since_first_complaint(complaints: Books) -> ir.Value:
    """Days since the first complaint was filed."""
    return complaints.days_since_first("filed").clip(lower=0)


@feature(
    family=FAMILY, unit="complaints a year", source="complaints", direction=1, range=(None, None), zh="近3个月年化投诉件数减近12个月投诉件数",
    reason=Reason(en="complaints a year at the pace of the last 3 months, against the last 12: {value:+,.0f}", zh="按近3个月速度折算的年投诉件数与近12个月相差{value:+,.0f}件"),
)  # fmt: skip
def complaint_acceleration(complaints: Books) -> ir.Value:
    """Complaints of the last 3 months as a yearly pace, less those of the last 12 months."""
    return complaints.sum("filed", 3) * 4 - complaints.sum("filed", 12)


@feature(family=FAMILY, unit="currency", source="complaints", direction=1, zh="近3个月投诉金额", reason=_amount(3))
def amount_claimed_3m(complaints: Books) -> ir.Value:
    """Amount claimed in complaints of the last 3 months."""
    return complaints.money("claimed", 3)


@feature(family=FAMILY, unit="currency", source="complaints", direction=1, zh="近12个月投诉金额", reason=_amount(12))
def amount_claimed_12m(complaints: Books) -> ir.Value:
    """Amount claimed in complaints of the last 12 months."""
    return complaints.money("claimed", 12)


@feature(family=FAMILY, unit="currency", source="complaints", direction=1, zh="近36个月投诉金额", reason=_amount(36))
def amount_claimed_36m(complaints: Books) -> ir.Value:
    """Amount claimed in complaints of the last 36 months."""
    return complaints.money("claimed", 36)


@feature(
    family=FAMILY, unit="currency a complaint", source="complaints", without_history=None, zh="近36个月每件投诉的平均金额",
    reason=Reason(en="claimed in a complaint on average, over 36 months: {value:money}", zh="近36个月每件投诉平均金额{value:money}"),
    absent=Reason(en="no complaint of the last 36 months states an amount", zh="近36个月无写明金额的投诉"),
)  # fmt: skip
def mean_amount_claimed_36m(complaints: Books) -> ir.Value:
    """Amount claimed in complaints of the last 36 months, over the number of those that state one."""
    return complaints.money("claimed", 36) / complaints.sum("stating", 36).nullif(0)


@feature(
    family=FAMILY, unit="workers", source="complaints", direction=1, zh="近12个月投诉涉及的劳动者人数",
    reason=Reason(en="workers spoken for in complaints of the last 12 months: {value:,.0f}", zh="近12个月投诉涉及劳动者{value:,.0f}人"),
)  # fmt: skip
def workers_complaining_12m(complaints: Books) -> ir.Value:
    """Workers spoken for in complaints of the last 12 months; a complaint that gives no number speaks for one."""
    return complaints.sum("workers", 12)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="近36个月集体投诉件数（10人及以上）",
    reason=Reason(en="complaints by ten workers or more in the last 36 months: {value:,.0f}", zh="近36个月10人及以上集体投诉{value:,.0f}件"),
)  # fmt: skip
def group_complaints_36m(complaints: Books) -> ir.Value:
    """Complaints of the last 36 months that speak for ten workers or more."""
    return complaints.sum("in_group", 36)


@feature(
    family=FAMILY, unit="share", source="complaints", range=(0, 1), without_history=None, zh="近36个月投诉中涉及工资或未注明事项的比例",
    reason=Reason(en="share of complaints of the last 36 months that are about wages, or do not say about what: {value:.0%}", zh="近36个月投诉中涉及工资或未注明事项的占{value:.0%}"),
    absent=Reason(en="no complaint in the last 36 months", zh="近36个月无投诉"),
)  # fmt: skip
def wage_complaint_share_36m(complaints: Books) -> ir.Value:
    """Complaints about wages, or that do not say about what, over all complaints of the last 36 months."""
    return complaints.sum("about_wages", 36) / complaints.sum("filed", 36).nullif(0)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="近12个月非工资类投诉件数",
    reason=Reason(en="complaints about other things than wages in the last 12 months: {value:,.0f}", zh="近12个月非工资类投诉{value:,.0f}件"),
)  # fmt: skip
def other_complaints_12m(complaints: Books) -> ir.Value:
    """Complaints of the last 12 months that say to be about something else than wages."""
    return complaints.sum("filed", 12) - complaints.sum("about_wages", 12)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="近36个月查实的投诉件数",
    reason=Reason(en="complaints of the last 36 months that were proven: {value:,.0f}", zh="近36个月查实投诉{value:,.0f}件"),
)  # fmt: skip
def proven_complaints_36m(complaints: Books) -> ir.Value:
    """Complaints filed in the last 36 months and decided as proven by the day."""
    return complaints.sum("proven", 36)


@feature(
    family=FAMILY, unit="share", source="complaints", range=(0, 1), direction=1, without_history=None, zh="近36个月已处理投诉中查实的比例",
    reason=Reason(en="share of decided complaints of the last 36 months that were proven: {value:.0%}", zh="近36个月已处理投诉中查实的占{value:.0%}"),
    absent=Reason(en="no complaint of the last 36 months is decided", zh="近36个月尚无已处理的投诉"),
)  # fmt: skip
def proven_share_36m(complaints: Books) -> ir.Value:
    """Complaints proven, over complaints decided, of those filed in the last 36 months."""
    return complaints.sum("proven", 36) / complaints.sum("decided", 36).nullif(0)


@feature(
    family=FAMILY, unit="complaints", source="complaints", direction=1, zh="近36个月提出且尚未处理的投诉件数",
    reason=Reason(en="complaints of the last 36 months not yet decided: {value:,.0f}", zh="近36个月尚未作出处理决定的投诉{value:,.0f}件"),
)  # fmt: skip
def undecided_complaints_36m(complaints: Books) -> ir.Value:
    """Complaints filed in the last 36 months on which no decision is known."""
    return complaints.sum("filed", 36) - complaints.sum("decided", 36)


@feature(
    family=FAMILY, unit="currency", source="complaints", direction=1, zh="近36个月尚未处理的投诉所主张的金额",
    reason=Reason(en="claimed in complaints of the last 36 months not yet decided: {value:money}", zh="近36个月尚未作出处理决定的投诉主张金额{value:money}"),
)  # fmt: skip
def amount_undecided_36m(complaints: Books) -> ir.Value:
    """Amount claimed in complaints filed in the last 36 months on which no decision is known."""
    return complaints.money("claimed", 36) - complaints.money("claimed_decided", 36)


@feature(
    family=FAMILY, unit="complaints", source="complaints", zh="近36个月撤回或和解的投诉件数",
    reason=Reason(en="complaints of the last 36 months withdrawn or settled: {value:,.0f}", zh="近36个月撤回或和解的投诉{value:,.0f}件"),
)  # fmt: skip
def dropped_complaints_36m(complaints: Books) -> ir.Value:
    """Complaints filed in the last 36 months that were withdrawn or settled."""
    return complaints.sum("dropped", 36)


@feature(
    family=FAMILY, unit="currency", source="complaints", direction=1, zh="近36个月投诉中认定的欠付金额",
    reason=Reason(en="found owed in complaints of the last 36 months: {value:money}", zh="近36个月投诉认定欠付{value:money}"),
)  # fmt: skip
def amount_proven_36m(complaints: Books) -> ir.Value:
    """Amount found to be owed in complaints filed in the last 36 months."""
    return complaints.money("owed", 36)
