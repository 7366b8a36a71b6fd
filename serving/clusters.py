"""Clusters of claims as those see them who do not see everywhere. A cluster is called by its earliest claim, which may be
of another region: its name alone would say that the same person claims there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from serving.jurisdiction import Scope
from serving.store.alerts import Alert
from serving.store.runs import ClaimScore


def region_of_claim(session: Session, claim_id: str) -> str | None:
    """The region of a claim as of the newest run that scored it, else of its alert; None: not known."""
    return session.scalar(select(region_of(claim_id)))


def region_of(claim_id: Any) -> ColumnElement[str | None]:
    """The same as an expression, of a claim's identifier or the column that has it."""
    score, alert = aliased(ClaimScore), aliased(Alert)  # whatever else is asked of these tables around it
    scored = select(score.region).where(score.claim_id == claim_id).order_by(score.run.desc())
    alerted = select(alert.region).where(alert.claim_id == claim_id).order_by(alert.created.desc())
    return func.coalesce(scored.limit(1).scalar_subquery(), alerted.limit(1).scalar_subquery())


def cluster_seen(session: Session, scope: Scope, claim_id: str, cluster_id: str | None) -> str | None:
    """What a claim's cluster is called within `scope`: by its own name where the claim of that name is foreign."""
    if cluster_id is None or cluster_id == claim_id or scope.everywhere:
        return cluster_id
    return cluster_id if scope.holds(region_of_claim(session, cluster_id)) else claim_id
