"""The day that is asked about."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import Depends, Query

from features.errors import BadInput


async def day(
    as_of: Annotated[dt.date | None, Query(description="As known on this day; none: today")] = None,
) -> dt.date:
    """The day, as a dependency; today where none is said. BadInput: a day to come."""
    today = dt.datetime.now(dt.UTC).date()
    if as_of is not None and as_of > today:
        raise BadInput("nobody knows that day yet", found=str(as_of), expected=f"{today} or before", do="ask of today")
    return as_of or today


On = Annotated[dt.date, Depends(day)]
