"""A home to score claims in, with as many records to compare them with as are wanted; and claims filed after its night."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pcsv

from experiments.benchmarks.residents import account_numbers, draw_residents, phone_numbers
from experiments.province.chance import stream
from features.engine import connect
from features.lake.lake import Lake
from features.same_person.columns import Column
from features.same_person.fields import OF_CLAIMS
from features.same_person.records import Records, normalised
from features.same_person.secret import read_secret
from serving.online.folder import CURRENT, FOLDER, current_name, current_night
from serving.online.night import write_same_person
from training.same_person.learn import learn
from training.same_person.match_claims import standing_claims

REGION_FIELD = "extra.region"


def filled_home(home: Path, persons: int, folder: Path) -> tuple[Path, int]:
    """A home with the night of `home`, a store of `persons` records and the matcher made of them, as an authority of that
    size would have; returns it and how many there are."""
    night, secret = current_night(home), read_secret(home)
    fresh = folder / "home"
    shutil.copytree(night, fresh / FOLDER / night.name)
    (fresh / FOLDER / CURRENT).write_text(current_name(home), encoding="utf-8")
    shutil.copy(home / "same-person.key", fresh)
    ids, known_on, raw = _records(home, night, persons)
    records = normalised(ids, known_on, raw)
    matcher = learn(records, raw, secret).matcher
    kept = Records(records.ids, records.known_on, {name: records.columns[name] for name in matcher.columns})
    return fresh, write_same_person(fresh / FOLDER / night.name, matcher, secret, [kept])


def _records(home: Path, night: Path, persons: int) -> tuple[list[str], list[dt.date], dict[str, Column]]:
    """The claims that the night knows, and made residents beside them, as they are written."""
    day, version = night.name.rsplit("-v", 1)
    own = standing_claims(Lake(home / "lake"), connect(), dt.date.fromisoformat(day), int(version))
    number = persons - own.num_rows
    made = _residents(number)
    raw = {
        field: Column.of(pa.array(own[column].cast(pa.string()).to_pylist() + made[field], pa.string()))
        for field, column in OF_CLAIMS.items()
    }
    known = own["known_on"].to_pylist()
    return own["claim_id"].to_pylist() + [f"R{row:09d}" for row in range(number)], known + [min(known)] * number, raw


def _residents(number: int) -> dict[str, list[str]]:
    people = draw_residents(number, stream(0, "residents"), 0)
    regions = sorted({address[:3] for address in people.addresses.tolist()[:1000]})
    return {
        "name": people.name.tolist(),
        "born_on": people.born_on.astype(str).tolist(),
        "identity": people.person_id.tolist(),
        "phone": phone_numbers(people.phone).tolist(),
        "account": account_numbers(people.account).tolist(),
        "address": people.addresses.tolist(),
        REGION_FIELD: [regions[row % len(regions)] for row in range(number)],
    }


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
