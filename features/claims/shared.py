"""What the claim shares with others: persons and claims that name the same account, phone, address, agent or employer."""

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
from features.snapshots.things import Shared

FAMILY = "shared"


def _persons(en: str, zh: str) -> Reason:
    return Reason(
        en=f"different identity numbers on claims that name the same {en}: {{value:,.0f}}",
        zh=f"使用同一{zh}申领的不同身份证号码{{value:,.0f}}个",
    )


def _claims(en: str, zh: str, days: int) -> Reason:
    return Reason(
        en=f"claims of the last {days} days that name the same {en}: {{value:,.0f}}",
        zh=f"近{days}天使用同一{zh}的申领{{value:,.0f}}件",
    )


@feature(
    family=FAMILY, unit="persons", source="claims", direction=1, without_history=None, zh="使用同一收款账户申领的不同身份证号码数",
    reason=_persons("account", "收款账户"), absent=NO_ACCOUNT,
)  # fmt: skip
def persons_of_account(of_account: Shared) -> ir.Value:
    """Different identity numbers on all claims that name the same account."""
    return of_account.claims.sum("persons")


@feature(
    family=FAMILY, unit="persons", source="claims", direction=1, without_history=None, zh="使用同一联系电话申领的不同身份证号码数",
    reason=_persons("telephone number", "联系电话"), absent=NO_PHONE,
)  # fmt: skip
def persons_of_phone(of_phone: Shared) -> ir.Value:
    """Different identity numbers on all claims that name the same telephone number."""
    return of_phone.claims.sum("persons")


@feature(
    family=FAMILY, unit="persons", source="claims", direction=1, without_history=None, zh="使用同一联系地址申领的不同身份证号码数",
    reason=_persons("address", "联系地址"), absent=NO_ADDRESS,
)  # fmt: skip
def persons_of_address(of_address: Shared) -> ir.Value:
    """Different identity numbers on all claims that name the same address."""
    return of_address.claims.sum("persons")


@feature(
    family=FAMILY, unit="persons", source="claims", direction=1, without_history=None, zh="使用同一代办人申领的不同身份证号码数",
    reason=_persons("agent", "代办人"), absent=NO_AGENT,
)  # fmt: skip
def persons_of_agent(of_agent: Shared) -> ir.Value:
    """Different identity numbers on all claims that name the same agent."""
    return of_agent.claims.sum("persons")


@feature(
    family=FAMILY, unit="persons", source="claims", direction=1, without_history=None, zh="使用同一用人单位申领的不同身份证号码数",
    reason=_persons("employer", "用人单位"), absent=NO_EMPLOYER,
)  # fmt: skip
def persons_of_employer(of_employer: Shared) -> ir.Value:
    """Different identity numbers on all claims that name the same employer."""
    return of_employer.claims.sum("persons")


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近30天使用同一收款账户的申领件数",
    reason=_claims("account", "收款账户", 30), absent=NO_ACCOUNT,
)  # fmt: skip
def claims_of_account_30d(of_account: Shared) -> ir.Value:
    """Claims filed in the last 30 days that name the same account, this one among them."""
    return of_account.claims.sum("filed", days=30)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近90天使用同一收款账户的申领件数",
    reason=_claims("account", "收款账户", 90), absent=NO_ACCOUNT,
)  # fmt: skip
def claims_of_account_90d(of_account: Shared) -> ir.Value:
    """Claims filed in the last 90 days that name the same account, this one among them."""
    return of_account.claims.sum("filed", days=90)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近30天使用同一联系电话的申领件数",
    reason=_claims("telephone number", "联系电话", 30), absent=NO_PHONE,
)  # fmt: skip
def claims_of_phone_30d(of_phone: Shared) -> ir.Value:
    """Claims filed in the last 30 days that name the same telephone number, this one among them."""
    return of_phone.claims.sum("filed", days=30)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近90天使用同一联系电话的申领件数",
    reason=_claims("telephone number", "联系电话", 90), absent=NO_PHONE,
)  # fmt: skip
def claims_of_phone_90d(of_phone: Shared) -> ir.Value:
    """Claims filed in the last 90 days that name the same telephone number, this one among them."""
    return of_phone.claims.sum("filed", days=90)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近30天使用同一联系地址的申领件数",
    reason=_claims("address", "联系地址", 30), absent=NO_ADDRESS,
)  # fmt: skip
def claims_of_address_30d(of_address: Shared) -> ir.Value:
    """Claims filed in the last 30 days that name the same address, this one among them."""
    return of_address.claims.sum("filed", days=30)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近90天使用同一联系地址的申领件数",
    reason=_claims("address", "联系地址", 90), absent=NO_ADDRESS,
)  # fmt: skip
def claims_of_address_90d(of_address: Shared) -> ir.Value:
    """Claims filed in the last 90 days that name the same address, this one among them."""
    return of_address.claims.sum("filed", days=90)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近30天使用同一代办人的申领件数",
    reason=_claims("agent", "代办人", 30), absent=NO_AGENT,
)  # fmt: skip
def claims_of_agent_30d(of_agent: Shared) -> ir.Value:
    """Claims filed in the last 30 days that name the same agent, this one among them."""
    return of_agent.claims.sum("filed", days=30)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近90天使用同一代办人的申领件数",
    reason=_claims("agent", "代办人", 90), absent=NO_AGENT,
)  # fmt: skip
def claims_of_agent_90d(of_agent: Shared) -> ir.Value:
    """Claims filed in the last 90 days that name the same agent, this one among them."""
    return of_agent.claims.sum("filed", days=90)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近30天使用同一用人单位的申领件数",
    reason=_claims("employer", "用人单位", 30), absent=NO_EMPLOYER,
)  # fmt: skip
def claims_of_employer_30d(of_employer: Shared) -> ir.Value:
    """Claims filed in the last 30 days that name the same employer, this one among them."""
    return of_employer.claims.sum("filed", days=30)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近90天使用同一用人单位的申领件数",
    reason=_claims("employer", "用人单位", 90), absent=NO_EMPLOYER,
)  # fmt: skip
def claims_of_employer_90d(of_employer: Shared) -> ir.Value:
    """Claims filed in the last 90 days that name the same employer, this one among them."""
    return of_employer.claims.sum("filed", days=90)
