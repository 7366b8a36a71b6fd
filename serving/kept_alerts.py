"""Keep a list of alerts in the store as it was drawn; a claim that is alerted already stays the same alert, told anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from serving.alerts.alert import Alert as Drawn
from serving.alerts.alert import Alerts
from serving.alerts.export import to_record
from serving.reviews.holds import lapse_holds
from serving.reviews.transitions import OPEN
from serving.store.alerts import Alert, AlertItem, AlertList
from serving.store.base import content_id, minor, new_id, now
from serving.store.once import insert_once

DRAWN_FROM = (
    "as_of", "region", "capacity", "random_share", "random_policy", "order", "seed", "models", "lake_version",
    "rules_version", "actions_version",
)  # fmt: skip
ABOUT = tuple(name for name in DRAWN_FROM if name != "actions_version")
TOLD = (
    "cluster_id",
    "region",
    "scheme",
    "filed_on",
    "kind",
    "probability",
    "severity",
    "action",
)  # of the newest listing
MONEY = ("money_at_stake", "to_save", "expected_loss")
CHOSEN = ("arm", "drawing_probability")  # of the first listing: why it is reviewed


def list_id(drawn: Alerts) -> str:
    """The list's identifier: the same for a list drawn from the same."""
    return content_id(**{name: getattr(drawn, name) for name in DRAWN_FROM})


def keep_alerts(session: Session, drawn: Alerts, by: str) -> bool:
    """Write the list, and its alerts; False where it is there already. Holds whose last day has passed end first."""
    lapse_holds(session, now().date())
    record, key = to_record(drawn), list_id(drawn)
    items = record.pop("items")
    row = {name: getattr(drawn, name) for name in ABOUT}
    row |= {"list_id": key, "places": len(items), "record": record, "created": now(), "created_by": by}
    if not insert_once(session, AlertList, row):
        return False
    alerts = _alerts(session, drawn.items, key)
    for item, told in zip(drawn.items, items, strict=True):
        session.add(
            AlertItem(
                list_id=key, claim_id=item.claim_id, alert_id=alerts[item.claim_id].alert_id, rank=item.rank,
                region=item.region, arm=item.arm, drawing_probability=item.drawing_probability, record=told,
            )
        )  # fmt: skip
    session.flush()
    return True


def _alerts(session: Session, items: Sequence[Drawn], newest: str) -> dict[str, Alert]:
    """By claim its alert that is not decided: the one there is, told anew, or a new one."""
    for item in sorted(
        items, key=lambda one: one.claim_id
    ):  # in one order, so that two lists never wait for each other
        first = {name: getattr(item, name) for name in CHOSEN}
        begun = {"alert_id": new_id(), "claim_id": item.claim_id, "state": OPEN, "version": 1, "created": now()}
        insert_once(session, Alert, {**begun, **first, **_told(item, newest)})
    claims = [item.claim_id for item in items]
    query = select(Alert).where(Alert.claim_id.in_(claims), Alert.ended.is_(None)).order_by(Alert.claim_id)
    alerts = {alert.claim_id: alert for alert in session.scalars(query.with_for_update())}
    for item in items:
        for name, value in _told(item, newest).items():
            setattr(alerts[item.claim_id], name, value)
    return alerts


def _told(item: Drawn, newest: str) -> dict[str, Any]:
    told = {name: getattr(item, name) for name in TOLD}
    return {**told, **{name: minor(getattr(item, name)) for name in MONEY}, "newest_list": newest}
