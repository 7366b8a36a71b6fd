"""The ring of a claim's person as the night knew it, where the claim ties nobody anew; else nothing is said.

A claim that names what another person names ties the two, and with them all whom either can reach: who is then tied to whom
is reckoned over all claims, in the night. So the measures stand where every thing that the claim names is the person's own
already, nobody's, or a hub's. Ties that the claim keeps in use weigh more than the night knew: measures that fade with a tie
are said only where nothing of the kind is told.
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from features.folds.things import thing_column
from features.limits import RING_DAYS, RING_HUB_PERSONS, RING_TOGETHER_DAYS
from features.online.books import Block
from features.online.night import Claim, Night
from features.online.night_rings import pair_key
from features.online.since import NOTHING as NONE
from features.online.since import NamedSince
from features.rings.measures import RINGS

TIED_BY = ("account", "phone", "address", "agent")
NOTHING, KEPT, TIED = "nothing", "kept", "tied"
FADING = ("confirmed_fading", "nearness_to_confirmed")  # weighed by how lately a tie was used


@dataclass(frozen=True)
class Ties:
    """What a claim may tie: its `written` row, its person's other claims, the books of what it names, and how many name it."""

    written: Mapping[str, Any]
    as_of: dt.date
    theirs: Sequence[Claim]
    blocks: Mapping[str, Block]
    came: Mapping[str, NamedSince]
    persons_of: Mapping[str, int | None]

    def of_kind(self, kind: str) -> str:
        """What the thing of a kind does: NOTHING, KEPT in use what ties already, or TIED somebody anew."""
        thing = self.written[thing_column(kind)]
        key = f"{kind}:{thing}"
        alone = key not in self.blocks and not self.came.get(key, NONE).claims
        if thing is None or alone or (self.persons_of.get(kind) or 0) > RING_HUB_PERSONS + 1:
            return NOTHING
        return KEPT if self._held(thing_column(kind), thing, self.theirs) else TIED

    def of_employer_by_agent(self, persons: int) -> str:
        """The same of the employer by the agent, whom `persons` named together."""
        employer, agent = (self.written[thing_column(kind)] for kind in ("employer", "agent"))
        came = self.came.get(f"agent:{agent}", NONE).claims and self.came.get(f"employer:{employer}", NONE).claims
        if employer is None or agent is None or persons > RING_HUB_PERSONS or not (persons or came):
            return NOTHING
        own = [claim for claim in self.theirs if claim[thing_column("employer")] == employer]
        return KEPT if self._held(thing_column("agent"), agent, own) else TIED

    def _held(self, column: str, thing: str, claims: Sequence[Claim]) -> bool:
        return any(c[column] == thing and (self.as_of - c["claim.filed_on"]).days <= RING_DAYS for c in claims)


def rings_of(night: Night, ties: Ties) -> dict[str, float | None]:
    """`rings.*` by name of measure, None where it is not known online."""
    written, there = ties.written, "claim_decisions" in night.registers
    told = {name: m.empty for name, m in RINGS.items() if there or "claim_decisions" not in m.registers}
    states = {ties.of_kind(kind) for kind in TIED_BY} | {ties.of_employer_by_agent(_named_together(night, written))}
    if TIED in states:
        return dict.fromkeys(told)
    kept = night.ring(written[thing_column("person")] or f"claim {written['claim_id']}")
    if kept is None:
        return dict(told)
    ring = json.loads(kept)
    measures = told | ring["measures"] | {"together": _together(night, ring, written["claim.filed_on"].toordinal())}
    return {name: None if KEPT in states and name in FADING and value else value for name, value in measures.items()}


def _named_together(night: Night, written: Mapping[str, Any]) -> int:
    named = night.ring(pair_key(written[thing_column("employer")], written[thing_column("agent")]))
    return int(named or 0)


def _together(night: Night, ring: Mapping[str, Any], filed: int) -> float:
    """Claims of the ring's other persons filed within some days of this one."""
    whole = night.ring(ring["ring"])
    days = json.loads(whole) if whole else []
    return float(_within(days, filed) - _within(ring["own"], filed))


def _within(days: Sequence[int], filed: int) -> int:
    return bisect_right(days, filed + RING_TOGETHER_DAYS) - bisect_left(days, filed - RING_TOGETHER_DAYS)
