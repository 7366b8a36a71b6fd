"""The facts of a claim as filed: what the night knew of all that it names, what came in since, and the claim itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from features.feature import Feature
from features.folds.things import COLUMNS, PEOPLE_SHARE, thing_column
from features.known import KNOWN_UNTIL
from features.limits import COMPARED_CLAIMS
from features.online.books import FIRST_WRITTEN, kind_books, sum_before
from features.online.expressions import ClaimExpressions
from features.online.night import Claim, Night
from features.online.rings import Ties, rings_of
from features.online.since import NOTHING, NamedSince, Since
from features.online.tables import OF_CLAIM
from features.online.work import WorkOfClaim, new_there
from features.registers import REGISTERS
from features.snapshots.books import Ask

PERSON = thing_column("person")
NAMED = tuple(kind for kind in COLUMNS if kind not in ("scheme", "region"))  # kinds that come in since the night


@dataclass(frozen=True)
class Pair:
    """Another claim that is likely the same person's."""

    claim_id: str
    probability: float


@dataclass(frozen=True)
class Told:
    """A claim's `written` row (`claim.*`, `thing.*`), and its `features` in the order of the catalogue; None: not known.

    `fresh`: the kinds of things beside which the claim's person stands for the first time; `there` as `new_there` tells it.
    """

    as_of: dt.date
    written: Mapping[str, Any]
    features: tuple[float | None, ...]
    fresh: frozenset[str]
    there: tuple[bool, bool]
    far_above: bool


class ClaimFacts:
    """Tells the facts of claims as filed, from one night."""

    def __init__(self, night: Night, expressions: ClaimExpressions, features: Sequence[Feature]) -> None:
        self.night, self.names = night, tuple(feature.name for feature in features)
        self._expressions = expressions
        self._books = kind_books(expressions.asks, night.folds)
        self._place = {name: at for at, name in enumerate(expressions.wide)}
        self._slots = {
            kind: [self._place[q.ask.column] for q in books.questions] for kind, books in self._books.items()
        }
        persons = {kind: Ask(f"{kind}.claims", "sum", "persons").column for kind in PEOPLE_SHARE}
        self._persons_at = {kind: self._place[column] for kind, column in persons.items() if column in self._place}
        self._work = WorkOfClaim(night, expressions)
        self._written = REGISTERS["claims"].names

    def write(self, claim: Mapping[str, Any]) -> dict[str, Any]:
        """The claim (values by column of the register, amount as Decimal) as it is written: `claim.*`, `thing.*`."""
        row = tuple(claim.get(name) for name in (*self._written, "source_file", "source_line"))
        made = self._expressions.written
        return dict(zip(made.columns, made.rows({"claims": [row]})[0], strict=True))

    def tell(self, written: Mapping[str, Any], since: Since, pairs: Sequence[Pair] | None) -> Told:
        """The features of a claim that the night did not know; `pairs`: None where it was not compared with others."""
        as_of = max(self.night.as_of, written["claim.filed_on"])
        row = [None] * len(self._place)
        asked = tuple(as_of if name == "as_of" else written[name] for name in OF_CLAIM)
        self._put(row, dict(zip(OF_CLAIM, asked, strict=True)))
        claim_id, person = written["claim_id"], written[PERSON]
        theirs = self._theirs(person, claim_id, since)
        since_the_night = sum("number" not in claim for claim in theirs)
        named = self._named(written)
        came = since.named(tuple(named.values()), claim_id, written[thing_column("agent")])
        fresh = _fresh(written, theirs)
        blocks = self.night.blocks(list(named.values()) + self._small(written))
        far = self._far_above(
            written, as_of, blocks.get(named.get("person", "")), came.get(named.get("person", ""), NOTHING)
        )
        self._put_books(row, written, as_of, blocks, came, fresh, far)
        told = self._expressions
        self._put_rows(row, told.insured, {"asked": [asked], "persons": self._persons(person)})
        self._put_rows(row, told.others, {"asked": [asked], "theirs": _others(theirs, since_the_night, as_of)})
        self._put(row, self._work.tell(written, asked, as_of, theirs, came))
        if pairs is not None:
            self._put_rows(row, told.matches, self._pairs(asked, written, as_of, pairs, since))
        if "amounts" in self.night.folds:
            self._put(row, {"peers.amount_percentile": self._percentile(asked)})
        persons = {kind: row[at] for kind, at in self._persons_at.items()}
        rings = rings_of(self.night, Ties(written, as_of, theirs, blocks, came, persons))
        self._put(row, {f"rings.{name}": value for name, value in rings.items()})
        return Told(
            as_of, written, told.features.rows({"wide": [tuple(row)]})[0], fresh, new_there(written, as_of, theirs), far
        )

    def _put(self, row: list[Any], values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            if name in self._place:
                row[self._place[name]] = value

    def _put_rows(self, row: list[Any], made: Any, given: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
        for told in made.rows(given):
            self._put(row, dict(zip(made.columns, told, strict=True)))

    def _named(self, written: Mapping[str, Any]) -> dict[str, str]:
        things = {kind: written[thing_column(kind)] for kind in NAMED}
        return {kind: f"{kind}:{thing}" for kind, thing in things.items() if thing is not None}

    def _small(self, written: Mapping[str, Any]) -> list[str]:
        return [f"{kind}:{written[thing_column(kind)]}" for kind in ("scheme", "region", "everybody")]

    def _theirs(self, person: str | None, claim_id: str, since: Since) -> list[Claim]:
        """The person's other claims, those of the night before those since."""
        if person is None:
            return []
        came = since.of_person(person, claim_id)
        written_since = {claim["claim_id"] for claim in came}
        night = [
            c for c in self.night.of_person(person) if c["claim_id"] not in written_since and c["claim_id"] != claim_id
        ]
        return [*reversed(night), *came]

    def _far_above(self, written: Mapping[str, Any], as_of: dt.date, block: Any, came: NamedSince) -> bool:
        """Whether the claim is far above what was usual of its person on the days before."""
        if written[PERSON] is None or written["claim.amount"] is None:
            return False
        layout, day = self._books["person"].layout, as_of.toordinal()
        claims, amount = (sum_before(block, layout, FIRST_WRITTEN, name, day) for name in ("claims", "amount"))
        for on, measures in came.claims:
            if on < day and measures["stating"]:
                claims, amount = claims + 1, amount + measures["amount"]
        return bool(self._expressions.far_above.rows({"before": [(written["claim.amount"], claims, amount)]})[0][0])

    def _put_books(
        self, row: list[Any], written: Mapping[str, Any], as_of: dt.date, blocks: Mapping[str, Any],
        came: Mapping[str, NamedSince], fresh: frozenset[str], far: bool,
    ) -> None:  # fmt: skip
        filed, amount = written["claim.filed_on"].toordinal(), written["claim.amount"]
        own = {"filed": 1, "stating": int(amount is not None), "amount": amount or 0}
        for kind, books in self._books.items():
            thing, key = written[books.layout.thing], f"{kind}:{written[books.layout.thing]}"
            since = came.get(key, NOTHING)
            added = [*since.claims] if kind != "claim" else []
            if kind != "claim":
                more = {"persons": since.persons + (kind in fresh), "accounts": 0, "far_above": 0}
                if kind == "person":
                    more = {"accounts": int("account" in fresh), "far_above": int(far)}
                added.append((filed, own | more))
            answers = books.answers(thing, blocks.get(key), as_of.toordinal(), added)
            for place, answer in zip(self._slots[kind], answers, strict=True):
                row[place] = answer

    def _persons(self, person: str | None) -> list[tuple[Any, ...]]:
        found = None if person is None else self.night.insured(person)
        if found is None or person is None:
            return []
        name, born, sex, region, address, phone, died, known = found
        told = {
            "person_id": person, "name": name, "born_on": born, "sex": sex, "region": region, "address": address,
            "phone": phone, "died_on": died, "death_known_on": known, "known_on": self.night.as_of,
        }  # fmt: skip
        return [tuple(told.get(column) for column in (*REGISTERS["persons"].names, "source_file", "source_line"))]

    def _pairs(
        self, asked: tuple[Any, ...], written: Mapping[str, Any], as_of: dt.date, pairs: Sequence[Pair], since: Since
    ) -> dict[str, list[tuple[Any, ...]]]:
        night = {claim["claim_id"]: claim for claim in self.night.claims([pair.claim_id for pair in pairs])}
        others = {pair.claim_id: night.get(pair.claim_id) or since.written(pair.claim_id) for pair in pairs}
        there = {claim_id: other for claim_id, other in others.items() if other is not None}
        rows = [(written["claim_id"], pair.claim_id, pair.probability, as_of) for pair in pairs]
        names = self._expressions.written.columns
        return {
            "asked": [asked],
            "pairs": rows,
            "written": [tuple(None if n == KNOWN_UNTIL else other[n] for n in names) for other in there.values()],
            "last": [(as_of, c, other["last_paid"]) for c, other in there.items() if other.get("last_paid")],
        }

    def _percentile(self, asked: tuple[Any, ...]) -> float | None:
        told = self._expressions
        steps = told.step.rows({"asked": [asked]})
        if not steps:
            return None
        step, *peers = steps[0]
        counts: list[float] = []
        for column, thing in zip(told.step.columns[1:], peers, strict=True):
            whole, less, equal = self.night.amounts(f"{column.removeprefix('peers.')}:{thing}", step)
            counts += [whole + 1.0, float(less), equal + 1.0]
        found: float | None = told.percentile.rows({"counted": [tuple(counts)]})[0][0]
        return found


def _fresh(written: Mapping[str, Any], theirs: Sequence[Claim]) -> frozenset[str]:
    """Kinds of things beside which the claim's person did not stand before."""
    person = written[PERSON]
    if person is None:
        return frozenset()
    return frozenset(kind for kind in PEOPLE_SHARE if _new(thing_column(kind), written, theirs))


def _new(column: str, written: Mapping[str, Any], theirs: Sequence[Claim]) -> bool:
    thing = written[column]
    return thing is not None and all(claim[column] != thing for claim in theirs)


def _others(theirs: Sequence[Claim], since: int, as_of: dt.date) -> list[tuple[Any, ...]]:
    """Of the person's other claims the newest that are compared: this one and those `since` the night take a place each."""
    places = COMPARED_CLAIMS - 1 - since
    newest = [c for c in theirs if "number" not in c or c["number"] > c["last_number"] - places]
    return [tuple(as_of if name == "as_of" else claim[name] for name in OF_CLAIM) for claim in newest]
