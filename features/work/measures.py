"""What a feature may ask of the work of a claim's person, and the registers that each answer comes from."""

from __future__ import annotations

from features.snapshots.measures import measures

PAYROLL = ("claims", "payroll")
PAID = (*PAYROLL, "payouts")
INSURED = ("claims", "contributions")
BOTH = (*PAYROLL, "contributions")
EITHER = ("claims", ("payroll", "contributions"))

WORK = measures(
    "work",
    ("months_on_payroll", PAYROLL, None),
    ("wage_while_claiming", PAYROLL, None),
    ("benefit_months_on_payroll", PAID, None),
    ("pension_months_on_payroll", PAYROLL, None),
    ("on_payroll_before", PAYROLL, 0),
    ("months_insured_elsewhere", INSURED, None),
    ("months_contributed", INSURED, 0),
    ("months_since_first", INSURED, None),
    ("least_base_share", INSURED, None),
    ("base_growth", INSURED, None),
    ("paid_on_one_day_share", INSURED, None),
    ("paid_back_share", INSURED, None),
    ("insured_unpaid_share", BOTH, None),
    ("amount_over_base", INSURED, None),
    ("months_insured_twice", INSURED, 0),
    ("regions_at_once", (*INSURED, "employers"), 0),
    ("named_not_last", EITHER, None),
    ("insured_there", INSURED, None),
    ("claiming_there", ("claims",), None),
    ("claiming_there_share", INSURED, None),
    ("same_agent_there", ("claims",), None),
)
