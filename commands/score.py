"""`plumbline score`: everybody's scores as of a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.deployment import engine_of, err, lake_of, out, print_json, progress, registry_of, settings
from commands.options import AsOf, Home, Json, LabelName, ModelLabel, Version, checked_file, day, months
from features.settings import Settings

score_app = typer.Typer(no_args_is_help=True, help="Everybody's scores as of a day.")

ScoresFile = Annotated[Path, typer.Option("--out", help="Parquet file to write.", callback=checked_file)]


@score_app.command("employers")
def score_employers(
    as_of: AsOf,
    to: ScoresFile,
    label: ModelLabel = None,
    horizon: Annotated[str | None, typer.Option(help="Use a model of this horizon, as 6m.")] = None,
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Everybody's risk and level as of a day, with the newest model trained as of that day or before.

    Example: plumbline score employers --as-of 2024-06-30 --out scores.parquet
    """
    import pyarrow.parquet as pq

    from serving.levels import read_levels
    from serving.scoring import score_employers as scores_of

    configured = settings(home)
    levels = read_levels(configured.levels)
    model, snapshot, _ = scored_employers(configured, day(as_of), label, horizon, version)
    scores = scores_of(model, snapshot, levels)
    pq.write_table(scores, to)
    said = {
        "model": model.card.model_id,
        "trained_as_of": model.card.as_of,
        "label": model.card.label,
        "horizon_months": model.card.horizon_months,
        "employers": scores.num_rows,
        "out": str(to),
    }
    if as_json:
        return print_json(said)
    out.print(
        f"{scores.num_rows:,} employers scored as of {as_of} with {model.card.model_id} (trained as of {model.card.as_of}): {to}"
    )


def scored_employers(
    configured: Settings, as_of: dt.date, label: LabelName | None, horizon: str | None, version: int | None
) -> tuple[Any, Any, int]:
    """The model that may speak of the day, the day's snapshot with all facts, and the lake version they come from."""
    from features.snapshots.take import take_employer_snapshot
    from training.age import refuse_days_to_come, said_of_age
    from training.dataset import first_and_last_day

    refuse_days_to_come(as_of, dt.datetime.now(dt.UTC).date())
    model = registry_of(configured).find(as_of, label.value if label else None, months(horizon) if horizon else None)
    lake = lake_of(configured)
    number = lake.version() if version is None else version
    engine = engine_of(configured)
    with progress() as report_progress:
        snapshot = take_employer_snapshot(lake, engine, [as_of], version=number, on_progress=report_progress)
    for note in said_of_age(model.card, as_of, first_and_last_day(lake, engine, number)[1]):
        err.print(f"• {note}", markup=False, highlight=False)
    return model, snapshot, number
