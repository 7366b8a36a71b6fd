"""A snapshot as one table expression: subjects, what their books say as of the day, and the features over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import ibis
import ibis.expr.types as ir

from features.employers import EMPLOYER_FEATURES
from features.engine import Engine
from features.feature import Feature
from features.folds import FOLDS
from features.known import known_by
from features.snapshots.answers import answer
from features.snapshots.books import Ask, Books
from features.snapshots.others import SIZE_FEATURE, Others, size_band
from features.snapshots.subjects import Employer, employers_known_by
from features.ties.measures import Ties, with_ties

DESCRIPTIONS = ("name", "industry", "region", "ownership", "closed_on")


def employer_snapshot(
    engine: Engine,
    employers: ir.Table,
    cells: Mapping[str, ir.Table],
    days: ir.Table,
    features: Iterable[Feature],
    ties: ir.Table | None = None,
) -> ir.Table:
    """Rows (as_of, employer_id), columns the descriptions, size_band and one float64 for each of `features`; for `engine`.

    `cells` holds the folds of the registers that the deployment has. A feature whose folds are all absent
    is null for everybody. `ties` (as_of, employer_id, `ties.*`) are those of the same days; None where there are none.
    """
    wanted = list(features)
    tables = {"employers": employers, "days": days, **({} if ties is None else {"ties": ties}), **named("cells", cells)}
    question = (employer_snapshot, *((feature.name, feature.expression) for feature in wanted))
    return engine.again(question, tables, lambda: _snapshot(employers, cells, days, wanted, ties))


def named(kind: str, tables: Mapping[str, ir.Table]) -> dict[str, ir.Table]:
    """`tables` by the names that they have among tables of other kinds."""
    return {f"{kind}.{name}": table for name, table in tables.items()}


def _snapshot(
    employers: ir.Table, cells: Mapping[str, ir.Table], days: ir.Table, wanted: list[Feature], ties: ir.Table | None
) -> ir.Table:
    first = _with_bases(wanted)
    subjects = employers_known_by(employers, days)
    table = with_ties(_with_answers(subjects, cells, days, _asks(first, subjects)), ties)
    table = table.mutate(**{f.name: _value(f, table, cells) for f in first})
    table = _described(table)
    compared = {f.name: _value(f, table, cells) for f in wanted if f.among_others}
    table = table.mutate(**compared)
    return table.select("as_of", "employer_id", *DESCRIPTIONS, "size_band", *[f.name for f in wanted])


def present(feature: Feature, folds: Iterable[str]) -> bool:
    """Whether any of the folds that the feature's facts come from is among `folds`."""
    if feature.among_others:
        asked = Others(ibis.table({"as_of": "date"}))
        feature.expression(others=asked)
        return any(present(EMPLOYER_FEATURES[name], folds) for name in asked.asked if name != SIZE_FEATURE)
    books = [need for need in feature.needs if need in FOLDS]
    return not books or "employer" in feature.needs or any(need in folds for need in books)


def _with_bases(wanted: list[Feature]) -> list[Feature]:
    """The features of the first stage: those wanted, and those that comparisons among others rest on."""
    names = {f.name: None for f in wanted if not f.among_others}
    others = Others(ibis.table({"as_of": "date"}))
    for feature in wanted:
        if feature.among_others:
            feature.expression(others=others)
    names |= others.asked
    return [EMPLOYER_FEATURES[name] for name in names]


def _asks(features: list[Feature], subjects: ir.Table) -> list[Ask]:
    books = {name: Books(name, ibis.table({"as_of": "date"})) for name in FOLDS}
    for feature in features:
        _call(feature, {**books, "employer": Employer(subjects), "ties": Ties(subjects)})
    return [ask for book in books.values() for ask in book.asked]


def _call(feature: Feature, facades: Mapping[str, Any]) -> ir.Value:
    return feature.expression(**{need: facades[need] for need in feature.needs})


def _with_answers(subjects: ir.Table, cells: Mapping[str, ir.Table], days: ir.Table, asks: list[Ask]) -> ir.Table:
    table = subjects
    for name, fold in FOLDS.items():
        own = [ask for ask in asks if ask.register == name]
        if not own:
            continue
        if name not in cells:
            table = table.mutate(**{ask.column: ask.none for ask in own})
            continue
        answers = answer(known_by(cells[name], days.select("as_of")), days, own, fold.monthly)
        table = table.left_join(answers, ["as_of", "employer_id"]).drop("as_of_right", "employer_id_right")
        table = table.mutate(**{a.column: table[a.column].fill_null(a.empty) for a in own if a.empty is not None})
    return table


def _value(feature: Feature, table: ir.Table, cells: Mapping[str, ir.Table]) -> ir.Value:
    if not present(feature, cells):
        return ibis.null("float64")
    facades: dict[str, Any] = {name: Books(name, table) for name in FOLDS}
    facades |= {"employer": Employer(table), "others": Others(table), "ties": Ties(table)}
    return _call(feature, facades).cast("float64")


def _described(table: ir.Table) -> ir.Table:
    table = table.mutate(**{name: table[f"employer.{name}"] for name in DESCRIPTIONS})
    return table.mutate(size_band=size_band(table[SIZE_FEATURE]))
