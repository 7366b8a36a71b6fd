"""Claims of the province: canonical registers, frauds and duplicates that show, and look-alikes that are genuine."""

from __future__ import annotations

import pandas as pd
import pytest

from experiments.province import Knobs, simulate, simulate_to
from features.registers import REGISTERS

NAMES = ("persons", "claims", "payouts", "claim_decisions")
WORLD = Knobs(
    employers=900, months=18, block=450, benefits=True, shells=8.0, rings=6.0, second_pensions=0.02, twins=0.02
)


@pytest.fixture(scope="module")
def province():
    return simulate(WORLD, seed=4)


@pytest.fixture(scope="module")
def frames(province):
    return {name: province.registers[name].to_pandas() for name in NAMES}


@pytest.fixture(scope="module")
def truth(province):
    truth = province.claims_truth.to_pandas()
    return truth.astype({"amount_lost": float}).set_index("claim_id")


@pytest.fixture(scope="module")
def claims(frames, truth):
    """Claims as written, with what they are in truth."""
    return frames["claims"].set_index("claim_id").join(truth.rename(columns={"person_id": "true_person"}))


@pytest.fixture(scope="module")
def paid(frames, claims):
    paid = frames["payouts"].astype({"amount": float})
    return paid.join(claims[["kind", "scheme", "true_person", "starts_on"]], on="claim_id")


@pytest.mark.parametrize("name", NAMES)
def test_columns_and_rules_are_the_declared_ones(province, frames, name):
    rows, register = frames[name], REGISTERS[name]
    assert tuple(province.registers[name].column_names) == register.names
    assert len(rows)
    assert not rows.duplicated([*register.key]).any()
    for column in register.columns:
        given = rows[column.name].dropna()
        assert not column.required or len(given) == len(rows), column.name
        assert not column.choices or set(given) <= set(column.choices), column.name
        assert column.at_least is None or (given >= column.at_least).all(), column.name
        if column.type in ("date", "month") and column.name not in ("starts_on", "ends_on"):  # of claims: plans
            assert (given <= WORLD.end).all(), column.name


def test_work_is_the_same_with_benefits_and_without(province):
    plain = simulate(Knobs(**(vars(WORLD) | {"benefits": False})), seed=4)
    assert plain.claims_truth is None
    assert set(plain.registers) == set(province.registers) - set(NAMES)
    assert plain.registers["payroll"].equals(province.registers["payroll"])
    assert plain.registers["contributions"].num_rows < province.registers["contributions"].num_rows  # shells insure


def test_streamed_is_the_same_as_whole(province, tmp_path):
    rows = simulate_to(WORLD, 4, tmp_path / "registers", tmp_path / "truth.parquet")
    assert rows == {name: table.num_rows for name, table in province.registers.items()}
    assert pd.read_parquet(tmp_path / "claims_truth.parquet").equals(province.claims_truth.to_pandas())
    assert len(pd.read_csv(tmp_path / "registers" / "claims.csv")) == rows["claims"]


def test_every_scheme_and_every_kind_is_there(claims):
    assert set(claims.scheme) == {"pension", "unemployment", "work_injury", "medical", "maternity", "other"}
    genuine = {"ordinary", "agent", "couple", "household", "layoff", "overlap", "twin"}
    wrong = {"refiled", "second_pension", "working", "concealed_death", "ring", "sham", "late_death"}
    assert set(claims[claims.finding == "genuine"].kind) == genuine
    assert set(claims[claims.finding != "genuine"].kind) == wrong
    assert 0.005 < (claims.finding != "genuine").mean() < 0.15
    assert (claims[claims.finding == "genuine"].amount_lost == 0).all()


def test_duplicates_are_of_the_same_person_under_other_writing(claims):
    again = claims.dropna(subset="duplicate_of")
    first = claims.loc[again.duplicate_of]
    assert len(again) > 50
    assert (again.true_person.to_numpy() == first.true_person.to_numpy()).all()
    assert (again.scheme.to_numpy() == first.scheme.to_numpy()).all()
    assert (again.filed_at.to_numpy() > first.filed_at.to_numpy()).all()
    same = (
        again[["person_id", "name", "born_on"]].to_numpy() == first[["person_id", "name", "born_on"]].to_numpy()
    ).all(1)
    assert 0.1 < same.mean() < 0.8
    second = again.kind == "second_pension"
    assert (again[second].region.to_numpy() != first[second.to_numpy()].region.to_numpy()).all()
    assert again.person_id.str.len().isin([15, 18]).all()
    assert (again.person_id.str.len() == 15).any()


def test_twins_are_two_people(claims, frames):
    twins = claims[claims.kind == "twin"]
    assert len(twins) > 20
    pairs = twins.groupby(["address", "born_on"]).person_id.nunique()
    assert (pairs == 2).mean() > 0.8
    numbers = frames["persons"].set_index("person_id")
    assert numbers.index.is_unique
    assert twins.person_id.str[:14].nunique() < twins.person_id.nunique()


def test_couples_have_one_account_and_rings_too(claims):
    couples = claims[claims.kind == "couple"].groupby("account").true_person.nunique()
    assert couples.max() == 2
    assert (couples == 2).mean() > 0.8  # of the others one died
    ring = claims[claims.kind == "ring"].groupby("account")
    assert ring.true_person.nunique().min() >= 4
    assert ring.agent_id.nunique().max() == 1
    assert (ring.filed_at.max() - ring.filed_at.min()).max() < pd.Timedelta(days=11)
    honest = claims[claims.kind != "ring"].groupby("account").true_person.nunique()
    assert 2 < honest.max() <= 4  # families


def test_couples_are_of_similar_age(claims):
    births = pd.to_datetime(claims[claims.kind == "couple"].groupby("true_person").born_on.min())
    couple = claims[claims.kind == "couple"].groupby("true_person").account.first()
    apart = births.groupby(couple).agg(lambda two: abs((two.max() - two.min()).days) / 365)
    assert 1 < apart[births.groupby(couple).size() == 2].median() < 10


def test_households_have_one_address_and_one_account(claims):
    families = claims[claims.kind == "household"].groupby("account")
    assert families.true_person.nunique().max() > 1
    assert (families.address.nunique() == 1).all()


def test_an_agent_files_for_all_of_a_layoff_within_days(claims):
    layoffs = claims[claims.kind == "layoff"].groupby(["employer_id", "starts_on"])
    assert (layoffs.agent_id.nunique() == 1).all()
    assert layoffs.true_person.nunique().max() >= 5
    assert (layoffs.filed_at.max() - layoffs.filed_at.min()).max() < pd.Timedelta(days=4)


def test_agents_have_honest_clients(claims):
    hubs = claims[claims.kind == "agent"].groupby("agent_id").size()
    assert hubs.max() > 100
    phones = claims[claims.kind == "agent"].phone.value_counts()
    assert phones.iloc[0] > 50


def work_while_paid(paid, province):
    """Days of unemployment benefit paid for months in which the person worked, by kind and claim."""
    work = province.registers["payroll"].to_pandas()[["worker_id", "month"]].drop_duplicates()
    benefit = paid[paid.scheme == "unemployment"]
    both = benefit.merge(work, left_on=["true_person", "period"], right_on=["worker_id", "month"])
    return both.groupby(["kind", "claim_id"]).size()


def test_who_works_in_silence_is_paid_for_months_of_work_and_who_tells_for_days(paid, province):
    months = work_while_paid(paid, province)
    assert months["working"].mean() > 2
    assert months["overlap"].max() == 1
    assert len(months["overlap"]) > 20
    assert set(months.index.get_level_values("kind")) <= {"working", "overlap", "refiled"}


def test_pensions_are_paid_after_death_until_it_is_known(claims, paid, frames):
    deaths = frames["persons"].dropna(subset="died_on").set_index("person_id")
    pension = paid[(paid.scheme == "pension") & paid.true_person.isin(deaths.index)]
    late = pd.to_datetime(pension.period) > pd.to_datetime(deaths.died_on[pension.true_person].to_numpy())
    after = late.groupby(pension.kind).sum()
    assert after["late_death"] > 0
    assert after["concealed_death"] > 0
    known = pd.to_datetime(deaths.death_known_on[pension.true_person].to_numpy())
    assert (pd.to_datetime(pension.period) <= known).all()
    lag = (pd.to_datetime(deaths.death_known_on) - pd.to_datetime(deaths.died_on)).dt.days
    assert lag.median() < 40
    assert (claims[claims.kind.isin(["late_death", "concealed_death"])].finding != "genuine").all()


def test_shells_insure_on_paper_in_one_go_before_the_claims(claims, province):
    sham = claims[claims.kind == "sham"]
    assert set(sham.scheme) == {"maternity", "unemployment"}
    rows = province.registers["contributions"].to_pandas()
    theirs = rows[rows.worker_id.isin(sham.true_person)]
    assert not province.registers["payroll"]["worker_id"].to_pandas().isin(sham.true_person).any()
    assert theirs.groupby("employer_id").paid_on.nunique().max() == 1
    assert (theirs.groupby("worker_id").month.nunique() >= 6).all()
    last = theirs.groupby("worker_id").month.max()
    assert (pd.to_datetime(last[sham.true_person]).to_numpy() < sham.filed_at.to_numpy()).all()


def test_reviews_are_few_mostly_right_and_never_early(claims, frames):
    decisions = frames["claim_decisions"].join(claims[["finding", "filed_at"]], on="claim_id", rsuffix="_true")
    assert 0.01 < len(decisions) / len(claims) < 0.2
    assert (pd.to_datetime(decisions.decided_on) > decisions.filed_at).all()
    assert set(decisions.trigger) == {"tip", "routine", "random"}
    wrong = decisions[decisions.finding_true != "genuine"]
    assert 0.7 < (wrong.finding == wrong.finding_true).mean() < 0.97
    assert decisions[decisions.finding_true == "genuine"].finding.isin(["genuine", "error"]).all()
    named = decisions.dropna(subset="duplicate_of")
    assert (named.finding == "duplicate").all()
    assert (decisions.amount_recovered <= decisions.amount_lost).all()


def test_no_payment_after_a_decision_against_the_claim(paid, frames):
    against = frames["claim_decisions"].query("finding != 'genuine'").set_index("claim_id").decided_on
    rows = paid[paid.claim_id.isin(against.index)]
    assert (rows.paid_at.dt.date <= against[rows.claim_id].to_numpy()).all()
