"""Accounts, what is given to them, sessions, machines' tokens, wrong tries, sign-ins under way, unmaskings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision, down_revision = "0002", "0001"
branch_labels = depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of people."""
    _users()
    _grants()
    _sessions()
    _tokens()
    _signing_in()
    _unmaskings()


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("password", sa.String()),
        sa.Column("issuer", sa.String()),
        sa.Column("subject", sa.String()),
        sa.Column("added", TIME, nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.Column("disabled", TIME),
        sa.Column("disabled_by", sa.String()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
    )
    op.create_index("uq_users_subject", "users", ["issuer", "subject"], unique=True)


def _grants() -> None:
    op.create_table(
        "grants",
        sa.Column("grant_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("given", TIME, nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("taken", TIME),
        sa.Column("taken_by", sa.String()),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_grants_user_id")),
        sa.PrimaryKeyConstraint("grant_id", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_user_id"), "grants", ["user_id"])
    op.create_index(
        "uq_grants_held",
        "grants",
        ["user_id", "kind", "value", "source"],
        unique=True,
        sqlite_where=_empty("taken"),
        postgresql_where=_empty("taken"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("began", TIME, nullable=False),
        sa.Column("seen", TIME, nullable=False),
        sa.Column("ended", TIME),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_sessions_user_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("kept", name=op.f("uq_sessions_kept")),
    )
    op.create_index(op.f("ix_sessions_user_id_address"), "sessions", ["user_id", "address"])


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("token_id", sa.String(), nullable=False),
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("permissions", JSON, nullable=False),
        sa.Column("regions", JSON),
        sa.Column("made", TIME, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ends", TIME, nullable=False),
        sa.Column("seen", TIME),
        sa.Column("revoked", TIME),
        sa.Column("revoked_by", sa.String()),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_tokens")),
        sa.UniqueConstraint("kept", name=op.f("uq_tokens_kept")),
    )
    op.create_index(
        "uq_tokens_held",
        "tokens",
        ["name"],
        unique=True,
        sqlite_where=_empty("revoked"),
        postgresql_where=_empty("revoked"),
    )


def _signing_in() -> None:
    op.create_table(
        "tries",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("newest", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_tries")),
    )
    op.create_index(op.f("ix_tries_newest"), "tries", ["newest"])
    op.create_table(
        "started_sign_ins",
        sa.Column("kept", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("began", TIME, nullable=False),
        sa.PrimaryKeyConstraint("kept", name=op.f("pk_started_sign_ins")),
    )
    op.create_index(op.f("ix_started_sign_ins_began"), "started_sign_ins", ["began"])


def _unmaskings() -> None:
    op.create_table(
        "unmaskings",
        sa.Column("unmasking_id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("fields", JSON, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("seen", TIME, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.user_id"], name=op.f("fk_unmaskings_user_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.session_id"], name=op.f("fk_unmaskings_session_id")),
        sa.PrimaryKeyConstraint("unmasking_id", name=op.f("pk_unmaskings")),
    )
    op.create_index(op.f("ix_unmaskings_user_id_seen"), "unmaskings", ["user_id", "seen"])
    op.create_index(op.f("ix_unmaskings_kind_subject_id"), "unmaskings", ["kind", "subject_id"])


def _empty(column: str) -> sa.TextClause:
    """Of an index: only rows where the column is empty."""
    return sa.text(f"{column} IS NULL")
