"""What is at stake at an employer: what it owes, to whomever; nothing is said to be known only where nothing is."""

import pytest

from serving.stakes import STAKES, at_stake


@pytest.mark.parametrize("name", STAKES)
def test_any_amount_known_is_told(name: str) -> None:
    assert [fact.name for fact in at_stake({name: 12.0})] == [name]


def test_contributions_overdue_are_an_amount() -> None:
    told = at_stake({"unpaid_amount_12m": 0.0, "contributions_unpaid_12m": 33384.26})
    assert [fact.sentence.en for fact in told] == [
        "unpaid social-insurance contributions of the last 12 months that have fallen due: 33,384 yuan"
    ]


def test_nothing_known_is_nothing_at_stake() -> None:
    assert [fact.name for fact in at_stake({"contributions_unpaid_12m": 0.0})] == ["nothing_at_stake"]
