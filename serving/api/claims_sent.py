"""Claims as they are filed: their fields, types and sentences are the register's own; money in minor units.

What a register would put aside as a slip of the hand (a day of another century) is refused here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AwareDatetime, Field, NaiveDatetime, create_model

from features.errors import BadInput
from features.registers.declaration import Column, Type
from features.registers.plausible import PLAUSIBLE
from serving.api.bodies import Sent
from serving.dossier.plain import MINOR
from serving.limits import MOST_AT_ONCE
from serving.online.asked import COLUMNS

LONGEST = 400  # letters of a text: names and addresses are shorter
MOST_MONEY = 10**15
KINDS: dict[Type, Any] = {
    Type.TEXT: Annotated[str, Field(max_length=LONGEST)],
    Type.DATE: dt.date,
    Type.TIMESTAMP: NaiveDatetime | AwareDatetime,
    Type.MONEY: Annotated[int, Field(ge=0, le=MOST_MONEY)],
}


def _field(column: Column) -> tuple[Any, Any]:
    kind = Literal[column.choices] if column.choices else KINDS[column.type]
    said = f"{column.sentence.en} {column.sentence.zh}"
    if not column.required:
        return kind | None, Field(None, description=said)
    return kind, Field(description=said, min_length=1 if column.type is Type.TEXT else None)


if TYPE_CHECKING:

    class ClaimSent(Sent): ...

else:
    ClaimSent = create_model(
        "ClaimSent", __base__=Sent, __doc__="A claim as it is filed.", **{one.name: _field(one) for one in COLUMNS}
    )


class ClaimsSent(Sent):
    """Claims to be scored, one or many; without `reasons` the answer is sooner there."""

    claims: list[ClaimSent] = Field(min_length=1, max_length=MOST_AT_ONCE)
    reasons: bool = True


def records_of(sent: ClaimsSent, today: dt.date) -> list[dict[str, Any]]:
    """The claims as `OnlineClaims.score` takes them: money in the main unit. BadInput: a day that cannot be."""
    records = [one.model_dump() for one in sent.claims]
    wrong = [fault for record in records for fault in _implausible(record, today)]
    if wrong:
        raise BadInput(
            "a claim cannot have been filed so", found="; ".join(wrong), expected="plausible days", do="correct them"
        )
    return [{name: _main_unit(name, value) for name, value in record.items()} for record in records]


def _implausible(record: Mapping[str, Any], today: dt.date) -> list[str]:
    """Columns whose day a register would put aside, or that no calendar of ours holds."""
    wrong = []
    for column in COLUMNS:
        day = record[column.name]
        if column.type not in (Type.DATE, Type.TIMESTAMP) or day is None or not column.days:
            continue
        bounds, day = PLAUSIBLE[column.days], day.date() if isinstance(day, dt.datetime) else day
        ahead = bounds.latest_days_ahead
        if day < bounds.earliest or (ahead is not None and day > today + dt.timedelta(days=ahead)):
            wrong.append(column.name)
    return wrong


def _main_unit(name: str, value: Any) -> Any:
    return Decimal(value) / MINOR if name in MONEY and value is not None else value


MONEY = {column.name for column in COLUMNS if column.type is Type.MONEY}
