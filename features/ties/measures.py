"""What a feature may ask of an employer's ties, and the registers that each answer comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

TIES = ("employer_ties", "payroll")  # what may tell that two employers are tied
PROOFS = ("complaints", "inspections")  # what may tell that arrears were proven


@dataclass(frozen=True)
class Measure:
    """One answer. `empty`: that of an employer without ties."""

    name: str
    registers: tuple[str, ...]
    empty: float | None = 0

    @property
    def column(self) -> str:
        return f"ties.{self.name}"

    def told_by(self, there: Iterable[str]) -> bool:
        """Whether the registers `there` can tell it: any of its ties, and any of its proofs if it wants some."""
        names = set(there)
        wanted = [set(kind) & set(self.registers) for kind in (TIES, PROOFS)]
        return all(names & kind for kind in wanted if kind)


_MEASURES = (
    Measure("sharing_person", ("employer_ties",)),
    Measure("sharing_contact", ("employer_ties",)),
    Measure("sharing_account", ("employer_ties",)),
    Measure("linked", TIES),
    Measure("closed", (*TIES, "employers")),
    Measure("closed_unpaid", (*TIES, *PROOFS, "employers")),
    Measure("proven", (*TIES, *PROOFS)),
    Measure("proven_fading", (*TIES, *PROOFS)),
    Measure("days_since_proven", (*TIES, *PROOFS), empty=None),
    Measure("steps_to_proven", (*TIES, *PROOFS), empty=None),
    Measure("nearness_to_proven", (*TIES, *PROOFS)),
    Measure("came_from_proven_12m", ("payroll", *PROOFS)),
    Measure("came_from_proven_24m", ("payroll", *PROOFS)),
    Measure("came_from_closed_24m", ("payroll", "employers")),
    Measure("came_24m", ("payroll",)),
    Measure("came_from_one_24m", ("payroll",)),
)
MEASURES: dict[str, Measure] = {measure.name: measure for measure in _MEASURES}


@dataclass
class Ties:
    """The ties of every employer as of the day; `asked` notes the measures that were asked for."""

    table: ir.Table
    asked: dict[str, None] = field(default_factory=dict)

    def value(self, name: str) -> ir.Value:
        """The measure called `name`; null where no register that tells it is there."""
        measure = MEASURES[name]
        self.asked[name] = None
        return self.table[measure.column] if measure.column in self.table.columns else ibis.null("float64")


def with_ties(table: ir.Table, ties: ir.Table | None) -> ir.Table:
    """`table` (as_of, employer_id, ...) with a column for each measure of `ties`; who has no ties gets the empty value."""
    if ties is None:
        return table
    table = table.left_join(ties, ["as_of", "employer_id"]).drop("as_of_right", "employer_id_right")
    empty = {m.column: m.empty for m in MEASURES.values() if m.column in table.columns and m.empty is not None}
    return table.mutate(**{column: table[column].fill_null(value) for column, value in empty.items()})
