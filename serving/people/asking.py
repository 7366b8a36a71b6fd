"""Who asks: by the session of a person or the token of a machine, as the store has it with every request."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from features.errors import Busy
from serving.people.callers import Caller
from serving.people.machine_tokens import machine, note_token_seen
from serving.people.sessions import Presence, not_signed_in, note_seen, present
from serving.store.opened import Store

Tokens = tuple[str | None, str | None]  # of a session, of a machine


class KnownCallers:
    """Who asks, read again only after somebody wrote to the store: what is revoked opens nothing from the next request on.

    Of one thread, and of a store that can tell (`Store.written`): not of PostgreSQL.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._written: int | None = None
        self._read: dict[Tokens, Presence] = {}

    def who_asks(self, session_token: str | None, machine_token: str | None, now: dt.datetime) -> Presence:
        """`read_asking`, of the store as it is now."""
        written, tokens = self._store.written(), (session_token, machine_token)
        if written != self._written:
            self._written, self._read = written, {}
        there = self._read.get(tokens)
        if there is None or now >= there.ends:
            there = self._read[tokens] = read_asking(self._store, session_token, machine_token, now)
        return there


def who_asks(store: Store, session_token: str | None, machine_token: str | None, now: dt.datetime) -> Presence:
    """Who asks with one of these, written as seen. NotSignedIn."""
    there = read_asking(store, session_token, machine_token, now)
    if now >= there.note_after:
        note_asking(store, there.caller, now)
    return there


def read_asking(store: Store, session_token: str | None, machine_token: str | None, now: dt.datetime) -> Presence:
    """Who asks with one of these; a machine's token, which is sent on purpose, comes first. NotSignedIn."""
    with store.reading() as session:
        if machine_token is not None:
            return machine(session, machine_token, now)
        if session_token is not None:
            return present(session, session_token, now)
    raise not_signed_in()


def note_asking(store: Store, caller: Caller, now: dt.datetime) -> None:
    """Write that somebody was seen. Where others are writing the request goes on; the next one writes it."""
    with suppress(Busy), store.session() as session:
        if caller.session_id is None:
            note_token_seen(session, caller.user_id, now)
        else:
            note_seen(session, caller.session_id, now)
