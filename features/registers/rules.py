"""What a row must keep to, made from the declarations: a name, a sentence and an expression a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from features.registers.advice import TO_DO
from features.registers.declaration import Column, Register, Text, Type
from features.registers.plausible import PLAUSIBLE, Plausible

Cells = Mapping[str, ir.Value]
Broken = Callable[[Cells, Cells], ir.BooleanValue]

DATE_FORM = Text("{} is not a date written YYYY-MM-DD", "{}不是YYYY-MM-DD格式的日期")
UNREADABLE: dict[Type, tuple[str, Text]] = {
    Type.CHOICE: ("not_a_choice", Text("{} is not one of: {}", "{}不在可选值之内：{}")),
    Type.DATE: ("not_a_date", DATE_FORM),
    Type.MONTH: ("not_a_date", DATE_FORM),
    Type.TIMESTAMP: (
        "not_a_timestamp",
        Text("{} is not a local time written YYYY-MM-DD HH:MM:SS", "{}不是YYYY-MM-DD HH:MM:SS格式的本地时间"),
    ),
    Type.MONEY: ("not_an_amount", Text("{} is not an amount such as 1234.50", "{}不是金额（如1234.50）")),
    Type.COUNT: ("not_a_whole_number", Text("{} is not a whole number", "{}不是整数")),
    Type.CHANCE: (
        "not_a_probability",
        Text("{} is not a probability: a number above 0 and at most 1", "{}不是概率（大于0且不超过1的数）"),
    ),
}


@dataclass(frozen=True)
class Rule:
    """`broken(given, values)` is true where a row breaks the rule, else false or null.

    `given` holds each column's trimmed cell, `values` the same as read in its declared type.
    """

    name: str
    column: str
    sentence: Text
    broken: Broken

    @property
    def do(self) -> Text:
        """What whoever delivers the row can do about it."""
        kind = self.name.removeprefix(f"{self.column}_")
        return TO_DO["before" if kind.startswith("before_") else kind]


# Faults of the row as a whole, found before or after the rules of the columns.
WHOLE_ROW: dict[str, Text] = {
    "repeated_header": Text("The header line stands again among the rows", "表头在数据行中重复出现"),
    "wrong_number_of_fields": Text("The row has more or fewer fields than the header", "该行字段数与表头不一致"),
    "unterminated_quote": Text("A quoted field does not end as it should", "引号字段未正确结束"),
    "line_too_long": Text("The line is too long; its beginning is kept", "该行过长，仅保留开头部分"),
    "not_decodable": Text(
        "The line holds bytes that are no text in the file's encoding", "该行含有无法按文件编码解码的字节"
    ),
    "nul_byte": Text("The line holds a NUL byte", "该行含有空字节（NUL）"),
    "encoding_unclear": Text(
        "The line is Chinese text in UTF-8 while the file as a whole is in GB18030",
        "该行为UTF-8编码的中文，而整个文件为GB18030编码",
    ),
    "file_put_aside": Text(
        "The whole file was put aside; the ingest and `plumbline lake log` say why",
        "整个文件被单独存放，原因见导入结果和`plumbline lake log`",
    ),
    "repeated_row": Text("The same row is there already", "该行已存在，内容相同"),
    "superseded_row": Text(
        "A row with the same key and known_on says the same and more",
        "已存在键与known_on相同、内容一致且更完整的行",
    ),
    "duplicate_key": Text(
        "A row with the same key and known_on is there already and says something else",
        "已存在键与known_on相同但内容不同的行",
    ),
}


def rules(register: Register) -> tuple[Rule, ...]:
    """Every rule a row of `register` must keep to, in the order of its columns."""
    return tuple(rule for column in register.columns for rule in _column_rules(column))


def explained(register: Register, name: str) -> tuple[Text, Text, str]:
    """Of a rule of `register`, or a fault of a whole row: sentence, what to do, and the column (or ''). KeyError if none."""
    for rule in rules(register):
        if rule.name == name:
            return rule.sentence, rule.do, rule.column
    return WHOLE_ROW[name], TO_DO[name], ""


def _column_rules(column: Column) -> Iterator[Rule]:
    if column.required:
        yield _missing(column)
    if column.type in UNREADABLE:
        yield _unreadable(column)
    if column.type is Type.MONTH:
        yield _not_first_day(column)
    if column.at_least is not None:
        yield _below(column, column.at_least)
    if column.not_before is not None:
        yield _before(column, column.not_before)
    if column.days:
        yield from _implausible(column, PLAUSIBLE[column.days])


def _missing(column: Column) -> Rule:
    name = column.name
    return Rule(f"{name}_missing", name, Text(f"{name} is empty", f"{name}为空"), lambda given, _: given[name].isnull())


def _unreadable(column: Column) -> Rule:
    name = column.name
    suffix, template = UNREADABLE[column.type]
    choices = ", ".join(column.choices)
    sentence = Text(template.en.format(name, choices), template.zh.format(name, choices))
    if column.type is Type.CHOICE:
        return Rule(f"{name}_{suffix}", name, sentence, lambda _, values: values[name].notin(column.choices))
    return Rule(f"{name}_{suffix}", name, sentence, lambda given, values: given[name].notnull() & values[name].isnull())


def _not_first_day(column: Column) -> Rule:
    name = column.name
    sentence = Text(f"{name} is not the first day of a month", f"{name}不是当月第一日")
    return Rule(f"{name}_not_first_day", name, sentence, lambda _, values: values[name].day() != 1)


def _below(column: Column, least: int) -> Rule:
    name = column.name
    if least == 0:
        sentence = Text(f"{name} is negative", f"{name}为负数")
    else:
        sentence = Text(f"{name} is below {least}", f"{name}小于{least}")
    suffix = "negative" if least == 0 else f"below_{least}"
    return Rule(f"{name}_{suffix}", name, sentence, lambda _, values: values[name] < least)


def _before(column: Column, other: str) -> Rule:
    name = column.name
    sentence = Text(f"{name} is before {other}", f"{name}早于{other}")
    return Rule(f"{name}_before_{other}", name, sentence, lambda _, values: _day(values[name]) < _day(values[other]))


def _day(value: ir.Value) -> ir.Value:
    return value.date() if value.type().is_timestamp() else value


def _implausible(column: Column, plausible: Plausible) -> Iterator[Rule]:
    """A day too far back or ahead to be more than a slip; null where there is no day."""
    name, earliest, ahead = column.name, plausible.earliest, plausible.latest_days_ahead
    too_early = Text(f"{name} is before {earliest}", f"{name}早于{earliest}")
    yield Rule(f"{name}_too_early", name, too_early, lambda _, values: _day(values[name]) < earliest)
    if ahead is not None:
        ahead_of = Text(
            f"{name} is more than {ahead} days after the day of the ingest"
            if ahead > 1
            else f"{name} is in the future",
            f"{name}晚于导入日{ahead}天以上" if ahead > 1 else f"{name}在未来",
        )
        latest = ibis.today() + ibis.interval(days=ahead)
        yield Rule(f"{name}_in_the_future", name, ahead_of, lambda _, values: _day(values[name]) > latest.cast("date"))
