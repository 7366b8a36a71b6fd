"""The insured person that a claim names, as the register of persons had it on the day."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from features.folds.things import thing_column, written
from features.identity_numbers import of_today

COLUMNS = ("name", "born_on", "sex", "region", "address", "phone", "died_on", "death_known_on")
KNOWN_LATER = ("died_on", "death_known_on")


@dataclass(frozen=True)
class Insured:
    """The row of `persons` for the person named; every answer is null where there is no such register."""

    table: ir.Table

    @property
    def found(self) -> ir.Value:
        """1 where the person named is in the register, 0 where not; null where nobody is named."""
        return self.table["insured.found"]

    def column(self, name: str) -> ir.Value:
        """A column of the register; a death is null before it was known."""
        return self.table[f"insured.{name}"]


def with_insured(table: ir.Table, persons: ir.Table | None) -> ir.Table:
    """`table` of claims with `insured.*` columns, all null where there is no register of persons."""
    if persons is None:
        types = {name: "date" if name.endswith("_on") else "string" for name in COLUMNS} | {"found": "int64"}
        return table.mutate(**{f"insured.{name}": ibis.null(type_) for name, type_ in types.items()})
    person = thing_column("person")
    asked = table.select("as_of", person).distinct()
    asked = asked.filter(asked[person].notnull())
    own = persons.mutate(person=of_today(written(persons.person_id)))
    known = asked.join(own, [asked[person] == own.person, own.known_on.isnull() | (own.known_on <= asked.as_of)])
    newest = ibis.row_number().over(
        ibis.window(
            group_by=["as_of", "person"],
            order_by=[known.known_on.isnull(), ibis.desc("known_on"), "person_id"],
        )
    )
    known = known.mutate(place=newest)
    known = known.filter(known.place == 0)
    dead = known.death_known_on <= known.as_of
    columns = {
        f"insured.{name}": ibis.ifelse(dead, known[name], ibis.null("date")) if name in KNOWN_LATER else known[name]
        for name in COLUMNS
    }
    row = known.select("as_of", person, **columns)
    table = table.left_join(row.mutate(there=1), ["as_of", person])
    found = ibis.ifelse(table[person].isnull(), ibis.null("int64"), table.there.fill_null(0).cast("int64"))
    return table.mutate(**{"insured.found": found}).drop("there", "as_of_right", f"{person}_right")
