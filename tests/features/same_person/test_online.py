"""A record that has just come: the candidates and probabilities of the batch part, and how many share what."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from experiments.benchmarks.written_claims import draw_claims
from features.errors import BadInput
from features.same_person.blocks import paired
from features.same_person.columns import Column
from features.same_person.index import Index
from features.same_person.keys import key_hashes
from features.same_person.online import OnlineCheck, build_index
from features.same_person.records import normalised, one_record
from features.same_person.shared_values import worth_comparing
from training.same_person.learn import learn

SECRET = b"of this test alone".ljust(32)
CAP = 8
KNOWN = 1_500
FIELDS = {
    "name": "name", "born_on": "born_on", "identity": "person_id", "phone": "phone", "account": "account",
    "address": "address",
}  # fmt: skip


@pytest.fixture(scope="module")
def claims():
    return draw_claims(1_800, seed=2)[0]


@pytest.fixture(scope="module")
def records(claims):
    raw = {field: Column.of(claims[column]) for field, column in FIELDS.items()}
    return normalised(claims["claim_id"].to_pylist(), claims["known_on"], raw, True)


@pytest.fixture(scope="module")
def matcher(claims, records):
    raw = {field: Column.of(claims[column]) for field, column in FIELDS.items()}
    return learn(records, raw, SECRET).matcher


@pytest.fixture
def index(tmp_path, records, matcher):
    rows = np.arange(KNOWN)
    build_index(tmp_path / "index.sqlite", matcher, SECRET, [records.taken(rows[:700]), records.taken(rows[700:])], CAP)
    with Index(tmp_path / "index.sqlite") as index:
        yield index


def written(claims, row):
    """The claim of that row as it comes in."""
    claim = claims.slice(row, 1).to_pylist()[0]
    values = {field: claim[column] and str(claim[column]) for field, column in FIELDS.items()}
    return one_record(claim["claim_id"], claim["known_on"], values)


def test_online_finds_what_the_batch_finds_with_the_same_probability(claims, records, matcher, index):
    hashes = key_hashes(records.columns, matcher.keys, SECRET)
    blocked = paired(hashes, CAP, worth_comparing(records.columns, matcher.least_shared))
    probability = matcher.probability(records, blocked.left, blocked.right, SECRET)
    online, pairs, full = OnlineCheck(index, matcher, SECRET), 0, 0
    for row in range(KNOWN, len(records)):
        of_row = blocked.right == row
        batch = dict(zip(records.ids[blocked.left[of_row]], probability[of_row], strict=True))
        checked = online.check(written(claims, row))
        found = {each.record_id: each.probability for each in checked.candidates}
        assert found == pytest.approx(batch, rel=1e-12)
        for name, values in hashes.items():
            before = int((values[:row] == values[row]).sum()) if values[row] else 0
            assert checked.shared.get(name, 0) == before, name
            full += before >= CAP
        pairs += len(found)
        assert online.add(written(claims, row))
    assert pairs > 100
    assert full > 10


def test_several_checked_together_are_told_what_each_is_told_alone(claims, matcher, index):
    online = OnlineCheck(index, matcher, SECRET)
    nobody = one_record("nobody", dt.date(2025, 1, 1), {"name": "王伟"})
    some = [nobody, *(written(claims, row) for row in range(KNOWN, KNOWN + 60)), nobody]
    together, alone = online.check_all(some), [online.check(record) for record in some]
    assert sum(len(checked.candidates) for checked in alone) > 20
    assert [(told.shared, told.kept) for told in together] == [(told.shared, told.kept) for told in alone]
    for several, one in zip(together, alone, strict=True):
        assert [repr(candidate) for candidate in several.candidates] == [
            repr(candidate) for candidate in one.candidates
        ]
    assert online.check_all([]) == []


def test_a_candidate_is_told_field_by_field_and_the_likeliest_first(claims, matcher, index):
    online = OnlineCheck(index, matcher, SECRET)
    known = next(claim for claim in claims.to_pylist() if all(claim.values()))
    again = {field: known[column] and str(known[column]) for field, column in FIELDS.items()} | {
        "phone": "0991 777777777"
    }
    checked = online.check(one_record("new", dt.date(2025, 1, 1), again))
    first = checked.candidates[0]
    assert first.record_id == known["claim_id"]
    assert first.known_on == known["known_on"]
    assert first.values["identity"][0] == first.values["identity"][1]
    assert first.values["phone"][0] != first.values["phone"][1]
    assert first.comparisons["identity_slips"] == 0
    assert first.comparisons["phone_slips"] > 0
    chances = [each.probability for each in checked.candidates]
    assert chances == sorted(chances, reverse=True)
    assert checked.shared["identity"] >= 1


def test_a_record_without_most_columns_can_be_checked(index, matcher):
    checked = OnlineCheck(index, matcher, SECRET).check(one_record("new", dt.date(2025, 1, 1), {"name": "王伟"}))
    assert checked.candidates == ()


def test_a_store_made_with_another_secret_is_refused(index, matcher):
    with pytest.raises(BadInput, match="another secret"):
        OnlineCheck(index, matcher, b"x" * 32)


def test_an_office_with_one_claim_has_a_store_that_names_nobody(claims, tmp_path):
    one = claims.slice(0, 1)
    raw = {field: Column.of(one[column]) for field, column in FIELDS.items()}
    alone = normalised(one["claim_id"].to_pylist(), one["known_on"], raw, True)
    matcher = learn(alone, raw, SECRET).matcher
    build_index(tmp_path / "index.sqlite", matcher, SECRET, [alone], CAP)
    with Index(tmp_path / "index.sqlite") as index:
        assert OnlineCheck(index, matcher, SECRET).check(written(claims, 1)).candidates == ()
