"""A hold ends: when somebody ends it, or with its last day."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from features.errors import Conflict
from serving.alerts.alert import Alerts
from serving.jurisdiction import EVERYWHERE
from serving.office_settings import change_setting
from serving.reviews.decisions import act_on
from serving.reviews.done import Done
from serving.reviews.holds import lapse_holds, no_hold_passed
from serving.reviews.states import history
from serving.store.alerts import Hold
from serving.store.opened import Store
from tests.serving.reviews.conftest import TODAY, alert_on

LAST = dt.date(2024, 7, 15)


def hold(store: Store, claim: str, until: dt.date = LAST, today: dt.date = TODAY) -> None:
    alert = alert_on(store, claim)
    with store.session() as session:
        act_on(session, EVERYWHERE, alert.alert_id, alert.version, Done("hold", "s", "papers", until=until), today)


def holds(store: Store) -> list[tuple[dt.date, dt.date | None]]:
    with store.reading() as session:
        return [(one.until, one.ended_on) for one in session.scalars(select(Hold).order_by(Hold.hold_id))]


def test_a_hold_lapses_after_its_last_day_and_not_on_it(alerts: Store, drawn: Alerts) -> None:
    claim = drawn.items[0].claim_id
    hold(alerts, claim)
    with alerts.session() as session:
        assert lapse_holds(session, LAST) == 0
    assert alert_on(alerts, claim).state == "held"
    with alerts.session() as session:
        assert lapse_holds(session, LAST + dt.timedelta(days=1)) == 1
        assert lapse_holds(session, LAST + dt.timedelta(days=1)) == 0
    alert = alert_on(alerts, claim)
    with alerts.reading() as session:
        last = history(session, alert)[-1]
    assert (alert.state, last.act, last.decided_by) == ("in_review", "lapse", "clock")
    assert holds(alerts) == [(LAST, LAST)]


def acts(store: Store, claim: str) -> list[tuple[str, str]]:
    with store.reading() as session:
        return [(one.act, one.decided_by) for one in history(session, alert_on(store, claim))]


def test_a_hold_that_has_passed_has_lapsed_for_whoever_acts_though_nothing_ran(alerts: Store, drawn: Alerts) -> None:
    claim, after = drawn.items[0].claim_id, LAST + dt.timedelta(days=1)
    hold(alerts, claim)
    seen = alert_on(alerts, claim)
    for act in (Done("release", "s"), Done("hold", "s", "longer", until=dt.date(2024, 7, 30))):
        with pytest.raises(Conflict) as late, alerts.session() as session:
            act_on(session, EVERYWHERE, seen.alert_id, seen.version, act, after)
        assert (late.value.present["state"], late.value.present["version"]) == ("in_review", seen.version + 1)
    no_hold_passed(alerts, after)
    with alerts.session() as session:
        act_on(session, EVERYWHERE, seen.alert_id, seen.version + 1, Done("hold", "s", "again", until=after), after)
    assert acts(alerts, claim) == [("hold", "s"), ("lapse", "clock"), ("hold", "s")]
    assert holds(alerts) == [(LAST, LAST), (after, None)]


def test_however_many_look_at_once_a_hold_lapses_once(alerts: Store, drawn: Alerts) -> None:
    claims = [item.claim_id for item in drawn.items[:3]]
    for claim in claims:
        hold(alerts, claim)
    no_hold_passed(alerts, LAST)
    assert {alert_on(alerts, claim).state for claim in claims} == {"held"}
    start = Barrier(4)

    def look(_: int) -> None:
        start.wait()
        no_hold_passed(alerts, LAST + dt.timedelta(days=1))

    with ThreadPoolExecutor(4) as four:
        list(four.map(look, range(4)))
    assert [acts(alerts, claim) for claim in claims] == [[("hold", "s"), ("lapse", "clock")]] * 3
    assert {alert_on(alerts, claim).state for claim in claims} == {"in_review"}


def test_a_hold_made_longer_is_another_hold(alerts: Store, drawn: Alerts) -> None:
    claim = drawn.items[0].claim_id
    hold(alerts, claim)
    hold(alerts, claim, until=dt.date(2024, 8, 1), today=dt.date(2024, 7, 10))
    assert holds(alerts) == [(LAST, dt.date(2024, 7, 10)), (dt.date(2024, 8, 1), None)]
    assert alert_on(alerts, claim).state == "held"


def test_a_hold_that_is_released_ends_that_day(alerts: Store, drawn: Alerts) -> None:
    claim = drawn.items[0].claim_id
    hold(alerts, claim)
    alert = alert_on(alerts, claim)
    with alerts.session() as session:
        act_on(session, EVERYWHERE, alert.alert_id, alert.version, Done("release", "s"), dt.date(2024, 7, 2))
    assert holds(alerts) == [(LAST, dt.date(2024, 7, 2))] and alert_on(alerts, claim).state == "in_review"


def test_the_office_says_how_long_a_payment_may_be_held(alerts: Store, drawn: Alerts) -> None:
    with alerts.session() as session:
        change_setting(session, "longest_hold", {"days": 60}, 0, "our law", "administrator")
    hold(alerts, drawn.items[0].claim_id, until=TODAY + dt.timedelta(days=60))
    assert alert_on(alerts, drawn.items[0].claim_id).state == "held"
