"""Notes are added to what somebody may see, and read by those who may see it."""

from __future__ import annotations

import pytest

from features.errors import BadInput, NotFound
from serving.jurisdiction import EVERYWHERE, Scope
from serving.notes import notes_on, write_note
from serving.store.opened import Store


def test_notes_are_read_in_the_order_they_were_written_by_those_of_the_region(store: Store) -> None:
    for text in ("first", " 第二 "):
        with store.session() as session:
            write_note(session, Scope.of(["North"]), "employers", "e", "North", text, "inspector")
    with store.reading() as session:
        assert [note.text for note in notes_on(session, EVERYWHERE, "employers", "e")] == ["first", "第二"]
        assert notes_on(session, Scope.of(["South"]), "employers", "e") == []
        assert notes_on(session, EVERYWHERE, "claims", "e") == []


def test_nobody_notes_elsewhere_or_nothing(store: Store) -> None:
    with pytest.raises(NotFound), store.session() as session:
        write_note(session, Scope.of(["South"]), "employers", "e", "North", "text", "inspector")
    for subject, text in (("employers", "  "), ("weather", "fine")):
        with pytest.raises(BadInput, match="no note"), store.session() as session:
            write_note(session, EVERYWHERE, subject, "e", None, text, "inspector")
