"""What an alert shows: groups, the other record, what is new, and proposals."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from features.rules.rule import RuleBook
from serving.alerts.actions import ACTIONS, ClaimCircumstances, read_alert_actions
from serving.alerts.export import to_record
from serving.alerts.groups import grouped
from serving.alerts.news import decided_claims, news
from serving.texts import TEXTS
from tests.serving.alerts.office import AS_OF, book, draw, scored, snapshot

DAY = dt.date(2024, 6, 30)


def test_groups_join_what_any_tie_joins() -> None:
    groups = grouped(["a", "a", "b", "c", "d"], [None, "r", "r", None, None]).tolist()
    assert groups[0] == groups[1] == groups[2] and len(set(groups)) == 3
    assert len(grouped([], [])) == 0


def test_the_likeliest_other_record_stands_beside(tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot()), capacity=500)
    first = next(item for item in drawn.items if item.claim_id == "0000")
    assert first.other is not None and (first.other.claim_id, first.other.probability) == ("0001", 0.9)
    assert first.name == "Name 0000" and first.person == "110101********0000"
    assert all(item.other is None for item in drawn.items if item.claim_id != "0000")


def decided(finding: str = "genuine", paid: float = 1000.0, persons: float = 1.0, as_of: dt.date = AS_OF) -> pa.Table:
    return snapshot(
        1, newest_finding=pa.array([finding]), decided_on=pa.array([dt.date(2024, 3, 1)], pa.date32()), paid_so_far=[paid],
        persons_of_account=[persons], as_of=pa.array([as_of], pa.date32()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "same", "said"),
    [
        (decided(), [], None),
        (decided(paid=1500.0), [], None),
        (decided("fraud", paid=1500.0), [], "500 yuan was paid since"),
        (decided("duplicate", persons=7.0), [("0042", 0.8, dt.date(2024, 4, 1))], None),
        (decided(persons=7.0), [], "the rule shared_account has come to hold"),
        (decided(), [("0042", 0.8, dt.date(2024, 4, 1))], "claim 0042"),
        (decided(), [("0042", 0.8, dt.date(2024, 2, 1))], None),
        (decided(), [("0042", 0.3, dt.date(2024, 4, 1))], None),
    ],
)
def test_what_is_new_since_a_decision(
    tmp_path: Path, now: pa.Table, same: list[tuple[str, float, dt.date]], said: str | None
) -> None:
    finding = now["newest_finding"][0].as_py()
    told = news(now, decided(finding, as_of=dt.date(2024, 3, 1)), book(tmp_path), {"0000": same})
    assert (said is None and told == {}) or (said is not None and said in told["0000"].en)


def test_a_claim_that_is_new_is_told_without_its_name_too(tmp_path: Path) -> None:
    same = [("0042", 0.8, dt.date(2024, 4, 1))]
    told = news(decided(), decided(as_of=dt.date(2024, 3, 1)), book(tmp_path), {"0000": same})["0000"]
    assert told.claim_id == "0042" and told.unnamed is not None
    assert "outside your regions" in told.unnamed.en and "辖区外" in told.unnamed.zh
    assert "0042" not in told.unnamed.en + told.unnamed.zh
    drawn = draw(tmp_path, scored(snapshot(), news={"0009": told}), capacity=500)
    (item,) = [one for one in to_record(drawn)["items"] if one["claim_id"] == "0009"]
    assert item["news"] == {"en": told.en, "zh": told.zh}
    assert item["news_of"] == {"claim_id": "0042", "unnamed": {"en": told.unnamed.en, "zh": told.unnamed.zh}}


def test_a_rule_that_has_only_come_into_force_since_is_no_news(tmp_path: Path) -> None:
    rules = book(tmp_path)
    late = RuleBook("v", tuple(replace(rule, valid_from=dt.date(2024, 5, 1)) for rule in rules.rules), rules.units)
    assert news(decided(persons=7.0), decided(persons=7.0, as_of=dt.date(2024, 3, 1)), late, {}) == {}
    assert news(decided(persons=7.0), decided(as_of=dt.date(2024, 3, 1)), late, {})


def test_only_decided_claims_are_asked_about_again() -> None:
    asked = decided_claims(snapshot(20))
    assert asked.to_pylist() == [{"as_of": dt.date(2024, 3, 1), "claim_id": claim} for claim in ("0009", "0019")]


def case(**others: object) -> ClaimCircumstances:
    usual: dict[str, object] = {
        "kind": "fraud", "severity": "none", "scheme": "pension", "chosen": "order", "paying": "yes",
        "probability": 0.1, "to_save": 100.0, "claims": 1,
    }  # fmt: skip
    return ClaimCircumstances(**{**usual, **others})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "action"),
    [
        (case(chosen="random", severity="high", probability=0.9), "review_on_paper"),
        (case(severity="high"), "hold_and_ask"),
        (case(severity="high", paying="no"), "review_on_paper"),
        (case(probability=0.5), "hold_and_ask"),
        (case(probability=0.5, paying="unknown"), "call"),
        (case(claims=5), "visit"),
        (case(probability=0.2), "call"),
        (case(probability=None), "review_on_paper"),
    ],
)
def test_the_first_row_that_fits_is_proposed(given: ClaimCircumstances, action: str) -> None:
    proposed = read_alert_actions().propose(given, DAY)
    assert proposed.action == action and proposed.source


def test_no_action_ends_a_payment() -> None:
    assert ACTIONS == ("hold_and_ask", "visit", "call", "review_on_paper")
    assert all(f"alert_action_{action}" in TEXTS for action in ACTIONS)
    assert "ends no payment" in TEXTS["alerts_foot"]["en"] and "不停发待遇" in TEXTS["alerts_foot"]["zh"]
