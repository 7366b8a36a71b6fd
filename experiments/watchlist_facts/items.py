"""Every fact of a watchlist's items, as the list states it and as the registers have it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from experiments.watchlist_facts.books import FACTS, Books
from experiments.watchlist_facts.sentences import shows, window_of

LANGUAGES = ("en", "zh")
STAKES = (
    "unpaid_amount_12m", "contributions_unpaid_12m", "amount_undecided_36m", "undecided_complaints_36m", "still_owed_36m",
    "workers_3m", "workers_owed_36m",
)  # fmt: skip
LEARNED = {
    "employers": "known", "payroll": "greatest(known, paid_on)", "contributions": "greatest(known, paid_on)",
    "complaints": "greatest(known, decided_on)", "inspections": "greatest(known, closed_on)",
}  # fmt: skip
LAST_KNOWN = " UNION ALL ".join(
    f"SELECT max({when}) AS known FROM {table} WHERE employer_id = getvariable('employer')"
    for table, when in LEARNED.items()
)


@dataclass(frozen=True)
class Checked:
    """One fact of one item; `true` is None where nothing was there to check it by."""

    rank: int
    name: str
    true: bool | None
    stated: object
    found: object


def check_item(item: dict[str, Any], books: Books) -> Iterator[Checked]:
    """The heading, every reason, fact for and amount at stake, and what a change of level rests on."""
    yield from _heading(item, books)
    for part in ("reasons", "facts_for", "at_stake"):
        for fact in item[part]:
            yield _fact(item, fact["name"], fact["value"], [fact["sentence"][one] for one in LANGUAGES], books)
    change = item["level_change"]
    for one in [change, *change["others"]]:
        for fact in one["facts"]:
            yield _fact(item, fact["name"], fact["now"], [one["sentence"][each] for each in LANGUAGES], books)
        if one["risk"] is not None:
            told = all(shows(one["sentence"][each], one["risk"]) for each in LANGUAGES)
            yield Checked(item["rank"], "level_change: probability", told, one["sentence"]["en"], one["risk"])


def _heading(item: dict[str, Any], books: Books) -> Iterator[Checked]:
    rank, employer = item["rank"], item["employer_id"]
    sql = "SELECT name, region, industry, closed_on FROM employers WHERE employer_id = getvariable('employer')"
    *described, closed = [*books.row(sql, employer), None, None, None][:4]
    stated = [item["name"], item["region"], item["industry"]]
    yield Checked(rank, "name, region, industry", described == stated, stated, described)
    yield Checked(rank, "not closed", closed is None, "on the list", closed)
    heard = str(books.row(f"SELECT strftime(max(known), '%Y-%m') FROM ({LAST_KNOWN})", employer)[0])
    said = [item["liveness"][one] for one in LANGUAGES]
    yield Checked(rank, "newest record", all(heard in one for one in said), said, heard)


def _fact(item: dict[str, Any], name: str, stated: float | None, said: list[str], books: Books) -> Checked:
    if name == "nothing_at_stake":
        known = {stake: amount for stake in STAKES if (amount := books.fact(stake, item["employer_id"]) or 0) > 0}
        return Checked(item["rank"], name, not known, said, known)
    if name not in FACTS:
        return Checked(item["rank"], name, None, said, None)
    found = books.fact(name, item["employer_id"])
    return Checked(item["rank"], name, _agree(name, stated, said, found), said, found)


def _agree(name: str, stated: float | None, said: list[str], found: float | None) -> bool:
    """The list's number is the registers' number, and both languages print it; or neither knows any."""
    if stated is None or found is None:
        return stated is found
    close = math.isclose(stated, found, rel_tol=1e-6, abs_tol=0.005 if abs(found) > 1 else 1e-6)
    return close and all(shows(one, found, window_of(name)) for one in said)
