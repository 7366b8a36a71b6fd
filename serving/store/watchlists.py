"""Watchlists, their items, and the visits made with what they found."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from serving.store.base import Base, Money, Record


class Watchlist(Base):
    """A list as it was drawn; `record` is all that is said of it (serving.export.to_record) but its items.

    `region` None: drawn from all regions. `watchlist_id` is derived from what it was drawn from.
    """

    __tablename__ = "watchlists"

    watchlist_id: Mapped[str] = mapped_column(primary_key=True)
    as_of: Mapped[dt.date] = mapped_column(index=True)
    region: Mapped[str | None]
    capacity: Mapped[int]
    random_share: Mapped[float]
    random_policy: Mapped[str]
    order: Mapped[str]
    seed: Mapped[int] = mapped_column(BigInteger)
    model_id: Mapped[str]
    label: Mapped[str]
    horizon_months: Mapped[int]
    lake_version: Mapped[int | None]
    places: Mapped[int]
    record: Mapped[Record]
    created: Mapped[dt.datetime]
    created_by: Mapped[str]


class WatchlistItem(Base):
    """An employer on a list. `record` is the item as it was told, facts with value, contribution and sentences."""

    __tablename__ = "watchlist_items"

    watchlist_id: Mapped[str] = mapped_column(
        ForeignKey("watchlists.watchlist_id", ondelete="CASCADE"), primary_key=True
    )
    employer_id: Mapped[str] = mapped_column(primary_key=True)
    rank: Mapped[int]
    name: Mapped[str]
    region: Mapped[str | None]
    industry: Mapped[str | None]
    risk: Mapped[float]
    level: Mapped[str]
    arm: Mapped[str]  # risk, harm, random
    drawing_probability: Mapped[float]
    expected_workers: Mapped[float | None]
    expected_money: Mapped[Money | None]
    action: Mapped[str]
    record: Mapped[Record]

    __table_args__ = (UniqueConstraint("watchlist_id", "rank"), Index(None, "employer_id"))


class Visit(Base):
    """A visit to an employer as it stands. Money in minor units. `watchlist_id`: the list it was made from, if any."""

    __tablename__ = "visits"

    visit_id: Mapped[str] = mapped_column(primary_key=True)
    employer_id: Mapped[str] = mapped_column(index=True)
    region: Mapped[str | None]
    watchlist_id: Mapped[str | None] = mapped_column(ForeignKey("watchlists.watchlist_id"))
    trigger: Mapped[str]  # as in the register inspections
    opened_on: Mapped[dt.date]
    closed_on: Mapped[dt.date | None]
    finding: Mapped[str | None]
    workers_owed: Mapped[int | None]
    amount_owed: Mapped[Money | None]
    amount_recovered: Mapped[Money | None]
    version: Mapped[int] = mapped_column()
    created: Mapped[dt.datetime]
    created_by: Mapped[str]

    __table_args__ = (UniqueConstraint("watchlist_id", "employer_id"),)
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it so)


class VisitEntry(Base):
    """How a visit stood after each entry; never changed. `known_on` is the day it was entered."""

    __tablename__ = "visit_entries"

    visit_id: Mapped[str] = mapped_column(ForeignKey("visits.visit_id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    opened_on: Mapped[dt.date]
    closed_on: Mapped[dt.date | None]
    finding: Mapped[str | None]
    workers_owed: Mapped[int | None]
    amount_owed: Mapped[Money | None]
    amount_recovered: Mapped[Money | None]
    note: Mapped[str | None]
    known_on: Mapped[dt.date] = mapped_column(index=True)
    entered: Mapped[dt.datetime]
    entered_by: Mapped[str]
