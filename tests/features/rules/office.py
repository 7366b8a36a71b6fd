"""A catalogue of four features, a snapshot as a text table, and rules as an office would write them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import ibis.expr.types as ir
import pyarrow as pa

from features.errors import BadInput
from features.feature import Catalogue, Reason
from features.rules.read import read_rules
from features.rules.rule import RuleBook

CATALOGUE = Catalogue("claim")
PLAIN = Reason(en="{value}", zh="{value}")
DATES = {"as_of", "filed_on", "starts_on", "ends_on"}
TEXTS = {"claim_id", "scheme", "region", "newest_finding"}


def _feature(unit: str, highest: float | None = None):
    return CATALOGUE.declare(
        family="made up", unit=unit, source="payouts", zh="测试", reason=PLAIN, range=(0, highest), without_history=None
    )


@_feature("currency")
def paid_after_death(payouts: ir.Table) -> ir.Value:
    """Money paid for months after the death was known."""
    return payouts


@_feature("days")
def days_after_death(payouts: ir.Table) -> ir.Value:
    """Days from death to the last payment."""
    return payouts


@_feature("share", 1)
def fraud_share(payouts: ir.Table) -> ir.Value:
    """Share of claims on the account that reviews found fraudulent."""
    return payouts


@_feature("flag", 1)
def identity_invalid(payouts: ir.Table) -> ir.Value:
    """Whether the identity number fails its check."""
    return payouts


RULE = """\
  - name: {name}
    valid_from: {valid_from}
    severity: high
    legal_basis: {{en: Law of 2011, zh: 法律}}
    when: {when}
    says:
      en: "paid {{paid_after_death}} after the death was known"
      zh: "死亡获知后发放{{paid_after_death}}元"
{more}"""


def rule(name: str = "late", valid_from: str = "2000-01-01", when: str = "paid_after_death > 0", more: str = "") -> str:
    """One rule as text; `more` are further fields, indented by four."""
    return RULE.format(name=name, valid_from=valid_from, when=when, more=more)


def book(folder: Path, *rules: str) -> RuleBook:
    """The rules as read from a file."""
    path = folder / "own.yaml"
    path.write_text("rules:\n" + "".join(rules), encoding="utf-8")
    return read_rules(CATALOGUE, path)


def refused(folder: Path, text: str) -> str:
    """What the refusal of a file says was found."""
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        read_rules(CATALOGUE, path)
    except BadInput as error:
        return error.found
    raise AssertionError("the file was taken")


def snapshot(text: str) -> pa.Table:
    """A text table as a snapshot; an empty cell is not known."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return pa.table({name: _column(name, [row[i] for row in lines[1:]]) for i, name in enumerate(lines[0])})


def _column(name: str, cells: list[str]) -> pa.Array:
    if name in DATES:
        return pa.array([dt.date.fromisoformat(cell) if cell else None for cell in cells], pa.date32())
    if name in TEXTS:
        return pa.array([cell or None for cell in cells], pa.string())
    return pa.array([float(cell) if cell else None for cell in cells], pa.float64())
