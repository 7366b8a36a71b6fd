"""Keep a scoring run in the store: whole or not at all, and once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from serving.store.base import content_id, now
from serving.store.bulk import insert
from serving.store.once import insert_once
from serving.store.runs import ClaimScore, EmployerScore, Run

ROWS_OF = {"employers": EmployerScore, "claims": ClaimScore}
KEY_OF = {"employers": "employer_id", "claims": "claim_id"}


@dataclass(frozen=True)
class Scored:
    """What a run was made from. `models` holds a model's id by its label; `tables` the version of each table of the
    office that was used; `reasons_share` the share of subjects with reasons, those with the highest scores."""

    subject: str
    as_of: dt.date
    lake_version: int | None
    models: Mapping[str, str]
    tables: Mapping[str, str]
    reasons_share: float
    label: str | None = None
    horizon_months: int | None = None

    @property
    def run_id(self) -> str:
        """The run's identifier: the same for the same run."""
        return content_id(**asdict(self))


def is_kept(session: Session, run: Scored) -> bool:
    """Whether the run is in the store."""
    return session.scalar(select(Run.number).where(Run.run_id == run.run_id)) is not None


def keep_run(session: Session, run: Scored, scores: pa.Table, by: str) -> bool:
    """Write a run with its `scores` (columns as in the store's table, `why` as JSON text); False where it is there already."""
    row = {**asdict(run), "run_id": run.run_id, "scored": scores.num_rows, "created": now(), "created_by": by}
    if not insert_once(session, Run, row):
        return False
    number = session.scalar(select(Run.number).where(Run.run_id == run.run_id))
    ordered = scores.sort_by(KEY_OF[run.subject])
    rows = ordered.append_column("run", pa.repeat(pa.scalar(number, pa.int32()), ordered.num_rows))
    insert(session, ROWS_OF[run.subject], rows)
    return True
