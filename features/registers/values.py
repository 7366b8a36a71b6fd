"""From what a file says to what the lake keeps, as table expressions: one reading a type.

Each reading is null where the cell cannot be read; whether that is a fault is for the rules to say.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from features.registers.declaration import Column, Register, Type

SPACES = " \t\n\r\v\f\u00a0\u3000\ufeff"  # what spreadsheets leave around a value, Chinese ones too
MONEY = "decimal(18, 2)"
BLANK = " "
FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
ALWAYS_KNOWN = date(1900, 1, 1)
WHOLE_NUMBER = r"^[+-]?[0-9]+(\.0*)?$"  # 3.0 too: spreadsheets with empty cells write it
ISO_TIMESTAMP = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?)?$"


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def trim(text: str, characters: str) -> str:
    """The engine's own trim, which takes the characters to remove."""
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="trim")  # type: ignore[untyped-decorator]
def trim_blanks(text: str) -> str:
    """The engine's own trim of blanks, three times as fast."""
    raise NotImplementedError


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def last_day(day: date) -> date:
    """The engine's own last day of a month."""
    raise NotImplementedError


def given(cell: ir.Value, spaces: str = SPACES) -> ir.Value:
    """What the file says in a cell: without `spaces` around it, and null where nothing is left."""
    if not cell.type().is_string():
        return cell
    return (trim_blanks(cell) if spaces == BLANK else trim(cell, spaces)).nullif("")


def value(column: Column, cell: ir.Value) -> ir.Value:
    """A given cell as the type the lake keeps it in; null where it cannot be read so."""
    return READINGS[column.type](cell)


def known_on(register: Register, values: ir.Table) -> ir.Value:
    """The day the row was known: as given, else its natural date, else always."""
    return ibis.coalesce(values["known_on"], _natural(register, values), ibis.literal(ALWAYS_KNOWN))


def _natural(register: Register, values: ir.Table) -> ir.Value:
    if register.natural is None:
        return ibis.null("date")
    day = values[register.natural]
    match register.column(register.natural).type:
        case Type.MONTH:
            return last_day(day)
        case Type.TIMESTAMP:
            return day.date()
        case _:
            return day


def _text(cell: ir.Value) -> ir.Value:
    if cell.type().is_string():
        return cell
    if cell.type().is_floating():  # an identifier read as a number: 12.0 was 12
        return (cell == cell.floor()).ifelse(cell.try_cast("int64").cast("string"), cell.cast("string"))
    return cell.cast("string")


def _date(cell: ir.Value) -> ir.Value:
    kind = cell.type()
    if kind.is_string():
        day = cell.try_cast("date")
        return ((day.cast("string") == cell) & _in_range(day)).ifelse(day, ibis.null("date"))
    if kind.is_date():
        return _in_range(cell).ifelse(cell, ibis.null("date"))
    if kind.is_timestamp():
        return (cell == cell.truncate("D")).ifelse(_date(cell.date()), ibis.null("date"))
    return ibis.null("date")


def _in_range(day: ir.DateValue) -> ir.BooleanValue:
    """Whether the day is one of the four-digit years: engines know others, even infinity."""
    return day.between(FIRST_DAY, LAST_DAY)


def _timestamp(cell: ir.Value) -> ir.Value:
    kind = cell.type()
    if kind.is_string():
        moment = cell.try_cast("timestamp(6)")
        return cell.re_search(ISO_TIMESTAMP).ifelse(moment, ibis.null("timestamp(6)"))
    if kind.is_timestamp() or kind.is_date():
        return (
            _date(cell.date() if kind.is_timestamp() else cell)
            .notnull()
            .ifelse(cell.cast("timestamp(6)"), ibis.null("timestamp(6)"))
        )
    return ibis.null("timestamp(6)")


def _money(cell: ir.Value) -> ir.Value:
    if cell.type().is_floating():  # through its shortest text: 1.005 is 1.01 here as it is in a CSV
        return cell.cast("string").try_cast(MONEY)
    if cell.type().is_string():  # the engine would take 1_000 for 1000
        return cell.contains("_").ifelse(ibis.null(MONEY), cell.try_cast(MONEY))
    if cell.type().is_numeric():
        return cell.try_cast(MONEY)
    return ibis.null(MONEY)


def _count(cell: ir.Value) -> ir.Value:
    kind = cell.type()
    if kind.is_string():
        return (
            cell.re_search(WHOLE_NUMBER)
            .ifelse(cell.try_cast("decimal(38, 1)"), ibis.null("decimal(38, 1)"))
            .try_cast("int64")
        )
    if kind.is_integer():
        return cell.try_cast("int64")
    if kind.is_numeric():
        return (cell == cell.floor()).ifelse(cell.try_cast("int64"), ibis.null("int64"))
    return ibis.null("int64")


def _chance(cell: ir.Value) -> ir.Value:
    number = cell.try_cast("float64") if cell.type().is_string() or cell.type().is_numeric() else ibis.null("float64")
    read = (number > 0) & (number <= 1)
    if cell.type().is_string():  # the engine would take 0_5 for 5
        read = read & ~cell.contains("_")
    return read.ifelse(number, ibis.null("float64"))


READINGS = {
    Type.TEXT: _text,
    Type.CHOICE: _text,
    Type.DATE: _date,
    Type.MONTH: _date,
    Type.TIMESTAMP: _timestamp,
    Type.MONEY: _money,
    Type.COUNT: _count,
    Type.CHANCE: _chance,
}
