"""A province as files: where an authority would put them, the truth apart, the same whole or streamed."""

from __future__ import annotations

import datetime as dt
import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from experiments.province import Knobs, simulate, simulate_to, write
from experiments.province.__main__ import app

BLOCKS = Knobs(employers=300, months=10, block=100)


@pytest.fixture(scope="module")
def province():
    return simulate(BLOCKS, seed=3)


def test_files_lie_where_an_authority_would_put_them(province, tmp_path):
    write(province, tmp_path / "registers", tmp_path / "truth" / "truth.parquet")
    found = {str(path.relative_to(tmp_path / "registers")) for path in (tmp_path / "registers").rglob("*.*")}
    assert {"employers.csv", "complaints.csv", "inspections.csv"} <= found
    assert "payroll/month=2024-03-01/part.parquet" in found
    assert not any("truth" in name for name in found)
    part = pq.ParquetFile(tmp_path / "registers" / "contributions" / "month=2024-03-01" / "part.parquet").read()
    assert set(part["month"].to_pylist()) == {dt.date(2024, 3, 1)}
    rows = sum(
        pq.ParquetFile(path).metadata.num_rows for path in (tmp_path / "registers" / "payroll").rglob("*.parquet")
    )
    assert rows == province.registers["payroll"].num_rows


def test_truth_may_not_lie_among_the_registers(province, tmp_path):
    with pytest.raises(ValueError, match="outside the registers"):
        write(province, tmp_path, tmp_path / "truth.parquet")


def test_streamed_is_the_same_as_whole(province, tmp_path):
    write(province, tmp_path / "whole", tmp_path / "whole.parquet")
    rows = simulate_to(BLOCKS, 3, tmp_path / "streamed", tmp_path / "streamed.parquet")
    assert rows == {name: table.num_rows for name, table in province.registers.items()}
    written = sorted(path.relative_to(tmp_path / "whole") for path in (tmp_path / "whole").rglob("*.*"))
    assert sorted(path.relative_to(tmp_path / "streamed") for path in (tmp_path / "streamed").rglob("*.*")) == written
    for path in written:
        whole, streamed = tmp_path / "whole" / path, tmp_path / "streamed" / path
        if path.suffix == ".parquet":
            assert pq.ParquetFile(whole).read().equals(pq.ParquetFile(streamed).read()), path
        elif path.suffix == ".csv":
            assert whole.read_text() == streamed.read_text(), path


def test_parameters_and_kinds_lie_beside_the_truth(province, tmp_path):
    write(province, tmp_path / "registers", tmp_path / "truth.parquet")
    parameters = json.loads((tmp_path / "parameters.json").read_text())
    assert parameters["seed"] == 3
    assert parameters["knobs"]["block"] == 100
    assert parameters["version"]
    assert pq.read_table(tmp_path / "kinds.parquet").equals(province.kinds)
    assert pq.read_table(tmp_path / "visits_truth.parquet").equals(province.visits)


def test_the_command_writes_a_province_and_its_base_rates(tmp_path):
    words = ["--employers", "200", "--months", "3", "--seed", "2", "--out", str(tmp_path / "province")]
    result = CliRunner().invoke(app, words, catch_exceptions=False)
    assert result.exit_code == 0
    assert "employer_ties" in result.stdout
    assert "spells complained of" in result.stdout
    assert (tmp_path / "province" / "registers" / "payroll" / "month=2024-11-01" / "part.parquet").exists()


def test_the_command_leaves_other_peoples_folders_alone(tmp_path):
    (tmp_path / "letters.txt").write_text("mine")
    result = CliRunner().invoke(app, ["--out", str(tmp_path)])
    assert "letters.txt" in str(result.exception)
    assert not (tmp_path / "registers").exists()
