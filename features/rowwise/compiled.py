"""An expression as a function of the rows it is told of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir

from features.rowwise.needed import Needed
from features.rowwise.source import Source
from features.rowwise.tables import Tables

Row = tuple[Any, ...]


class Rowwise:
    """`expression` over unbound tables (`ibis.table`), ready to be run on their rows."""

    def __init__(self, expression: ir.Table) -> None:
        """Damaged where the expression uses an operation that is not known here."""
        operation, source = expression.op(), Source()
        written = Tables(source, Needed(operation)).write(operation)
        self.columns = tuple(expression.columns)
        places = [written.places[name][0] for name in self.columns]
        straight = places == list(range(len(written.places)))
        row = "".join(f"r[{place}], " for place in places)
        self._run = source.function("given", written.name if straight else f"[({row}) for r in {written.name}]")

    def rows(self, given: Mapping[str, Sequence[Row]]) -> list[Row]:
        """The rows, in the order of `columns`; `given`: by name of the unbound table its rows, in the order of its schema.

        Values are Python's own: int, float, str, bool, datetime.date; None is null.
        """
        made: list[Row] = self._run(given)
        return made
