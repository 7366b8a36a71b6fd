"""Ties: what is shared with other employers, whose workers came here, and what was proven against those tied.

Two employers are tied that share or have shared a thing which is no hub, be it one after the other, or of which one got a
large part of its workforce from the other, who is no hub (as one that lends workers out is). What is said to be shared is what both hold on the day: a number that another
had before is no link of today. What is told of those tied says that ties may have ended, and where it is weighed a tie
fades once it has. Nothing here speaks of decisions against the employer itself.
"""

from __future__ import annotations

import ibis.expr.types as ir

from features.employers.catalogue import NO_PAYROLL, feature
from features.feature import Reason
from features.snapshots.books import Books
from features.ties.measures import Ties

FAMILY = "ties"
EITHER = ("employer_ties", "payroll")
PROOFS = ("complaints", "inspections")
NO_PROVEN = Reason(
    en="arrears were proven against none of the employers it is or was tied to",
    zh="现有或曾有关联的单位中无欠薪查实记录",
)
NOBODY_CAME = Reason(
    en="nobody is known to have come from another employer in the last 24 months", zh="近24个月未见来自其他单位的人员"
)


@feature(
    family=FAMILY, unit="employers", source="employer_ties", direction=1, zh="当日共用同一负责人或股东的其他单位数（曾被众多单位共用者不计）",
    reason=Reason(en="other employers with the same director or shareholder on the day: {value:,.0f}", zh="当日与其有相同负责人或股东的其他单位{value:,.0f}家"),
)  # fmt: skip
def sharing_director_or_shareholder(ties: Ties) -> ir.Value:
    """Other employers that have a director or shareholder in common with it on the day, one that too many have had left out."""
    return ties.value("sharing_person")


@feature(
    family=FAMILY, unit="employers", source="employer_ties", direction=1, zh="当日共用同一电话或地址的其他单位数（曾被众多单位共用者不计）",
    reason=Reason(en="other employers with the same phone or address on the day: {value:,.0f}", zh="当日与其有相同电话或地址的其他单位{value:,.0f}家"),
)  # fmt: skip
def sharing_phone_or_address(ties: Ties) -> ir.Value:
    """Other employers that have a phone or address in common with it on the day, one that too many have had left out."""
    return ties.value("sharing_contact")


@feature(
    family=FAMILY, unit="employers", source="employer_ties", direction=1, zh="当日共用同一账户或代理人的其他单位数（曾被众多单位共用者不计）",
    reason=Reason(en="other employers with the same account or agent on the day: {value:,.0f}", zh="当日与其有相同账户或代理人的其他单位{value:,.0f}家"),
)  # fmt: skip
def sharing_account_or_agent(ties: Ties) -> ir.Value:
    """Other employers that have an account or agent in common with it on the day, one that too many have had left out."""
    return ties.value("sharing_account")


@feature(
    family=FAMILY, unit="employers", source=EITHER, zh="经现有或曾有的关联可到达的其他单位数",
    reason=Reason(en="other employers that can be reached over ties, ended ones too: {value:,.0f}", zh="经现有或曾有的关联可到达的其他单位{value:,.0f}家"),
)  # fmt: skip
def linked_employers(ties: Ties) -> ir.Value:
    """Other employers that can be reached from it over ties, ended ones too, in any number of steps."""
    return ties.value("linked")


@feature(
    family=FAMILY, unit="employers", source=(*EITHER, "employers"), direction=1, zh="现有或曾有关联的单位中已注销或停业的家数",
    reason=Reason(en="employers it is or was tied to that have closed: {value:,.0f}", zh="现有或曾有关联的单位中已注销或停业{value:,.0f}家"),
)  # fmt: skip
def tied_closed(ties: Ties) -> ir.Value:
    """Employers it is or was tied to that are known to have closed."""
    return ties.value("closed")


@feature(
    family=FAMILY, unit="employers", source=(*EITHER, *PROOFS, "employers"), direction=1, zh="现有或曾有关联的单位中已注销或停业且有未履行决定的家数",
    reason=Reason(en="employers it is or was tied to that have closed with a finding not paid in full: {value:,.0f}", zh="现有或曾有关联的单位中已注销或停业且决定未全额履行的{value:,.0f}家"),
)  # fmt: skip
def tied_closed_unpaid(ties: Ties) -> ir.Value:
    """Employers it is or was tied to that have closed, with an amount found owed and not recovered in full."""
    return ties.value("closed_unpaid")


@feature(
    family=FAMILY, unit="employers", source=(*EITHER, *PROOFS), direction=1, zh="现有或曾有关联的单位中有欠薪查实记录的家数",
    reason=Reason(en="employers it is or was tied to against which arrears were proven: {value:,.0f}", zh="现有或曾有关联的单位中有欠薪查实记录的{value:,.0f}家"),
)  # fmt: skip
def tied_proven(ties: Ties) -> ir.Value:
    """Employers it is or was tied to against which arrears were proven by the day."""
    return ties.value("proven")


@feature(
    family=FAMILY, unit="employers", source=(*EITHER, *PROOFS), direction=1, zh="现有或曾有关联的单位中有欠薪查实记录的家数，查实越早、关联越弱权重越低",
    reason=Reason(en="employers it is or was tied to against which arrears were proven, older proofs and weaker ties counting less: {value:.2f}", zh="现有或曾有关联的单位中有欠薪查实记录的家数（查实越早、关联越弱权重越低）：{value:.2f}"),
)  # fmt: skip
def tied_proven_fading(ties: Ties) -> ir.Value:
    """Employers it is or was tied to against which arrears were proven, each weighing half as much for every two years since the proof and less the weaker the tie."""
    return ties.value("proven_fading")


@feature(
    family=FAMILY, unit="days", source=(*EITHER, *PROOFS), direction=-1, without_history=None, zh="距现有或曾有关联的单位最近一次欠薪查实的天数",
    reason=Reason(en="days since arrears were last proven against an employer it is or was tied to: {value:,.0f}", zh="距现有或曾有关联的单位最近一次欠薪查实{value:,.0f}天"), absent=NO_PROVEN,
)  # fmt: skip
def days_since_tied_proven(ties: Ties) -> ir.Value:
    """Days since the newest decision that found arrears with an employer it is or was tied to."""
    return ties.value("days_since_proven")


@feature(
    family=FAMILY, unit="steps", source=(*EITHER, *PROOFS), range=(1, 2), direction=-1, without_history=None, zh="到最近的有欠薪查实记录的其他单位的关联步数（含已结束的关联，最多2步）",
    reason=Reason(en="steps over ties, ended ones too, to the nearest other employer against which arrears were proven: {value:,.0f}", zh="距最近的有欠薪查实记录的其他单位{value:,.0f}步关联（含已结束的关联）"),
    absent=Reason(en="no other employer within two ties, ended ones too, had arrears proven against it", zh="两步关联（含已结束的关联）以内的其他单位无欠薪查实记录"),
)  # fmt: skip
def steps_to_proven(ties: Ties) -> ir.Value:
    """Ties, ended ones too, to the nearest other employer against which arrears were proven, 1 or 2; absent beyond."""
    return ties.value("steps_to_proven")


@feature(
    family=FAMILY, unit="visits", source=(*EITHER, *PROOFS), direction=1, zh="自有欠薪查实记录的其他单位出发沿关联游走到达该单位的期望次数（个性化PageRank）",
    reason=Reason(en="walks over ties from other employers with arrears proven come by it {value:.3f} times", zh="自有欠薪查实记录的其他单位沿关联游走平均到达该单位{value:.3f}次"),
)  # fmt: skip
def nearness_to_proven(ties: Ties) -> ir.Value:
    """Expected visits of walks over ties that begin at other employers with arrears proven, older proofs beginning fewer (personalised PageRank, not normalised)."""
    return ties.value("nearness_to_proven")


def _over_workforce(ties: Ties, payroll: Books, measure: str, months: int) -> ir.Value:
    """Workers who came, over the mean workers a month: above 1 where more came than are there at a time."""
    usual = payroll.sum("workers", months) / payroll.events("workers", months).nullif(0)
    return ties.value(measure) / usual.nullif(0)


@feature(
    family=FAMILY, unit="times the workforce", source=("payroll", *PROOFS), direction=1, without_history=None, zh="近12个月来自有欠薪查实记录单位的人员与月均在册人数之比",
    reason=Reason(en="workers who came in the last 12 months from employers with arrears proven are {value:.0%} of the mean workforce", zh="近12个月来自有欠薪查实记录单位的人员为月均在册人数的{value:.0%}"), absent=NO_PAYROLL,
)  # fmt: skip
def came_from_proven_12m(ties: Ties, payroll: Books) -> ir.Value:
    """Workers who came in the last twelve months from employers against which arrears were proven by the day, over mean workers a month."""
    return _over_workforce(ties, payroll, "came_from_proven_12m", 12)


@feature(
    family=FAMILY, unit="times the workforce", source=("payroll", *PROOFS), direction=1, without_history=None, zh="近24个月来自有欠薪查实记录单位的人员与月均在册人数之比",
    reason=Reason(en="workers who came in the last 24 months from employers with arrears proven are {value:.0%} of the mean workforce", zh="近24个月来自有欠薪查实记录单位的人员为月均在册人数的{value:.0%}"), absent=NO_PAYROLL,
)  # fmt: skip
def came_from_proven_24m(ties: Ties, payroll: Books) -> ir.Value:
    """Workers who came in the last 24 months from employers against which arrears were proven by the day, over mean workers a month."""
    return _over_workforce(ties, payroll, "came_from_proven_24m", 24)


@feature(
    family=FAMILY, unit="times the workforce", source=("payroll", "employers"), direction=1, without_history=None, zh="近24个月来自已注销或停业单位的人员与月均在册人数之比",
    reason=Reason(en="workers who came in the last 24 months from employers that have closed are {value:.0%} of the mean workforce", zh="近24个月来自已注销或停业单位的人员为月均在册人数的{value:.0%}"), absent=NO_PAYROLL,
)  # fmt: skip
def came_from_closed_24m(ties: Ties, payroll: Books) -> ir.Value:
    """Workers who came in the last 24 months from employers known to have closed, over mean workers a month."""
    return _over_workforce(ties, payroll, "came_from_closed_24m", 24)


@feature(
    family=FAMILY, unit="times the workforce", source="payroll", without_history=None, zh="近24个月来自同一单位的最多人员与月均在册人数之比",
    reason=Reason(en="workers who came in the last 24 months from one and the same employer are {value:.0%} of the mean workforce", zh="近24个月来自同一单位的人员最多为月均在册人数的{value:.0%}"), absent=NO_PAYROLL,
)  # fmt: skip
def came_from_one_24m(ties: Ties, payroll: Books) -> ir.Value:
    """Workers who came in the last 24 months from the one employer that most came from, over mean workers a month."""
    return _over_workforce(ties, payroll, "came_from_one_24m", 24)


@feature(
    family=FAMILY, unit="share", source="payroll", range=(0, 1), without_history=None, zh="近24个月来自其他单位的人员中来自同一单位的最高比例",
    reason=Reason(en="{value:.0%} of those who came from other employers in the last 24 months came from one and the same", zh="近24个月来自其他单位的人员中{value:.0%}来自同一单位"), absent=NOBODY_CAME,
)  # fmt: skip
def came_together_share_24m(ties: Ties) -> ir.Value:
    """Workers from the one employer that most came from, over all who came from other employers, of the last 24 months."""
    return ties.value("came_from_one_24m") / ties.value("came_24m").nullif(0)
