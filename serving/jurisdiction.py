"""Whose region it is: what somebody may see. What lies outside does not exist for them, nor does it count.

Regions are the registers' own, as text. A row whose region is not known belongs to nobody's region: only who sees
everywhere sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, true
from sqlalchemy.orm import Session

from features.errors import NotFound

Row = TypeVar("Row")


@dataclass(frozen=True)
class Scope:
    """The regions that somebody sees; None: everywhere. No region at all: nothing."""

    regions: frozenset[str] | None

    @classmethod
    def of(cls, regions: Iterable[str] | None) -> Scope:
        """The scope of these regions; None: everywhere."""
        return cls(None if regions is None else frozenset(regions))

    @property
    def everywhere(self) -> bool:
        """Whether every region is seen, the unknown one too."""
        return self.regions is None

    def holds(self, region: str | None) -> bool:
        """Whether what belongs to `region` (None: not known) is seen."""
        return self.regions is None or region in self.regions

    def where(self, column: Any) -> ColumnElement[bool]:
        """The condition that the region in `column` is seen, for any query: lists, counts, searches and exports alike."""
        return true() if self.regions is None else column.in_(sorted(self.regions))

    def kept(self, rows: Iterable[Row], region_of: Callable[[Row], str | None]) -> list[Row]:
        """Those of `rows` that are seen, in their order: ties, neighbours, members of a ring, records side by side."""
        return [row for row in rows if self.holds(region_of(row))]

    def must_hold(self, region: str | None, message: str, found: str) -> None:
        """NotFound, said exactly as of a thing that is not there, unless `region` is seen."""
        if not self.holds(region):
            raise not_there(message, found)

    def within(self, other: Scope) -> Scope:
        """What both see: a filter by region, a token of somebody."""
        if self.regions is None or other.regions is None:
            return other if self.regions is None else self
        return Scope(self.regions & other.regions)


EVERYWHERE = Scope(None)
NOWHERE = Scope(frozenset())


def one_seen(session: Session, query: Select[Row], message: str, found: str, *, to_change: bool = False) -> Row:
    """The one row that `query`, which has the scope's condition in it, asks for; NotFound where there is none.

    `to_change`: who else wants to change it waits until this session is done, and then sees it as it stands.
    """
    if to_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    row: Row | None = session.scalar(query)
    if row is None:
        raise not_there(message, found)
    return row


def not_there(message: str, found: str) -> NotFound:
    """The one way to say that a thing is not there, so that a thing outside a scope cannot be told from none."""
    return NotFound(message, found=found, expected="one that is there", do="check what was asked for")
