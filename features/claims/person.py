"""The person named: whether the number, the name and the birth agree with the register, and whether the person lives."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.claims.catalogue import NO_PERSON, NOT_DEAD, NOT_INSURED, YES_OR_NO, feature, flag
from features.feature import Reason
from features.folds.things import written
from features.identity_numbers import as_number, born_as_number, check_holds
from features.snapshots.books import CENTS, Books
from features.snapshots.claims import Claim
from features.snapshots.insured import Insured

FAMILY = "person"
BOTH = ("claims", "persons")
PAID = ("claims", "persons", "payouts")
NO_CHECK = Reason(en="the claim names no identity number of 18 characters", zh="申领书未填18位身份证号码")
NO_BIRTHS = Reason(
    en="no date of birth is written, or none is held by the identity number",
    zh="出生日期未填写，或身份证号码不含出生日期",
)


def _differs(one: ir.Value, other: ir.Value) -> ir.Value:
    """1 where they differ, 0 where they agree; null where either is not known."""
    return (one != other).cast("int64")


@feature(
    family=FAMILY, unit="yes or no", source=BOTH, range=YES_OR_NO, direction=-1, without_history=None, zh="身份证号码是否在参保人员登记中",
    reason=flag("the identity number is in the register of insured persons", "身份证号码在参保人员登记中"), absent=NO_PERSON,
)  # fmt: skip
def in_register(insured: Insured, claim: Claim) -> ir.Value:
    """Whether the identity number on the claim, in its form of 18 characters, is in the register of insured persons by the day."""
    return ibis.ifelse(claim.thing("person").notnull(), insured.found, ibis.null("int64"))


@feature(
    family=FAMILY, unit="yes or no", source="claims", range=YES_OR_NO, direction=-1, without_history=None, zh="身份证号码校验是否通过",
    reason=flag("the check character of the identity number is right", "身份证号码校验码正确"), absent=NO_CHECK,
)  # fmt: skip
def identity_number_holds(claim: Claim) -> ir.Value:
    """Whether the identity number as written agrees with its own check character and holds a date."""
    return check_holds(written(claim.column("person_id")))


@feature(
    family=FAMILY, unit="yes or no", source="claims", range=YES_OR_NO, direction=1, without_history=None, zh="申领书出生日期与身份证号码所含日期是否不一致",
    reason=flag("the date of birth on the claim differs from the one in its identity number", "申领书出生日期与身份证号码所含日期不一致"), absent=NO_BIRTHS,
)  # fmt: skip
def born_differs_from_number(claim: Claim) -> ir.Value:
    """Whether the date of birth on the claim differs from the one that its identity number holds."""
    return _differs(as_number(claim.column("born_on")), born_as_number(claim.thing("person")))


@feature(
    family=FAMILY, unit="yes or no", source=BOTH, range=YES_OR_NO, direction=1, without_history=None, zh="申领书出生日期与参保登记是否不一致",
    reason=flag("the date of birth on the claim differs from the register's", "申领书出生日期与参保登记不一致"), absent=NOT_INSURED,
)  # fmt: skip
def born_differs_from_register(claim: Claim, insured: Insured) -> ir.Value:
    """Whether the date of birth on the claim differs from the one the register has for its identity number."""
    return _differs(claim.column("born_on"), insured.column("born_on"))


@feature(
    family=FAMILY, unit="yes or no", source=BOTH, range=YES_OR_NO, direction=1, without_history=None, zh="申领书姓名与参保登记是否不一致",
    reason=flag("the name on the claim differs from the register's", "申领书姓名与参保登记不一致"), absent=NOT_INSURED,
)  # fmt: skip
def name_differs_from_register(claim: Claim, insured: Insured) -> ir.Value:
    """Whether the name on the claim differs from the one the register has for its identity number, spaces and case apart."""
    return _differs(written(claim.column("name")), written(insured.column("name")))


@feature(
    family=FAMILY, unit="yes or no", source=BOTH, range=YES_OR_NO, without_history=None, zh="申领地区与居住地区是否不一致",
    reason=flag("the region of the claim differs from that of residence", "申领地区与居住地区不一致"), absent=NOT_INSURED,
)  # fmt: skip
def region_differs_from_residence(claim: Claim, insured: Insured) -> ir.Value:
    """Whether the claim was filed for another region than that of residence."""
    return _differs(claim.column("region"), insured.column("region"))


@feature(
    family=FAMILY, unit="yes or no", source=BOTH, range=YES_OR_NO, direction=1, without_history=None, zh="是否已获知该人员死亡",
    reason=flag("the death of the person named is known", "已获知该人员死亡"), absent=NOT_INSURED,
)  # fmt: skip
def death_known(claim: Claim, insured: Insured) -> ir.Value:
    """Whether the authority knew by the day that the person named has died."""
    named = (insured.found == 1) & claim.thing("person").notnull()
    return ibis.ifelse(named, insured.column("died_on").notnull().cast("int64"), ibis.null("int64"))


@feature(
    family=FAMILY, unit="days", source=BOTH, range=(None, None), direction=1, without_history=None, zh="自死亡至主管机关获知的天数",
    reason=Reason(en="days from the death to its becoming known: {value:,.0f}", zh="死亡至主管机关获知相隔{value:,.0f}天"), absent=NOT_DEAD,
)  # fmt: skip
def days_death_unknown(claim: Claim, insured: Insured) -> ir.Value:
    """Days from the death of the person named to the day the authority learned of it."""
    return _of_named(claim, insured.column("death_known_on").delta(insured.column("died_on"), unit="day"))


@feature(
    family=FAMILY, unit="days", source=BOTH, direction=1, without_history=None, zh="死亡后提出申领的天数",
    reason=Reason(en="days after the death that the claim was filed: {value:,.0f}", zh="死亡后{value:,.0f}天提出申领"), absent=NOT_DEAD,
)  # fmt: skip
def days_filed_after_death(claim: Claim, insured: Insured) -> ir.Value:
    """Days from the death of the person named to filing; 0 where it was filed before."""
    return _of_named(claim, claim.column("filed_on").delta(insured.column("died_on"), unit="day").clip(lower=0))


@feature(
    family=FAMILY, unit="currency", source=PAID, direction=1, without_history=None, zh="死亡之日后发放的金额",
    reason=Reason(en="paid on the claim after the day of death: {value:money}", zh="死亡之日后发放{value:money}"), absent=NOT_DEAD,
)  # fmt: skip
def paid_after_death(claim: Claim, insured: Insured, payouts: Books) -> ir.Value:
    """Amount paid on the claim after the day on which the person named died, as known by the day."""
    return _of_dead(claim, insured, payouts.after("insured.died_on", "paid") / CENTS)


@feature(
    family=FAMILY, unit="currency", source=PAID, direction=1, without_history=None, zh="获知死亡后仍发放的金额",
    reason=Reason(en="paid on the claim after the death was known: {value:money}", zh="获知死亡后仍发放{value:money}"), absent=NOT_DEAD,
)  # fmt: skip
def paid_after_death_known(claim: Claim, insured: Insured, payouts: Books) -> ir.Value:
    """Amount paid on the claim after the day on which the authority learned of the death."""
    return _of_dead(claim, insured, payouts.after("insured.death_known_on", "paid") / CENTS)


def _of_dead(claim: Claim, insured: Insured, value: ir.Value) -> ir.Value:
    return _of_named(claim, ibis.ifelse(insured.column("died_on").notnull(), value, ibis.null("float64")))


def _of_named(claim: Claim, value: ir.Value) -> ir.Value:
    return ibis.ifelse(claim.thing("person").notnull(), value, ibis.null(value.type()))
