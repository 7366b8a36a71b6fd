"""Claims made for the benchmark of the same person: whose they are is known, and what is written is wrong as stated."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from experiments.benchmarks.hand_rules import exact_pairs, fuzzy_pairs, joined
from experiments.benchmarks.pairs_found import pairs_found
from experiments.benchmarks.residents import draw_residents
from experiments.benchmarks.written_claims import draw_claims

NUMBER = 20_000


@pytest.fixture(scope="module")
def made():
    return draw_claims(NUMBER, seed=3)


@pytest.fixture(scope="module")
def claims(made):
    written, truth = made
    return written.to_pandas().merge(truth.to_pandas(), on="claim_id", suffixes=("", "_true"))


def test_the_same_seed_gives_the_same_claims(made):
    again = draw_claims(NUMBER, seed=3)
    assert again[0].equals(made[0])
    assert again[1].equals(made[1])


def test_every_person_has_a_number_of_its_own_over_lots():
    lots = [draw_residents(30_000, np.random.default_rng(each), first=30_000 * each) for each in range(3)]
    numbers = np.concatenate([each.person_id for each in lots])
    assert len(np.unique(numbers)) == 90_000
    assert len({owner for each in lots for owner in each.account}) > 60_000


def test_twins_share_birth_surname_and_home_and_not_the_number():
    people = draw_residents(50_000, np.random.default_rng(1))
    first = np.flatnonzero(people.twin)[::2]
    second = first + 1
    assert len(first) > 50
    assert (people.born_on[first] == people.born_on[second]).all()
    assert (people.home[first] == people.home[second]).all()
    assert all(a[0] == b[0] for a, b in zip(people.name[first], people.name[second], strict=True))
    assert (people.person_id[first] != people.person_id[second]).all()
    assert all(a[:14] == b[:14] for a, b in zip(people.person_id[first], people.person_id[second], strict=True))


def test_what_is_written_is_wrong_in_every_way(claims):
    right = claims.person_id == claims.person_id_true
    assert 0.6 < right.mean() < 0.85
    lengths = claims.person_id.dropna().str.len().value_counts(normalize=True)
    assert lengths[15] > 0.03
    assert claims.person_id.isna().mean() > 0.03
    assert claims.name.dropna().map(str.isascii).mean() > 0.03
    others = claims[claims.person_id.isin(claims.person_id_true) & ~right]
    assert len(others) > 20  # a relative's number
    assert claims.phone.value_counts().iloc[0] > NUMBER / 100  # an agent's
    by_account = claims.groupby("account").person_id_true.nunique()
    assert (by_account == 2).mean() > 0.05


def test_moved_homes_stay_moved(claims):
    in_full = claims[claims.address.str.endswith("室", na=False)]
    homes = in_full.sort_values("claim_id").groupby("person_id_true").address.agg(list)
    changes = homes.map(lambda each: sum(a != b for a, b in itertools.pairwise(each)))
    assert changes.max() == 1
    assert changes.sum() > 100


def test_fuzzy_rules_find_more_than_exact_ones(made, tmp_path):
    path = tmp_path / "claims.parquet"
    pq.write_table(made[0], path)
    truth = made[1]["person_id"].to_numpy()
    exact, fuzzy = (pairs_found(joined(NUMBER, rules(path)), truth) for rules in (exact_pairs, fuzzy_pairs))
    assert exact["recall"] < fuzzy["recall"]
    assert exact["f1"] < fuzzy["f1"] < 0.97


@pytest.mark.parametrize(
    ("groups", "precision", "recall", "f1"),
    [
        ([1, 1, 2, 3], 1.0, 1 / 2, 2 / 3),
        ([1, 1, 2, 2], 1.0, 1.0, 1.0),
        ([1, 1, 1, 1], 1 / 3, 1.0, 1 / 2),
        ([1, 2, 3, 4], 0.0, 0.0, 0.0),
    ],
)
def test_pairs_found(groups, precision, recall, f1):
    found = pairs_found(np.array(groups), pd.Series(["a", "a", "b", "b"]).to_numpy())
    assert found["precision"] == pytest.approx(precision, abs=1e-4)
    assert found["recall"] == pytest.approx(recall, abs=1e-4)
    assert found["f1"] == pytest.approx(f1, abs=1e-4)
