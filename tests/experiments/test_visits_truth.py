"""What the province says a visit by lot would find is what visits by lot do find, and their chance is the lot's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from experiments.province import Knobs
from experiments.province.inspections import MISTAKEN
from experiments.province.kinds import REGIONS
from experiments.province.simulation import Province, prepare

# A lot takes a tenth to a fifth of a region a month.
MANY = Knobs(employers=4_000, months=10, visits=40.0, random_share=0.5)


@pytest.fixture(scope="module")
def visited() -> Province:
    return prepare(MANY, seed=5).province


@pytest.fixture(scope="module")
def lots(visited: Province) -> pd.DataFrame:
    """Visits by lot with what was said of them beforehand."""
    visits, found = visited.visits.to_pandas(), visited.registers["inspections"].to_pandas()
    found = found[found["trigger"] == "random"]
    found["month"] = pd.to_datetime(found["opened_on"]).dt.to_period("M").dt.to_timestamp()
    visits["month"] = pd.to_datetime(visits["month"])
    return found.merge(visits, how="left", on=["employer_id", "month"]).fillna({"reached": 1.0, "owing": 0.0})


def test_visits_find_what_the_truth_says_they_would(lots: pd.DataFrame) -> None:
    closed = lots[lots["finding"].notna()]
    reached = (closed["finding"] != "not_found").to_numpy()
    found = (closed["finding"] == "arrears").to_numpy()
    expected = closed["reached"] * (MANY.detection * closed["owing"] + MISTAKEN * (1 - closed["owing"]))
    for seen, chance in ((reached, closed["reached"]), (found, expected)):
        off = seen - chance.to_numpy()
        assert len(closed) > 2_000
        assert abs(off.mean()) < 3 * off.std() / np.sqrt(len(off))
    assert (lots["reached"] > 0).all()


def test_a_lot_tells_its_regions_chance_and_no_other_visit_tells_one(visited: Province) -> None:
    rows = visited.registers["inspections"].to_pandas()
    by_lot = rows["trigger"] == "random"
    assert rows["chance"].notna().eq(by_lot).all()
    regions = visited.registers["employers"].to_pandas().set_index("employer_id")["region"]
    highest = rows[by_lot].groupby(rows["employer_id"].map(regions))["chance"].max()
    visits = REGIONS.set_index("region")["visits"]
    expected = MANY.visits * visits[highest.index] * MANY.random_share / 1_000
    assert highest.to_numpy() == pytest.approx(expected.to_numpy())


def test_visits_by_lot_are_as_many_as_their_chances_say(visited: Province) -> None:
    """One over the chance, added up over the lots of a month, comes to the employers on the lists."""
    rows = visited.registers["inspections"].to_pandas().dropna(subset="chance")
    months = pd.to_datetime(rows["opened_on"]).dt.to_period("M")
    covered = (1 / rows["chance"]).groupby(months).sum()
    visits = visited.visits.to_pandas()
    unlisted = visits[visits["reached"] == 0].groupby(pd.to_datetime(visits["month"]).dt.to_period("M")).size()
    listed = MANY.employers - unlisted.reindex(covered.index, fill_value=0)
    assert (covered / listed).mean() == pytest.approx(1, abs=0.05)
