"""What may be done with an alert, by whom, and what is kept of it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from features.errors import BadInput, Conflict, NotFound
from serving.alerts.alert import Alerts
from serving.jurisdiction import EVERYWHERE, Scope
from serving.reviews.decisions import act_on
from serving.reviews.done import Done, Found
from serving.reviews.states import alert_of, history
from serving.store.alerts import Alert, Decision, Finding, Hold
from serving.store.opened import Store, open_store
from tests.serving.reviews.conftest import TODAY, alert_on

BY = "supervisor"


def do(store: Store, claim_id: str, done: Done, today: dt.date = TODAY, scope: Scope = EVERYWHERE) -> Decision:
    """Do it with the alert as it stands."""
    alert = alert_on(store, claim_id)
    with store.session() as session:
        return act_on(session, scope, alert.alert_id, alert.version, done, today)


def genuine(claim_id: str, **more: object) -> Done:
    return Done("decide", BY, findings=(Found(claim_id, "genuine"),), **more)  # type: ignore[arg-type]


def first(drawn: Alerts) -> str:
    return drawn.items[0].claim_id


def test_a_review_from_beginning_to_end(alerts: Store, drawn: Alerts) -> None:
    claim = first(drawn)
    do(alerts, claim, Done("take", BY))
    do(alerts, claim, Done("hold", BY, note="papers asked for", until=dt.date(2024, 7, 20)), dt.date(2024, 7, 3))
    fact = drawn.items[0].reasons[0].name
    found = Found(claim, "fraud", amount_lost=123_45, amount_recovered=0)
    do(alerts, claim, Done("decide", BY, "work shown by payroll", (fact,), findings=(found,)), dt.date(2024, 7, 10))
    with alerts.reading() as session:
        alert = alert_of(session, EVERYWHERE, alert_on(alerts, claim).alert_id)
        acts = [(one.act, one.from_state, one.to_state, one.version, one.facts) for one in history(session, alert)]
        hold = session.scalars(select(Hold)).one()
        kept = session.scalars(select(Finding)).one()
    assert acts == [
        ("take", "open", "in_review", 2, []),
        ("hold", "in_review", "held", 3, []),
        ("decide", "held", "decided", 4, [fact]),
    ]
    assert (alert.state, alert.version, alert.opened_on, alert.ended is None) == ("decided", 4, TODAY, False)
    assert (hold.starts_on, hold.until, hold.ended_on) == (
        dt.date(2024, 7, 3),
        dt.date(2024, 7, 20),
        dt.date(2024, 7, 10),
    )
    assert (kept.opened_on, kept.decided_on, kept.known_on) == (TODAY, dt.date(2024, 7, 10), dt.date(2024, 7, 10))
    assert (kept.finding, kept.amount_lost, kept.trigger) == ("fraud", 12345, "alert")


def test_only_what_the_table_says_may_be_done(alerts: Store, drawn: Alerts) -> None:
    claim = first(drawn)
    with pytest.raises(Conflict, match="cannot release an alert that is open") as refused:
        do(alerts, claim, Done("release", BY))
    assert refused.value.present["may_be_done"] == ["take", "hold", "decide"]
    do(alerts, claim, genuine(claim))
    with pytest.raises(Conflict, match="cannot take an alert that is decided"):
        do(alerts, claim, Done("take", BY))
    do(alerts, claim, Done("reopen", BY, note="a letter came"))
    do(alerts, claim, genuine(claim), dt.date(2024, 8, 1))
    with alerts.reading() as session:
        days = session.scalars(select(Finding.decided_on).order_by(Finding.decided_on)).all()
    assert days == [TODAY, dt.date(2024, 8, 1)]


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (Done("end the payment", BY), "nobody does this"),
        (Done("lapse", BY), "nobody does this"),
        (Done("hold", BY, note="why"), "until is missing"),
        (Done("hold", BY, until=dt.date(2024, 7, 20)), "note is missing"),
        (Done("hold", BY, "why", until=dt.date(2024, 6, 30)), "a hold has an end"),
        (Done("hold", BY, "why", until=dt.date(2024, 8, 1)), "until 2024-08-01"),
        (Done("take", BY, until=dt.date(2024, 7, 20)), "until is for a hold"),
        (Done("take", BY, facts=("hearsay",)), "hearsay"),
        (Done("decide", BY), "findings is missing"),
        (Done("decide", BY, findings=(Found("0", "fraud"),)), "the alert's own claim"),
    ],
)
def test_what_lacks_something_is_refused_and_changes_nothing(
    alerts: Store, drawn: Alerts, done: Done, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        do(alerts, first(drawn), done)
    assert (alert_on(alerts, first(drawn)).state, alert_on(alerts, first(drawn)).version) == ("open", 1)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"finding": "guilty"}, "none of genuine, duplicate, fraud, error"),
        ({"finding": "fraud", "duplicate_of": "0001"}, "cannot be a duplicate"),
        ({"finding": "fraud", "amount_lost": -1}, "below 0"),
    ],
)
def test_a_finding_that_the_register_would_put_aside_is_refused(
    alerts: Store, drawn: Alerts, found: dict[str, object], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        do(alerts, first(drawn), Done("decide", BY, findings=(Found(first(drawn), **found),)))  # type: ignore[arg-type]


def test_a_day_to_come_is_no_day_of_a_decision(alerts: Store, drawn: Alerts) -> None:
    with pytest.raises(BadInput, match="has not come yet"):
        do(alerts, first(drawn), genuine(first(drawn), decided_on=dt.date(2024, 7, 2)))
    do(alerts, first(drawn), genuine(first(drawn), decided_on=dt.date(2024, 6, 20)))
    with alerts.reading() as session:
        kept = session.scalars(select(Finding)).one()
    assert (kept.opened_on, kept.decided_on, kept.known_on) == (dt.date(2024, 6, 20), dt.date(2024, 6, 20), TODAY)


def test_claims_of_the_same_alert_are_decided_with_it(alerts: Store, drawn: Alerts) -> None:
    item = next(item for item in drawn.items if item.companions)
    other = item.companions[0]
    both = (Found(item.claim_id, "fraud"), Found(other.claim_id, "duplicate", duplicate_of=item.claim_id))
    elsewhere = Scope.of([item.region]) if other.region != item.region else Scope.of([item.region, "no other"])
    if other.region != item.region:
        with pytest.raises(NotFound, match="no such claim in this alert"):
            do(alerts, item.claim_id, Done("decide", BY, findings=both), scope=elsewhere)
    with pytest.raises(NotFound, match="no such claim in this alert"):
        do(alerts, item.claim_id, Done("decide", BY, findings=(both[0], Found("unheard", "fraud"))))
    do(alerts, item.claim_id, Done("decide", BY, findings=both))
    with alerts.reading() as session:
        kept = {one.claim_id: (one.finding, one.trigger) for one in session.scalars(select(Finding))}
    own = "random" if item.arm == "random" else "alert"
    assert kept == {item.claim_id: ("fraud", own), other.claim_id: ("duplicate", "alert")}


def test_what_was_drawn_by_lot_says_so(alerts: Store, drawn: Alerts) -> None:
    claim = next(item.claim_id for item in drawn.items if item.arm == "random")
    do(alerts, claim, genuine(claim))
    with alerts.reading() as session:
        assert session.scalars(select(Finding)).one().trigger == "random"


def test_an_alert_elsewhere_does_not_exist(alerts: Store, drawn: Alerts) -> None:
    item = drawn.items[0]
    elsewhere = Scope.of({"North", "South"} - {item.region})
    with pytest.raises(NotFound) as unseen:
        do(alerts, item.claim_id, genuine(item.claim_id), scope=elsewhere)
    with pytest.raises(NotFound) as unheard, alerts.session() as session:
        act_on(session, elsewhere, "unheard", 1, genuine("unheard"), TODAY)
    assert unseen.value.message == unheard.value.message
    assert alert_on(alerts, item.claim_id).state == "open"


def test_of_two_who_decide_at_once_one_wins_and_the_other_learns_how_it_stands(alerts: Store, drawn: Alerts) -> None:
    seen, start = alert_on(alerts, first(drawn)), Barrier(2)
    address = alerts.engine.url.render_as_string(hide_password=False)

    def decide(finding: str) -> dict[str, object] | None:
        """None for who won, else the state that was told."""
        store = open_store(address)  # each its own connections, as two processes have
        done = Done("decide", finding, findings=(Found(seen.claim_id, finding),))
        start.wait()
        try:
            with store.session() as session:
                act_on(session, EVERYWHERE, seen.alert_id, seen.version, done, TODAY)
            return None
        except Conflict as late:
            return late.present
        finally:
            store.close()

    with ThreadPoolExecutor(2) as two:
        told = dict(zip(("genuine", "fraud"), two.map(decide, ("genuine", "fraud")), strict=True))
    winners = [finding for finding, present in told.items() if present is None]
    present = next(present for present in told.values() if present)
    assert len(winners) == 1
    assert (present["state"], present["version"], present["may_be_done"]) == ("decided", 2, ["reopen"])
    with alerts.reading() as session:
        assert [one.finding for one in session.scalars(select(Finding))] == winners
        assert session.get_one(Alert, seen.alert_id).version == 2
