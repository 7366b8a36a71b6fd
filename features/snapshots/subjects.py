"""Whom a snapshot speaks of: every employer known by the day, as its register stood on that day."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from features.registers import REGISTERS

SUBJECT_COLUMNS = (
    "name",
    "industry",
    "region",
    "ownership",
    "registered_on",
    "registered_capital",
    "closed_on",
    "known_on",
)


@dataclass(frozen=True)
class Employer:
    """The employer's own row, as it stood on the day."""

    table: ir.Table

    @property
    def as_of(self) -> ir.Value:
        return self.table.as_of

    def column(self, name: str) -> ir.Value:
        """A column of the register; `closed_on` is null before the employer closed."""
        return self.table[f"employer.{name}"]

    def days_since(self, name: str) -> ir.Value:
        """Days from the date in column `name` to the day; null where there is none."""
        return self.as_of.delta(self.column(name), unit="day")


def employers_known_by(employers: ir.Table, days: ir.Table) -> ir.Table:
    """One row a day and employer known by it: as_of, employer_id and `employer.*` columns."""
    key = list(REGISTERS["employers"].key)
    known = employers.join(days.select("as_of"), employers.known_on <= days.as_of)
    newest = ibis.row_number().over(ibis.window(group_by=["as_of", *key], order_by=ibis.desc("known_on")))
    known = known.mutate(rank=newest)
    known = known.filter(known["rank"] == 0)
    closed = ibis.ifelse(known.closed_on <= known.as_of, known.closed_on, ibis.null("date"))
    columns = {f"employer.{name}": known[name] for name in SUBJECT_COLUMNS if name != "closed_on"}
    return known.select("as_of", "employer_id", **columns, **{"employer.closed_on": closed})
