"""Who makes the tables that are told of claims beside their own books."""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir

from features.snapshots.beside import Taking

# name -> its table (as_of, claim_id, `<name>.*`) for `Taking.claims`, or None where its registers are not there
MAKERS: dict[str, Callable[[Taking], ir.Table | None]] = {}
