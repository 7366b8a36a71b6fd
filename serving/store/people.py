"""Who signs in and what they may: accounts, roles and regions given, sessions, machines' tokens, wrong tries, unmaskings.

Nothing here opens anything by itself: passwords and tokens are kept as hashes.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from serving.store.base import Base


class User(Base):
    """A person's account. `password` is empty where only the office's own provider signs them in, which knows them by
    `issuer` and `subject`. Never removed, since what they did stays; `disabled` since when nobody signs in with it."""

    __tablename__ = "users"

    user_id: Mapped[str] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str]
    password: Mapped[str | None]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    added: Mapped[dt.datetime]
    added_by: Mapped[str]
    disabled: Mapped[dt.datetime | None]
    disabled_by: Mapped[str | None]
    version: Mapped[int] = mapped_column()

    __table_args__ = (Index("uq_users_subject", "issuer", "subject", unique=True),)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it so)


class Grant(Base):
    """A role or a region given to somebody, until it is taken. `kind` is `role`, `region` or `everywhere` (no `value`);
    `source` is `office` or `provider`: what the provider says never takes what the office gave."""

    __tablename__ = "grants"

    grant_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"), index=True)
    kind: Mapped[str]
    value: Mapped[str]
    source: Mapped[str]
    given: Mapped[dt.datetime]
    given_by: Mapped[str]
    taken: Mapped[dt.datetime | None]
    taken_by: Mapped[str | None]

    __table_args__ = (
        Index(
            "uq_grants_held",
            "user_id",
            "kind",
            "value",
            "source",
            unique=True,
            sqlite_where=text("taken IS NULL"),
            postgresql_where=text("taken IS NULL"),
        ),
    )


class SignedIn(Base):
    """A session of a person, from signing in to its end. `kept` is the hash of its token; `way` is `password` or `provider`."""

    __tablename__ = "sessions"

    session_id: Mapped[str] = mapped_column(primary_key=True)
    kept: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    way: Mapped[str]
    address: Mapped[str]
    began: Mapped[dt.datetime]
    seen: Mapped[dt.datetime]
    ended: Mapped[dt.datetime | None]

    __table_args__ = (Index(None, "user_id", "address"),)


class Token(Base):
    """What a machine signs in with. `permissions` as in roles.toml; `regions` empty: everywhere."""

    __tablename__ = "tokens"

    token_id: Mapped[str] = mapped_column(primary_key=True)
    kept: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    permissions: Mapped[list[Any]]
    regions: Mapped[list[Any] | None]
    made: Mapped[dt.datetime]
    made_by: Mapped[str]
    ends: Mapped[dt.datetime]
    seen: Mapped[dt.datetime | None]
    revoked: Mapped[dt.datetime | None]
    revoked_by: Mapped[str | None]

    __table_args__ = (
        Index(
            "uq_tokens_held",
            "name",
            unique=True,
            sqlite_where=text("revoked IS NULL"),
            postgresql_where=text("revoked IS NULL"),
        ),
    )


class Tries(Base):
    """Wrong tries in a row to sign in, of an account or from an address. `key` is a hash: people type passwords as names."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(primary_key=True)
    wrong: Mapped[int]
    newest: Mapped[dt.datetime] = mapped_column(index=True)


class StartedSignIn(Base):
    """Somebody on their way to the office's own provider. `kept` is the hash of the state they come back with, once."""

    __tablename__ = "started_sign_ins"

    kept: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[str]
    verifier: Mapped[str]
    began: Mapped[dt.datetime] = mapped_column(index=True)


class Unmasking(Base):
    """Who saw what unmasked, of which case (`kind` and `subject_id`, in which region), when and why; never changed."""

    __tablename__ = "unmaskings"

    unmasking_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.user_id"))
    session_id: Mapped[str] = mapped_column(ForeignKey("sessions.session_id"))
    kind: Mapped[str]
    subject_id: Mapped[str]
    region: Mapped[str | None]
    fields: Mapped[list[Any]]
    reason: Mapped[str]
    seen: Mapped[dt.datetime]

    __table_args__ = (Index(None, "user_id", "seen"), Index(None, "kind", "subject_id"))
