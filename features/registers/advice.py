"""What to do about a row that was put aside, by the kind of rule it broke; named as the rules are, without their column."""

from __future__ import annotations

from features.registers.declaration import Text

_DELIVER_AGAIN = Text("export the row again and ingest it", "重新导出该行并再次导入")

TO_DO: dict[str, Text] = {
    "missing": Text("fill the column in", "填写该列"),
    "not_a_choice": Text("write one of these words", "填写可选值之一"),
    "not_a_date": Text(
        "write 2024/1/5 or 20240105 as 2024-01-05; in a spreadsheet give the column the format yyyy-mm-dd",
        "将2024/1/5或20240105写作2024-01-05；在电子表格中将该列格式设为yyyy-mm-dd",
    ),
    "not_a_timestamp": Text("write 2024/1/5 9:30 as 2024-01-05 09:30:00", "将2024/1/5 9:30写作2024-01-05 09:30:00"),
    "not_an_amount": Text(
        "write 1,000.50 or ¥1000.50 as 1000.50, without separators of thousands or a currency",
        "将1,000.50或¥1000.50写作1000.50，不带千位分隔符和货币符号",
    ),
    "not_a_whole_number": Text(
        "write a number without decimals or words, such as 12", "填写不带小数和文字的数字，如12"
    ),
    "not_a_probability": Text(
        "write 5 % as 0.05, or leave it empty where no list drew or it is not known",
        "将5%写作0.05；非名单抽取或概率不明时留空",
    ),
    "not_first_day": Text("write the month as its first day, such as 2024-06-01", "以当月第一日表示月份，如2024-06-01"),
    "negative": Text("write an amount of 0 or more; a correction is the row again", "填写0或正数；更正请再次提交整行"),
    "below_1": Text("write 1 or more, or leave it empty", "填写1或更大的数，或留空"),
    "before": Text("compare both dates with the file of the case", "对照案卷核对两个日期"),
    "too_early": Text(
        "look for a slip in the year, such as 0024 or 1024 for 2024", "检查年份是否有误，如将2024误为0024或1024"
    ),
    "in_the_future": Text("look for a slip in the year, such as 2034 for 2024", "检查年份是否有误，如将2024误为2034"),
    "repeated_header": Text("nothing, or leave the second header out", "无需处理，或删除第二个表头"),
    "wrong_number_of_fields": Text(
        "put text that holds the delimiter between double quotes", "将含有分隔符的文本放在双引号内"
    ),
    "unterminated_quote": Text(
        "close the quote, or write a quote inside text twice", "补全引号，或将文本中的引号写两次"
    ),
    "line_too_long": _DELIVER_AGAIN,
    "not_decodable": Text("save the file as CSV UTF-8", "将文件另存为“CSV UTF-8”"),
    "encoding_unclear": Text("save the whole file as CSV UTF-8", "将整个文件另存为“CSV UTF-8”"),
    "nul_byte": _DELIVER_AGAIN,
    "file_put_aside": Text("put the file right and ingest it again", "更正文件后再次导入"),
    "repeated_row": Text("nothing", "无需处理"),
    "superseded_row": Text("nothing", "无需处理"),
    "duplicate_key": Text(
        "if the row corrects the other one, give it a known_on: the day on which it was first known; "
        "it then stands from that day on",
        "如该行为更正，请填写known_on（最早获知更正的日期）；自该日起以更正为准",
    ),
}
