"""What a feature may ask of a register's books: sums over a look-back window, and the last time something was seen.

A feature is written against a `Books`; asking twice for the same thing costs once. The first pass, with
only a day for a table, notes what is asked for; the second reads the columns that were made.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from features.snapshots.windows import EVER, Window

CENTS = 100
WHOLE = 2**32  # a fading weight is added up in whole parts of this, so that no order of rows changes the sum
TYPES = {  # of the answers that an employer without entries does not have; the others are counts, of which it has 0
    "first": "date",
    "last": "date",
    "heard": "date",
    "oldest": "int64",
    "newest": "int64",
    "clear": "int64",
    "most": "int64",
    "slope": "float64",
}


@dataclass(frozen=True)
class Ask:
    """One column wanted of a register's books. `of`: the measure that `measure` is a share of."""

    register: str
    what: str  # sum | events | first | last | heard | fading | oldest | newest | clear | most | slope
    measure: str
    window: Window = EVER
    of: str = ""

    @property
    def column(self) -> str:
        over = f".over.{self.of}" if self.of else ""
        return f"{self.register}.{self.measure}{over}.{self.what}.{self.window.name}"

    @property
    def measures(self) -> set[str]:
        """The measures that the answer rests on."""
        return {self.measure, self.of} - {"any", ""}

    @property
    def empty(self) -> int | None:
        """What an employer without entries has: a count of none is 0, a day that never was is null."""
        return None if self.what in TYPES else 0

    @property
    def none(self) -> ir.Value:
        """The answer where there are no books: 0 of a count."""
        return self.unknown if self.empty is None else ibis.literal(self.empty, "int64")

    @property
    def unknown(self) -> ir.Value:
        """The answer where it cannot be known: null."""
        return ibis.null("float64" if self.of and self.what == "most" else TYPES.get(self.what, "int64"))


@dataclass
class Books:
    """The books of one register as known on the day, for every employer.

    All answers are columns with a value for each employer and day. Money is in the main unit. A window is the
    last `months`, without the `skip` newest of them; of months (payroll, contributions) those that have ended
    or, with `due`, those whose wages have fallen due by the day.
    """

    register: str
    table: ir.Table
    asked: dict[Ask, None] = field(default_factory=dict)

    def sum(
        self, measure: str, months: int | None = None, *, skip: int = 0, due: bool = False, days: int | None = None
    ) -> ir.Value:
        """The measure added up over the window; 0 where there is nothing. `days`: of the last days, not months."""
        return self._ask("sum", measure, Window(months, skip, due, days))

    def after(self, day: str, measure: str) -> ir.Value:
        """The measure added up over the events after the `day` of what is asked about; 0 where it has no such day."""
        return self._ask("sum", measure, Window(after=day))

    def money(
        self, measure: str, months: int | None = None, *, skip: int = 0, due: bool = False, days: int | None = None
    ) -> ir.Value:
        """A measure kept in cents, in the main unit."""
        return self.sum(measure, months, skip=skip, due=due, days=days) / CENTS

    def share(
        self,
        measure: str,
        of: str,
        months: int | None = None,
        *,
        skip: int = 0,
        due: bool = False,
        days: int | None = None,
    ) -> ir.Value:
        """One measure over another, both added up over the window; null where the other is 0."""
        whole = self.sum(of, months, skip=skip, due=due, days=days)
        return self.sum(measure, months, skip=skip, due=due, days=days) / whole.nullif(0)

    def events(self, measure: str, months: int | None = None, *, skip: int = 0, due: bool = False) -> ir.Value:
        """Days (for payroll and contributions: months) on which the measure was above 0."""
        return self._ask("events", measure, Window(months, skip, due))

    def most(self, measure: str, months: int, of: str = "", *, due: bool = False) -> ir.Value:
        """The most there was of the measure in one month of the window, as a share of `of` if given; null without any."""
        return self._ask("most", measure, Window(months, 0, due), of)

    def slope(self, measure: str, of: str, months: int, *, due: bool = False) -> ir.Value:
        """By how much one measure over another grew a month (least squares); null under three months."""
        return self._ask("slope", measure, Window(months, 0, due), of)

    def months_since_first(self, measure: str, months: int | None = None, *, due: bool = False) -> ir.Value:
        """Months from the oldest of the window with the measure above 0 to the newest of the window; null where none."""
        return self._ask("oldest", measure, Window(months, 0, due))

    def months_since_last(self, measure: str, months: int | None = None, *, due: bool = False) -> ir.Value:
        """Months from the newest with the measure above 0 to the newest of the window; null where there is none."""
        return self._ask("newest", measure, Window(months, 0, due))

    def months_since_clear(self, measure: str, of: str, *, due: bool = False) -> ir.Value:
        """Months from the newest with none of the measure but some of the other to the newest; null where there is none."""
        return self._ask("clear", measure, Window(None, 0, due), of)

    def fading(self, measure: str, days: int) -> ir.Value:
        """The measure added up, each event weighing half as much for every `days` it is old."""
        return self._ask("fading", measure, Window(days)) / WHOLE

    def days_since_last(self, measure: str) -> ir.Value:
        """Days from the last event with the measure above 0 to the day; null where there was none."""
        return self.table.as_of.delta(self._ask("last", measure), unit="day")

    def days_since_first(self, measure: str, days: int | None = None) -> ir.Value:
        """Days from the first event with the measure above 0 (of the last `days`) to the day; null where there was none."""
        return self.table.as_of.delta(self._ask("first", measure, Window(days=days)), unit="day")

    def heard_on(self) -> ir.Value:
        """The last day on which anything was learned from this register; null where never."""
        return self._ask("heard", "any")

    def _ask(self, what: str, measure: str, window: Window = EVER, of: str = "") -> ir.Value:
        ask = Ask(self.register, what, measure, window, of)
        self.asked[ask] = None
        return self.table[ask.column] if ask.column in self.table.columns else ask.none
