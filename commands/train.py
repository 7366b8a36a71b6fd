"""`plumbline train`: the models that could have been trained on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from commands.deployment import engine_of, lake_of, out, print_json, progress, registry_of, settings
from commands.options import AsOf, Home, Horizon, Json, LabelName, LabelOption, Seed, Version, day, months

if TYPE_CHECKING:  # it takes a second to load
    from training.artefact import Card

train_app = typer.Typer(no_args_is_help=True, help="Train the models that could have been trained on a day.")


@train_app.command("employers")
def train_employers(
    as_of: AsOf,
    horizon: Horizon = "6m",
    label: LabelOption = LabelName.EVENT,
    seed: Seed = 1,
    version: Version = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Train the model of employers that could have been trained on a day, and record it in MLflow.

    Example: plumbline train employers --as-of 2024-06-30 --horizon 6m --label event
    """
    from dataclasses import asdict

    from training.fit import train

    configured = settings(home)
    with progress() as report_progress:
        training = train(
            lake_of(configured),
            engine_of(configured),
            day(as_of),
            label=label.value,
            months=months(horizon),
            seed=seed,
            version=version,
            on_progress=report_progress,
        )
        report_progress("record in MLflow", 0, 1)
        run = registry_of(configured).record(training.model, training.figures, training.report())
    card = training.model.card
    if as_json:
        return print_json({"run": run, **asdict(card), "figures": training.figures})
    say_model(card, run)
    days = [day for part in card.days.values() for day in part]
    out.print(f"Rows are employers on a day, added up over {len(days)} days from {min(days)} to {max(days)}:")
    say_learned(card)


def say_model(card: Card, run: str) -> None:
    """Which model was trained, and where it is recorded."""
    out.print(
        f"Model [bold]{card.model_id}[/bold], {len(card.features)} features, lake version {card.lake_version}, MLflow run {run}."
    )


def say_learned(card: Card) -> None:
    """What the model learned from, and the notes on its card."""
    from training.counts import told

    for name, count in card.rows.items():
        out.print(f"  {told(name)['en']}: {count:,}", highlight=False)
    for note in card.notes:
        out.print(f"• {note['en']}", markup=False, highlight=False)
