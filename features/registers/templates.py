"""Empty files to fill in: a header a register, and notes on what goes under it."""

from __future__ import annotations

from features.registers.declaration import Column, Register, Text, Type

BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes Chinese for something else

FORMATS: dict[Type, Text] = {
    Type.TEXT: Text("text; leading zeros are kept", "文本，保留前导零"),
    Type.CHOICE: Text("one of: {}", "可选值：{}"),
    Type.DATE: Text("date, YYYY-MM-DD", "日期，YYYY-MM-DD"),
    Type.MONTH: Text("first day of a month, YYYY-MM-01", "当月第一日，YYYY-MM-01"),
    Type.TIMESTAMP: Text("local time, YYYY-MM-DD HH:MM:SS", "本地时间，YYYY-MM-DD HH:MM:SS"),
    Type.MONEY: Text("amount in the main unit, such as 1234.50", "金额，以货币主单位计，如1234.50"),
    Type.COUNT: Text("whole number", "整数"),
    Type.CHANCE: Text("probability above 0, at most 1, such as 0.05", "概率，大于0且不超过1，如0.05"),
}


def template_csv(register: Register) -> bytes:
    """The header of `register` as a CSV file (UTF-8 with a byte order mark, for Excel)."""
    return f"{BYTE_ORDER_MARK}{','.join(register.names)}\r\n".encode()


def template_notes(register: Register) -> Text:
    """What to write under each column, a line a column, as plain text."""
    return Text(
        "\n".join([register.sentence.en, *(_note_en(column) for column in register.columns)]),
        "\n".join([register.sentence.zh, *(_note_zh(column) for column in register.columns)]),
    )


def written(column: Column) -> Text:
    """How a value of `column` is written in a file."""
    form = FORMATS[column.type]
    choices = ", ".join(column.choices)
    return Text(form.en.format(choices), form.zh.format(choices))


def _note_en(column: Column) -> str:
    required = " (required)" if column.required else ""
    return f"{column.name}{required}: {column.sentence.en}; {written(column).en}"


def _note_zh(column: Column) -> str:
    required = "（必填）" if column.required else ""
    return f"{column.name}{required}：{column.sentence.zh}；{written(column).zh}"
