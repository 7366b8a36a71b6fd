"""Lists in pages: rows in an order, and a cursor that says after which row the next page begins.

A cursor names the last row's values of the order, so that rows which come or go meanwhile move no other row to another
page. It opens nothing: whoever sends one sees what their scope holds, after that row.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, Select, String, and_, literal_column, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from features.errors import NotFound
from serving.api.bodies import readable
from serving.limits import MOST_PAGE_ROWS, PAGE_ROWS

Shown = TypeVar("Shown")
Row = TypeVar("Row")
Values = list[Any]

MOST_INTEGER = 2**63 - 1

Limit = Annotated[int, Query(ge=1, le=MOST_PAGE_ROWS, description="Most rows of the page")]
Cursor = Annotated[str | None, Query(max_length=2000, description="`next` of the page before; none: the first page")]


class Page(BaseModel, Generic[Shown]):
    """Some rows of a list, and how to ask for those after them."""

    items: list[Shown]
    next: str | None = Field(None, description="Cursor of the next page; none: this is the last")


@dataclass(frozen=True)
class Wish:
    """What page is wanted."""

    limit: int
    cursor: str | None


async def wish(limit: Limit = PAGE_ROWS, cursor: Cursor = None) -> Wish:
    """The page that a request asks for, as a dependency."""
    return Wish(limit, cursor)


@dataclass(frozen=True)
class By:
    """A column of an order. The last of an order must tell any two rows apart; none may be null."""

    column: InstrumentedAttribute[Any] | ColumnElement[Any]
    descending: bool = False

    def after(self, value: Any) -> ColumnElement[bool]:
        """Rows that come after `value`."""
        after: ColumnElement[bool] = self.column < value if self.descending else self.column > value
        return after

    def read(self, value: Any) -> Any:
        """A cursor's value as the column's type."""
        kind = self.column.type.python_type
        if kind in (dt.datetime, dt.date):
            return kind.fromisoformat(value)
        if isinstance(value, bool) or not isinstance(value, int | float if kind is float else kind):
            raise TypeError(f"no {kind.__name__}")
        if not readable(value) or (isinstance(value, int) and abs(value) > MOST_INTEGER):
            raise ValueError("no store holds it")
        return kind(value)


def page(
    session: Session, chosen: Select[Row], order: Sequence[By], wanted: Wish, show: Callable[[Row], Shown]
) -> Page[Shown]:
    """The wanted page of `chosen` in `order`. NotFound: a cursor of another list."""
    columns = [by.column for by in order]
    asked = chosen.add_columns(*columns).order_by(
        *(c.desc() if by.descending else c.asc() for by, c in zip(order, columns, strict=True))
    )
    if wanted.cursor is not None:
        asked = asked.where(_after(order, _opened(wanted.cursor, order)))
    rows = session.execute(asked.limit(wanted.limit + 1)).all()
    shown = rows[: wanted.limit]
    more = len(rows) > wanted.limit
    return Page(items=[show(row[0]) for row in shown], next=_cursor(list(shown[-1][1:])) if more else None)


def text_cursor(last: str) -> str:
    """The cursor after a row that is told apart by one text: of lists that do not lie in the store."""
    return _cursor([last])


def text_of_cursor(cursor: str | None) -> str | None:
    """The text of `text_cursor`. NotFound: a cursor of another list."""
    if cursor is None:
        return None
    (value,) = _opened(cursor, [By(literal_column("id", String))])
    return str(value)


def _after(order: Sequence[By], values: Values) -> ColumnElement[bool]:
    """After a row of these values: after it in the first column, or level with it and after it in the next, and so on."""
    ways = [
        and_(*(by.column == value for by, value in zip(order[:i], values[:i], strict=True)), last.after(values[i]))
        for i, last in enumerate(order)
    ]
    return or_(*ways)


def _cursor(values: Values) -> str:
    written = json.dumps([v.isoformat() if isinstance(v, dt.date) else v for v in values], ensure_ascii=False)
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _opened(cursor: str, order: Sequence[By]) -> Values:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [by.read(value) for by, value in zip(order, values, strict=True)]
    except (ValueError, TypeError) as error:
        raise NotFound(
            "no such page",
            found="a cursor of another list, or none",
            expected="`next` of a page of this list, in this order",
            do="begin at the first page",
        ) from error
