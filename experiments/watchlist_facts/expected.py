"""What a list expects of an employer and proposes: the card's rule and the tables of levels and actions, worked by hand."""

from __future__ import annotations

import datetime as dt
import json
import math
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from experiments.watchlist_facts.books import Books
from experiments.watchlist_facts.items import Checked

LEVELS = ("red", "orange", "yellow")
BANDS = ((10, "1-9"), (50, "10-49"), (250, "50-249"), (math.inf, "250+"))


def check_expected(item: dict[str, Any], listed: dict[str, Any], books: Books, models: Path) -> Iterator[Checked]:
    """The level that belongs to the probability, expected workers and money, and whether the action's reason holds."""
    rank, level = item["rank"], _level(item["risk"], listed)
    yield Checked(rank, "level", item["level"] == level, item["level"], level)
    rule = _rule(models, listed["model_id"])
    workers, money = (None, None) if rule is None else _expected(rule, item, books)
    for name, found in (("expected_workers", workers), ("expected_money", money)):
        agrees = None if found is None else math.isclose(item[name], found, rel_tol=1e-4, abs_tol=0.01)
        yield Checked(rank, name, agrees, item[name], found)
    because = item["action_because"]
    row = next((one for one in _actions(listed["as_of"]) if one["en"] == because["en"]), None)
    holds = None if row is None else _holds(row, item, books)
    yield Checked(rank, "action_because", holds, because["en"], row and {k: v for k, v in row.items() if k != "source"})


def _table(name: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(files("serving").joinpath(name).read_text(encoding="utf-8"))[key]
    return rows


def _level(risk: float, listed: dict[str, Any]) -> str:
    known = [t for t in _table("levels.toml", "levels") if t["valid_from"] <= dt.date.fromisoformat(listed["as_of"])]
    own = [t for t in known if t["label"] == listed["label"]] or [t for t in known if t["label"] == "*"]
    table = max(own, key=lambda t: t["valid_from"])
    return next((level for level in LEVELS if risk >= table[level]), "none")


def _actions(as_of: str) -> list[dict[str, Any]]:
    rows = [r for r in _table("actions.toml", "actions") if r["valid_from"] <= dt.date.fromisoformat(as_of)]
    newest = max(row["valid_from"] for row in rows)
    return [row for row in rows if row["valid_from"] == newest]


def _holds(row: dict[str, Any], item: dict[str, Any], books: Books) -> bool | None:
    """Whether the action's conditions are met; None where the registers here cannot tell (how long it has been silent)."""
    owed = (books.fact("still_owed_36m", item["employer_id"]) or 0) > 0
    proven = any(
        (books.fact(n, item["employer_id"]) or 0) > 0 for n in ("proven_complaints_36m", "arrears_findings_36m")
    )
    lost = (books.fact("not_found_36m", item["employer_id"]) or 0) > 0
    if row.get("liveness") == ["silent"]:
        return None
    return (
        row["action"] == item["action"]
        and item["action_because"]["zh"] == row["zh"]
        and item["level"] in row.get("level", [item["level"]])
        and item["arm"] in row.get("chosen", [item["arm"]])
        and ("history" not in row or ("unpaid" if owed else "proven" if proven else "none") in row["history"])
        and ("liveness" not in row or ("not_found" if lost else "heard") in row["liveness"])
        and item["expected_workers"] >= row.get("workers_from", 0)
        and item["expected_money"] >= row.get("money_from", 0)
    )


@cache
def _rule(models: Path, model_id: str) -> dict[str, dict[str, dict[str, float]]] | None:
    """Found owed over exposure, as the card of the model keeps it; None without the card or the rule."""
    for path in models.rglob("plumbline.json"):
        card = json.loads(path.read_text(encoding="utf-8"))
        if card.get("model_id") == model_id:
            rule: dict[str, dict[str, dict[str, float]]] | None = card.get("harm")
            return rule
    return None


def _expected(rule: dict[str, dict[str, dict[str, float]]], item: dict[str, Any], books: Books) -> tuple[float, float]:
    """Workers and money: the risk times what such an employer owes where it owes.

    It is overdue wages, else a month's wages, else what was claimed, else what is still owed, times the card's ratio.
    """
    overdue, workers, wage, claimed, spoken_for, owed = (
        books.fact(name, item["employer_id"]) or 0.0
        for name in ("unpaid_amount_12m", "workers_3m", "mean_wage_3m", "amount_claimed_12m", "workers_complaining_12m", "still_owed_36m")
    )  # fmt: skip
    bill = workers * wage
    cases = (
        ("overdue", bill > 0 and overdue > 0, overdue, workers), ("payroll", bill > 0, bill, workers),
        ("claimed", claimed > 0, claimed, max(spoken_for, 1)), ("owed", owed > 0, owed, 1.0), ("nothing", True, 1.0, 1.0),
    )  # fmt: skip
    basis, _, money, people = next(case for case in cases if case[1])
    band = next(name for below, name in BANDS if workers < below) if workers else "unknown"
    found_workers, found_money = (
        _owed(rule[of], basis, band, by) for of, by in (("workers", people), ("money", money))
    )
    return item["risk"] * (min(found_workers, workers) if bill > 0 else found_workers), item["risk"] * found_money


def _owed(ratios: dict[str, dict[str, float]], basis: str, band: str, exposure: float) -> float:
    """The basis's ratio times the exposure; the mean of all where nothing was decided on such a basis."""
    if basis not in ratios or basis == "nothing":
        return ratios["nothing"]["all"]
    return ratios[basis].get(band, ratios[basis]["all"]) * exposure
