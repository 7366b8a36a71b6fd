"""`plumbline match` as somebody with a table of persons meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest

from tests.command import run
from tests.training.same_person.people import people, table, written_again


@pytest.fixture(scope="module")
def persons(tmp_path_factory) -> Path:
    known = people(300)
    path = tmp_path_factory.mktemp("match") / "persons.csv"
    pcsv.write_csv(table([*known, *(written_again(one, at) for at, one in enumerate(known[:60]))]), path)
    return path


def test_every_record_gets_a_cluster_in_the_order_of_the_file(persons, tmp_path):
    out, pairs, kept = tmp_path / "clusters.parquet", tmp_path / "pairs.parquet", tmp_path / "matcher"
    home = ("--home", tmp_path / "home")
    done = run("match", persons, "--out", out, "--pairs", pairs, "--save", kept, *home, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["rows"], said["seed"]) == (360, 1)
    assert "identity from identity" in said["taken"]
    clusters = pq.read_table(out)
    assert clusters.column_names == ["id", "cluster_id"]
    assert clusters["id"].to_pylist() == pcsv.read_csv(persons)["id"].to_pylist()
    assert said["clusters"] == len(set(clusters["cluster_id"].to_pylist())) < 310
    assert pq.read_table(pairs).column_names == ["id", "other_id", "probability", "known_on"]
    again = tmp_path / "again.parquet"
    assert run("match", persons, "--out", again, "--matcher", kept, *home).returncode == 0
    assert pq.read_table(again).equals(clusters)


def test_a_column_that_is_not_there_is_refused(persons, tmp_path):
    done = run("match", persons, "--out", tmp_path / "c.parquet", "--phone", "tel")
    assert done.returncode == 2
    assert "no column tel" in done.stderr


def test_rows_that_nothing_tells_apart_are_said_to_be_compared_with_none(tmp_path):
    rows = [f"{number},Ana Lima,1980-02-03,0871234567" for number in range(400)]
    same = tmp_path / "same.csv"
    same.write_text("\n".join(["rec_id,name,date_of_birth,phone", *rows]), encoding="utf-8")
    done = run("match", same, "--out", tmp_path / "c.parquet", "--home", tmp_path / "home")
    assert done.returncode == 0
    assert "No record was compared with another" in done.stderr
