"""How an alert stands, and how it comes to stand otherwise."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from features.errors import Conflict
from serving.jurisdiction import Scope, one_seen
from serving.reviews.done import Done
from serving.reviews.transitions import DECIDED, Act, acts_from
from serving.store.alerts import Alert, Decision
from serving.store.base import new_id, now


def alert_of(session: Session, scope: Scope, alert_id: str, to_change: bool = False) -> Alert:
    """The alert; NotFound where there is none, or none in `scope`. `to_change`: who else wants to waits until we are done."""
    query = select(Alert).where(Alert.alert_id == alert_id, scope.where(Alert.region))
    return one_seen(session, query, "there is no such alert", alert_id, to_change=to_change)


def present_state(alert: Alert) -> dict[str, Any]:
    """How it stands, as plain data: what somebody who comes second is told."""
    return {
        "alert_id": alert.alert_id,
        "state": alert.state,
        "version": alert.version,
        "may_be_done": [act.name for act in acts_from(alert.state)],
    }


def history(session: Session, alert: Alert) -> list[Decision]:
    """What was done with it, oldest first."""
    return list(session.scalars(select(Decision).where(Decision.alert_id == alert.alert_id).order_by(Decision.version)))


def refuse_stale(alert: Alert, version: int, act: Act) -> None:
    """Conflict where it has changed since `version`, or where the act cannot be done with it as it stands."""
    if alert.version == version and alert.state in act.sources:
        return
    changed = alert.version != version
    raise Conflict(
        "somebody changed this alert meanwhile" if changed else f"one cannot {act.name} an alert that is {alert.state}",
        present=present_state(alert),
        found=f"version {alert.version}, {alert.state}",
        expected=f"version {version}" if changed else " or ".join(act.sources),
        do="look at it as it stands now, then decide whether this still needs doing",
    )


def move(session: Session, alert: Alert, act: Act, done: Done, today: dt.date) -> Decision:
    """Put the alert into the act's state, and keep what was done. Conflict where the claim has another open alert by now."""
    decision = Decision(
        decision_id=new_id(),
        alert_id=alert.alert_id,
        version=alert.version + 1,
        act=act.name,
        from_state=alert.state,
        to_state=act.target,
        facts=list(done.facts),
        note=done.note,
        decided=now(),
        decided_by=done.by,
    )
    began = [day for day in (alert.opened_on, done.decided_on) if day] or [today]
    alert.state, alert.opened_on = act.target, min(began)
    alert.ended = decision.decided if act.target == DECIDED else None
    session.add(decision)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(
            "the claim is alerted anew",
            found=f"another alert of claim {alert.claim_id} that is not decided",
            expected="one at a time",
            do="decide that one",
        ) from error
    return decision
