"""The page that lists every register, column and rule, in English and Chinese.

python -m features.registers.catalogue > docs/registers.md
"""

from __future__ import annotations

from collections.abc import Iterator

from features.registers import REGISTERS
from features.registers.advice import TO_DO
from features.registers.declaration import Column, Register, Text
from features.registers.rules import WHOLE_ROW, rules
from features.registers.templates import written

INTRODUCTION = """\
# Registers · 登记表

<!-- Made by `python -m features.registers.catalogue`; change features/registers/ instead. -->

A *register* is a table that an authority keeps and hands over as `<register>.csv`, `<register>.parquet` or
files in a folder `<register>/`. Columns may stand in any order; those in **bold** are required. A row that
breaks a rule is put aside with the rule's name, and the others go on. A row that repeats a key with another
`known_on` is a correction. So is one that only fills in what was learned later (an outcome, a payment) of a row
already there: it counts as known on the day of what it adds.

*登记表*是主管机关保存并提供的数据表，文件名为`<register>.csv`、`<register>.parquet`或放在`<register>/`文件夹中。
列的顺序不限，**粗体**列为必填。违反规则的行连同规则名称单独存放，其余行照常处理。键相同而`known_on`不同的行视为更正；仅补填事后获知内容（如处理结果、支付）的行亦视为更正，自所补内容的日期起算。
"""


def page() -> str:
    """The catalogue as Markdown."""
    sections = [INTRODUCTION, *(_section(register) for register in REGISTERS.values()), _whole_row()]
    return "\n".join(sections)


def _section(register: Register) -> str:
    return "\n".join(
        [
            f"## `{register.name}`\n",
            f"{register.sentence.en} · {register.sentence.zh}\n",
            f"Key · 键: {', '.join(f'`{name}`' for name in register.key)}\n",
            "| column · 列 | what it is | 含义 | written · 格式 |",
            "| --- | --- | --- | --- |",
            *(_column(column) for column in register.columns),
            "",
            "| rule · 规则 | a row breaks it when | 违反条件 | what to do · 处理办法 |",
            "| --- | --- | --- | --- |",
            *(_rule(rule.name, rule.sentence, rule.do) for rule in rules(register)),
            "",
        ]
    )


def _column(column: Column) -> str:
    name = f"**{column.name}**" if column.required else column.name
    form = written(column)
    return f"| {name} | {column.sentence.en} | {column.sentence.zh} | {form.en} · {form.zh} |"


def _rule(name: str, sentence: Text, do: Text) -> str:
    return f"| `{name}` | {sentence.en} | {sentence.zh} | {do.en} · {do.zh} |"


def _whole_row() -> str:
    return "\n".join(_whole_row_lines())


def _whole_row_lines() -> Iterator[str]:
    yield "## Rules for every register · 通用规则\n"
    yield "| rule · 规则 | a row breaks it when | 违反条件 | what to do · 处理办法 |"
    yield "| --- | --- | --- | --- |"
    yield from (_rule(name, sentence, TO_DO[name]) for name, sentence in WHOLE_ROW.items())
    yield ""


if __name__ == "__main__":
    print(page(), end="")
