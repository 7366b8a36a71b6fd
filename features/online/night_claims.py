"""What a night keeps of claims: each as it stands, by person and by identifier, the books of what they name, and their amounts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from features.engine import Engine
from features.folds.amounts import PEERS, STEP
from features.folds.far_above import first_written
from features.folds.things import KINDS, standing_claims, thing_column
from features.known import total
from features.limits import CLAIMING_THERE_DAYS
from features.matches.pairs import last_payments
from features.online.blocks import blocks, ordinals, panel
from features.online.books import FIRST_WRITTEN, Layout
from features.online.tables import DAYS
from features.snapshots.claims import WRITTEN, claims_known_by
from features.snapshots.other_claims import numbered

PERSON = thing_column("person")
BESIDE = ("person", "number", "last_number", "last_paid")
CLAIM_COLUMNS = ("claim_id", *BESIDE, *WRITTEN, *(f"of_{kind}" for kind in KINDS))


@dataclass(frozen=True)
class Night:
    """What a night is made from: the engine, the registers' rows and the folds' cells that there are, and the day."""

    engine: Engine
    as_of: dt.date
    registers: dict[str, ir.Table]
    cells: dict[str, ir.Table]

    @property
    def day(self) -> ir.Table:
        """(as_of): the day alone."""
        return ibis.memtable(pa.table({"as_of": pa.array([self.as_of], pa.date32())}))


def claims_of(night: Night) -> pa.Table:
    """CLAIM_COLUMNS of every claim known by the day, by identifier. `number` is its place among its person's (`numbered`)."""
    claims = night.registers["claims"]
    known = claims_known_by(claims, night.day)
    order = numbered(claims).select("claim_id", "known_on", "person", "number")
    last = order.filter(order.known_on <= night.as_of).group_by("person").agg(last_number=order.number.max())
    rows = known.left_join(order, ["claim_id", known["claim.known_on"] == order.known_on]).drop("claim_id_right")
    rows = rows.left_join(last, "person").drop("person_right")
    paid = ibis.null("date")
    if "payouts" in night.registers:
        asked = known.select("as_of", other_claim_id="claim_id")
        payments = last_payments(asked, night.registers["payouts"]).select("last_paid", paid_claim="other_claim_id")
        rows = rows.left_join(payments, [rows.claim_id == payments.paid_claim])
        paid = rows.last_paid
    columns = {name: rows[f"claim.{name}"] for name in WRITTEN} | {
        f"of_{kind}": rows[thing_column(kind)] for kind in KINDS
    }
    told = rows.select("claim_id", "person", "number", "last_number", last_paid=paid, **columns)
    return night.engine.fetch(told.order_by("claim_id"))


def claim_rows(claims: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows of `claims_of`, days as Python counts them."""
    columns = []
    for name in claims.column_names:
        column = claims[name]
        if name in DAYS or name == "last_paid":
            told = ordinals(column).astype(object)
            told[np.asarray(column.is_null())] = None
            columns.append(told.tolist())
        else:
            columns.append(column.to_pylist())
    return zip(*columns, strict=True)


def book_rows(night: Night, layout: Layout) -> Iterator[tuple[str, bytes]]:
    """(`kind:thing`, block) of all things of a kind, in order."""
    panels = {
        fold: night.engine.fetch(panel(night.cells[fold], layout.kind, night.as_of, measures))
        for fold, measures in layout.folds.items()
        if fold in night.cells
    }
    if FIRST_WRITTEN in layout.folds:
        panels[FIRST_WRITTEN] = night.engine.fetch(_first_written(night))
    made = sorted(blocks(layout, panels))
    return ((f"{layout.kind}:{thing}", block) for thing, block in made)


def _first_written(night: Night) -> ir.Table:
    daily = first_written(standing_claims(night.registers["claims"]))
    own = daily.filter(daily.first_known_on <= night.as_of)
    return own.select(thing=own[PERSON], event="first_known_on", claims="claims", amount="amount").order_by(
        ["thing", "event"]
    )


def there_rows(claims: pa.Table, as_of: dt.date) -> list[tuple[str, bytes]]:
    """By employer, and by employer and agent, the last days on which persons named them in claims of the last half year, in order."""
    latest: dict[str, dict[str, int]] = {}
    first = as_of.toordinal() - CLAIMING_THERE_DAYS + 1
    columns = (claims[name].to_pylist() for name in ("claim_id", "of_person", "of_employer", "of_agent"))
    for claim_id, person, employer, agent, filed in zip(*columns, ordinals(claims["filed_on"]).tolist(), strict=True):
        if employer is None or filed < first:
            continue
        for place in (employer, there_key(employer, agent)) if agent else (employer,):
            own = latest.setdefault(place, {})
            who = person or f"claim {claim_id}"
            own[who] = max(own.get(who, 0), filed)
    return sorted((place, np.sort(np.array(list(own.values()), np.int64)).tobytes()) for place, own in latest.items())


def there_key(employer: str, agent: str) -> str:
    """What claims of an employer's persons through one agent are kept under."""
    return f"{employer}\n{agent}"


def amount_rows(night: Night) -> Iterator[tuple[str, bytes]]:
    """By peers (`kind:thing`) the steps of their amounts in order, then how many claims there are up to each."""
    cells = night.cells["amounts"]
    for peers in PEERS:
        own = cells.filter((cells.kind == peers) & (cells.learned_on <= ibis.literal(night.as_of)))
        steps = own.group_by(["thing", STEP]).agg(filed=total(own.filed))
        rows = night.engine.fetch(steps.order_by(["thing", STEP]))
        by_peers: dict[str, list[tuple[int, int]]] = {}
        for thing, step, filed in zip(*(rows[name].to_pylist() for name in ("thing", STEP, "filed")), strict=True):
            by_peers.setdefault(thing, []).append((step, filed))
        for thing, counted in by_peers.items():
            steps_of, filed_of = np.array(counted, np.int64).T
            yield f"{peers}:{thing}", np.r_[steps_of, np.cumsum(filed_of)].tobytes()
