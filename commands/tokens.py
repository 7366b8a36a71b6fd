"""`plumbline tokens`: what machines sign in with."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.table import Table

from commands.deployment import err, out, print_json
from commands.options import Home, Json
from commands.users import Everywhere, Regions, now, transaction, who

tokens_app = typer.Typer(no_args_is_help=True, help="Tokens of machines: what each may do, where, and until when.")
SHOWN = ("name", "permissions", "regions", "made", "made_by", "ends", "seen", "revoked", "revoked_by")
Name = Annotated[str, typer.Argument(help="Name of the token: which machine has it.")]


@tokens_app.command("add")
def add(
    name: Name,
    may: Annotated[
        list[str], typer.Option("--may", help="A permission, see docs/roles.md; several times for several.")
    ],
    region: Regions = None,
    everywhere: Everywhere = False,
    days: Annotated[int | None, typer.Option(help="Days that it holds; else 90.")] = None,
    home: Home = None,
) -> None:
    """Make a token and print it, this once: the store keeps only its hash.

    Example: plumbline tokens add intake --may claims.score --region qinglan --days 30 > intake.token
    """
    from serving.jurisdiction import EVERYWHERE, Scope
    from serving.people.limits import TOKEN_DAYS
    from serving.people.machine_tokens import add_token

    scope = EVERYWHERE if everywhere else Scope.of(region or [])
    with transaction(home) as session:
        token, whole = add_token(session, name, may, scope, days or TOKEN_DAYS, by=who(), now=now())
        until = token.ends
    err.print(f"It holds until {until:%Y-%m-%d}. Send it as: Authorization: Bearer …", highlight=False)
    sys.stdout.write(whole + "\n")


@tokens_app.command("list")
def list_tokens(home: Home = None, as_json: Json = False) -> None:
    """The tokens there are and were, without what they are.

    Example: plumbline tokens list
    """
    from serving.people.machine_tokens import tokens

    with transaction(home) as session:
        found = [{name: getattr(token, name) for name in SHOWN} for token in tokens(session)]
    if as_json:
        return print_json(found)
    table = Table("name", "may", "regions", "until", "last used", "revoked")
    for one in found:
        regions = "everywhere" if one["regions"] is None else ", ".join(one["regions"])
        days = (f"{one[moment]:%Y-%m-%d}" if one[moment] else "" for moment in ("ends", "seen", "revoked"))
        table.add_row(one["name"], ", ".join(one["permissions"]), regions, *days)
    out.print(table)


@tokens_app.command("revoke")
def revoke(name: Name, home: Home = None) -> None:
    """End a token now.

    Example: plumbline tokens revoke intake
    """
    from serving.people.machine_tokens import revoke_token

    with transaction(home) as session:
        revoke_token(session, name, who(), now())
    out.print(f"{name} is revoked.", highlight=False, markup=False)
