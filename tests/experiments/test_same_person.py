"""Published record-linkage files, where they are beside the repository: found without a label of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from experiments.same_person.clerical import clerical_agreement
from experiments.same_person.published import Published, found_in

HERE = Path(__file__).resolve()
PLACES = [folder / "shared" / "data" / "record_linkage" for folder in HERE.parents]
DATA = next((place for place in PLACES if place.is_dir()), None)
pytestmark = pytest.mark.skipif(DATA is None, reason="shared/data/record_linkage is not beside the repository")


@pytest.mark.parametrize("name", ["febrl1", "febrl2", "febrl3"])
def test_febrl(name):
    assert found_in(Published(DATA, name)).figures["f1"] >= 0.998


def test_febrl_3_without_identity_numbers():
    assert found_in(Published(DATA, "febrl3"), without=["soc_sec_id"]).figures["f1"] >= 0.995


def test_nobody_is_found_twice_where_nobody_is_there_twice():
    assert found_in(Published(DATA, "febrl3"), originals=True).figures["pairs"] <= 1


def test_splinks_made_people():
    assert found_in(Published(DATA, "fake_1000")).figures["f1"] >= 0.95
    assert clerical_agreement(DATA)["f1"] >= 0.95
