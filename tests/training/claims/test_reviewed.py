"""What reviews found, as known by a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from features.engine import connect
from features.errors import NotFound
from features.lake.ingest import ingest
from features.lake.lake import Lake
from training.claims.prevalence import Prevalence, prevalence
from training.claims.reviewed import claims_known, decided_pairs, decisions_known, found_as

CLAIMS = """claim_id,scheme,filed_at
a,medical,2024-01-05T08:00:00
b,medical,2024-01-06T08:00:00
c,pension,2024-06-01T08:00:00
d,medical,2024-01-07T08:00:00
"""
DECISIONS = """claim_id,decided_on,finding,duplicate_of,amount_lost,trigger,chance,listed_on
a,2024-02-10,genuine,,,random,0.05,2024-01-31
a,2024-04-10,duplicate,b,100,tip,,
b,2024-05-10,duplicate,a,100,tip,,
d,2024-03-10,fraud,,70,random,,
"""


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Lake:
    folder: Path = tmp_path_factory.mktemp("reviewed")
    (folder / "registers").mkdir()
    (folder / "registers" / "claims.csv").write_text(CLAIMS)
    (folder / "registers" / "claim_decisions.csv").write_text(DECISIONS)
    made = Lake(folder / "lake")
    assert ingest(folder / "registers", made).aside == 0
    return made


def known(lake: Lake, day: str) -> pd.DataFrame:
    return claims_known(lake, connect(threads=1), dt.date.fromisoformat(day)).set_index("claim_id")


def test_a_decision_counts_from_its_day_and_the_newest_stands(lake: Lake) -> None:
    assert pd.isna(known(lake, "2024-02-09").loc["a", "finding"])
    assert known(lake, "2024-02-10").loc["a", "finding"] == "genuine"
    later = known(lake, "2024-04-10").loc["a"]
    assert (later["finding"], later["trigger"], later["amount_lost"]) == ("duplicate", "tip", 100)
    assert (later["decided_on"], later["reviewed_on"]) == (dt.date(2024, 2, 10), dt.date(2024, 4, 10))


def test_a_claim_was_drawn_for_its_first_review_whatever_was_found_since(lake: Lake) -> None:
    told = decisions_known(lake, connect(threads=1), dt.date(2024, 5, 10)).set_index("claim_id")
    assert told.loc["a", ["finding", "trigger", "first_trigger"]].tolist() == ["duplicate", "tip", "random"]
    assert told.loc["a", ["chance", "listed_on"]].tolist() == [0.05, dt.date(2024, 1, 31)]
    assert told.loc[["b", "d"], ["chance", "listed_on"]].isna().all(axis=None)


def test_a_claim_is_known_from_its_day(lake: Lake) -> None:
    assert list(known(lake, "2024-05-31").index) == ["a", "b", "d"]
    assert list(known(lake, "2024-06-01").index) == ["a", "b", "c", "d"]


def test_found_otherwise_is_not_found_and_unreviewed_is_not_known(lake: Lake) -> None:
    label = found_as(known(lake, "2024-06-01"), "duplicate")
    assert label[["a", "b", "d"]].tolist() == [1, 1, 0]
    assert pd.isna(label["c"])


def test_a_pair_named_both_ways_is_one_pair(lake: Lake) -> None:
    pairs = decided_pairs(lake, connect(threads=1), dt.date(2024, 12, 31))
    assert pairs.to_numpy().tolist() == [["a", "b"]]
    assert decided_pairs(lake, connect(threads=1), dt.date(2024, 4, 9)).empty


def test_prevalence_counts_the_lot_apart(lake: Lake) -> None:
    assert prevalence(known(lake, "2024-04-09"), "fraud") == Prevalence(3, 2, 1, 2, 1)


def test_what_nobody_reviewed_is_what_the_lot_says_less_what_was_found() -> None:
    common = Prevalence(known=1000, reviewed=200, found=10, by_lot=100, found_by_lot=5)
    assert common.share == pytest.approx(0.05)
    assert common.missed_share == pytest.approx((50 - 10) / 800)
    few = Prevalence(known=1000, reviewed=200, found=10, by_lot=100, found_by_lot=4)
    assert few.share is None and few.missed_share == 0
    many = Prevalence(known=1000, reviewed=500, found=400, by_lot=100, found_by_lot=5)
    assert many.share == pytest.approx(0.4) and many.missed_share == 0  # never less than was found already


def test_without_claims_there_is_nothing_to_speak_of(tmp_path: Path) -> None:
    (tmp_path / "registers").mkdir()
    (tmp_path / "registers" / "employers.csv").write_text("employer_id,name,registered_on\na,A,2024-02-29\n")
    lake = Lake(tmp_path / "lake")
    ingest(tmp_path / "registers", lake)
    with pytest.raises(NotFound, match=r"claims\.csv"):
        claims_known(lake, connect(threads=1), dt.date(2024, 6, 30))
