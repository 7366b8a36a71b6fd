"""Which claims a snapshot speaks of, and how each was written on the day."""

from __future__ import annotations

from dataclasses import dataclass

import ibis.expr.types as ir

from features.folds.things import KINDS, standing_claims, thing_column
from features.known import KNOWN_UNTIL

CENTS = 100
WRITTEN = (
    "scheme", "region", "filed_on", "hour", "person_id", "name", "born_on", "starts_on", "ends_on", "amount", "employer_id",
    "account", "phone", "address", "agent_id", "known_on",
)  # fmt: skip


@dataclass(frozen=True)
class Claim:
    """The claim's own row, as it stood on the day."""

    table: ir.Table

    @property
    def as_of(self) -> ir.Value:
        return self.table.as_of

    def column(self, name: str) -> ir.Value:
        """A column of the register as written; `filed_on` is the day and `hour` the hour (0 to 23) of `filed_at`."""
        return self.table[f"claim.{name}"]

    def thing(self, kind: str) -> ir.Value:
        """The person, account, phone, address, agent or employer named, as it is told apart; null where none is."""
        return self.table[thing_column(kind)]

    @property
    def amount(self) -> ir.Value:
        """The amount claimed in the main unit; null where none is written."""
        return self.table["claim.amount"] / CENTS

    @property
    def begins(self) -> ir.Value:
        """First day of the benefit; where none is written, the day of filing."""
        return self.column("starts_on").fill_null(self.column("filed_on"))

    def days_since(self, name: str) -> ir.Value:
        """Days from the date in column `name` to the day; null where there is none."""
        return self.as_of.delta(self.column(name), unit="day")


def claims_as_written(claims: ir.Table) -> ir.Table:
    """Rows of `claims`, one for each time a claim was written, from known_on until known_until.

    Columns claim_id, known_until, `claim.*` (the amount in cents) and `thing.*`.
    """
    rows = standing_claims(claims)
    rows = rows.mutate(hour=rows.filed_at.hour().cast("int64"), amount=(rows.amount * CENTS).cast("int64"))
    columns = {f"claim.{name}": rows[name] for name in WRITTEN}
    return rows.select("claim_id", KNOWN_UNTIL, **columns, **{thing: rows[thing] for thing in map(thing_column, KINDS)})


def claims_known_by(claims: ir.Table, asked: ir.Table) -> ir.Table:
    """One row (as_of, claim_id, `claim.*`, `thing.*`) for each day and claim asked about that was known by the day.

    `asked`: (as_of), for all claims known by each, or (as_of, claim_id).
    """
    written = claims_as_written(claims)
    day = written["claim.known_on"] <= asked.as_of
    still = written[KNOWN_UNTIL].isnull() | (written[KNOWN_UNTIL] > asked.as_of)
    own = ["claim_id"] if "claim_id" in asked.columns else []
    rows = written.join(asked, [*own, day, still])
    return rows.select("as_of", *[name for name in written.columns if name != KNOWN_UNTIL])


def filed_before(other_filed: ir.Value, other_id: ir.Value, filed: ir.Value, claim_id: ir.Value) -> ir.BooleanValue:
    """Whether the other claim was filed first; of two of one day the smaller identifier goes first."""
    first: ir.BooleanValue = (other_filed < filed) | ((other_filed == filed) & (other_id < claim_id))
    return first
