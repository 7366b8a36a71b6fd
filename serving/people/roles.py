"""What each role may do, read once from `roles.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from features.errors import BadInput
from serving.texts import Sentence


@dataclass(frozen=True)
class Permission:
    """One thing that the service does. `people_only`: never with a machine's token."""

    name: str
    says: Sentence
    people_only: bool


@dataclass(frozen=True)
class Role:
    """A kind of official."""

    name: str
    title: Sentence
    does: Sentence
    may: frozenset[str]


_TABLE = tomllib.loads(files("serving.people").joinpath("roles.toml").read_text(encoding="utf-8"))

PERMISSIONS: dict[str, Permission] = {
    name: Permission(name, Sentence(said["en"], said["zh"]), said.get("people", False))
    for name, said in _TABLE["permissions"].items()
}
ROLES: dict[str, Role] = {
    name: Role(name, Sentence(said["en"], said["zh"]), Sentence(**said["does"]), frozenset(said["may"]))
    for name, said in _TABLE["roles"].items()
}


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """All that somebody with these roles may do. A role that is no longer in the table gives nothing."""
    return frozenset[str]().union(*(ROLES[role].may for role in roles if role in ROLES))


def known_roles(names: Iterable[str]) -> list[str]:
    """The names, once each; BadInput names the roles there are."""
    return _known(names, ROLES, "role")


def machine_permissions(names: Iterable[str]) -> list[str]:
    """The names, once each; BadInput names the permissions that a machine's token can have."""
    return _known(names, [p.name for p in PERMISSIONS.values() if not p.people_only], "permission of a token")


def _known(names: Iterable[str], there: Iterable[str], what: str) -> list[str]:
    asked = list(dict.fromkeys(names))
    missing = [name for name in asked if name not in there]
    if missing:
        raise BadInput(f"no such {what}", found=", ".join(missing), expected=", ".join(there), do="choose among these")
    return asked
