"""`plumbline score`: everybody's scores as of a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.age import say_age
from commands.deployment import engine_of, lake_of, opened_store, out, print_json, progress, registry_of, settings
from commands.keeping import keep_scores, say_kept
from commands.options import AsOf, Home, Json, Keep, LabelName, ModelLabel, Version, checked_file, day, months
from features.settings import Settings

score_app = typer.Typer(no_args_is_help=True, help="Everybody's scores as of a day.")

ScoresFile = Annotated[Path | None, typer.Option("--out", help="Parquet file to write.", callback=checked_file)]
ReasonsShare = Annotated[
    float | None,
    typer.Option(help="Share to keep reasons of in the store, those at highest risk; else 0.01.", min=0, max=1),
]


@score_app.command("employers")
def score_employers(
    as_of: AsOf,
    to: ScoresFile = None,
    label: ModelLabel = None,
    horizon: Annotated[str | None, typer.Option(help="Use a model of this horizon, as 6m.")] = None,
    reasons_share: ReasonsShare = None,
    keep: Keep = True,
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Everybody's risk and level as of a day, with the newest model trained as of that day or before.

    Example: plumbline score employers --as-of 2024-06-30
    """
    from serving.levels import read_levels
    from serving.runs import Scored
    from serving.scoring import features_of
    from serving.scoring import score_employers as scores_of
    from serving.why import why_employers

    configured, share = settings(home), share_of(reasons_share)
    levels = read_levels(configured.levels)
    with opened_store(configured, keep) as store:
        model, snapshot, number = scored_employers(configured, day(as_of), label, horizon, version)
        matrix, card = features_of(model, snapshot), model.card
        scores = scores_of(model, snapshot, levels, matrix)
        run = Scored(
            "employers", day(as_of), number, {card.label: card.model_id}, {"levels": levels.version}, share,
            card.label, card.horizon_months,
        )  # fmt: skip
        kept = keep_scores(
            store,
            run,
            scores,
            lambda: {
                "region": snapshot["region"],
                "why": why_employers(model, snapshot, matrix, scores["risk"].to_numpy(), share),
            },
        )
    said = {
        "model": card.model_id,
        "trained_as_of": card.as_of,
        "label": card.label,
        "horizon_months": card.horizon_months,
        "employers": scores.num_rows,
    }
    sentence = f"{scores.num_rows:,} employers scored as of {as_of} with {card.model_id} (trained as of {card.as_of})."
    say_scored(said, sentence, scores, to, run.run_id, kept, as_json)


def share_of(asked: float | None) -> float:
    """The share of reasons that is asked for, or that of serving/limits.toml."""
    from serving.limits import REASONS_SHARE

    return REASONS_SHARE if asked is None else asked


def say_scored(
    said: dict[str, Any], sentence: str, scores: Any, to: Path | None, run_id: str, kept: bool | None, as_json: bool
) -> None:
    """Write the file, where one was named, and say what was scored and where it is."""
    import pyarrow.parquet as pq

    if to:
        pq.write_table(scores, to)
    if as_json:
        return print_json({**said, "run": run_id, "kept": kept, "out": str(to) if to else None})
    out.print(sentence)
    say_kept(kept, "run", run_id)
    if to:
        out.print(f"Written: {to}")


def scored_employers(
    configured: Settings, as_of: dt.date, label: LabelName | None, horizon: str | None, version: int | None
) -> tuple[Any, Any, int]:
    """The model that may speak of the day, the day's snapshot with all facts, and the lake version they come from."""
    from features.snapshots.take import take_employer_snapshot
    from training.age import refuse_days_to_come

    refuse_days_to_come(as_of, dt.datetime.now(dt.UTC).date())
    model = registry_of(configured).find(as_of, label.value if label else None, months(horizon) if horizon else None)
    lake = lake_of(configured)
    number = lake.version() if version is None else version
    engine = engine_of(configured)
    with progress() as report_progress:
        snapshot = take_employer_snapshot(lake, engine, [as_of], version=number, on_progress=report_progress)
    say_age([model], lake, engine, number, as_of)
    return model, snapshot, number
