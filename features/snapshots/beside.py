"""What is told of claims beside their own books: tables made apart, keyed by as_of and claim_id.

`matches`: other claims that are likely the same person's; `work`: the person's payroll and contributions; `rings`: who
shares what with whom. A table's columns are called `<name>.*`. One that is not there leaves its answers null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ibis
import ibis.expr.types as ir

from features.engine import Engine
from features.lake.lake import Lake


@dataclass
class Beside:
    """The table called `name`; `asked` notes the columns that were asked for."""

    name: str
    table: ir.Table
    asked: dict[str, None] = field(default_factory=dict)

    def value(self, column: str) -> ir.Value:
        """The column `<name>.<column>`; null where nobody told it."""
        self.asked[column] = None
        whole = f"{self.name}.{column}"
        return self.table[whole] if whole in self.table.columns else ibis.null("float64")


@dataclass(frozen=True)
class Taking:
    """What such a table may be made from. `folded`: the files of each fold; `matches`: of same-person pairs, or None.

    `claims` are the claims asked about as of their days: as_of, claim_id, `claim.*` and `thing.*` columns, in memory.
    """

    lake: Lake
    engine: Engine
    version: int
    folded: Mapping[str, Sequence[Path]]
    matches: Path | None
    claims: ir.Table


NAMES = ("matches", "work", "rings")  # made apart; others and peers are made with the snapshot


def with_beside(table: ir.Table, beside: Mapping[str, ir.Table]) -> ir.Table:
    """`table` of claims with the columns of each table of `beside`."""
    for told in beside.values():
        table = table.left_join(told, ["as_of", "claim_id"]).drop("as_of_right", "claim_id_right")
    return table
