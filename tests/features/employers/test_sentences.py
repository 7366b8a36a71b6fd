"""What the sentences of the features say of the rows behind the number, in both languages."""

import inspect
import re

import pytest

from features.employers import EMPLOYER_FEATURES
from tests.features.worlds import features_as_of

DAY = "2024-06-30"  # the newest month that has fallen due is May

CONTRIBUTIONS = """
employer_id | worker_id | month      | scheme  | due | paid | paid_on
once        | 1         | 2024-03-01 | pension | 100 | 100  | 2024-04-10
once        | 1         | 2024-04-01 | pension | 100 |      |
once        | 1         | 2024-05-01 | pension | 100 |      |
never       | 1         | 2024-04-01 | pension | 100 |      |
never       | 1         | 2024-05-01 | pension | 100 |      |
"""
PAYROLL = """
employer_id | worker_id | month      | wage_due | wage_paid | paid_on
once        | 1         | 2024-03-01 | 100      | 100       | 2024-04-10
once        | 1         | 2024-04-01 | 100      |           |
once        | 1         | 2024-05-01 | 100      |           |
never       | 1         | 2024-04-01 | 100      |           |
never       | 1         | 2024-05-01 | 100      |           |
"""


def said(name, value):
    return tuple(EMPLOYER_FEATURES[name].reason.say(language, value) for language in ("en", "zh"))


def test_no_month_is_said_to_be_paid_of_whom_none_is_known_to_be(engine):
    """One number stands for both: two months back everything was paid, or nothing ever was in the two months known."""
    names = ("contributions_months_since_all_paid", "months_since_all_paid")
    known = features_as_of(engine, DAY, *names, contributions=CONTRIBUTIONS, payroll=PAYROLL)
    assert [known[name] for name in names] == [{"once": 2, "never": 2}] * 2
    assert said("contributions_months_since_all_paid", 2) == (
        "months in a row without a record that all contributions were paid, up to the newest that has fallen due: 2 (unpaid, or not yet on file)",
        "截至最近一个已到缴费期限的月份，连续2个月未见社会保险费全部缴清的记录（可能未缴，也可能尚无记录）",
    )
    assert said("months_since_all_paid", 2) == (
        "months in a row without a record that all wages were paid, up to the newest that has fallen due: 2 (unpaid, or not yet on file)",
        "截至最近一个已到支付期限的月份，连续2个月未见工资全部付清的记录（可能未付，也可能尚无记录）",
    )


def test_a_difference_of_shares_is_told_in_points_and_a_change_of_a_number_in_per_cent():
    assert said("leaving_change", -0.0667) == (
        "share of the workforce leaving in a month, last 3 months less last 12: -6.7 percentage points",
        "近3个月月均离职比例较近12个月变化-6.7个百分点",
    )
    assert said("workers_change", -0.0667)[0] == "workers in a month of the last 3 against the last 12: -7%"


def of_months_fallen_due(feature):
    """Whether all of its own windows, or those of the feature that peers are compared by, end with the newest month fallen due."""
    body = inspect.getsource(feature.expression).partition("def ")[2]
    compared = re.search(r'others\.percentile\("(\w+)"\)', body)
    if compared:
        return of_months_fallen_due(EMPLOYER_FEATURES[compared[1]])
    return "due=True" in body


OF_MONTHS_FALLEN_DUE = [f for f in EMPLOYER_FEATURES if f.direction and of_months_fallen_due(f)]


@pytest.mark.parametrize("feature", OF_MONTHS_FALLEN_DUE, ids=lambda feature: feature.name)
def test_a_window_of_months_fallen_due_is_called_so(feature):
    """On 31 December these are December to November: the last 12 months of a calendar are others."""
    english, chinese = said(feature.name, 1)
    if "the last" in english:
        assert "months that have fallen due" in english
        assert "个已到期月份" in chinese


def test_who_has_no_contributions_on_file_is_not_said_to_be_uninsured():
    assert said("on_payroll_not_insured_3m", 2 / 7) == (
        "in months of the last 3 with both payroll and contributions on file, 29% of workers on the payroll (counted each month) have no contributions on file",
        "近3个月中工资和社会保险费数据均有的月份，在册人员有29%（按人月计）当月无社会保险费数据",
    )


@pytest.mark.parametrize(
    ("share", "told"), [(0, "0%"), (0.004, "0.4%"), (0.5, "50%"), (0.997, "99.7%"), (1, "100%"), (0.9999, "99.99%"), (0.0001, "0.01%")]
)  # fmt: skip
def test_a_share_is_not_said_to_be_nothing_or_all_where_it_is_not(share, told):
    english, chinese = said("unpaid_share_1m", share)
    assert english == f"{told} of wages of the newest month that has fallen due are unpaid"
    assert chinese == f"最近一个已到支付期限月份的工资中有{told}未支付"


def absent(name):
    return tuple(EMPLOYER_FEATURES[name].absent.say(language) for language in ("en", "zh"))


def test_what_is_due_and_not_paid_is_not_said_to_be_unknown(engine):
    """Nothing was paid, so nothing was paid late: the payroll and the contributions themselves are known."""
    names = ("late_share_3m", "contributions_late_share_12m", "unpaid_share_3m", "contributions_unpaid_share_3m")
    known = features_as_of(engine, DAY, *names, contributions=CONTRIBUTIONS, payroll=PAYROLL)
    assert [known[name]["never"] for name in names] == [None, None, 1, 1]
    assert absent("late_share_3m") == (
        "no wages are known to have been paid for the last 3 months that have fallen due",
        "未见最近3个已到期月份的工资支付记录",
    )
    assert absent("contributions_late_share_12m") == (
        "no contributions are known to have been paid for the last 12 months that have fallen due",
        "未见最近12个已到期月份的社会保险费缴纳记录",
    )


def test_it_is_said_of_which_months_nothing_is_known():
    assert absent("unpaid_share_3m") == (
        "no payroll is known for the last 3 months that have fallen due",
        "最近3个已到期月份无工资数据",
    )
    assert absent("unpaid_share_1m")[0] == "no payroll is known for the newest month that has fallen due"
    assert absent("workers_3m") == ("no payroll is known for the last 3 months", "近3个月无工资数据")
    assert absent("pension_unpaid_share_6m") == (
        "no pension contributions are known for the last 6 months that have fallen due",
        "最近6个已到期月份无养老保险费数据",
    )
