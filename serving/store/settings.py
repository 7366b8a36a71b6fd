"""Settings that people change while the service runs, with who changed what and when."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from serving.store.base import Base, Record


class Setting(Base):
    """A setting as it stands."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Record]
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  (SQLAlchemy reads it so)


class SettingChange(Base):
    """What a setting was set to, by whom and why; never changed."""

    __tablename__ = "setting_changes"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Record]
    because: Mapped[str]
    changed: Mapped[dt.datetime]
    changed_by: Mapped[str]
