"""Who makes the tables that are told of claims beside their own books."""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir

from features.matches.make import make_matches
from features.rings.make import make_rings
from features.snapshots.beside import Taking
from features.work.make import make_work

# name -> its table (as_of, claim_id, `<name>.*`) for `Taking.claims`, or None where its registers are not there
MAKERS: dict[str, Callable[[Taking], ir.Table | None]] = {
    "matches": make_matches,
    "rings": make_rings,
    "work": make_work,
}
