"""What a feature may ask of an employer's ties, and the registers that each answer comes from."""

from __future__ import annotations

import ibis.expr.types as ir

from features.snapshots.measures import Measured, measures, with_measures

TIES = ("employer_ties", "payroll")  # what may tell that two employers are tied
PROOFS = ("complaints", "inspections")  # what may tell that arrears were proven
CLOSED = "employers"
SHARED, CAME = "employer_ties", "payroll"

MEASURES = measures(
    "ties",
    ("sharing_person", (SHARED,), 0),
    ("sharing_contact", (SHARED,), 0),
    ("sharing_account", (SHARED,), 0),
    ("linked", (TIES,), 0),
    ("closed", (TIES, CLOSED), 0),
    ("closed_unpaid", (TIES, PROOFS, CLOSED), 0),
    ("proven", (TIES, PROOFS), 0),
    ("proven_fading", (TIES, PROOFS), 0),
    ("days_since_proven", (TIES, PROOFS), None),
    ("steps_to_proven", (TIES, PROOFS), None),
    ("nearness_to_proven", (TIES, PROOFS), 0),
    ("came_from_proven_12m", (CAME, PROOFS), 0),
    ("came_from_proven_24m", (CAME, PROOFS), 0),
    ("came_from_closed_24m", (CAME, CLOSED), 0),
    ("came_24m", (CAME,), 0),
    ("came_from_one_24m", (CAME,), 0),
)


class Ties(Measured):
    """The ties of every employer as of the day."""

    MEASURES = MEASURES


def with_ties(table: ir.Table, ties: ir.Table | None) -> ir.Table:
    """`table` (as_of, employer_id, ...) with a column for each measure of `ties`; who has no ties gets the empty value."""
    return with_measures(table, ties, MEASURES, ("as_of", "employer_id"))
