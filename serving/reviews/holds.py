"""Holds: a payment kept back while a claim is looked at, never without an end."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from features.errors import BadInput
from serving.office_settings import setting_of
from serving.reviews.done import Done
from serving.reviews.states import move
from serving.reviews.transitions import ACTS, HELD, LAPSE
from serving.store.alerts import Alert, Hold
from serving.store.base import new_id

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


def lapse_holds(session: Session, today: dt.date) -> int:
    """End all holds whose last day has passed; their alerts are looked at again. Returns how many there were."""
    passed = select(Hold.alert_id).where(Hold.ended_on.is_(None), Hold.until < today)
    alerts = session.scalars(
        select(Alert).where(Alert.state == HELD, Alert.alert_id.in_(passed)).order_by(Alert.alert_id).with_for_update()
    ).all()
    for alert in alerts:
        end_holds(session, alert, today)
        move(session, alert, ACTS[LAPSE], Done(LAPSE, CLOCK), today)
    return len(alerts)
