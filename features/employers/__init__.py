"""The features of employers, each declared once; importing this package fills the catalogue."""

from features.employers import (  # noqa: F401  (order is the catalogue's)
    complaints,
    complaints_against_payroll,
    contributions,
    contributions_against_payroll,
    decisions,
    employer,
    inspections,
    owed,
    pay,
    pay_filing,
    pay_lateness,
    pay_wages,
    peers,
    people,
    season,
    ties,
)
from features.employers.catalogue import EMPLOYER_FEATURES

__all__ = ["EMPLOYER_FEATURES"]
