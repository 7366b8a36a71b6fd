"""`plumbline online`: what scores in a request rest on."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from commands.deployment import engine_of, lake_of, out, print_json, progress, settings
from commands.options import AsOf, Home, Json, Version, day
from commands.rules import RulesFile, rule_book
from commands.same_person import compared_claims
from features.settings import Settings

online_app = typer.Typer(help="What scores in a request rest on.", no_args_is_help=True)
LOT = 250_000  # claims whose records are made at a time


@online_app.command("build")
def build(
    as_of: AsOf, rules: RulesFile = None, version: Version = None, home: Home = None, as_json: Json = False
) -> None:
    """Prepare a day for online scores, from all that is known by it; services take it up by themselves.

    Example: plumbline online build --as-of 2024-06-30
    """
    from serving.online.folder import new_night
    from training.age import refuse_days_to_come

    on = day(as_of)
    refuse_days_to_come(on, dt.datetime.now(dt.UTC).date())
    configured, started = settings(home), time.monotonic()
    lake, engine = lake_of(configured), engine_of(configured)
    number = lake.version() if version is None else version
    with progress() as report, new_night(configured.home, f"{on}-v{number}") as folder:
        said = _prepare(configured, lake, engine, on, number, rule_book(configured, rules), folder, report)
    said |= {"as_of": on.isoformat(), "lake_version": number, "seconds": round(time.monotonic() - started, 1)}
    if as_json:
        return print_json(said)
    out.print(f"Prepared for claims filed on {on}: " + ", ".join(f"{n:,} {what}" for what, n in said["rows"].items()))


def _prepare(
    configured: Settings, lake: Any, engine: Any, on: dt.date, number: int, book: Any, folder: Path, report: Any
) -> dict[str, Any]:
    from features.online.prepare import night_of, write_night
    from features.rings.make import evidence_of
    from features.rules.findings import decisions_of, found_by_lot
    from features.snapshots.claim_take import take_claim_snapshot
    from features.snapshots.take import take_employer_snapshot
    from serving.online.night import write_claim_facts, write_employer_facts, write_same_person

    compared = compared_claims(configured, lake, engine, on, number, report)
    snapshot = take_claim_snapshot(lake, engine, [on], version=number, matches=compared.pairs, on_progress=report)
    write_claim_facts(folder, snapshot, book, found_by_lot(decisions_of(lake, engine, number, on)))
    rings = evidence_of(lake, engine, number)
    rows = write_night(folder, night_of(lake, engine, on, number, report), rings, number)
    if compared.pairs is not None:
        matcher, secret = _matcher(configured, compared.pairs)
        rows["records"] = write_same_person(folder, matcher, secret, _records(lake, engine, on, number, matcher))
    if lake.has("employers", number):
        write_employer_facts(folder, take_employer_snapshot(lake, engine, [on], version=number, on_progress=report))
    return {"rows": rows}


def _matcher(configured: Settings, pairs: Path) -> tuple[Any, bytes]:
    """The matcher that compared the claims, from beside their pairs."""
    from features.same_person.secret import read_secret
    from training.same_person.matcher import load_matcher

    secret = read_secret(configured.home)
    return load_matcher(pairs.parent, secret), secret


def _records(lake: Any, engine: Any, on: dt.date, number: int, matcher: Any) -> Iterator[Any]:
    """All claims known by the day as records, in the order in which they became known."""
    from training.same_person.match_claims import records_of

    everybody = records_of(lake, engine, on, number, matcher)
    import numpy as np

    for first in range(0, len(everybody), LOT):
        yield everybody.taken(np.arange(first, min(first + LOT, len(everybody))))
