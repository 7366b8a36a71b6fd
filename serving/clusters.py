"""Clusters of claims as those see them who do not see everywhere. A cluster is called by its earliest claim, which may be
of another region: its name alone would say that the same person claims there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from serving.jurisdiction import Scope
from serving.store.runs import ClaimScore


def region_of_claim(session: Session, claim_id: str) -> str | None:
    """The region of a claim as of the newest run that scored it; None: not known, or never scored."""
    newest = select(ClaimScore.region).where(ClaimScore.claim_id == claim_id).order_by(ClaimScore.run.desc())
    return session.scalar(newest.limit(1))


def cluster_seen(session: Session, scope: Scope, claim_id: str, cluster_id: str | None) -> str | None:
    """What a claim's cluster is called within `scope`: by its own name where the claim of that name is foreign."""
    if cluster_id is None or cluster_id == claim_id or scope.everywhere:
        return cluster_id
    return cluster_id if scope.holds(region_of_claim(session, cluster_id)) else claim_id
