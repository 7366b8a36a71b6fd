"""The parts of an alert as sentences: they can be read without knowing how they were made."""

from __future__ import annotations

import datetime as dt

import pytest

from features.languages import LANGUAGES
from serving.alerts.alert import WorkMonth
from serving.alerts.said import work
from serving.texts import TEXTS

EMPLOYER = "91990303782782624B"


@pytest.mark.parametrize("months", [1, 3])
def test_a_month_and_the_number_of_an_employer_do_not_run_together(months: int) -> None:
    said = work(tuple(WorkMonth(dt.date(2024, 9 + n, 1), EMPLOYER, None, "payroll", 3000.0) for n in range(months)))
    assert said and f"2024-{8 + months:02}在{EMPLOYER}的工资记录" in said.zh
    assert f"payroll of {EMPLOYER}" in said.en


def test_who_is_shown_beside_a_claim_is_only_likely_its_person() -> None:
    told = TEXTS["companion_person"]
    assert "likely" in told["en"] and "很可能" in told["zh"]


def test_others_beside_a_claim_are_not_called_a_ring() -> None:
    own = [TEXTS[name] for name in TEXTS if name.startswith(("companion", "column_companions"))]
    assert own and not any("ring" in text["en"].split() for text in own)
    assert all(text[language] for text in own for language in LANGUAGES)
