"""`plumbline bento`: the service as one folder that a data centre deploys."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.deployment import out, settings
from commands.models import chosen_models
from commands.options import Home
from features.errors import BadInput

bento_app = typer.Typer(no_args_is_help=True, help="The service, its models and all that it needs as one folder.")


@bento_app.command("build")
def bento_build(
    to: Annotated[Path, typer.Option("--out", help="Folder to make.")] = Path("plumbline-bento"),
    home: Home = None,
) -> None:
    """A Bento with the champion of each label, else its newest model.

    Example: plumbline bento build --out plumbline-bento && bentoml serve plumbline-bento
    """
    from serving.bento_build import build_bento

    if to.exists():
        raise BadInput(
            f"{to} is there already", found=str(to), expected="a new folder", do="choose another, or remove it"
        )
    models = chosen_models(settings(home))
    tag = build_bento(models, to.resolve())
    out.print(f"{tag} with {', '.join(one.card.model_id for one in models)}: {to}", highlight=False)
    out.print(f"Start it with: bentoml serve {to}", highlight=False)
