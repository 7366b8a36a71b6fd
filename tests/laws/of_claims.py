"""Claims as a subject of the laws: some rows a register, on days close to that of the snapshot."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from features.claims import CLAIM_FEATURES
from features.registers import REGISTERS
from tests.features.claims.worlds import claim_features_of, random_claims
from tests.laws.subjects import DAY, Subject, days, or_none

names = st.sampled_from(["1", "2", "11010519491231002X"])
things = or_none(st.sampled_from("xy"))
amounts = or_none(st.sampled_from([Decimal("0.00"), Decimal("0.01"), Decimal("100.00"), Decimal("1000.00")]))
ids = st.sampled_from("abcdef")


def known(declared: str, event: str, **columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Up to twenty rows, none known before its event; the same key again on another day is a correction."""

    def not_before(row: dict[str, Any]) -> dict[str, Any]:
        day = row[event].date() if isinstance(row[event], dt.datetime) else row[event]
        return {**row, "known_on": max(row["known_on"], day)} if day else row

    rows = st.fixed_dictionaries({**columns, "known_on": days}).map(not_before)
    key = (*REGISTERS[declared].key, "known_on")
    return st.lists(rows, min_size=3, max_size=20, unique_by=lambda r: tuple(r[column] for column in key))


moments = days.map(lambda day: dt.datetime.combine(day, dt.time(10)))
worlds = st.fixed_dictionaries({
    "claims": known(
        "claims", "filed_at", claim_id=ids, scheme=st.sampled_from(["pension", "medical"]), filed_at=moments,
        person_id=or_none(names), name=or_none(st.sampled_from(["A", "B"])), born_on=or_none(st.just(dt.date(1949, 12, 31))),
        region=things, starts_on=or_none(days), ends_on=or_none(days), amount=amounts, employer_id=things, account=things,
        phone=things, address=things, agent_id=things,
    ),
    "persons": known(
        "persons", "known_on", person_id=names, name=st.just("A"), region=things, died_on=or_none(days),
        death_known_on=or_none(days), sex=or_none(st.sampled_from(["male", "female"])),
    ),
    "payouts": known(
        "payouts", "paid_at", payout_id=st.integers(1, 9).map(str), claim_id=ids, paid_at=moments,
        amount=st.sampled_from([Decimal("10.00"), Decimal("99.99")]), account=things,
        period=or_none(st.just(dt.date(2024, 5, 1))),
    ),
    "claim_decisions": known(
        "claim_decisions", "decided_on", claim_id=ids, decided_on=days,
        finding=st.sampled_from(["genuine", "duplicate", "fraud", "error"]), amount_lost=amounts,
    ),
})  # fmt: skip

FILED = dt.datetime(2024, 5, 31, 10)
STANDING = {
    "claims": dict(
        scheme="pension",
        filed_at=FILED,
        name="A",
        born_on=dt.date(1949, 12, 31),
        region="north",
        starts_on=dt.date(2024, 6, 1),
        amount=Decimal(100),
    ),
    "persons": dict(name="A", born_on=dt.date(1949, 12, 31), region="north"),
    "payouts": dict(paid_at=dt.datetime(2024, 6, 1, 9), amount=Decimal(50), period=dt.date(2024, 6, 1)),
    "claim_decisions": dict(decided_on=dt.date(2024, 6, 1), finding="fraud", amount_lost=Decimal(50)),
}
CORRECTION = {
    "claims": dict(account="elsewhere", starts_on=dt.date(2024, 5, 1), amount=Decimal(200), agent_id=None),
    "persons": dict(name="B", died_on=dt.date(2024, 5, 20), death_known_on=dt.date(2024, 6, 10)),
    "payouts": dict(amount=Decimal(70), account="elsewhere", period=None),
    "claim_decisions": dict(finding="genuine", amount_lost=None),
}

OF_THE_DAY = frozenset({"scheme_number", "days_since_filed", "filing_hour", "filing_weekday", "filed_by_agent"})
CLAIMS = Subject(
    catalogue=CLAIM_FEATURES,
    own="claims",
    key="claim_id",
    features_of=claim_features_of,
    worlds=worlds,
    random_world=lambda seed: random_claims(seed, claims=60),
    standing=STANDING,
    corrections=CORRECTION,
    named=frozenset({"claim_id", "payout_id", "person_id", "account", "phone", "address", "agent_id", "employer_id"}),
    bare={"claim_id": "new", "scheme": "medical", "filed_at": dt.datetime.combine(DAY, dt.time()), "known_on": DAY},
    of_the_telling=frozenset({"times_rewritten", "account_changes", "account_changes_unpaid"}),
    of_the_day=OF_THE_DAY,
    of_its_own_row=OF_THE_DAY
    | {f.name for f in CLAIM_FEATURES if set(f.source) == {"claims"}}
    | {"years_too_young", "years_too_old"},
    among=frozenset({"of_everybody", "of_scheme", "of_region", "peers"}),
    registers=("persons", "payouts", "claim_decisions"),
)
