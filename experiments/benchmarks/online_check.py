"""A new claim against ten million persons known: how long it takes, how large the store is, and what a hot block costs.

    python -m experiments.benchmarks.online_check --persons 10000000 --hot 50000 --checks 2000

Persons are residents (residents.py), of whom 50,000 more are paid to one account. The matcher learns from 100,000 of
them without labels. New claims are of persons known, with slips, and of persons new. Each step runs in a process of its
own (wall seconds, CPU seconds, peak resident memory); milliseconds are of whole checks: normalising, looking up,
comparing, judging. A bare look-up of one record by its identifier in the same file is measured beside it. Prints JSON.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from experiments.benchmarks.measuring import measured, ran_as_step
from experiments.benchmarks.residents import Residents, account_numbers, draw_residents, phone_numbers
from experiments.benchmarks.written_claims import claims_of
from experiments.province.arrays import Floats
from experiments.province.chance import stream
from features.same_person.columns import Column
from features.same_person.index import Index
from features.same_person.online import OnlineCheck, build_index
from features.same_person.records import Records, normalised, one_record
from training.same_person.learn import learn
from training.same_person.matcher import Matcher, load_matcher

MODULE = "experiments.benchmarks.online_check"
SECRET = bytes(range(32))  # of made people
LOT = 250_000
LEARNED = 100_000
ONE_ACCOUNT = 999_999_999  # the owner of the account that so many are paid to
FILED = dt.date(2025, 1, 1)
INDEX, MATCHER = "index.sqlite", "matcher"
FIELDS = {
    "name": "name", "born_on": "born_on", "identity": "person_id", "phone": "phone", "account": "account",
    "address": "address",
}  # fmt: skip


def _lots(persons: int, hot: int) -> Iterator[Residents]:
    """Residents lot by lot; the last `hot` are paid to one account."""
    for first in range(0, persons, LOT):
        yield draw_residents(min(LOT, persons - first), stream(first, "residents"), first)
    people = draw_residents(hot, stream(persons, "residents"), persons)
    yield replace(people, account=np.full(hot, ONE_ACCOUNT))


def _raw(people: Residents) -> dict[str, Column]:
    return {
        "name": Column.of(people.name.tolist()),
        "born_on": Column.of(people.born_on.astype(str).tolist()),
        "identity": Column.of(people.person_id.tolist()),
        "phone": Column.of(phone_numbers(people.phone).tolist()),
        "account": Column.of(account_numbers(people.account).tolist()),
        "address": Column.of(people.addresses.tolist()),
    }


def _records(people: Residents, first: int) -> Records:
    return normalised([f"P{first + row:09d}" for row in range(len(people))], None, _raw(people), True)


def run_learn(folder: str) -> dict[str, float]:
    """A matcher from claims of residents, without labels."""
    people = draw_residents(LEARNED, stream(0, "residents"))
    claims, _ = claims_of(people, LEARNED, stream(1, "claims"))
    raw = {field: Column.of(claims[column]) for field, column in FIELDS.items()}
    records = normalised(claims["claim_id"].to_pylist(), claims["known_on"], raw, True)
    learn(records, raw, SECRET).matcher.save(Path(folder, MATCHER))
    return {"records": len(records)}


def run_build(folder: str, persons: str, hot: str) -> dict[str, float]:
    """Normalise everybody and write the store."""
    first = np.cumsum([0, *(len(range(at, min(at + LOT, int(persons)))) for at in range(0, int(persons), LOT))])
    lots = (_records(people, at) for people, at in zip(_lots(int(persons), int(hot)), first.tolist(), strict=True))
    number = build_index(Path(folder, INDEX), load_matcher(Path(folder, MATCHER), SECRET), SECRET, lots)
    return {"records": number, "gb": round(Path(folder, INDEX).stat().st_size / 2**30, 2)}


def run_check(folder: str, checks: str) -> dict[str, float]:
    """New claims of people known (the first lot), and of people who are not."""
    known = draw_residents(LOT, stream(0, "residents"), 0)
    claims, truth = claims_of(known, int(checks) * 2, stream(2, "claims"))
    ids = {person: f"P{row:09d}" for row, person in enumerate(known.person_id)}
    rows = claims.to_pylist()[::2]
    taken, found = _timed(folder, rows)
    right = [ids[person] in likely for person, likely in zip(truth["person_id"].to_pylist()[::2], found, strict=True)]
    return taken | {"found": round(float(np.mean(right)), 4)}


def run_hot(folder: str, checks: str) -> dict[str, float]:
    """New claims to the account of the hot block, of people nobody knows."""
    people = draw_residents(int(checks), stream(3, "residents"), 500_000_000)
    claims, _ = claims_of(replace(people, account=np.full(len(people), ONE_ACCOUNT)), int(checks), stream(3, "claims"))
    account = str(account_numbers(np.array([ONE_ACCOUNT]))[0])
    return _timed(folder, [row | {"account": account} for row in claims.to_pylist()])[0]


def run_look_up(folder: str, checks: str) -> dict[str, float]:
    """The peer: one record by its identifier, in the same file."""
    con = sqlite3.connect(Path(folder, INDEX))
    number = con.execute("SELECT max(record) FROM records").fetchone()[0]
    places = stream(4, "look up").integers(1, number + 1, int(checks)).tolist()
    seconds = []
    for place in places:
        begin = time.perf_counter()
        con.execute("SELECT * FROM records WHERE record_id = ?", (f"P{place - 1:09d}",)).fetchone()
        seconds.append(time.perf_counter() - begin)
    return _percentiles(np.array(seconds))


def _timed(folder: str, rows: list[dict[str, object]]) -> tuple[dict[str, float], list[set[str]]]:
    """Percentiles of whole checks in milliseconds, and by check who is likelier than not the same person."""
    matcher: Matcher = load_matcher(Path(folder, MATCHER), SECRET)
    seconds, found = [], []
    with Index(Path(folder, INDEX)) as index:
        online = OnlineCheck(index, matcher, SECRET)
        for row in rows:
            begin = time.perf_counter()
            written = {field: None if row[column] is None else str(row[column]) for field, column in FIELDS.items()}
            checked = online.check(one_record(str(row["claim_id"]), FILED, written))
            seconds.append(time.perf_counter() - begin)
            found.append({each.record_id for each in checked.candidates if each.probability > 0.5})
    return _percentiles(np.array(seconds)), found


def _percentiles(seconds: Floats) -> dict[str, float]:
    p50, p99 = np.percentile(1000 * seconds, [50, 99])
    return {"p50_ms": round(float(p50), 3), "p99_ms": round(float(p99), 3), "most_ms": round(1000 * seconds.max(), 3)}


STEPS: dict[str, Callable[..., dict[str, float]]] = {
    "learn": run_learn, "build": run_build, "check": run_check, "hot": run_hot, "look_up": run_look_up,
}  # fmt: skip


def main() -> None:
    """Parse the options, measure, print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--persons", type=int, default=10_000_000)
    parser.add_argument("--hot", type=int, default=50_000)
    parser.add_argument("--checks", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plumbline-online-") as folder:
        results = {"learn": measured(MODULE, "learn", folder)}
        results["build"] = measured(MODULE, "build", folder, options.persons, options.hot)
        for step in ("look_up", "check", "hot"):
            results[step] = measured(MODULE, step, folder, options.checks)
    print(json.dumps(results, indent=1))


if __name__ == "__main__" and not ran_as_step(STEPS, sys.argv[1:]):
    main()
