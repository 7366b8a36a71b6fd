"""Who asks: by the session of a person or the token of a machine, read from the store with every request."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass

from features.errors import Busy
from serving.people.callers import Caller
from serving.people.machine_tokens import machine, note_token_seen
from serving.people.sessions import not_signed_in, note_seen, present
from serving.store.opened import Store


@dataclass(frozen=True)
class Asking:
    """Who asks. `csrf` is what a request of a session that changes something must carry; None of a machine, which sends
    its token on purpose. `ends` is when the session ends if nothing more is asked with it; None of a machine."""

    caller: Caller
    csrf: str | None
    ends: dt.datetime | None


def who_asks(store: Store, session_token: str | None, machine_token: str | None, now: dt.datetime) -> Asking:
    """Who asks with one of these; a machine's token, which is sent on purpose, comes first. NotSignedIn."""
    asking, stale = read_asking(store, session_token, machine_token, now)
    if stale:
        note_asking(store, asking.caller, now)
    return asking


def read_asking(
    store: Store, session_token: str | None, machine_token: str | None, now: dt.datetime
) -> tuple[Asking, bool]:
    """`who_asks`, and whether that it was seen should be written (`note_asking`)."""
    with store.reading() as session:
        if machine_token is not None:
            caller, stale = machine(session, machine_token, now)
            return Asking(caller, None, None), stale
        if session_token is not None:
            there = present(session, session_token, now)
            return Asking(there.caller, there.csrf, there.ends), there.stale
    raise not_signed_in()


def note_asking(store: Store, caller: Caller, now: dt.datetime) -> None:
    """Write that somebody was seen. Where others are writing the request goes on; the next one writes it."""
    with suppress(Busy), store.session() as session:
        if caller.session_id is None:
            note_token_seen(session, caller.user_id, now)
        else:
            note_seen(session, caller.session_id, now)
