"""Runs with scores, watchlists with visits, alerts with decisions, settings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision, down_revision = "0001", None
branch_labels = depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the first tables."""
    _runs()
    _watchlists()
    _alerts()
    _decisions()
    _settings()


def _runs() -> None:
    op.create_table(
        "runs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("lake_version", sa.Integer()),
        sa.Column("models", JSON, nullable=False),
        sa.Column("label", sa.String()),
        sa.Column("horizon_months", sa.Integer()),
        sa.Column("tables", JSON, nullable=False),
        sa.Column("reasons_share", sa.Double(), nullable=False),
        sa.Column("scored", sa.Integer(), nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_runs")),
        sa.UniqueConstraint("run_id", name=op.f("uq_runs_run_id")),
    )
    op.create_index(op.f("ix_runs_subject_as_of"), "runs", ["subject", "as_of"])
    op.create_table(
        "employer_scores",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("employer_id", sa.String(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("risk", sa.Double(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("why", JSON),
        sa.ForeignKeyConstraint(["run"], ["runs.number"], name=op.f("fk_employer_scores_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", "employer_id", name=op.f("pk_employer_scores")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_employer_scores_run_risk"), "employer_scores", ["run", "risk"])
    op.create_table(
        "claim_scores",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("scheme", sa.String()),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("duplicate", sa.Double()),
        sa.Column("fraud", sa.Double()),
        sa.Column("cluster_id", sa.String()),
        sa.Column("finding", sa.String()),
        sa.Column("why", JSON),
        sa.ForeignKeyConstraint(["run"], ["runs.number"], name=op.f("fk_claim_scores_run"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run", "claim_id", name=op.f("pk_claim_scores")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_scores_run_duplicate"), "claim_scores", ["run", "duplicate"])
    op.create_index(op.f("ix_claim_scores_run_fraud"), "claim_scores", ["run", "fraud"])


def _watchlists() -> None:
    op.create_table(
        "watchlists",
        sa.Column("watchlist_id", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("random_share", sa.Double(), nullable=False),
        sa.Column("random_policy", sa.String(), nullable=False),
        sa.Column("order", sa.String(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("horizon_months", sa.Integer(), nullable=False),
        sa.Column("lake_version", sa.Integer()),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("record", JSON, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("watchlist_id", name=op.f("pk_watchlists")),
    )
    op.create_index(op.f("ix_watchlists_as_of"), "watchlists", ["as_of"])
    op.create_table(
        "watchlist_items",
        sa.Column("watchlist_id", sa.String(), nullable=False),
        sa.Column("employer_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("industry", sa.String()),
        sa.Column("risk", sa.Double(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("arm", sa.String(), nullable=False),
        sa.Column("drawing_probability", sa.Double(), nullable=False),
        sa.Column("expected_workers", sa.Double()),
        sa.Column("expected_money", sa.BigInteger()),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("record", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["watchlist_id"],
            ["watchlists.watchlist_id"],
            name=op.f("fk_watchlist_items_watchlist_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("watchlist_id", "employer_id", name=op.f("pk_watchlist_items")),
        sa.UniqueConstraint("watchlist_id", "rank", name=op.f("uq_watchlist_items_watchlist_id_rank")),
    )
    op.create_index(op.f("ix_watchlist_items_employer_id"), "watchlist_items", ["employer_id"])
    op.create_table(
        "visits",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("employer_id", sa.String(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("watchlist_id", sa.String()),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("finding", sa.String()),
        sa.Column("workers_owed", sa.Integer()),
        sa.Column("amount_owed", sa.BigInteger()),
        sa.Column("amount_recovered", sa.BigInteger()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["watchlist_id"], ["watchlists.watchlist_id"], name=op.f("fk_visits_watchlist_id")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visits")),
        sa.UniqueConstraint("watchlist_id", "employer_id", name=op.f("uq_visits_watchlist_id_employer_id")),
    )
    op.create_index(op.f("ix_visits_employer_id"), "visits", ["employer_id"])
    op.create_table(
        "visit_entries",
        sa.Column("visit_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("finding", sa.String()),
        sa.Column("workers_owed", sa.Integer()),
        sa.Column("amount_owed", sa.BigInteger()),
        sa.Column("amount_recovered", sa.BigInteger()),
        sa.Column("note", sa.String()),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("entered", TIME, nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"], ["visits.visit_id"], name=op.f("fk_visit_entries_visit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("visit_id", "version", name=op.f("pk_visit_entries")),
    )
    op.create_index(op.f("ix_visit_entries_known_on"), "visit_entries", ["known_on"])


def _alerts() -> None:
    op.create_table(
        "alert_lists",
        sa.Column("list_id", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("random_share", sa.Double(), nullable=False),
        sa.Column("random_policy", sa.String(), nullable=False),
        sa.Column("order", sa.String(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("models", JSON, nullable=False),
        sa.Column("rules_version", sa.String(), nullable=False),
        sa.Column("lake_version", sa.Integer()),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("record", JSON, nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_alert_lists")),
    )
    op.create_index(op.f("ix_alert_lists_as_of"), "alert_lists", ["as_of"])
    op.create_table(
        "alerts",
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("cluster_id", sa.String()),
        sa.Column("region", sa.String()),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("probability", sa.Double()),
        sa.Column("severity", sa.String()),
        sa.Column("money_at_stake", sa.BigInteger()),
        sa.Column("to_save", sa.BigInteger()),
        sa.Column("expected_loss", sa.BigInteger()),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("arm", sa.String(), nullable=False),
        sa.Column("drawing_probability", sa.Double(), nullable=False),
        sa.Column("newest_list", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", TIME, nullable=False),
        sa.Column("ended", TIME),
        sa.ForeignKeyConstraint(["newest_list"], ["alert_lists.list_id"], name=op.f("fk_alerts_newest_list")),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_alerts")),
    )
    op.create_index(op.f("ix_alerts_claim_id"), "alerts", ["claim_id"])
    op.create_index(op.f("ix_alerts_expected_loss"), "alerts", ["expected_loss"])
    op.create_index(op.f("ix_alerts_newest_list"), "alerts", ["newest_list"])
    op.create_index(op.f("ix_alerts_state"), "alerts", ["state"])
    op.create_index(
        "uq_alerts_undecided",
        "alerts",
        ["claim_id"],
        unique=True,
        sqlite_where=sa.text("ended IS NULL"),
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "alert_items",
        sa.Column("list_id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("arm", sa.String(), nullable=False),
        sa.Column("drawing_probability", sa.Double(), nullable=False),
        sa.Column("record", JSON, nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.alert_id"], name=op.f("fk_alert_items_alert_id")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["alert_lists.list_id"], name=op.f("fk_alert_items_list_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("list_id", "claim_id", name=op.f("pk_alert_items")),
        sa.UniqueConstraint("list_id", "rank", name=op.f("uq_alert_items_list_id_rank")),
    )
    op.create_index(op.f("ix_alert_items_alert_id"), "alert_items", ["alert_id"])


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("from_state", sa.String(), nullable=False),
        sa.Column("to_state", sa.String(), nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("decided", TIME, nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.alert_id"], name=op.f("fk_decisions_alert_id")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("alert_id", "version", name=op.f("uq_decisions_alert_id_version")),
    )
    op.create_table(
        "findings",
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("duplicate_of", sa.String()),
        sa.Column("amount_lost", sa.BigInteger()),
        sa.Column("amount_recovered", sa.BigInteger()),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.decision_id"], name=op.f("fk_findings_decision_id")),
        sa.PrimaryKeyConstraint("decision_id", "claim_id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_claim_id"), "findings", ["claim_id"])
    op.create_index(op.f("ix_findings_known_on"), "findings", ["known_on"])
    op.create_table(
        "holds",
        sa.Column("hold_id", sa.String(), nullable=False),
        sa.Column("alert_id", sa.String(), nullable=False),
        sa.Column("claim_id", sa.String(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.alert_id"], name=op.f("fk_holds_alert_id")),
        sa.PrimaryKeyConstraint("hold_id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_alert_id"), "holds", ["alert_id"])
    op.create_index(op.f("ix_holds_claim_id"), "holds", ["claim_id"])
    op.create_table(
        "notes",
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written", TIME, nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_subject_subject_id"), "notes", ["subject", "subject_id"])


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_settings")),
    )
    op.create_table(
        "setting_changes",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("value", JSON, nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("changed", TIME, nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_setting_changes")),
    )
