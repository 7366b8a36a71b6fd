"""What reviews found: of this claim, and of others that share its person, account, phone, address, agent or employer.

A finding counts from the day it was known. Shares are drawn towards everybody's where few claims were reviewed, and
the claim's own findings are left out of what is told of others.
"""

from __future__ import annotations

import ibis.expr.types as ir

from features.claims.catalogue import (
    NO_ACCOUNT,
    NO_ADDRESS,
    NO_AGENT,
    NO_EMPLOYER,
    NO_PERSON,
    NO_PHONE,
    NO_REGION,
    SHARE,
    feature,
    flag,
)
from features.feature import Reason
from features.limits import CLAIM_RATE_WEIGHT
from features.snapshots.books import Books
from features.snapshots.things import Shared

FAMILY = "reviews"
BOTH = ("claims", "claim_decisions")
NOT_REVIEWED = Reason(en="no review of this claim is known", zh="该申领未见复核结论")
NOBODY_REVIEWED = Reason(en="no review of any claim is known", zh="未见任何复核结论")


def _drawn(of: Shared, everybody: Shared, own: Books, finding: str) -> ir.Value:
    """Share of reviewed others with the finding, as if CLAIM_RATE_WEIGHT more had been found like everybody's."""
    usual = everybody.decisions.sum(finding) / everybody.decisions.sum("decided").nullif(0)
    found = of.decisions.sum(finding) - own.sum(finding)
    return (found + usual * CLAIM_RATE_WEIGHT) / (of.decisions.sum("decided") - own.sum("decided") + CLAIM_RATE_WEIGHT)


def _share(en: str, zh: str) -> Reason:
    return Reason(
        en=f"share of the reviewed claims with the same {en} in which fraud was found, drawn to the average: {{value:.1%}}",
        zh=f"同一{zh}已复核申领中认定欺诈的比例（向平均值收缩）：{{value:.1%}}",
    )


def _duplicates(en: str, zh: str) -> Reason:
    return Reason(
        en=f"share of the reviewed claims with the same {en} found to be duplicates, drawn to the average: {{value:.1%}}",
        zh=f"同一{zh}已复核申领中认定重复的比例（向平均值收缩）：{{value:.1%}}",
    )


def _recent(en: str, zh: str, days: int) -> Reason:
    return Reason(
        en=f"other claims with the same {en} in which reviews of the last {days} days found fraud: {{value:,.0f}}",
        zh=f"近{days}天复核认定欺诈的同一{zh}其他申领{{value:,.0f}}件",
    )


@feature(
    family=FAMILY, unit="reviews", source=BOTH, zh="该申领已完成的复核次数",
    reason=Reason(en="reviews of this claim so far: {value:,.0f}", zh="该申领已复核{value:,.0f}次"), absent=NOT_REVIEWED,
)  # fmt: skip
def reviews_of_claim(decisions: Books) -> ir.Value:
    """Reviews of this claim that were decided by the day."""
    return decisions.sum("reviews")


@feature(
    family=FAMILY, unit="reviews", source=BOTH, direction=1, zh="该申领最近复核是否认定欺诈、重复或差错",
    reason=flag("newest review of this claim found fraud, a duplicate or an error", "该申领最近复核认定欺诈、重复或差错"), absent=NOT_REVIEWED,
)  # fmt: skip
def claim_found_wrong(decisions: Books) -> ir.Value:
    """Whether the newest decision on this claim found fraud, a duplicate or an error."""
    return decisions.sum("fraud") + decisions.sum("duplicate") + decisions.sum("error")


@feature(
    family=FAMILY, unit="days", source=BOTH, without_history=None, zh="距该申领最近复核决定的天数",
    reason=Reason(en="days since the newest decision on this claim: {value:,.0f}", zh="距该申领最近复核决定{value:,.0f}天"), absent=NOT_REVIEWED,
)  # fmt: skip
def days_since_decision(decisions: Books) -> ir.Value:
    """Days since the newest decision on this claim."""
    return decisions.days_since_last("decided")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一身份证号码已复核的其他申领中认定欺诈的比例",
    reason=_share("identity number", "身份证号码"), absent=NO_PERSON,
)  # fmt: skip
def person_confirmed_share(of_person: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same identity number in which fraud was found by the day, drawn to everybody's where few."""
    return _drawn(of_person, of_everybody, decisions, "fraud")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一收款账户已复核的其他申领中认定欺诈的比例",
    reason=_share("account", "收款账户"), absent=NO_ACCOUNT,
)  # fmt: skip
def account_confirmed_share(of_account: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same account in which fraud was found by the day, drawn to everybody's where few."""
    return _drawn(of_account, of_everybody, decisions, "fraud")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一联系电话已复核的其他申领中认定欺诈的比例",
    reason=_share("telephone number", "联系电话"), absent=NO_PHONE,
)  # fmt: skip
def phone_confirmed_share(of_phone: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same telephone number in which fraud was found by the day, drawn to everybody's where few."""
    return _drawn(of_phone, of_everybody, decisions, "fraud")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一联系地址已复核的其他申领中认定欺诈的比例",
    reason=_share("address", "联系地址"), absent=NO_ADDRESS,
)  # fmt: skip
def address_confirmed_share(of_address: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same address in which fraud was found by the day, drawn to everybody's where few."""
    return _drawn(of_address, of_everybody, decisions, "fraud")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一代办人已复核的其他申领中认定欺诈的比例",
    reason=_share("agent", "代办人"), absent=NO_AGENT,
)  # fmt: skip
def agent_confirmed_share(of_agent: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same agent in which fraud was found by the day, drawn to everybody's where few."""
    return _drawn(of_agent, of_everybody, decisions, "fraud")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一用人单位已复核的其他申领中认定欺诈的比例",
    reason=_share("employer", "用人单位"), absent=NO_EMPLOYER,
)  # fmt: skip
def employer_confirmed_share(of_employer: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same employer in which fraud was found by the day, drawn to everybody's where few."""
    return _drawn(of_employer, of_everybody, decisions, "fraud")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一险种已复核的其他申领中认定欺诈的比例",
    reason=_share("scheme", "险种"), absent=NOBODY_REVIEWED,
)  # fmt: skip
def scheme_confirmed_share(of_scheme: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same scheme in which fraud was found by the day, drawn to everybody's where few."""
    return _drawn(of_scheme, of_everybody, decisions, "fraud")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一地区已复核的其他申领中认定欺诈的比例",
    reason=_share("region", "地区"), absent=NO_REGION,
)  # fmt: skip
def region_confirmed_share(of_region: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same region in which fraud was found by the day, drawn to everybody's where few."""
    return _drawn(of_region, of_everybody, decisions, "fraud")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一身份证号码已复核的其他申领中认定重复的比例",
    reason=_duplicates("identity number", "身份证号码"), absent=NO_PERSON,
)  # fmt: skip
def person_duplicate_share(of_person: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same identity number found to be duplicates by the day, drawn to everybody's where few."""
    return _drawn(of_person, of_everybody, decisions, "duplicate")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一收款账户已复核的其他申领中认定重复的比例",
    reason=_duplicates("account", "收款账户"), absent=NO_ACCOUNT,
)  # fmt: skip
def account_duplicate_share(of_account: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same account found to be duplicates by the day, drawn to everybody's where few."""
    return _drawn(of_account, of_everybody, decisions, "duplicate")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一代办人已复核的其他申领中认定重复的比例",
    reason=_duplicates("agent", "代办人"), absent=NO_AGENT,
)  # fmt: skip
def agent_duplicate_share(of_agent: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same agent found to be duplicates by the day, drawn to everybody's where few."""
    return _drawn(of_agent, of_everybody, decisions, "duplicate")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="同一险种已复核的其他申领中认定重复的比例",
    reason=_duplicates("scheme", "险种"), absent=NOBODY_REVIEWED,
)  # fmt: skip
def scheme_duplicate_share(of_scheme: Shared, of_everybody: Shared, decisions: Books) -> ir.Value:
    """Share of the reviewed other claims with the same scheme found to be duplicates by the day, drawn to everybody's where few."""
    return _drawn(of_scheme, of_everybody, decisions, "duplicate")


@feature(
    family=FAMILY, unit="claims", source=BOTH, direction=1, without_history=None, zh="近7天复核认定欺诈的同一身份证号码其他申领件数",
    reason=_recent("identity number", "身份证号码", 7), absent=NO_PERSON,
)  # fmt: skip
def person_confirmed_7d(of_person: Shared, decisions: Books) -> ir.Value:
    """Other claims with the same identity number in which a decision of the last 7 days found fraud."""
    return of_person.decisions.sum("fraud", days=7) - decisions.sum("fraud", days=7)


@feature(
    family=FAMILY, unit="claims", source=BOTH, direction=1, without_history=None, zh="近30天复核认定欺诈的同一身份证号码其他申领件数",
    reason=_recent("identity number", "身份证号码", 30), absent=NO_PERSON,
)  # fmt: skip
def person_confirmed_30d(of_person: Shared, decisions: Books) -> ir.Value:
    """Other claims with the same identity number in which a decision of the last 30 days found fraud."""
    return of_person.decisions.sum("fraud", days=30) - decisions.sum("fraud", days=30)


@feature(
    family=FAMILY, unit="claims", source=BOTH, direction=1, without_history=None, zh="近7天复核认定欺诈的同一收款账户其他申领件数",
    reason=_recent("account", "收款账户", 7), absent=NO_ACCOUNT,
)  # fmt: skip
def account_confirmed_7d(of_account: Shared, decisions: Books) -> ir.Value:
    """Other claims with the same account in which a decision of the last 7 days found fraud."""
    return of_account.decisions.sum("fraud", days=7) - decisions.sum("fraud", days=7)


@feature(
    family=FAMILY, unit="claims", source=BOTH, direction=1, without_history=None, zh="近30天复核认定欺诈的同一收款账户其他申领件数",
    reason=_recent("account", "收款账户", 30), absent=NO_ACCOUNT,
)  # fmt: skip
def account_confirmed_30d(of_account: Shared, decisions: Books) -> ir.Value:
    """Other claims with the same account in which a decision of the last 30 days found fraud."""
    return of_account.decisions.sum("fraud", days=30) - decisions.sum("fraud", days=30)
