"""The rules that come with Plumbline: they can be read, speak of facts alone, and their page is fresh."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from features.claims import CLAIM_FEATURES
from features.errors import BadInput
from features.rules.page import rules_page
from features.rules.read import read_rules
from features.rules.rule import Rule
from tests.features.rules.office import rule

SHIPPED = read_rules(CLAIM_FEATURES)
GUILT = re.compile(
    r"fraud|guilt|cheat|forg|fals|illegal|offen[cs]e|suspect|骗|欺诈|造假|伪造|违法|嫌疑|冒领", re.IGNORECASE
)
PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_there_are_ten_or_more_and_all_severities() -> None:
    assert len(SHIPPED.rules) >= 10
    assert {one.severity for one in SHIPPED.rules} == {"high", "medium", "low"}


@pytest.mark.parametrize("one", SHIPPED.rules, ids=lambda one: one.name)
def test_a_sentence_is_a_fact_and_never_guilt(one: Rule) -> None:
    assert not GUILT.search(one.says.en) and not GUILT.search(one.says.zh)
    assert one.legal_basis.en and one.legal_basis.zh


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(SHIPPED), "run: make generated"


def test_an_offices_rules_stand_instead_or_beside_and_replace_by_name(tmp_path: Path) -> None:
    own = rule("two_pensions", when="amount > 1").replace("paid_after_death}", "amount}") + rule("own").replace(
        "paid_after_death", "amount"
    )
    (tmp_path / "instead.yaml").write_text("rules:\n" + own, encoding="utf-8")
    (tmp_path / "beside.yaml").write_text("beside_shipped: true\nrules:\n" + own, encoding="utf-8")
    instead, beside = (read_rules(CLAIM_FEATURES, tmp_path / f"{name}.yaml") for name in ("instead", "beside"))
    assert [one.name for one in instead.rules] == ["two_pensions", "own"]
    assert [one.name for one in beside.rules] == [*(one.name for one in SHIPPED.rules), "own"]
    assert next(one for one in beside.rules if one.name == "two_pensions").when.text == "amount > 1"
    assert len({SHIPPED.version, instead.version, beside.version}) == 3
    (tmp_path / "odd.yaml").write_text("beside_shipped: perhaps\nrules:\n" + own, encoding="utf-8")
    with pytest.raises(BadInput, match="line 1, column 17: beside_shipped is true or false"):
        read_rules(CLAIM_FEATURES, tmp_path / "odd.yaml")
