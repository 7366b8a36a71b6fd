"""Write a night that both online scores read, and open it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from lightgbm.basic import LightGBMError

from features.claims import CLAIM_FEATURES
from features.employers import EMPLOYER_FEATURES
from features.errors import BadInput, Damaged, NotFound
from features.online.expressions import ClaimExpressions, claim_expressions
from features.online.night import Night, open_night
from features.online.prepare import NIGHT_FILE
from features.rules.hits import hits
from features.rules.rule import RuleBook
from features.same_person.index import Index
from features.same_person.online import Came, OnlineCheck, build_index, stored_fields
from features.same_person.records import Records
from features.snapshots.claim_build import DESCRIPTIONS
from serving.alerts.rule_chances import rule_chances
from serving.online.known import KnownFacts, write_known
from training.same_person.matcher import FILE as MATCHER_FILE
from training.same_person.matcher import Matcher, load_matcher

INDEX_FILE, RULES_FILE = "same_person.sqlite", "rules.json"
UNREADABLE = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    sqlite3.DatabaseError,
    LightGBMError,
)  # of files that were cut or lost
OF_EMPLOYER = ("region", "industry", "closed_on")


@dataclass
class OpenNight:
    """What a night holds, open. `check` is None where claims were not compared, `employers` where there are none."""

    night: Night
    expressions: ClaimExpressions
    claims: KnownFacts
    employers: KnownFacts | None
    matcher: Matcher | None
    index: Index | None
    chances: Mapping[str, Mapping[str, float]]  # by version of the rules

    def check(self, secret: bytes, since: Came | None) -> OnlineCheck | None:
        """The check of who is the same person."""
        return OnlineCheck(self.index, self.matcher, secret, since) if self.index and self.matcher else None


def open_all(folder: Path, secret: bytes) -> OpenNight:
    """The night in `folder`. BadInput where it was prepared by other code, or with another secret; Damaged where a file is
    not there or cannot be read."""
    try:
        return _opened(folder, secret)
    except (*UNREADABLE, NotFound) as error:
        raise Damaged(
            "what was prepared for online scores cannot be read",
            found=f"{folder}: {error}",
            expected="the files of a night as they were written",
            do="run: plumbline online build --as-of DAY",
        ) from error


def _opened(folder: Path, secret: bytes) -> OpenNight:
    night = open_night(folder / NIGHT_FILE)
    matcher = load_matcher(folder, secret) if (folder / MATCHER_FILE).is_file() else None
    return OpenNight(
        night,
        claim_expressions(night.registers),
        _checked(KnownFacts(folder, "claims"), [feature.name for feature in CLAIM_FEATURES]),
        _employers(folder) if (folder / "employers.npy").is_file() else None,
        matcher,
        Index(folder / INDEX_FILE) if matcher else None,
        json.loads((folder / RULES_FILE).read_text(encoding="utf-8")),
    )


def _employers(folder: Path) -> KnownFacts:
    return _checked(KnownFacts(folder, "employers"), [feature.name for feature in EMPLOYER_FEATURES])


def _checked(known: KnownFacts, names: list[str]) -> KnownFacts:
    if list(known.names) != names:
        raise BadInput(
            "what was prepared for online scores has other features than this code",
            do="run: plumbline online build --as-of DAY",
        )
    return known


def write_claim_facts(folder: Path, snapshot: pa.Table, book: RuleBook, by_lot: Mapping[str, bool]) -> None:
    """The facts of all claims of a snapshot, and what reviews by lot made of each rule's hits."""
    write_known(folder, "claims", snapshot, "claim_id", [f.name for f in CLAIM_FEATURES], DESCRIPTIONS)
    chances = rule_chances(book, hits(book, snapshot), snapshot, by_lot)
    said = {book.version: {name: chance.chance for name, chance in chances.items()}}
    (folder / RULES_FILE).write_text(json.dumps(said), encoding="utf-8")


def write_employer_facts(folder: Path, snapshot: pa.Table) -> None:
    """The facts of all employers of a snapshot."""
    write_known(folder, "employers", snapshot, "employer_id", [f.name for f in EMPLOYER_FEATURES], OF_EMPLOYER)


def write_same_person(folder: Path, matcher: Matcher, secret: bytes, records: Iterable[Records]) -> int:
    """The matcher, and the store of all claims for its online check; returns how many there are."""
    matcher.save(folder)
    return build_index(folder / INDEX_FILE, matcher, secret, records)


def index_fields(matcher: Matcher | None) -> tuple[str, ...]:
    """What the journal's own store keeps of a record."""
    return stored_fields(matcher) if matcher else ()
