"""What the claim shares with others: persons and claims on one account, phone, address, agent or employer."""

from __future__ import annotations

import ibis.expr.types as ir

from features.claims.catalogue import NO_ACCOUNT, feature
from features.feature import Reason
from features.snapshots.things import Shared

FAMILY = "shared"
REVIEWED = ("claims", "claim_decisions")


@feature(
    family=FAMILY, unit="persons", source="claims", direction=1, without_history=None, zh="使用同一收款账户的不同身份证号码数",
    reason=Reason(en="different persons whose claims name the same account: {value:,.0f}", zh="申领使用同一收款账户的人员{value:,.0f}名"),
    absent=NO_ACCOUNT,
)  # fmt: skip
def persons_on_account(of_account: Shared) -> ir.Value:
    """Different identity numbers on claims that name the same account."""
    return of_account.claims.sum("persons")


@feature(
    family=FAMILY, unit="claims", source="claims", range=(0, None), direction=1, without_history=None, zh="近30天使用同一收款账户的申领件数",
    reason=Reason(en="claims of the last 30 days that name the same account: {value:,.0f}", zh="近30天使用同一收款账户的申领{value:,.0f}件"),
    absent=NO_ACCOUNT,
)  # fmt: skip
def claims_on_account_30d(of_account: Shared) -> ir.Value:
    """Claims filed in the last 30 days that name the same account, this one among them where it is as new."""
    return of_account.claims.sum("filed", days=30)
