"""Payments: the amount against what the person claimed before, claims far above it in the last days, and what reviews last found of the account."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.claims.catalogue import NO_PERSON, SHARE, feature
from features.feature import Reason
from features.snapshots.books import Books
from features.snapshots.claims import Claim
from features.snapshots.things import Shared

FAMILY = "payments"
WEEK = 7
BOTH = ("claims", "claim_decisions")
NO_EARLIER = Reason(
    en="no amount of another claim filed more than 7 days ago under this identity number is known",
    zh="未见同一身份证号码7天以前其他申领的金额",
)
NONE_RECENT = Reason(
    en="no review of the last 28 days found fraud in a claim on this account",
    zh="近28天该账户的申领未见认定欺诈的复核结论",
)
NONE_GENUINE = Reason(
    en="no review found a claim on this account to be genuine", zh="该账户的申领未见认定属实的复核结论"
)


def _older(person: Shared, measure: str) -> ir.Value:
    return person.claims.sum(measure) - person.claims.sum(measure, days=WEEK)


def _not_reviewed(days: int) -> Reason:
    return Reason(
        en=f"no other claim on this account was decided in the last {days} days",
        zh=f"近{days}天该账户无其他申领作出复核决定",
    )


def _share(days: int) -> Reason:
    return Reason(
        en=f"of the other claims on this account decided in the last {days} days, share found to be fraud: {{value:.0%}}",
        zh=f"近{days}天该账户作出复核决定的其他申领中认定欺诈的比例：{{value:.0%}}",
    )


def _fraud_of_others(account: Shared, own: Books, days: int) -> ir.Value:
    decided = account.decisions.sum("decided", days=days) - own.sum("decided", days=days)
    return (account.decisions.sum("fraud", days=days) - own.sum("fraud", days=days)) / decided.nullif(0)


@feature(
    family=FAMILY, unit="times", source="claims", direction=1, without_history=None, zh="申领金额与同一身份证号码7天以前其他申领平均金额之比",
    reason=Reason(en="amount claimed, over the mean of other claims of more than 7 days ago under the same identity number: {value:.2f} times", zh="申领金额为同一身份证号码7天以前其他申领平均金额的{value:.2f}倍"),
    absent=NO_EARLIER,
)  # fmt: skip
def amount_to_earlier_mean(claim: Claim, of_person: Shared) -> ir.Value:
    """Amount claimed over the mean amount of the other claims filed more than 7 days ago under the identity number."""
    own = claim.column("amount")
    stating = ibis.ifelse((claim.days_since("filed_on") >= WEEK) & own.notnull(), 1, 0)
    amounts = _older(of_person, "amount") - stating * own.fill_null(0)
    return own * (_older(of_person, "stating") - stating) / amounts.nullif(0)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="当日同一身份证号码金额远高于以往的申领件数",
    reason=Reason(en="claims of the day itself far above the usual amount under the same identity number: {value:,.0f}", zh="当日同一身份证号码有{value:,.0f}件申领金额远高于以往"),
    absent=NO_PERSON,
)  # fmt: skip
def far_above_usual_1d(of_person: Shared) -> ir.Value:
    """Claims filed on the day itself under the identity number that were far above the mean of those before."""
    return of_person.claims.sum("far_above", days=1)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近7天同一身份证号码金额远高于以往的申领件数",
    reason=Reason(en="claims of the last 7 days far above the usual amount under the same identity number: {value:,.0f}", zh="近7天同一身份证号码有{value:,.0f}件申领金额远高于以往"),
    absent=NO_PERSON,
)  # fmt: skip
def far_above_usual_7d(of_person: Shared) -> ir.Value:
    """Claims filed in the last 7 days under the identity number that were far above the mean of those before."""
    return of_person.claims.sum("far_above", days=7)


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="近7天该账户作出复核决定的其他申领中认定欺诈的比例",
    reason=_share(7), absent=_not_reviewed(7),
)  # fmt: skip
def account_confirmed_share_7d(of_account: Shared, decisions: Books) -> ir.Value:
    """Of the other claims on the account that were decided in the last 7 days, the share found to be fraud."""
    return _fraud_of_others(of_account, decisions, 7)


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="近14天该账户作出复核决定的其他申领中认定欺诈的比例",
    reason=_share(14), absent=_not_reviewed(14),
)  # fmt: skip
def account_confirmed_share_14d(of_account: Shared, decisions: Books) -> ir.Value:
    """Of the other claims on the account that were decided in the last 14 days, the share found to be fraud."""
    return _fraud_of_others(of_account, decisions, 14)


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="近28天该账户作出复核决定的其他申领中认定欺诈的比例",
    reason=_share(28), absent=_not_reviewed(28),
)  # fmt: skip
def account_confirmed_share_28d(of_account: Shared, decisions: Books) -> ir.Value:
    """Of the other claims on the account that were decided in the last 28 days, the share found to be fraud."""
    return _fraud_of_others(of_account, decisions, 28)


@feature(
    family=FAMILY, unit="days", source=BOTH, without_history=None, zh="近28天内首次认定该账户申领欺诈距今的天数",
    reason=Reason(en="days since the first review of the last 28 days that found fraud in a claim on this account: {value:,.0f}", zh="近28天内首次认定该账户的申领欺诈距今{value:,.0f}天"),
    absent=NONE_RECENT,
)  # fmt: skip
def days_confirmed_on_account(of_account: Shared) -> ir.Value:
    """Days since the first of the last 28 days on which a review found fraud in a claim on the account: how long it has lasted."""
    return of_account.decisions.days_since_first("fraud", days=28)


@feature(
    family=FAMILY, unit="days", source=BOTH, without_history=None, zh="距该账户最近一次认定属实的天数",
    reason=Reason(en="days since a review last found a claim on this account to be genuine: {value:,.0f}", zh="距该账户的申领最近一次认定属实{value:,.0f}天"), absent=NONE_GENUINE,
)  # fmt: skip
def days_since_genuine_on_account(of_account: Shared) -> ir.Value:
    """Days since a review last found a claim on the account to be genuine."""
    return of_account.decisions.days_since_last("genuine")
