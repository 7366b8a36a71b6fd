"""An answer as somebody may see it: nothing of other regions, and nobody's numbers or names whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from serving.jurisdiction import Scope
from serving.online.claims import OnlineClaims
from serving.people.masking import OF_PERSONS, Mask, masked, masked_name

# Fields of two claims side by side that identify nobody by themselves.
WHOLE = frozenset({"born_on", "sex", "extra.region"})


def _masked_normal_name(name: str | None) -> str | None:
    """A name as it is compared, its words sorted: of one letter each they would all be first letters."""
    return masked_name(name and name.replace(" ", ""))


MASKS: dict[str, Mask] = OF_PERSONS | dict.fromkeys(("name", "given", "surname"), _masked_normal_name)


def shown_to(scope: Scope, online: OnlineClaims, answer: Mapping[str, Any]) -> dict[str, Any]:
    """The answer with the candidates that `scope` holds, masked."""
    if "candidates" not in answer:
        return dict(answer)
    seen = [one for one in answer["candidates"] if _holds(scope, online, one["claim_id"])]
    return {**answer, "candidates": [{**one, "fields": _masked(one["fields"])} for one in seen]}


def _holds(scope: Scope, online: OnlineClaims, claim_id: str) -> bool:
    if scope.everywhere:
        return True
    regions = online.regions_of(claim_id)
    return bool(regions) and all(map(scope.holds, regions))


def _masked(fields: Mapping[str, Mapping[str, str | None]]) -> dict[str, dict[str, str | None]]:
    return {
        name: dict(pair) if name in WHOLE else {side: MASKS.get(name, masked)(value) for side, value in pair.items()}
        for name, pair in fields.items()
    }
