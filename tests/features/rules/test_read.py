"""A file of rules is read, or refused with every fault at its line and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import BadInput, NotFound
from features.rules.read import read_rules
from tests.features.rules.office import CATALOGUE, book, refused, rule


def test_a_rule_carries_what_it_says(tmp_path: Path) -> None:
    own = book(tmp_path, rule(more="    schemes: [pension]\n    valid_until: 2024-12-31\n"))
    assert own.rules[0].record() == {
        "name": "late", "schemes": ["pension"], "valid_from": "2000-01-01", "valid_until": "2024-12-31",
        "severity": "high", "legal_basis": {"en": "Law of 2011", "zh": "法律"}, "when": "paid_after_death > 0",
        "says": {"en": "paid {paid_after_death} after the death was known", "zh": "死亡获知后发放{paid_after_death}元"},
    }  # fmt: skip
    assert own.version.startswith("2000-01-01-")
    assert own.reads == ("paid_after_death",)


def test_all_faults_are_told_at_once_each_at_its_place(tmp_path: Path) -> None:
    text = """\
rules:
  - name: one
    valid_from: 2024-01-01
    valid_until: 2023-01-01
    severity: grave
    legal_basis: {en: Law}
    when: days_after_deth > 0
    says: {en: "{paid_after_death}", zh: "{fraud_share}"}
    colour: red
  - name: one
    valid_from: 2024-02-30
    severity: low
    legal_basis: {en: Law, zh: 法律}
    when: "fraud_share  > 2"
  - 7
"""
    found = refused(tmp_path, text).split("\n")[1:]
    assert [line.split(":")[0].strip() for line in found] == [
        "line 4, column 18", "line 5, column 15", "line 6, column 18", "line 7, column 11", "line 8, column 11",
        "line 9, column 5", "line 10, column 5", "line 10, column 5", "line 11, column 17", "line 14, column 12",
        "line 15, column 5",
    ]  # fmt: skip
    for line, said in zip(
        found,
        ["before valid_from", "grave is none of", "missing in zh", "did you mean days_after_death", "one language only",
         "colour is not known", "says is missing", "one is there already, at line 2, column 5", "not a day such as", "never holds", "no rule"],
        strict=True,
    ):  # fmt: skip
        assert said in line


@pytest.mark.parametrize(
    ("when", "place"),
    [
        ("paid_after_death > 0 and nobody > 1", "line 6, column 36"),
        ("'paid_after_death > 0 and nobody > 1'", "line 6, column 37"),
        ("\"scheme == 'pension' and nobody > 1\"", "line 6, column 36"),
        ("'scheme == ''pension'' and nobody > 1'", "line 6, column 38"),
        ("|\n      paid_after_death > 0\n      and nobody > 1", "line 8, column 11"),
        (">-  # folded\n      paid_after_death > 0\n\n      and nobody > 1", "line 9, column 11"),
        ("paid_after_death > 0\n      and nobody > 1", "line 7, column 11"),
    ],
)
def test_a_fault_is_found_however_the_expression_is_written(tmp_path: Path, when: str, place: str) -> None:
    assert refused(tmp_path, "rules:\n" + rule(when=when)).strip().startswith(f"{place}: no feature is called nobody")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules:\n  - name: [", "line 2"),
        ("rules: []", "wanted is `rules:`"),
        ("rule:\n  - name: a", "the file holds rule"),
        ("- name: a", "holds no keys"),
        ("", "holds no keys"),
        ("rules:\n" + rule(name="Late"), "small letters"),
        ("rules:\n" + rule(more="    name: again\n"), "name is said twice"),
        ("rules:\n" + rule(when="1 < 2"), "no feature is named"),
        ("rules:\n" + rule(when="[1]"), "when is [1], not an expression"),
        ("rules:\n" + rule(valid_from="2024-01-01 10:00:00"), "not a day"),
        ("rules:\n" + rule(more="    schemes: [pensions]\n"), "pensions: none of pension"),
        ("rules:\n" + rule(more="    schemes: pension\n"), "not a list of schemes"),
        ("rules:\n" + rule().replace("{paid_after_death}", "{paid_after_deth}"), "did you mean paid_after_death?"),
        ("rules:\n" + rule().replace("{paid_after_death}", "{paid_after_death:%Y}"), "cannot be written as %Y"),
        ("rules:\n" + rule().replace("{paid_after_death}", "{paid_after_death:.999999999f}"), "cannot be written as"),
        ("rules:\n" + rule().replace("{paid_after_death}", "much"), "a fact has a number"),
        ("rules:\n" + rule().replace("{paid_after_death}", "{paid_after_death"), "braces cannot be read"),
        ("rules:\n" + rule() + "rules:\n" + rule(name="other"), "line 10, column 1: rules is said twice"),
        ("rules:\n" + rule(name="!office late"), "line 2, column 11: name is no value of the tag !office"),
        ("rules:\n" + rule(name="!!python/object/apply:os.getcwd []"), "no value of the tag python/object/apply"),
        ("rules:\n" + rule(more="    valid_until: !!timestamp soon\n"), "no value of the tag timestamp"),
        ("rules:\n" + rule(more="    ? [a]\n    : 1\n"), "column 7: a list or mapping where a key is wanted"),
        ("beside_shipped: !!bool perhaps\nrules:\n" + rule(), "beside_shipped is true or false"),
        ("rules:\n  - &a {name: *a}", "line 2, column 5"),
        ("rules: " + "[" * 2000 + "]" * 2000, "too many to be read"),
        ("rules:\n" + rule(when='|\n      scheme == "\\ud800"'), "half of a character"),
        ("rules:\n" + rule().replace("Law of 2011", '"\\ud800"'), "half of a character"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text)


def test_a_file_that_is_not_there_or_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="cannot be read"):
        read_rules(CATALOGUE, tmp_path / "none.yaml")
    (tmp_path / "own.yaml").write_bytes("rules: 法律".encode("gb18030"))
    with pytest.raises(BadInput, match="UTF-8"):
        read_rules(CATALOGUE, tmp_path / "own.yaml")
