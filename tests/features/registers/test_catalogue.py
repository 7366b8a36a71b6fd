"""The page in docs/ is the one the declarations make."""

from pathlib import Path

import pytest

from features.registers import REGISTERS
from features.registers.catalogue import page
from features.registers.rules import WHOLE_ROW, rules

PAGE = Path(__file__).parents[3] / "docs" / "registers.md"


def test_the_page_is_not_stale() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m features.registers.catalogue > docs/registers.md"


@pytest.mark.parametrize("name", REGISTERS)
def test_every_column_and_rule_is_on_the_page(name: str) -> None:
    section = page().split(f"## `{name}`")[1].split("\n## ")[0]
    register = REGISTERS[name]
    assert all(f"| {column}" in section or f"| **{column}**" in section for column in register.names)
    assert all(f"`{rule.name}`" in section for rule in rules(register))


@pytest.mark.parametrize("name", REGISTERS)
def test_every_rule_has_one_name_and_a_sentence_in_both_languages(name: str) -> None:
    found = rules(REGISTERS[name])
    assert len({rule.name for rule in found}) == len(found) < 62
    assert all(rule.sentence.en and rule.sentence.zh for rule in found)
    assert not {rule.name for rule in found} & WHOLE_ROW.keys()
