"""Lists of alerts, the alerts themselves, and what people did with them: decisions, findings, holds, notes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from serving.store.base import Base, Money, Record


class AlertList(Base):
    """A list of alerts as it was drawn; `record` is all that is said of it (serving.alerts.export.to_record) but its items."""

    __tablename__ = "alert_lists"

    list_id: Mapped[str] = mapped_column(primary_key=True)
    as_of: Mapped[dt.date] = mapped_column(index=True)
    region: Mapped[str | None]
    capacity: Mapped[int]
    random_share: Mapped[float]
    random_policy: Mapped[str]
    order: Mapped[str]
    seed: Mapped[int] = mapped_column(BigInteger)
    models: Mapped[Record]
    rules_version: Mapped[str]
    lake_version: Mapped[int | None]
    places: Mapped[int]
    record: Mapped[Record]
    created: Mapped[dt.datetime]
    created_by: Mapped[str]


class Alert(Base):
    """A claim to look at, until it is decided: listed again meanwhile, it stays the same alert.

    Scores and money (minor units) are those of its newest listing; `arm` and `drawing_probability` those of its first,
    which says why it is reviewed. `ended` is empty until it is decided; a claim has one alert that is not.
    """

    __tablename__ = "alerts"

    alert_id: Mapped[str] = mapped_column(primary_key=True)
    claim_id: Mapped[str]
    cluster_id: Mapped[str | None]
    region: Mapped[str | None]
    scheme: Mapped[str]
    filed_on: Mapped[dt.date]
    kind: Mapped[str]
    probability: Mapped[float | None]
    severity: Mapped[str | None]
    money_at_stake: Mapped[Money | None]
    to_save: Mapped[Money | None]
    expected_loss: Mapped[Money | None] = mapped_column(index=True)
    action: Mapped[str]
    arm: Mapped[str]  # order, random
    drawing_probability: Mapped[float]
    newest_list: Mapped[str] = mapped_column(ForeignKey("alert_lists.list_id"), index=True)
    state: Mapped[str]  # see transitions.toml
    opened_on: Mapped[dt.date | None]
    version: Mapped[int] = mapped_column()
    created: Mapped[dt.datetime]
    ended: Mapped[dt.datetime | None]

    __table_args__ = (
        Index(None, "state"),
        Index(
            "uq_alerts_undecided",
            "claim_id",
            unique=True,
            sqlite_where=text("ended IS NULL"),
            postgresql_where=text("ended IS NULL"),
        ),
        Index(None, "claim_id"),
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it so)


class AlertItem(Base):
    """An alert on a list. `record` is the alert as it was told, identifiers masked."""

    __tablename__ = "alert_items"

    list_id: Mapped[str] = mapped_column(ForeignKey("alert_lists.list_id", ondelete="CASCADE"), primary_key=True)
    claim_id: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.alert_id"), index=True)
    rank: Mapped[int]
    region: Mapped[str | None]
    arm: Mapped[str]
    drawing_probability: Mapped[float]
    record: Mapped[Record]

    __table_args__ = (UniqueConstraint("list_id", "rank"),)


class Decision(Base):
    """What somebody did with an alert, on what facts; never changed. `version` is the alert's after it."""

    __tablename__ = "decisions"

    decision_id: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.alert_id"))
    version: Mapped[int]
    act: Mapped[str]  # see transitions.toml
    from_state: Mapped[str]
    to_state: Mapped[str]
    facts: Mapped[list[Any]]
    note: Mapped[str]
    decided: Mapped[dt.datetime]
    decided_by: Mapped[str]

    __table_args__ = (UniqueConstraint("alert_id", "version"),)


class Finding(Base):
    """What a decision found of a claim: the alert's own, or one listed with it. Money in minor units."""

    __tablename__ = "findings"

    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.decision_id"), primary_key=True)
    claim_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    opened_on: Mapped[dt.date]
    decided_on: Mapped[dt.date]
    finding: Mapped[str]  # as in the register claim_decisions
    duplicate_of: Mapped[str | None]
    amount_lost: Mapped[Money | None]
    amount_recovered: Mapped[Money | None]
    trigger: Mapped[str]
    known_on: Mapped[dt.date] = mapped_column(index=True)


class Hold(Base):
    """A payment held back while a claim is looked at, from a day until a day; `ended_on` where it ended before."""

    __tablename__ = "holds"

    hold_id: Mapped[str] = mapped_column(primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alerts.alert_id"), index=True)
    claim_id: Mapped[str] = mapped_column(index=True)
    region: Mapped[str | None]
    starts_on: Mapped[dt.date]
    until: Mapped[dt.date]
    because: Mapped[str]
    held_by: Mapped[str]
    ended_on: Mapped[dt.date | None]


class Note(Base):
    """What somebody noted about an alert, a claim, an employer or a visit."""

    __tablename__ = "notes"

    note_id: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]  # alerts, claims, employers, visits
    subject_id: Mapped[str]
    region: Mapped[str | None]
    text: Mapped[str]
    written: Mapped[dt.datetime]
    written_by: Mapped[str]

    __table_args__ = (Index(None, "subject", "subject_id"),)
