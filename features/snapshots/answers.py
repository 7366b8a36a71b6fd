"""What was asked of a register's books, answered from its cells."""

from __future__ import annotations

import math
from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from features.known import EMPLOYER, total
from features.snapshots.books import WHOLE, Ask
from features.snapshots.windows import with_ages

PARTS = 2**20  # shares are fitted in whole parts of this, so that no order of rows changes a slope
MONTHS_OF_A_TREND = 3  # through two points there is always a line


def answer(
    cells_by_then: ir.Table, asked: ir.Table, asks: list[Ask], monthly: bool, key: Sequence[str] = EMPLOYER
) -> ir.Table:
    """One row a `key` and day with a column for each of `asks`, from cells already cut at the day.

    `asked` has the days and where windows begin, by day or by day and key.
    """
    measures = sorted({measure for ask in asks for measure in ask.measures})
    panel = cells_by_then.group_by(["as_of", *key, "event"]).agg(
        heard=cells_by_then.learned_on.max(), **{m: total(cells_by_then[m]) for m in measures}
    )
    panel = panel.join(asked, [name for name in ("as_of", *key) if name in asked.columns])
    panel = with_ages(panel) if monthly else panel
    return panel.group_by(["as_of", *key]).agg(**{ask.column: _column(panel, ask, monthly) for ask in asks})


def _column(panel: ir.Table, ask: Ask, monthly: bool) -> ir.Value:
    if ask.what == "heard":
        return panel.heard.max()
    measure = panel[ask.measure]
    if ask.what == "fading":
        return _fading(panel, measure, ask.window.months or 1)
    if ask.of and ask.what in ("most", "slope"):
        share = measure.cast("float64") / panel[ask.of].cast("float64").nullif(0)
        inside = ask.window.holds(panel, monthly) & (panel[ask.of] > 0)
        return share.max(where=inside) if ask.what == "most" else _slope(share, -ask.window.age(panel), inside)
    return _counted(panel, ask, measure, ask.window.holds(panel, monthly))


def _counted(panel: ir.Table, ask: Ask, measure: ir.Value, inside: ir.Value) -> ir.Value:
    match ask.what:
        case "sum":
            return total(measure, where=inside)
        case "events":
            return total(ibis.ifelse(measure > 0, 1, 0), where=inside)
        case "most":
            return measure.max(where=inside)
        case "first":
            return panel.event.min(where=inside & (measure > 0))
        case "last":
            return panel.event.max(where=measure > 0)
        case "oldest":
            return _age(panel, ask).max(where=inside & (measure > 0))
        case "newest":
            return _age(panel, ask).min(where=inside & (measure > 0))
        case "clear":
            return _age(panel, ask).min(where=inside & (measure <= 0) & (panel[ask.of] > 0))
    raise ValueError(f"unknown question {ask.what!r}")


def _age(panel: ir.Table, ask: Ask) -> ir.Value:
    return ibis.greatest(ask.window.age(panel), 0)  # a month that has not ended is as new as the newest that has


def _fading(panel: ir.Table, measure: ir.Value, days: int) -> ir.Value:
    age = panel.as_of.delta(panel.event, unit="day")
    weight = (age * (-math.log(2) / float(days))).exp()
    return total(measure * (weight * WHOLE).round().cast("int64"))


def _slope(share: ir.Value, time: ir.Value, inside: ir.Value) -> ir.Value:
    """Least squares in whole numbers: their sums are exact, so a flat line has a slope of exactly 0."""
    parts = (share * PARTS).round().cast("int64")
    n, x, y = total(ibis.ifelse(inside, 1, 0)), total(time, where=inside), total(parts, where=inside)
    xy, xx = total(time * parts, where=inside), total(time * time, where=inside)
    slope = (n * xy - x * y) / (n * xx - x * x).nullif(0) / PARTS
    return ibis.ifelse(n >= MONTHS_OF_A_TREND, slope, ibis.null("float64"))
