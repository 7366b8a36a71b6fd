"""Holds: a payment kept back while a claim is looked at, never without an end."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from features.errors import BadInput
from serving.office_settings import setting_of
from serving.reviews.done import Done
from serving.reviews.states import move
from serving.reviews.transitions import ACTS, HELD, LAPSE
from serving.store.alerts import Alert, Hold
from serving.store.base import new_id
from serving.store.opened import Store

CLOCK = "clock"  # who ends a hold whose last day has passed


def begin_hold(session: Session, alert: Alert, until: dt.date, because: str, by: str, today: dt.date) -> Hold:
    """Hold the claim's payments from today until `until`. BadInput for a day that is past or later than the office allows."""
    longest = setting_of(session, "longest_hold")["days"]
    if not today <= until <= today + dt.timedelta(days=longest):
        raise BadInput(
            "a hold has an end that can be waited for",
            found=f"until {until}",
            expected=f"a day from {today} to {today + dt.timedelta(days=longest)}",
            do="choose an earlier day; a hold can be made longer before it ends",
        )
    hold = Hold(
        hold_id=new_id(), alert_id=alert.alert_id, claim_id=alert.claim_id, region=alert.region,
        starts_on=today, until=until, because=because, held_by=by,
    )  # fmt: skip
    session.add(hold)
    return hold


def end_holds(session: Session, alert: Alert, today: dt.date) -> None:
    """End what holds the alert's payments, today or with its own last day."""
    for hold in session.scalars(select(Hold).where(Hold.alert_id == alert.alert_id, Hold.ended_on.is_(None))):
        hold.ended_on = min(today, hold.until)


def lapse(session: Session, alert: Alert, today: dt.date) -> None:
    """If the alert's hold ended with its last day before today, let it stand so, and keep that the clock did it."""
    if alert.state == HELD and session.scalar(_passed(today).where(Hold.alert_id == alert.alert_id).limit(1)):
        end_holds(session, alert, today)
        move(session, alert, ACTS[LAPSE], Done(LAPSE, CLOCK), today)


def lapse_holds(session: Session, today: dt.date) -> int:
    """End all holds whose last day has passed; their alerts are looked at again. Returns how many there were."""
    held = select(Alert).where(Alert.state == HELD, Alert.alert_id.in_(_passed(today)))
    alerts = session.scalars(held.order_by(Alert.alert_id).with_for_update()).all()
    for alert in alerts:
        lapse(session, alert, today)
    return len(alerts)


def no_hold_passed(store: Store, today: dt.date) -> None:
    """Before alerts are shown or counted: a hold whose last day has passed has lapsed, though nothing ran since.

    It costs a look at the alerts that are held; only where one has passed, which is once a hold, is anything written.
    """
    with store.reading() as session:
        passed = session.scalar(_passed(today).limit(1))
    if passed:
        with store.session() as session:
            lapse_holds(session, today)


def _passed(today: dt.date) -> Select[str]:
    """The alerts, held until now, of holds whose last day is before today."""
    held = Hold.alert_id.in_(select(Alert.alert_id).where(Alert.state == HELD))
    return select(Hold.alert_id).where(held, Hold.ended_on.is_(None), Hold.until < today)
