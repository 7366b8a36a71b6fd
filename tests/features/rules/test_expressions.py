"""What an expression of a rule says of each claim, and what is refused."""

from __future__ import annotations

import pytest

from features.rules.checks import Faults
from features.rules.expressions import read_expression
from features.rules.words import words_of
from tests.features.rules.office import CATALOGUE, snapshot

WORDS = words_of(CATALOGUE)
CLAIMS = snapshot("""
    claim_id | scheme       | as_of      | starts_on  | amount | days_after_death | fraud_share | identity_invalid
    a        | pension      | 2024-01-31 | 2023-08-31 | 100    | 0                | 0.1         | 1
    b        | medical      | 2024-01-31 | 2023-07-30 | 200    | 5                | 0.2         | 0
    c        |              | 2024-01-31 |            |        |                  |             |
    d        | unemployment | 2024-02-29 | 2024-01-01 | 5      |                  | 0.9         | 1
    """)


def known(expression: str) -> str:
    """For claims a to d: y, n, or ? where it is not known."""
    faults = Faults()
    read = read_expression(expression, WORDS, faults)
    assert read is not None, faults.found
    values = read.condition.values(CLAIMS).to_pylist()
    return "".join({True: "y", False: "n", None: "?"}[value] for value in values)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("days_after_death > 0", "ny??"),
        ("days_after_death >= days(5)", "ny??"),
        ("0.1 < fraud_share <= 0.9", "ny?y"),
        ("identity_invalid", "yn?y"),
        ("not identity_invalid", "ny?n"),
        ("identity_invalid == 1 and fraud_share > 0.5", "nn?y"),
        ("days_after_death > 0 or fraud_share > 0.5", "ny?y"),
        ("days_after_death > 0 and fraud_share > 0.5", "nn??"),
        ("scheme in ('pension', 'medical')", "yy?n"),
        ("scheme not in ('pension', 'medical')", "nn?y"),
        ("scheme != 'pension'", "ny?y"),
        ("amount in (5, 100)", "yn?y"),
        ("days_after_death is known", "yynn"),
        ("days_after_death is not known", "nnyy"),
        ("days_after_death is unknown and amount is known", "nnny"),
        ("amount is not None", "yyny"),
        ("amount / days_after_death > 3", "?y??"),
        ("amount * 2 - 50 >= 150", "yy?n"),
        ("amount * fraud_share > 9", "yy?n"),
        ("-amount < -100", "ny?n"),
        ("abs(-3) * fraud_share > 0.4", "ny?y"),
        ("max(amount, 100) > 100", "ny?n"),
        ("min(amount, 100) < 100", "nn?y"),
        ("as_of - starts_on > days(180)", "ny?n"),
        ("starts_on + 31 == date('2024-02-01')", "nn?y"),
        ("starts_on < as_of - months(6)", "ny?n"),
        ("starts_on > as_of - years(1)", "yy?y"),
        ("starts_on in (date('2024-01-01'), date('2023-08-31'))", "yn?y"),
    ],
)
def test_what_is_not_known_is_neither_true_nor_false(expression: str, said: str) -> None:
    assert known(expression) == said


def test_a_month_is_counted_on_the_calendar_and_ends_on_its_last_day() -> None:
    assert known("as_of + months(1) == date('2024-02-29')") == "yyyn"
    assert known("as_of - months(12) == date('2023-02-28')") == "nnny"


@pytest.mark.parametrize(
    ("expression", "at", "said"),
    [
        ("amount > 1 and days_after_deth > 0", 15, "did you mean days_after_death?"),
        ("scheme != '中文' and amuont > 2", 19, "did you mean amount?"),
        ("fraud_share > 50", 0, "never holds: a share is from 0 to 1"),
        ("1 < fraud_share", 0, "never holds"),
        ("amount >= 0", 0, "write `is known`"),
        ("amount > days(3)", 0, "money compared with days"),
        ("amount > 1 or amount < fraud_share", 14, "money compared with a share"),
        ("days_after_death > months(3)", 0, "may only be added to a day"),
        ("scheme == 'pensoin'", 0, "did you mean pension?"),
        ("scheme in ('pension', 'jobless')", 22, "is none of pension"),
        ("scheme in 'pension'", 10, "in wants a list"),
        ("scheme in (region,)", 11, "written out"),
        ("scheme < 'pension'", 0, "neither more nor less"),
        ("starts_on > '2024-01-01'", 0, 'date("2024-06-30")'),
        ("starts_on > date('2024-02-30')", 12, "is not a day"),
        ("amount + starts_on > 3", 0, "cannot be put together"),
        ("amount ** 2 > 4", 0, "only + - * /"),
        ("amount", 0, "where a condition is wanted"),
        ("identity_invalid and amount", 21, "where a condition is wanted"),
        ("amount is 1", 10, "only for `is known`"),
        ("True", 0, "not a value here"),
        ("amount >", 8, "cannot be read"),
        ("amount > 1)", 10, "cannot be read"),
        ("", 0, "cannot be read"),
        ("days(1.5) < days_after_death", 0, "one whole number"),
        ("amount > 1" + "0" * 400, 9, "no amount of anything"),
        ("as_of - months(99999) > starts_on", 8, "from 0 to 10000"),
        ("abs(amount, 1) > 2", 0, "abs wants one number"),
        ("__import__('os').system('true') == 0", 0, "there is no function"),
        ("amount.__class__ == 1", 0, "not part of the language"),
        ("[x for x in (1, 2)] == 1", 0, "not part of the language"),
        ("(lambda: 1)() > 2", 0, "there is no function"),
        ("not " * 60 + "identity_invalid", 0, "within one another"),
        ("(" * 10_000 + "amount", 0, ""),
    ],
)
def test_what_cannot_be_is_refused_where_it_stands(expression: str, at: int, said: str) -> None:
    faults = Faults()
    assert read_expression(expression, WORDS, faults) is None
    offset, fault = faults.found[-1]
    assert said in fault
    assert offset == at or not said


def test_all_faults_are_told_at_once() -> None:
    faults = Faults()
    read_expression("amuont > 1 and scheme == 'x' and fraud_share > 2", WORDS, faults)
    assert [offset for offset, _ in faults.found] == [0, 15, 33]
