"""`plumbline outcomes`: what visits and reviews found, back into the registers, so that it becomes labels."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from commands.deployment import lake_of, opened_store, out, print_json, settings
from commands.options import Home, Json, checked_folder, day

outcomes_app = typer.Typer(
    no_args_is_help=True, help="What visits and reviews found, as the registers inspections and claim_decisions."
)

Through = Annotated[
    str | None,
    typer.Option(help="The last day whose entries are told; else yesterday, as today's may still be corrected."),
]


@outcomes_app.command("export")
def export_outcomes(
    to: Annotated[Path, typer.Option("--out", help="Folder to write.", callback=checked_folder)],
    through: Through = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Write inspections.csv and claim_decisions.csv of all that was found, each row with the day it was known.

    Example: plumbline outcomes export --out outcomes/
    """
    from serving.outcomes import outcomes, write_registers

    until = last_day(through)
    with opened_store(settings(home)) as store, store.reading() as session:
        rows = outcomes(session, until)
        written = write_registers(rows, to)
    if as_json:
        told = {register: len(own) for register, own in rows.items()}
        return print_json({"through": until, "rows": told, "written": [str(path) for path in written]})
    for register, own in rows.items():
        out.print(f"{register}: {len(own):,} rows known by {until}", highlight=False)
    for path in written:
        out.print(f"Written: {path}")


@outcomes_app.command("ingest")
def ingest_outcomes(through: Through = None, home: Home = None, as_json: Json = False) -> None:
    """Take all that was found into the lake; what is there already stays, and nothing new makes no version.

    Example: plumbline outcomes ingest
    """
    from serving.outcomes import into_lake, new_to, outcomes

    configured, until = settings(home), last_day(through)
    with opened_store(configured) as store, store.reading() as session:
        rows = outcomes(session, until)
    lake = lake_of(configured)
    fresh = {register: len(own) for register, own in new_to(lake, rows).items()}
    report = into_lake(lake, rows)
    aside = report.aside if report else 0
    version = report.version if report else lake.version()
    if as_json:
        return print_json({"through": until, "new": fresh, "set_aside": aside, "version": version})
    for register, count in fresh.items():
        out.print(f"{register}: {count:,} new rows of {len(rows[register]):,} known by {until}", highlight=False)
    out.print(f"Lake version {version}." if report else f"Nothing new: the lake stays at version {version}.")
    if aside:
        out.print(f"{aside} rows were put aside. See them with: plumbline lake aside")


def last_day(through: str | None) -> dt.date:
    """The day asked for, else yesterday."""
    return day(through) if through else dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
