"""Alerts: claims to look at, with what was told of them; and what people do with them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Response
from pydantic import Field
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from serving.alerts.seen import seen_in
from serving.api.bodies import Sent
from serving.api.caller import permitted
from serving.api.deployment import Here
from serving.api.languages import In, said_in
from serving.api.pages import By, Page, Wish, page, wish
from serving.api.routes import Answered, ReadingAlerts, resource
from serving.api.versions import Seen, etag
from serving.clusters import cluster_seen
from serving.jurisdiction import Scope
from serving.people.callers import Caller
from serving.people.masking import masked_record
from serving.reviews.decisions import act_on
from serving.reviews.done import Done, Found
from serving.reviews.states import alert_of, history
from serving.reviews.transitions import ACTS, acts_from
from serving.store.alerts import Alert, AlertItem, Decision

router = resource("alerts")
Reader = Annotated[Caller, Depends(permitted("alerts.read"))]
Wanted = Annotated[Wish, Depends(wish)]

LOSS = func.coalesce(Alert.expected_loss, -1)
PROBABILITY = func.coalesce(Alert.probability, -1.0)
ORDERS = {
    "expected_loss": [By(LOSS, descending=True), By(Alert.alert_id)],
    "probability": [By(PROBABILITY, descending=True), By(Alert.alert_id)],
    "filed_on": [By(Alert.filed_on), By(Alert.alert_id)],
}
# What each act wants of whoever does it: holding money back is a permission of its own.
WANTED_OF = {act: "alerts.hold" if act in ("hold", "release") else "alerts.decide" for act in ACTS}
Date = dt.date
FactName = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,80}$")]


class AlertShown(Answered):
    """An alert as it stands. Money in minor units. `version` is what a change names in If-Match."""

    alert_id: str
    claim_id: str
    cluster_id: str | None
    region: str | None
    scheme: str
    filed_on: dt.date
    kind: str
    probability: float | None
    severity: str | None
    money_at_stake: int | None
    to_save: int | None
    expected_loss: int | None
    action: str
    arm: str
    drawing_probability: float
    state: str
    opened_on: dt.date | None
    created: dt.datetime
    ended: dt.datetime | None
    version: int


class AlertTold(AlertShown):
    """An alert with all that was told of it when it was last listed, identifiers masked, and what may be done with it."""

    told: dict[str, Any]
    may_be_done: list[str]


class DecisionShown(Answered):
    """What somebody did with an alert; `decided_by` is an account's identifier. Never changed."""

    decision_id: str
    alert_id: str
    version: int
    act: str
    from_state: str
    to_state: str
    facts: list[str]
    note: str
    decided: dt.datetime
    decided_by: str


class FoundSent(Sent):
    """What the review found of a claim. Money in minor units."""

    claim_id: str = Field(min_length=1, max_length=200)
    finding: Literal["genuine", "duplicate", "fraud", "error"]
    duplicate_of: str | None = Field(None, min_length=1, max_length=200)
    amount_lost: int | None = Field(None, ge=0, le=10**15)
    amount_recovered: int | None = Field(None, ge=0, le=10**15)


class ActSent(Sent):
    """What is done with an alert. `facts` are names of the facts and rules that were relied on, as the alert told them."""

    act: Literal["take", "hold", "release", "decide", "reopen"]
    note: str = Field("", max_length=4000)
    facts: list[FactName] = Field(default_factory=list, max_length=100)
    until: Date | None = Field(None, description="Of a hold: its last day")
    findings: list[FoundSent] = Field(default_factory=list, max_length=100, description="Of a decision")
    decided_on: Date | None = Field(None, description="Of a decision: its day, where it was before it is entered")


@router.get("/alerts")
def alerts(
    caller: Reader,
    session: ReadingAlerts,
    wanted: Wanted,
    state: Annotated[Literal["open", "in_review", "held", "decided"] | None, Query(description="Only these")] = None,
    kind: Annotated[Literal["duplicate", "fraud", "rule", "none"] | None, Query(description="Only these")] = None,
    region: Annotated[str | None, Query(max_length=200, description="Only claims of this region")] = None,
    alert_list: Annotated[str | None, Query(max_length=64, description="Only alerts of this list")] = None,
    sort: Annotated[Literal["expected_loss", "probability", "filed_on"], Query(description="Order")] = "expected_loss",
) -> Page[AlertShown]:
    """The alerts, those with most to lose first."""
    chosen = select(Alert).where(caller.scope.where(Alert.region))
    for column, value in ((Alert.state, state), (Alert.kind, kind), (Alert.region, region)):
        if value is not None:
            chosen = chosen.where(column == value)
    if alert_list is not None:
        listed = select(AlertItem.alert_id).where(AlertItem.list_id == alert_list)
        chosen = chosen.where(Alert.alert_id.in_(listed))
    return page(session, chosen, ORDERS[sort], wanted, lambda found: _shown(session, caller.scope, found))


@router.get("/alerts/{alert_id}")
def alert(caller: Reader, session: ReadingAlerts, spoken: In, response: Response, alert_id: str) -> AlertTold:
    """One alert, with its evidence."""
    found = alert_of(session, caller.scope, alert_id)
    record = told_of(session, caller.scope, found)
    response.headers["ETag"] = etag(found.version)
    columns = _shown(session, caller.scope, found).model_dump()
    may = [act.name for act in acts_from(found.state) if caller.may(WANTED_OF[act.name])]
    return AlertTold(**columns, told=said_in(masked_record(record), spoken), may_be_done=may)


@router.get("/alerts/{alert_id}/decisions")
def decisions(caller: Reader, session: ReadingAlerts, alert_id: str) -> list[DecisionShown]:
    """What was done with an alert, oldest first."""
    found = alert_of(session, caller.scope, alert_id)
    return [DecisionShown.model_validate(one) for one in history(session, found)]


@router.post("/alerts/{alert_id}/decisions", status_code=201)
def decide(
    caller: Reader, here: Here, version: Seen, response: Response, alert_id: str, sent: ActSent
) -> DecisionShown:
    """Do something with an alert. `If-Match` names the version that was seen; 409 says how it stands now."""
    caller.must(WANTED_OF[sent.act])
    found = tuple(Found(**one.model_dump()) for one in sent.findings)
    plain = sent.model_dump(exclude={"findings", "facts"})
    done = Done(**plain, facts=tuple(sent.facts), findings=found, by=caller.user_id)
    with here.store.session() as session:
        shown = DecisionShown.model_validate(act_on(session, caller.scope, alert_id, version, done))
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.get("/decisions")
def all_decisions(
    caller: Reader,
    session: ReadingAlerts,
    wanted: Wanted,
    since: Annotated[dt.date | None, Query(description="Only those of this day or later")] = None,
    act: Annotated[
        Literal["take", "hold", "release", "lapse", "decide", "reopen"] | None, Query(description="Only these")
    ] = None,
) -> Page[DecisionShown]:
    """What was done with alerts, newest first."""
    chosen = select(Decision).join(Alert, Alert.alert_id == Decision.alert_id).where(caller.scope.where(Alert.region))
    if since is not None:
        chosen = chosen.where(Decision.decided >= dt.datetime.combine(since, dt.time(), dt.UTC))
    if act is not None:
        chosen = chosen.where(Decision.act == act)
    newest = [By(Decision.decided, descending=True), By(Decision.decision_id)]
    return page(session, chosen, newest, wanted, DecisionShown.model_validate)


def _shown(session: Session, scope: Scope, found: Alert) -> AlertShown:
    cluster = cluster_seen(session, scope, found.claim_id, found.cluster_id)
    return AlertShown.model_validate(found).model_copy(update={"cluster_id": cluster})


def told_of(session: Session, scope: Scope, found: Alert) -> dict[str, Any]:
    """What was told of an alert when it was last listed, but for what is not in the scope; not masked yet."""
    item = session.get(AlertItem, (found.newest_list, found.claim_id))
    return seen_in(session, scope, item.record) if item else {}
