"""Notes on alerts and employers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Depends
from pydantic import Field

from serving.api.bodies import Sent
from serving.api.caller import permitted
from serving.api.deployment import Here
from serving.api.routes import Answered, Reading, resource
from serving.dossier.employer import employer
from serving.notes import notes_on, write_note
from serving.people.callers import Caller
from serving.reviews.states import alert_of

router = resource("notes")
OfAlerts = Annotated[Caller, Depends(permitted("alerts.read"))]
OfEmployers = Annotated[Caller, Depends(permitted("employers.read"))]
Writer = Annotated[Caller, Depends(permitted("notes.write"))]


class NoteShown(Answered):
    """A note; `written_by` is an account's identifier."""

    note_id: str
    subject: str
    subject_id: str
    text: str
    written: dt.datetime
    written_by: str


class NoteSent(Sent):
    """What is noted."""

    text: str = Field(min_length=1, max_length=4000)


@router.get("/alerts/{alert_id}/notes")
def of_alert(caller: OfAlerts, session: Reading, alert_id: str) -> list[NoteShown]:
    """The notes on an alert, oldest first."""
    alert_of(session, caller.scope, alert_id)
    return [NoteShown.model_validate(note) for note in notes_on(session, caller.scope, "alerts", alert_id)]


@router.post("/alerts/{alert_id}/notes", status_code=201)
def on_alert(caller: Writer, here: Here, alert_id: str, sent: NoteSent) -> NoteShown:
    """Write a note on an alert."""
    caller.must("alerts.read")
    with here.store.session() as session:
        region = alert_of(session, caller.scope, alert_id).region
        return NoteShown.model_validate(
            write_note(session, caller.scope, "alerts", alert_id, region, sent.text, caller.user_id)
        )


@router.get("/employers/{employer_id}/notes")
def of_employer(caller: OfEmployers, here: Here, session: Reading, employer_id: str) -> list[NoteShown]:
    """The notes on an employer, oldest first."""
    _region(here, caller, employer_id)
    return [NoteShown.model_validate(note) for note in notes_on(session, caller.scope, "employers", employer_id)]


@router.post("/employers/{employer_id}/notes", status_code=201)
def on_employer(caller: Writer, here: Here, employer_id: str, sent: NoteSent) -> NoteShown:
    """Write a note on an employer."""
    caller.must("employers.read")
    region = _region(here, caller, employer_id)
    with here.store.session() as session:
        return NoteShown.model_validate(
            write_note(session, caller.scope, "employers", employer_id, region, sent.text, caller.user_id)
        )


def _region(here: Here, caller: Caller, employer_id: str) -> str | None:
    region: str | None = employer(here.registers, caller.scope, employer_id, dt.datetime.now(dt.UTC).date())["region"]
    return region
