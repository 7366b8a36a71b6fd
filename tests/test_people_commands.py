"""`plumbline users` and `plumbline tokens`: accounts and tokens as an office makes them, used as a request would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner, Result

from features.errors import BadInput, NotFound, NotSignedIn, PlumblineError
from plumbline import app
from serving.people import passwords
from serving.people.asking import who_asks
from serving.people.sign_in import sign_in
from serving.store.base import now
from serving.store.opened import Store, open_store

PASSWORD = "seven grey herons wait"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


def run(home: Path, *words: str, typed: str = "") -> Result:
    result = CliRunner().invoke(app, [*words, "--home", str(home)], input=typed)
    if isinstance(result.exception, PlumblineError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result


def store(home: Path) -> Store:
    return open_store(f"sqlite:///{home / 'store.db'}")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    given = ("--role", "inspector", "--region", "north", "--language", "zh")
    run(tmp_path, "users", "add", "li", "--name", "Li Wei", *given, typed=f"{PASSWORD}\n")
    return tmp_path


def test_who_was_added_signs_in_with_what_was_given(home: Path) -> None:
    token = sign_in(store(home), "li", PASSWORD, "192.0.2.1", now())
    caller = who_asks(store(home), token, None, now()).caller
    assert (caller.roles, caller.scope.regions, caller.language) == ({"inspector"}, {"north"}, "zh")


def test_accounts_are_listed_without_their_passwords(home: Path) -> None:
    listed = run(home, "users", "list", "--json").stdout
    assert "argon2" not in listed
    (li,) = json.loads(listed)
    assert (li["login"], li["roles"], li["regions"], li["ways"]) == ("li", ["inspector"], ["north"], ["password"])
    assert li["added_by"].startswith("command:")
    assert "inspector" in run(home, "users", "list").stdout


def test_roles_and_regions_are_given_and_taken(home: Path) -> None:
    said = run(home, "users", "grant", "li", "--role", "auditor", "--everywhere").stdout
    assert "role auditor, role inspector, region north, everywhere" in said
    said = run(home, "users", "revoke", "li", "--role", "inspector", "--everywhere").stdout
    assert "role auditor, region north" in said and "inspector" not in said
    with pytest.raises(NotFound):
        run(home, "users", "revoke", "li", "--role", "inspector")
    with pytest.raises(BadInput, match="fund_supervisor"):
        run(home, "users", "grant", "li", "--role", "chief")
    with pytest.raises(NotFound):
        run(home, "users", "grant", "nobody", "--role", "auditor")


def test_a_new_password_ends_sessions_and_waits(home: Path) -> None:
    token = sign_in(store(home), "li", PASSWORD, "192.0.2.1", now())
    for _ in range(6):
        with pytest.raises(NotSignedIn):
            sign_in(store(home), "li", "wrong", "192.0.2.1", now())
    with pytest.raises(BadInput):
        run(home, "users", "password", "li", typed="too short\n")
    run(home, "users", "password", "li", typed="nine quiet lamps burn\n")
    with pytest.raises(NotSignedIn):
        who_asks(store(home), token, None, now())
    assert sign_in(store(home), "li", "nine quiet lamps burn", "192.0.2.1", now())


@pytest.mark.parametrize("verb", ["disable", "sign-out"])
def test_sessions_end_at_once(home: Path, verb: str) -> None:
    token = sign_in(store(home), "li", PASSWORD, "192.0.2.1", now())
    run(home, "users", verb, "li")
    with pytest.raises(NotSignedIn):
        who_asks(store(home), token, None, now())
    run(home, "users", "enable", "li")
    assert sign_in(store(home), "li", PASSWORD, "192.0.2.1", now())


def test_a_token_is_told_once_and_revoked(home: Path) -> None:
    whole = run(home, "tokens", "add", "intake", "--may", "claims.score", "--region", "north").stdout.strip()
    caller = who_asks(store(home), None, whole, now()).caller
    assert (caller.permissions, caller.scope.regions) == ({"claims.score"}, {"north"})
    listed = run(home, "tokens", "list", "--json").stdout
    assert whole not in listed and json.loads(listed)[0]["name"] == "intake"
    assert "intake" in run(home, "tokens", "list").stdout
    run(home, "tokens", "revoke", "intake")
    with pytest.raises(NotSignedIn):
        who_asks(store(home), None, whole, now())


def test_a_token_without_a_region_is_refused(home: Path) -> None:
    with pytest.raises(BadInput, match="region"):
        run(home, "tokens", "add", "intake", "--may", "claims.score")
