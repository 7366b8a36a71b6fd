"""A hold ends: when somebody ends it, or with its last day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from serving.alerts.alert import Alerts
from serving.jurisdiction import EVERYWHERE
from serving.office_settings import change_setting
from serving.reviews.decisions import act_on
from serving.reviews.done import Done
from serving.reviews.holds import lapse_holds
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
