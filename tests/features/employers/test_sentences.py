"""What the sentences of the features say of the rows behind the number, in both languages."""

import inspect

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
        "months in a row, up to the newest that has fallen due, not known to have all contributions paid: 2 (unpaid, or not yet on file)",
        "截至最近一个已到缴费期限的月份，连续2个月未见社会保险费全部缴清的记录（可能未缴，也可能尚无记录）",
    )
    assert said("months_since_all_paid", 2) == (
        "months in a row, up to the newest that has fallen due, not known to have all wages paid: 2 (unpaid, or not yet on file)",
        "截至最近一个已到支付期限的月份，连续2个月未见工资全部付清的记录（可能未付，也可能尚无记录）",
    )


OF_MONTHS_FALLEN_DUE = [
    feature
    for feature in EMPLOYER_FEATURES
    if feature.direction and "due=True" in inspect.getsource(feature.expression)
]


@pytest.mark.parametrize("feature", OF_MONTHS_FALLEN_DUE, ids=lambda feature: feature.name)
def test_a_window_of_months_fallen_due_is_called_so(feature):
    """On 31 December these are December to November: the last 12 months of a calendar are others."""
    english, chinese = said(feature.name, 1)
    if "the last" in english:
        assert "months that have fallen due" in english
        assert "个已到期月份" in chinese
