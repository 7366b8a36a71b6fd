"""A snapshot taken from a lake, folded month by month, is the one reckoned from all rows at once."""

import datetime as dt

from features.employers import EMPLOYER_FEATURES
from features.snapshots.take import take_employer_snapshot
from tests.features.lake.office import Office
from tests.features.worlds import differences, features_of, random_world, table

DAYS = ["2024-08-31", "2024-10-15"]
RECENT = dt.date(2024, 8, 1)


def test_from_the_lake_and_from_all_rows_at_once(duckdb, tmp_path):
    world = random_world(seed=9, employers=12)
    for monthly in ("payroll", "contributions"):
        world[monthly] = [row for row in world[monthly] if row["month"] >= RECENT]  # a fold costs the same for few rows
    office = Office(tmp_path)
    report = office.ingest(**{name: table(name, found) for name, found in world.items()})
    assert report.aside == 0
    taken = take_employer_snapshot(office.lake, duckdb, [dt.date.fromisoformat(day) for day in DAYS]).to_pylist()
    made = {path: path.stat().st_mtime_ns for path in (office.lake.path / "folds").rglob("*.*")}
    at_once = features_of(duckdb, DAYS, world)
    for day in DAYS:
        rows = [row for row in taken if str(row["as_of"]) == day]
        known = {f.name: {row["employer_id"]: row[f.name] for row in rows} for f in EMPLOYER_FEATURES}
        assert differences(known, at_once[day]) == []
    take_employer_snapshot(office.lake, duckdb, [dt.date.fromisoformat(DAYS[0])])
    assert made == {path: path.stat().st_mtime_ns for path in (office.lake.path / "folds").rglob("*.*")}
