"""Scoring runs with everybody's scores."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from serving.store.base import Base, Record

# A million rows a night: kept in the order of the key. One subject's scores over time are one look-up a run.
CLUSTERED = {"sqlite_with_rowid": False}


class Run(Base):
    """One scoring of all subjects as of a day. `models` holds a model's id by its label; `tables` the versions of the
    office's tables it used (levels, rules). `run_id` is derived from its content: the same run again is the same run."""

    __tablename__ = "runs"

    number: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]  # employers, claims
    as_of: Mapped[dt.date]
    lake_version: Mapped[int | None]
    models: Mapped[Record]
    label: Mapped[str | None]
    horizon_months: Mapped[int | None]
    tables: Mapped[Record]
    reasons_share: Mapped[float]
    scored: Mapped[int]
    created: Mapped[dt.datetime]
    created_by: Mapped[str]

    __table_args__ = (Index(None, "subject", "as_of"),)


class EmployerScore(Base):
    """An employer's score in a run. `why` holds facts (see serving.facts), null where none were asked for."""

    __tablename__ = "employer_scores"

    run: Mapped[int] = mapped_column(ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True)
    employer_id: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str | None]
    risk: Mapped[float]
    level: Mapped[str]
    closed: Mapped[bool]
    why: Mapped[Record | None]

    __table_args__ = (Index(None, "run", "risk"), CLUSTERED)


class ClaimScore(Base):
    """A claim's score in a run: how likely a review would find it a duplicate, or fraudulent; null without a model."""

    __tablename__ = "claim_scores"

    run: Mapped[int] = mapped_column(ForeignKey("runs.number", ondelete="CASCADE"), primary_key=True)
    claim_id: Mapped[str] = mapped_column(primary_key=True)
    region: Mapped[str | None]
    scheme: Mapped[str | None]
    filed_on: Mapped[dt.date]
    duplicate: Mapped[float | None]
    fraud: Mapped[float | None]
    cluster_id: Mapped[str | None]
    finding: Mapped[str | None]
    why: Mapped[Record | None]

    __table_args__ = (Index(None, "run", "duplicate"), Index(None, "run", "fraud"), CLUSTERED)
