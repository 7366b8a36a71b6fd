"""The claim itself: which benefit, when it begins, when and through whom it was filed."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from features.benefits import DAYS_A_YEAR, IN_ORDER, least_age, most_age
from features.claims.catalogue import NO_AMOUNT, YES_OR_NO, feature, flag
from features.feature import Reason
from features.snapshots.claims import Claim
from features.snapshots.insured import Insured

FAMILY = "claim"
NO_DAYS = Reason(en="first or last day of the benefit is not written", zh="待遇起止日期未填写")
NO_BIRTH = Reason(en="date of birth is not written", zh="出生日期未填写")


@feature(
    family=FAMILY, unit="number", source="claims", range=(1, len(IN_ORDER)), without_history=None,
    zh="险种编号：1养老、2失业、3工伤、4医疗、5生育、6其他",
    reason=Reason(en="number of the benefit's scheme: {value:.0f}", zh="险种编号{value:.0f}"),
)  # fmt: skip
def scheme_number(claim: Claim) -> ir.Value:
    """Scheme as a number of a declared order: 1 pension, 2 unemployment, 3 work injury, 4 medical, 5 maternity, 6 other."""
    scheme = claim.column("scheme")
    return ibis.cases(*[(scheme == name, number) for number, name in enumerate(IN_ORDER, 1)])


@feature(
    family=FAMILY, unit="currency", source="claims", without_history=None, zh="申领金额（每月或一次性）",
    reason=Reason(en="amount claimed, a month or once: {value:money}", zh="申领金额（每月或一次性）{value:money}"), absent=NO_AMOUNT,
)  # fmt: skip
def amount_claimed(claim: Claim) -> ir.Value:
    """Amount claimed, a month or once."""
    return claim.amount


@feature(
    family=FAMILY, unit="days", source="claims", range=(None, None), without_history=None, zh="待遇期限天数",
    reason=Reason(en="days from the first to the last of the benefit: {value:,.0f}", zh="待遇期限{value:,.0f}天"), absent=NO_DAYS,
)  # fmt: skip
def spell_days(claim: Claim) -> ir.Value:
    """Days of the benefit, its first and last among them, as written."""
    return claim.column("ends_on").delta(claim.column("starts_on"), unit="day") + 1


@feature(
    family=FAMILY, unit="days", source="claims", range=(None, None), without_history=None, zh="自待遇起始日至申领日的天数",
    reason=Reason(en="days from the first of the benefit to filing: {value:,.0f}", zh="待遇起始至申领相隔{value:,.0f}天"), absent=NO_DAYS,
)  # fmt: skip
def days_to_filing(claim: Claim) -> ir.Value:
    """Days from the first day of the benefit to filing; below 0 where it was filed ahead."""
    return claim.column("filed_on").delta(claim.column("starts_on"), unit="day")


@feature(
    family=FAMILY, unit="days", source="claims", zh="自申领之日起的天数",
    reason=Reason(en="days since the claim was filed: {value:,.0f}", zh="申领至今{value:,.0f}天"),
)  # fmt: skip
def days_since_filed(claim: Claim) -> ir.Value:
    """Days from filing to the day."""
    return claim.days_since("filed_on")


@feature(
    family=FAMILY, unit="hour", source="claims", range=(0, 23), without_history=None, zh="申领的钟点（0至23时）",
    reason=Reason(en="hour of the day at which it was filed: {value:.0f}", zh="申领时间为{value:.0f}时"),
)  # fmt: skip
def filing_hour(claim: Claim) -> ir.Value:
    """Hour of the day at which the claim was filed, 0 to 23."""
    return claim.column("hour")


@feature(
    family=FAMILY, unit="weekday", source="claims", range=(1, 7), without_history=None, zh="申领的星期（1为星期一，7为星期日）",
    reason=Reason(en="day of the week on which it was filed: {value:.0f} (1 Monday, 7 Sunday)", zh="申领日为星期{value:.0f}（1为星期一，7为星期日）"),
)  # fmt: skip
def filing_weekday(claim: Claim) -> ir.Value:
    """Day of the week on which the claim was filed, 1 Monday to 7 Sunday."""
    monday = ibis.literal("1900-01-01").cast("date")
    return claim.column("filed_on").delta(monday, unit="day") % 7 + 1


@feature(
    family=FAMILY, unit="yes or no", source="claims", range=YES_OR_NO, zh="是否由代办人申领",
    reason=flag("filed by an agent", "由代办人申领"),
)  # fmt: skip
def filed_by_agent(claim: Claim) -> ir.Value:
    """Whether the claim names an agent who filed it."""
    return claim.thing("agent").notnull().cast("int64")


def _age(claim: Claim) -> ir.Value:
    """Years as a fraction, good to a day or two: for a number to be weighed, not for a bound of the law."""
    return claim.begins.delta(claim.column("born_on"), unit="day").cast("float64") / DAYS_A_YEAR


def _birthdays(claim: Claim) -> ir.Value:
    """Whole years of age on the first day of the benefit, as the law counts them."""
    born, begins = claim.column("born_on"), claim.begins
    early = begins.month() * 100 + begins.day() < born.month() * 100 + born.day()
    return (begins.year() - born.year()).cast("int64") - early.cast("int64")


def _outside(claim: Claim, years: ir.Value) -> ir.Value:
    """Years outside a bound, 0 where there is no bound: that the law sets none is no news of the claim, and would be told
    of every pension as something not known; null where no date of birth is written."""
    return ibis.ifelse(claim.column("born_on").isnull(), ibis.null("int64"), years.fill_null(0).clip(lower=0))


@feature(
    family=FAMILY, unit="years", source="claims", range=(None, None), without_history=None, zh="待遇起始时申领人的年龄",
    reason=Reason(en="age when the benefit begins, by the date of birth on the claim: {value:.1f} years", zh="按申领书出生日期，待遇起始时{value:.1f}岁"), absent=NO_BIRTH,
)  # fmt: skip
def age_at_start(claim: Claim) -> ir.Value:
    """Age on the first day of the benefit, by the date of birth on the claim."""
    return _age(claim)


@feature(
    family=FAMILY, unit="years", source=("claims", "persons"), direction=1, without_history=None, zh="低于该待遇法定最低年龄的岁数",
    reason=Reason(en="years below the least age for this benefit: {value:.0f}", zh="低于该待遇法定最低年龄{value:.0f}岁"), absent=NO_BIRTH,
)  # fmt: skip
def years_too_young(claim: Claim, insured: Insured) -> ir.Value:
    """Whole years of age that lack to the least at which the law gives this benefit; 0 where none lack or the law sets no such age."""
    least = least_age(claim.column("scheme"), insured.column("sex"), claim.begins)
    return _outside(claim, least - _birthdays(claim))


@feature(
    family=FAMILY, unit="years", source=("claims", "persons"), direction=1, without_history=None, zh="达到或超过该待遇法定年龄上限的岁数",
    reason=Reason(en="years beyond the age at which this benefit ends by law: {value:.0f}", zh="超出该待遇法定年龄上限{value:.0f}岁"), absent=NO_BIRTH,
)  # fmt: skip
def years_too_old(claim: Claim, insured: Insured) -> ir.Value:
    """Whole years of age beyond the one at which the law ends this benefit; 0 where there are none or the law sets no such age."""
    most = most_age(claim.column("scheme"), insured.column("sex"), claim.begins)
    return _outside(claim, _birthdays(claim) - most)
