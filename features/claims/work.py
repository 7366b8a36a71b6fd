"""Work: what payroll and contributions say of the claim's person, before the benefit and while it is claimed.

A person works in a month in which an employer's payroll names the person with a wage due, and is insured in a month for which
a contribution is due. Months are claimed for that lie whole between the first day of the benefit and its last, or the day.
"""

from __future__ import annotations

import ibis.expr.types as ir

from features.claims.catalogue import SHARE, feature, flag
from features.feature import Reason
from features.snapshots.beside import Beside

FAMILY = "work"
PAYROLL = ("claims", "payroll")
INSURED = ("claims", "contributions")
BOTH = ("claims", "payroll", "contributions")
NOT_UNEMPLOYMENT = Reason(en="no unemployment benefit, or no payroll known", zh="非失业待遇，或无工资数据")
NOT_INSURED = Reason(en="no contribution in the months before the benefit is known", zh="待遇开始前无缴费记录")
NO_EMPLOYER = Reason(en="the claim names no employer, or nothing is known of it", zh="申领书未填用人单位，或无相关数据")


@feature(
    family=FAMILY, unit="months", source=PAYROLL, direction=1, without_history=None, zh="申领失业待遇期间仍在工资表上的月数",
    reason=Reason(en="whole months of the unemployment benefit in which a payroll names the person: {value:,.0f}", zh="失业待遇期间整月仍在工资表上的有{value:,.0f}个月"), absent=NOT_UNEMPLOYMENT,
)  # fmt: skip
def months_on_payroll(work: Beside) -> ir.Value:
    """Months claimed for as unemployed, by the day, in which any employer's payroll names the person with a wage due."""
    return work.value("months_on_payroll")


@feature(
    family=FAMILY, unit="currency a month", source=PAYROLL, direction=1, without_history=None, zh="申领失业待遇期间在工资表上各月的月均工资",
    reason=Reason(en="mean wage due a month while unemployment benefit was claimed: {value:money}", zh="申领失业待遇期间月均应发工资{value:money}"),
    absent=Reason(en="on no payroll while unemployment benefit was claimed, or none known", zh="申领失业待遇期间不在工资表上，或无工资数据"),
)  # fmt: skip
def wage_while_claiming(work: Beside) -> ir.Value:
    """Mean wage due in the months claimed for as unemployed in which a payroll names the person."""
    return work.value("wage_while_claiming")


@feature(
    family=FAMILY, unit="months of benefit", source=(*PAYROLL, "payouts"), direction=1, without_history=None, zh="已发失业待遇中属于在工资表上月份的部分，折合待遇月数",
    reason=Reason(en="unemployment benefit paid for months in which a payroll names the person: {value:.1f} months of it", zh="已发失业待遇中有{value:.1f}个月属于仍在工资表上的月份"), absent=NOT_UNEMPLOYMENT,
)  # fmt: skip
def benefit_months_on_payroll(work: Beside) -> ir.Value:
    """Unemployment benefit paid by the day for months in which a payroll names the person, over the monthly amount: a month paid by its days is a part."""
    return work.value("benefit_months_on_payroll")


@feature(
    family=FAMILY, unit="months", source=PAYROLL, range=(0, 12), without_history=None, zh="近12个月领取养老待遇期间仍在工资表上的月数",
    reason=Reason(en="months of the last 12 with a pension and on a payroll: {value:,.0f}", zh="近12个月领取养老待遇且在工资表上{value:,.0f}个月"),
    absent=Reason(en="no pension, or no payroll known", zh="非养老待遇，或无工资数据"),
)  # fmt: skip
def pension_months_on_payroll(work: Beside) -> ir.Value:
    """Months of the last twelve claimed for as a pensioner in which a payroll names the person, which many laws allow."""
    return work.value("pension_months_on_payroll")


@feature(
    family=FAMILY, unit="yes or no", source=PAYROLL, range=SHARE, zh="待遇开始前一个月是否在工资表上",
    reason=flag("on a payroll in the month before the benefit", "待遇开始前一个月在工资表上"),
)  # fmt: skip
def on_payroll_month_before(work: Beside) -> ir.Value:
    """1 where a payroll names the person in the month before the benefit began, else 0."""
    return work.value("on_payroll_before")


@feature(
    family=FAMILY, unit="months", source=INSURED, direction=1, without_history=None, zh="申领失业待遇期间由其他单位缴费的月数",
    reason=Reason(en="whole months of the unemployment benefit in which another employer than the one named contributes: {value:,.0f}", zh="失业待遇期间整月由所填单位以外的单位缴费{value:,.0f}个月"),
    absent=Reason(en="no unemployment benefit, or no contributions known", zh="非失业待遇，或无缴费数据"),
)  # fmt: skip
def months_insured_elsewhere(work: Beside) -> ir.Value:
    """Months claimed for as unemployed, by the day, for which an employer other than the one named owes contributions for the person."""
    return work.value("months_insured_elsewhere")


@feature(
    family=FAMILY, unit="months", source=INSURED, range=(0, 24), direction=-1, zh="待遇开始前24个月内的参保月数",
    reason=Reason(en="months insured in the 24 before the benefit: {value:,.0f}", zh="待遇开始前24个月内参保{value:,.0f}个月"),
)  # fmt: skip
def months_contributed_before(work: Beside) -> ir.Value:
    """Months of the 24 before the benefit began for which any employer owes contributions for the person."""
    return work.value("months_contributed")


@feature(
    family=FAMILY, unit="months", source=INSURED, direction=-1, without_history=None, zh="首次参保到待遇开始的月数",
    reason=Reason(en="months from the first contribution to the benefit: {value:,.0f}", zh="首次参保至待遇开始{value:,.0f}个月"),
    absent=Reason(en="no contribution known, or insured since the register begins", zh="无缴费记录，或数据起始时已参保"),
)  # fmt: skip
def months_since_first_contribution(work: Beside) -> ir.Value:
    """Months from the first for which a contribution is known to the first of the benefit, 0 where it came later; absent for who was insured in the register's first month."""
    return work.value("months_since_first")


@feature(
    family=FAMILY, unit="share", source=INSURED, range=SHARE, direction=1, without_history=None, zh="待遇开始前6个月中缴费基数不高于最低基数的月份比例",
    reason=Reason(en="{value:.0%} of the months insured in the half year before the benefit are on the least base", zh="待遇开始前半年参保月份中{value:.0%}按最低基数缴费"),
    absent=Reason(en="no base of these months is known, or no least base for the region", zh="该期间无缴费基数，或该地区无最低基数"),
)  # fmt: skip
def least_base_share_before(work: Beside) -> ir.Value:
    """Months insured in the last six before the benefit with a base no more than the least of the claim's region, over all of them with a base."""
    return work.value("least_base_share")


@feature(
    family=FAMILY, unit="share", source=INSURED, range=(-1, None), direction=1, without_history=None, zh="待遇开始前6个月月均缴费基数较此前的变化",
    reason=Reason(en="the base of the half year before the benefit is {value:+.0%} against before", zh="待遇开始前半年缴费基数较此前变化{value:+.0%}"),
    absent=Reason(en="not insured both in the half year before the benefit and earlier", zh="待遇开始前半年及更早时期未均有缴费"),
)  # fmt: skip
def base_growth_before(work: Beside) -> ir.Value:
    """Mean base of the months insured in the last six before the benefit, over that of the 18 before them, less 1."""
    return work.value("base_growth")


@feature(
    family=FAMILY, unit="share", source=INSURED, range=SHARE, direction=1, without_history=None, zh="待遇开始前参保月份中在同一天缴纳的最高比例",
    reason=Reason(en="{value:.0%} of the months insured before the benefit were paid on one and the same day", zh="待遇开始前参保月份中{value:.0%}在同一天缴纳"),
    absent=Reason(en="fewer than two months insured before the benefit are known", zh="待遇开始前参保不足两个月"),
)  # fmt: skip
def paid_on_one_day_share(work: Beside) -> ir.Value:
    """Of the months insured in the 24 before the benefit, the most that were paid on one and the same day, over all."""
    return work.value("paid_on_one_day_share")


@feature(
    family=FAMILY, unit="share", source=INSURED, range=SHARE, direction=1, without_history=None, zh="待遇开始前参保月份中逾期很久才补缴的比例",
    reason=Reason(en="{value:.0%} of the months insured before the benefit were paid three months late or more", zh="待遇开始前参保月份中{value:.0%}逾期三个月以上补缴"), absent=NOT_INSURED,
)  # fmt: skip
def paid_back_share_before(work: Beside) -> ir.Value:
    """Of the months insured in the 24 before the benefit, those paid three months or more after the legal day, over all."""
    return work.value("paid_back_share")


@feature(
    family=FAMILY, unit="share", source=BOTH, range=SHARE, direction=1, without_history=None, zh="待遇开始前参保月份中参保单位工资表上无此人的比例",
    reason=Reason(en="in {value:.0%} of the months insured before the benefit the employer's payroll does not name the person", zh="待遇开始前参保月份中{value:.0%}参保单位工资表上无此人"),
    absent=Reason(en="no month insured before the benefit for which the employer filed payroll", zh="待遇开始前参保月份中参保单位未报工资表"),
)  # fmt: skip
def insured_unpaid_share(work: Beside) -> ir.Value:
    """Of the months insured in the 24 before the benefit by an employer that filed payroll for them, those without a wage of the person, over all."""
    return work.value("insured_unpaid_share")


@feature(
    family=FAMILY, unit="times the base", source=INSURED, direction=1, without_history=None, zh="申领金额与待遇开始前12个月月均缴费基数之比",
    reason=Reason(en="the amount claimed is {value:.1f} times the person's monthly contribution base", zh="申领金额为月均缴费基数的{value:.1f}倍"), absent=NOT_INSURED,
)  # fmt: skip
def amount_over_base(work: Beside) -> ir.Value:
    """Amount claimed, a month or once, over the mean base of the months insured in the twelve before the benefit."""
    return work.value("amount_over_base")


@feature(
    family=FAMILY, unit="months", source=INSURED, range=(0, 12), direction=1, zh="近12个月中由两家以上单位同时缴费的月数",
    reason=Reason(en="months of the last 12 in which two employers or more contribute for the person: {value:,.0f}", zh="近12个月中由两家以上单位同时缴费{value:,.0f}个月"),
)  # fmt: skip
def months_insured_twice(work: Beside) -> ir.Value:
    """Months of the last twelve for which two employers or more owe contributions for the person."""
    return work.value("months_insured_twice")


@feature(
    family=FAMILY, unit="regions", source=(*INSURED, "employers"), direction=1, zh="近12个月中同一月份为其缴费的单位所在地区数的最大值",
    reason=Reason(en="the most regions from which contributions are due for the person in one month of the last 12: {value:,.0f}", zh="近12个月中同一月份最多有{value:,.0f}个地区的单位为其缴费"),
)  # fmt: skip
def regions_insured_at_once(work: Beside) -> ir.Value:
    """Different regions of the employers that owe contributions for the person in one and the same month, the most of the last twelve."""
    return work.value("regions_at_once")


@feature(
    family=FAMILY, unit="yes or no", source=BOTH, range=SHARE, direction=1, without_history=None, zh="所填单位是否不是待遇开始前最后的单位",
    reason=flag("the employer named is not the last one before the benefit", "所填单位不是待遇开始前最后的单位"),
    absent=Reason(en="no employer is named, or no work before the benefit is known", zh="未填用人单位，或待遇开始前无工作记录"),
)  # fmt: skip
def named_employer_not_last(work: Beside) -> ir.Value:
    """1 where payroll and contributions of the newest month before the benefit are of others than the employer named, else 0."""
    return work.value("named_not_last")


@feature(
    family=FAMILY, unit="workers", source=INSURED, without_history=None, zh="待遇开始前一个月所填单位的参保人数",
    reason=Reason(en="workers insured at the employer named in the month before the benefit: {value:,.0f}", zh="待遇开始前一个月所填单位参保{value:,.0f}人"), absent=NO_EMPLOYER,
)  # fmt: skip
def insured_at_employer(work: Beside) -> ir.Value:
    """Workers for whom the employer named owes pension contributions for the month before the benefit began."""
    return work.value("insured_there")


@feature(
    family=FAMILY, unit="persons", source="claims", without_history=None, zh="近半年申领中填写同一用人单位的其他人员数",
    reason=Reason(en="other persons whose claims of the last half year name the same employer: {value:,.0f}", zh="近半年申领中填写同一用人单位的其他人员{value:,.0f}名"), absent=NO_EMPLOYER,
)  # fmt: skip
def claiming_at_employer(work: Beside) -> ir.Value:
    """Other persons whose claims of the last half year name the same employer."""
    return work.value("claiming_there")


@feature(
    family=FAMILY, unit="share of the workers", source=INSURED, direction=1, without_history=None, zh="近半年填写同一单位申领的其他人员与该单位参保人数之比",
    reason=Reason(en="other persons who claimed from the same employer in the last half year are {value:.0%} of its insured workers", zh="近半年填写同一单位申领的其他人员为其参保人数的{value:.0%}"), absent=NO_EMPLOYER,
)  # fmt: skip
def claiming_share_at_employer(work: Beside) -> ir.Value:
    """Other persons whose claims of the last half year name the same employer, over its workers insured in the month before the benefit."""
    return work.value("claiming_there_share")


@feature(
    family=FAMILY, unit="persons", source="claims", direction=1, without_history=None, zh="近半年经同一代办人填写同一单位申领的其他人员数",
    reason=Reason(en="other persons of the same employer whose claims of the last half year the same agent filed: {value:,.0f}", zh="近半年同一单位经同一代办人申领的其他人员{value:,.0f}名"),
    absent=Reason(en="the claim names no agent or no employer", zh="申领书未填代办人或用人单位"),
)  # fmt: skip
def same_agent_at_employer(work: Beside) -> ir.Value:
    """Other persons whose claims of the last half year name the same employer and the same agent."""
    return work.value("same_agent_there")
