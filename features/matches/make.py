"""The table `matches` of a snapshot, from the lake and the file of pairs."""

from __future__ import annotations

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from features.errors import BadInput
from features.matches.table import matches_as_of
from features.snapshots.beside import Taking
from features.snapshots.lake_tables import rows, rows_if_there

PAIRS = pa.schema(
    [
        ("claim_id", pa.string()),
        ("other_claim_id", pa.string()),
        ("probability", pa.float64()),
        ("known_on", pa.date32()),
    ]
)


def make_matches(taking: Taking) -> ir.Table | None:
    """(as_of, claim_id, `matches.*`) of the claims asked about; None where no file of pairs was given.

    BadInput where the file has not the columns of PAIRS.
    """
    if taking.matches is None:
        return None
    found = pq.read_schema(taking.matches)
    if missing := [field.name for field in PAIRS if field.name not in found.names]:
        raise BadInput(
            f"{taking.matches} is no file of same-person pairs",
            found=f"columns {', '.join(found.names)}",
            expected=f"also {', '.join(missing)}",
            do="make the file with plumbline match",
        )
    register = rows(taking.lake, taking.engine, "claims", taking.version)
    payouts = rows_if_there(taking.lake, taking.engine, "payouts", taking.version)
    return matches_as_of(taking.claims, register, taking.engine.read([taking.matches], PAIRS), payouts)
