"""What visits and reviews found, as the registers `inspections` and `claim_decisions`: so it becomes features and labels.

A register row says what was known from a day on, so each entry becomes a row of its own with the day it was entered
as known_on. Of several on one day the last counts, which is why a day is told once it is over. A review that is begun
again takes nothing back: what it found stands until a new finding is known.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import ScalarSelect, and_, case, exists, select
from sqlalchemy.orm import Session, aliased

from features.lake.ingest import ingest
from features.lake.lake import Lake
from features.lake.report import IngestReport
from features.registers import REGISTERS
from serving.clusters import region_of
from serving.jurisdiction import EVERYWHERE, Scope
from serving.store.alerts import Alert, AlertItem, AlertList, Decision, Finding
from serving.store.base import MINOR
from serving.store.watchlists import Visit, VisitEntry, WatchlistItem
from serving.visits import BY_LOT

Cell = str | int | float | dt.date | None
Row = dict[str, Cell]  # a row of a register, by column


def outcomes(session: Session, through: dt.date, scope: Scope = EVERYWHERE) -> dict[str, list[Row]]:
    """The rows of both registers that were known by the end of `through`, oldest first; those of `scope`."""
    return {
        "inspections": inspections(session, through, scope),
        "claim_decisions": claim_decisions(session, through, scope),
    }


def inspections(session: Session, through: dt.date, scope: Scope = EVERYWHERE) -> list[Row]:
    """A row for each visit and day on which anything was entered of it; with the chance of the list's item, if of one.

    Of a list without anybody drawn by lot no chance is told: those it left out had none, so its visits stand for nobody else.
    """
    item = and_(WatchlistItem.watchlist_id == Visit.watchlist_id, WatchlistItem.employer_id == Visit.employer_id)
    other = aliased(WatchlistItem)
    drew = exists().where(other.watchlist_id == Visit.watchlist_id, other.arm == BY_LOT)
    query = (
        select(Visit, VisitEntry, case((drew, WatchlistItem.drawing_probability)))
        .join(VisitEntry, Visit.visit_id == VisitEntry.visit_id).outerjoin(WatchlistItem, item)
        .where(VisitEntry.known_on <= through, scope.where(Visit.region)).order_by(VisitEntry.known_on, VisitEntry.visit_id, VisitEntry.version)
    )  # fmt: skip
    return _last_of_each_day("inspections", (_inspection(*found) for found in session.execute(query)))


def claim_decisions(session: Session, through: dt.date, scope: Scope = EVERYWHERE) -> list[Row]:
    """A row for each claim of the scope, day of a decision, and day on which it was entered.

    An alert's decision finds of other claims too, which may be of other regions than the alert; of a claim that
    duplicates one outside the scope, that one is left out. The alert's own claim has the day of the list that first
    brought it, and the chance; of the others nobody drew a review. Of a list that drew nobody by lot no chance is told,
    as of visits.
    """
    own = Finding.claim_id == Alert.claim_id
    region = case((own, Alert.region), else_=region_of(Finding.claim_id))
    named = case((scope.where(region_of(Finding.duplicate_of)), Finding.duplicate_of))
    other = aliased(AlertItem)
    drew = exists().where(other.list_id == AlertList.list_id, other.arm == BY_LOT)
    query = (
        select(Finding, named, case((own & drew, Alert.drawing_probability)), case((own, AlertList.as_of)))
        .join(Decision, Finding.decision_id == Decision.decision_id).join(Alert, Decision.alert_id == Alert.alert_id)
        .outerjoin(AlertList, AlertList.list_id == _first_list())
        .where(Finding.known_on <= through, scope.where(region)).order_by(Finding.known_on, Decision.decided, Finding.claim_id)
    )  # fmt: skip
    return _last_of_each_day("claim_decisions", (_claim_decision(*found) for found in session.execute(query)))


def _first_list() -> ScalarSelect[str]:
    """The list that first brought an Alert."""
    item, brought = aliased(AlertItem), aliased(AlertList)
    lists = select(item.list_id).join(brought, brought.list_id == item.list_id).where(item.alert_id == Alert.alert_id)
    return lists.order_by(brought.created, brought.list_id).limit(1).correlate(Alert).scalar_subquery()


def write_registers(rows: Mapping[str, Sequence[Row]], folder: Path) -> list[Path]:
    """A CSV file a register into `folder`, which is made; registers without rows have none."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / f"{register}.csv" for register, own in rows.items() if own]
    for path in written:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, REGISTERS[path.stem].names, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows[path.stem])
    return written


def new_to(lake: Lake, rows: Mapping[str, Sequence[Row]]) -> dict[str, list[Row]]:
    """Those of `rows` whose key the lake does not know of their day yet; what it knows stays as it is."""
    return {
        register: [row for row in own if _known(register, row) not in there]
        for register, own in rows.items()
        for there in [_in_lake(lake, register)]
    }


def into_lake(lake: Lake, rows: Mapping[str, Sequence[Row]]) -> IngestReport | None:
    """Take into the lake what it does not have yet; None where that is nothing. Busy while somebody else writes to it."""
    fresh = new_to(lake, rows)
    if not any(fresh.values()):
        return None
    with tempfile.TemporaryDirectory() as folder:
        write_registers(fresh, Path(folder) / "store")
        return ingest(Path(folder) / "store", lake)


def _inspection(visit: Visit, entry: VisitEntry, chance: float | None) -> Row:
    return {
        "inspection_id": visit.visit_id,
        "employer_id": visit.employer_id,
        "opened_on": entry.opened_on,
        "trigger": visit.trigger,
        "chance": chance,
        "closed_on": entry.closed_on,
        "finding": entry.finding,
        "workers_owed": entry.workers_owed,
        "amount_owed": _in_main_unit(entry.amount_owed),
        "amount_recovered": _in_main_unit(entry.amount_recovered),
        "known_on": entry.known_on,
    }


def _claim_decision(finding: Finding, duplicate_of: str | None, chance: float | None, listed_on: dt.date | None) -> Row:
    return {
        "claim_id": finding.claim_id,
        "opened_on": finding.opened_on,
        "decided_on": finding.decided_on,
        "finding": finding.finding,
        "duplicate_of": duplicate_of,
        "amount_lost": _in_main_unit(finding.amount_lost),
        "amount_recovered": _in_main_unit(finding.amount_recovered),
        "trigger": finding.trigger,
        "chance": chance,
        "listed_on": listed_on,
        "known_on": finding.known_on,
    }


def _in_main_unit(amount: int | None) -> str | None:
    return None if amount is None else f"{amount // MINOR}.{amount % MINOR:02}"


def _last_of_each_day(register: str, rows: Iterable[Row]) -> list[Row]:
    return list({_known(register, row): row for row in rows}.values())


def _known(register: str, row: Row) -> tuple[Cell, ...]:
    return tuple(row[name] for name in (*REGISTERS[register].key, "known_on"))


def _in_lake(lake: Lake, register: str) -> set[tuple[Cell, ...]]:
    columns = [*REGISTERS[register].key, "known_on"]
    tables = [pq.read_table(file.path, columns=columns) for file in lake.files(register)]
    return {known for table in tables for known in zip(*(table[name].to_pylist() for name in columns), strict=True)}
