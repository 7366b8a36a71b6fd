"""A simulated province keeps the rules of registers, repeats itself, and hides its truth."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from experiments.province import Knobs, simulate
from features.registers import REGISTERS

SMALL = Knobs(employers=300, months=12)
NAMES = ("employers", "employer_ties", "payroll", "contributions", "complaints", "inspections")


@pytest.fixture(scope="module")
def province():
    return simulate(SMALL, seed=3)


@pytest.fixture(scope="module")
def frames(province):
    return {name: table.to_pandas() for name, table in province.registers.items()}


def test_the_same_seed_gives_the_same_tables(province):
    again = simulate(SMALL, seed=3)
    assert again.truth.equals(province.truth)
    assert again.kinds.equals(province.kinds)
    assert all(again.registers[name].equals(province.registers[name]) for name in NAMES)


def test_another_seed_gives_another_province(province):
    assert not simulate(SMALL, seed=4).truth.equals(province.truth)


@pytest.mark.parametrize("name", NAMES)
def test_columns_are_the_canonical_ones(province, name):
    assert tuple(province.registers[name].column_names) == REGISTERS[name].names


@pytest.mark.parametrize("name", NAMES)
def test_rows_keep_the_declared_rules(frames, name):
    rows = frames[name]
    assert len(rows)
    for column in REGISTERS[name].columns:
        given = rows[column.name].dropna()
        assert not column.required or len(given) == len(rows), column.name
        assert not column.choices or set(given) <= set(column.choices), column.name
        assert column.at_least is None or (given >= column.at_least).all(), column.name
        if column.not_before:
            assert (given >= rows.loc[given.index, column.not_before]).all(), column.name


@pytest.mark.parametrize("name", NAMES)
def test_a_key_is_told_once_a_day(frames, name):
    assert not frames[name].duplicated([*REGISTERS[name].key, "known_on"]).any()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_dated_after_the_end(frames, name):
    days = frames[name][[column.name for column in REGISTERS[name].columns if column.type in ("date", "month")]]
    assert all((days[column].dropna() <= SMALL.end).all() for column in days)


def test_what_is_undecided_has_neither_outcome_nor_amount(frames):
    undecided = frames["complaints"].query("decided_on.isnull()")
    unfinished = frames["inspections"].query("closed_on.isnull()")
    assert undecided[["outcome", "amount_proven", "amount_recovered"]].isna().all(axis=None)
    assert unfinished[["finding", "workers_owed", "amount_owed", "amount_recovered"]].isna().all(axis=None)
    assert (frames["payroll"].query("paid_on.isnull()").wage_paid == 0).all()


def test_employers_have_valid_credit_codes(frames):
    letters = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015
    for code in frames["employers"].employer_id:
        total = sum(letters.index(letter) * 3**place for place, letter in enumerate(code[:17]))
        assert len(code) == 18
        assert (total + letters.index(code[17])) % 31 == 0
        assert code[2:4] == "99"  # no region of GB/T 2260


def test_workers_have_valid_numbers_that_nobody_has(frames):
    for number in frames["payroll"].worker_id.unique()[:500]:
        digits = [10 if letter == "X" else int(letter) for letter in number]
        assert len(digits) == 18
        assert sum(digit * 2 ** (17 - place) for place, digit in enumerate(digits)) % 11 == 1  # ISO 7064 MOD 11-2
        assert number.startswith("99")
        assert dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def test_employers_in_arrears_leave_more_unpaid(province, frames):
    told = frames["payroll"].sort_values("known_on").drop_duplicates(["employer_id", "worker_id", "month"], keep="last")
    sums = told.astype({"wage_due": float, "wage_paid": float}).groupby("employer_id")[["wage_due", "wage_paid"]].sum()
    unpaid = 1 - sums.wage_paid / sums.wage_due
    last = _last(province)
    owing = unpaid.reindex(last[last.in_arrears].employer_id).mean()
    assert owing > 5 * unpaid.reindex(last[~last.in_arrears].employer_id).mean()


def _last(province):
    truth = province.truth.to_pandas()
    return truth[truth.month == truth.month.max()]


def test_truth_says_since_when(province):
    truth = province.truth.to_pandas()
    owing = truth[truth.in_arrears]
    assert (owing.amount_owed > 0).all()
    assert (owing.began <= owing.month).all()
    assert truth[~truth.in_arrears].began.isna().all()


def test_truth_is_what_payroll_says_in_the_end(province, frames):
    """What was owed at the end of November and not paid by the end of December is unpaid in the rows.

    But for employers who report pay not made, or file nothing.
    """
    kinds = province.kinds.to_pandas()
    honest = kinds[~(kinds.reports_unmade | kinds.never_files | kinds.stops_filing)].employer_id
    told = frames["payroll"].sort_values("known_on").drop_duplicates(["employer_id", "worker_id", "month"], keep="last")
    unpaid = told.wage_due.astype(float) - told.wage_paid.astype(float)
    by_employer = unpaid[told.paid_on.isna() | (unpaid > 0)].groupby(told.employer_id).sum()
    last = _last(province)
    fresh = last[
        last.employer_id.isin(honest)
        & last.in_arrears
        & (last.began >= dt.date(2024, 2, 1))
        & (last.began <= dt.date(2024, 10, 1))
    ]
    assert len(fresh)
    assert (by_employer.reindex(fresh.employer_id).fillna(0) > 0).all()


def test_no_payroll_after_closing(frames):
    pay = frames["payroll"].merge(frames["employers"][["employer_id", "closed_on"]], on="employer_id")
    closed = pay[pay.closed_on.notna()]
    assert len(closed)
    assert (closed.month < closed.closed_on).all()


def test_some_rows_are_corrected_and_some_are_late(frames):
    pay = frames["payroll"]
    assert pay.duplicated(["employer_id", "worker_id", "month"]).any()
    lag = pd.to_datetime(pay.known_on) - pd.to_datetime(pay.month)
    assert (lag > pd.Timedelta(days=51)).any()


def test_schemes_are_a_knob():
    province = simulate(Knobs(employers=40, months=3, schemes=("work_injury",)), seed=1)
    assert set(province.registers["contributions"]["scheme"].to_pylist()) == {"work_injury"}
