"""What the claims of the office's own provider give: a table, `provider.toml` or the office's own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from features.errors import BadInput
from features.languages import LANGUAGES
from serving.people.grants import EVERYWHERE, Given
from serving.people.roles import ROLES

Claims = Mapping[str, Any]


class Gives(BaseModel):
    """A claim that has this value gives a role, a region, or everywhere."""

    model_config = ConfigDict(extra="forbid")

    claim: str
    value: str
    role: str | None = None
    region: str | None = None
    everywhere: bool = False

    @model_validator(mode="after")
    def _gives_one_thing(self) -> Gives:
        if sum((self.role is not None, self.region is not None, self.everywhere)) != 1:
            raise ValueError("gives exactly one of role, region, everywhere")
        return self

    @field_validator("role")
    @classmethod
    def _is_a_role(cls, role: str | None) -> str | None:
        if role is not None and role not in ROLES:
            raise ValueError(f"no such role; one of {', '.join(ROLES)}")
        return role

    @property
    def given(self) -> Given:
        """The grant."""
        if self.role is not None:
            return "role", self.role
        return EVERYWHERE if self.everywhere else ("region", str(self.region))


class ProviderGrants(BaseModel):
    """How claims are read."""

    model_config = ConfigDict(extra="forbid")

    login: str
    name: str
    language: str
    regions_are: list[str] = Field(default_factory=list)
    gives: list[Gives] = Field(default_factory=list)

    def granted(self, claims: Claims) -> list[Given]:
        """What the claims give."""
        by_value = [one.given for one in self.gives if one.value in _values(claims, one.claim)]
        return by_value + [("region", region) for claim in self.regions_are for region in _values(claims, claim)]

    def called(self, claims: Claims) -> tuple[str, str]:
        """The login and the name that the claims give; empty where they say none."""
        return _first(claims, self.login), _first(claims, self.name)

    def spoken(self, claims: Claims) -> str:
        """The language of the claims where it is one of the pages', else the first of those."""
        said = _first(claims, self.language).lower().replace("_", "-").split("-")[0]
        return said if said in LANGUAGES else LANGUAGES[0]


def read_provider_grants(path: Path | None) -> ProviderGrants:
    """The office's table, or the one shipped. BadInput names all that is wrong in it."""
    try:
        said = path.read_text("utf-8") if path else files("serving.people").joinpath("provider.toml").read_text("utf-8")
        return ProviderGrants.model_validate(tomllib.loads(said))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise _unusable(path, str(error)) from error
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise _unusable(path, "; ".join(wrong)) from error


def _unusable(path: Path | None, found: str) -> BadInput:
    return BadInput(
        "the table of what the provider gives cannot be used",
        found=found,
        expected="a file such as serving/people/provider.toml",
        do=f"correct {path}, or unset PLUMBLINE_PROVIDER_GRANTS",
    )


def _values(claims: Claims, name: str) -> list[str]:
    """What a claim says, as a list of texts; a name may itself hold dots, as an address does."""
    value: Any = claims.get(name)
    if value is None:
        value = claims
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, list | tuple):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) and value else []


def _first(claims: Claims, name: str) -> str:
    return next(iter(_values(claims, name)), "")
