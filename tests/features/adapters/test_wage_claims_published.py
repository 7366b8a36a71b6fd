"""The adapter on the published extracts, where they are at hand."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from features.adapters.wage_claims import adapt

DATA = Path(__file__).parents[4] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.exists(), reason=f"the published wage claims are not at {DATA}")


@pytest.fixture(scope="module")
def california(tmp_path_factory):
    out = tmp_path_factory.mktemp("california")
    files = sorted((DATA / "california_wage_claims").glob("*.csv.gz"))
    return adapt("california", files, out), out


def rows(out, name):
    with (out / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_defendant_of_california_is_accounted_for(california):
    report, _ = california
    no_row = {"case of which no defendant names an employer", "case without a defendant"}
    assert report.rows_in == {"cases": 100_255, "defendants": 134_612}
    assert report.complaints + sum(n for why, n in report.dropped.items() if why not in no_row) == 134_612
    assert report.cases + sum(report.dropped[why] for why in no_row) == 100_255


def test_californias_employers_are_resolved_better_than_by_a_crude_key(california):
    _, out = california
    known = {row["employer_id"] for row in rows(out, "employers") if row["known_on"] <= "2019-07-01"}
    complained = {row["employer_id"] for row in rows(out, "complaints") if row["filed_on"] > "2019-07-01"}
    assert 48_000 < len(known) < 50_500  # a crude key gives 59,830
    assert 0.08 < len(known & complained) / len(known) < 0.085  # and 7.2 %


def test_californias_keys_and_dates_hold(california):
    _, out = california
    complaints, employers = rows(out, "complaints"), rows(out, "employers")
    assert max(Counter(row["complaint_id"] for row in complaints).values()) == 1
    assert max(Counter((row["employer_id"], row["known_on"]) for row in employers).values()) == 1
    assert {row["employer_id"] for row in complaints} == {row["employer_id"] for row in employers}
    assert all(row["decided_on"] >= row["filed_on"] for row in complaints if row["outcome"])
    assert all(row["name"].strip() for row in employers)


def test_every_state_is_read(tmp_path):
    report = adapt("state", sorted((DATA / "state_wage_claims").glob("*.csv.gz")), tmp_path)
    assert sum(report.rows_in.values()) == 64_112
    no_row = {"case of which no defendant names an employer"}
    assert report.complaints + sum(n for why, n in report.dropped.items() if why not in no_row) == 64_112
