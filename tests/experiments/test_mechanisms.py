"""Each mechanism of the province shows in its registers or its truth, by a margin that chance would not give."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from experiments.province import Knobs, simulate
from experiments.province.arrays import at
from experiments.province.employment import kin_of
from experiments.province.grouping import blocks_of
from experiments.province.kinds import REGIONS
from experiments.province.simulation import prepare

TOWN = Knobs(employers=2_500, months=14, phoenix=0.9)
COUNTY = Knobs(employers=8_000, months=24)


@pytest.fixture(scope="module")
def town():
    return simulate(TOWN, seed=5)


@pytest.fixture(scope="module")
def kinds(town):
    return town.kinds.to_pandas().set_index("employer_id")


@pytest.fixture(scope="module")
def truth(town):
    return town.truth.to_pandas()


@pytest.fixture(scope="module")
def pay(town):
    table = town.registers["payroll"]
    pay = pd.DataFrame({name: table[name].to_numpy() for name in ("employer_id", "worker_id", "month", "known_on")})
    for name in ("wage_due", "wage_paid"):
        pay[name] = table[name].cast("float64").to_numpy()
    return pay


@pytest.fixture(scope="module")
def told(pay):
    """Payroll as it stands in the end."""
    return pay.sort_values("known_on").drop_duplicates(["employer_id", "worker_id", "month"], keep="last")


@pytest.fixture(scope="module")
def jobs(pay):
    """Who was ever on whose payroll."""
    return pay[["employer_id", "worker_id"]].drop_duplicates()


@pytest.fixture(scope="module")
def ties(town):
    return town.registers["employer_ties"].to_pandas()


# Liquidity


def begins_after_contractor(knobs: Knobs) -> float:
    """How much likelier arrears begin in the four months after the main contractor's, than in others, for subcontractors."""
    province = prepare(knobs, seed=5).province
    owing = province.truth.to_pandas().pivot(index="employer_id", columns="month", values="in_arrears")
    contractor = province.kinds.to_pandas().set_index("employer_id").contractor.dropna()
    contractor = contractor[contractor.index.isin(owing.index) & contractor.isin(owing.index)]
    own, theirs = (owing.loc[list(ids)].to_numpy(dtype=float) for ids in (contractor.index, contractor))
    begins, could = (own[:, 4:] == 1) & (own[:, 3:-1] == 0), own[:, 3:-1] == 0
    after = np.nanmax([theirs[:, 4 - lag : theirs.shape[1] - lag] == 1 for lag in (1, 2, 3, 4)], axis=0).astype(bool)
    return (begins & after).sum() / (could & after).sum() / ((begins & ~after).sum() / (could & ~after).sum())


def test_arrears_go_down_the_chain_of_contractors():
    with_it, without = (begins_after_contractor(replace(COUNTY, contagion=contagion)) for contagion in (0.3, 0.0))
    assert with_it > 2.5
    assert with_it > 1.5 * without


def test_contractors_are_larger_and_of_the_industry():
    unpaid = prepare(replace(COUNTY, phoenix=0.0), seed=5)
    employers, contractor = unpaid.employers, unpaid.fortunes.contractor
    subs = np.flatnonzero(contractor >= 0)
    assert len(subs) > 500
    assert (employers.places[contractor[subs]] > employers.places[subs]).all()
    assert (employers.industry[contractor[subs]] == employers.industry[subs]).all()
    assert (contractor[contractor[subs]] >= 0).any()  # chains


def test_sizes_have_a_heavy_tail():
    places = np.sort(prepare(replace(COUNTY, months=2, warm_up=2), seed=5).employers.places)[::-1]
    assert places[:80].sum() > 0.15 * places.sum()
    assert np.median(places) < 15


def test_chronic_and_seasonal_employers_never_owe(truth, kinds):
    look_alike = kinds.index[kinds.chronic | kinds.seasonal]
    assert len(look_alike) > 200
    assert not truth[truth.employer_id.isin(look_alike)].in_arrears.any()


def test_seasonal_employers_have_fewer_workers_in_the_trough(pay, town, kinds):
    construction = town.registers["employers"].to_pandas().query("industry == 'construction'").employer_id
    heads = pay.drop_duplicates(["employer_id", "worker_id", "month"]).groupby(["employer_id", "month"]).size()
    heads = heads.unstack().reindex(construction).dropna()
    winter = heads[np.datetime64("2024-01-01")] / heads[np.datetime64("2024-07-01")]
    assert winter[kinds.loc[winter.index].seasonal].mean() < winter[~kinds.loc[winter.index].seasonal].mean() < 1


# Ties


def workers_in_common(jobs, one: pd.Series, other: pd.Series) -> float:
    """Workers of `one` who also were at `other`, over all of `one`; the mean of the pairs."""
    workers = jobs[jobs.employer_id.isin(one) | jobs.employer_id.isin(other)].groupby("employer_id").worker_id.agg(set)
    return np.mean([len(workers[a] & workers[b]) / len(workers[a]) for a, b in zip(one, other, strict=True)])


def test_phoenixes_share_a_tie_and_workers_with_their_predecessor(ties, jobs, kinds):
    pairs = kinds.predecessor.dropna().reset_index()
    seen = ties[ties.employer_id.isin(pairs.employer_id)].merge(pairs, on="employer_id")
    common = seen.merge(ties, left_on=["predecessor", "tie", "value"], right_on=["employer_id", "tie", "value"])
    assert common.employer_id_x.nunique() > 0.7 * len(pairs)  # ties may be missing, or known late
    pairs = pairs[pairs.employer_id.isin(jobs.employer_id) & pairs.predecessor.isin(jobs.employer_id)]
    assert len(pairs) > 10
    assert workers_in_common(jobs, pairs.employer_id, pairs.predecessor) > 0.15
    assert workers_in_common(jobs, pairs.employer_id, pairs.predecessor[::-1]) < 0.05


def test_phoenixes_open_after_the_other_closed_and_are_as_bad():
    province = prepare(COUNTY, seed=5).province
    kinds, truth = province.kinds.to_pandas(), province.truth.to_pandas()
    rows = province.registers["employers"].to_pandas().set_index("employer_id")
    chain = kinds.dropna(subset="predecessor")
    opened, closed = rows.registered_on[chain.employer_id], rows.closed_on[chain.predecessor]
    months = [(a.year - b.year) * 12 + a.month - b.month for a, b in zip(opened, closed, strict=True) if pd.notna(b)]
    assert len(months) > 50
    assert min(months) >= 0
    assert np.mean(np.array(months) <= 12) > 0.9
    owing = truth.in_arrears.groupby(truth.employer_id.isin(chain.employer_id)).mean()
    assert owing[True] > 2 * owing[False]


def test_spiders_have_one_director_and_move_workers(ties, jobs, kinds):
    directors = ties[(ties.tie == "director") & ties.employer_id.isin(jobs.employer_id)]
    spiders = directors[directors.employer_id.map(kinds.spider)].groupby("value").employer_id.agg(sorted)
    spiders = spiders[spiders.str.len() > 1]
    assert len(spiders) >= 3
    one, other = spiders.str[0], spiders.str[1]
    assert workers_in_common(jobs, one, other) > 0.05
    assert workers_in_common(jobs, one, other[::-1]) < 0.01


def test_accounting_firms_and_offices_are_hubs(ties, kinds):
    sizes = {tie: rows.groupby("value").employer_id.nunique().max() for tie, rows in ties.groupby("tie")}
    assert sizes["agent"] > 50
    assert sizes["address"] > 25
    assert sizes["phone"] > 10
    assert sizes["director"] < 15
    assert sizes["account"] < 10
    assert kinds.innocent_address.mean() > 0.1


def test_some_contractors_are_shareholders(ties, kinds):
    owners = ties[ties.tie == "shareholder"].set_index("employer_id").value
    owned = kinds.contractor[kinds.contractor == owners.groupby(level=0).first().reindex(kinds.index)]
    assert 5 < len(owned) < 0.2 * kinds.contractor.notna().sum()


def test_ties_are_known_late_and_end(ties):
    lag = pd.to_datetime(ties.known_on) - pd.to_datetime(ties.since)
    assert (lag > pd.Timedelta(days=20)).mean() > 0.2
    ended = ties.dropna(subset="until")
    assert len(ended)
    assert (ended.until >= ended.since).all()
    assert ties.groupby("tie").employer_id.nunique()["account"] < 0.8 * TOWN.employers  # some are missing


# Workers


def test_workers_change_employers_and_some_have_two(pay, jobs):
    employers = jobs.groupby("worker_id").size()
    assert 0.1 < (employers > 1).mean() < 0.6
    months = pay.drop_duplicates(["employer_id", "worker_id", "month"]).groupby(["worker_id", "month"]).size()
    assert 0.001 < (months > 1).mean() < 0.03


def test_those_with_workers_in_common_are_in_one_block():
    predecessor, spider = np.full(100, -1), np.full(100, -1)
    predecessor[90], predecessor[50] = 50, 10
    spider[[20, 99]] = 0
    blocks = blocks_of(predecessor, spider, 25)
    assert sorted(np.concatenate(blocks)) == list(range(100))
    block = {int(row): number for number, rows in enumerate(blocks) for row in rows}
    assert block[90] == block[50] == block[10]
    assert block[20] == block[99]
    kin = at(kin_of(predecessor, spider), np.array([10, 50, 90, 20, 99, 1]))
    assert kin.to.tolist() == [50, 90, -1, 100, 100, -1]
    assert kin.into.tolist() == [-1, 50, 90, 100, 100, -1]


# Filing and pay


def test_pay_reported_but_not_made_is_in_no_payroll(told, truth, kinds, town):
    liars = kinds.index[kinds.reports_unmade]
    owing = set(truth[truth.in_arrears].employer_id) & set(liars)
    assert len(owing) > 15
    recent = told[told.employer_id.isin(owing) & (told.month < np.datetime64("2024-11-01"))]
    assert (recent.wage_paid == recent.wage_due).all()
    others = set(truth[truth.in_arrears].employer_id) - set(liars)
    assert told[told.employer_id.isin(others)].eval("wage_paid < wage_due").any()
    complained = town.registers["complaints"].to_pandas().query("topic == 'wages'").employer_id
    assert complained.isin(owing).any()


def test_some_file_no_payroll_and_some_none_in_need(pay, truth, kinds, town):
    never = kinds.index[kinds.never_files]
    assert len(never) > 50
    assert not pay.employer_id.isin(never).any()
    assert town.registers["contributions"]["employer_id"].to_pandas().isin(never).any()
    stops = set(kinds.index[kinds.stops_filing])
    owing = truth[truth.in_arrears & (truth.began < truth.month)]
    filed = pay[["employer_id", "month"]].drop_duplicates().assign(filed=True)
    owing = owing.astype({"month": "datetime64[s]"}).merge(
        filed.astype({"month": "datetime64[s]"}), on=["employer_id", "month"], how="left"
    )
    shares = owing.filed.notna().groupby(owing.employer_id.isin(stops)).mean()
    assert shares[True] < shares[False] - 0.2


def test_corrections_downwards_are_of_firms_in_need(pay, truth):
    first = pay.sort_values("known_on").groupby(["employer_id", "worker_id", "month"]).wage_due.agg(["first", "min"])
    down = (first["min"] < 0.96 * first["first"]).groupby("employer_id").mean()
    owing = set(truth[truth.in_arrears].employer_id)
    assert down[down.index.isin(owing)].mean() > 5 * down[~down.index.isin(owing)].mean()


def test_wages_below_the_minimum_are_of_those_who_underpay(told, kinds, town):
    region = town.registers["employers"].to_pandas().set_index("employer_id").region
    minimum = told.employer_id.map(region).map(REGIONS.set_index("region").minimum_wage)
    below = told[told.wage_due < minimum]
    underpaying = below.employer_id.map(kinds.underpays)
    assert underpaying.mean() > 0.5  # the others are slips and restated wages
    assert below[underpaying].employer_id.nunique() > 50


def test_some_insure_nobody_and_some_pay_back_in_one_go(town, kinds):
    rows = town.registers["contributions"].to_pandas()[["employer_id", "month", "paid_on"]].drop_duplicates()
    assert not rows.employer_id.isin(kinds.index[kinds.uninsured]).any()
    months = rows.dropna(subset="paid_on").groupby(["employer_id", "paid_on"]).month.nunique()
    assert (months >= 3).sum() > 50


# Complaints


def test_groups_complain_together(town, told):
    heads = told.groupby(["employer_id", "month"]).size().groupby("employer_id").max()
    complaints = town.registers["complaints"].to_pandas()
    share = complaints.workers / complaints.employer_id.map(heads)
    large = share[complaints.employer_id.map(heads) > 30]
    assert 0.03 < (large > 0.3).mean() < 0.4


def test_fewer_than_half_of_the_spells_are_complained_of(town, truth):
    spells = truth[truth.in_arrears].groupby(["employer_id", "began"]).month.max().reset_index()
    wages = town.registers["complaints"].to_pandas().query("topic == 'wages'")[["employer_id", "filed_on"]]
    pairs = spells.merge(wages, on="employer_id")
    began, month, filed_on = (pd.to_datetime(pairs[name]) for name in ("began", "month", "filed_on"))
    inside = pairs[(filed_on >= began) & (filed_on <= month + pd.offsets.MonthEnd(0))]
    share = len(inside.drop_duplicates(["employer_id", "began"])) / len(spells)
    assert 0.15 < share < 0.5
    assert 0.03 < truth.in_arrears.mean() < 0.09
