"""The claim itself: which benefit, when filed, through whom, how large."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.claims.catalogue import NO_AMOUNT, feature
from features.feature import Reason
from features.registers.pay import SCHEMES
from features.snapshots.claims import Claim

FAMILY = "claim"
SOURCE = "claims"
IN_ORDER = (*SCHEMES.split(), "other")


@feature(
    family=FAMILY, unit="number", source=SOURCE, range=(1, len(IN_ORDER)), without_history=None,
    zh="险种编号：1养老、2失业、3工伤、4医疗、5生育、6其他",
    reason=Reason(en="number of the benefit's scheme: {value:.0f}", zh="险种编号{value:.0f}"),
)  # fmt: skip
def scheme_number(claim: Claim) -> ir.Value:
    """Scheme as a number of a declared order: 1 pension, 2 unemployment, 3 work injury, 4 medical, 5 maternity, 6 other."""
    scheme = claim.column("scheme")
    return ibis.cases(*[(scheme == name, number) for number, name in enumerate(IN_ORDER, 1)])


@feature(
    family=FAMILY, unit="currency", source=SOURCE, without_history=None, zh="申领金额（每月或一次性）",
    reason=Reason(en="amount claimed, a month or once: {value:,.0f}", zh="申领金额（每月或一次性）{value:,.0f}元"), absent=NO_AMOUNT,
)  # fmt: skip
def amount_claimed(claim: Claim) -> ir.Value:
    """Amount claimed, a month or once."""
    return claim.amount


@feature(
    family=FAMILY, unit="days", source=SOURCE, range=(0, None), zh="自申领之日起的天数",
    reason=Reason(en="days since the claim was filed: {value:,.0f}", zh="申领至今{value:,.0f}天"),
)  # fmt: skip
def days_since_filed(claim: Claim) -> ir.Value:
    """Days from filing to the day."""
    return claim.days_since("filed_on")
