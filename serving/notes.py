"""What people note about alerts, claims, employers and visits. Never changed, only added to."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from serving.jurisdiction import Scope
from serving.store.alerts import Note
from serving.store.base import new_id, now


def write_note(session: Session, subject: str, subject_id: str, region: str | None, text: str, by: str) -> Note:
    """Keep a note about what is of `region`; whether the writer sees it is for the caller to say."""
    note = Note(
        note_id=new_id(), subject=subject, subject_id=subject_id, region=region, text=text, written=now(), written_by=by
    )
    session.add(note)
    session.flush()
    return note


def notes_on(scope: Scope, subject: str, subject_id: str) -> Select[Note]:
    """The notes about one subject, of the regions of `scope`; to be ordered by whoever shows them."""
    return select(Note).where(Note.subject == subject, Note.subject_id == subject_id, scope.where(Note.region))
