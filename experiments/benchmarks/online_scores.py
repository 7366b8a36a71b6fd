"""A claim scored as it is filed, a million claims known: milliseconds of the processor by part, and how long it takes in all.

    python -m experiments.benchmarks.online_scores --home HOME --claims FILE.csv --persons 1000000

HOME has a night (`plumbline online build`), models and the lake it came from; FILE.csv are claims filed after it. The store of
the same-person check is filled up with made residents (residents.py) to so many records. Everything else is of the night. Each
claim is scored alone, with reasons in both languages, and kept (a full sync) before it counts as answered. Prints JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv

from experiments.benchmarks.residents import account_numbers, draw_residents, phone_numbers
from experiments.province.chance import stream
from features.claims import CLAIM_FEATURES
from features.engine import connect
from features.lake.lake import Lake
from features.rules.read import read_rules
from features.same_person.columns import Column
from features.same_person.records import Records, normalised
from features.same_person.secret import read_secret
from features.settings import Settings
from serving.claim_scores import KINDS
from serving.levels import read_levels
from serving.online.folder import CURRENT, FOLDER, current_name, current_night
from serving.online.night import write_same_person
from serving.online.opened import Online
from training.registry import Registry
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


def measured(online: Online, claims: list[dict[str, Any]], rounds: int) -> dict[str, Any]:
    """Milliseconds by part of the processor, and of whole scores by the clock."""
    scorer, parts = online.claims, defaultdict[str, float](float)
    for name, told in (("_checked", "same person"), ("_probabilities", "both models"), ("_explained", "reasons")):
        _timed(scorer, name, told, parts)
    _timed(scorer.facts, "write", "as written", parts)
    _timed(scorer.facts, "tell", "features", parts)
    for claim in claims[:20]:
        scorer.score([claim])
    parts.clear()
    seconds, processor = [], time.process_time()
    for number in range(rounds):
        claim = claims[number % len(claims)] | {"claim_id": f"bench-{number}"}
        begin, cpu = time.perf_counter(), time.thread_time()
        scorer.score([claim])
        parts["all of the thread"] += time.thread_time() - cpu
        seconds.append(time.perf_counter() - begin)
    p50, p95, p99 = np.percentile(1000 * np.array(seconds), [50, 95, 99])
    return {
        "processor_ms": {name: round(1000 * spent / rounds, 3) for name, spent in parts.items()},
        "processor_ms_with_journal": round(1000 * (time.process_time() - processor) / rounds, 3),
        "p50_ms": round(p50, 2), "p95_ms": round(p95, 2), "p99_ms": round(p99, 2),
    }  # fmt: skip


def _timed(of: Any, name: str, told: str, parts: dict[str, float]) -> None:
    method: Callable[..., Any] = getattr(of, name)

    def timed(*given: Any) -> Any:
        begin = time.thread_time()
        answer = method(*given)
        parts[told] += time.thread_time() - begin
        return answer

    setattr(of, name, timed)


def main() -> None:
    """Parse the options, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1_000)
    options = parser.parse_args()
    settings, night = Settings(home=options.home), current_name(options.home)
    models = Registry(settings.tracking, settings.artefacts).find_each(_day(night), KINDS, "claims")
    with tempfile.TemporaryDirectory(prefix="plumbline-online-scores-") as folder:
        home, records = filled_home(options.home, options.persons, Path(folder))
        used = {("claims", label): model for label, model in models.items()}
        online = Online(home, lambda: used, read_rules(CLAIM_FEATURES), read_levels())
        told = measured(online, claims_after(options.claims, night), options.rounds)
        online.close()
    print(json.dumps({"records": records, "night": night, **told}, indent=1))


def _day(night: str) -> dt.date:

    return dt.date.fromisoformat(night[:10])


if __name__ == "__main__":
    main()
