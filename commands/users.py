"""`plumbline users`: who may sign in, with which roles and regions."""

from __future__ import annotations

import datetime as dt
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.table import Table

from commands.deployment import opened_store, out, print_json, settings
from commands.options import Home, Json, Language

users_app = typer.Typer(no_args_is_help=True, help="Accounts of people: who may sign in, with which roles and regions.")

Login = Annotated[str, typer.Argument(help="Name that they sign in with.")]
Roles = Annotated[
    list[str] | None, typer.Option("--role", help="A role, see docs/roles.md; may be given several times.")
]
Regions = Annotated[
    list[str] | None, typer.Option("--region", help="A region, as the registers write it; may be given several times.")
]
Everywhere = Annotated[bool, typer.Option("--everywhere", help="All regions, and what is of none.")]


@users_app.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="Their name.")] = "",
    role: Roles = None,
    region: Regions = None,
    everywhere: Everywhere = False,
    language: Annotated[Language, typer.Option(help="Language that they read.")] = Language.EN,
    home: Home = None,
) -> None:
    """Add an account. The password is asked for, or read from the standard input; it is never an argument.

    Example: plumbline users add li --name "Li Wei" --role inspector --region qinglan --language zh
    """
    from serving.people.accounts import add_user, good_hash
    from serving.people.grants import give, wanted

    named = wanted(role or [], region or [], everywhere) if role or region or everywhere else []
    kept = good_hash(typed_password(), login, name)
    with transaction(home) as session:
        user = add_user(session, login, name, language=language.value, kept=kept, by=who(), now=now())
        give(session, user, named, who(), now())
    out.print(f"Added {user.login}. Next: plumbline users list", highlight=False, markup=False)


@users_app.command("list")
def list_users(home: Home = None, as_json: Json = False) -> None:
    """The accounts there are, with what is given to them.

    Example: plumbline users list
    """
    from serving.people.accounts import accounts

    with transaction(home) as session:
        found = accounts(session)
    if as_json:
        return print_json([asdict(one) for one in found])
    table = Table("login", "name", "roles", "regions", "signs in by", "disabled")
    for one in found:
        regions = "everywhere" if one.regions is None else ", ".join(one.regions)
        disabled = f"{one.disabled:%Y-%m-%d}" if one.disabled else ""
        table.add_row(one.login, one.name, ", ".join(one.roles), regions, ", ".join(one.ways), disabled)
    out.print(table)


@users_app.command("grant")
def grant(
    login: Login, role: Roles = None, region: Regions = None, everywhere: Everywhere = False, home: Home = None
) -> None:
    """Give roles and regions. They count with the next request.

    Example: plumbline users grant li --role auditor --everywhere
    """
    from serving.people.grants import give, wanted

    named = wanted(role or [], region or [], everywhere)
    with transaction(home) as session:
        give(session, _user(session, login), named, who(), now())
        _say_held(session, login)


@users_app.command("revoke")
def revoke(
    login: Login, role: Roles = None, region: Regions = None, everywhere: Everywhere = False, home: Home = None
) -> None:
    """Take roles and regions. They count no more from the next request.

    Example: plumbline users revoke li --role auditor --everywhere
    """
    from serving.people.grants import named, take

    given = named(role or [], region or [], everywhere)
    with transaction(home) as session:
        take(session, _user(session, login), given, who(), now())
        _say_held(session, login)


@users_app.command("password")
def password(login: Login, home: Home = None) -> None:
    """Set a new password, asked for or read from the standard input; all sessions of the account end.

    Example: plumbline users password li
    """
    from serving.people.accounts import good_hash, put_password
    from serving.people.tries import forget_accounts

    with transaction(home) as session:
        name = _user(session, login).name
    kept = good_hash(typed_password(), login, name)
    with transaction(home) as session:
        put_password(session, _user(session, login), kept, now())
        forget_accounts(session, login)
    out.print(f"{login} has a new password, and is signed out everywhere.", highlight=False, markup=False)


@users_app.command("disable")
def disable_user(login: Login, home: Home = None) -> None:
    """Let nobody sign in with an account any more; its sessions end now, what it did stays.

    Example: plumbline users disable li
    """
    from serving.people.accounts import disable

    with transaction(home) as session:
        disable(session, _user(session, login), who(), now())
    out.print(f"{login} is disabled.", highlight=False, markup=False)


@users_app.command("enable")
def enable_user(login: Login, home: Home = None) -> None:
    """Let a disabled account be used again, with what is given to it.

    Example: plumbline users enable li
    """
    from serving.people.accounts import enable

    with transaction(home) as session:
        enable(_user(session, login))
    out.print(f"{login} may sign in again.", highlight=False, markup=False)


@users_app.command("sign-out")
def sign_out(login: Login, home: Home = None) -> None:
    """End all sessions of an account now.

    Example: plumbline users sign-out li
    """
    from serving.people.sessions import end_all

    with transaction(home) as session:
        end_all(session, _user(session, login).user_id, now())
    out.print(f"{login} is signed out everywhere.", highlight=False, markup=False)


def typed_password() -> str:
    """The password, typed twice unseen, or a line of the standard input where that is no terminal.

    It is never an argument: those are in the shell's history and in the list of processes.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def who() -> str:
    """Who uses the command line, as it is recorded: the operating system's name for them."""
    return f"command:{getpass.getuser()}"


@contextmanager
def transaction(home: Any) -> Iterator[Any]:
    """A transaction in the store of this call."""
    with opened_store(settings(home)) as store, store.session() as session:
        yield session


def _user(session: Any, login: str) -> Any:
    from serving.people.accounts import user_of

    return user_of(session, login, change=True)


def _say_held(session: Any, login: str) -> None:
    from serving.people.grants import held, said

    out.print(f"{login}: {said(held(session, _user(session, login).user_id))}", highlight=False, markup=False)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
