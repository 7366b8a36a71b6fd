"""What a feature may ask about the claims that share a thing with the claim: its person, account, phone, ..."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from features.folds.things import CLAIM, thing_column
from features.known import known_by
from features.snapshots.answers import answer
from features.snapshots.books import Ask, Books

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


def with_answers(
    table: ir.Table, asked: ir.Table, cells: Mapping[str, ir.Table], asks: Sequence[Ask], days: ir.Table
) -> ir.Table:
    """`table` of the claims `asked` about with a column for each of `asks`.

    Null where the claim names no such thing, or the fold is not there. All answers are joined in one step: one after
    the other, each would carry all columns of those before it.
    """
    by_books: dict[str, list[Ask]] = {}
    for ask in dict.fromkeys(asks):
        by_books.setdefault(ask.register, []).append(ask)
    joined, columns = table, {name: table[name] for name in table.columns}
    for place, (books, own) in enumerate(by_books.items()):
        kind, _, fold = books.partition(".")
        thing = OWN if kind == CLAIM else thing_column(kind)
        if fold not in cells:
            columns |= {ask.column: ask.unknown for ask in own}
            continue
        of_kind = cells[fold].filter(cells[fold].kind == kind)
        answers = _answered(asked, thing, of_kind, own, days)
        answers = answers.rename({f"q{place}.as_of": "as_of", f"q{place}.thing": "thing"})
        same = [table.as_of == answers[f"q{place}.as_of"], table[thing] == answers[f"q{place}.thing"]]
        joined = joined.left_join(answers, same)
        columns |= {ask.column: _filled(answers[ask.column], ask, table[thing]) for ask in own}
    return joined.select(**columns)


def _answered(claims: ir.Table, thing: str, cells: ir.Table, asks: list[Ask], days: ir.Table) -> ir.Table:
    """The answers by as_of and thing, each thing asked about once a day."""
    starts = sorted({ask.window.after for ask in asks} - {""})
    named = claims.filter(claims[thing].notnull())
    asked = named.select("as_of", thing=named[thing], **{day: named[day] for day in starts}).distinct()
    by_then = known_by(cells, asked.select("as_of", "thing"), ["thing"])
    return answer(by_then, asked if starts else days, asks, False, ["thing"])


def _filled(answer: ir.Value, ask: Ask, thing: ir.Value) -> ir.Value:
    if ask.empty is None:
        return answer
    return ibis.ifelse(thing.isnull(), ask.unknown, answer.fill_null(ask.empty))
