"""Money: the amount against what is usual, what was paid so far and where it went, and what is still to be paid."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.benefits import is_monthly
from features.claims.catalogue import NO_AMOUNT, NO_PAYOUTS, SHARE, feature
from features.feature import Reason
from features.limits import FORESEEN_MONTHS
from features.snapshots.beside import Beside
from features.snapshots.books import CENTS, Books
from features.snapshots.claims import Claim
from features.snapshots.things import Shared

FAMILY = "money"
DAYS_A_MONTH = 365.2425 / 12
BOTH = ("claims", "payouts")
NO_EARLIER = Reason(
    en="no amount of another claim under this identity number is known", zh="未见同一身份证号码其他申领的金额"
)
TOO_FEW = Reason(
    en="the claim names no amount, or too few other claims of the scheme are known",
    zh="申领书未填金额，或同险种申领过少",
)


@feature(
    family=FAMILY, unit="times", source="claims", direction=1, without_history=None, zh="申领金额与同一身份证号码其他申领平均金额之比",
    reason=Reason(en="amount claimed, over the mean of other claims under the same identity number: {value:.2f} times", zh="申领金额为同一身份证号码其他申领平均金额的{value:.2f}倍"), absent=NO_EARLIER,
)  # fmt: skip
def amount_to_own_mean(claim: Claim, of_person: Shared) -> ir.Value:
    """Amount claimed over the mean amount of the other claims under the identity number."""
    own = claim.amount * CENTS
    others = (of_person.claims.sum("amount") - own) / (of_person.claims.sum("stating") - 1).nullif(0)
    return own / others.nullif(0)


@feature(
    family=FAMILY, unit="share", source="claims", range=SHARE, direction=1, without_history=None, zh="同险种同地区其他申领中金额较低者的比例",
    reason=Reason(en="about {value:.0%} of the other claims of the scheme and region (of the scheme, where those are few) ask for less", zh="同险种同地区（过少时为同险种）其他申领中约{value:.0%}金额更低"), absent=TOO_FEW,
)  # fmt: skip
def amount_percentile(peers: Beside) -> ir.Value:
    """Share of the other claims of the scheme and region known by the day that ask for less, equal ones counting half; of the scheme where those are few."""
    return peers.value("amount_percentile")


@feature(
    family=FAMILY, unit="zeros", source="claims", range=(0, 6), without_history=None, zh="申领金额末尾零的个数（小数点前）",
    reason=Reason(en="zeros at the end of the amount claimed, before the decimal point: {value:.0f}", zh="申领金额整数部分末尾有{value:.0f}个零"), absent=NO_AMOUNT,
)  # fmt: skip
def round_amount(claim: Claim) -> ir.Value:
    """How round the amount is: zeros at its end before the decimal point, 6 at most; 0 where it has cents."""
    cents = claim.column("amount")
    zeros = ibis.cases(*[(cents % (CENTS * 10**number) == 0, number) for number in range(6, 0, -1)], else_=0)
    return ibis.cases((cents == 0, 0), (cents > 0, zeros))


@feature(
    family=FAMILY, unit="currency", source=BOTH, zh="该申领已发放金额",
    reason=Reason(en="paid on the claim so far: {value:money}", zh="该申领已发放{value:money}"), absent=NO_PAYOUTS,
)  # fmt: skip
def paid_on_claim(payouts: Books) -> ir.Value:
    """Amount paid on the claim by the day."""
    return payouts.money("paid")


@feature(
    family=FAMILY, unit="currency", source=BOTH, zh="该申领近365天发放金额",
    reason=Reason(en="paid on the claim in the last 365 days: {value:money}", zh="该申领近365天发放{value:money}"), absent=NO_PAYOUTS,
)  # fmt: skip
def paid_on_claim_365d(payouts: Books) -> ir.Value:
    """Amount paid on the claim in the last 365 days."""
    return payouts.money("paid", days=365)


@feature(
    family=FAMILY, unit="payments", source=BOTH, zh="该申领已发放次数",
    reason=Reason(en="payments on the claim so far: {value:,.0f}", zh="该申领已发放{value:,.0f}次"), absent=NO_PAYOUTS,
)  # fmt: skip
def payments_on_claim(payouts: Books) -> ir.Value:
    """Payments on the claim by the day."""
    return payouts.sum("payments")


@feature(
    family=FAMILY, unit="payments", source=BOTH, direction=1, zh="该申领近30天发放次数",
    reason=Reason(en="payments on the claim in the last 30 days: {value:,.0f}", zh="该申领近30天发放{value:,.0f}次"), absent=NO_PAYOUTS,
)  # fmt: skip
def payments_on_claim_30d(payouts: Books) -> ir.Value:
    """Payments on the claim in the last 30 days."""
    return payouts.sum("payments", days=30)


@feature(
    family=FAMILY, unit="payments", source=BOTH, direction=1, zh="同一所属月份重复发放的次数",
    reason=Reason(en="payments on the claim for a month already paid for: {value:,.0f}", zh="该申领同一所属月份重复发放{value:,.0f}次"), absent=NO_PAYOUTS,
)  # fmt: skip
def repeated_payments(payouts: Books) -> ir.Value:
    """Payments on the claim for a month for which there was one already."""
    return payouts.sum("repeated")


@feature(
    family=FAMILY, unit="payments", source=BOTH, direction=1, zh="发放至申领书以外账户的次数",
    reason=Reason(en="payments to another account than the claim names: {value:,.0f}", zh="发放至申领书以外账户{value:,.0f}次"), absent=NO_PAYOUTS,
)  # fmt: skip
def payments_elsewhere(payouts: Books) -> ir.Value:
    """Payments on the claim to another account than the one it names."""
    return payouts.sum("elsewhere")


@feature(
    family=FAMILY, unit="accounts", source=BOTH, direction=1, zh="该申领发放过的不同账户数",
    reason=Reason(en="different accounts that were paid on the claim: {value:,.0f}", zh="该申领发放至{value:,.0f}个不同账户"), absent=NO_PAYOUTS,
)  # fmt: skip
def accounts_paid(payouts: Books) -> ir.Value:
    """Different accounts to which the claim was paid."""
    return payouts.sum("accounts")


@feature(
    family=FAMILY, unit="changes", source="claims", direction=1, zh="申领书变更收款账户的次数",
    reason=Reason(en="times the account on the claim was changed: {value:,.0f}", zh="申领书变更收款账户{value:,.0f}次"),
)  # fmt: skip
def account_changes(history: Books) -> ir.Value:
    """Times the account on the claim was changed since it was filed."""
    return history.sum("account_changed")


@feature(
    family=FAMILY, unit="changes", source=BOTH, direction=1, zh="尚未发放时变更收款账户的次数",
    reason=Reason(en="times the account was changed while nothing has been paid: {value:,.0f}", zh="尚未发放时变更收款账户{value:,.0f}次"), absent=NO_PAYOUTS,
)  # fmt: skip
def account_changes_unpaid(history: Books, payouts: Books) -> ir.Value:
    """Times the account on the claim was changed, where nothing has been paid yet; 0 once something has."""
    changes, payments = history.sum("account_changed"), payouts.sum("payments")
    return ibis.cases((payments > 0, 0), (payments == 0, changes))


@feature(
    family=FAMILY, unit="changes", source="claims", zh="申领书变更的次数",
    reason=Reason(en="times the claim was written anew: {value:,.0f}", zh="申领书变更{value:,.0f}次"),
)  # fmt: skip
def times_rewritten(history: Books) -> ir.Value:
    """Times the claim was written anew since it was filed."""
    return history.sum("written_anew")


@feature(
    family=FAMILY, unit="currency", source=BOTH, without_history=None, zh="尚待发放的金额（长期待遇按未来一年计）",
    reason=Reason(en="still to be paid on the claim, of an open benefit for a year ahead: {value:money}", zh="该申领尚待发放{value:money}（长期待遇按未来一年计）"),
    absent=Reason(en="the claim names no amount, or payments are not known", zh="申领书未填金额，或待遇发放情况未知"),
)  # fmt: skip
def still_to_be_paid(claim: Claim, payouts: Books) -> ir.Value:
    """Amount still to be paid: by months to the last day, a year ahead where it is open; of what is paid once, the rest."""
    from_day = ibis.greatest(claim.as_of, claim.begins)
    days = claim.column("ends_on").delta(from_day, unit="day").clip(lower=0)
    months = ibis.least(
        (days.cast("float64") / DAYS_A_MONTH).fill_null(FORESEEN_MONTHS), ibis.literal(FORESEEN_MONTHS, "float64")
    )
    rest = (claim.amount - payouts.money("paid")).clip(lower=0)
    known = payouts.sum("payments").notnull()
    left = ibis.ifelse(is_monthly(claim.column("scheme")), claim.amount * months, rest)
    return ibis.ifelse(known, left, ibis.null("float64"))
