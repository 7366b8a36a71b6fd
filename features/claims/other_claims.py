"""Other claims under the same identity number: which run at the same time, for the same benefit, elsewhere, or came first."""

from __future__ import annotations

import ibis.expr.types as ir

from features.claims.catalogue import NO_PERSON, feature
from features.feature import Reason
from features.snapshots.beside import Beside
from features.snapshots.things import Shared

FAMILY = "other claims"
NO_OTHER = Reason(
    en="no other claim under this identity number is known for comparison", zh="未见可比较的同一身份证号码的其他申领"
)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="同一身份证号码的其他申领件数",
    reason=Reason(en="other claims under the same identity number: {value:,.0f}", zh="同一身份证号码的其他申领{value:,.0f}件"), absent=NO_PERSON,
)  # fmt: skip
def other_claims(of_person: Shared) -> ir.Value:
    """Other claims known under the identity number of the claim."""
    return of_person.claims.sum("filed") - 1


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="同一身份证号码正在享受的其他待遇件数",
    reason=Reason(en="other benefits running under the same identity number: {value:,.0f}", zh="同一身份证号码正在享受的其他待遇{value:,.0f}件"), absent=NO_PERSON,
)  # fmt: skip
def other_active(others: Beside) -> ir.Value:
    """Other claims under the identity number whose benefit runs on the day."""
    return others.value("active")


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="同一身份证号码正在享受的同险种其他待遇件数",
    reason=Reason(en="other benefits of the same scheme running under the same identity number: {value:,.0f}", zh="同一身份证号码正在享受的同险种其他待遇{value:,.0f}件"), absent=NO_PERSON,
)  # fmt: skip
def other_active_same_scheme(others: Beside) -> ir.Value:
    """Other claims of the same scheme under the identity number whose benefit runs on the day."""
    return others.value("active_same_scheme")


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="同一身份证号码在其他地区享受的同险种待遇件数",
    reason=Reason(en="benefits of the same scheme running in another region under the same identity number: {value:,.0f}", zh="同一身份证号码在其他地区享受的同险种待遇{value:,.0f}件"), absent=NO_PERSON,
)  # fmt: skip
def same_benefit_elsewhere(others: Beside) -> ir.Value:
    """Other claims of the same scheme in another region under the identity number whose benefit runs on the day."""
    return others.value("same_scheme_elsewhere")


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="同一身份证号码同险种且起始日期相同的其他申领件数",
    reason=Reason(en="other claims for the same scheme and first day under the same identity number: {value:,.0f}", zh="同一身份证号码同险种且起始日期相同的其他申领{value:,.0f}件"), absent=NO_PERSON,
)  # fmt: skip
def same_event_claims(others: Beside) -> ir.Value:
    """Other claims of the same scheme under the identity number whose benefit begins on the same day."""
    return others.value("same_start")


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="同一身份证号码同险种且起始日期相同、先于本申领提出的其他申领件数",
    reason=Reason(en="other claims for the same scheme and first day under the same identity number, filed before this one: {value:,.0f}", zh="同一身份证号码同险种且起始日期相同、先于本申领提出的其他申领{value:,.0f}件"), absent=NO_PERSON,
)  # fmt: skip
def same_event_claimed_before(others: Beside) -> ir.Value:
    """Other claims of the same scheme under the identity number whose benefit begins on the same day, filed before this one; of one day the smaller identifier counts as before."""
    return others.value("same_start_earlier")


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="同一身份证号码同险种且金额相同的其他申领件数",
    reason=Reason(en="other claims for the same scheme and amount under the same identity number: {value:,.0f}", zh="同一身份证号码同险种且金额相同的其他申领{value:,.0f}件"), absent=NO_PERSON,
)  # fmt: skip
def same_amount_claims(others: Beside) -> ir.Value:
    """Other claims of the same scheme under the identity number for exactly the same amount."""
    return others.value("same_amount")


@feature(
    family=FAMILY, unit="days", source="claims", direction=1, without_history=None, zh="与同一身份证号码其他待遇重叠的最长天数",
    reason=Reason(en="days that this and another benefit under the same identity number ran together: {value:,.0f}", zh="与同一身份证号码其他待遇重叠{value:,.0f}天"), absent=NO_OTHER,
)  # fmt: skip
def overlap_days(others: Beside) -> ir.Value:
    """Days up to the day on which this benefit ran together with another one under the identity number, the longest of them."""
    return others.value("overlap_days")


@feature(
    family=FAMILY, unit="days", source="claims", direction=1, without_history=None, zh="与同一身份证号码同险种其他待遇重叠的最长天数",
    reason=Reason(en="days that this and another benefit of the same scheme under the same identity number ran together: {value:,.0f}", zh="与同一身份证号码同险种其他待遇重叠{value:,.0f}天"), absent=NO_OTHER,
)  # fmt: skip
def overlap_days_same_scheme(others: Beside) -> ir.Value:
    """Days up to the day on which this benefit ran together with another one of its scheme under the identity number, the longest of them."""
    return others.value("overlap_days_same_scheme")


@feature(
    family=FAMILY, unit="days", source="claims", direction=-1, without_history=None, zh="与同一身份证号码最接近的同险种申领相隔天数",
    reason=Reason(en="days between this and the nearest other claim of the same scheme under the same identity number: {value:,.0f}", zh="与同一身份证号码最接近的同险种申领相隔{value:,.0f}天"), absent=NO_OTHER,
)  # fmt: skip
def days_to_nearest_claim(others: Beside) -> ir.Value:
    """Days between the filing of this and of the nearest other claim of its scheme under the identity number."""
    return others.value("days_apart_same_scheme")
