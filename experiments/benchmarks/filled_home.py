"""A home to score claims in, with as many records to compare them with as are wanted; and claims filed after its night."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv

from experiments.benchmarks.residents import account_numbers, draw_residents, phone_numbers
from experiments.province.chance import stream
from features.engine import connect
from features.lake.lake import Lake
from features.same_person.columns import Column
from features.same_person.records import Records, normalised
from features.same_person.secret import read_secret
from serving.online.folder import CURRENT, FOLDER, current_name, current_night
from serving.online.night import write_same_person
from training.same_person.match_claims import records_of
from training.same_person.matcher import Matcher, load_matcher

LOT = 250_000
REGION_COLUMN = "extra.region"


def filled_home(home: Path, persons: int, folder: Path) -> tuple[Path, int]:
    """A home with the night of `home` and a store of `persons` records; returns it and how many there are."""
    night, secret = current_night(home), read_secret(home)
    fresh = folder / "home"
    shutil.copytree(night, fresh / FOLDER / night.name)
    (fresh / FOLDER / CURRENT).write_text(current_name(home), encoding="utf-8")
    shutil.copy(home / "same-person.key", fresh)
    matcher = load_matcher(night, secret)
    lots = _lots(home, night, matcher, persons)
    return fresh, write_same_person(fresh / FOLDER / night.name, matcher, secret, lots)


def _lots(home: Path, night: Path, matcher: Matcher, persons: int) -> Iterator[Records]:

    day, version = night.name.rsplit("-v", 1)
    own = records_of(Lake(home / "lake"), connect(), dt.date.fromisoformat(day), int(version), matcher)
    yield own
    for first in range(0, persons - len(own), LOT):
        yield _residents(first, min(LOT, persons - len(own) - first), matcher)


def _residents(first: int, number: int, matcher: Matcher) -> Records:
    people = draw_residents(number, stream(first, "residents"), first)
    regions = sorted({address[:3] for address in people.addresses.tolist()[:1000]})
    raw = {
        "name": people.name.tolist(),
        "born_on": people.born_on.astype(str).tolist(),
        "identity": people.person_id.tolist(),
        "phone": phone_numbers(people.phone).tolist(),
        "account": account_numbers(people.account).tolist(),
        "address": people.addresses.tolist(),
        REGION_COLUMN: [regions[row % len(regions)] for row in range(number)],
    }
    ids = [f"R{first + row:09d}" for row in range(number)]
    made = normalised(ids, None, {name: Column.of(values) for name, values in raw.items()}, matcher.day_first)
    return Records(made.ids, made.known_on, {name: made.columns[name] for name in matcher.columns})


def claims_after(file: Path, night: str) -> list[dict[str, Any]]:
    """The claims of a register's file that were filed after the night's day, as they would be sent."""
    texts = pcsv.ConvertOptions(
        column_types={
            name: pa.string() for name in ("claim_id", "person_id", "account", "phone", "agent_id", "employer_id")
        },
        strings_can_be_null=True,
    )
    rows = pcsv.read_csv(file, convert_options=texts).to_pylist()
    later = [row for row in rows if str(row["filed_at"].date()) > night[:10]]
    plain = [{n: v.isoformat() if hasattr(v, "isoformat") else v for n, v in row.items()} for row in later]
    return [{n: v for n, v in row.items() if n != "known_on"} for row in sorted(plain, key=lambda r: r["filed_at"])]
