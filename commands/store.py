"""`plumbline store`: the store of the service and its schema."""

from __future__ import annotations

import typer

from commands.deployment import out, print_json, settings
from commands.options import Home, Json

store_app = typer.Typer(no_args_is_help=True, help="The store of the service: where it is, its schema.")


@store_app.command("migrate")
def migrate_store(home: Home = None, as_json: Json = False) -> None:
    """Bring the store to the schema of this version of Plumbline: whole or not at all. Make a copy of it before.

    Example: plumbline store migrate
    """
    from serving.store.opened import migrate_store as migrate

    before, after = migrate(settings(home).store_url)
    if as_json:
        return print_json({"before": before, "after": after})
    if before == after:
        out.print(f"Nothing to do: the store is at revision {after}.")
    else:
        out.print(f"The store came from revision {before or 'none'} to {after}.")
