"""Sign in at the office's own provider: go there, come back once, be the account that the provider's subject is here."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from features.errors import BadInput, Busy, Forbidden, NotSignedIn
from features.settings import Settings
from serving.people.accounts import LOGIN, add_user
from serving.people.grants import PROVIDER, follow_provider, held, roles_and_scope
from serving.people.limits import SIGN_IN_STARTED
from serving.people.opaque import kept_of
from serving.people.provider import Provider
from serving.people.provider_grants import ProviderGrants, read_provider_grants
from serving.people.sessions import begin
from serving.store.opened import Store
from serving.store.people import StartedSignIn, User

BACK = "/v1/session/provider/callback"  # of the service's address: what the provider must know us by


@dataclass(frozen=True)
class ProviderSignIn:
    """Signing in at `provider`, whose claims give what `table` says, and which sends browsers back to our address `back`."""

    provider: Provider
    table: ProviderGrants
    back: str

    def start(self, store: Store, now: dt.datetime) -> tuple[str, str]:
        """Where to send the browser, and the state that it must bring back, from the provider and in its own cookie.

        NotReady where the provider does not answer.
        """
        begun = self.provider.start(self.back)
        with store.session() as session:
            session.execute(delete(StartedSignIn).where(StartedSignIn.began <= now - SIGN_IN_STARTED))
            session.add(StartedSignIn(kept=kept_of(begun.state), nonce=begun.nonce, verifier=begun.verifier, began=now))
        return begun.url, begun.state

    def finish(
        self, store: Store, answer: Mapping[str, str], own_state: str | None, address: str, now: dt.datetime
    ) -> str:
        """The token of a new session of whoever came back. `answer` is the query they came back with, `own_state` the
        state in their browser's own cookie.

        NotSignedIn: it is no sign-in that began in this browser, it took too long, it came back before, or the
        provider's answer does not hold. Forbidden: the provider knows them, but nobody gave them a role here.
        """
        nonce, verifier = _came_back(store, answer.get("state", ""), own_state or "", now)
        claims = self.provider.claims(answer, self.back, nonce, verifier)
        try:
            with store.session() as session:
                user = _account(session, self.provider.issuer, claims, self.table, now)
                token = begin(session, user, PROVIDER, address, now) if user else None
        except IntegrityError as error:
            raise Busy("the account is being made", expected="one sign-in at a time", do="begin again") from error
        if token is None:  # said after the transaction, which took what the provider gives no more
            raise _no_role()
        return token


def provider_of(settings: Settings) -> ProviderSignIn | None:
    """The provider that the settings name, None where they name none. BadInput: something that it needs is not said."""
    if settings.provider_issuer is None:
        return None
    if settings.provider_client is None or settings.origin is None:
        raise BadInput(
            "the provider of sign-in needs more settings",
            found="PLUMBLINE_PROVIDER_ISSUER alone",
            expected="PLUMBLINE_PROVIDER_CLIENT and PLUMBLINE_ORIGIN with it",
            do="set them, or unset PLUMBLINE_PROVIDER_ISSUER",
        )
    secret = settings.provider_secret.get_secret_value() if settings.provider_secret else None
    return ProviderSignIn(
        Provider(settings.provider_issuer, settings.provider_client, secret, settings.provider_scope),
        read_provider_grants(settings.provider_grants),
        settings.origin + BACK,
    )


def _came_back(store: Store, state: str, own: str, now: dt.datetime) -> tuple[str, str]:
    """The nonce and the verifier of a sign-in that this browser began; it can come back but once."""
    row = None
    if state and hmac.compare_digest(state.encode(), own.encode()):
        with store.session() as session:
            gone = delete(StartedSignIn).where(StartedSignIn.kept == kept_of(state))
            row = session.execute(
                gone.returning(StartedSignIn.nonce, StartedSignIn.verifier, StartedSignIn.began)
            ).one_or_none()
    if row is None or now - row.began >= SIGN_IN_STARTED:
        raise NotSignedIn(
            "the sign-in was not begun here, or too long ago",
            expected="the browser that began it, once, within minutes",
            do="begin again",
        )
    return row.nonce, row.verifier


def _account(
    session: Session, issuer: str, claims: Mapping[str, Any], table: ProviderGrants, now: dt.datetime
) -> User | None:
    """The account of the provider's subject, made if need be, with what the claims give now; None where it has no role.

    An account is never found by a name or an address of the claims: those may be given to another, or chosen.
    """
    subject, given = str(claims["sub"]), table.granted(claims)
    known = select(User).where(User.issuer == issuer, User.subject == subject)
    user = session.scalar(known.with_for_update())
    if user is None and any(kind == "role" for kind, _ in given):
        login, name = table.called(claims)
        user = add_user(
            session,
            _free_login(session, login, subject),
            name,
            language=table.spoken(claims),
            kept=None,
            by=PROVIDER,
            now=now,
        )
        user.issuer, user.subject = issuer, subject
    if user is None or user.disabled:
        return None
    follow_provider(session, user, given, now)
    roles, _ = roles_and_scope(held(session, user.user_id))
    return user if roles else None


def _no_role() -> Forbidden:
    return Forbidden(
        "no role is given to this account",
        expected="a role from the provider, or from whoever manages accounts here",
        do="ask whoever manages accounts",
    )


def _free_login(session: Session, login: str, subject: str) -> str:
    """The claims' login where it can be one and is free, else one made from it and from the subject."""
    wanted = login.strip().lower()
    if LOGIN.fullmatch(wanted) and not session.scalar(select(User.user_id).where(User.login == wanted)):
        return wanted
    mark = hashlib.sha256(subject.encode()).hexdigest()[:12]
    return f"{wanted[:40]}.{mark}" if LOGIN.fullmatch(wanted) else f"p.{mark}"
