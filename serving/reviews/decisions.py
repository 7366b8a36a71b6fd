"""What people do with an alert: begin, hold, release, decide, look again. Each act is kept with its facts, and never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from features.errors import BadInput, NotFound
from serving.alerts.seen import seen_in
from serving.jurisdiction import Scope
from serving.reviews.done import Done, Found, refuse_unfit
from serving.reviews.holds import begin_hold, end_holds, lapse
from serving.reviews.states import alert_of, move, refuse_stale
from serving.reviews.transitions import ACTS, DECIDE, HELD, HOLD, Act
from serving.store.alerts import Alert, AlertItem, Decision, Finding
from serving.store.base import now

BY_LOT, CHOSEN = "random", "alert"  # triggers of the register claim_decisions


def act_on(
    session: Session, scope: Scope, alert_id: str, version: int, done: Done, today: dt.date | None = None
) -> Decision:
    """Do it, and keep it; `version` is that of the alert as they saw it.

    NotFound where there is no such alert for them; Conflict with the present state where it has changed since, or where
    this cannot be done with it; BadInput for what lacks something, or rests on what the alert did not tell.
    """
    today = today or now().date()
    act, alert = _act(done.act), alert_of(session, scope, alert_id, to_change=True)
    lapse(session, alert, today)
    refuse_stale(alert, version, act)
    refuse_unfit(done, act, alert.claim_id, today)
    told = seen_in(session, scope, _newest_item(session, alert))
    _refuse_untold(done, told)
    if alert.state == HELD:
        end_holds(session, alert, today)
    if act.name == HOLD and done.until:
        begin_hold(session, alert, done.until, done.note, done.by, today)
    decision = move(session, alert, act, done, today)
    if act.name == DECIDE:
        companions = {one["claim_id"] for one in told["companions"]}
        session.add_all(_finding(alert, decision, done, found, companions, today) for found in done.findings)
    return decision


def _act(name: str) -> Act:
    if name not in ACTS or ACTS[name].by_clock:
        known = [act.name for act in ACTS.values() if not act.by_clock]
        raise BadInput(
            "nobody does this with an alert", found=name, expected=", ".join(known), do="choose one of these"
        )
    return ACTS[name]


def _newest_item(session: Session, alert: Alert) -> Mapping[str, Any]:
    item = session.get(AlertItem, (alert.newest_list, alert.claim_id))
    assert item is not None
    return item.record


def _refuse_untold(done: Done, told: Mapping[str, Any]) -> None:
    known = {one["name"] for part in ("reasons", "facts_for", "rules") for one in told[part]}
    known |= {part for part in ("other", "companions", "work", "news") if told[part]}
    if strange := [name for name in done.facts if name not in known]:
        raise BadInput(
            "a decision rests on what the alert tells",
            found=", ".join(strange),
            expected=", ".join(sorted(known)),
            do="name facts of the alert; write others in the note",
        )


def _finding(
    alert: Alert, decision: Decision, done: Done, found: Found, companions: set[str], today: dt.date
) -> Finding:
    if found.claim_id != alert.claim_id and found.claim_id not in companions:
        raise NotFound(
            "there is no such claim in this alert",
            found=found.claim_id,
            expected=", ".join([alert.claim_id, *sorted(companions)]),
            do="decide it in its own alert",
        )
    by_lot = (
        alert.arm == "random" and found.claim_id == alert.claim_id
    )  # of a lot's group only the lead is sure of a review
    decided_on = done.decided_on or today
    return Finding(
        decision_id=decision.decision_id,
        claim_id=found.claim_id,
        opened_on=min(alert.opened_on or today, decided_on),
        decided_on=decided_on,
        finding=found.finding,
        duplicate_of=found.duplicate_of,
        amount_lost=found.amount_lost,
        amount_recovered=found.amount_recovered,
        trigger=BY_LOT if by_lot else CHOSEN,
        known_on=today,
    )
