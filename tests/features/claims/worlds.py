"""Small worlds of claims written as text tables, asked for features as of a day on either engine."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from features.claims import CLAIM_FEATURES
from features.engine import Engine
from features.folds import CLAIM_FOLDS, FOLDS, Fold
from features.matches.make import PAIRS as PAIRS_SCHEMA
from features.matches.table import matches_as_of
from features.rings.make import KEY
from features.rings.measures import RINGS
from features.rings.table import gather, rings_as_of
from features.snapshots.claim_build import Known, claim_snapshot, claims_asked
from features.snapshots.days import days_table
from features.snapshots.measures import with_measures
from features.work.table import work_as_of
from tests.features.worlds import Draw, Row, World, rows, table

PAIRS = "pairs"  # no register: what the comparison of claims found


def claims_as_of(
    engine: Engine, day: str, *names: str, pairs: str | None = None, **registers: str
) -> dict[str, dict[str, Any]]:
    """Feature name → claim → value as of `day`, of text tables; all features where none is named."""
    return claims_on(engine, [day], *names, pairs=pairs, **registers)[day]


def claims_on(
    engine: Engine, days: Sequence[str], *names: str, pairs: str | None = None, **registers: str
) -> dict[str, dict[str, dict[str, Any]]]:
    """Day → what `claims_as_of` gives, all asked at once."""
    tables = {name: rows(name, text) for name, text in registers.items()}
    if pairs is not None:
        tables[PAIRS] = pairs_of(pairs)
    return claims_of(engine, days, tables, *names)


def pairs_of(text: str) -> pa.Table:
    """Same-person pairs (claim_id | other_claim_id | probability | known_on) as the matching writes them."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()[1:]]
    found = [(one, other, float(probability), dt.date.fromisoformat(day)) for one, other, probability, day in lines]
    columns = zip(*found, strict=True) if found else [[]] * len(PAIRS_SCHEMA)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, PAIRS_SCHEMA, strict=True)], PAIRS_SCHEMA
    )


def claim_features_of(engine: Engine, days: list[str], world: World) -> dict[str, dict[str, Any]]:
    """Day → feature → claim → value of all features, of a world given as records."""
    tables = {name: table(name, records) for name, records in world.items() if name != PAIRS}
    if PAIRS in world:
        tables[PAIRS] = pa.Table.from_pylist(world[PAIRS], PAIRS_SCHEMA)
    return claims_of(engine, days, tables)


def claims_of(
    engine: Engine, days: Sequence[str], tables: Mapping[str, pa.Table], *names: str
) -> dict[str, dict[str, dict[str, Any]]]:
    """Day → feature → claim → value."""
    with tempfile.TemporaryDirectory() as folder:
        return _claims_of(engine, Path(folder), days, tables, *names)


def _claims_of(
    engine: Engine, folder: Path, days: Sequence[str], tables: Mapping[str, pa.Table], *names: str
) -> dict[str, dict[str, dict[str, Any]]]:
    def stored(name: str, rows: pa.Table) -> ir.Table:
        pq.write_table(rows, folder / f"{name}.parquet")
        return engine.read([folder / f"{name}.parquet"], rows.schema)

    known = {name: stored(name, rows) for name, rows in tables.items()}

    def folded(fold: Fold) -> ir.Table:
        own = {register: known[register] for register in fold.registers}
        cells = engine.again(fold.expression, own, lambda: fold.expression(*own.values()))
        return stored(f"cells-{fold.name}", engine.fetch(cells))

    cells = Cells({
        fold.name: partial(folded, fold)
        for fold in CLAIM_FOLDS.values()
        if known.keys() >= set(fold.registers)
    })  # fmt: skip
    asked = [dt.date.fromisoformat(day) for day in days]
    days_asked = ibis.memtable(pa.table({"as_of": pa.array(asked, pa.date32())}))
    subjects = ibis.memtable(engine.fetch(claims_asked(known["claims"], known.get("persons"), days_asked)))
    wanted = [f for f in CLAIM_FEATURES if not names or f.name in names]
    beside = _beside(engine, subjects, known, {need for feature in wanted for need in feature.needs})
    told = Known(known["claims"], cells, known.get("claim_decisions"), beside)
    taken = engine.fetch(claim_snapshot(engine, subjects, told, days_table(asked), wanted)).to_pylist()
    return {
        day: {f.name: {r["claim_id"]: r[f.name] for r in taken if str(r["as_of"]) == day} for f in wanted}
        for day in days
    }


class Cells(Mapping[str, ir.Table]):
    """The folds there are by name, each reckoned when it is first asked for."""

    def __init__(self, made: Mapping[str, Callable[[], ir.Table]]) -> None:
        self.made = {name: cache(make) for name, make in made.items()}

    def __getitem__(self, name: str) -> ir.Table:
        return self.made[name]()

    def __contains__(self, name: object) -> bool:
        return name in self.made

    def __iter__(self) -> Iterator[str]:
        return iter(self.made)

    def __len__(self) -> int:
        return len(self.made)


def _beside(engine: Engine, claims: ir.Table, known: Mapping[str, ir.Table], needed: set[str]) -> dict[str, ir.Table]:
    """The tables that are told of claims beside their own books, of those that the wanted features need."""
    beside = {}
    if PAIRS in known and "matches" in needed:
        beside["matches"] = matches_as_of(claims, known["claims"], known[PAIRS], known.get("payouts"))
    if "rings" in needed:
        days = sorted(set(engine.fetch(claims.select("as_of"))["as_of"].to_pylist()))
        found = gather(engine, known["claims"], known.get("payouts"), known.get("claim_decisions"))
        of_days = pa.concat_tables([rings_as_of(found, day) for day in days]) if days else None
        rings = None if of_days is None else ibis.memtable(of_days)
        beside["rings"] = with_measures(claims.select(*KEY), rings, RINGS, KEY)
    if "work" in needed:
        folds = [FOLDS[name] for name in ("payroll", "contributions") if name in known]
        cells = {fold.name: fold.expression(known[fold.name]) for fold in folds}
        beside["work"] = work_as_of(claims, known, cells, lambda table: ibis.memtable(engine.fetch(table)))
    return beside


WORKPLACES = ("x", "y")  # where the worker `1` of random payroll and contributions is


def random_claims(seed: int, claims: int = 60, year: int = 2024) -> World:
    """The registers of claims and of work drawn at random around `year`: shared things, corrections, late decisions, empty cells."""
    draw = ClaimDraw(np.random.default_rng(seed), year)
    ids = [f"c{number:03}" for number in range(claims)]
    persons = (
        [f"p{number}" for number in range(claims // 4)]
        + ["11010519491231002X", "110105194912310021"]
        + ["1"] * (claims // 6)
    )
    return {
        "claims": [row for claim in ids for row in draw.claim(claim, persons)],
        "persons": [row for person in dict.fromkeys(persons[::2]) for row in draw.person(person)],
        "payouts": [row for number in range(3 * claims) for row in draw.payout(f"p{number}", draw.one(ids))],
        "claim_decisions": [row for claim in ids for row in draw.decided(claim)],
        "employers": [row for employer in WORKPLACES for row in draw.employer(employer)],
        "payroll": [row for employer in WORKPLACES for row in draw.payroll(employer)],
        "contributions": [row for employer in WORKPLACES for row in draw.contributions(employer)] + [draw.earliest()],
        PAIRS: [row for one, other in zip(ids, ids[1:] + ids[:1], strict=True) for row in draw.pair(one, other)],
    }


class ClaimDraw(Draw):
    """Random rows of the registers of claims; no row is known before its event. Of four days one lies just before mid-September."""

    def day(self) -> dt.date:
        if self.random.random() < 0.75:
            return super().day()
        return dt.date(self.start.year + 3, 9, 15) - dt.timedelta(days=int(self.random.integers(4)))

    def earliest(self) -> Row:
        """Somebody else insured before all others: so the register is known to begin before they do."""
        month = self.start.replace(year=self.start.year - 1)
        return {
            "employer_id": "x",
            "worker_id": "0",
            "month": month,
            "scheme": "pension",
            "due": Decimal(1),
            "known_on": month,
        }

    def pair(self, one: str, other: str) -> list[Row]:
        named = {"claim_id": min(one, other), "other_claim_id": max(one, other)}
        return [{**named, "probability": self.one([0.2, 0.5, 0.9]), "known_on": self.day()}]

    def moment(self) -> dt.datetime:
        return dt.datetime.combine(self.day(), dt.time(int(self.random.integers(24))))

    def claim(self, claim: str, persons: list[str]) -> list[Row]:
        filed_at = self.moment()

        def row() -> Row:
            starts_on = self.maybe(self.day())
            return {
                "claim_id": claim, "scheme": self.one(["pension", "unemployment", "medical", "maternity", "other"]),
                "filed_at": filed_at, "person_id": self.maybe(self.one(persons)), "name": self.maybe(self.one(["A", "B b"])),
                "born_on": self.maybe(self.one([dt.date(1949, 12, 31), dt.date(2010, 1, 1)])),
                "region": self.maybe(self.one(["north", "dongdu"])), "starts_on": starts_on,
                "ends_on": self.maybe(self.later(starts_on), 0.5) if starts_on else None,
                "amount": self.maybe(self.one([self.money(), Decimal(1000), Decimal(0)])),
                **{name: self.maybe(self.one(["x", "y", "Ｚ-1"])) for name in ("employer_id", "account", "phone")},
                **{name: self.maybe(self.one(["x", "y", "z"])) for name in ("address", "agent_id")},
            }  # fmt: skip

        return self.corrected({**row(), "known_on": self.later(filed_at.date(), 4)}, row())

    def person(self, person: str) -> list[Row]:
        def row() -> Row:
            died_on = self.maybe(self.day(), 0.4)
            return {
                "person_id": person, "name": self.one(["A", "Ｂ B"]), "born_on": self.maybe(dt.date(1949, 12, 31)),
                "sex": self.maybe(self.one(["male", "female"])), "region": self.maybe(self.one(["north", "south"])),
                "died_on": died_on, "death_known_on": self.later(died_on) if died_on else None, "known_on": self.start,
            }  # fmt: skip

        return self.corrected(row(), row())

    def payout(self, payout: str, claim: str) -> list[Row]:
        paid_at = self.moment()

        def row() -> Row:
            return {
                "payout_id": payout, "claim_id": claim, "paid_at": paid_at, "amount": self.money(),
                "period": self.maybe(paid_at.date().replace(day=1)), "account": self.maybe(self.one(["x", "y", "z1"])),
            }  # fmt: skip

        return self.corrected({**row(), "known_on": self.later(paid_at.date(), 10)}, row())

    def decided(self, claim: str) -> list[Row]:
        def row(decided_on: dt.date) -> Row:
            return {
                "claim_id": claim, "decided_on": decided_on, "finding": self.one(["genuine", "duplicate", "fraud", "error"]),
                "amount_lost": self.maybe(self.money()), "known_on": self.later(decided_on, 30),
            }  # fmt: skip

        days = [self.day() for _ in range(int(self.random.integers(3)))]
        rows = {day: row(day) for day in days}
        return [r for first in rows.values() for r in self.corrected(first, row(first["decided_on"]))]
