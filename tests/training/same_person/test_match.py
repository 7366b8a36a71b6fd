"""Who is the same person in a table: copies found without a label, twins and strangers left alone."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from features.errors import BadInput, NotFound
from features.same_person.compared import Compared, rarities
from features.same_person.comparisons import matrix, names_of
from tests.training.same_person.people import MAPPED, people, table, twins, written_again
from training.same_person.match import match_persons
from training.same_person.matcher import load_matcher, with_evidence

SECRET = b"of this test alone".ljust(32)
PEOPLE = people(700)
AGAIN = [written_again(person, at) for at, person in enumerate(PEOPLE[:150])]
TWINS = [twins(person) for person in PEOPLE[200:230]]


@pytest.fixture(scope="module")
def found():
    return match_persons(table([*PEOPLE, *AGAIN, *TWINS]), MAPPED, SECRET)


def cluster_of(matched) -> dict[str, str]:
    clusters = matched.clusters()
    return dict(zip(clusters["id"].to_pylist(), clusters["cluster_id"].to_pylist(), strict=True))


def test_people_written_again_are_found_without_a_label(found):
    cluster = cluster_of(found)
    right = sum(cluster[again["id"]] == cluster[person["id"]] for person, again in zip(PEOPLE, AGAIN, strict=False))
    assert right >= 0.95 * len(AGAIN)


def test_twins_are_two_people(found):
    cluster = cluster_of(found)
    assert [t["id"] for t in TWINS if cluster[t["id"]] == cluster[t["id"][1:]]] == []


def test_strangers_are_not_made_one(found):
    of_person = {again["id"]: person["id"] for person, again in zip(PEOPLE, AGAIN, strict=False)}
    wrong = [
        (one, other)
        for one, other in cluster_of(found).items()
        if of_person.get(one, one) != of_person.get(other, other)
    ]
    assert len(wrong) <= 1


def test_where_nobody_is_there_twice_nobody_is_found():
    cluster = cluster_of(match_persons(table(people(700, seed=5)), MAPPED, SECRET))
    assert sum(one != other for one, other in cluster.items()) <= 1


def test_the_order_of_rows_changes_nothing(found):
    rows = [*PEOPLE, *AGAIN, *TWINS]
    turned = table([rows[at] for at in np.random.default_rng(3).permutation(len(rows))])
    assert cluster_of(match_persons(turned, MAPPED, SECRET, matcher=found.matcher)) == cluster_of(found)


def test_records_known_later_change_no_earlier_pair(found):
    later = [dict(person, id=f"z{person['id']}") for person in people(200, seed=9)]
    rows = [*PEOPLE, *AGAIN, *TWINS]
    all_of_them = table([*rows, *later])
    first = dict.fromkeys((row["id"] for row in rows), "2024-01-01")
    days = pa.array([first.get(one, "2024-06-01") for one in all_of_them["id"].to_pylist()])
    known = dict(MAPPED.__dict__, known_on="known_on")
    more = match_persons(
        all_of_them.append_column("known_on", days), type(MAPPED)(**known), SECRET, matcher=found.matcher
    )
    earlier = {(p["id"], p["other_id"]): p["probability"] for p in found.pairs().to_pylist()}
    now = {(p["id"], p["other_id"]): p for p in more.pairs().to_pylist()}
    assert {key: p["probability"] for key, p in now.items() if p["known_on"].month == 1} == earlier


def test_pairs_are_unordered_once_and_dated(found):
    pairs = found.pairs("claim_id")
    assert pairs.column_names == ["claim_id", "other_claim_id", "probability", "known_on"]
    assert all(p["claim_id"] < p["other_claim_id"] for p in pairs.to_pylist())
    assert len({(p["claim_id"], p["other_claim_id"]) for p in pairs.to_pylist()}) == len(pairs)


def test_a_saved_matcher_gives_the_same_probabilities(found, tmp_path):
    found.matcher.save(tmp_path)
    again = load_matcher(tmp_path, SECRET)
    left, right = found.left, found.right
    expected = found.matcher.probability(found.records, left, right, SECRET)
    np.testing.assert_array_equal(again.probability(found.records, left, right, SECRET), expected)


def test_a_matcher_is_refused_with_another_secret_or_none_there(found, tmp_path):
    found.matcher.save(tmp_path)
    with pytest.raises(BadInput, match="another secret"):
        load_matcher(tmp_path, SECRET[::-1])
    with pytest.raises(NotFound):
        load_matcher(tmp_path / "none", SECRET)


def test_records_with_other_columns_are_refused(found):
    fewer = type(MAPPED)("id", {"name": ("name",)})
    with pytest.raises(BadInput, match="other columns"):
        match_persons(table(PEOPLE[:5]), fewer, SECRET, matcher=found.matcher)


def test_more_evidence_is_never_less_likely_for_one_person(found):
    """What the trees are held to: the pair with every comparison at its best is the likeliest."""
    pairs = Compared(found.records, found.left, found.right, rarities(found.records, found.matcher.frequencies, SECRET))
    compared = with_evidence(matrix(pairs), found.matcher.weights, names_of(found.matcher.columns))
    better = compared.copy()
    better[:, -1] += 3
    assert (found.matcher.booster.predict(better) >= found.matcher.booster.predict(compared) - 1e-12).all()


def test_reviewers_decisions_are_learned(found):
    """Reviewers who hold twins to be two people lower what such pairs get, and who hold them to be one raise it."""
    rows = table([*PEOPLE, *AGAIN, *TWINS])
    ids = {"id": [t["id"][1:] for t in TWINS], "other_id": [t["id"] for t in TWINS]}
    mean = {}
    for same in (False, True):
        reviews = pa.table({**ids, "same": [same] * len(TWINS)})
        matched = match_persons(rows, MAPPED, SECRET, reviews=reviews)
        place = {record: at for at, record in enumerate(matched.records.ids)}
        left, right = (np.array([place[one] for one in ids[side]]) for side in ("id", "other_id"))
        mean[same] = matched.matcher.probability(matched.records, left, right, SECRET).mean()
        assert matched.matcher.facts["reviewed_pairs"] == len(TWINS)
    assert mean[True] > mean[False]


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_smallest_tables(number):
    assert len(match_persons(table(people(number)), MAPPED, SECRET).clusters()) == number


def test_no_rows_are_refused():
    with pytest.raises(BadInput, match="no records"):
        match_persons(table([]), MAPPED, SECRET)
