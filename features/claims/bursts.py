"""Bursts: claims a day from the same agent, employer, account, address or phone, against what is usual for it."""

from __future__ import annotations

import ibis.expr.types as ir

from features.claims.catalogue import (
    NO_ACCOUNT,
    NO_ADDRESS,
    NO_AGENT,
    NO_EMPLOYER,
    NO_PHONE,
    feature,
)
from features.feature import Reason
from features.limits import USUAL_PACE_DAYS
from features.snapshots.things import Shared

FAMILY = "bursts"


def _claims(en: str, zh: str, days: int) -> Reason:
    when, wann = (f"last {days} days", f"近{days}天") if days > 1 else ("day itself", "当日")
    return Reason(
        en=f"claims of the {when} that name the same {en}: {{value:,.0f}}",
        zh=f"{wann}使用同一{zh}的申领{{value:,.0f}}件",
    )


def _pace(en: str, zh: str) -> Reason:
    return Reason(
        en=f"claims a day of the last 7 days that name the same {en}, over those of the last year: {{value:.1f}} times",
        zh=f"近7天使用同一{zh}的日均申领件数为近一年的{{value:.1f}}倍",
    )


def _against_usual(shared: Shared) -> ir.Value:
    """Claims a day of the last 7 days over those of the last USUAL_PACE_DAYS, one claim being added to the latter.

    Whole numbers until the last division: a fraction written out is a rounded decimal on Spark.
    """
    week, year = shared.claims.sum("filed", days=7), shared.claims.sum("filed", days=USUAL_PACE_DAYS)
    return week * USUAL_PACE_DAYS / ((year + 1) * 7)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="当日使用同一收款账户的申领件数",
    reason=_claims("account", "收款账户", 1), absent=NO_ACCOUNT,
)  # fmt: skip
def claims_of_account_1d(of_account: Shared) -> ir.Value:
    """Claims filed on the day itself that name the same account."""
    return of_account.claims.sum("filed", days=1)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近7天使用同一收款账户的申领件数",
    reason=_claims("account", "收款账户", 7), absent=NO_ACCOUNT,
)  # fmt: skip
def claims_of_account_7d(of_account: Shared) -> ir.Value:
    """Claims filed in the last 7 days that name the same account."""
    return of_account.claims.sum("filed", days=7)


@feature(
    family=FAMILY, unit="times the usual", source="claims", direction=1, without_history=None, zh="近7天使用同一收款账户的日均申领件数与近一年日均之比",
    reason=_pace("account", "收款账户"), absent=NO_ACCOUNT,
)  # fmt: skip
def pace_of_account(of_account: Shared) -> ir.Value:
    """Claims a day of the last 7 days that name the same account, over those of the last year."""
    return _against_usual(of_account)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="当日使用同一联系电话的申领件数",
    reason=_claims("telephone number", "联系电话", 1), absent=NO_PHONE,
)  # fmt: skip
def claims_of_phone_1d(of_phone: Shared) -> ir.Value:
    """Claims filed on the day itself that name the same telephone number."""
    return of_phone.claims.sum("filed", days=1)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近7天使用同一联系电话的申领件数",
    reason=_claims("telephone number", "联系电话", 7), absent=NO_PHONE,
)  # fmt: skip
def claims_of_phone_7d(of_phone: Shared) -> ir.Value:
    """Claims filed in the last 7 days that name the same telephone number."""
    return of_phone.claims.sum("filed", days=7)


@feature(
    family=FAMILY, unit="times the usual", source="claims", direction=1, without_history=None, zh="近7天使用同一联系电话的日均申领件数与近一年日均之比",
    reason=_pace("telephone number", "联系电话"), absent=NO_PHONE,
)  # fmt: skip
def pace_of_phone(of_phone: Shared) -> ir.Value:
    """Claims a day of the last 7 days that name the same telephone number, over those of the last year."""
    return _against_usual(of_phone)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="当日使用同一联系地址的申领件数",
    reason=_claims("address", "联系地址", 1), absent=NO_ADDRESS,
)  # fmt: skip
def claims_of_address_1d(of_address: Shared) -> ir.Value:
    """Claims filed on the day itself that name the same address."""
    return of_address.claims.sum("filed", days=1)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近7天使用同一联系地址的申领件数",
    reason=_claims("address", "联系地址", 7), absent=NO_ADDRESS,
)  # fmt: skip
def claims_of_address_7d(of_address: Shared) -> ir.Value:
    """Claims filed in the last 7 days that name the same address."""
    return of_address.claims.sum("filed", days=7)


@feature(
    family=FAMILY, unit="times the usual", source="claims", direction=1, without_history=None, zh="近7天使用同一联系地址的日均申领件数与近一年日均之比",
    reason=_pace("address", "联系地址"), absent=NO_ADDRESS,
)  # fmt: skip
def pace_of_address(of_address: Shared) -> ir.Value:
    """Claims a day of the last 7 days that name the same address, over those of the last year."""
    return _against_usual(of_address)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="当日使用同一代办人的申领件数",
    reason=_claims("agent", "代办人", 1), absent=NO_AGENT,
)  # fmt: skip
def claims_of_agent_1d(of_agent: Shared) -> ir.Value:
    """Claims filed on the day itself that name the same agent."""
    return of_agent.claims.sum("filed", days=1)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近7天使用同一代办人的申领件数",
    reason=_claims("agent", "代办人", 7), absent=NO_AGENT,
)  # fmt: skip
def claims_of_agent_7d(of_agent: Shared) -> ir.Value:
    """Claims filed in the last 7 days that name the same agent."""
    return of_agent.claims.sum("filed", days=7)


@feature(
    family=FAMILY, unit="times the usual", source="claims", direction=1, without_history=None, zh="近7天使用同一代办人的日均申领件数与近一年日均之比",
    reason=_pace("agent", "代办人"), absent=NO_AGENT,
)  # fmt: skip
def pace_of_agent(of_agent: Shared) -> ir.Value:
    """Claims a day of the last 7 days that name the same agent, over those of the last year."""
    return _against_usual(of_agent)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="当日使用同一用人单位的申领件数",
    reason=_claims("employer", "用人单位", 1), absent=NO_EMPLOYER,
)  # fmt: skip
def claims_of_employer_1d(of_employer: Shared) -> ir.Value:
    """Claims filed on the day itself that name the same employer."""
    return of_employer.claims.sum("filed", days=1)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近7天使用同一用人单位的申领件数",
    reason=_claims("employer", "用人单位", 7), absent=NO_EMPLOYER,
)  # fmt: skip
def claims_of_employer_7d(of_employer: Shared) -> ir.Value:
    """Claims filed in the last 7 days that name the same employer."""
    return of_employer.claims.sum("filed", days=7)


@feature(
    family=FAMILY, unit="times the usual", source="claims", direction=1, without_history=None, zh="近7天使用同一用人单位的日均申领件数与近一年日均之比",
    reason=_pace("employer", "用人单位"), absent=NO_EMPLOYER,
)  # fmt: skip
def pace_of_employer(of_employer: Shared) -> ir.Value:
    """Claims a day of the last 7 days that name the same employer, over those of the last year."""
    return _against_usual(of_employer)
