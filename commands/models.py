"""`plumbline models`: which there are, which is to be served, and taking them to where the service finds them."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Annotated, Any

import typer
from rich.table import Column, Table

from commands.deployment import out, print_json, registry_of, settings
from commands.options import Home, Json
from features.errors import NotFound
from features.settings import Settings

models_app = typer.Typer(no_args_is_help=True, help="The models there are, and those that are served.")

CHAMPION = "champion"
LABELS = {"employers": (None,), "claims": ("duplicate", "fraud")}


@models_app.command("list")
def models_list(home: Home = None, as_json: Json = False) -> None:
    """The models in the registry, newest first, and which carries which alias.

    Example: plumbline models list
    """
    from training.aliases import models

    found = models(registry_of(settings(home)))
    if as_json:
        return print_json(found)
    table = Table(Column("model", overflow="fold"), "subject", "label", "as of", "horizon", "aliases")
    for one in found:
        table.add_row(
            *(str(one[k]) for k in ("model_id", "subject", "label", "as_of", "horizon")), ", ".join(one["aliases"])
        )
    out.print(table)


@models_app.command("name")
def models_name(
    model_id: Annotated[str, typer.Argument(help="The model, as `plumbline models list` names it, or as that begins.")],
    alias: Annotated[str, typer.Option(help="The alias it gets; whichever had it loses it.")] = CHAMPION,
    home: Home = None,
) -> None:
    """Give a model an alias: the service serves the champion of each label, else the newest.

    Example: plumbline models name employers-event-6m-2024-06-30 --alias champion
    """
    from training.aliases import give_alias

    named = give_alias(registry_of(settings(home)), model_id, alias)
    out.print(f"{named} is {alias}. A running service serves it after: plumbline models take", highlight=False)


@models_app.command("take")
def models_take(home: Home = None) -> None:
    """Take the models to be served from the registry; a running service finds them within seconds.

    Example: plumbline models take
    """
    for sentence in models_to_serve(settings(home)):
        out.print(sentence, markup=False, highlight=False)


def models_to_serve(configured: Settings) -> list[str]:
    """Put the chosen models into the bundle. Errors where there are none, or one does not fit: the bundle stays as it was."""
    from serving.bundle import write_bundle
    from serving.opening import bundle_folder

    models = chosen_models(configured)
    write_bundle(models, bundle_folder(configured))
    return [f"To be served: {model.card.model_id}" for model in models]


def chosen_models(configured: Settings) -> list[Any]:
    """Each label's champion, else its newest model. NotFound: there are none; BadInput: one does not fit this code."""
    registry = registry_of(configured)
    models = [model for subject, labels in LABELS.items() for model in _each(registry, subject, labels)]
    if not models:
        raise NotFound("there are no models to serve", expected="at least one", do="run: plumbline train employers")
    return models


def _each(registry: Any, subject: str, labels: tuple[str | None, ...]) -> list[Any]:
    """The models of these labels that there are."""
    from training.aliases import by_alias

    today, found = dt.datetime.now(dt.UTC).date(), []
    for label in labels:
        with suppress(NotFound):
            found.append(by_alias(registry, subject, label, CHAMPION) or registry.find(today, label, subject=subject))
    return found
