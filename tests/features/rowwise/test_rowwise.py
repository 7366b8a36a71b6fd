"""Expressions over a few rows give what the engine gives: every operation on values, nulls among them, and every relation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest

from features.errors import Damaged
from features.rowwise.compiled import Rowwise

SCHEMA = pa.schema(
    [("id", pa.int64()), ("n", pa.int64()), ("m", pa.int64()), ("x", pa.float64()), ("s", pa.string()), ("d", pa.date32()),
     ("e", pa.date32()), ("at", pa.timestamp("us"))]
)  # fmt: skip
ROWS = [
    (1, 7, 3, 0.5, "ａb-Straße x", dt.date(2024, 2, 29), dt.date(2024, 3, 1), dt.datetime(2024, 5, 6, 17, 5)),
    (2, -7, 3, -1.5, "", dt.date(2023, 12, 31), None, dt.datetime(2020, 1, 1)),
    (3, None, 0, None, None, None, dt.date(2020, 1, 5), None),
    (4, 0, None, 2.0, "11010519491231002X", dt.date(2024, 2, 29), dt.date(2024, 2, 29), None),
    (5, 12, 12, 8.0, "12", dt.date(1999, 1, 1), dt.date(2024, 1, 1), None),
]

VALUES: dict[str, Callable[[ir.Table], ir.Value]] = {
    "sum": lambda t: t.n + t.m,
    "less": lambda t: t.n - 2 * t.m,
    "over": lambda t: t.n / t.m.nullif(0),
    "rest": lambda t: t.n % 4,
    "whole": lambda t: t.n // 4,
    "and": lambda t: (t.n > 0) & (t.m > 3),
    "or": lambda t: (t.n > 0) | (t.m > 3),
    "not": lambda t: ~(t.n > 0),
    "not equal": lambda t: t.n != t.m,
    "if": lambda t: ibis.ifelse(t.n > 0, t.m, -1),
    "cases": lambda t: ibis.cases((t.n > 5, "much"), (t.n <= 0, "none"), else_=t.s),
    "coalesce": lambda t: ibis.coalesce(t.n, t.m, 9),
    "clip": lambda t: t.n.clip(lower=0, upper=8),
    "between": lambda t: t.n.between(0, 7),
    "among": lambda t: t.s.isin(["12", "13"]),
    "known": lambda t: t.s.notnull().cast("int64"),
    "unknown": lambda t: t.s.isnull(),
    "least": lambda t: ibis.least(t.n, t.m),
    "greatest": lambda t: ibis.greatest(t.d, t.e),
    "abs": lambda t: t.n.abs(),
    "negative": lambda t: -t.n,
    "days": lambda t: t.d.delta(t.e, unit="day"),
    "later": lambda t: t.d + ibis.interval(days=3),
    "year": lambda t: t.d.year() * 100 + t.d.month() + t.d.day(),
    "hour": lambda t: t.at.hour(),
    "date": lambda t: t.at.date(),
    "a date": lambda t: t.d.delta(ibis.literal("1900-01-01").cast("date"), unit="day"),
    "part": lambda t: t.s.substr(1, 3),
    "end of a text": lambda t: t.s.substr(2),
    "code": lambda t: t.s.substr(2, 1).ascii_str(),
    "length": lambda t: t.s.length(),
    "together": lambda t: t.s + ibis.literal("|"),
    "search": lambda t: t.s.re_search("^[0-9]+X?$"),
    "translate": lambda t: t.s.translate("ａb", "a"),
    "upper": lambda t: t.s.upper().nullif(""),
    "float": lambda t: t.n.cast("float64") / 2,
    "text": lambda t: t.n.cast("string"),
}


def _apart(one: ir.Table, other: ir.Table) -> ir.Table:
    return one.join(other, [one.d == other.other, one.id != other.b])


TABLES: dict[str, Callable[[ir.Table], ir.Table]] = {
    "filter": lambda t: t.filter(t.n > 0, t.m > 0),
    "aggregate": lambda t: t.group_by("d").agg(
        total=t.n.sum(), most=t.n.max(), least=t.m.min(where=t.m > 0), mean=t.x.mean(), count=t.count(), kinds=t.m.nunique()
    ),
    "over groups": lambda t: t.group_by("d").agg(share=t.n.sum() / t.m.sum().nullif(0)),
    "left": lambda t: t.left_join(t.select(b="id", n="m").filter(ibis._.b > 2), "n").select("id", "b"),
    "inner": lambda t: _apart(t, t.select(b="id", other="d")).select("id", "b"),
    "semi": lambda t: t.semi_join(t.select(n="m"), "n"),
    "anti": lambda t: t.anti_join(t.select(n="m"), "n"),
    "union": lambda t: ibis.union(t.select(v="n"), t.select(v="m")),
    "union of distinct": lambda t: ibis.union(t.select(v="n"), t.select(v="m"), distinct=True),
    "distinct": lambda t: t.select("d").distinct(),
    "place": lambda t: t.mutate(
        place=ibis.row_number().over(ibis.window(group_by="d", order_by=[ibis.desc("n"), "id"]))
    ).select("id", "place"),
    "next": lambda t: t.mutate(
        next=t.d.lead().over(ibis.window(order_by=["d", "id"])), last=t.n.lag().over(ibis.window(order_by=["d", "id"]))
    ).select("id", "next", "last"),
    "most of the group": lambda t: t.mutate(most=t.n.max().over(ibis.window(group_by="d"))).select("id", "most"),
}  # fmt: skip


def both(engine, expression: Callable[[ir.Table], ir.Table]):
    """The rows of the engine and ours, in one order."""
    memory = ibis.memtable(pa.table(list(zip(*ROWS, strict=True)), schema=SCHEMA))
    unbound = ibis.table(ibis.Schema.from_pyarrow(SCHEMA), name="rows")
    theirs = engine.fetch(expression(memory))
    made = Rowwise(expression(unbound))
    assert list(made.columns) == theirs.column_names
    told = list(zip(*[column.to_pylist() for column in theirs.columns], strict=True))
    return sorted(told, key=repr), sorted((tuple(row) for row in made.rows({"rows": ROWS})), key=repr)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_what_the_engine_says(duckdb, name):
    theirs, ours = both(duckdb, lambda t: t.select("id", value=VALUES[name](t)))
    assert ours == theirs


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_what_the_engine_says(duckdb, name):
    theirs, ours = both(duckdb, TABLES[name])
    assert ours == theirs


def test_what_is_not_known_here_is_refused_at_the_start():
    table = ibis.table({"x": "float64"}, name="rows")
    with pytest.raises(Damaged, match="Sqrt"):
        Rowwise(table.select(y=table.x.sqrt()))


def test_columns_that_nobody_asks_for_are_not_worked_out():
    table = ibis.table({"x": "float64"}, name="rows")
    wide = table.mutate(unused=table.x.sqrt(), used=table.x + 1)
    assert Rowwise(wide.select("used")).rows({"rows": [(1.0,)]}) == [(2.0,)]
