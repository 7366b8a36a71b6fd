from itertools import combinations
from typing import cast

import lightgbm as lgb
import numpy as np
import pytest

from features.employers import EMPLOYER_FEATURES
from serving.acts import betters, moved
from serving.level_changes import FROM_LOWEST, level_changes, risk_then
from serving.levels import read_levels
from serving.limits import CHOICES_TOLD
from serving.reasons import usual_values
from tests.serving.conftest import AS_OF
from training.artefact import Card, RiskModel

NAMES = [
    "unpaid_share_3m", "unpaid_amount_12m", "late_share_12m", "contributions_unpaid_share_3m", "insured_share_3m",
    "still_owed_36m", "oldest_unpaid_days", "complaints_12m",
]  # fmt: skip
FEATURES = [EMPLOYER_FEATURES[name] for name in NAMES]
ACTS = list(dict.fromkeys(c.act for f in FEATURES for c in f.changeable if betters(f, c.act.name)))
HELD = read_levels().on("event", AS_OF)


def people(count: int, seed: int) -> np.ndarray:
    """Employers with one, several or none of the troubles; some without a payroll."""
    rng = np.random.default_rng(seed)
    troubled = rng.random((count, 5)) < 0.4
    unpaid = np.where(troubled[:, 0], rng.choice([0.2, 0.6, 1.0], count), 0)
    owed = np.where(troubled[:, 3], rng.choice([5e3, 2e5], count), 0)
    rows = np.column_stack([
        unpaid, unpaid * 1e5, np.where(troubled[:, 1], rng.random(count), 0), np.where(troubled[:, 2], 0.8, 0),
        np.where(troubled[:, 4], 0.3, 0.9), owed, np.where(owed > 0, 200, np.nan), rng.poisson(0.5, count),
    ])  # fmt: skip
    rows[rng.random(count) < 0.1, :3] = np.nan
    return rows


def beside(rows: np.ndarray) -> dict[str, np.ndarray]:
    """What is known of them that the model has not learned: whoever is owed is owed the whole wage."""
    return {"unpaid_worker_share_12m": rows[:, 0], "part_paid_share_12m": 0 * rows[:, 0]}


@pytest.fixture(scope="module")
def model() -> RiskModel:
    x, rng = people(6000, 1), np.random.default_rng(2)
    pull = (
        3 * np.nan_to_num(x[:, 0])
        + 2 * np.nan_to_num(x[:, 2])
        + 2 * x[:, 3]
        - 2 * x[:, 4]
        + 2 * (x[:, 5] > 0)
        + x[:, 7]
    )
    y = (rng.random(len(x)) < 1 / (1 + np.exp(2.5 - pull))).astype(int)
    settings = {
        "objective": "binary", "num_leaves": 15, "verbose": -1, "seed": 1, "num_threads": 1, "deterministic": True,
        "monotone_constraints": [feature.direction for feature in FEATURES],
    }  # fmt: skip
    booster = lgb.train(settings, lgb.Dataset(x, y, feature_name=NAMES), num_boost_round=60)
    prints = {feature.name: feature.fingerprint for feature in FEATURES}
    return RiskModel(Card("acts", "employer", "event", 6, "2024-01-01", 3, 1, NAMES, prints, 1.0, 0.0), booster)


def by_hand(model: RiskModel, row: np.ndarray, usual: np.ndarray) -> tuple[int, int] | None:
    """The fewest acts that lower the row's level, and the lowest level so many reach; one row and set at a time."""
    height = level(model.risk(row[None])[0])
    for size in range(1, 4):
        reached = []
        for chosen in combinations(ACTS, size):
            names = {act.name for act in chosen}
            known = beside(row[None])
            fewer = [[act for act in chosen if act.name != left] for left in names]
            steps = [moved(FEATURES, row[None], usual, some, known) for some in fewer]
            all_of_them = moved(FEATURES, row[None], usual, chosen, known)
            owes = row[0] > 0 or row[1] > 0
            if "pay_wages_on_time" in names and "pay_wages" not in names and owes:
                continue  # nobody is in time with wages that are not paid
            if any(np.array_equal(step, all_of_them, equal_nan=True) for step in steps):
                continue  # one of them changes nothing
            reached.append(level(model.risk(all_of_them)[0]))
        if reached and min(reached) < height:
            return size, min(reached)
    return None


def level(risk: float) -> int:
    return sum(risk >= getattr(HELD, name) for name in FROM_LOWEST[1:])


def test_the_search_finds_what_trying_every_combination_by_hand_finds(model: RiskModel) -> None:
    rows = people(250, 3)
    usual = usual_values(rows)
    found = level_changes(model, rows, usual, HELD, beside=beside(rows))
    sizes = set()
    for row, change in zip(rows, found, strict=True):
        expected = by_hand(model, row, usual) if level(model.risk(row[None])[0]) else None
        got = (len(change.facts), FROM_LOWEST.index(change.level)) if change.level else None
        assert got == expected
        sizes.add(len(change.facts))
    assert sizes == {0, 1, 2, 3}


def test_what_is_said_is_what_the_model_says_of_the_changed_row(model: RiskModel) -> None:
    rows = people(250, 4)
    usual = usual_values(rows)
    for row, change in zip(rows, level_changes(model, rows, usual, HELD, beside=beside(rows)), strict=True):
        for fact in change.facts:
            assert fact.now == row[NAMES.index(fact.name)]
            assert fact.now != fact.then or fact.act == "pay_wages_on_time"
        if change.level:
            named = {fact.act for fact in change.facts}
            acts = [act for act in ACTS if act.name in named]
            then = model.risk(moved(FEATURES, row[None], usual, acts, beside(row[None])))[0]
            late = "pay_wages" in named and "pay_wages_on_time" not in named
            assert ("wages paid only now count as paid very late" in change.sentence.en) >= late
            assert ("现在补发的工资按迟发较久计算" in change.sentence.zh) >= late
            assert change.risk == then < model.risk(row[None])[0]
            assert FROM_LOWEST[level(then)] == change.level
            assert f"about {then:.0%}" in change.sentence.en and f"{then:.0%}" in change.sentence.zh


def test_several_ways_are_told_the_best_first(model: RiskModel) -> None:
    rows = people(250, 4)
    told = 0
    for row, change in zip(
        rows, level_changes(model, rows, usual_values(rows), HELD, beside=beside(rows)), strict=True
    ):
        ways = [change, *change.others]
        assert len(ways) <= CHOICES_TOLD
        if change.level is None:
            assert not change.others
            continue
        height = level(model.risk(row[None])[0])
        order = [(FROM_LOWEST.index(way.level or "none"), way.risk) for way in ways]
        assert order == sorted(order) and all(place < height for place, _ in order)
        assert len({tuple(fact.act for fact in way.facts) for way in ways}) == len(ways)
        assert all(f"{way.risk:.0%}" in change.sentence.zh for way in ways)
        told += len(change.others)
    assert told > 0


def test_features_of_the_same_rows_move_together() -> None:
    row = np.array([[0.6, 6e4, 0.5, 0.8, 0.3, 5e3, 200, 2]])
    usual = np.array([0, 0, 0, 0, 0.9, 0, 100, 0])
    acts, known = {act.name: act for act in ACTS}, beside(row)
    paid = moved(FEATURES, row, usual, [acts["pay_wages"]], known)[0]
    assert paid.tolist() == [0, 0, 0.8, 0.8, 0.3, 5e3, 200, 2], "what is paid only now is paid late"
    on_time = moved(FEATURES, row, usual, [acts["pay_wages"], acts["pay_wages_on_time"]], known)[0]
    assert on_time.tolist() == [0, 0, 0, 0.8, 0.3, 5e3, 200, 2]
    unknown = moved(FEATURES, row, usual, [acts["pay_wages"]])[0]
    assert unknown.tolist() == [0, 0, 1, 0.8, 0.3, 5e3, 200, 2], "of how many is not known: it may be all"
    settled = moved(FEATURES, row, usual, [acts["pay_decisions"], acts["insure"]])[0]
    assert settled[[4, 5]].tolist() == [0.9, 0] and np.isnan(settled[6])


def test_who_is_better_than_usual_is_not_made_worse() -> None:
    row, usual = np.array([[0.0, 0, 0, 0, 1.2, 0, np.nan, 0]]), np.array([0, 0, 0, 0, 0.9, 0, 100, 0])
    assert np.array_equal(moved(FEATURES, row, usual, ACTS), row, equal_nan=True)


class Falling:
    """A model that gives less risk where a feature is higher: of it, more may mean either."""

    def risk(self, rows: np.ndarray) -> np.ndarray:
        return np.asarray(1 - rows[:, 1] / 2)


@pytest.mark.parametrize(
    ("share", "before", "then", "risk"),
    [(0.5, 0.1, 0.5, 0.95), (0.0, 0.1, 0.1, 0.95), (0.1, 0.5, 0.1, 0.95), (0.5, -1.0, 0.5, 1.5)],
)
def test_where_more_may_mean_either_the_higher_risk_is_told(
    share: float, before: float, then: float, risk: float
) -> None:
    """Wages of the last three months alone are owed: paid now, they are late, and those before were not."""
    features = [
        EMPLOYER_FEATURES[name] for name in ("unpaid_share_3m", "late_share_break", "late_share_3m", "late_share_12m")
    ]
    rows = np.array([[share, before, 0.0, 0.0]])
    known = {
        "unpaid_worker_share_3m": rows[:, 0],
        "unpaid_worker_share_12m": rows[:, 0] / 4,
        "unpaid_share_break": rows[:, 0],
    }
    told = risk_then(cast(RiskModel, Falling()), features, rows, np.zeros(4), ACTS[:1], known)
    reckoned = moved(features, rows, np.zeros(4), ACTS[:1], known)
    assert reckoned[0, 1] == pytest.approx(then) and told[0] == pytest.approx(risk)


def test_where_nothing_an_employer_can_do_lowers_its_level_that_is_said(model: RiskModel) -> None:
    rows = np.array([[0, 0, 0, 0, 0.9, 0, np.nan, 6], [0, 0, 0, 0, 0.9, 0, np.nan, 0]], dtype=float)
    past, quiet = level_changes(model, rows, usual_values(people(250, 3)), HELD)
    assert level(model.risk(rows)[0]) > 0 == level(model.risk(rows)[1])
    assert (past.level, past.facts) == (None, ()) and "lies in the past" in past.sentence.en
    assert (quiet.level, quiet.facts) == (None, ()) and "no warning level" in quiet.sentence.en


def test_nobody_asked_nothing_said(model: RiskModel) -> None:
    assert level_changes(model, np.empty((0, len(NAMES))), np.zeros(len(NAMES)), HELD) == []
