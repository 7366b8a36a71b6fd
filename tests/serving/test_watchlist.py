import datetime as dt
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from features.errors import BadInput, NotFound
from features.lake.gaps import Gaps
from serving.scoring import score_employers
from tests.serving.conftest import AS_OF, columns, draw, snapshot_of
from training.artefact import RiskModel


def risks(model: RiskModel, snapshot: pa.Table) -> dict[str, float]:
    """Risk of everybody who has not closed."""
    rows = score_employers(model, snapshot).to_pylist()
    return {row["employer_id"]: row["risk"] for row in rows if not row["closed"]}


def test_the_worst_come_first_and_the_closed_not_at_all(model: RiskModel, snapshot: pa.Table) -> None:
    drawn = draw(model, snapshot, random_share=0)
    assert [item.rank for item in drawn.items] == list(range(1, 21))
    listed = [item.risk for item in drawn.items]
    assert listed == sorted(risks(model, snapshot).values(), reverse=True)[:20]
    assert not any(int(item.employer_id) % 10 == 9 for item in drawn.items)
    assert drawn.dropped == {"closed": 30, "other_region": 0, "beyond_capacity": 250}
    assert drawn.items[-1].expected_hits == pytest.approx(sum(listed)) == pytest.approx(drawn.expected_hits["all"])


def test_a_share_is_drawn_by_lot_from_those_risk_did_not_choose(model: RiskModel, snapshot: pa.Table) -> None:
    drawn = draw(model, snapshot)
    by_risk = [item for item in drawn.items if item.arm == "risk"]
    by_lot = [item for item in drawn.items if item.arm == "random"]
    assert (len(by_risk), len(by_lot)) == (16, 4)
    assert [item.risk for item in by_risk] == sorted(risks(model, snapshot).values(), reverse=True)[:16]
    assert {item.drawing_probability for item in by_lot} == {4 / (270 - 16)}
    assert {item.drawing_probability for item in by_risk} == {1.0}
    assert len({item.employer_id for item in drawn.items}) == 20


def test_the_same_seed_draws_the_same_list_in_any_order_of_rows(model: RiskModel, snapshot: pa.Table) -> None:
    shuffled = snapshot.take(pa.array(np.random.default_rng(0).permutation(snapshot.num_rows)))
    assert draw(model, snapshot) == draw(model, shuffled)
    lots = [{i.employer_id for i in draw(model, snapshot, seed=seed).items if i.arm == "random"} for seed in (1, 2)]
    assert lots[0] != lots[1]


def test_the_lot_is_fair_in_employers_and_in_places(model: RiskModel, snapshot: pa.Table) -> None:
    small, seeds = snapshot.slice(0, 40), 400
    drawn: Counter[str] = Counter()
    places: Counter[int] = Counter()
    rest = 36 - 5  # four of the forty are closed
    for seed in range(seeds):
        for item in draw(model, small, capacity=10, random_share=0.5, seed=seed).items:
            if item.arm == "random":
                drawn[item.employer_id] += 1
                places[item.rank] += 1
    chi = sum((drawn[e] - seeds * 5 / rest) ** 2 / (seeds * 5 / rest) for e in drawn)
    assert len(drawn) == rest and chi < 59.7  # the 99.9% point of chi-squared with 30 degrees of freedom
    assert len(places) == 10 and max(places.values()) < 1.3 * seeds / 2


def test_equal_risks_are_ordered_by_lot_not_by_id(model: RiskModel, snapshot: pa.Table) -> None:
    one = {name: np.repeat(values[5:6], 50) for name, values in columns().items()}
    orders = [[i.employer_id for i in draw(model, snapshot_of(one), random_share=0, seed=s).items] for s in (1, 2)]
    assert orders[0] != orders[1] and orders[0] != sorted(orders[0])


def test_a_region_is_listed_alone_and_an_unknown_one_is_refused(model: RiskModel, snapshot: pa.Table) -> None:
    drawn = draw(model, snapshot, region="South")
    assert {item.region for item in drawn.items} == {"South"}
    assert drawn.dropped == {"closed": 30, "other_region": 180, "beyond_capacity": 70}
    with pytest.raises(NotFound, match="North, South"):
        draw(model, snapshot, region="Sout")


def test_more_capacity_than_employers_lists_all_and_says_so(model: RiskModel, snapshot: pa.Table) -> None:
    drawn = draw(model, snapshot, capacity=1000)
    assert len(drawn.items) == drawn.population == 270
    assert "all of them are listed" in drawn.notes[0].en
    assert draw(model, snapshot, capacity=270).notes == ()


def test_a_list_says_which_registers_are_missing_and_which_ended_long_ago(model: RiskModel, snapshot: pa.Table) -> None:
    ended = {"payroll": dt.date(2024, 1, 31), "complaints": dt.date(2023, 12, 5)}
    missing, *known_to = draw(model, snapshot, gaps=Gaps(AS_OF, ("contributions", "employer_ties"), ended)).notes
    assert "No register of contributions, employer_ties, as known on 2024-06-30" in missing.en
    assert "没有登记表contributions, employer_ties的数据" in missing.zh
    assert [note.en.split(":")[0] for note in known_to] == [
        "payroll known only to 2024-01",
        "complaints known only to 2023-12",
    ]
    assert "payroll仅掌握至2024-01" in known_to[0].zh


@pytest.mark.parametrize(
    ("wishes", "said"),
    [({"capacity": 0}, "capacity 0"), ({"random_share": 1.1}, "random share 1.1"), ({"random_share": -0.1}, "0 to 1"),
     ({"as_of": AS_OF.replace(year=2023)}, "2024-06-30")],
)  # fmt: skip
def test_wishes_that_cannot_be_met_are_refused(
    model: RiskModel, snapshot: pa.Table, wishes: dict[str, object], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        draw(model, snapshot, **wishes)


def test_half_a_place_is_given_to_the_lot(model: RiskModel, snapshot: pa.Table) -> None:
    assert draw(model, snapshot, capacity=5, random_share=0.1).drawn_by_lot == 1
    assert draw(model, snapshot, capacity=5, random_share=1).drawn_by_lot == 5


def test_a_list_says_what_is_at_stake_and_when_the_employer_was_last_heard_of(model: RiskModel) -> None:
    made = columns(2)
    made["silent_days"][:] = [180, 181]
    made["unpaid_amount_12m"][:] = [40000, 0]
    for name in ("still_owed_36m", "amount_claimed_12m", "workers_3m"):
        made[name][:] = 0
    items = {i.employer_id: i for i in draw(model, snapshot_of(made), capacity=2, random_share=0).items}
    assert items["000000"].liveness.en == "newest record of any kind: 2024-01"
    assert items["000001"].liveness.en == "no record of any kind since 2024-01"
    assert [fact.sentence.en for fact in items["000000"].at_stake] == [
        "unpaid wages of the last 12 months that have fallen due: 40,000 yuan"
    ]
    assert [fact.name for fact in items["000001"].at_stake] == ["nothing_at_stake"]
    assert all(item.reasons for item in items.values())


def test_the_list_carries_what_it_was_drawn_from(model: RiskModel, snapshot: pa.Table) -> None:
    drawn = draw(model, snapshot)
    assert (drawn.model_id, drawn.label, drawn.horizon_months, drawn.lake_version) == ("tiny", "event", 6, 4)
    assert drawn.levels_version.startswith("2000-01-01-")


def test_nobody_open_is_an_empty_list(model: RiskModel, snapshot: pa.Table) -> None:
    closed = snapshot.slice(9, 1)
    assert draw(model, closed).items == ()
