"""Rings: persons tied by what their claims name alike, and how near they are to fraud that reviews found.

Two persons are tied whose claims have named, or were paid to, the same account, phone, address or agent, or the same agent
for the same employer, in the last two years. What more persons name than a limit says (an accounting firm's phone, a large
agent) ties nobody; nor does what only two persons name who have an address in common and are of similar age. A ring is all
who can be reached over ties. Nothing here speaks of the reviews of the person's own claims.
"""

from __future__ import annotations

import ibis.expr.types as ir

from features.claims.catalogue import feature
from features.feature import Reason
from features.snapshots.beside import Beside

FAMILY = "rings"
NAMED = ("claims", "payouts")
REVIEWED = (*NAMED, "claim_decisions")
NO_REVIEWS = Reason(en="no reviews of claims are known", zh="无申领复核数据")


@feature(
    family=FAMILY, unit="persons", source=NAMED, direction=1, zh="与申领人直接关联的其他人员数（共用账户、电话、地址或代办人）",
    reason=Reason(en="other persons whose claims name the same account, phone, address or small agent: {value:,.0f}", zh="申领中使用相同账户、电话、地址或小型代办人的其他人员{value:,.0f}名"),
)  # fmt: skip
def tied_persons(rings: Beside) -> ir.Value:
    """Other persons tied to the claim's person directly: same account, phone, address or agent, hubs and couples left out."""
    return rings.value("tied")


@feature(
    family=FAMILY, unit="persons", source=NAMED, direction=1, zh="经关联可到达的其他人员数",
    reason=Reason(en="other persons who can be reached over what their claims share: {value:,.0f}", zh="经申领中的共同信息可到达的其他人员{value:,.0f}名"),
)  # fmt: skip
def ring_persons(rings: Beside) -> ir.Value:
    """Other persons who can be reached from the claim's person over ties, in any number of steps."""
    return rings.value("persons")


@feature(
    family=FAMILY, unit="claims", source=NAMED, direction=1, zh="经关联可到达的其他人员近两年的申领件数",
    reason=Reason(en="claims of the last two years by other persons reached over ties: {value:,.0f}", zh="经关联可到达的其他人员近两年申领{value:,.0f}件"),
)  # fmt: skip
def ring_claims(rings: Beside) -> ir.Value:
    """Claims filed in the last two years by the other persons who can be reached over ties."""
    return rings.value("claims")


@feature(
    family=FAMILY, unit="currency", source=NAMED, direction=1, zh="经关联可到达的其他人员近两年的申领金额",
    reason=Reason(en="amount of the last two years' claims by other persons reached over ties: {value:money}", zh="经关联可到达的其他人员近两年申领金额{value:money}"),
)  # fmt: skip
def ring_amount(rings: Beside) -> ir.Value:
    """Amounts claimed, a month or once, in the last two years by the other persons who can be reached over ties."""
    return rings.value("amount")


@feature(
    family=FAMILY, unit="claims", source=NAMED, direction=1, zh="经关联可到达的其他人员在前后15天内的申领件数",
    reason=Reason(en="claims by other persons reached over ties, filed within half a month of this one: {value:,.0f}", zh="经关联可到达的其他人员在前后半个月内申领{value:,.0f}件"),
)  # fmt: skip
def ring_claims_together(rings: Beside) -> ir.Value:
    """Claims of the other persons who can be reached over ties, filed within half a month before or after the claim."""
    return rings.value("together")


@feature(
    family=FAMILY, unit="persons", source=REVIEWED, direction=1, absent=NO_REVIEWS, zh="直接关联的人员中复核认定欺诈的人数",
    reason=Reason(en="persons tied to it with a claim in which a review found fraud: {value:,.0f}", zh="直接关联人员中有申领经复核认定欺诈的{value:,.0f}名"),
)  # fmt: skip
def tied_confirmed(rings: Beside) -> ir.Value:
    """Persons tied directly in whose claims a review found fraud by the day."""
    return rings.value("confirmed")


@feature(
    family=FAMILY, unit="persons", source=REVIEWED, direction=1, absent=NO_REVIEWS, zh="直接关联的人员中复核认定欺诈的人数（认定越早、关联越弱权重越低）",
    reason=Reason(en="persons tied to it with a claim in which a review found fraud, older findings and weaker ties counting less: {value:.2f}", zh="直接关联人员中复核认定欺诈的人数（认定越早、关联越弱权重越低）：{value:.2f}"),
)  # fmt: skip
def tied_confirmed_fading(rings: Beside) -> ir.Value:
    """Persons tied directly in whose claims a review found fraud, each weighing half as much for every year since the decision and less the weaker the tie."""
    return rings.value("confirmed_fading")


@feature(
    family=FAMILY, unit="steps", source=REVIEWED, range=(1, 2), direction=-1, without_history=None, zh="到最近的复核认定欺诈人员的关联步数（最多2步）",
    reason=Reason(en="ties from the person to the nearest other with a claim in which a review found fraud: {value:,.0f}", zh="距最近的复核认定欺诈人员{value:,.0f}步关联"),
    absent=Reason(en="no other person within two ties had a claim in which a review found fraud", zh="两步关联以内的其他人员无复核认定欺诈记录"),
)  # fmt: skip
def steps_to_confirmed(rings: Beside) -> ir.Value:
    """Ties to the nearest other person in whose claims a review found fraud, 1 or 2; absent beyond."""
    return rings.value("steps_to_confirmed")


@feature(
    family=FAMILY, unit="visits", source=REVIEWED, direction=1, absent=NO_REVIEWS, zh="自复核认定欺诈的其他人员出发沿关联游走到达申领人的期望次数（个性化PageRank）",
    reason=Reason(en="walks over ties from other persons with claims in which reviews found fraud come by the person {value:.3f} times", zh="自复核认定欺诈的其他人员沿关联游走平均到达申领人{value:.3f}次"),
)  # fmt: skip
def nearness_to_confirmed(rings: Beside) -> ir.Value:
    """Expected visits of walks over ties that begin at other persons with claims in which reviews found fraud, older findings beginning fewer (personalised PageRank, not normalised)."""
    return rings.value("nearness_to_confirmed")
