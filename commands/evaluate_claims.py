"""`plumbline evaluate claims`: how well the models of claims would have ordered the claims open on past days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from commands.deployment import engine_of, lake_of, out, print_json, progress, settings
from commands.evaluate import Days, ReportFolder, evaluate_app
from commands.options import Home, Json, Seed, Version, day, months
from commands.same_person import compared_claims


@evaluate_app.command("claims")
def evaluate_claims(
    as_of: Days,
    reviews: Annotated[int, typer.Option(help="Claims that can be reviewed a working day.", min=1)] = 20,
    horizon: Annotated[str, typer.Option(help="Months after the day in which reviews count, as 3m.")] = "3m",
    seed: Seed = 1,
    version: Version = None,
    to: ReportFolder = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Backtest both models of claims against lot, the old rules, amounts and logistic regression, with intervals.

    Beside it: what those reviewed by lot say, by scheme and kind of finding, money found, and money saved before payout.

    Example: plumbline evaluate claims --as-of 2024-03-31 --as-of 2024-06-30 --reviews 20 --out report
    """
    from training.claims.evaluate import evaluate_claims as evaluated
    from training.claims.report import print_claims_report, write_claims_report

    configured = settings(home)
    lake, engine = lake_of(configured), engine_of(configured)
    number = lake.version() if version is None else version
    days = [day(one) for text in as_of for one in text.split(",")]
    with progress() as report_progress:

        def matched(on: dt.date) -> tuple[Path | None, str | None]:
            compared = compared_claims(configured, lake, engine, on, number, report_progress)
            return compared.pairs, compared.matcher

        report = evaluated(
            lake, engine, days, reviews=reviews, months=months(horizon), seed=seed, version=number, matched=matched,
            on_progress=report_progress,
        )  # fmt: skip
    if to is not None:
        write_claims_report(report, to)
    if as_json:
        return print_json(report)
    print_claims_report(report, out)
    if to is not None:
        out.print(f"Written: {to / 'report.html'}, {to / 'report.json'}")
