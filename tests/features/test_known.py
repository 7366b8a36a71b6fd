"""Rows become dated entries, and a correction takes back what it replaces."""

import datetime as dt

import ibis
import pyarrow as pa

from features.known import books, cents, entries, flag, known_by, standing

JUNE = {day: dt.date(2024, 6, day) for day in range(1, 31)}


def complaints(*found):
    """Rows (key, filed, known, decided, amount) of one employer; days of June 2024."""
    names = ("key", "filed_on", "known_on", "decided_on", "amount")
    return ibis.memtable(
        pa.table({
            "employer_id": pa.array(["a"] * len(found), pa.string()),
            **{name: pa.array([row[at] if at in (0, 4) else JUNE.get(row[at]) for row in found], type_)
               for at, (name, type_) in enumerate(zip(names, [pa.string(), *[pa.date32()] * 3, pa.int64()], strict=True))},
        })
    )  # fmt: skip


def news(rows, learned):
    """(day learned, amount) of every entry, sorted."""
    rows = standing(rows, ["key"])
    taken = entries(rows, event="filed_on", learned=learned(rows), measures={"amount": rows.amount})
    return sorted((row["learned_on"].day, row["amount"]) for row in taken.to_pyarrow().to_pylist())


def filed(rows):
    return rows.known_on


def decided(rows):
    return ibis.greatest(rows.known_on, rows.decided_on)


def test_a_row_enters_the_books_on_the_day_it_is_known():
    assert news(complaints(("1", 1, 3, None, 5)), filed) == [(3, 5)]


def test_a_correction_takes_back_what_it_replaces_on_its_day():
    rows = complaints(("1", 1, 3, None, 5), ("1", 1, 7, None, 8), ("2", 1, 4, None, 1))
    assert news(rows, filed) == [(3, 5), (4, 1), (7, -5), (7, 8)]


def test_news_that_would_come_after_the_correction_never_comes():
    rows = complaints(("1", 1, 3, 9, 5), ("1", 1, 7, 8, 6))
    assert news(rows, decided) == [(8, 6)]


def test_news_on_the_day_of_the_correction_is_the_correction_s():
    rows = complaints(("1", 1, 3, 7, 5), ("1", 1, 7, 7, 6))
    assert news(rows, decided) == [(7, 6)]


def test_rows_without_news_bring_none():
    rows = complaints(("1", 1, 3, None, 5))
    assert news(rows, lambda rows: rows.decided_on) == []


def test_the_day_holds_what_was_learned_on_it_and_nothing_later():
    rows = standing(complaints(("1", 1, 3, None, 5), ("1", 1, 7, None, 8)), ["key"])
    cells = books(entries(rows, event="filed_on", learned=rows.known_on, measures={"amount": rows.amount}))
    days = ibis.memtable(pa.table({"as_of": pa.array([JUNE[2], JUNE[3], JUNE[6], JUNE[7]], pa.date32())}))
    taken = known_by(cells, days).group_by("as_of").agg(amount=ibis._.amount.sum()).to_pyarrow().to_pylist()
    assert {row["as_of"].day: row["amount"] for row in taken} == {3: 5, 6: 5, 7: 8}


def test_books_hold_every_kind_s_measures_and_none_is_nothing():
    rows = standing(complaints(("1", 1, 3, 4, 5)), ["key"])
    one = entries(rows, event="filed_on", learned=rows.known_on, measures={"amount": rows.amount})
    other = entries(rows, event="filed_on", learned=rows.decided_on, measures={"decided": flag(rows.amount > 0)})
    taken = sorted(books(one, other).to_pyarrow().to_pylist(), key=lambda row: row["learned_on"])
    assert [(row["learned_on"].day, row["amount"], row["decided"]) for row in taken] == [(3, 5, 0), (4, 0, 1)]


def test_amounts_are_whole_cents_and_unknown_conditions_do_not_hold():
    con = ibis.duckdb.connect()
    assert con.execute(cents(ibis.literal("1234.56").cast("decimal(18, 2)"))) == 123456
    assert con.execute(cents(ibis.null("decimal(18, 2)"))) == 0
    assert [con.execute(flag(value)) for value in (ibis.literal(True), ibis.literal(False), ibis.null("boolean"))] == [
        1,
        0,
        0,
    ]
