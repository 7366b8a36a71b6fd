"""Patterns: how many claims for how much the same person made, and the same account received, in the last days."""

from __future__ import annotations

import ibis.expr.types as ir

from features.claims.catalogue import NO_ACCOUNT, NO_PERSON, feature
from features.feature import Reason
from features.snapshots.books import CENTS
from features.snapshots.claims import Claim
from features.snapshots.things import Shared

FAMILY = "patterns"


def _when(days: int) -> tuple[str, str]:
    return (f"last {days} days", f"近{days}天") if days > 1 else ("day itself", "当日")


def _claims(en: str, zh: str, days: int) -> Reason:
    when, when_zh = _when(days)
    return Reason(
        en=f"claims of the {when} under the same {en}: {{value:,.0f}}", zh=f"{when_zh}同一{zh}的申领{{value:,.0f}}件"
    )


def _mean_amount(en: str, zh: str, days: int) -> Reason:
    when, when_zh = _when(days)
    return Reason(
        en=f"mean amount of the claims of the {when} under the same {en}: {{value:money}}",
        zh=f"{when_zh}同一{zh}申领的平均金额{{value:money}}",
    )


def _nothing(en: str, zh: str, days: int) -> Reason:
    when, when_zh = _when(days)
    return Reason(en=f"no amount of the {when} under the same {en} is known", zh=f"{when_zh}未见同一{zh}申领的金额")


def _mean(shared: Shared, days: int) -> ir.Value:
    return shared.claims.share("amount", "stating", days=days) / CENTS


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="当日同一身份证号码的申领件数",
    reason=_claims("identity number", "身份证号码", 1), absent=NO_PERSON,
)  # fmt: skip
def claims_of_person_1d(of_person: Shared) -> ir.Value:
    """Claims filed on the day itself under the identity number of the claim, this one among them."""
    return of_person.claims.sum("filed", days=1)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近7天同一身份证号码的申领件数",
    reason=_claims("identity number", "身份证号码", 7), absent=NO_PERSON,
)  # fmt: skip
def claims_of_person_7d(of_person: Shared) -> ir.Value:
    """Claims filed in the last 7 days under the identity number of the claim, this one among them."""
    return of_person.claims.sum("filed", days=7)


@feature(
    family=FAMILY, unit="claims", source="claims", direction=1, without_history=None, zh="近30天同一身份证号码的申领件数",
    reason=_claims("identity number", "身份证号码", 30), absent=NO_PERSON,
)  # fmt: skip
def claims_of_person_30d(of_person: Shared) -> ir.Value:
    """Claims filed in the last 30 days under the identity number of the claim, this one among them."""
    return of_person.claims.sum("filed", days=30)


@feature(
    family=FAMILY, unit="currency", source="claims", without_history=None, zh="当日同一身份证号码申领的平均金额",
    reason=_mean_amount("identity number", "身份证号码", 1), absent=_nothing("identity number", "身份证号码", 1),
)  # fmt: skip
def mean_amount_of_person_1d(of_person: Shared) -> ir.Value:
    """Mean amount of the claims filed on the day itself with the same identity number."""
    return _mean(of_person, 1)


@feature(
    family=FAMILY, unit="currency", source="claims", without_history=None, zh="近7天同一身份证号码申领的平均金额",
    reason=_mean_amount("identity number", "身份证号码", 7), absent=_nothing("identity number", "身份证号码", 7),
)  # fmt: skip
def mean_amount_of_person_7d(of_person: Shared) -> ir.Value:
    """Mean amount of the claims filed in the last 7 days with the same identity number."""
    return _mean(of_person, 7)


@feature(
    family=FAMILY, unit="currency", source="claims", without_history=None, zh="近30天同一身份证号码申领的平均金额",
    reason=_mean_amount("identity number", "身份证号码", 30), absent=_nothing("identity number", "身份证号码", 30),
)  # fmt: skip
def mean_amount_of_person_30d(of_person: Shared) -> ir.Value:
    """Mean amount of the claims filed in the last 30 days with the same identity number."""
    return _mean(of_person, 30)


@feature(
    family=FAMILY, unit="currency", source="claims", without_history=None, zh="当日同一收款账户申领的平均金额",
    reason=_mean_amount("account", "收款账户", 1), absent=_nothing("account", "收款账户", 1),
)  # fmt: skip
def mean_amount_of_account_1d(of_account: Shared) -> ir.Value:
    """Mean amount of the claims filed on the day itself with the same account."""
    return _mean(of_account, 1)


@feature(
    family=FAMILY, unit="currency", source="claims", without_history=None, zh="近7天同一收款账户申领的平均金额",
    reason=_mean_amount("account", "收款账户", 7), absent=_nothing("account", "收款账户", 7),
)  # fmt: skip
def mean_amount_of_account_7d(of_account: Shared) -> ir.Value:
    """Mean amount of the claims filed in the last 7 days with the same account."""
    return _mean(of_account, 7)


@feature(
    family=FAMILY, unit="currency", source="claims", without_history=None, zh="近30天同一收款账户申领的平均金额",
    reason=_mean_amount("account", "收款账户", 30), absent=_nothing("account", "收款账户", 30),
)  # fmt: skip
def mean_amount_of_account_30d(of_account: Shared) -> ir.Value:
    """Mean amount of the claims filed in the last 30 days with the same account."""
    return _mean(of_account, 30)


@feature(
    family=FAMILY, unit="times", source="claims", direction=1, without_history=None, zh="申领金额与近30天同一收款账户平均申领金额之比",
    reason=Reason(en="amount claimed, over the mean of the last 30 days on the same account: {value:.2f} times", zh="申领金额为近30天同一收款账户平均申领金额的{value:.2f}倍"),
    absent=_nothing("account", "收款账户", 30),
)  # fmt: skip
def amount_to_account_mean(claim: Claim, of_account: Shared) -> ir.Value:
    """Amount claimed over the mean amount of the claims of the last 30 days on the same account."""
    return claim.amount / _mean(of_account, 30).nullif(0)


@feature(
    family=FAMILY, unit="payments", source=("claims", "payouts"), direction=1, without_history=None, zh="近30天发放至申领所填账户的次数",
    reason=Reason(en="payments of the last 30 days to the account of the claim, on any claim: {value:,.0f}", zh="近30天发放至该账户{value:,.0f}次（各申领合计）"), absent=NO_ACCOUNT,
)  # fmt: skip
def payments_to_account_30d(of_account: Shared) -> ir.Value:
    """Payments of the last 30 days to the account that the claim names, on this or any other claim."""
    return of_account.payouts.sum("payments", days=30)


@feature(
    family=FAMILY, unit="currency", source=("claims", "payouts"), direction=1, without_history=None, zh="近30天发放至申领所填账户的金额",
    reason=Reason(en="paid in the last 30 days to the account of the claim, on any claim: {value:money}", zh="近30天发放至该账户{value:money}（各申领合计）"), absent=NO_ACCOUNT,
)  # fmt: skip
def paid_to_account_30d(of_account: Shared) -> ir.Value:
    """Amount paid in the last 30 days to the account that the claim names, on this or any other claim."""
    return of_account.payouts.money("paid", days=30)


@feature(
    family=FAMILY, unit="currency", source=("claims", "payouts"), direction=1, without_history=None, zh="近30天发放给同一身份证号码的金额",
    reason=Reason(en="paid in the last 30 days under the same identity number, on any claim: {value:money}", zh="近30天发放给同一身份证号码{value:money}（各申领合计）"), absent=NO_PERSON,
)  # fmt: skip
def paid_to_person_30d(of_person: Shared) -> ir.Value:
    """Amount paid in the last 30 days under the identity number of the claim, on this or any other claim."""
    return of_person.payouts.money("paid", days=30)


@feature(
    family=FAMILY, unit="accounts", source="claims", direction=1, without_history=None, zh="同一身份证号码的申领使用过的不同账户数",
    reason=Reason(en="different accounts on claims under the same identity number: {value:,.0f}", zh="同一身份证号码的申领使用过{value:,.0f}个不同账户"), absent=NO_PERSON,
)  # fmt: skip
def accounts_of_person(of_person: Shared) -> ir.Value:
    """Different accounts named on the claims under the identity number of the claim."""
    return of_person.claims.sum("accounts")
