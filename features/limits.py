"""The limits that features use: `limits.toml` and the dated tables beside it, read once.

An office sets `PLUMBLINE_LIMITS` to a folder. A table of the same name there stands in for the shipped one; its
`limits.toml` need hold only the limits that are its own.
"""

from __future__ import annotations

import csv
import hashlib
import os
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from features.errors import BadInput

FOLDER = os.environ.get("PLUMBLINE_LIMITS")  # limits are read when features are, which is before settings are
TABLES = (
    "minimum_wages.csv",
    "minimum_wage_regions.csv",
    "festivals.csv",
    "benefit_ages.csv",
    "benefit_terms.csv",
)


def limits_text(name: str) -> str:
    """The text of the office's file `name` where it has one, else of the file shipped. BadInput: no such folder."""
    if FOLDER is None:
        return files("features").joinpath(name).read_text(encoding="utf-8")
    if not Path(FOLDER).is_dir():
        raise BadInput(
            "the folder of the office's limits is not there",
            found=f"PLUMBLINE_LIMITS={FOLDER}",
            expected=f"a folder with any of limits.toml, {', '.join(TABLES)}",
            do="correct or unset PLUMBLINE_LIMITS",
        )
    own = Path(FOLDER, name)
    if not own.is_file():
        return files("features").joinpath(name).read_text("utf-8")
    try:
        return own.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(
            f"{name} cannot be used",
            found=f"bytes that are not UTF-8 at {error.start}",
            expected="UTF-8, with or without a byte order mark",
            do=f"save {name} in {FOLDER} as UTF-8",
        ) from error


def limits_table(name: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a dated table. BadInput where a column is missing or a cell of `columns` is empty."""
    reader = csv.DictReader(limits_text(name).splitlines())
    missing = [column for column in columns if column not in (reader.fieldnames or [])]
    rows = list(reader)
    empty = [str(line) for line, row in enumerate(rows, 2) if not all(row.get(c) for c in columns)]
    if missing or empty:
        raise BadInput(
            f"{name} cannot be used",
            found=f"without {', '.join(missing)}" if missing else f"empty cells in line {', '.join(empty)}",
            expected=f"the columns {', '.join(columns)}, filled in every line",
            do=f"correct {name} in {FOLDER or 'features'}",
        )
    return rows


def _limits() -> dict[str, float]:
    shipped = tomllib.loads(files("features").joinpath("limits.toml").read_text(encoding="utf-8"))
    try:
        own = {name: limit["value"] for name, limit in tomllib.loads(limits_text("limits.toml")).items()}
    except (tomllib.TOMLDecodeError, TypeError, KeyError) as error:
        raise _unusable(f"{type(error).__name__} {error}") from error
    wrong = [name for name, value in own.items() if name not in shipped or not _possible(value, shipped[name])]
    if wrong:
        raise _unusable(", ".join(f"{name} = {own[name]}" for name in wrong))
    return {name: limit["value"] for name, limit in shipped.items()} | own


def _possible(value: object, shipped: dict[str, Any]) -> bool:
    """Whether a number of the shipped one's kind could be meant: above 0, and of shares and chances at most 1."""
    most = 1 if shipped["unit"].split()[0] in ("share", "chance") else float("inf")
    return type(value) is type(shipped["value"]) and 0 < value <= most  # type: ignore[operator]


def _unusable(found: str) -> BadInput:
    return BadInput(
        "limits.toml cannot be used",
        found=found,
        expected="a section for each limit, called as in the shipped file, with a number of the same kind above 0 "
        "as value (of a share or a chance: at most 1)",
        do=f"correct limits.toml in {FOLDER or 'features'}",
    )


_LIMITS = _limits()

PAY_DUE_DAYS = int(_LIMITS["pay_due_days"])
GROUP_COMPLAINT_WORKERS = int(_LIMITS["group_complaint_workers"])
PEER_GROUP = int(_LIMITS["peer_group"])
RATE_WEIGHT = int(_LIMITS["rate_weight"])
CLAIM_RATE_WEIGHT = int(_LIMITS["claim_rate_weight"])
COMPARED_CLAIMS = int(_LIMITS["compared_claims"])
PEER_CLAIMS = int(_LIMITS["peer_claims"])
USUAL_PACE_DAYS = int(_LIMITS["usual_pace_days"])
FORESEEN_MONTHS = int(_LIMITS["foreseen_months"])
LONG_LATE_DAYS = int(_LIMITS["long_late_days"])
VERY_LONG_LATE_DAYS = int(_LIMITS["very_long_late_days"])
BACK_PAYMENT_DAYS = int(_LIMITS["back_payment_days"])
LATE_REPORT_DAYS = int(_LIMITS["late_report_days"])
ROUND_LUMP = int(_LIMITS["round_lump"])
TIE_HUB_EMPLOYERS = int(_LIMITS["tie_hub_employers"])
TIE_HALF_LIFE = int(_LIMITS["tie_half_life"])
PROOF_HALF_LIFE = int(_LIMITS["proof_half_life"])
MOVED_WORKERS = int(_LIMITS["moved_workers"])
MOVED_SHARE = float(_LIMITS["moved_share"])
MOVE_HUB_EMPLOYERS = int(_LIMITS["move_hub_employers"])
FAR_ABOVE_USUAL = float(_LIMITS["far_above_usual"])
FAR_ABOVE_AFTER = int(_LIMITS["far_above_after"])
WALK_ON = float(_LIMITS["walk_on"])
PAID_LATELY_DAYS = int(_LIMITS["paid_lately_days"])
LIKELY_MATCH = float(_LIMITS["likely_match"])
SUREST_MATCH = float(_LIMITS["surest_match"])
RING_HUB_PERSONS = int(_LIMITS["ring_hub_persons"])
RING_DAYS = int(_LIMITS["ring_days"])
RING_HALF_LIFE = int(_LIMITS["ring_half_life"])
FRAUD_HALF_LIFE = int(_LIMITS["fraud_half_life"])
RING_TOGETHER_DAYS = int(_LIMITS["ring_together_days"])
COUPLE_YEARS = int(_LIMITS["couple_years"])
WORK_BEFORE_MONTHS = int(_LIMITS["work_before_months"])
BASE_NEWEST_MONTHS = int(_LIMITS["base_newest_months"])
CLAIMING_THERE_DAYS = int(_LIMITS["claiming_there_days"])

# What all rests on: folds are made again and models refuse to score when any of it changes.
LIMITS: dict[str, float | str] = dict(sorted(_LIMITS.items()))
LIMITS |= {name: hashlib.sha256(limits_text(name).encode()).hexdigest()[:16] for name in TABLES}
