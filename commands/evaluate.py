"""`plumbline evaluate`: backtests over as-of days, with intervals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.deployment import engine_of, lake_of, out, print_json, progress, settings
from commands.options import Home, Json, LabelName, LabelOption, Seed, Version, checked_folder, day, months

evaluate_app = typer.Typer(no_args_is_help=True, help="Backtests over as-of days, against what is simpler.")

Days = Annotated[list[str], typer.Option("--as-of", help="A day to backtest on; may be given several times.")]
ReportFolder = Annotated[
    Path | None, typer.Option("--out", help="Folder for report.json and report.html.", callback=checked_folder)
]


@evaluate_app.command("employers")
def evaluate_employers(
    as_of: Days,
    horizon: Annotated[str, typer.Option(help="Months after the day, as 6m; several as 3m,6m,12m.")] = "6m",
    label: LabelOption = LabelName.EVENT,
    capacity: Annotated[int, typer.Option(help="Visits that can be made in the horizon.", min=1)] = 100,
    seed: Seed = 1,
    version: Version = None,
    to: ReportFolder = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Backtest over as-of days against lot, earlier complaints, unpaid wages and plainer models, with intervals.

    Beside it: arrears that begin, who was inspected, and the order by expected money. With several horizons each has
    its own folder in --out, and --json prints a list.

    Example: plumbline evaluate employers --as-of 2023-12-31 --as-of 2024-06-30 --capacity 200 --out report
    """
    from training.evaluate import evaluate
    from training.report import print_report, write_report

    configured = settings(home)
    horizons = [months(text) for text in horizon.split(",")]
    with progress() as report_progress:
        reports = [
            evaluate(
                lake_of(configured),
                engine_of(configured),
                [day(d) for text in as_of for d in text.split(",")],
                label=label.value,
                months=ahead,
                capacity=capacity,
                seed=seed,
                version=version,
                on_progress=report_progress,
            )
            for ahead in horizons
        ]
    folders = [to if to is None or len(reports) == 1 else to / f"{ahead}m" for ahead in horizons]
    for report, folder in zip(reports, folders, strict=True):
        if folder is not None:
            write_report(report, folder)
    if as_json:
        return print_json(reports if len(reports) > 1 else reports[0])
    for report, folder in zip(reports, folders, strict=True):
        print_report(report, out)
        if folder is not None:
            out.print(f"Written: {folder / 'report.html'}, {folder / 'report.json'}")
