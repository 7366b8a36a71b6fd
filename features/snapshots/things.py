"""What a feature may ask about the claims that share a thing with the claim: its person, account, phone, ..."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from features.folds import CLAIM_FOLDS
from features.folds.things import CLAIM, KINDS, thing_column
from features.known import known_by
from features.snapshots.answers import answer
from features.snapshots.books import Ask, Books
from features.snapshots.days import days_table

OWN = "claim_id"  # the thing of the kind CLAIM


@dataclass
class Shared:
    """The books of the thing of one kind that the claim names: of all claims that name it, this one among them.

    Every answer is null where the claim names none, and where the register is not there.
    """

    kind: str
    table: ir.Table
    claims: Books = field(init=False)
    payouts: Books = field(init=False)
    decisions: Books = field(init=False)

    def __post_init__(self) -> None:
        self.claims, self.payouts, self.decisions = (
            Books(books_name(self.kind, fold), self.table) for fold in ("claims", "payouts", "claim_decisions")
        )

    @property
    def books(self) -> tuple[Books, ...]:
        return (self.claims, self.payouts, self.decisions)


def books_name(kind: str, fold: str) -> str:
    """What the books of things of a kind are called in the columns of answers."""
    return f"{kind}.{fold}"


def facades(table: ir.Table) -> tuple[dict[str, Shared], Shared]:
    """`of_person`, `of_account`, ... and the books of the claim itself."""
    return {f"of_{kind}": Shared(kind, table) for kind in KINDS}, Shared(CLAIM, table)


def with_answers(
    table: ir.Table, asked: ir.Table, cells: Mapping[str, ir.Table], asks: Sequence[Ask], days: Sequence[dt.date]
) -> ir.Table:
    """`table` of the claims `asked` about with a column for each of `asks`; null where the claim names no such thing or the fold is not there."""
    for kind in (*KINDS, CLAIM):
        for fold in CLAIM_FOLDS:
            own = [ask for ask in asks if ask.register == books_name(kind, fold)]
            if own and fold in cells:
                table = _with_answers(table, asked, kind, cells[fold], own, days)
            else:
                table = table.mutate(**{ask.column: ask.unknown for ask in own})
    return table


def _with_answers(
    table: ir.Table, claims: ir.Table, kind: str, cells: ir.Table, asks: list[Ask], days: Sequence[dt.date]
) -> ir.Table:
    thing = OWN if kind == CLAIM else thing_column(kind)
    starts = sorted({ask.window.after for ask in asks} - {""})
    named = claims.filter(claims[thing].notnull())
    asked = named.select("as_of", thing=named[thing], **{day: _day(named, day) for day in starts}).distinct()
    of_kind = cells.filter(cells.kind == kind)
    by_then = known_by(of_kind, asked.select("as_of", "thing"), ["thing"])
    windows = asked if starts else days_table(days)
    answers = answer(by_then, windows, asks, False, ["thing"]).rename({thing: "thing"})
    table = table.left_join(answers, ["as_of", thing]).drop("as_of_right", f"{thing}_right")
    filled = {
        ask.column: ibis.ifelse(table[thing].isnull(), ask.unknown, table[ask.column].fill_null(0))
        for ask in asks
        if ask.empty is not None
    }
    return table.mutate(**filled)


def _day(table: ir.Table, column: str) -> ir.Value:
    return table[column] if column in table.columns else ibis.null("date")
