"""Notes on an alert, a claim, an employer or a visit: added, never changed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from features.errors import BadInput
from serving.jurisdiction import Scope
from serving.store.alerts import Note
from serving.store.base import new_id, now

SUBJECTS = ("alerts", "claims", "employers", "visits")


def write_note(
    session: Session, scope: Scope, subject: str, subject_id: str, region: str | None, text: str, by: str
) -> Note:
    """Note `text` on a subject of `region`. NotFound for a region that is not theirs, BadInput for an empty note."""
    scope.must_hold(region, f"there is no such thing among {subject}", subject_id)
    if subject not in SUBJECTS or not text.strip():
        raise BadInput(
            "this is no note",
            found=f"on {subject}: {text.strip() or 'nothing'}",
            expected=f"a text on one of {', '.join(SUBJECTS)}",
            do="write something",
        )
    note = Note(
        note_id=new_id(), subject=subject, subject_id=subject_id, region=region, text=text.strip(), written=now(),
        written_by=by,
    )  # fmt: skip
    session.add(note)
    session.flush()
    return note


def notes_on(session: Session, scope: Scope, subject: str, subject_id: str) -> list[Note]:
    """The notes on a subject, oldest first."""
    query = select(Note).where(Note.subject == subject, Note.subject_id == subject_id, scope.where(Note.region))
    return list(session.scalars(query.order_by(Note.note_id)))
