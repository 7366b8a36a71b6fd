"""What a register is: columns with types, sentences in two languages, and rules. Pure data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """How a column is written in a file and kept in the lake."""

    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    MONTH = "month"  # a date, always the first day of its month
    TIMESTAMP = "timestamp"
    MONEY = "money"  # main unit of the currency, rounded to cents: DECIMAL(18, 2)
    COUNT = "count"  # a whole number
    CHANCE = "chance"  # a probability above 0 and at most 1: DOUBLE


@dataclass(frozen=True)
class Text:
    """A sentence in every language of the pages."""

    en: str
    zh: str


@dataclass(frozen=True)
class Column:
    """One column. `learned_on` names the date column before which the value counts as unknown.

    `days` names the range in `plausible.toml` that a date must lie in; '' for one that is kept whatever it says.
    """

    name: str
    type: Type
    sentence: Text
    required: bool = False
    choices: tuple[str, ...] = ()
    at_least: int | None = None
    not_before: str | None = None
    learned_on: str | None = None
    days: str = ""


@dataclass(frozen=True)
class Register:
    """A table an authority keeps. `key` with `known_on` is unique; a key known again later is a correction.

    `natural` names the column whose date fills a missing `known_on` (the last day of it for a month);
    `None` means that the row counts as always known. `partition` names the month column the lake is
    split by.
    """

    name: str
    sentence: Text
    key: tuple[str, ...]
    natural: str | None
    columns: tuple[Column, ...]
    partition: str | None = None

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError names the register where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"register {self.name} has no column {name}")

    @property
    def learned_later(self) -> tuple[str, ...]:
        """Columns whose value may be filled in after the row was known, and the dates they were learned on."""
        later = [column for column in self.columns if column.learned_on]
        named = {column.name for column in later} | {column.learned_on for column in later}
        return tuple(name for name in self.names if name in named)

    @property
    def learning_days(self) -> tuple[str, ...]:
        """The date columns that say when something of a row was learned after it."""
        days = {column.learned_on for column in self.columns if column.learned_on}
        return tuple(name for name in self.names if name in days)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in the declared order."""
        return tuple(column.name for column in self.columns)


def text(name: str, en: str, zh: str, *, required: bool = False, learned_on: str | None = None) -> Column:
    return Column(name, Type.TEXT, Text(en, zh), required, learned_on=learned_on)


def choice(
    name: str, choices: str, en: str, zh: str, *, required: bool = False, learned_on: str | None = None
) -> Column:
    return Column(name, Type.CHOICE, Text(en, zh), required, tuple(choices.split()), learned_on=learned_on)


def date(
    name: str,
    en: str,
    zh: str,
    *,
    required: bool = False,
    not_before: str | None = None,
    learned_on: str | None = None,
    days: str = "happened",
) -> Column:
    return Column(name, Type.DATE, Text(en, zh), required, not_before=not_before, learned_on=learned_on, days=days)


def month(name: str, en: str, zh: str, *, required: bool = False, days: str = "happened") -> Column:
    return Column(name, Type.MONTH, Text(en, zh), required, days=days)


def timestamp(name: str, en: str, zh: str, *, required: bool = False) -> Column:
    return Column(name, Type.TIMESTAMP, Text(en, zh), required, days="happened")


def money(name: str, en: str, zh: str, *, required: bool = False, learned_on: str | None = None) -> Column:
    return Column(name, Type.MONEY, Text(en, zh), required, at_least=0, learned_on=learned_on)


def count(name: str, at_least: int, en: str, zh: str, *, learned_on: str | None = None) -> Column:
    return Column(name, Type.COUNT, Text(en, zh), at_least=at_least, learned_on=learned_on)


def chance(name: str, en: str, zh: str) -> Column:
    return Column(name, Type.CHANCE, Text(en, zh))


def known_on(en: str, zh: str, *, not_before: str | None = None, days: str = "happened") -> Column:
    """`not_before` names the day of an event, which nobody can know of before it happens."""
    return Column(
        "known_on",
        Type.DATE,
        Text(
            f"First day the authority could see the row; if missing: {en}", f"主管机关最早可见该行的日期；缺失时取{zh}"
        ),
        not_before=not_before,
        days=days,
    )
