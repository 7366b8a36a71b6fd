"""The books of one thing as a block of whole numbers, and what is asked of them as of any day from the night's on.

A block holds for each fold the days of its events in order and, for each measure, the sum up to each of them: a window is
one subtraction, however much there is. Sums are additive, so what came in since the night is added to what is told.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from features.errors import Damaged
from features.folds.things import thing_column
from features.snapshots.books import Ask
from features.snapshots.things import OWN

FOLDS = ("claims", "payouts", "claim_decisions")  # in the order of a block
FIRST_WRITTEN = "first_written"  # beside them, of persons: claims and their cents by the day they were first known
Block: TypeAlias = "memoryview"
Added: TypeAlias = Sequence[tuple[int, Mapping[str, int]]]  # the day (its ordinal) and the measures of each claim since
Answer: TypeAlias = "int | date | None"
HEAD = 1


@dataclass(frozen=True)
class Layout:
    """What a block of one kind holds: the measures of each fold, in order."""

    kind: str
    folds: Mapping[str, tuple[str, ...]]

    @property
    def thing(self) -> str:
        """The column of a claim with the thing of this kind."""
        return OWN if self.kind == "claim" else thing_column(self.kind)


@dataclass(frozen=True)
class Question:
    """An ask, and where it is answered: the place of its fold in the block and of its measure in the fold."""

    ask: Ask
    fold: str
    at: int
    measure: int


@dataclass(frozen=True)
class KindBooks:
    """All that is asked of the books of one kind of thing."""

    layout: Layout
    questions: tuple[Question, ...]
    known: frozenset[str] = field(default_factory=frozenset)  # the folds whose registers are there

    def answers(self, thing: str | None, block: Block | None, day: int, since: Added) -> list[Answer]:
        """An answer for each of `questions` as of `day` (its ordinal). `since`: the claims that name the thing since the night.

        None where the claim names no such thing or the register is not there, as in a snapshot.
        """
        if thing is None:
            return [None] * len(self.questions)
        starts = _starts(block, self.layout) if block is not None else None
        return [
            None if q.fold not in self.known else _answer(q, block, starts, day, since if q.fold == "claims" else ())
            for q in self.questions
        ]


def layouts(asks: Iterable[Ask]) -> dict[str, Layout]:
    """By kind what its blocks must hold for all of `asks`; of persons also what was first written."""
    measures: dict[str, dict[str, dict[str, None]]] = {}
    for ask in asks:
        kind, _, fold = ask.register.partition(".")
        measures.setdefault(kind, {}).setdefault(fold, {})[ask.measure] = None
    if "person" in measures:
        measures["person"][FIRST_WRITTEN] = {"claims": None, "amount": None}
    order = (*FOLDS, FIRST_WRITTEN)
    return {kind: Layout(kind, {f: tuple(folds[f]) for f in order if f in folds}) for kind, folds in measures.items()}


def kind_books(asks: Iterable[Ask], known: Iterable[str]) -> dict[str, KindBooks]:
    """By kind its questions. Damaged where something is asked that a block cannot answer. `known`: the folds there are."""
    whole, by_kind = list(asks), layouts(list(asks))
    questions: dict[str, list[Question]] = {}
    for ask in whole:
        kind, _, fold = ask.register.partition(".")
        if ask.what not in ("sum", "first", "last") or ask.of or not _of_days(ask):
            raise Damaged(
                f"the books kept for online scores cannot answer {ask.column}",
                expected="sums, first and last days, over days or over all time",
                do="teach features/online/books.py to answer it",
            )
        folds = by_kind[kind].folds
        questions.setdefault(kind, []).append(
            Question(ask, fold, list(folds).index(fold), folds[fold].index(ask.measure))
        )
    return {kind: KindBooks(by_kind[kind], tuple(own), frozenset(known)) for kind, own in questions.items()}


def _of_days(ask: Ask) -> bool:
    window = ask.window
    return not (window.due or window.skip or window.months is not None)


def _starts(block: Block, layout: Layout) -> list[int]:
    """Where each fold begins in a block, and the end."""
    starts, at = [], 0
    for measures in layout.folds.values():
        starts.append(at)
        at += HEAD + block[at] * (1 + len(measures))
    return starts


def _answer(question: Question, block: Block | None, starts: list[int] | None, day: int, since: Added) -> Answer:
    ask = question.ask
    first = day - ask.window.days + 1 if ask.window.days is not None else None
    if ask.what == "sum":
        if ask.window.after:
            return 0 if block is None else _after(ask)
        told = 0 if block is None or starts is None else _sum(block, starts[question.at], question.measure, first, day)
        for on, measures in since:
            if first is None or first <= on <= day:
                told += measures.get(ask.measure, 0)
        return told
    if block is None or starts is None:
        return None
    found = _day(block, starts[question.at], question.measure, first, day, last=ask.what == "last")
    return None if found is None else date.fromordinal(found)


def _after(ask: Ask) -> int:
    raise Damaged(f"{ask.column} is asked of a claim that is known already", do="tell it from the night's facts")


def _sum(block: Block, at: int, measure: int, first: int | None, day: int) -> int:
    count = block[at]
    if not count:
        return 0
    begin = at + HEAD
    sums = begin + count * (1 + measure)
    if first is None:
        return block[sums + count - 1]
    low, high = bisect_left(block, first, begin, begin + count), bisect_right(block, day, begin, begin + count)
    upto = block[sums + high - begin - 1] if high > begin else 0
    return upto - (block[sums + low - begin - 1] if low > begin else 0)


def _day(block: Block, at: int, measure: int, first: int | None, day: int, last: bool) -> int | None:
    """The first (or last) day of the window on which there was any of the measure."""
    count, begin = block[at], at + HEAD
    sums = begin + count * (1 + measure)
    low = 0 if first is None else bisect_left(block, first, begin, begin + count) - begin
    high = count if first is None else bisect_right(block, day, begin, begin + count) - begin
    places = range(high - 1, low - 1, -1) if last else range(low, high)
    for place in places:
        if block[sums + place] - (block[sums + place - 1] if place else 0) > 0:
            return block[begin + place]
    return None


def sum_before(block: Block | None, layout: Layout, fold: str, measure: str, day: int) -> int:
    """The measure added up over the events before `day`; 0 where there is no block."""
    if block is None:
        return 0
    at = _starts(block, layout)[list(layout.folds).index(fold)]
    low = bisect_left(block, day, at + HEAD, at + HEAD + block[at])
    own = layout.folds[fold].index(measure)
    return 0 if low == at + HEAD else block[at + HEAD + block[at] * (1 + own) + low - at - HEAD - 1]
