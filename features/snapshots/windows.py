"""Look-back windows: which months, or days, a question is about."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir


@dataclass(frozen=True)
class Window:
    """The last `months` (None: all) without the `skip` newest; `due`: of those whose wages have fallen due.

    Or the last `days`, the day itself being one of them; or all after the day in the column `after` of what is asked.
    """

    months: int | None = None
    skip: int = 0
    due: bool = False
    days: int | None = None
    after: str = ""

    @property
    def name(self) -> str:
        if self.days is not None or self.after:
            return f"{self.days}d" if self.days is not None else f"after.{self.after}"
        whole = "ever" if self.months is None else f"{self.months}m"
        return whole + (f".but{self.skip}" if self.skip else "") + (".due" if self.due else "")

    def age(self, panel: ir.Table) -> ir.Value:
        """How many months the event lies before the newest month that has ended, or fallen due; below 0 if it has not."""
        return panel.due_age if self.due else panel.ended_age

    def holds(self, panel: ir.Table, monthly: bool) -> ir.Value:
        """Whether the event of a panel's row lies in the window. Of days, only windows up to the day are known."""
        if self.days is not None:
            return panel.as_of.delta(panel.event, unit="day").between(0, self.days - 1)
        if self.after:
            return (panel.event > panel[self.after]).fill_null(False)
        if self.due or self.skip:
            oldest = ibis.literal(True) if self.months is None else self.age(panel) < self.skip + self.months
            return (self.age(panel) >= self.skip) & oldest
        if self.months is None:
            return ibis.literal(True)
        return panel.event >= panel[f"{'m' if monthly else 'd'}{self.months}"]


EVER = Window()


def with_ages(panel: ir.Table) -> ir.Table:
    """`panel` of months with `ended_age` and `due_age`; months are told apart by their numbers (see month_number)."""
    number = panel.event.year().cast("int64") * 12 + panel.event.month().cast("int64") - 1
    return panel.mutate(ended_age=panel.ended_month - number, due_age=panel.due_month - number)
