"""What is asked of the claims that came in online since the night, and of nobody where there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from features.online.books import Added


@dataclass(frozen=True)
class NamedSince:
    """Of one thing: each claim since the night with its measures, and the persons beside it whom the night did not know there.

    `there` and `there_by_agent`: such persons among claims of the last half year, of the employer and of it by the same agent.
    """

    claims: Added = ()
    persons: int = 0
    there: int = 0
    there_by_agent: int = 0


NOTHING = NamedSince()


class Since(Protocol):
    """The claims since the night, without the one asked about."""

    def named(self, things: Sequence[str], claim_id: str, agent: str | None) -> Mapping[str, NamedSince]:
        """By thing (`kind:thing`) what came in; things of which nothing did may be left out."""

    def of_person(self, person: str, claim_id: str) -> Sequence[Mapping[str, Any]]:
        """The claims under an identity number as written (`claim.*` and `thing.*`), the oldest first."""

    def written(self, claim_id: str) -> Mapping[str, Any] | None:
        """A claim as written; None where it did not come in since the night."""


@dataclass(frozen=True)
class NoneSince:
    """Nothing came in."""

    empty: Mapping[str, NamedSince] = field(default_factory=dict)

    def named(self, things: Sequence[str], claim_id: str, agent: str | None) -> Mapping[str, NamedSince]:
        """Nothing."""
        return self.empty

    def of_person(self, person: str, claim_id: str) -> Sequence[Mapping[str, Any]]:
        """None."""
        return ()

    def written(self, claim_id: str) -> Mapping[str, Any] | None:
        """None."""
        return None
