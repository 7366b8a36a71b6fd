"""Employers as a subject of the laws: some rows a register, on days close to that of the snapshot."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from features.employers import EMPLOYER_FEATURES
from tests.features.worlds import features_of, random_world
from tests.laws.subjects import DAY, Subject, days, or_none, register

employers = st.sampled_from("abcdef")
months = st.sampled_from([dt.date(2024, 1, 1), dt.date(2024, 4, 1), dt.date(2024, 5, 1), dt.date(2024, 6, 1)])
amounts = st.sampled_from([Decimal("0.00"), Decimal("0.01"), Decimal("99.99"), Decimal("100.00"), Decimal("1000.00")])
ids = st.integers(1, 12).map(str)


worlds = st.fixed_dictionaries({
    "employers": register(
        "employers", employer_id=employers, name=st.just("N"), industry=or_none(st.sampled_from(["x", "y"])),
        registered_on=or_none(days), registered_capital=or_none(amounts), closed_on=or_none(days),
    ),
    "complaints": register(
        "complaints", complaint_id=ids, employer_id=employers, filed_on=days, workers=or_none(st.sampled_from([1, 9, 10])),
        topic=or_none(st.sampled_from(["wages", "contract"])), amount_claimed=or_none(amounts), decided_on=days,
        outcome=or_none(st.sampled_from(["proven", "proven", "unproven", "settled"])), amount_proven=or_none(amounts),
        amount_recovered=or_none(amounts),
    ),
    "inspections": register(
        "inspections", inspection_id=ids, employer_id=employers, opened_on=days, closed_on=days,
        finding=or_none(st.sampled_from(["arrears", "arrears", "contribution_arrears", "clean", "not_found"])),
        workers_owed=or_none(st.sampled_from([0, 5])), amount_owed=or_none(amounts), amount_recovered=or_none(amounts),
    ),
    "payroll": register(
        "payroll", employer_id=employers, worker_id=ids, month=months, wage_due=amounts, wage_paid=or_none(amounts),
        paid_on=or_none(days),
    ),
    "contributions": register(
        "contributions", employer_id=employers, worker_id=ids, month=months, scheme=st.sampled_from(["pension", "medical"]),
        base=or_none(amounts), due=amounts, paid=or_none(amounts), paid_on=or_none(days),
    ),
    "employer_ties": register(
        "employer_ties", employer_id=employers, tie=st.sampled_from(["director", "phone", "agent"]),
        value=st.sampled_from("uvwxyz"), since=or_none(days), until=or_none(days),
    ),
})  # fmt: skip


STANDING = {
    "employers": dict(name="A", industry="x", registered_on=dt.date(2020, 1, 1), registered_capital=Decimal(1)),
    "complaints": dict(
        filed_on=dt.date(2024, 6, 1),
        topic="wages",
        workers=3,
        amount_claimed=Decimal(100),
        outcome="proven",
        decided_on=dt.date(2024, 6, 10),
        amount_proven=Decimal(50),
    ),
    "inspections": dict(
        opened_on=dt.date(2024, 6, 1),
        closed_on=dt.date(2024, 6, 10),
        finding="arrears",
        workers_owed=3,
        amount_owed=Decimal(70),
    ),
    "payroll": dict(worker_id="1", month=dt.date(2024, 5, 1), wage_due=Decimal(100)),
    "contributions": dict(
        worker_id="1", month=dt.date(2024, 5, 1), scheme="pension", base=Decimal(100), due=Decimal(10)
    ),
}
CORRECTION = {
    "employers": dict(industry="y", registered_on=dt.date(2021, 1, 1), registered_capital=Decimal(2)),
    "complaints": dict(
        filed_on=dt.date(2023, 6, 1), topic="contract", workers=10, amount_claimed=Decimal(7), outcome="unproven"
    ),
    "inspections": dict(opened_on=dt.date(2023, 6, 1), finding="clean", workers_owed=None, amount_owed=None),
    "payroll": dict(wage_due=Decimal(200), wage_paid=Decimal(150), paid_on=dt.date(2024, 6, 12)),
    "contributions": dict(base=Decimal(60), due=Decimal(6), paid=Decimal(6), paid_on=dt.date(2024, 6, 12)),
}


OF_THE_DAY = frozenset({"days_to_spring_festival", "days_since_spring_festival", "months_to_year_end"})

EMPLOYERS = Subject(
    catalogue=EMPLOYER_FEATURES,
    own="employers",
    key="employer_id",
    features_of=features_of,
    worlds=worlds,
    random_world=lambda seed: random_world(seed=seed, employers=20),
    standing=STANDING,
    corrections=CORRECTION,
    named=frozenset({"employer_id", "complaint_id", "inspection_id"}),
    bare={"employer_id": "new", "name": "New", "known_on": DAY},
    of_the_telling=frozenset({"reported_days_12m", "late_reported_share_12m", "lowered_share_12m"}),
    of_the_day=OF_THE_DAY,
    of_its_own_row=OF_THE_DAY | {"age_years", "capital", "silent_days"},
    among=frozenset({"others", "ties"}),
    registers=("complaints", "inspections", "payroll", "contributions", "employer_ties"),
)
