"""Templates that a spreadsheet opens and an ingest accepts."""

import pytest

from features.registers import REGISTERS
from features.registers.templates import template_csv, template_notes


@pytest.mark.parametrize("name", REGISTERS)
def test_a_template_is_the_header_that_excel_reads_as_utf8(name: str) -> None:
    assert template_csv(REGISTERS[name]).decode("utf-8-sig") == ",".join(REGISTERS[name].names) + "\r\n"
    assert template_csv(REGISTERS[name]).startswith(b"\xef\xbb\xbf")


def test_the_notes_say_what_goes_under_each_column() -> None:
    notes = template_notes(REGISTERS["payroll"])
    assert "wage_due (required): Wage due for the month; amount in the main unit, such as 1234.50" in notes.en
    assert "wage_due（必填）：应发工资；金额，以货币主单位计，如1234.50" in notes.zh
