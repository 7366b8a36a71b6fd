"""Matches: other claims that are likely the same person's, whatever number and name are written on them.

Only other claims that are active on the day count: begun and not at their end, or paid lately. The best match is the
likeliest of them. A claim that was compared with none, or with none like it, has matches of probability 0; where claims
were not compared at all nothing is known.
"""

from __future__ import annotations

import ibis.expr.types as ir

from features.claims.catalogue import SHARE, feature, flag
from features.feature import Reason
from features.snapshots.beside import Beside

FAMILY = "matches"
PAID = ("claims", "payouts")
NOT_COMPARED = Reason(en="not compared with other claims", zh="未与其他申领比对")
NO_MATCH = Reason(en="no active claim like it, or not compared", zh="无相似的有效申领，或未比对")


@feature(
    family=FAMILY, unit="probability", source=PAID, range=SHARE, direction=1, zh="与其他有效申领为同一人的最高概率",
    reason=Reason(en="probability that an active claim is the same person's: {value:.1%}", zh="与另一有效申领为同一人的概率{value:.1%}"), absent=NOT_COMPARED,
)  # fmt: skip
def best_match(matches: Beside) -> ir.Value:
    """Highest probability that another active claim, of any scheme, is the same person's."""
    return matches.value("best")


@feature(
    family=FAMILY, unit="probability", source=PAID, range=SHARE, direction=1, zh="与其他同险种有效申领为同一人的最高概率",
    reason=Reason(en="probability that an active claim of the same scheme is the same person's: {value:.1%}", zh="与另一同险种有效申领为同一人的概率{value:.1%}"), absent=NOT_COMPARED,
)  # fmt: skip
def best_match_same_scheme(matches: Beside) -> ir.Value:
    """Highest probability that another active claim of the same scheme is the same person's."""
    return matches.value("best_same_scheme")


@feature(
    family=FAMILY, unit="probability", source=PAID, range=SHARE, direction=1, zh="与其他有效申领为同一人的第二高概率",
    reason=Reason(en="probability that a second active claim is the same person's: {value:.1%}", zh="与第二件有效申领为同一人的概率{value:.1%}"), absent=NOT_COMPARED,
)  # fmt: skip
def second_match(matches: Beside) -> ir.Value:
    """Second-highest probability that another active claim, of any scheme, is the same person's."""
    return matches.value("second")


@feature(
    family=FAMILY, unit="claims", source=PAID, direction=1, zh="很可能为同一人的其他有效申领件数",
    reason=Reason(en="other active claims likely the same person's: {value:,.0f}", zh="很可能为同一人的其他有效申领{value:,.0f}件"), absent=NOT_COMPARED,
)  # fmt: skip
def likely_matches(matches: Beside) -> ir.Value:
    """Other active claims that are more likely than not the same person's."""
    return matches.value("likely")


@feature(
    family=FAMILY, unit="claims", source=PAID, direction=1, zh="在其他地区的很可能为同一人的同险种有效申领件数",
    reason=Reason(en="active claims of the same scheme in other regions, likely the same person's: {value:,.0f}", zh="其他地区很可能为同一人的同险种有效申领{value:,.0f}件"), absent=NOT_COMPARED,
)  # fmt: skip
def likely_matches_other_region(matches: Beside) -> ir.Value:
    """Other active claims of the same scheme in another region that are more likely than not the same person's."""
    return matches.value("likely_other_region")


@feature(
    family=FAMILY, unit="days", source=PAID, direction=1, without_history=None, zh="与最相似的有效申领同时享受待遇的天数",
    reason=Reason(en="days claimed for on both this claim and the active claim most like it: {value:,.0f}", zh="与最相似的有效申领重叠{value:,.0f}天"), absent=NO_MATCH,
)  # fmt: skip
def match_overlap_days(matches: Beside) -> ir.Value:
    """Days by the day that both the claim and its best match are for; without a last day a pension goes on, any other benefit is one day's."""
    return matches.value("overlap_days")


@feature(
    family=FAMILY, unit="days", source=PAID, without_history=None, zh="与最相似的有效申领的申领日期相差天数",
    reason=Reason(en="days between the filing of this claim and of the active claim most like it: {value:,.0f}", zh="与最相似的有效申领相隔{value:,.0f}天申领"), absent=NO_MATCH,
)  # fmt: skip
def match_days_between(matches: Beside) -> ir.Value:
    """Days between the filing of the claim and the filing of its best match."""
    return matches.value("days_between_filings")


@feature(
    family=FAMILY, unit="yes or no", source=PAID, range=SHARE, without_history=None, zh="与最相似的有效申领是否为同一收款账户",
    reason=flag("same account as the active claim most like it", "与最相似的有效申领同一收款账户"), absent=NO_MATCH,
)  # fmt: skip
def match_same_account(matches: Beside) -> ir.Value:
    """1 where the claim and its best match name the same account, 0 where they name different ones."""
    return matches.value("same_account")


@feature(
    family=FAMILY, unit="share", source=PAID, range=SHARE, direction=-1, without_history=None, zh="与最相似的有效申领的金额相差比例",
    reason=Reason(en="the amount differs from that of the active claim most like it by {value:.0%} of the larger", zh="与最相似的有效申领金额相差{value:.0%}（占较大者）"), absent=NO_MATCH,
)  # fmt: skip
def match_amount_difference(matches: Beside) -> ir.Value:
    """Difference of the amounts of the claim and its best match, over the larger of the two."""
    return matches.value("amount_difference")


@feature(
    family=FAMILY, unit="yes or no", source=PAID, range=SHARE, direction=1, without_history=None, zh="最相似的有效申领是否先于本申领提出",
    reason=flag("the active claim most like it was filed before it", "最相似的有效申领先于本申领提出"), absent=NO_MATCH,
)  # fmt: skip
def match_filed_earlier(matches: Beside) -> ir.Value:
    """1 where the best match was filed before the claim, 0 where after it."""
    return matches.value("filed_earlier")
