"""What was told of an alert, as somebody may see it: what lies outside their regions is not named.

Numbers that are facts of the claim may rest on the whole province, for fraud crosses regions (docs/roles.md); but no
claim, employer or person of another region is named, and none is listed or counted as one that is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from features.rings.evidence import EMPLOYER_BY_AGENT
from serving.clusters import cluster_seen, region_of_claim
from serving.jurisdiction import Scope
from serving.texts import text

UNNAMED = "*"
Plain = dict[str, Any]


def seen_in(session: Session, scope: Scope, record: Mapping[str, Any]) -> Plain:
    """`record` of an alert's item without what is not in the scope: not among companions, not side by side, not in a count,
    not as what is new, not as an employer of the months at work."""
    told = {name: value for name, value in record.items() if name != "news_of"}
    if scope.everywhere:
        return told
    companions = scope.kept(record["companions"], lambda one: one["region"])
    told |= {"companions": [_companion(one) for one in companions], "companions_in_all": len(companions)}
    told["other"] = record["other"] if _seen(session, scope, record["other"]) else None
    told["work"] = [_work(scope, month) for month in record["work"]]
    if record.get("news_of") and not _seen(session, scope, record["news_of"]):
        told["news"] = record["news_of"]["unnamed"]
    if record.get("cluster_id"):
        told["cluster_id"] = cluster_seen(session, scope, record["claim_id"], record["cluster_id"])
    return told


def _seen(session: Session, scope: Scope, other: Mapping[str, Any] | None) -> bool:
    return other is not None and scope.holds(region_of_claim(session, other["claim_id"]))


def _work(scope: Scope, month: Plain) -> Plain:
    """A month at work; of an employer outside the scope neither its identifier nor where it is."""
    if scope.holds(month["region"]):
        return month
    return {**month, "employer_id": None, "region": None, "elsewhere": text("employer_elsewhere").record()}


def _companion(one: Plain) -> Plain:
    """A companion; of an employer that ties it to the ring by its agent only the agent: where the employer is was not told."""
    return {**one, "shares": [[kind, _thing(kind, thing)] for kind, thing in one.get("shares", ())]}


def _thing(kind: str, thing: str) -> str:
    return f"{UNNAMED} {thing.split()[-1]}" if kind == EMPLOYER_BY_AGENT else thing
