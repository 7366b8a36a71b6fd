"""Which claims are alerted, in which order, and how each came to be on the list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from features.errors import BadInput, NotFound
from serving.alerts.groups import persons_named
from tests.serving.alerts.office import AS_OF, NEWS, draw, models, scored, snapshot


def test_claims_come_in_order_of_expected_loss(tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot()), random_share=0)
    losses = [item.expected_loss or 0 for item in drawn.items]
    assert losses == sorted(losses, reverse=True) and len(losses) == 20 and losses[-1] > 0
    for item in drawn.items:
        assert item.probability is not None and item.money_at_stake is not None
        assert item.money_at_stake == (item.paid or 0) + (item.to_save or 0)
        assert item.expected_loss == pytest.approx(item.probability * item.money_at_stake)
        known = {"duplicate": item.duplicate, "fraud": item.fraud}
        if item.kind == "rule":
            assert item.rules and all(item.probability > (one or 0) for one in known.values())
        else:
            assert item.probability == known[item.kind] == max(one or 0 for one in known.values())


def test_what_was_decided_is_not_alerted_again_without_news(tmp_path: Path) -> None:
    assert not any(int(item.claim_id) % 10 == 9 for item in draw(tmp_path, scored(snapshot()), capacity=500).items)
    again = draw(tmp_path, scored(snapshot(), news={"0009": NEWS}), capacity=500)
    assert [item.news for item in again.items if item.claim_id == "0009"] == [NEWS]
    assert again.dropped["decided"] == 19


def test_claims_of_one_person_or_ring_are_one_alert(tmp_path: Path) -> None:
    clusters = [f"{min(i, 4):04d}" if i < 10 else f"{i:04d}" for i in range(200)]
    rings = ["ring" if 8 <= i < 14 else None for i in range(200)]
    drawn = draw(tmp_path, scored(snapshot(), clusters=clusters, rings=rings), capacity=500)
    together = {f"{i:04d}" for i in range(4, 14)}  # 4 to 9 are one person, 8 to 13 one ring
    own = [item for item in drawn.items if item.claim_id in together]
    assert len(own) == 1
    named = {one.claim_id: one.tie for one in own[0].companions}
    assert {*named, own[0].claim_id} == together and own[0].companions_in_all == 9
    assert set(named.values()) <= {"person", "ring"} and "ring" in named.values()
    assert (own[0].expected_loss or 0) > (own[0].probability or 0) * (own[0].money_at_stake or 0)


def test_claims_under_one_identity_number_are_one_alert_led_by_the_later_and_shown_side_by_side(tmp_path: Path) -> None:
    rows = {
        "person_id": ["110105194912310021", "110105-19491231-0021", "999"], "filed_on": [dt.date(2024, 1, 1), dt.date(2024, 2, 1), AS_OF],
        "scheme": ["medical"] * 3, **{name: [1000.0] * 3 for name in ("amount_claimed", "paid_so_far", "still_to_be_paid")},
        **{name: [2.0] * 3 for name in ("persons_of_account", "claims_of_account_30d", "days_since_filed")},
    }  # fmt: skip
    table = snapshot(3, **{**rows, "filed_on": pa.array(rows["filed_on"], pa.date32())})
    drawn = draw(tmp_path, scored(table), random_share=0)
    assert len(drawn.items) == 2
    both = next(item for item in drawn.items if item.companions)
    assert both.claim_id == "0001" and both.companions[0].tie == "person"
    assert both.other is not None and (both.other.claim_id, both.other.probability) == ("0000", None)


def test_a_list_of_a_day_long_after_the_newest_claim_says_so(tmp_path: Path) -> None:
    behind, fresh = (pa.array([AS_OF - dt.timedelta(days=days)] * 3, pa.date32()) for days in (400, 31))
    notes = draw(tmp_path, scored(snapshot(3, filed_on=behind))).notes
    assert any("400 days before" in note.en and "早于" in note.zh for note in notes)
    assert not any("days before" in note.en for note in draw(tmp_path, scored(snapshot(3, filed_on=fresh))).notes)


def test_a_number_that_too_many_claims_name_stands_for_nobody() -> None:
    assert persons_named(snapshot(60, person_id=["110105194912310021"] * 60)) == [None] * 60
    assert persons_named(snapshot(3, person_id=["0000", None, "11010519491231002x"])) == [
        None,
        None,
        "11010519491231002X",
    ]


def test_the_share_by_lot_is_drawn_from_the_rest_and_every_chance_is_kept(tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot()))
    by_lot = [item for item in drawn.items if item.arm == "random"]
    assert len(by_lot) == drawn.drawn_by_lot == 4
    assert {round(item.drawing_probability, 9) for item in by_lot} == {round(4 / (180 - 16), 9)}
    chances = drawn.chances
    assert chances.num_rows == drawn.claims == 180
    leads = chances.filter(chances["leads"])
    assert pc.sum(leads["drawing_probability"]).as_py() == pytest.approx(20)
    listed = {row["claim_id"]: row for row in chances.to_pylist() if row["arm"]}
    assert {item.claim_id: item.arm for item in drawn.items} == {claim: row["arm"] for claim, row in listed.items()}


def test_the_same_seed_draws_the_same_list_in_any_order_of_rows(tmp_path: Path) -> None:
    table = snapshot()
    shuffled = table.take(pa.array(np.random.default_rng(0).permutation(table.num_rows)))
    assert draw(tmp_path, scored(table)) == draw(tmp_path, scored(shuffled))
    assert draw(tmp_path, scored(table)) != draw(tmp_path, scored(table), seed=8)


def test_a_rule_counts_for_more_where_the_models_see_less(tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot(), ("duplicate",)), random_share=0, capacity=150)
    ruled = [item for item in drawn.items if item.kind == "rule"]
    assert ruled and all(item.rules[0].name in ("shared_account", "large") for item in ruled)
    assert "no model of fraud" in drawn.notes[0].en


def test_reviews_by_lot_correct_what_a_rule_is_assumed_to_find(tmp_path: Path) -> None:
    hit = [row["claim_id"] for row in snapshot().to_pylist() if row["persons_of_account"] >= 6]
    cleared = draw(tmp_path, scored(snapshot(), (), by_lot=dict.fromkeys(hit, False)), random_share=0)
    confirmed = draw(tmp_path, scored(snapshot(), (), by_lot=dict.fromkeys(hit, True)), random_share=0)
    chances = [drawn.items[0].probability for drawn in (cleared, confirmed)]
    assert chances == [pytest.approx(6 / (20 + len(hit))), pytest.approx((6 + len(hit)) / (20 + len(hit)))]
    assert cleared.items[0].rules[0].by_lot == len(hit) and cleared.items[0].rules[0].found_by_lot == 0


def test_without_models_the_gravest_rule_comes_first_then_money(tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot(), ()), random_share=0, capacity=150)
    assert drawn.order == "severity" and "policy rules alone" in drawn.notes[0].en and drawn.models == {}
    keys = [(item.severity != "high", -(item.money_at_stake or 0)) for item in drawn.items]
    assert keys == sorted(keys) and len(drawn.items) < 150
    assert all(
        item.rules and item.kind == "rule" and item.duplicate is None and not item.reasons for item in drawn.items
    )


def test_money_not_known_is_listed_last_and_no_money_at_all_is_left_out(tmp_path: Path) -> None:
    stakes = {"paid_so_far": [0.0, 0.0, None], "still_to_be_paid": [100.0, 0.0, None]}
    table = snapshot(3, **{name: pa.array(values, pa.float64()) for name, values in stakes.items()})
    drawn = draw(tmp_path, scored(table), random_share=0)
    assert [item.claim_id for item in drawn.items] == ["0000", "0002"]
    assert drawn.items[1].money_at_stake is None and drawn.dropped["nothing_at_stake"] == 1


def test_a_region_is_listed_alone_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot()), region="South")
    assert {item.region for item in drawn.items} == {"South"} and drawn.dropped["other_region"] == 133
    with pytest.raises(NotFound, match="North, South"):
        draw(tmp_path, scored(snapshot()), region="Sout")
    with pytest.raises(BadInput, match="capacity 0"):
        draw(tmp_path, scored(snapshot()), capacity=0)


def test_the_list_says_what_it_was_drawn_from(tmp_path: Path) -> None:
    drawn = draw(tmp_path, scored(snapshot(), compared=False))
    assert drawn.models == {kind: model.card.model_id for kind, model in models().items()}
    assert (drawn.as_of, drawn.seed, drawn.lake_version, drawn.groups) == (AS_OF, 7, 5, 180)
    assert "not compared" in drawn.notes[0].en
