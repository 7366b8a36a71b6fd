"""Versions: all there is of an ingest or nothing, and old ones stay as they were."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from features.errors import Busy, Damaged, NotFound
from features.lake import aside, writing
from features.lake.lake import Lake
from features.lake.manifest import Counts
from tests.features.lake.office import Office

EMPLOYERS = "employer_id,name\n"
PAYROLL = "employer_id,worker_id,month,wage_due\n"


def test_an_empty_lake(tmp_path: Path) -> None:
    lake = Lake(tmp_path / "nothing")
    assert (lake.version(), lake.log(), lake.files("payroll"), lake.has("payroll")) == (0, [], [], False)
    assert lake.aside().num_rows == 0


def test_old_versions_can_be_read(office: Office) -> None:
    office.ingest(employers=EMPLOYERS + "1,a\n")
    office.ingest(employers=EMPLOYERS + "2,b\n")
    office.ingest(payroll=PAYROLL + "2,1,2024-01-01,5\n")
    assert [len(office.rows("employers", version)) for version in (1, 2, 3)] == [1, 2, 2]
    assert [office.lake.has("payroll", version) for version in (0, 1, 2, 3)] == [False, False, False, True]
    log = office.lake.log()
    assert [(manifest.version, manifest.previous) for manifest in log] == [(1, 0), (2, 1), (3, 2)]
    assert log[1].counts == {"employers": Counts(1, 1, 0)}
    assert [(file.path, file.accepted) for file in log[1].files] == [("employers.csv", 1)]


def test_a_missing_version_says_what_there_is(office: Office) -> None:
    office.ingest(employers=EMPLOYERS + "1,a\n")
    with pytest.raises(NotFound, match=r"has no version 7.\nFound: versions 1\n"):
        office.lake.files("employers", 7)


def test_a_missing_register_says_what_there_is(office: Office) -> None:
    with pytest.raises(NotFound, match="There is no register wages"):
        office.lake.files("wages")


def test_a_data_file_cut_short_or_gone_is_damage(office: Office) -> None:
    office.ingest(employers=EMPLOYERS + "1,a\n")
    (file,) = office.lake.files("employers")
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[:-10])
    with pytest.raises(Damaged, match=f"Found: {len(whole) - 10} bytes"):
        Lake(office.lake.path).files("employers")
    file.path.unlink()
    with pytest.raises(Damaged, match="Found: no such file"):
        Lake(office.lake.path).files("employers")


def test_a_delta_log_that_is_gone_is_damage(office: Office) -> None:
    office.ingest(employers=EMPLOYERS + "1,a\n")
    shutil.rmtree(office.lake.table("employers") / "_delta_log")
    with pytest.raises(Damaged, match="_delta_log"):
        Lake(office.lake.path).files("employers")


def test_one_writer_at_a_time(office: Office) -> None:
    office.lake.path.mkdir()
    with FileLock(office.lake.path / "write.lock"), pytest.raises(Busy, match="Somebody else is writing"):
        office.ingest(employers=EMPLOYERS + "1,a\n")
    assert office.ingest().version == 1


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("point", ["_move", "append", "write"])
def test_an_ingest_that_dies_leaves_the_old_version(
    office: Office, monkeypatch: pytest.MonkeyPatch, first: bool, point: str
) -> None:
    if not first:
        office.ingest(employers=EMPLOYERS + "1,a\n")
    before = office.lake.version()
    module = {"_move": writing, "append": writing.table, "write": writing.Manifest}[point]
    done = getattr(module, point)

    def dies(*arguments: object) -> None:
        if point != "write":
            done(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, point, dies)
        with pytest.raises(KeyboardInterrupt):
            office.ingest(employers=EMPLOYERS + "2,b\n3,c\n")
    assert office.lake.version() == before
    assert len(office.rows("employers")) == (0 if first else 1)
    assert office.ingest().version == before + 1
    assert office.column("employers", "employer_id")[-2:] == ["2", "3"]
    on_disk = {path.resolve() for path in office.lake.table("employers").rglob("*.parquet")}
    assert on_disk == {file.path for file in office.lake.files("employers")}


def test_rows_put_aside_can_be_corrected_and_ingested(office: Office, tmp_path: Path) -> None:
    office.ingest(payroll=PAYROLL + "1,2,2024-01-32,5\n1,3,2024-01-01,5\n1,4\n")
    exported = tmp_path / "fix.csv"
    assert aside.export(office.lake, "payroll", exported) == 2
    with exported.open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file)
    assert (first["month"], first["aside_rules"], first["aside_line"]) == ("2024-01-32", "month_not_a_date", "2")
    assert second["aside_line_as_read"] == "1,4"
    corrected = (
        exported.read_text(encoding="utf-8-sig").replace("2024-01-32", "2024-01-01").replace(",,1,payroll.csv,4", "")
    )
    office.ingest(payroll=corrected)
    assert sorted(office.column("payroll", "worker_id")) == ["2", "3"]
