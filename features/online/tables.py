"""The tables that the expressions of a claim are told of, unbound: their rows come with each request."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir

from features.folds.things import KINDS, thing_column
from features.lake.schema import lake_schema
from features.registers import REGISTERS
from features.snapshots.claims import WRITTEN, claims_as_written

DAYS = {"filed_on", "born_on", "starts_on", "ends_on", "known_on"}  # of WRITTEN
NUMBERS = {"hour", "amount"}
OF_CLAIM = {
    "as_of": "date", "claim_id": "string",
    **{f"claim.{name}": "date" if name in DAYS else "int64" if name in NUMBERS else "string" for name in WRITTEN},
    **{thing_column(kind): "string" for kind in KINDS},
}  # fmt: skip
MONTHS = {
    "as_of": "date", "claim_id": "string", "employer_id": "string", "month": "date", "on_payroll": "int64",
    "insured": "int64", "wage": "int64", "base": "int64", "paid_on": "date", "paid_back": "int64", "number": "int64",
}  # fmt: skip
SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "asked": OF_CLAIM,
    "theirs": OF_CLAIM,
    "pairs": {"claim_id": "string", "other_claim_id": "string", "probability": "float64", "known_on": "date"},
    "last": {"as_of": "date", "other_claim_id": "string", "last_paid": "date"},
    "months": MONTHS,
    "together": {name: type_ for name, type_ in MONTHS.items() if name != "number"},
    "there": {"as_of": "date", "employer": "string", "agent": "string", "persons": "int64", "same": "int64"},
    "beginning": {"month": "date", "known_on": "date"},
    "payroll_filed": {"employer_id": "string", "event": "date", "learned_on": "date", "workers": "int64"},
    "insured_there": {"employer_id": "string", "event": "date", "learned_on": "date", "insured": "int64"},
    "before": {"amount": "int64", "claims_before": "int64", "amount_before": "int64"},
}


def unbound(name: str) -> ir.Table:
    """The table called `name` in SCHEMAS."""
    return ibis.table(dict(SCHEMAS[name]), name=name)


def register(name: str) -> ir.Table:
    """A register's rows, with the columns of the lake."""
    return ibis.table(ibis.Schema.from_pyarrow(lake_schema(REGISTERS[name])), name=name)


def written() -> ir.Table:
    """Claims as `claims_as_written` has them."""
    return ibis.table(claims_as_written(register("claims")).schema(), name="written")
