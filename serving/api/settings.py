"""Settings that an office changes while the service runs, with who changed what, when and why."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import Depends, Response
from pydantic import Field
from sqlalchemy.orm import Session

from serving.api.bodies import Sent
from serving.api.caller import permitted
from serving.api.deployment import Here
from serving.api.languages import In, said_in
from serving.api.routes import Answered, Reading, resource
from serving.api.versions import Seen, etag
from serving.office_settings import SHIPPED, change_setting, history_of, setting_of, version_of
from serving.people.callers import Caller

router = resource("settings")
Reader = Annotated[Caller, Depends(permitted("settings.read"))]
Changer = Annotated[Caller, Depends(permitted("settings.change"))]


class SettingShown(Answered):
    """A setting as it stands; `declared` says of each part what it means and between which numbers it lies."""

    name: str
    value: dict[str, int]
    version: int
    declared: dict[str, Any]


class ChangeShown(Answered):
    """What a setting was changed to. Never changed itself."""

    name: str
    version: int
    value: dict[str, int]
    because: str
    changed: dt.datetime
    changed_by: str


class ChangeSent(Sent):
    """What a setting is to be, and why."""

    value: dict[str, int] = Field(max_length=20)
    because: str = Field(min_length=3, max_length=1000)


@router.get("/settings")
def settings(_: Reader, session: Reading, spoken: In) -> list[SettingShown]:
    """All settings."""
    return [_shown(session, name, spoken) for name in SHIPPED]


@router.get("/settings/{name}")
def setting(_: Reader, session: Reading, spoken: In, response: Response, name: str) -> SettingShown:
    """One setting."""
    shown = _shown(session, name, spoken)
    response.headers["ETag"] = etag(shown.version)
    return shown


@router.get("/settings/{name}/changes")
def changes(_: Reader, session: Reading, name: str) -> list[ChangeShown]:
    """What a setting was changed to, oldest first."""
    return [ChangeShown.model_validate(one) for one in history_of(session, name)]


@router.put("/settings/{name}")
def change(
    caller: Changer, here: Here, spoken: In, version: Seen, response: Response, name: str, sent: ChangeSent
) -> SettingShown:
    """Change a setting. `If-Match` names the version that was seen; 409 says how it stands now."""
    with here.store.session() as session:
        change_setting(session, name, sent.value, version, sent.because, caller.user_id)
        shown = _shown(session, name, spoken)
    response.headers["ETag"] = etag(shown.version)
    return shown


def _shown(session: Session, name: str, spoken: tuple[str, ...]) -> SettingShown:
    value = setting_of(session, name)
    declared = {
        part: {**{k: limit[k] for k in ("least", "most")}, "says": said_in({k: limit[k] for k in ("en", "zh")}, spoken)}
        for part, limit in SHIPPED[name].items()
    }
    return SettingShown(name=name, value=value, version=version_of(session, name), declared=declared)
