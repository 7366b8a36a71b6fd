"""Settings that people change while the service runs: what they are, how they stand, who changed them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from features.errors import BadInput, Conflict, NotFound
from serving.store.base import now
from serving.store.once import insert_once
from serving.store.settings import Setting, SettingChange

SHIPPED: dict[str, dict[str, dict[str, Any]]] = tomllib.loads(
    files("serving").joinpath("office_settings.toml").read_text(encoding="utf-8")
)
SHIPPED_VERSION = 0  # of a setting that nobody changed yet


def setting_of(session: Session, name: str) -> dict[str, int]:
    """The setting as it stands: as it was last changed, else as shipped."""
    return dict(_standing(session, name)[0])


def version_of(session: Session, name: str) -> int:
    """How often the setting was changed."""
    return _standing(session, name)[1]


def history_of(session: Session, name: str) -> list[SettingChange]:
    """What it was changed to, by whom, when and why, oldest first."""
    _declared(name)
    query = select(SettingChange).where(SettingChange.name == name).order_by(SettingChange.version)
    return list(session.scalars(query))


def change_setting(
    session: Session, name: str, value: Mapping[str, int], version: int, because: str, by: str
) -> SettingChange:
    """Change it; `version` is that of the setting as they saw it. Conflict where it was changed since, BadInput where it
    cannot be so."""
    _refuse_impossible(name, value)
    change = {
        "name": name, "version": version + 1, "value": dict(value), "because": because, "changed": now(), "changed_by": by,
    }  # fmt: skip
    if version_of(session, name) != version or not insert_once(session, SettingChange, change):
        session.expire_all()
        present, at = _standing(session, name)
        raise Conflict(
            f"somebody changed {name} meanwhile",
            present={"name": name, "value": present, "version": at},
            found=f"version {at}",
            expected=f"version {version}",
            do="look at it as it stands now",
        )
    setting = session.get(Setting, name)
    if setting is None:
        session.add(Setting(name=name, value=dict(value)))
    else:
        setting.value = dict(value)
    session.flush()
    return session.get_one(SettingChange, (name, version + 1))


def _standing(session: Session, name: str) -> tuple[Mapping[str, int], int]:
    shipped = {part: limit["value"] for part, limit in _declared(name).items()}
    setting = session.get(Setting, name)
    return (shipped, SHIPPED_VERSION) if setting is None else (setting.value, setting.version)


def _declared(name: str) -> dict[str, dict[str, Any]]:
    if name not in SHIPPED:
        raise NotFound("there is no such setting", found=name, expected=", ".join(SHIPPED), do="choose one of these")
    return SHIPPED[name]


def _refuse_impossible(name: str, value: Mapping[str, int]) -> None:
    declared = _declared(name)
    fits = set(value) == set(declared) and all(
        type(value[part]) is int and limit["least"] <= value[part] <= limit["most"] for part, limit in declared.items()
    )
    if not fits:
        raise BadInput(
            f"{name} cannot be so",
            found=", ".join(f"{part} = {one}" for part, one in value.items()) or "nothing",
            expected=", ".join(f"{part} from {limit['least']} to {limit['most']}" for part, limit in declared.items()),
            do="choose within these",
        )
