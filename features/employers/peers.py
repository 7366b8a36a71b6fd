"""Where the employer stands among its peers: the same industry, region and size, or the widest group that is large enough."""

from __future__ import annotations

import ibis.expr.types as ir

from features.changes import PAY_WAGES
from features.employers.catalogue import feature
from features.feature import Reason
from features.snapshots.others import Others

FAMILY = "peers"
SHARE: tuple[float, float] = (0, 1)


def _among(what_en: str, what_zh: str) -> Reason:
    return Reason(en=f"{{value:.0%}} of its peers have less: {what_en}", zh=f"{what_zh}高于{{value:.0%}}的同类单位")


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
    reason=_among("share of wages unpaid in the last 3 months", "近3个月未付工资比例"),
    absent=Reason(en="no payroll of these months is known", zh="该期间无工资数据"),
)
def unpaid_share_among_peers(others: Others) -> ir.Value:
    """Share of peers with a smaller share of wages unpaid in the last three months."""
    return others.percentile("unpaid_share_3m")
