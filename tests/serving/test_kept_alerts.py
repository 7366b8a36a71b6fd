"""A list of alerts in the store: as drawn, once, and one alert a claim until it is decided."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

from sqlalchemy import func, select

from serving.alerts.alert import Alerts
from serving.alerts.export import to_record
from serving.jurisdiction import EVERYWHERE
from serving.kept_alerts import keep_alerts, list_id
from serving.reviews.decisions import act_on
from serving.reviews.done import Done, Found
from serving.store.alerts import Alert, AlertItem, AlertList
from serving.store.opened import Store
from tests.serving.alerts.office import draw, scored, snapshot


def keep(store: Store, drawn: Alerts) -> bool:
    with store.session() as session:
        return keep_alerts(session, drawn, "tests")


def counts(store: Store) -> tuple[int, int, int]:
    with store.reading() as session:
        lists, alerts, items = (
            session.scalar(select(func.count()).select_from(t)) for t in (AlertList, Alert, AlertItem)
        )
    return lists, alerts, items


def decide(store: Store, alert: Alert) -> None:
    done = Done("decide", "someone", findings=(Found(alert.claim_id, "genuine"),))
    with store.session() as session:
        act_on(session, EVERYWHERE, alert.alert_id, alert.version, done, dt.date(2024, 7, 2))


def test_what_is_kept_is_what_was_drawn(store: Store, tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot()))
    assert keep(store, drawn)
    record = to_record(drawn)
    with store.reading() as session:
        kept = session.get_one(AlertList, list_id(drawn))
        items = session.scalars(select(AlertItem).order_by(AlertItem.rank)).all()
        alerts = {alert.claim_id: alert for alert in session.scalars(select(Alert))}
    assert {**kept.record, "items": [item.record for item in items]} == record
    assert [(item.arm, item.drawing_probability) for item in items] == [
        (i.arm, i.drawing_probability) for i in drawn.items
    ]
    first = drawn.items[0]
    assert alerts[first.claim_id].expected_loss == round(first.expected_loss * 100)
    assert alerts[first.claim_id].state == "open"


def test_the_same_list_is_kept_once(store: Store, tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot()))
    assert keep(store, drawn)
    again = dataclasses.replace(drawn, created=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    assert not keep(store, again)
    assert counts(store) == (1, 20, 20)


def test_a_claim_listed_again_is_the_same_alert_until_it_is_decided(store: Store, tmp_path: Path) -> None:
    first = draw(tmp_path, scored(snapshot()), random_share=0)
    keep(store, first)
    keep(store, draw(tmp_path, scored(snapshot()), random_share=0, capacity=25))
    assert counts(store) == (2, 25, 45)
    with store.reading() as session:
        alert = session.scalars(select(Alert).where(Alert.claim_id == first.items[0].claim_id)).one()
    decide(store, alert)
    keep(store, draw(tmp_path, scored(snapshot()), random_share=0, capacity=30))
    with store.reading() as session:
        own = session.scalars(select(Alert).where(Alert.claim_id == alert.claim_id).order_by(Alert.alert_id)).all()
    assert [one.state for one in own] == ["decided", "open"]


def test_why_a_claim_is_reviewed_is_what_first_brought_it(store: Store, tmp_path: Path) -> None:
    by_lot = draw(tmp_path, scored(snapshot()), capacity=5, random_share=1)
    keep(store, by_lot)
    keep(store, draw(tmp_path, scored(snapshot()), capacity=180, random_share=0))
    with store.reading() as session:
        alerts = session.scalars(select(Alert).where(Alert.claim_id == by_lot.items[0].claim_id)).one()
    assert (alerts.arm, alerts.drawing_probability) == ("random", by_lot.items[0].drawing_probability)
    assert alerts.drawing_probability < 1
