"""What was decided and found becomes registers, once, and labels."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from features.engine import Engine
from features.lake.ingest import ingest
from features.lake.lake import Lake
from serving.alerts.alert import Alerts
from serving.jurisdiction import EVERYWHERE, Scope
from serving.kept_alerts import keep_alerts
from serving.kept_watchlists import keep_watchlist, watchlist_id
from serving.outcomes import claim_decisions, inspections, into_lake, outcomes, write_registers
from serving.reviews.decisions import act_on
from serving.reviews.done import Done, Found
from serving.store.opened import Store
from serving.visits import Outcome, enter_outcome, open_listed_visit, open_visit
from tests.serving.alerts.office import draw as draw_list
from tests.serving.alerts.office import scored
from tests.serving.alerts.office import snapshot as claims
from tests.serving.api import kept
from tests.serving.conftest import draw
from tests.serving.reviews.conftest import TODAY, alert_on, alerts, drawn  # noqa: F401  (fixtures)
from training.artefact import RiskModel
from training.claims.reviewed import claims_known
from training.labels import finding_of
from training.labels import outcomes as labelled

NEXT, LATER = TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=30)


def decide(store: Store, claim: str, found: Found, today: dt.date = TODAY, act: str = "decide") -> None:
    alert = alert_on(store, claim)
    with store.session() as session:
        act_on(session, EVERYWHERE, alert.alert_id, alert.version, Done(act, "s", findings=(found,)), today)


def reopen(store: Store, claim: str, today: dt.date) -> None:
    alert = alert_on(store, claim)
    with store.session() as session:
        act_on(session, EVERYWHERE, alert.alert_id, alert.version, Done("reopen", "s", "a letter came"), today)


def visited(store: Store, employer: str, *entries: tuple[dt.date, Outcome]) -> str:
    with store.session() as session:
        opened = open_visit(session, EVERYWHERE, employer, "North", "routine", TODAY, "i", TODAY)
    for day, outcome in entries:
        with store.session() as session:
            opened = enter_outcome(session, EVERYWHERE, opened.visit_id, opened.version, outcome, "i", today=day)
    return opened.visit_id


def told(store: Store, through: dt.date = LATER) -> dict[str, list[dict[str, object]]]:
    with store.reading() as session:
        return outcomes(session, through)


def office(folder: Path, claims: list[str], employers: list[str]) -> Lake:
    """A lake with these claims, filed in May, and these employers."""
    (folder / "registers").mkdir()
    rows = "".join(f"{claim},medical,2024-05-01T08:00:00\n" for claim in claims)
    (folder / "registers" / "claims.csv").write_text(f"claim_id,scheme,filed_at\n{rows}")
    rows = "".join(f"{employer},Works,2020-01-01\n" for employer in employers)
    (folder / "registers" / "employers.csv").write_text(f"employer_id,name,registered_on\n{rows}")
    lake = Lake(folder / "lake")
    assert ingest(folder / "registers", lake).complete
    return lake


def test_an_outcome_is_known_from_the_day_it_was_entered(store: Store) -> None:
    closed = Outcome(TODAY, "arrears", 3, 100_05, None)
    number = visited(store, "e", (LATER, closed))
    rows = told(store)["inspections"]
    assert [(r["inspection_id"], r["known_on"], r["closed_on"], r["finding"], r["amount_owed"]) for r in rows] == [
        (number, TODAY, None, None, None),
        (number, LATER, TODAY, "arrears", "100.05"),
    ]
    with store.reading() as session:
        assert len(inspections(session, LATER - dt.timedelta(days=1))) == 1


def test_a_visit_of_a_list_carries_the_chance_of_being_listed(
    store: Store, model: RiskModel, snapshot: pa.Table, tmp_path: Path, duckdb: Engine
) -> None:
    listed = draw(model, snapshot, random_policy="bins")
    with store.session() as session:
        keep_watchlist(session, listed, "tests")
        for item in listed.items:
            open_listed_visit(session, EVERYWHERE, watchlist_id(listed), item.employer_id, TODAY, "i", TODAY)
    visited(store, "of no list")
    rows = {str(row["employer_id"]): row["chance"] for row in told(store)["inspections"]}
    assert rows.pop("of no list") is None
    assert rows == {item.employer_id: item.drawing_probability for item in listed.items}
    assert {item.drawing_probability for item in listed.items if item.arm == "risk"} == {1.0}
    lake = Lake(tmp_path / "lake")
    report = into_lake(lake, told(store))
    assert report is not None and report.aside == 0
    counts = labelled(lake, duckdb, [TODAY - dt.timedelta(days=1)], 3, known_by=LATER)
    assert counts["drawn_unfinished"].sum() == len(listed.items)


def test_of_a_list_that_drew_nobody_no_chance_is_told(store: Store, model: RiskModel, snapshot: pa.Table) -> None:
    listed = draw(model, snapshot, random_share=0)
    with store.session() as session:
        keep_watchlist(session, listed, "tests")
        first = listed.items[0].employer_id
        open_listed_visit(session, EVERYWHERE, watchlist_id(listed), first, TODAY, "i", TODAY)
    assert [(row["trigger"], row["chance"]) for row in told(store)["inspections"]] == [("watchlist", None)]


def test_of_entries_on_one_day_the_last_counts(store: Store) -> None:
    visited(store, "e", (NEXT, Outcome(NEXT, "clean")), (NEXT, Outcome(NEXT, "arrears", 1, 5, 0)))
    assert [(r["known_on"], r["finding"], r["amount_recovered"]) for r in told(store)["inspections"]] == [
        (TODAY, None, None),
        (NEXT, "arrears", "0.00"),
    ]


def test_a_review_done_again_is_another_decision_and_takes_nothing_back(alerts: Store, drawn: Alerts) -> None:  # noqa: F811
    claim = drawn.items[0].claim_id
    decide(alerts, claim, Found(claim, "genuine"))
    reopen(alerts, claim, NEXT)
    decide(alerts, claim, Found(claim, "fraud", amount_lost=7), LATER)
    with alerts.reading() as session:
        rows = claim_decisions(session, LATER)
    assert [(r["decided_on"], r["known_on"], r["finding"], r["amount_lost"], r["opened_on"]) for r in rows] == [
        (TODAY, TODAY, "genuine", None, TODAY),
        (LATER, LATER, "fraud", "0.07", TODAY),
    ]


def test_a_review_of_an_alert_carries_the_chance_of_being_listed(alerts: Store, drawn: Alerts) -> None:  # noqa: F811
    """Its own claim alone: of a companion decided with it nobody drew a review."""
    together = next(item for item in drawn.items if item.companions)
    other = Found(together.companions[0].claim_id, "genuine")
    for item in drawn.items:
        alert = alert_on(alerts, item.claim_id)
        found = (Found(item.claim_id, "genuine"), *([other] if item is together else []))
        with alerts.session() as session:
            act_on(session, EVERYWHERE, alert.alert_id, alert.version, Done("decide", "s", findings=found), TODAY)
    rows = {row["claim_id"]: (row["chance"], row["listed_on"]) for row in told(alerts)["claim_decisions"]}
    assert rows.pop(other.claim_id) == (None, None)
    assert rows == {item.claim_id: (item.drawing_probability, drawn.as_of) for item in drawn.items}
    assert {item.arm for item in drawn.items if item.drawing_probability < 1} == {"random"}


@pytest.mark.parametrize("first", [0.0, 0.2])
def test_the_chance_is_of_the_list_that_first_brought_the_claim(store: Store, tmp_path: Path, first: float) -> None:
    """Where that list drew nobody no chance is told, whatever later lists drew."""
    before, after = (
        draw_list(tmp_path, scored(claims()), random_share=share, as_of=day)
        for share, day in ((first, TODAY), (0.2 - first, NEXT))
    )
    with store.session() as session:
        assert keep_alerts(session, before, "tests") and keep_alerts(session, after, "tests")
    again = {item.claim_id for item in after.items}
    both = next(item.claim_id for item in before.items if item.arm == "order" and item.claim_id in again)
    decide(store, both, Found(both, "genuine"), LATER)
    rows = told(store)["claim_decisions"]
    assert [(row["chance"], row["listed_on"]) for row in rows] == [(1.0 if first else None, TODAY)]


def test_what_was_found_of_a_claim_elsewhere_is_told_where_it_belongs(alerts: Store, drawn: Alerts) -> None:  # noqa: F811
    """An alert of the North decides a claim of the South with it, a duplicate of its own."""
    item, other = next(
        (item, one)
        for item in drawn.items
        for one in item.companions
        if {item.region, one.region} == {"North", "South"}
    )
    own = Found(item.claim_id, "duplicate", duplicate_of=other.claim_id)
    alert = alert_on(alerts, item.claim_id)
    with alerts.session() as session:
        session.merge(kept.alert("elsewhere", other.claim_id, str(other.region), alert.newest_list))
        done = Done("decide", "s", findings=(own, Found(other.claim_id, "fraud")))
        act_on(session, EVERYWHERE, alert.alert_id, alert.version, done, TODAY)
    with alerts.reading() as session:
        rows = {r: claim_decisions(session, TODAY, Scope.of([str(r)])) for r in (item.region, other.region)}
        whole = claim_decisions(session, TODAY)
    assert [(r["claim_id"], r["duplicate_of"]) for r in rows[item.region]] == [(item.claim_id, None)]
    assert [(r["claim_id"], r["duplicate_of"]) for r in rows[other.region]] == [(other.claim_id, None)]
    assert {(r["claim_id"], r["duplicate_of"]) for r in whole} == {
        (item.claim_id, other.claim_id),
        (other.claim_id, None),
    }


def test_what_is_written_is_a_register_without_a_fault(alerts: Store, drawn: Alerts, tmp_path: Path) -> None:  # noqa: F811
    claim = drawn.items[0].claim_id
    decide(alerts, claim, Found(claim, "duplicate", "0007", 1234_50, 0))
    visited(alerts, "e", (NEXT, Outcome(NEXT, "arrears", 2, 99, 1)))
    rows = told(alerts)
    written = write_registers(rows, tmp_path / "out")
    assert [path.name for path in written] == ["inspections.csv", "claim_decisions.csv"]
    with written[1].open(encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == [
            {
                "claim_id": claim, "opened_on": "2024-07-01", "decided_on": "2024-07-01", "finding": "duplicate",
                "duplicate_of": "0007", "amount_lost": "1234.50", "amount_recovered": "0.00",
                "trigger": "random" if drawn.items[0].arm == "random" else "alert",
                "chance": str(drawn.items[0].drawing_probability), "listed_on": "2024-06-30", "known_on": "2024-07-01",
            }
        ]  # fmt: skip
    report = ingest(tmp_path / "out", Lake(tmp_path / "lake"))
    assert (report.aside, {r.register: r.accepted for r in report.registers.values()}) == (
        0,
        {"inspections": 2, "claim_decisions": 1},
    )


def test_a_decision_becomes_a_label_of_training(alerts: Store, drawn: Alerts, tmp_path: Path, duckdb: Engine) -> None:  # noqa: F811
    chosen, by_lot = (next(i.claim_id for i in drawn.items if i.arm == arm) for arm in ("order", "random"))
    lake = office(tmp_path, [chosen, by_lot], [])
    decide(alerts, chosen, Found(chosen, "fraud", amount_lost=500_00))
    decide(alerts, by_lot, Found(by_lot, "genuine"), NEXT)
    report = into_lake(lake, told(alerts))
    assert report is not None and report.aside == 0
    before = claims_known(lake, duckdb, TODAY).set_index("claim_id")
    after = claims_known(lake, duckdb, NEXT).set_index("claim_id")
    assert list(before["finding"].dropna().items()) == [(chosen, "fraud")]
    assert (after.loc[chosen, "trigger"], after.loc[chosen, "amount_lost"]) == ("alert", 500)
    assert (after.loc[by_lot, "finding"], after.loc[by_lot, "trigger"]) == ("genuine", "random")


def test_a_visit_becomes_a_label_of_training(store: Store, tmp_path: Path, duckdb: Engine) -> None:
    lake = office(tmp_path, ["c"], ["owes", "clean", "open"])
    visited(store, "owes", (NEXT, Outcome(NEXT, "arrears", 2, 99, 1)))
    visited(store, "clean", (NEXT, Outcome(NEXT, "clean")))
    visited(store, "open")
    into_lake(lake, told(store))
    counts = labelled(lake, duckdb, [dt.date(2024, 6, 30)], 3, known_by=LATER).set_index("employer_id")
    assert finding_of(counts).dropna().to_dict() == {"owes": 1, "clean": 0}


def test_what_is_in_the_lake_already_makes_no_version(alerts: Store, drawn: Alerts, tmp_path: Path) -> None:  # noqa: F811
    one, two = (item.claim_id for item in drawn.items[:2])
    lake = office(tmp_path, [one, two], [])
    decide(alerts, one, Found(one, "genuine"))
    first = into_lake(lake, told(alerts))
    assert first is not None and first.version == 2
    assert into_lake(lake, told(alerts)) is None and lake.version() == 2
    decide(alerts, two, Found(two, "genuine"), NEXT)
    again = into_lake(lake, told(alerts))
    assert again is not None and (again.version, again.aside, lake.manifest().rows["claim_decisions"]) == (3, 0, 2)


def test_a_correction_entered_later_counts_from_its_day(store: Store, tmp_path: Path, duckdb: Engine) -> None:
    lake = office(tmp_path, ["c"], ["e"])
    visited(store, "e", (NEXT, Outcome(NEXT, "clean")), (LATER, Outcome(NEXT, "arrears", 1, 5, 0)))
    into_lake(lake, told(store, NEXT))
    into_lake(lake, told(store, LATER))
    assert lake.aside().num_rows == 0
    for day, label in ((NEXT, 0), (LATER, 1)):
        counts = labelled(lake, duckdb, [dt.date(2024, 6, 30)], 3, known_by=day).set_index("employer_id")
        assert finding_of(counts).to_dict() == {"e": label}


@pytest.mark.parametrize("register", ["inspections", "claim_decisions"])
def test_where_nothing_was_found_nothing_is_written(store: Store, tmp_path: Path, register: str) -> None:
    assert told(store)[register] == [] and write_registers(told(store), tmp_path) == []
    assert into_lake(Lake(tmp_path / "lake"), told(store)) is None
