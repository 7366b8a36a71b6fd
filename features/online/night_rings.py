"""What a night keeps of rings: the measures of every person who is tied to another, and when the ring's claims were filed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from features.limits import RING_TOGETHER_DAYS
from features.online.blocks import EPOCH
from features.rings.arrays import Evidence
from features.rings.measures import RINGS
from features.rings.reckon import measures_of, rings_on
from features.rings.table import day_number
from features.ties.arrays import Ints

TOGETHER = "together"  # the one measure that depends on the day a claim is filed


def ring_rows(found: Evidence, as_of: dt.date) -> Iterator[tuple[str, str]]:
    """(person, JSON): `measures` by name (null: no answer), `ring`, and the days on which `own` claims were filed lately.

    And (the name of a ring, JSON): the days on which claims of any of its persons were filed lately, in order.
    """
    day = day_number(as_of)
    ring = rings_on(found, day)
    values = measures_of(ring, found.decisions, day)
    told = [m.name for m in RINGS.values() if "claim_decisions" not in m.registers or found.decisions is not None]
    names = found.persons.to_pylist()
    lately = ring.filed >= day - RING_TOGETHER_DAYS
    own, whole = (_days_of(group[lately], ring.filed[lately]) for group in (ring.person, ring.ring))
    for person, row in zip(*np.unique(ring.person, return_index=True), strict=True):
        measures = {name: _told(float(values[name][row])) for name in told if name in values and name != TOGETHER}
        said = {"measures": measures, "ring": ring_name(int(ring.ring[row])), "own": own.get(int(person), [])}
        yield names[ring.persons[person]], json.dumps(said)
    for component, days in whole.items():
        yield ring_name(component), json.dumps(days)


def ring_name(component: int) -> str:
    """What a ring is kept under, beside its persons."""
    return f"ring\n{component}"


def pair_key(employer: str | None, agent: str | None) -> str:
    """What the persons of an employer by an agent are counted under."""
    return f"together\n{employer}\n{agent}"


def pair_rows(claims: pa.Table) -> Iterator[tuple[str, str]]:
    """(`pair_key`, how many persons named the employer and the agent together), from `claims_of`."""
    persons: dict[str, set[str]] = {}
    columns = (claims[name].to_pylist() for name in ("claim_id", "of_person", "of_employer", "of_agent"))
    for claim_id, person, employer, agent in zip(*columns, strict=True):
        if employer is not None and agent is not None:
            persons.setdefault(pair_key(employer, agent), set()).add(person or f"claim {claim_id}")
    return ((pair, str(len(named))) for pair, named in persons.items())


def _days_of(groups: Ints, filed: Ints) -> dict[int, list[int]]:
    days: dict[int, list[int]] = {}
    for group, day in sorted(zip(groups.tolist(), (filed + EPOCH).tolist(), strict=True)):
        days.setdefault(group, []).append(day)
    return days


def _told(value: float) -> float | None:
    return value if np.isfinite(value) else None
