"""What a feature may ask of a register's books: sums over a look-back window, and the last time something was seen.

A feature is written against a `Books`; asking twice for the same thing costs once. The first pass, with
`NAMES` for a table, only notes what is asked for; the second reads the columns that were made.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from features.known import total

CENTS = 100
WHOLE = 2**32  # a fading weight is added up in whole parts of this, so that no order of rows changes the sum


@dataclass(frozen=True)
class Ask:
    """One column wanted of a register's books. `months` None: all that is known."""

    register: str
    what: str  # sum | events | most | first | last | heard | fading
    measure: str
    months: int | None = None
    of: str = ""  # the measure that `measure` is taken as a share of

    @property
    def column(self) -> str:
        window = "ever" if self.months is None else f"{self.months}m"
        return ".".join(filter(None, [self.register, self.measure, self.of, self.what, window]))

    @property
    def empty(self) -> int | None:
        """What an employer without entries has: a count of none is 0, a day that never was is null."""
        return None if self.what in ("first", "last", "heard", "most") else 0

    @property
    def measures(self) -> set[str]:
        """The measures it is answered from."""
        return {self.measure, self.of} - {"any", ""}

    @property
    def none(self) -> ir.Value:
        """What the column is before it is made, and where the register is not there."""
        if self.what in ("first", "last", "heard"):
            return ibis.null("date")
        return ibis.null("float64" if self.of else "int64")


@dataclass
class Books:
    """The books of one register as known on the day, for every employer.

    All answers are columns with a value for each employer and day. Money is in the main unit.
    """

    register: str
    table: ir.Table
    asked: dict[Ask, None] = field(default_factory=dict)

    def sum(self, measure: str, months: int | None = None) -> ir.Value:
        """The measure added up over the last `months`; 0 where there is nothing."""
        return self._ask("sum", measure, months)

    def money(self, measure: str, months: int | None = None) -> ir.Value:
        """A measure kept in cents, in the main unit."""
        return self._ask("sum", measure, months) / CENTS

    def events(self, measure: str, months: int | None = None) -> ir.Value:
        """Days (for payroll and contributions: months) on which the measure was above 0."""
        return self._ask("events", measure, months)

    def most(self, measure: str, months: int, of: str = "") -> ir.Value:
        """The most there was of the measure on one day (or month) of the last `months`, as a share of `of` if given; null without any."""
        return self._ask("most", measure, months, of)

    def fading(self, measure: str, days: int) -> ir.Value:
        """The measure added up, each event weighing half as much for every `days` it is old."""
        return self._ask("fading", measure, days) / WHOLE

    def days_since_last(self, measure: str) -> ir.Value:
        """Days from the last event with the measure above 0 to the day; null where there was none."""
        return self.table.as_of.delta(self._ask("last", measure, None), unit="day")

    def days_since_first(self, measure: str) -> ir.Value:
        """Days from the first event with the measure above 0 to the day; null where there was none."""
        return self.table.as_of.delta(self._ask("first", measure, None), unit="day")

    def heard_on(self) -> ir.Value:
        """The last day on which anything was learned from this register; null where never."""
        return self._ask("heard", "any", None)

    def _ask(self, what: str, measure: str, months: int | None, of: str = "") -> ir.Value:
        ask = Ask(self.register, what, measure, months, of)
        self.asked[ask] = None
        return self.table[ask.column] if ask.column in self.table.columns else ask.none


def answer(cells_by_then: ir.Table, days: ir.Table, asks: list[Ask], monthly: bool) -> ir.Table:
    """One row an employer and day with a column for each of `asks`, from cells already cut at the day."""
    measures = sorted(set().union(*(ask.measures for ask in asks)))
    panel = cells_by_then.group_by(["as_of", "employer_id", "event"]).agg(
        heard=cells_by_then.learned_on.max(), **{m: total(cells_by_then[m]) for m in measures}
    )
    panel = panel.join(days, "as_of")
    return panel.group_by(["as_of", "employer_id"]).agg(**{ask.column: _column(panel, ask, monthly) for ask in asks})


def _column(panel: ir.Table, ask: Ask, monthly: bool) -> ir.Value:
    if ask.what == "heard":
        return panel.heard.max()
    measure = panel[ask.measure]
    if ask.what == "fading":
        age = panel.as_of.delta(panel.event, unit="day")
        weight = (age * (-math.log(2) / float(ask.months or 1))).exp()
        return total(measure * (weight * WHOLE).round().cast("int64"))
    inside = (
        ibis.literal(True) if ask.months is None else panel.event >= panel[f"{'m' if monthly else 'd'}{ask.months}"]
    )
    match ask.what:
        case "sum":
            return total(measure, where=inside)
        case "events":
            return total(ibis.ifelse(measure > 0, 1, 0), where=inside)
        case "most":
            share = measure / panel[ask.of].nullif(0) if ask.of else measure
            return share.max(where=inside)
        case "first":
            return panel.event.min(where=measure > 0)
        case "last":
            return panel.event.max(where=measure > 0)
    raise ValueError(f"unknown question {ask.what!r}")
