"""What is reckoned of a subject elsewhere and joined to its snapshot: ties, work, rings, matches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import ibis
import ibis.expr.types as ir


@dataclass(frozen=True)
class Measure:
    """One answer of the table `of`. `empty`: that of a subject with no row there.

    `registers` is what it is told from: one of each alternative, where an alternative is a tuple.
    """

    of: str
    name: str
    registers: tuple[str | tuple[str, ...], ...]
    empty: float | None = 0

    @property
    def column(self) -> str:
        return f"{self.of}.{self.name}"

    @property
    def sources(self) -> set[str]:
        """All registers that may tell it."""
        return {name for wanted in self.registers for name in _alternatives(wanted)}

    def told_by(self, there: Iterable[str]) -> bool:
        """Whether the registers `there` can tell it."""
        names = set(there)
        return all(names & set(_alternatives(wanted)) for wanted in self.registers)


def _alternatives(wanted: str | tuple[str, ...]) -> tuple[str, ...]:
    return (wanted,) if isinstance(wanted, str) else wanted


def measures(of: str, *declared: tuple[str, tuple[str | tuple[str, ...], ...], float | None]) -> dict[str, Measure]:
    """Measures of the table `of` by name, from (name, registers, empty)."""
    return {name: Measure(of, name, registers, empty) for name, registers, empty in declared}


@dataclass
class Measured:
    """The measures of every subject as of the day; `asked` notes those that were asked for."""

    table: ir.Table
    asked: dict[str, None] = field(default_factory=dict)
    MEASURES: ClassVar[Mapping[str, Measure]] = {}

    def value(self, name: str) -> ir.Value:
        """The measure called `name`; null where no register that tells it is there."""
        measure = self.MEASURES[name]
        self.asked[name] = None
        return self.table[measure.column] if measure.column in self.table.columns else ibis.null("float64")


def with_measures(
    table: ir.Table, found: ir.Table | None, declared: Mapping[str, Measure], key: Sequence[str]
) -> ir.Table:
    """`table` with a column for each measure of `found`, which has a row a `key`; who has no row gets the empty values."""
    if found is None:
        return table
    columns = [measure.column for measure in declared.values() if measure.column in found.columns]
    table = table.left_join(found.select(*key, *columns), list(key)).drop(*[f"{name}_right" for name in key])
    empty = {m.column: m.empty for m in declared.values() if m.column in columns and m.empty is not None}
    return table.mutate(**{column: table[column].fill_null(value) for column, value in empty.items()})
