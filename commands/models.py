"""`plumbline models`: which there are, which is to be served, and taking them to where the service finds them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

import typer
from rich.table import Table

from commands.deployment import err, out, print_json, registry_of, settings
from commands.options import Home, Json
from features.errors import NotFound, PlumblineError
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
    table = Table("model", "subject", "label", "as of", "horizon", "aliases")
    for one in found:
        table.add_row(
            *(str(one[k]) for k in ("model_id", "subject", "label", "as_of", "horizon")), ", ".join(one["aliases"])
        )
    out.print(table)


@models_app.command("name")
def models_name(
    model_id: Annotated[str, typer.Argument(help="The model, as `plumbline models list` names it.")],
    alias: Annotated[str, typer.Option(help="The alias it gets; whichever had it loses it.")] = CHAMPION,
    home: Home = None,
) -> None:
    """Give a model an alias: the service serves the champion of each label, else the newest.

    Example: plumbline models name employers-event-6m-2024-06-30 --alias champion
    """
    from training.aliases import give_alias

    give_alias(registry_of(settings(home)), model_id, alias)
    out.print(f"{model_id} is {alias}. A running service serves it after: plumbline models take", highlight=False)


@models_app.command("take")
def models_take(home: Home = None) -> None:
    """Take the models to be served from the registry; a running service finds them within seconds.

    Example: plumbline models take
    """
    for sentence in models_to_serve(settings(home), strict=True):
        out.print(sentence, markup=False, highlight=False)


def models_to_serve(configured: Settings, strict: bool = False) -> list[str]:
    """Put each label's champion, else its newest model, into the bundle; those that do not fit leave it as it was.

    With `strict` what is refused is raised; without, it is said, and the old models go on being served.
    """
    from serving.bundle import write_bundle
    from serving.opening import bundle_folder

    try:
        models = [m for subject, labels in LABELS.items() for m in _each(registry_of(configured), subject, labels)]
    except PlumblineError as error:
        if strict:
            raise
        err.print(f"• {error.message}: the models served before go on being served.", markup=False, highlight=False)
        return []
    if not models:
        if strict:
            raise NotFound("there are no models to serve", expected="at least one", do="run: plumbline train employers")
        return []
    write_bundle(models, bundle_folder(configured))
    return [f"To be served: {model.card.model_id}" for model in models]


def _each(registry: Any, subject: str, labels: tuple[str | None, ...]) -> list[Any]:
    """The models of these labels that there are."""
    from training.aliases import by_alias

    today, found = dt.datetime.now(dt.UTC).date(), []
    for label in labels:
        try:
            found.append(by_alias(registry, subject, label, CHAMPION) or registry.find(today, label, subject=subject))
        except NotFound:
            continue
    return found
