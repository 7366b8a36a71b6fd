"""Who asks, for the length of one request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from features.errors import Forbidden
from serving.jurisdiction import Scope
from serving.people.roles import permissions_of


@dataclass(frozen=True)
class Caller:
    """A signed-in person, or a machine with a token (`session_id` None, no roles).

    `user_id` is what is recorded as who did it. `permissions` are those of all roles, or those the token was given.
    """

    user_id: str
    roles: frozenset[str]
    scope: Scope
    language: str
    session_id: str | None
    permissions: frozenset[str]

    @classmethod
    def person(cls, user_id: str, roles: Iterable[str], scope: Scope, language: str, session_id: str) -> Caller:
        """Somebody with these roles."""
        return cls(user_id, frozenset(roles), scope, language, session_id, permissions_of(roles))

    @property
    def machine(self) -> bool:
        """Whether a token asks, not a person."""
        return self.session_id is None

    def may(self, permission: str) -> bool:
        """Whether the caller may do this."""
        return permission in self.permissions

    def must(self, permission: str) -> None:
        """Forbidden unless the caller may do this."""
        if not self.may(permission):
            raise Forbidden(
                "this is not among what you may do",
                found="a token" if self.machine else ", ".join(sorted(self.roles)) or "no role",
                expected=f"a token with {permission}" if self.machine else f"a role with {permission}",
                do="ask whoever manages accounts, or see docs/roles.md for who may",
            )
