"""Which claims a rule hits on which day, and what it then says."""

from __future__ import annotations

from pathlib import Path

import pytest

from features.errors import BadInput
from features.rules.hits import hits
from tests.features.rules.office import book, rule, snapshot

CLAIMS = """
    claim_id | as_of      | scheme  | paid_after_death | days_after_death
    a        | 2024-01-31 | pension | 1234.5           | 31
    b        | 2024-01-31 | medical | 10               |
    a        | 2024-02-01 | pension | 1234.5           | 32
    c        | 2024-02-01 |         | 3                | 1
    d        | 2024-02-01 | pension |                  | 1
    """


def hit(folder: Path, *rules: str) -> dict[str, list[int]]:
    flags = hits(book(folder, *rules), snapshot(CLAIMS))
    return {name: flag.nonzero()[0].tolist() for name, flag in flags.items()}


def test_a_rule_holds_from_its_first_day_to_its_last(tmp_path: Path) -> None:
    begun = rule("begun", valid_from="2024-02-01")
    ended = rule("ended", more="    valid_until: 2024-01-31\n")
    assert hit(tmp_path, begun, ended) == {"begun": [2, 3], "ended": [0, 1]}


def test_a_rule_speaks_of_its_schemes_alone_and_never_of_what_is_not_known(tmp_path: Path) -> None:
    pensions = rule("pensions", more="    schemes: [pension]\n")
    unknown = rule("unknown", when="days_after_death < 30 or paid_after_death > 1000")
    assert hit(tmp_path, pensions, unknown) == {"pensions": [0, 2], "unknown": [0, 2, 3, 4]}


def test_a_sentence_has_the_numbers_of_the_claim(tmp_path: Path) -> None:
    own = book(tmp_path, rule())
    rows = snapshot(CLAIMS).to_pylist()
    assert own.rules[0].sentence(rows[0], own.units).en == "paid 1,234 after the death was known"
    assert own.rules[0].sentence(rows[4], own.units).zh == "死亡获知后发放未知元"


def test_an_empty_snapshot_has_no_hits_and_a_poorer_one_is_refused(tmp_path: Path) -> None:
    own = book(tmp_path, rule())
    assert not hits(own, snapshot(CLAIMS).slice(0, 0))["late"].any()
    with pytest.raises(BadInput, match="without paid_after_death"):
        hits(own, snapshot(CLAIMS).drop_columns("paid_after_death"))
